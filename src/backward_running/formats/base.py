"""The contract of a format: bytes in, Recordings out. No disk, no network, no clock, no person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from backward_running.core.recording import Recording


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
