"""What of a text that came in can be read and stored: no NULs, no half characters, not without end."""

MOST = 4096  # Telegram's own limit; an SMS has at most 1600


def legible(text: str) -> str:
    """PostgreSQL stores no NUL, and a lone surrogate (half an emoji) can't be written as UTF-8 at all."""
    return text[:MOST].encode("utf-8", "ignore").decode("utf-8").replace("\x00", "")
