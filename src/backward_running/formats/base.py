"""The contract of a format: bytes in, Recordings out. No disk, no network, no clock, no person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from backward_running.core.recording import Recording

#: A recording without a date is filed here, and says so.
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
#: Our own limits, of what takes many times its size while it is read. A day of a watch with every sensor is 30 MB of
#: TCX, or of FIT a tenth of that; a table of nine axes at 100 Hz is 40 MB an hour.
LARGEST_BYTES = 192 * 1024 * 1024
NO_DATE_LOSS = "The file does not say when it was recorded; it is filed under 1 January 1970."


@dataclass(frozen=True, slots=True)
class Format:
    """A file format that can be read.

    ``looks_like`` judges by the bytes, never by a file's name. ``read`` returns at least one recording, or raises
    UnreadableFile (or its child NotAnActivity) with one sentence a runner can read. Where a part of the file is
    damaged it returns what is sound and says in ``Recording.losses`` what was lost.
    """

    key: str  #: "fit"
    title: str  #: "FIT (Garmin, Coros, Suunto, Wahoo, …)"
    endings: tuple[str, ...]  #: (".fit",)
    version: str  #: of the reader; goes into Recording.reader_version
    looks_like: Callable[[bytes], bool]
    read: Callable[[bytes], tuple[Recording, ...]]
    largest_bytes: int = LARGEST_BYTES  #: more of this kind is no recording of a person, and is not read


@dataclass(frozen=True, slots=True)
class Described:
    """What an archive says of one activity in it; None: nothing.

    It is found again by the name of its file or, where the archive names none, by when it began.
    """

    file_name: str | None = None  #: without folders, and without ``.gz``
    started_at: datetime | None = None  #: aware
    title: str | None = None
    note: str | None = None
    gear: str | None = None  #: shoes, by the name they have there
    is_commute: bool = False


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A table in which a service lists the activities of its archive: their names, and what was written beside them.

    ``looks_like`` judges by the bytes. ``read`` returns what is said of each activity, in the order of the table, or
    raises UnreadableFile. What is neither in a file nor dated was written down by hand.
    """

    key: str  #: "strava_archive"
    title: str  #: "Strava, list of activities"
    looks_like: Callable[[bytes], bool]
    read: Callable[[bytes], tuple[Described, ...]]
