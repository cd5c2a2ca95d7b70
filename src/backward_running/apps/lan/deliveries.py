"""Recordings as they come in from a phone: in pieces, on where the link broke, and twice sent counts once.

What has come lies in a folder beside the store until it is whole. A piece is on the disk before it is confirmed, so
the phone may go away at any moment, and so may the laptop. What came of each recording is remembered under the hash of
its bytes: a phone that did not hear the last answer asks again and is told the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from backward_running import __version__
from backward_running.apps.refusals import Refused
from backward_running.core.errors import StoreError, StoreFull, UnreadableFile
from backward_running.core.paired_phone import PairedPhone
from backward_running.flows.delivery import Delivered
from backward_running.store import private

FOLDER = "backward.deliveries"
#: Our own limits: a session of eight hours, packed; what lay for so long is forgotten, the phone still has it.
LARGEST_BYTES, KEPT = 128 * 1024 * 1024, timedelta(days=60)
_KEY, _NAME = re.compile(r"[0-9a-f]{64}"), re.compile(r"backward-\d{4}-\d{2}-\d{2}-\d{4}\.jsonl\.gz")
#: Two recordings of one session that come from two phones are of one day.
_SAME_SESSION = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a recording is, or what came of it."""

    have: int  #: bytes that are here
    done: bool = False  #: whether it came in: the phone need not keep it
    message: str = ""
    activity_ids: tuple[str, ...] = ()
    workout_id: str | None = None
    phone: str = ""
    at: str = ""  #: when it came in
    version: str = ""  #: of the program that read it: another may read what this one could not


class Deliveries:
    """What paired phones bring.

    Parameters
    ----------
    folder : Path
        Of the store; what is under way lies in a folder of its own in it.
    take : callable
        Takes in a whole recording: name and packed bytes; returns what came of it.
    now : callable
        The clock.
    """

    def __init__(self, folder: Path, take: Callable[[str, bytes], Delivered], now: Callable[[], datetime]) -> None:
        self._folder, self._take, self._now = folder / FOLDER, take, now
        self._locks: defaultdict[tuple[str, str], threading.Lock] = defaultdict(threading.Lock)

    def state(self, phone: PairedPhone, key: str) -> Outcome:
        """Return how far a recording is."""
        kept, part = self._paths(phone, key)
        with suppress(OSError, ValueError, TypeError):
            told = json.loads(kept.read_text(encoding="utf-8"))
            outcome = Outcome(**told | {"activity_ids": tuple(told["activity_ids"])})
            if outcome.done or outcome.version == __version__:
                return outcome
        return Outcome(part.stat().st_size if part.exists() else 0)

    def add(self, phone: PairedPhone, key: str, name: str, piece: bytes, *, at: int, size: int) -> Outcome:
        """Add a piece; with the last one the recording is taken in.

        Raises
        ------
        Refused
            A piece is not the next one (the answer says how much is here), or it is too large.
        StoreError
            It cannot be written or taken in now; what is here stays, and is tried again.
        """
        if not 0 < size <= LARGEST_BYTES:
            words = "This recording is too large to be sent: hand it over as a file, and import that on the laptop."
            raise Refused(words, 413)
        with self._locks[phone.phone_id, key]:
            before = self.state(phone, key)
            if before.done or before.message:
                return before
            if at != before.have or at + len(piece) > size:
                return before
            part = self._paths(phone, key)[1]
            _append(part, piece)
            if at + len(piece) < size:
                return Outcome(at + len(piece))
            return self._whole(phone, key, name, part)

    def activity_of(self, phone: PairedPhone, key: str) -> str | None:
        """Return the run that a recording became; None where it is not here."""
        ids = self.state(phone, key).activity_ids if _KEY.fullmatch(key) else ()
        return ids[0] if ids else None

    def _whole(self, phone: PairedPhone, key: str, name: str, part: Path) -> Outcome:
        data = part.read_bytes()
        if hashlib.sha256(data).hexdigest() != key:
            part.unlink()
            return Outcome(0)  # a piece was damaged on the way: all of it comes once more
        called = name if _NAME.fullmatch(name) else "backward.jsonl.gz"
        try:
            came = self._take(called, data)
            outcome = self._outcome(phone, came, len(data))
        except UnreadableFile as problem:
            outcome = Outcome(len(data), message=str(problem), version=__version__)
        private.write(self._paths(phone, key)[0], json.dumps(asdict(outcome)).encode())
        part.unlink()
        self._forget_old()
        return outcome

    def _outcome(self, phone: PairedPhone, came: Delivered, size: int) -> Outcome:
        message = came.entry.message
        other = self._other_phone(phone, came.workout_id)
        if came.is_here and other:
            message += (
                f" {other} brought this session, too, so it may be here twice: on its page in Runs you can join two "
                "recordings of one run, or delete one."
            )
        ids, at = came.entry.activity_ids, self._now().isoformat()
        return Outcome(size, came.is_here, message, ids, came.workout_id, phone.name, at, __version__)

    def _other_phone(self, phone: PairedPhone, workout_id: str | None) -> str:
        """Return the name of another phone that brought the same session; empty where none did."""
        if workout_id is None:
            return ""
        for path in self._folder.glob("*/*.json"):
            if path.parent.name == phone.phone_id:
                continue
            with suppress(OSError, ValueError, KeyError, TypeError):
                told = json.loads(path.read_text(encoding="utf-8"))
                soon = abs(self._now() - datetime.fromisoformat(told["at"])) < _SAME_SESSION
                if told["done"] and told["workout_id"] == workout_id and soon:
                    return str(told["phone"])
        return ""

    def _forget_old(self) -> None:
        oldest = (self._now() - KEPT).timestamp()
        for path in self._folder.glob("*/*"):
            with suppress(OSError):
                if path.stat().st_mtime < oldest:
                    path.unlink()

    def _paths(self, phone: PairedPhone, key: str) -> tuple[Path, Path]:
        """Return where it lies what came of a recording, and what has come of it so far."""
        if not _KEY.fullmatch(key):
            raise Refused("A recording is named by the SHA-256 of its bytes.", 422)
        return self._folder / phone.phone_id / f"{key}.json", self._folder / phone.phone_id / f"{key}.part"


def _append(part: Path, piece: bytes) -> None:
    try:
        private.make_folder(part.parent)
        private.make_file(part)
        with part.open("ab") as file:
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        kind = StoreFull if problem.errno == 28 else StoreError
        raise kind(f"The laptop cannot write it down ({problem.strerror}); the phone still has it.") from problem
