"""What the edges say to each other when something can't be done."""


class EdgeError(Exception):
    """The root of this family."""


class NotTaken(EdgeError):
    """A message could not be committed: who brought it has to bring it again."""


class Forged(EdgeError):
    """The signature or the secret of a webhook is missing or wrong."""


class Broken(EdgeError):
    """A webhook's body is not what its provider sends."""
