"""What an address in a setting must look like; each check returns the address as it will be used."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit


def checked_database_url(url: str) -> str:
    """Accept an SQLite file or a PostgreSQL database; the words never repeat the address (it has a password)."""
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite":
        if not rest.startswith("/") or rest in ("/", "/:memory:"):
            raise ValueError("must name a file, for instance sqlite:///var/termin.db")
    elif separator and scheme == "postgresql":
        if not _parsed(url).path.strip("/"):
            raise ValueError(
                "names no database; write postgresql://user:password@host/database (in a password: / as %2F, # as %23)"
            )
    else:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    return url


def checked_bind(address: str) -> str:
    """Accept host:port; an IPv6 address stands in square brackets."""
    host, _, port = address.rpartition(":")
    bare = host.strip("[]")
    if not bare or (":" in bare and host[0] != "["):
        raise ValueError("must be host:port, for instance 127.0.0.1:8000")
    if not (port.isascii() and port.isdigit() and int(port) <= 65535):
        raise ValueError("must end with a port from 0 to 65535, for instance 127.0.0.1:8000")
    return address


def checked_public_url(url: str) -> str:
    """Accept https, and http for this very machine; without the slash at its end, so that a path can follow."""
    parts = _web(url)
    if parts.scheme == "http" and not _is_loopback(parts.hostname or ""):
        raise ValueError("must begin with https:// (http is for 127.0.0.1 and localhost only)")
    return url.rstrip("/")


def checked_api_url(url: str) -> str:
    """Accept http or https; without the slash at its end."""
    _web(url)
    return url.rstrip("/")


def _web(url: str) -> SplitResult:
    parts = _parsed(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be a whole address, for instance https://termin.example.org")
    if parts.query or parts.fragment or parts.username is not None or url != url.strip():
        raise ValueError("must be an address alone, without user, spaces, ? and #")
    return parts


def _parsed(url: str) -> SplitResult:
    """Split, or refuse in words that do not repeat the address, as the library's own would."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # is read only now, and may be no number
    except ValueError:
        raise ValueError(
            "is not an address that can be read; check its port, and write / # ? [ ] in a password as %2F %23 %3F %5B %5D"
        ) from None
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
