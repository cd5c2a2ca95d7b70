"""Zips that are one recording: which app wrote them, and what is inside, even where the archive is damaged."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backward_running.core.errors import UnreadableFile
from backward_running.formats._zips import (
    LOG_LIMIT_BYTES,
    MEMBER_LIMIT_BYTES,
    NOT_OPENED,
    RATIO_LIMIT,
    RATIO_MATTERS_ABOVE_BYTES,
)

ZIP_START = b"PK\x03\x04"
SENSOR_LOGGER, PHYPHOX, ONE_RUN = "sensor_logger", "phyphox", "one_run"
#: The member that makes a zip the files of one run.
ONE_RUN_LIST = "one_run.json"
_SENSOR_LOGGER_HEADER = b"time,seconds_elapsed"
_PHYPHOX_META = ("meta/time.csv", "meta/device.csv")
_PHYPHOX_HEADER = (b'"Time (s)"', b"Time (s)")
_MOST_MEMBERS = 500
#: So many tables of a folder are looked into: all of a log begin alike, but one that says how the phone was set.
_LOOKED_AT = 20
#: What beside a log may be a recording of its own, or hold some.
_RECORDINGS = (".fit", ".tcx", ".gpx", ".gz", ".zip", ".csv", ".geojson")
_TEXTS = (".json", ".txt", ".xml")
#: No clock of a zip's members says anything, and the same files make the same bytes.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_SIZES_COME_LATER = 0x08
_LOCKED = 0x01


def kind_of_log(data: bytes) -> str | None:
    """Say which app's log a zip is, by the names and first letters of its members; None where it is none."""
    if not data.startswith(ZIP_START):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.filename.endswith("/")]
            logs = logs_in(archive, members)
    except NOT_OPENED:
        return None
    return logs[0].kind if len(logs) == 1 and logs[0].is_all else None


@dataclass(frozen=True, slots=True)
class LogInside:
    """A log of an app inside a zip: alone, beside others, or beside files of other kinds."""

    kind: str
    name: str
    members: tuple[zipfile.ZipInfo, ...]
    is_all: bool  #: nothing else in the zip could be a recording: the zip itself is the log

    def packed(self, unpack: Callable[[zipfile.ZipInfo], bytes]) -> bytes:
        """Return the log as a zip of its own; the same members make the same bytes."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for info in self.members:
                alone = zipfile.ZipInfo(info.filename, _NO_TIME)
                alone.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(alone, unpack(info))
        return content.getvalue()


def logs_in(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo]) -> list[LogInside]:
    """Return the logs of sensor apps in a zip, one for each folder that holds one."""
    if any(info.filename == ONE_RUN_LIST for info in members):
        return [LogInside(ONE_RUN, ONE_RUN_LIST, tuple(members), is_all=True)]
    by_folder: dict[str, list[zipfile.ZipInfo]] = {}
    for info in members:
        if info.filename.lower().endswith(".csv") and "__macosx/" not in info.filename.lower():
            by_folder.setdefault(_folder_of(info), []).append(info)
    kinds = {folder: kind for folder, tables in by_folder.items() if (kind := _kind(archive, tables)) is not None}
    found = {folder: (kind, tuple(by_folder[folder])) for folder, kind in kinds.items()}
    inside = {id(info) for _, tables in found.values() for info in tables}
    others = [info for info in members if id(info) not in inside and _may_be_a_recording(info, found)]
    is_all = len(found) == 1 and not others
    return [
        LogInside(kind, f"{folder.rpartition('/')[2] or 'log'}.zip", tables, is_all)
        for folder, (kind, tables) in found.items()
    ]


def _folder_of(info: zipfile.ZipInfo) -> str:
    """Return the folder a table lies in; phyphox has a folder more for what it says of itself."""
    folder = info.filename.replace("\\", "/").rpartition("/")[0]
    return folder.rpartition("/")[0] if folder.rpartition("/")[2].lower() == "meta" else folder


def _may_be_a_recording(info: zipfile.ZipInfo, logs: Mapping[str, object]) -> bool:
    """Say whether what lies beside logs may be a recording of its own; texts in their folders are the app's own."""
    name = info.filename.lower()
    return name.endswith(_RECORDINGS) or (name.endswith(_TEXTS) and _folder_of(info) not in logs)


def _kind(archive: zipfile.ZipFile, tables: Sequence[zipfile.ZipInfo]) -> str | None:
    """Say which app wrote the tables of one folder, by the first letters of a few of them."""
    if any(info.filename.lower().endswith(_PHYPHOX_META) for info in tables):
        return PHYPHOX
    for info in tables[:_LOOKED_AT]:
        if info.flag_bits & _LOCKED:
            return None
        try:
            with archive.open(info) as member:
                start = member.read(64).removeprefix(b"\xef\xbb\xbf")
        except NOT_OPENED:
            continue  # a damaged table is told where it is read
        if start.startswith(_SENSOR_LOGGER_HEADER):
            return SENSOR_LOGGER
        if start.startswith(_PHYPHOX_HEADER):
            return PHYPHOX
    return None


def tables_of(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    """Return the CSV members by their path in lower case, and what could not be unpacked, in words.

    Raises
    ------
    UnreadableFile
        It is no zip, unpacks to far too much, or nothing in it is readable.
    """
    if not data.startswith(ZIP_START):
        raise UnreadableFile("This is not a zip archive, as a log of several sensors is. Export it again.", offset=0)
    found: dict[str, bytes] = {}
    losses: list[str] = []
    try:
        members = _bounded(_by_directory(data))
    except UnreadableFile:
        raise
    except NOT_OPENED:
        losses.append("The archive is damaged or cut short; what is sound in it was read.")
        members = _bounded(member for member in by_walking(data) if member[0].lower().endswith(".csv"))
    for name, content in members:
        if content is None:
            losses.append(f"“{name}” is damaged and was left out.")
        else:
            found.setdefault(name.lower(), content)
    if not found:
        raise UnreadableFile("Nothing in this archive can be unpacked. Export it again.")
    return found, losses


def _bounded(members: Iterable[tuple[str, bytes | None]]) -> list[tuple[str, bytes | None]]:
    """Unpack one member after the other, and none any more once they are too much together."""
    found: list[tuple[str, bytes | None]] = []
    left_bytes = LOG_LIMIT_BYTES
    for name, content in members:
        left_bytes -= len(content or b"")
        if left_bytes < 0:
            raise UnreadableFile(
                f"This log unpacks to more than the {LOG_LIMIT_BYTES // 1_000_000:,} MB that are read at once; record "
                "shorter pieces, or fewer sensors."
            )
        found.append((name, content))
    return found


def _label(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:200]


def _by_directory(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist()[:_MOST_MEMBERS]:
            name = _label(info.filename)
            if not name.lower().endswith(".csv") or "__macosx/" in name.lower():
                continue
            if info.flag_bits & _LOCKED:
                raise UnreadableFile(f"“{name}” is locked with a password; export the log without one.")
            if is_too_big(info.file_size, info.compress_size):
                raise UnreadableFile(f"“{name}” unpacks to far more than logs do, so it was not opened.")
            try:
                yield name, archive.read(info)
            except NOT_OPENED:
                yield name, None


def is_too_big(size: int, packed: int) -> bool:
    """Say whether a member unpacks to more than any log does."""
    return size > MEMBER_LIMIT_BYTES or (size > RATIO_MATTERS_ABOVE_BYTES and size > RATIO_LIMIT * max(packed, 1))


def by_walking(data: bytes) -> Iterator[tuple[str, bytes | None]]:
    """Read members by the headers in front of them, as far as they go: a cut archive has no directory."""
    position, count = 0, 0
    while (position := data.find(ZIP_START, position)) >= 0 and count < _MOST_MEMBERS:
        count += 1
        if position + _HEADER.size > len(data):
            return
        _, _, flags, method, _, _, _, packed, _, name_size, extra_size = _HEADER.unpack_from(data, position)
        start = position + _HEADER.size + name_size + extra_size
        name = _label(data[position + _HEADER.size : position + _HEADER.size + name_size].decode("utf-8", "replace"))
        position += 4
        if name.endswith("/") or flags & _LOCKED or method not in (0, 8):
            continue
        if method == 8:
            yield name, _inflate(memoryview(data)[start:])
        elif not flags & _SIZES_COME_LATER:
            yield name, data[start : start + packed]


def _inflate(packed: memoryview) -> bytes | None:
    """Unpack as much as there is."""
    unpacker = zlib.decompressobj(wbits=-15)
    found = bytearray()
    for at in range(0, len(packed), 4096):
        try:
            # Little by little: what stands before damaged bytes is still sound.
            found += unpacker.decompress(packed[at : at + 4096])
        except zlib.error:
            break
        if unpacker.eof:
            break
        if is_too_big(len(found), len(packed)):
            return None
    return bytes(found) or None
