"""A folder that is watched: what comes into it comes in here, once, as though it had been imported by hand.

What was taken from it is remembered by its bytes: a file that is renamed, copied or put there again does not come in
twice, and a run that was deleted here does not come back because its file still lies there.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from io import BufferedReader, BytesIO

from backward_running.core.ports import ImportEntry, Settings, TakingIn
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows.intake import import_file

FOLDER, TAKEN = "watched_folder", "watched_taken"
#: Enough letters of a SHA-256 to tell a person's files apart.
_LETTERS = 16


def folder(store: Settings) -> str | None:
    """Return the folder that is watched while the app is open; None where none is."""
    return store.setting(FOLDER) or None


def put_folder(store: Settings, path: str | None) -> None:
    """Watch a folder from now on; None watches none."""
    store.put_setting(FOLDER, path or "")


def take(
    store: TakingIn, name: str, file: BufferedReader | BytesIO, *, now: datetime, workers: Workers = IN_TURN
) -> tuple[ImportEntry, ...]:
    """Take in a whole file of the folder; nothing happens where these bytes were taken before, or came in otherwise.

    A file that cannot be read is logged once, and not asked again until its bytes are others.
    """
    file.seek(0)
    key = hashlib.file_digest(file, "sha256").hexdigest()
    taken = _taken(store)
    if key[:_LETTERS] in taken:
        return ()
    entries = () if store.has_file(key) else import_file(store, name, file, now=now, workers=workers)
    # Only now: what breaks off in between is taken at the next look.
    store.put_setting(TAKEN, json.dumps([*taken, key[:_LETTERS]]))
    return entries


def _taken(store: Settings) -> list[str]:
    return list(json.loads(store.setting(TAKEN) or "[]"))
