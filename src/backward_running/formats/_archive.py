"""Open .gz and .zip archives in memory, with limits that stop archives made to fill it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from backward_running.core.errors import UnreadableFile

GZIP_START = b"\x1f\x8b\x08"
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")

#: An archive inside an archive is opened (a service's export of everything), one inside that is not.
DEEPEST = 1
#: A day at 1 Hz with every sensor is 30 MB of TCX; ten times that is no recording.
MEMBER_LIMIT_BYTES = 320_000_000
#: Ten years of daily recordings unpack to about 2 GB.
TOTAL_LIMIT_BYTES = 4_000_000_000
MEMBERS_LIMIT = 50_000
#: The most repetitive XML recordings pack 40 : 1; archives made to attack reach 1,000 : 1 and more.
RATIO_LIMIT = 250
#: Below this size the ratio means nothing: a page of zeros is harmless.
RATIO_MATTERS_ABOVE_BYTES = 20_000_000

_CHUNK_BYTES = 1 << 20
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._[^/]*$|\.Spotlight-|\.Trashes/)", re.I)
#: Members that betray a document which merely is a zip inside: it is handed on whole, and named by the sniffer.
_DOCUMENT_MEMBERS = frozenset({"[Content_Types].xml", "mimetype", "AndroidManifest.xml", "doc.kml"})


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


def is_archive(data: bytes) -> bool:
    """Say whether the bytes are an archive of files: documents and sensor logs that are zip inside stay whole."""
    return data.startswith(GZIP_START) or (data.startswith(ZIP_STARTS) and not is_document(data) and not _is_log(data))


def _is_log(data: bytes) -> bool:
    from backward_running.formats._log_zip import kind_of_log

    return kind_of_log(data) is not None


def is_document(data: bytes) -> bool:
    """Say whether a zip is really a document: an office file, an e-book, an app, a map of places."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return not _DOCUMENT_MEMBERS.isdisjoint(archive.NameToInfo)
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def open_archive(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the files inside an archive, or the file itself. See :func:`backward_running.formats.unwrap`."""
    return _open(name, data, 0, _Room())


def _open(name: str, data: bytes, depth: int, room: _Room) -> Iterator[tuple[str, bytes]]:
    if depth > DEEPEST or not is_archive(data):
        yield name, data
    elif data.startswith(GZIP_START):
        inner = _gunzip(name, data, room)
        yield from _open(_without_gz(name), inner, depth + 1, room)
    else:
        yield from _unzip(name, data, depth, room)


def _without_gz(name: str) -> str:
    return re.sub(r"\.gz(ip)?$", "", name, flags=re.I) or name


def _label(member: str) -> str:
    """Return the last part of a member's path, printable: it is shown and may name a download later."""
    last = re.split(r"[/\\]", member)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:200] or "file"


def _check_size(name: str, size: int, packed: int) -> None:
    if size > MEMBER_LIMIT_BYTES:
        raise _too_big(name, f"more than {MEMBER_LIMIT_BYTES / 1e6:.0f} MB")
    if size > RATIO_MATTERS_ABOVE_BYTES and size > RATIO_LIMIT * max(packed, 1):
        raise _too_big(name, f"over {RATIO_LIMIT} times its size")


def _gunzip(name: str, data: bytes, room: _Room) -> bytes:
    """Unpack all gzip members. What follows the last sound member (padding) is no part of the file."""
    inner = io.BytesIO()
    rest = data
    while rest.startswith(GZIP_START):
        unpacker = zlib.decompressobj(wbits=31)
        while not unpacker.eof:
            try:
                piece = unpacker.decompress(rest, _CHUNK_BYTES)
            except zlib.error as error:
                raise _damaged(name, str(error)) from error
            rest = unpacker.unconsumed_tail
            if not piece and not rest and not unpacker.eof:
                raise _damaged(name, "it ends in the middle")
            inner.write(piece)
            room.take(name, len(piece))
            _check_size(name, inner.tell(), len(data))
        rest = unpacker.unused_data
    return inner.getvalue()


def _unzip(name: str, data: bytes, depth: int, room: _Room) -> Iterator[tuple[str, bytes]]:
    """Yield the sound members; say at the end which were not."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _damaged(name, str(error)) from error
    with archive:
        members = [info for info in archive.infolist() if not info.is_dir() and not _JUNK.search(info.filename)]
        if not members:
            raise UnreadableFile(f"The archive “{name}” holds no files.")
        if len(members) > MEMBERS_LIMIT:
            raise _too_big(name, f"more than {MEMBERS_LIMIT:,} files")
        problems: list[str] = []
        for info in members:
            try:
                yield from _open(_label(info.filename), _member(archive, info, room), depth + 1, room)
            except UnreadableFile as error:
                if room.left_bytes < 0:
                    raise
                problems.append(str(error))
    if problems:
        raise UnreadableFile(_told_together(name, problems, len(members)))


def _told_together(name: str, problems: list[str], count: int) -> str:
    if len(problems) == count == 1:
        return problems[0]
    return f"{len(problems)} of the {count} files in “{name}” could not be unpacked: {' '.join(problems[:3])}" + (
        " …" if len(problems) > 3 else ""
    )


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: _Room) -> bytes:
    name = _label(info.filename)
    if info.flag_bits & 0x1:
        raise UnreadableFile(f"“{name}” is locked with a password; unpack the archive and import what is inside.")
    _check_size(name, info.file_size, info.compress_size)
    room.take(name, info.file_size)
    try:
        with archive.open(info) as packed:
            # The directory's size is the archive's own word; reading one byte more shows whether it lied.
            content = packed.read(info.file_size + 1)
    except NotImplementedError as error:
        raise UnreadableFile(f"“{name}” is packed in a way that is not known here ({error}).") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise _damaged(name, str(error) or "it ends in the middle") from error
    if len(content) != info.file_size:
        raise _damaged(name, f"{info.file_size:,} bytes were announced, {len(content):,} came")
    return content
