"""Formats: bytes ↔ recordings, workouts, calendars, tables. One file is one file format.

What a file says is data: nothing in it is ever executed, and its name is never trusted. A reader is a
:class:`~backward_running.formats.base.Format` constant in a file of this room; writers are plain functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from backward_running.core.errors import UnknownFormat
from backward_running.core.recording import Recording
from backward_running.formats.base import Format

__all__ = ["Format", "all_formats", "read", "unwrap"]


@cache
def _found() -> tuple[tuple[str, Format], ...]:
    import sys

    from backward_running.core.plugs import discover

    return tuple(discover(sys.modules[__name__], Format).items())


def all_formats() -> dict[str, Format]:
    """Every format that can be read, by key."""
    return dict(_found())


def unwrap(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files inside a ``.gz`` or ``.zip``, one at a time; a plain file yields itself.

    Parameters
    ----------
    name : str
        The file's name. It is only a label, whether a file is an archive is judged by its bytes.
    data : bytes
        The file.

    Returns
    -------
    iterator of (str, bytes)
        Name without folders, and content. Archives inside an archive are opened once more, not deeper.
        Directories and the desktop's own files (``__MACOSX``, ``.DS_Store``, ``Thumbs.db``) are left out.

    Raises
    ------
    UnreadableFile
        The archive is damaged, locked by a password, empty, or unpacks to far more than recordings do. Where only
        some members are bad, the good ones are yielded first and the error names the bad ones.

    Examples
    --------
    >>> list(unwrap("run.gpx", b"<gpx/>"))
    [('run.gpx', b'<gpx/>')]
    """
    from backward_running.formats._archive import open_archive

    return open_archive(name, data)


def read(data: bytes) -> tuple[Recording, ...]:
    """Read every activity in a file, whatever its format.

    Parameters
    ----------
    data : bytes
        One file, unpacked (see :func:`unwrap`).

    Returns
    -------
    tuple of Recording
        At least one. They share ``key``, the SHA-256 of `data`, and differ in ``part``.

    Raises
    ------
    UnknownFormat
        No reader recognises the bytes; the message says what they seem to be and what can be read.
    NotAnActivity
        The file is sound, but holds no activity.
    UnreadableFile
        The file is damaged beyond use.

    Examples
    --------
    >>> read(b"")
    Traceback (most recent call last):
    ...
    backward_running.core.errors.UnknownFormat: This file is empty; Backward reads FIT, TCX and GPX recordings.
    """
    for form in all_formats().values():
        if form.looks_like(data):
            return form.read(data)
    from backward_running.formats._sniff import seems_to_be

    raise UnknownFormat(f"This {seems_to_be(data)}; Backward reads {_readable()} recordings.")


def _readable() -> str:
    """Name the formats, the one that watches write first."""
    order = {"fit": 0, "tcx": 1, "gpx": 2}
    names = sorted(all_formats(), key=lambda key: (order.get(key, len(order)), key))
    *first, last = [name.upper() for name in names]
    return f"{', '.join(first)} and {last}" if first else last
