"""Which errors are a refusal, and the one line that each is on the command line."""

from config.centre import CentreError
from config.settings import SettingsError
from scheduler.errors import Refused
from storage.complaints import complaint


class NotDone(Exception):
    """A command could not do what it was asked; the text says why and what to do."""


def sentence(error: Exception) -> str | None:
    """The line; None for an error that nobody foresaw."""
    text = complaint(error)
    if text is None and isinstance(error, (SettingsError, CentreError, Refused, NotDone)):
        text = str(error) or type(error).__name__
    if text is None and isinstance(error, OSError) and error.filename is not None:
        text = f"{error.filename}: {error.strerror}"
    return None if text is None else " ".join(text.split())
