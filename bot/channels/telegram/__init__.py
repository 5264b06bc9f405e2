"""The channel Telegram, through python-telegram-bot's `Bot` and its request interface."""

import os

# PTB's own switch: durations as timedelta, as its next version will have them; without it each of its errors warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")
