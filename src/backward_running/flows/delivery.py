"""What a paired phone brings home: a recorded session, and what was said of it. Nothing else comes in this way."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from datetime import datetime
from gzip import BadGzipFile, GzipFile

from backward_running.core.errors import UnreadableFile
from backward_running.core.ports import ImportEntry, Judging, TakingIn
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows import intake, said_on_the_phone
from backward_running.formats import phone_session

#: Eight hours of six axes at 100 Hz, as they lie in the file. Our own limit.
LARGEST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of a recording."""

    entry: ImportEntry
    workout_id: str | None  #: the planned session that was run; None without a plan

    @property
    def is_here(self) -> bool:
        """Whether the recording is in the store, from now on or from before."""
        return bool(self.entry.activity_ids)


def take(store: TakingIn, name: str, packed: bytes, *, now: datetime, workers: Workers = IN_TURN) -> Delivered:
    """Take in a session as the phone packed it.

    Parameters
    ----------
    store : TakingIn
        The memory.
    name : str
        What its file is called.
    packed : bytes
        The lines of the session, packed with gzip.
    now : datetime
        The moment, in the runner's zone.
    workers : Workers
        Where it is read and judged; without, here.

    Raises
    ------
    UnreadableFile
        It is no session of a phone, or one that a newer app wrote.
    """
    data = _unpacked(packed)
    workout_id = phone_session.workout_of(data)
    entries = intake.import_file(store, name.removesuffix(".gz"), data, now=now, workers=workers)
    return Delivered(next((entry for entry in entries if entry.activity_ids), entries[0]), workout_id)


def take_said(store: Judging, lines: bytes, activity_id: str | None, *, now: datetime) -> str:
    """Take what was said of a session that came in before; return what came of it in a sentence.

    Raises
    ------
    UnreadableFile
        It is not the head of a session and what was said.
    """
    if not phone_session.looks_like(lines):
        raise UnreadableFile("This is not what the app says of a session: update the app by opening it once more.")
    ids = () if activity_id is None else (activity_id,)
    said = said_on_the_phone.take(store, lines, ImportEntry(now, "", None, "same", "", ids), now=now)
    return "This was said before; nothing was changed." if said is None else said.message.strip()


def _unpacked(packed: bytes) -> bytes:
    try:
        with GzipFile(fileobj=io.BytesIO(packed)) as file:
            data = file.read(LARGEST_BYTES + 1)
    except (BadGzipFile, EOFError, OSError, zlib.error):
        raise UnreadableFile("What came is damaged, so nothing was changed: the phone sends it once more.") from None
    if len(data) > LARGEST_BYTES:
        raise UnreadableFile("This recording is longer than eight hours: hand it over as a file and import that.")
    if not phone_session.looks_like(data):
        raise UnreadableFile("This is no session that the app recorded; import other files on the laptop itself.")
    return data
