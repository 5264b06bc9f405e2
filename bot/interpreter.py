"""How Python is set in a process that serves for long: for soon answers rather than for throughput of pure Python."""

import gc
import sys

# Seconds after which a thread hands over. With the usual 5 ms each statement of a transaction may wait that long for the event loop:
# the answers of a database come to a thread that has to ask for the interpreter first.
SWITCH_SECONDS = 0.001


def settle_in() -> None:
    """To be called once all that stays has been built.

    A full garbage collection looks through all of it again and again, and stops the loop for 50 ms each time.
    """
    sys.setswitchinterval(SWITCH_SECONDS)
    gc.freeze()
