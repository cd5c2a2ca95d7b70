"""Open .gz and .zip archives, from disk or memory, one member at a time, with budgets on what comes out of them."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from backward_running.core.errors import UnreadableFile
from backward_running.formats._health_export import is_health_export, workouts_in
from backward_running.formats._log_zip import logs_in
from backward_running.formats._sniff import has_sign
from backward_running.formats._zips import (
    MEMBER_LIMIT_BYTES,
    MEMBERS_LIMIT,
    NOT_OPENED,
    RATIO_LIMIT,
    RATIO_MATTERS_ABOVE_BYTES,
    TOTAL_LIMIT_BYTES,
    is_document,
)

GZIP_START = b"\x1f\x8b\x08"
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")

#: An archive inside an archive is opened (a service's export of everything), one inside that is not.
DEEPEST = 1
#: An archive inside an archive lies in memory up to this size, and on disk above it.
_IN_MEMORY_BYTES = 16_000_000

#: What may list the other members.
_LISTS = (".csv", ".json")
_CHUNK_BYTES = 1 << 20
_HEAD_BYTES = 4096
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$|\.Spotlight-|\.Trashes/)", re.I)


@dataclass(slots=True)
class _Room:
    """How many bytes one import may still unpack to."""

    left_bytes: int = field(default_factory=lambda: TOTAL_LIMIT_BYTES)

    def take(self, name: str, size: int) -> None:
        self.left_bytes -= size
        if self.left_bytes < 0:
            raise _too_big(name, f"more than {TOTAL_LIMIT_BYTES / 1e9:.0f} GB in all")


def _too_big(name: str, what: str) -> UnreadableFile:
    return UnreadableFile(
        f"“{name}” unpacks to {what}, far more than recordings do, so it was not opened; "
        "unpack it yourself and import the recordings inside."
    )


def _damaged(name: str, why: str) -> UnreadableFile:
    return UnreadableFile(f"The archive “{name}” is damaged or cut short ({why}); copy or download it again.")


def open_archive(name: str, data: bytes | BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the files inside an archive, or the file itself. See :func:`backward_running.formats.unwrap`."""
    file: BinaryIO = io.BytesIO(data) if isinstance(data, bytes) else data
    return _open(name, file, 0, _Room())


def _open(name: str, file: BinaryIO, depth: int, room: _Room) -> Iterator[tuple[str, bytes]]:
    file.seek(0)
    head = file.read(4)
    if depth <= DEEPEST and head.startswith(GZIP_START):
        inner = _gunzip(name, file, room)
        yield from _open(_without_gz(name), cast(BinaryIO, io.BytesIO(inner)), depth + 1, room)
    elif depth <= DEEPEST and head.startswith(ZIP_STARTS) and not is_document(file):
        yield from _unzip(name, file, depth, room)
    elif is_health_export(_first(file)):
        yield from workouts_in(file, lambda _: None)
    else:
        yield name, _whole(name, file)


def _first(file: BinaryIO) -> bytes:
    file.seek(0)
    head = file.read(_HEAD_BYTES)
    file.seek(0)
    return head


def _size(file: BinaryIO) -> int:
    return file.seek(0, io.SEEK_END)


def _whole(name: str, file: BinaryIO) -> bytes:
    size = _size(file)
    if size > MEMBER_LIMIT_BYTES:
        raise UnreadableFile(
            f"“{name}” has {size // 1_000_000:,} MB, and at most {MEMBER_LIMIT_BYTES // 1_000_000} MB of a recording "
            "are read at once; cut it into parts, such as one for each hour."
        )
    file.seek(0)
    return file.read()


def _without_gz(name: str) -> str:
    return re.sub(r"\.gz(ip)?$", "", name, flags=re.I) or name


def _label(member: str) -> str:
    """Return the last part of a member's path, printable: it is shown and may name a download later."""
    last = re.split(r"[/\\]", member)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:200] or "file"


def _check_size(name: str, size: int, packed: int) -> None:
    if size > MEMBER_LIMIT_BYTES:
        raise _too_big(name, f"more than {MEMBER_LIMIT_BYTES / 1e6:.0f} MB")
    _check_ratio(name, size, packed)


def _check_ratio(name: str, size: int, packed: int) -> None:
    if size > RATIO_MATTERS_ABOVE_BYTES and size > RATIO_LIMIT * max(packed, 1):
        raise _too_big(name, f"over {RATIO_LIMIT} times its size")


def _gunzip(name: str, file: BinaryIO, room: _Room) -> bytes:
    """Unpack all gzip members. What follows the last sound member (padding) is no part of the file."""
    packed_bytes = _size(file)
    file.seek(0)
    inner = io.BytesIO()
    rest = file.read(_CHUNK_BYTES)
    while rest.startswith(GZIP_START):
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _CHUNK_BYTES)
            except zlib.error as error:
                raise _damaged(name, str(error)) from error
            rest = unpacker.unconsumed_tail or (b"" if unpacker.eof else file.read(_CHUNK_BYTES))
            if not piece and not rest and not unpacker.eof:
                raise _damaged(name, "it ends in the middle")
            inner.write(piece)
            room.take(name, len(piece))
            _check_size(name, inner.tell(), packed_bytes)
        rest = unpacker.unused_data
        rest = rest if len(rest) >= len(GZIP_START) else rest + file.read(_CHUNK_BYTES)
    return inner.getvalue()


def _unzip(name: str, file: BinaryIO, depth: int, room: _Room) -> Iterator[tuple[str, bytes]]:
    """Yield the sound members; say at the end which were not. Nothing that lies inside is left without a word."""
    try:
        archive = zipfile.ZipFile(file)
    except NOT_OPENED as error:
        raise _damaged(name, str(error)) from error
    with archive:
        members = [info for info in archive.infolist() if not info.filename.endswith("/") and not _is_junk(info)]
        if not members:
            raise UnreadableFile(f"The archive “{name}” holds no files.")
        _check_members(name, members, _size(file))
        members.sort(key=_comes_later)  # a list of what lies in the archive is read before it
        logs = logs_in(archive, members)
        if len(logs) == 1 and logs[0].is_all:
            yield name, _whole(name, file)
            return
        of_logs = {id(info) for log in logs for info in log.members}
        problems: list[str] = []
        health = _health_export(archive, members)
        if health is not None:
            of_logs |= yield from _workouts(archive, health, members, problems, room)
        for log in logs:
            try:
                yield log.name, log.packed(lambda info: _member(archive, info, room))
            except UnreadableFile as error:
                _note(problems, error, room)
        for info in members:
            if id(info) in of_logs:
                continue
            try:
                yield from _inside(archive, info, depth, room)
            except UnreadableFile as error:
                _note(problems, error, room)
    if problems:
        raise UnreadableFile(_told_together(name, problems, len(members)))


def _health_export(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo | None:
    """Return the member that is all of a Health app's memory: it is known by its head, its name is translated."""
    for info in members:
        if info.filename.lower().endswith(".xml") and not info.flag_bits & 0x1:
            try:
                is_it = is_health_export(_head(archive, info, _label(info.filename)))
            except UnreadableFile:
                continue  # it is told when its turn comes
            if is_it:
                return info
    return None


def _workouts(
    archive: zipfile.ZipFile,
    export: zipfile.ZipInfo,
    members: list[zipfile.ZipInfo],
    problems: list[str],
    room: _Room,
) -> Generator[tuple[str, bytes], None, set[int]]:
    """Yield the workouts of a Health app's export; return which members are in them."""
    beside = {"/" + info.filename.partition("/")[2]: info for info in members if info is not export}
    taken = {id(export)}

    def route(path: str) -> str | None:
        info = beside.get(path)
        if info is None:
            return None
        taken.add(id(info))
        return _member(archive, info, room).decode("utf-8", errors="replace")

    try:
        _check_ratio(_label(export.filename), export.file_size, export.compress_size)
        room.take(_label(export.filename), export.file_size)
        with archive.open(export) as file:
            yield from workouts_in(cast(BinaryIO, file), route)
    except UnreadableFile as error:
        _note(problems, error, room)
    except NOT_OPENED as error:
        _note(problems, _not_unpacked(_label(export.filename), error), room)
    return taken


def _comes_later(info: zipfile.ZipInfo) -> bool:
    return not info.filename.lower().endswith(_LISTS)


def _is_junk(info: zipfile.ZipInfo) -> bool:
    return _JUNK.search(info.filename) is not None


def _note(problems: list[str], error: UnreadableFile, room: _Room) -> None:
    if room.left_bytes < 0:
        raise error
    problems.append(str(error))


def _check_members(name: str, members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > MEMBERS_LIMIT:
        raise _too_big(name, f"more than {MEMBERS_LIMIT:,} files")
    if sum(info.compress_size for info in members) > size:
        raise _damaged(name, "its files lie over one another")


def _inside(archive: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int, room: _Room) -> Iterator[tuple[str, bytes]]:
    """Yield what a member is, or holds; a large archive inside goes to disk, a large picture is not unpacked."""
    name = _label(info.filename)
    _check_open(name, info)
    if info.file_size <= _IN_MEMORY_BYTES:
        content = _member(archive, info, room)
        if not content.startswith((GZIP_START, *ZIP_STARTS)):
            yield name, content  # most are: no need to ask further
            return
        yield from _open(name, cast(BinaryIO, io.BytesIO(content)), depth + 1, room)
        return
    head = _head(archive, info, name)
    if head.startswith(ZIP_STARTS) and depth + 1 <= DEEPEST:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES) as spooled:
            _spool(archive, info, name, room, cast(BinaryIO, spooled))
            yield from _open(name, cast(BinaryIO, spooled), depth + 1, room)
    elif has_sign(head):
        yield name, head  # enough to say what it is
    else:
        yield from _open(name, cast(BinaryIO, io.BytesIO(_member(archive, info, room))), depth + 1, room)


def _head(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    try:
        with archive.open(info) as packed:
            return packed.read(_HEAD_BYTES)
    except NOT_OPENED as error:
        raise _not_unpacked(name, error) from error


def _spool(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, room: _Room, out: BinaryIO) -> None:
    _check_ratio(name, info.file_size, info.compress_size)
    try:
        with archive.open(info) as packed:
            while piece := packed.read(_CHUNK_BYTES):
                room.take(name, len(piece))
                out.write(piece)
    except NOT_OPENED as error:
        raise _not_unpacked(name, error) from error


def _told_together(name: str, problems: list[str], count: int) -> str:
    if len(problems) == count == 1:
        return problems[0]
    return f"{len(problems)} of the {count} files in “{name}” could not be unpacked: {' '.join(problems[:3])}" + (
        " …" if len(problems) > 3 else ""
    )


def _check_open(name: str, info: zipfile.ZipInfo) -> None:
    if not info.filename:
        raise UnreadableFile("A file without a name was left packed; name it, and pack it again.")
    if info.flag_bits & 0x1:
        raise UnreadableFile(f"“{name}” is locked with a password; unpack the archive and import what is inside.")


def _not_unpacked(name: str, error: Exception) -> UnreadableFile:
    if isinstance(error, NotImplementedError):
        return UnreadableFile(f"“{name}” is packed in a way that is not known here ({error}).")
    return _damaged(name, str(error) or "it ends in the middle")


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: _Room) -> bytes:
    name = _label(info.filename)
    _check_open(name, info)
    _check_size(name, info.file_size, info.compress_size)
    room.take(name, info.file_size)
    try:
        with archive.open(info) as packed:
            # The directory's size is the archive's own word; reading one byte more shows whether it lied.
            content = packed.read(info.file_size + 1)
    except NOT_OPENED as error:
        raise _not_unpacked(name, error) from error
    if len(content) != info.file_size:
        raise _damaged(name, f"{info.file_size:,} bytes were announced, {len(content):,} came")
    return content
