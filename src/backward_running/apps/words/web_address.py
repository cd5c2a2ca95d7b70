"""Where a runner put something on the web, read as it was typed. Nothing is asked of it here."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from backward_running.core.errors import BadValue

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: A code with more letters is too fine for a phone's camera at a screen. Our own proposal.
_LONGEST = 200


def is_of_this_machine(address: str) -> bool:
    """Tell whether an address is this machine's own: no other one, and no phone, can open it.

    >>> is_of_this_machine("http://localhost:8899/"), is_of_this_machine("https://you.example/backward/")
    (True, False)
    """
    return urlsplit(address).hostname in _LOOPBACK


def read_address(typed: str) -> str | None:
    """Read where the app for the phone lies: HTTPS, or this machine itself.

    Returns
    -------
    str or None
        Without what stands behind ``#``; None where nothing was typed.

    Raises
    ------
    BadValue
        It is no address of the web, or one on which a phone gives a page neither motion nor position.

    >>> read_address(" https://you.example/backward/#old ")
    'https://you.example/backward/'
    """
    told = typed.strip()
    if not told:
        return None
    advice = "Give the one under which you put the app; https://you.example/backward/ is one like that."
    try:
        parts = urlsplit(told)
        host = parts.hostname
    except ValueError:
        raise BadValue("address", "be an address of the web", told[:80], advice) from None
    if len(told) > _LONGEST or not host or not told.isascii() or not told.isprintable() or " " in told:
        raise BadValue("address", "be an address of the web", told[:80], advice)
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOOPBACK):
        raise BadValue(
            "address", "begin with https://", told[:80], "On any other a phone gives a page no motion and no position."
        )
    if parts.username or parts.password:
        raise BadValue("address", "carry no name and no password", host, advice)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", parts.query, ""))
