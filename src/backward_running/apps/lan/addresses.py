"""Which addresses are of a private network, and which of them this machine has."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import IPv4Address, IPv4Network, ip_address

from backward_running.core.errors import BadValue, NotFound

#: What no router hands on (RFC 1918, RFC 3927), and this machine itself: nothing else is ever listened on or answered.
PRIVATE = tuple(
    IPv4Network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")
)
#: Nothing is sent there: a system asked for the way to an address says which of its own it would use. RFC 5737.
_ELSEWHERE = ("192.0.2.1", 9)


def is_private(text: str | None) -> bool:
    """Whether an address is one of a private network, or of this machine.

    >>> [is_private(text) for text in ("192.168.1.20", "127.0.0.1", "93.184.216.34", "::1", None, "nobody")]
    [True, True, False, False, False, False]
    """
    try:
        found = ip_address(text or "")
    except ValueError:
        return False
    return isinstance(found, IPv4Address) and any(found in network for network in PRIVATE)


def own_address() -> str:
    """Return the address that this machine has in its local network.

    Raises
    ------
    NotFound
        There is none: the machine is in no network, or in one that is not private.
    """
    found = None
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(_ELSEWHERE)
        found = str(probe.getsockname()[0])
    if found is None or not is_private(found) or found.startswith("127."):
        raise NotFound(
            "No address in a private network was found; join the network that the phone is in, or name the address "
            "with --lan-address."
        )
    return found


def read_address(typed: str) -> str:
    """Read an address of this machine to listen on. Raises BadValue where it is none of a private network."""
    if not is_private(typed.strip()):
        advice = "192.168.1.20 is one like that; an address that the whole internet reaches is never listened on."
        raise BadValue("lan-address", "be an IPv4 address of a private network", typed[:40], advice)
    return typed.strip()


def local_name() -> str:
    """Return the name by which other machines of the network may find this one without a server (RFC 6762).

    Whether they do depends on the system: it is a name in the certificate, and promised nowhere.
    """
    first = socket.gethostname().split(".")[0].lower()
    plain = "".join(letter for letter in first if letter.isascii() and (letter.isalnum() or letter == "-"))
    return f"{plain.strip('-') or 'backward'}.local"
