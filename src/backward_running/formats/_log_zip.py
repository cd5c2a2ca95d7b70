"""Zips that are one recording: which app wrote them, and what is inside, even where the archive is damaged."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from backward_running.core.errors import UnreadableFile
from backward_running.formats._archive import (
    MEMBER_LIMIT_BYTES,
    RATIO_LIMIT,
    RATIO_MATTERS_ABOVE_BYTES,
    TOTAL_LIMIT_BYTES,
)

ZIP_START = b"PK\x03\x04"
SENSOR_LOGGER, PHYPHOX, ONE_RUN = "sensor_logger", "phyphox", "one_run"
#: The member that makes a zip the files of one run.
ONE_RUN_LIST = "one_run.json"
_SENSOR_LOGGER_HEADER = b"time,seconds_elapsed"
_PHYPHOX_META = ("meta/time.csv", "meta/device.csv")
_PHYPHOX_HEADER = (b'"Time (s)"', b"Time (s)")
_MOST_MEMBERS = 500
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_SIZES_COME_LATER = 0x08
_LOCKED = 0x01


def kind_of_log(data: bytes) -> str | None:
    """Say which app's log a zip is, by the names and first letters of its members; None where it is none."""
    if not data.startswith(ZIP_START):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _kind(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return None


def _kind(archive: zipfile.ZipFile) -> str | None:
    if ONE_RUN_LIST in archive.NameToInfo:
        return ONE_RUN
    tables = [info for info in archive.infolist()[:_MOST_MEMBERS] if info.filename.lower().endswith(".csv")]
    if any(info.filename.lower().endswith(_PHYPHOX_META) for info in tables):
        return PHYPHOX
    for info in tables:
        if info.flag_bits & _LOCKED:
            return None
        with archive.open(info) as member:
            start = member.read(64).removeprefix(b"\xef\xbb\xbf")
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
    left_bytes = TOTAL_LIMIT_BYTES
    try:
        members = list(_by_directory(data))
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, ValueError, OSError):
        losses.append("The archive is damaged or cut short; what is sound in it was read.")
        members = [member for member in by_walking(data) if member[0].lower().endswith(".csv")]
    for name, content in members:
        left_bytes -= len(content or b"")
        if left_bytes < 0:
            raise UnreadableFile("This archive unpacks to far more than logs do, so it was not opened.")
        if content is None:
            losses.append(f"“{name}” is damaged and was left out.")
        else:
            found.setdefault(name.lower(), content)
    if not found:
        raise UnreadableFile("Nothing in this archive can be unpacked. Export it again.")
    return found, losses


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
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
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
            yield name, _inflate(data[start:])
        elif not flags & _SIZES_COME_LATER:
            yield name, data[start : start + packed]


def _inflate(packed: bytes) -> bytes | None:
    """Unpack as much as there is."""
    unpacker = zlib.decompressobj(wbits=-15)
    found = bytearray()
    rest = packed
    while rest and not unpacker.eof:
        try:
            # Little by little: what stands before damaged bytes is still sound.
            found += unpacker.decompress(rest[:4096])
        except zlib.error:
            break
        rest = rest[4096:]
        if is_too_big(len(found), len(packed)):
            return None
    return bytes(found) or None
