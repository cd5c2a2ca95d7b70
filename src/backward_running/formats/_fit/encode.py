"""Write FIT: definitions, messages from plain values, records from a structured array, header and checksums."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from fastcrc.crc16 import arc

from backward_running.core.arrays import IntArray
from backward_running.core.errors import BadValue
from backward_running.core.recording import FloatArray
from backward_running.formats._fit import profile

_PROTOCOL_VERSION = 0x20  # 2.0, which developer fields need
_PROFILE_VERSION = 2100
_LONGEST_FIELD = 255

#: struct's letter for a base type, by type byte.
_LETTERS = {
    profile.ENUM: "B",
    profile.SINT8: "b",
    profile.UINT8: "B",
    profile.BYTE: "B",
    profile.UINT16: "H",
    profile.SINT32: "i",
    profile.UINT32: "I",
    profile.UINT32Z: "I",
    profile.FLOAT32: "f",
}

Plain = int | float | str | bytes | None


class Told(NamedTuple):
    """One field to write: its number, its type byte and its value as stored (None: missing)."""

    number: int
    type_byte: int
    value: Plain


@dataclass(frozen=True, slots=True)
class Column:
    """One field of many records: values in their unit, NaN for missing."""

    number: int
    type_byte: int
    values: FloatArray
    scale: float = 1.0
    offset: float = 0.0
    developer_index: int | None = None


def fit_seconds(moment: datetime) -> int:
    """Return an aware time as FIT counts it.

    >>> from datetime import UTC
    >>> fit_seconds(datetime(1989, 12, 31, tzinfo=UTC))
    0
    """
    if moment.tzinfo is None:
        raise BadValue("moment", "carry a time zone", moment.isoformat())
    return round(moment.timestamp()) - profile.EPOCH_S


def ascii_text(text: str, longest: int) -> str:
    """Return text that a watch can show: plain letters only, at most `longest` of them.

    >>> ascii_text("Rückwärts laufen – leicht", 15)
    'Ruckwarts laufe'
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text.replace("–", "-").replace("×", "x")).encode("ascii", "ignore").decode()
    return "".join(letter for letter in plain if letter.isprintable())[:longest].rstrip()


def padded(text: str, size: int | None = None) -> bytes:
    r"""Return text as stored: UTF-8 without half letters, a zero byte behind it, filled up to `size` bytes.

    >>> padded("BACK 1/6", 10)
    b'BACK 1/6\x00\x00'
    """
    longest = (size or _LONGEST_FIELD) - 1
    words = text.encode()[:longest].decode(errors="ignore").encode()
    return words.ljust(size or len(words) + 1, b"\0")


class Writer:
    """Collects messages and makes a file of them. Little endian; a definition is repeated only where it changes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._defined: dict[int, bytes] = {}
        self._local_of: dict[bytes, int] = {}
        self._next = 0

    def message(
        self, kind: int, fields: Sequence[Told], developer: Mapping[tuple[int, int], Told] | None = None
    ) -> None:
        """Write one message. `developer` maps (developer's index, field number) to a field."""
        extra = developer or {}
        stored = [_stored(field) for field in fields]
        stored_extra = [_stored(field) for field in extra.values()]
        native = b"".join(bytes((f.number, len(s), f.type_byte)) for f, s in zip(fields, stored, strict=True))
        theirs = b"".join(
            bytes((number, len(s), index)) for (index, number), s in zip(extra, stored_extra, strict=True)
        )
        local = self._define(kind, native, theirs)
        self._parts.append(bytes((local,)) + b"".join(stored) + b"".join(stored_extra))

    def records(self, kind: int, seconds: IntArray, columns: Sequence[Column]) -> None:
        """Write one message per sample, all at once."""
        native = [column for column in columns if column.developer_index is None]
        theirs = [column for column in columns if column.developer_index is not None]
        table = bytes((profile.TIMESTAMP, 4, profile.UINT32))
        table += b"".join(bytes((column.number, _size(column), column.type_byte)) for column in native)
        extra = b"".join(bytes((column.number, _size(column), column.developer_index or 0)) for column in theirs)
        local = self._define(kind, table, extra)
        codes = [("header", "u1"), ("seconds", "<u4")]
        codes += [(f"c{k}", "<" + _base(column).code) for k, column in enumerate([*native, *theirs])]
        rows = np.empty(len(seconds), codes)
        rows["header"], rows["seconds"] = local, seconds
        for k, column in enumerate([*native, *theirs]):
            rows[f"c{k}"] = _stored_column(column)
        self._parts.append(rows.tobytes())

    def _define(self, kind: int, native: bytes, developer: bytes) -> int:
        """Return the local number of a layout, writing its definition where it is not the current one."""
        body = b"\0\0" + struct.pack("<HB", kind, len(native) // 3) + native
        if developer:
            body += bytes((len(developer) // 3,)) + developer
        key = bytes((bool(developer),)) + body
        local = self._local_of.get(key)
        if local is not None and self._defined.get(local) == key:
            return local
        local = self._next % 16
        self._next += 1
        self._defined[local], self._local_of[key] = key, local
        self._parts.append(bytes((0x40 | (0x20 if developer else 0) | local,)) + body)
        return local

    def file(self) -> bytes:
        """Return the file: header with its checksum, data, checksum of all."""
        data = b"".join(self._parts)
        header = struct.pack("<BBHI4s", 14, _PROTOCOL_VERSION, _PROFILE_VERSION, len(data), b".FIT")
        whole = header + struct.pack("<H", arc(header)) + data
        return whole + struct.pack("<H", arc(whole))


def _base(column: Column) -> profile.BaseType:
    return profile.BASE_TYPES[column.type_byte & 0x1F]


def _size(column: Column) -> int:
    return _base(column).size


def _stored(field: Told) -> bytes:
    """Encode one value; text ends with a zero byte, bytes go as they are."""
    if isinstance(field.value, bytes):
        return field.value
    if field.type_byte == profile.STRING:
        return padded(str(field.value or ""))
    base = profile.BASE_TYPES[field.type_byte & 0x1F]
    letter = _LETTERS[field.type_byte]
    if base.missing is None:
        return struct.pack("<" + letter, float("nan") if field.value is None else field.value)
    value = (
        base.missing
        if field.value is None
        else round(float(field.value))
        if isinstance(field.value, float)
        else field.value
    )
    try:
        return struct.pack("<" + letter, value)
    except struct.error:
        raise BadValue(f"field {field.number}", f"fit into {base.size} bytes of FIT", field.value) from None


def _stored_column(column: Column) -> npt.NDArray[np.generic]:
    """Encode a column: scaled, rounded, missing where NaN or beyond what the type can hold."""
    base = _base(column)
    scaled = (column.values + column.offset) * column.scale
    if base.missing is None:
        return scaled.astype(base.code)
    limits = np.iinfo(np.dtype(base.code))
    rounded = np.rint(scaled)
    holds = (rounded >= limits.min) & (rounded <= limits.max)
    return np.where(holds, rounded, float(base.missing)).astype(np.int64).astype(base.code)
