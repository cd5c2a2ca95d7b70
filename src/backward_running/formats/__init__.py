"""Formats: bytes ↔ recordings, workouts, calendars, tables. One file is one file format.

What a file says is data: nothing in it is ever executed, and its name is never trusted. A reader is a
:class:`~backward_running.formats.base.Format` constant in a file of this room; writers are plain functions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import BinaryIO

from backward_running.core.errors import UnknownFormat, UnreadableFile
from backward_running.core.recording import Recording
from backward_running.formats.base import Catalogue, Described, Format

__all__ = [
    "Catalogue", "Described", "Format", "all_catalogues", "all_formats", "check_stated", "columns_of", "described_in",
    "read", "read_generic_csv", "unwrap",
]  # fmt: skip


@cache
def _found() -> tuple[tuple[str, Format], ...]:
    import sys

    from backward_running.core.plugs import discover

    return tuple(discover(sys.modules[__name__], Format).items())


def all_formats() -> dict[str, Format]:
    """Every format that can be read, by key."""
    return dict(_found())


@cache
def _catalogues() -> tuple[tuple[str, Catalogue], ...]:
    import sys

    from backward_running.core.plugs import discover

    return tuple(discover(sys.modules[__name__], Catalogue).items())


def all_catalogues() -> dict[str, Catalogue]:
    """Every list of activities that an archive may hold, by key."""
    return dict(_catalogues())


def described_in(data: bytes) -> tuple[Described, ...] | None:
    """Return what a list of an archive says of its activities; None where the bytes are no such list.

    Raises
    ------
    UnreadableFile
        The list is damaged.
    """
    return next((catalogue.read(data) for catalogue in all_catalogues().values() if catalogue.looks_like(data)), None)


def unwrap(name: str, data: bytes | BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the files inside a ``.gz`` or ``.zip``, one at a time; a plain file yields itself.

    Parameters
    ----------
    name : str
        The file's name. It is only a label, whether a file is an archive is judged by its bytes.
    data : bytes or binary file
        The file, in memory or open for reading and seeking. Of an archive only the member at hand is in memory.

    Returns
    -------
    iterator of (str, bytes)
        Name without folders, and content. A log of a sensor app is one file, whatever lies beside it. Of a large
        picture or video only the first bytes come out. Archives inside an archive are opened once more, not deeper.
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
    >>> read(b"")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    backward_running.core.errors.UnknownFormat: This file is empty; Backward reads FIT, TCX and GPX recordings, ...
    """
    for form in all_formats().values():
        if form.looks_like(data):
            check_size(form.title, data, form.largest_bytes)
            return form.read(data)
    from backward_running.formats._sniff import seems_to_be

    seems = seems_to_be(data)
    raise UnknownFormat(f"This {seems.said}; Backward reads {_readable()}.", kind=seems.kind)


#: How many kinds of sensor log a refusal names.
LOGS_NAMED = 4


def check_size(title: str, data: bytes, largest_bytes: int) -> None:
    """Refuse what is too large of its kind before anything of it is read. Raises UnreadableFile."""
    if len(data) > largest_bytes:
        raise UnreadableFile(
            f"This file of the kind {title} has {len(data) // 1_000_000:,} MB, and at most "
            f"{largest_bytes // 1_000_000} MB of it are read at once; cut it into parts, such as one for each hour."
        )


def _readable() -> str:
    """Name the formats: what watches write first, then the logs of sensors; as many of them as a sentence carries."""
    watches = [name for name in ("fit", "tcx", "gpx") if name in all_formats()]
    logs = sorted((form.title for key, form in all_formats().items() if key not in watches), key=len)
    named = [*logs[:LOGS_NAMED], f"{len(logs) - LOGS_NAMED} other kinds"] if len(logs) > LOGS_NAMED + 1 else logs
    return f"{_listed([name.upper() for name in watches])} recordings, and sensor logs of {_listed(named)}"


def _listed(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def check_stated(units: Mapping[str, str], rate_hz: float | None) -> None:
    """Check what is told of a table before there is one. Raises BadValue."""
    from backward_running.formats.csv_named import check_stated as check

    check(units, rate_hz)


def read_generic_csv(
    data: bytes,
    *,
    columns: Mapping[str, str],
    rate_hz: float | None = None,
    place: str = "unknown",
    mount_known: bool = False,
    started_at: datetime | None = None,
) -> Recording:
    """Read any table of sensor readings, told which column is what.

    See :func:`backward_running.formats.csv_named.read_generic_csv`, which this calls.
    """
    from backward_running.formats.csv_named import FORMAT
    from backward_running.formats.csv_named import read_generic_csv as read_table

    check_size(FORMAT.title, data, FORMAT.largest_bytes)
    return read_table(
        data, columns=columns, rate_hz=rate_hz, place=place, mount_known=mount_known, started_at=started_at
    )


def columns_of(data: bytes) -> tuple[str, ...] | None:
    """Return the names of a table's columns; None where the bytes are no table of numbers.

    See :func:`backward_running.formats.csv_named.columns_of`, which this calls.
    """
    from backward_running.formats.csv_named import columns_of as names_of

    return names_of(data)
