"""The outside world on one machine: pretend Telegram and Twilio, phones to play on, a clock that can be moved."""
