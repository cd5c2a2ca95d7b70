"""The list of activities in a Strava archive: one line for each, in the language of the account.

Its header is translated, and some of its names stand twice, so the columns are known by place and by what they hold.
The first ones are the same in every archive seen: number, date, name, kind, description; the file is where the cells
name one, and is empty where the activity was written down by hand. Before the file stands the gear, and before that,
in newer archives behind a private note, whether it was a way to work.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from backward_running.core.errors import UnreadableFile
from backward_running.formats.base import Catalogue, Described

_NAME, _DESCRIPTION = 2, 4
#: A list without descriptions is an old one, and narrow.
_LEAST_COLUMNS = 6
_FILE = re.compile(r"^activities/[^/]+\.(?:fit|gpx|tcx)(?:\.gz)?$", re.IGNORECASE)
_ENGLISH = b"Activity ID,Activity Date,Activity Name,"
_SEEN_IN = re.compile(rb"[,\n]\"?activities/[^/,\s]+\.(?:fit|gpx|tcx)(?:\.gz)?\"?[,\r\n]", re.IGNORECASE)
_HEAD_BYTES = 200_000
#: So few columns before the file it says whether it was a way to work.
_COMMUTE_WITHIN = 3
_NUMBER = re.compile(r"^-?\d+(?:[.,]\d+)?$")


def _looks_like(data: bytes) -> bool:
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")
    first = head.partition(b"\n")[0]
    is_table = first.count(b",") >= _LEAST_COLUMNS - 1 and b"<" not in first and b"{" not in first
    return is_table and (head.startswith(_ENGLISH) or _SEEN_IN.search(head) is not None)


def _read(data: bytes) -> tuple[Described, ...]:
    try:
        header, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=""))
    except (csv.Error, ValueError) as error:
        raise UnreadableFile(f"The list of activities cannot be read ({error}); export the archive again.") from error
    files = _file_column(rows)
    described = _DESCRIPTION if len(header) > _LEAST_COLUMNS else None
    return tuple(_described(row, files, described) for row in rows if len(row) > _NAME)


def _file_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the column in which files are named; None where nothing of it was recorded."""
    return next((at for row in rows for at, cell in enumerate(row) if _FILE.match(cell)), None)


def _described(row: Sequence[str], files: int | None, described: int | None) -> Described:
    file = row[files] if files is not None and files < len(row) else ""
    note = row[described].strip() if described is not None and described < len(row) else ""
    gear, commute = "", False
    if files is not None and described is not None and described + 1 < files <= len(row):
        gear = row[files - 1].strip()
        commute = any(cell.strip().lower() == "true" for cell in row[max(files - _COMMUTE_WITHIN, 0) : files - 1])
    return Described(
        file_name=re.sub(r"\.gz$", "", file.rpartition("/")[2], flags=re.IGNORECASE) or None,
        title=row[_NAME].strip() or None,
        note=None if _NUMBER.match(note) else note or None,
        gear=None if _NUMBER.match(gear) or gear.lower() in ("true", "false") else gear or None,
        is_commute=commute,
    )


CATALOGUE = Catalogue("strava_archive", "Strava, list of activities", _looks_like, _read)
