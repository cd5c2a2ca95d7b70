"""Read fields of single messages: of what is rare, one message after the other costs less than columns do."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from backward_running.formats._fit import profile
from backward_running.formats._fit.decoder import KEPT_DEFINITIONS, Definition, Field

Value = int | float | str

#: How `struct` writes numpy's codes.
_CODES = {"i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "i8": "q", "u8": "Q", "f4": "f", "f8": "d"}


class Wanted(NamedTuple):
    """A field that is read: as what, and of which type."""

    key: int
    field: Field
    type_byte: int


@dataclass(frozen=True, slots=True)
class Reader:
    """Takes some fields out of a message."""

    packed: struct.Struct
    fields: tuple[tuple[int, int | None], ...]  #: key, and the whole number that means "nothing"

    def at(self, memory: memoryview, position: int) -> dict[int, Value]:
        """Return what the message at `position` says: text decoded, of an array the first number, missing absent."""
        found: dict[int, Value] = {}
        for (key, missing), stored in zip(self.fields, self.packed.unpack_from(memory, position), strict=True):
            value = _text(stored) if isinstance(stored, bytes) else stored
            if value is None or value == missing or (isinstance(value, float) and not math.isfinite(value)):
                continue
            found[key] = value
        return found


def reader_of(wanted: Iterable[Wanted], *, big_endian: bool) -> Reader:
    """Return what reads fields that do not overlap; one that cannot be read as its type is missing everywhere."""
    code, behind, fields = ">" if big_endian else "<", 0, list[tuple[int, int | None]]()
    for key, field, type_byte in sorted(wanted, key=lambda each: each.field.offset):
        base = profile.BASE_TYPES.get(type_byte & 0x1F)
        if base is None or field.size < base.size or field.size % base.size:
            continue
        stored = f"{field.size}s" if base.code == "S" else _CODES[base.code]
        code += f"{field.offset - behind}x{stored}"
        behind = field.offset + (field.size if base.code == "S" else base.size)
        fields.append((key, base.missing))
    return Reader(struct.Struct(code), tuple(fields))


@lru_cache(KEPT_DEFINITIONS)
def plain_reader(definition: Definition) -> Reader:
    """Return what reads the plain fields of a kind of message (`profile.PLAIN_FIELDS`) and its full timestamp."""
    keys = profile.PLAIN_FIELDS[definition.message]
    wanted = [Wanted(key, field, field.type_byte) for key, field in definition.fields.items() if key in keys]
    stamp = definition.fields.get(profile.TIMESTAMP)
    if stamp is not None:
        wanted.append(Wanted(profile.TIMESTAMP, stamp, profile.UINT32))
    return reader_of(wanted, big_endian=definition.big_endian)


def _text(stored: bytes) -> str | None:
    """Decode text up to its first zero byte; a device may forget the zero, or cut a letter in half."""
    words = stored.split(b"\0", 1)[0].decode("utf-8", errors="ignore").strip()
    if not words.isprintable():
        words = "".join(letter for letter in words if letter.isprintable())
    return words or None
