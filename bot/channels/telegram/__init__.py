"""The channel Telegram, through python-telegram-bot's `Bot` and its request interface."""

import os
import sys

# PTB's own switch: durations as timedelta, as its next version will have them; without it each of its errors warns.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# httpx, which PTB imports though we send by aiohttp, brings a command line with a terminal's colours: a tenth of our start.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # reads as "not installed", and httpx does without
