"""Everything of one person as a ZIP that any program can read, and back.

Originals lie in it as they came, each row of each table is a line of JSON, samples are lists of numbers. Nothing in it
needs this program: the README inside says what is where. What comes back is what went out.
"""

from __future__ import annotations

import json
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Column, Date, DateTime, LargeBinary, Table, func, insert, select
from sqlalchemy.engine import Connection

from backward_running import __version__
from backward_running.core.errors import BackwardRunningError, StoreError
from backward_running.core.person import NAME_SETTING
from backward_running.store import _codec, private
from backward_running.store._bound import AT_ONCE
from backward_running.store._utc_moment import UtcMoment
from backward_running.store.schema import SCHEMA_VERSION, metadata, setting
from backward_running.store.sql_store import SqlStore
from backward_running.store.sqlite import explain_disk

FORMAT, VERSION = "backward-running export", 1
MANIFEST, README = "manifest.json", "README.txt"
#: Settings that are not given out: the hash of an address that only this store answers, and what it calls its people.
_LEFT_OUT = frozenset({"calendar_token_sha256", NAME_SETTING})

_README = """Everything of one runner, written by backward-running {version} on {day}.

originals/KEY/NAME   every file as it came, to the byte; KEY is its SHA-256
TABLE.jsonl          one row a line, as JSON (UTF-8); moments are in UTC
streams/ID-N.json    the samples of stream N of activity ID: "time_s" and "columns" are lists of numbers in the units
                     their names end with; null is a sample that is missing
manifest.json        what this is, and how many rows there are

{tables}

`backward --home FOLDER import-all FILE` takes it into a store in which nothing is yet.
"""
_ABOUT = {
    "setting": "what was set",
    "file": "the files that came in",
    "activity": "the runs: a row of the list, the recording without samples, and what was understood of it",
    "load": "what each run loaded",
    "clock": "in which time zone each run was",
    "straight": "where each run kept to a line, packed (base64)",
    "stream": "which samples there are of each run",
    "paint": "what the runner said of stretches",
    "athlete": "who runs",
    "check_in": "how it felt",
    "measurement": "what was measured and typed",
    "clearance": "what ended a stop",
    "said_done": "sessions that were said to be done",
    "statement": "what was said of whole runs",
    "by_word": "how much of each run stands on that",
    "paired_phone": "phones that were paired; none of them gets in with this file: pair it again",
    "plan": "every plan, the last one counts",
    "import_log": "what came of every import",
    "trash": "runs that were deleted or edited, as they were, packed (base64)",
    "edit": "edits of recordings",
    "shoe": "shoes",
    "note": "notes on runs, and the shoes of each",
    "photo": "photos of runs (base64)",
}


def export_all(store: SqlStore, to: Path, *, now: datetime) -> Mapping[str, int]:
    """Write everything of a person into a ZIP; return how many rows there are of each table.

    Raises
    ------
    StoreError, StoreFull
        The file is there already or cannot be written, or an original is damaged. Nothing is left half made.
    """
    if to.exists():
        raise StoreError(f"{to} is there already; nothing was changed: choose another name.")
    part = to.with_name(f".{to.name}.part")
    try:
        part.unlink(missing_ok=True)
        private.make_file(part)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive, _whole(store) as connection:
            counts = {table.name: _write(store, connection, archive, table) for table in _tables()}
            _describe(archive, counts, now)
        part.replace(to)
    except OSError as error:
        raise explain_disk(to, error) from error
    finally:
        part.unlink(missing_ok=True)
    return counts


def _whole(store: SqlStore) -> AbstractContextManager[Connection]:
    """Lend a connection on which tables are read piece by piece."""
    return store._database.reading(long=True)


def import_all(store: SqlStore, source: Path) -> Mapping[str, int]:
    """Take an export into a store in which its person has nothing yet, whole or not at all; return the counts.

    Raises
    ------
    StoreError
        It is no export, of another version, damaged, or the store holds something. Nothing was changed.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            counts = _manifest(source, archive)
            with store._database.writing() as connection:
                _refuse_full(store, connection)
                store.count_change(connection)
                for table in _tables():
                    if _read(store, connection, archive, table) != counts.get(table.name, 0):
                        raise StoreError(f"{source} does not hold as many rows of {table.name} as it says.")
                store._database.after_many(connection)
            return counts
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, NotImplementedError, OSError) as error:
        if isinstance(error, BackwardRunningError):
            raise
        raise StoreError(f"{source} is no sound export ({error}); nothing was changed: export it again.") from error


def _tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if "athlete_id" in table.c and table.name != "person"]


def _told(table: Table) -> list[Column[Any]]:
    """Return what is given out: whose it is and what a database counts by itself say nothing elsewhere."""
    counters = {column.name for column in table.primary_key if column.autoincrement is True}
    return [column for column in table.c if column.name not in {"athlete_id", *counters}]


def _write(store: SqlStore, connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    wanted = select(*_told(table)).where(store._mine(table)).order_by(*table.primary_key)
    found = connection.execution_options(yield_per=AT_ONCE).execute(wanted).mappings()
    count, lines = 0, []
    for row in found:
        if table.name == "setting" and row["name"] in _LEFT_OUT:
            continue
        lines.append(json.dumps(_plain(archive, table.name, dict(row)), ensure_ascii=False))
        count += 1
    archive.writestr(f"{table.name}.jsonl", "".join(f"{line}\n" for line in lines))
    return count


def _plain(archive: zipfile.ZipFile, table: str, row: dict[str, Any]) -> dict[str, Any]:
    """Turn a row to JSON; bytes go into a file of their own."""
    if table == "file":
        data = _codec.unpack(bytes(row.pop("content")))
        if sha256(data).hexdigest() != row["key"]:
            raise StoreError(
                f"The original of {row['name']!r} is damaged; `backward check --repair` looks for a sound one."
            )
        archive.writestr(_member_of_file(row), data)
    elif table == "stream":
        time_s, columns = _codec.decode(bytes(row.pop("content")))
        samples = {"time_s": _numbers(time_s), "columns": {name: _numbers(kept) for name, kept in columns.items()}}
        archive.writestr(_member_of_stream(row), json.dumps(samples, separators=(",", ":")))
    elif table == "paired_phone":
        row["secret_sha256"] = ""  # what let it in here lets it in nowhere else: it is paired again
    return {name: _told_as(value) for name, value in row.items()}


def _told_as(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, date) else value


def _numbers(samples: Any) -> list[float | str | None]:
    return [None if np.isnan(value) else value if np.isfinite(value) else repr(value) for value in samples.tolist()]


def _member_of_file(row: Mapping[str, Any]) -> str:
    return f"originals/{row['key']}/{re.sub(r'[^0-9A-Za-z._ -]', '_', row['name'])[-100:].lstrip('.') or 'file'}"


def _member_of_stream(row: Mapping[str, Any]) -> str:
    return f"streams/{row['activity_id']}-{row['ordinal']}.json"


def _describe(archive: zipfile.ZipFile, counts: Mapping[str, int], now: datetime) -> None:
    about = "\n".join(f"{name + '.jsonl':<21}{_ABOUT.get(name, 'worked out from the rest')}" for name in counts)
    archive.writestr(README, _README.format(version=__version__, day=f"{now:%Y-%m-%d}", tables=about))
    manifest = {
        "format": FORMAT, "version": VERSION, "tables": SCHEMA_VERSION, "program": __version__,
        "made_at": now.isoformat(), "rows": dict(counts),
    }  # fmt: skip
    archive.writestr(MANIFEST, json.dumps(manifest, indent=2))


def _manifest(source: Path, archive: zipfile.ZipFile) -> Mapping[str, int]:
    said = json.loads(archive.read(MANIFEST))
    if said.get("format") != FORMAT:
        raise StoreError(f"{source} is no export of this program; nothing was changed.")
    if (said.get("version"), said.get("tables")) != (VERSION, SCHEMA_VERSION):
        raise StoreError(
            f"{source} was written by version {said.get('program')} of the program with tables {said.get('tables')}, "
            f"this one has tables {SCHEMA_VERSION}; nothing was changed: open it with that version."
        )
    return {str(name): int(count) for name, count in said["rows"].items()}


def _refuse_full(store: SqlStore, connection: Connection) -> None:
    for table in _tables():
        theirs = store._mine(table)
        if table is setting:
            theirs &= setting.c.name != NAME_SETTING
        if connection.scalar(select(func.count()).select_from(table).where(theirs)):
            raise StoreError(
                "This store holds something already; nothing was changed: name a new folder with --home, or a new "
                "--person, and import there."
            )


def _read(store: SqlStore, connection: Connection, archive: zipfile.ZipFile, table: Table) -> int:
    rows: list[dict[str, Any]] = []
    count = 0
    for line in _lines(archive, f"{table.name}.jsonl"):
        rows.append({"athlete_id": store.athlete_id, **_row(archive, table, json.loads(line))})
        count += 1
        if len(rows) == AT_ONCE:
            connection.execute(insert(table), rows)
            rows = []
    if rows:
        connection.execute(insert(table), rows)
    return count


def _lines(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    with archive.open(member) as file:
        yield from file


def _row(archive: zipfile.ZipFile, table: Table, said: dict[str, Any]) -> dict[str, Any]:
    """Turn a line of JSON to a row. Raises KeyError, ValueError, StoreError where it is none."""
    row = {column.name: _value(column, said[column.name]) for column in _told(table) if column.name != "content"}
    if table.name == "file":
        data = archive.read(_member_of_file(row))
        if sha256(data).hexdigest() != row["key"]:
            raise StoreError(f"The original of {row['name']!r} is not the one that came; nothing was changed.")
        return {**row, "content": _codec.pack(data)}
    if table.name == "stream":
        samples = json.loads(archive.read(_member_of_stream(row)))
        columns = {str(name): _samples(kept) for name, kept in samples["columns"].items()}
        return {**row, "content": _codec.encode(_samples(samples["time_s"]), columns)}
    return {**row, "content": _value(table.c.content, said["content"])} if "content" in table.c else row


def _samples(numbers: list[Any]) -> Any:
    return np.array([np.nan if number is None else float(number) for number in numbers], dtype=np.float64)


def _value(column: Column[Any], said: Any) -> Any:
    if said is None:
        return None
    if isinstance(column.type, UtcMoment | DateTime):
        return datetime.fromisoformat(said)
    if isinstance(column.type, LargeBinary):
        return b64decode(said, validate=True)
    if isinstance(column.type, Date):
        return date.fromisoformat(said)
    return str(said) if column.name == "content" else said
