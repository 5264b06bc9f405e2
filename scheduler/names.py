"""When two written names are the same name, and what somebody is called among others."""

from unicodedata import category, combining, normalize

# Letters that no decomposition takes apart.
_BARE = str.maketrans("łøđ", "lod")


def tidy(text: str) -> str:
    """Without what can't be seen: odd spaces become one, marks of no width (as pasted from address books) go."""
    shown = "".join(letter for letter in normalize("NFKC", text) if category(letter) != "Cf")
    return " ".join(shown.split())


def name_key(full_name: str) -> str:
    """Equal for names that differ in case, accents or spaces alone: the same person is not always typed with accents."""
    letters = normalize("NFKD", tidy(full_name).casefold().translate(_BARE))
    return "".join(letter for letter in letters if not combining(letter))


def first_name(full_name: str) -> str:
    """What people of one telephone are told apart by."""
    return full_name.split(" ", 1)[0]
