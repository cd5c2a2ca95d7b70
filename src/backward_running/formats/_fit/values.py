"""Turn laid-out bytes into values: columns of floats for records, plain values for the rarer messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backward_running.core.arrays import IntArray
from backward_running.core.recording import FloatArray
from backward_running.formats._fit import profile
from backward_running.formats._fit.decoder import Bytes, Field, Layout, Offsets, Walk
from backward_running.formats._fit.fields import DeveloperDataId, FieldDescription

Value = int | float | str
Seconds = IntArray  #: FIT seconds; -1 is missing
NO_TIME = -1
#: FIT counts seconds in four bytes; a file may store them in eight, and then anything can stand there.
_SECONDS_END = 2**32


class DeveloperField(NamedTuple):
    """How a field was described that the protocol itself does not know."""

    name: str
    units: str
    type_byte: int
    scale: float
    offset: float
    native_message: int | None
    native_field: int | None
    application_id: bytes | None


def in_fit_time(seconds: int | None) -> int | None:
    """Return FIT seconds, or None where they lie outside of what FIT can count.

    >>> in_fit_time(1_000_000_000), in_fit_time(-1), in_fit_time(2**40)
    (1000000000, None, None)
    """
    return seconds if seconds is not None and 0 <= seconds < _SECONDS_END else None


Descriptions = dict[tuple[int, int], DeveloperField]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a rarer kind. Missing fields are absent."""

    position: int
    time: int | None  #: FIT seconds
    values: dict[int, Value] = field(default_factory=dict)
    named: dict[str, Value] = field(default_factory=dict)  #: fields of our own app, by name

    def number(self, key: int, scale: float = 1.0) -> float | None:
        """Return a field as a number in its unit, or None."""
        value = self.values.get(key)
        return None if value is None or isinstance(value, str) else value / scale

    def integer(self, key: int) -> int | None:
        """Return a field as a whole number, or None."""
        value = self.values.get(key)
        return value if isinstance(value, int) else None

    def seconds(self, key: int) -> int | None:
        """Return a field as FIT seconds, or None where it is no time that FIT can count."""
        return in_fit_time(self.integer(key))

    def text(self, key: int) -> str | None:
        """Return a field as words, or None where it is empty."""
        value = self.values.get(key)
        return value if isinstance(value, str) and value else None


def raw_column(rows: Bytes, definition: Field, type_byte: int, *, big_endian: bool) -> npt.NDArray[Any] | None:
    """Return a field of all rows as stored, shape (n,); of an array its first number; None where sizes disagree."""
    base = profile.BASE_TYPES.get(type_byte & 0x1F)
    if (
        base is None
        or definition.size < base.size
        or definition.size % base.size
        or base.code == "S"
        or rows.shape[0] == 0
    ):
        return None
    code = (">" if big_endian else "<") + base.code
    return np.ndarray(rows.shape[:1], code, rows, definition.offset, rows.strides[:1])


def float_column(rows: Bytes, definition: Field, type_byte: int, *, big_endian: bool) -> FloatArray | None:
    """Return a field of all rows as floats, missing as NaN; None where the field cannot be read as numbers."""
    stored = raw_column(rows, definition, type_byte, big_endian=big_endian)
    if stored is None:
        return None
    missing = profile.BASE_TYPES[type_byte & 0x1F].missing
    values = stored.astype(np.float64)
    if missing is not None:
        values[stored == missing] = np.nan
    else:
        values[~np.isfinite(values)] = np.nan
    return values


def float_table(rows: Bytes, definition: Field, type_byte: int, *, big_endian: bool) -> FloatArray | None:
    """Return an array field of all rows as floats, shape (n, length), missing as NaN; None where it is no numbers."""
    base = profile.BASE_TYPES.get(type_byte & 0x1F)
    if (
        base is None
        or definition.size < base.size
        or definition.size % base.size
        or base.code == "S"
        or rows.shape[0] == 0
    ):
        return None
    code = (">" if big_endian else "<") + base.code
    shape = (rows.shape[0], definition.size // base.size)
    stored = np.ndarray(shape, code, rows, definition.offset, (rows.strides[0], base.size))
    with np.errstate(invalid="ignore"):  # a damaged float may be a NaN that signals
        values = stored.astype(np.float64)
    missing = ~np.isfinite(values) if base.missing is None else stored == base.missing
    values[missing] = np.nan
    return values


def times(layout: Layout, rows: Bytes) -> Seconds | None:
    """Return the full timestamps of all rows, or None where the layout has none."""
    stamp = layout.fields().get(profile.TIMESTAMP)
    if stamp is None:
        return None
    stored = raw_column(rows, stamp, profile.UINT32, big_endian=layout.big_endian)
    if stored is None:
        return None
    seconds = stored.astype(np.int64)
    seconds[seconds == 0xFFFF_FFFF] = NO_TIME
    return seconds


class Clock:
    """Tells the time of messages whose header carries only the last five bits of it."""

    def __init__(self, walk: Walk, raw: Bytes) -> None:
        self._positions: Offsets = np.empty(0, np.int64)
        self._seconds: Seconds = np.empty(0, np.int64)
        if not walk.has_folded_times:
            return
        offsets = [layout.offsets() for layout in walk.layouts]
        stamps = [times(layout, layout.rows(raw, at)) for layout, at in zip(walk.layouts, offsets, strict=True)]
        full = [np.full(at.shape, NO_TIME) if t is None else t for t, at in zip(stamps, offsets, strict=True)]
        positions, seconds = np.concatenate(offsets), np.concatenate(full)
        order = np.argsort(positions, kind="stable")
        positions, seconds = positions[order], seconds[order]
        told = (seconds != NO_TIME) | (raw[positions] >= 0x80)
        self._positions = positions[told]
        self._seconds = _unroll(seconds[told], raw[positions[told]])

    def at(self, offsets: Offsets, seconds: Seconds | None) -> Seconds:
        """Return the times of the messages at `offsets`; `seconds` are their full timestamps, if any."""
        if seconds is None:
            seconds = np.full(offsets.shape, NO_TIME)
        if not len(self._positions):
            return seconds
        at = np.minimum(np.searchsorted(self._positions, offsets), len(self._positions) - 1)
        known = self._positions[at] == offsets
        return np.where(known, self._seconds[at], seconds)


def _unroll(seconds: Seconds, headers: Bytes) -> Seconds:
    """Fill in compressed times: each lies 0…31 s after the one before it."""
    low_bits = np.where(seconds != NO_TIME, seconds, headers) & 31
    full = seconds != NO_TIME
    rises = np.diff(low_bits, prepend=low_bits[:1]) & 31
    rises[full] = 0
    risen = np.cumsum(rises)
    last_full = np.maximum.accumulate(np.where(full, np.arange(len(seconds)), -1))
    told = last_full >= 0
    base = np.maximum(last_full, 0)
    return np.where(told, seconds[base] + risen - risen[base], NO_TIME)


def messages(walk: Walk, raw: Bytes, clock: Clock, wanted: int, described: Descriptions | None = None) -> list[Message]:
    """Return the messages of one kind in file order."""
    found: list[Message] = []
    for layout in walk.layouts:
        if layout.message != wanted:
            continue
        offsets = layout.offsets()
        rows = layout.rows(raw, offsets)
        stamps = clock.at(offsets, times(layout, rows)).tolist()
        batch = [
            Message(where, None if stamp == NO_TIME else stamp)
            for where, stamp in zip(offsets.tolist(), stamps, strict=True)
        ]
        for definition in (
            definition for definition in layout.fields().values() if definition.number in profile.PLAIN_FIELDS[wanted]
        ):
            _fill(
                batch, definition.number, _plain(rows, definition, definition.type_byte, big_endian=layout.big_endian)
            )
        for definition in layout.developer_fields() if described else ():
            told = (described or {}).get((definition.type_byte, definition.number))
            if told is not None and told.application_id == profile.OUR_APPLICATION:
                values = _plain(rows, definition, told.type_byte, big_endian=layout.big_endian)
                for message, value in zip(batch, values, strict=True):
                    if value is not None:
                        message.named[told.name.lower()] = value
        found += batch
    found.sort(key=lambda message: message.position)
    return found


def _fill(batch: Sequence[Message], key: int, values: Sequence[Value | None]) -> None:
    for message, value in zip(batch, values, strict=True):
        if value is not None:
            message.values[key] = value


def _plain(rows: Bytes, definition: Field, type_byte: int, *, big_endian: bool) -> Sequence[Value | None]:
    """Return a field of all rows as plain values; text is decoded, missing is None."""
    base = profile.BASE_TYPES.get(type_byte & 0x1F)
    if base is not None and base.code == "S":
        return [_text(row.tobytes()) for row in rows[:, definition.offset : definition.offset + definition.size]]
    stored = raw_column(rows, definition, type_byte, big_endian=big_endian)
    if base is None or stored is None:
        return [None] * rows.shape[0]
    if base.missing is None:
        return [value if np.isfinite(value) else None for value in stored.tolist()]
    return [None if value == base.missing else value for value in stored.tolist()]


def _text(stored: bytes) -> str | None:
    """Decode text up to its first zero byte; a device may forget the zero, or cut a letter in half."""
    words = stored.split(b"\0", 1)[0].decode("utf-8", errors="ignore").strip()
    return "".join(letter for letter in words if letter.isprintable()) or None


def application_ids(walk: Walk, raw: Bytes) -> dict[int, bytes]:
    """Return the identity of each developer app, by the index that the file gave it."""
    found: dict[int, bytes] = {}
    for layout in walk.layouts:
        fields = layout.fields() if layout.message == profile.DEVELOPER_DATA_ID else {}
        if not {DeveloperDataId.APPLICATION_ID, DeveloperDataId.DEVELOPER_DATA_INDEX} <= fields.keys():
            continue
        rows = layout.rows(raw, layout.offsets())
        app, index = fields[DeveloperDataId.APPLICATION_ID], fields[DeveloperDataId.DEVELOPER_DATA_INDEX]
        told = _plain(rows, index, index.type_byte, big_endian=layout.big_endian)
        for row, number in zip(rows, told, strict=True):
            if isinstance(number, int):  # a file may give the index no byte at all, or write words there
                found[number] = row[app.offset : app.offset + app.size].tobytes()
    return found


def descriptions(walk: Walk, raw: Bytes, clock: Clock) -> Descriptions:
    """Return how the file describes its developer fields, by (developer's index, field number)."""
    apps = application_ids(walk, raw)
    found: Descriptions = {}
    for message in messages(walk, raw, clock, profile.FIELD_DESCRIPTION):
        index = message.integer(FieldDescription.DEVELOPER_DATA_INDEX)
        number = message.integer(FieldDescription.FIELD_DEFINITION_NUMBER)
        type_byte = message.integer(FieldDescription.FIT_BASE_TYPE_ID)
        if index is None or number is None or type_byte is None:
            continue
        found[index, number] = DeveloperField(
            name=message.text(FieldDescription.FIELD_NAME) or "",
            units=(message.text(FieldDescription.UNITS) or "").strip().lower(),
            type_byte=type_byte,
            scale=float(message.integer(FieldDescription.SCALE) or 1),
            offset=float(message.integer(FieldDescription.OFFSET) or 0),
            native_message=message.integer(FieldDescription.NATIVE_MESG_NUM),
            native_field=message.integer(FieldDescription.NATIVE_FIELD_NUM),
            application_id=apps.get(index),
        )
    return found
