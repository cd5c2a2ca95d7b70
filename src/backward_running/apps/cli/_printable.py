"""What is written to a terminal: letters, and nothing that a terminal would obey.

A name of a file or a title may hold any character, and a terminal takes some of them for orders: clear the screen,
write elsewhere, type a line. Here the last thing before the terminal is a filter that shows them instead.
"""

from __future__ import annotations

import re
import sys
from typing import Any, TextIO

#: Bold, dim and back to normal, which this program writes itself; they change nothing but how letters look.
_LOOKS = r"\x1b\[(?:0|1|2|22)m"
#: Controls of ASCII and Latin-1 but tab and end of line, and what turns the direction of writing around.
_ORDERS = re.compile(rf"({_LOOKS})|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""Show what a terminal would obey.

    >>> printable("run\x1b[2J\r.fit")
    'run�[2J�.fit'
    """
    return _ORDERS.sub(lambda found: found[1] or "\ufffd", text)


class _Printable:
    """A stream of text that shows what a terminal would obey; all else is that of the stream."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write it as it can be shown."""
        self._stream.write(printable(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def guard_streams() -> None:
    """Put the filter before both streams of this process."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is not None and not isinstance(stream, _Printable):
            setattr(sys, name, _Printable(stream))
