"""Who may come in: the key of a launch, which the terminal prints, and the cookie that a browser gets for it.

Everybody on this machine can reach the port, other users too. So each start of the server makes a key and puts it
into the address that opens the browser. Who brings it gets a cookie that is signed with the secret of the store and
kept until the browser closes; the key itself leaves the address at once. The secret lies beside the store, in a file
of its owner, and not in the database: a copy of the database opens nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie

#: What the address carries.
PARAMETER = "key"
#: Enough that nobody guesses: 256 bits.
_BYTES = 32


def new_secret() -> bytes:
    """Make a secret."""
    return secrets.token_bytes(_BYTES)


class Keys:
    """The key of this launch, the cookies that were given for one, and the tokens of their pages.

    Parameters
    ----------
    secret : bytes
        Signs cookies and tokens. While it stays the same, open pages survive a restart of the server.
    """

    def __init__(self, secret: bytes) -> None:
        self.launch = secrets.token_urlsafe(_BYTES)
        self._visits = _derived(secret, "visit")
        self._tokens = _derived(secret, "token")

    def opens(self, given: str) -> bool:
        """Whether this is the key of this launch."""
        return hmac.compare_digest(self.launch.encode(), given.encode("utf-8", "replace"))

    def new_visit(self) -> str:
        """Return what a browser that brought the key is known by from now on."""
        name = secrets.token_urlsafe(24)
        return f"{name}.{_signed(self._visits, name)}"

    def is_visit(self, value: str) -> bool:
        """Whether a browser with this cookie brought a key once."""
        name, _, signature = value.partition(".")
        return hmac.compare_digest(_signed(self._visits, name).encode(), signature.encode("utf-8", "replace"))

    def token(self, visit: str, shown: str) -> str:
        """Return the token that belongs to a visit and to the person it shows: every change must bring it."""
        return _signed(self._tokens, f"{visit} {shown}")

    def fits(self, visit: str, token: str | None, shown: str) -> bool:
        """Whether a token belongs to a visit and to the person it shows."""
        expected = self.token(visit, shown).encode()
        return token is not None and hmac.compare_digest(expected, token.encode("utf-8", "replace"))


def cookie_name(port: int | None) -> str:
    """Return the name of the cookie: browsers keep cookies by host, and two stores may be open at two ports.

    >>> cookie_name(8484)
    'backward_visit_8484'
    """
    return f"backward_visit_{port or 80}"


def cookie_of(header: str, name: str) -> str | None:
    """Find a cookie in what a browser sent; None where it is not there or nothing can be read."""
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(header)
    except CookieError:
        return None
    return cookies[name].value if name in cookies else None


def _derived(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, purpose.encode(), "sha256")


def _signed(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
