"""Turn laid-out bytes into values: columns of floats for records, plain values for the rarer messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from backward_running.core.arrays import IntArray
from backward_running.core.recording import FloatArray
from backward_running.formats._fit import profile
from backward_running.formats._fit.decoder import Bytes, Field, Layout, Offsets, Walk
from backward_running.formats._fit.fields import DeveloperDataId, FieldDescription
from backward_running.formats._fit.unpacking import Reader, Value, Wanted, plain_reader, reader_of

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
    if missing is None:
        values[~np.isfinite(values)] = np.nan
    else:  # floats hold whole numbers of up to four bytes, and lie closer together
        values[(stored if stored.itemsize > 4 else values) == missing] = np.nan
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

    def of(self, position: int, seconds: int | None) -> int | None:
        """Return the time of the message at `position`; `seconds` is its full timestamp, if any."""
        if not len(self._positions):
            return seconds
        stamp = NO_TIME if seconds is None else seconds
        told = int(self.at(np.array([position]), np.array([stamp]))[0])
        return None if told == NO_TIME else told


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
    layouts = [layout for layout in walk.layouts if layout.message == wanted]
    for layout in layouts:
        found += _messages_of(layout, raw, clock, described or {})
    if len(layouts) > 1:
        found.sort(key=lambda message: message.position)
    return found


def _messages_of(layout: Layout, raw: Bytes, clock: Clock, described: Descriptions) -> list[Message]:
    plain, memory = plain_reader(layout.definition), raw.data
    names, named = _our_fields(layout, described) if layout.definition.developer else ([], plain)
    found = []
    for position in layout.offsets().tolist():
        values = plain.at(memory, position)
        told = values.pop(profile.TIMESTAMP, None)
        stamp = told if isinstance(told, int) else None
        ours = {names[key]: value for key, value in named.at(memory, position).items()} if names else {}
        found.append(Message(position, clock.of(position, stamp), values, ours))
    return found


def _our_fields(layout: Layout, described: Descriptions) -> tuple[list[str], Reader]:
    """Return the names of our own app's fields, and what reads them: each under its place among the names."""
    names, wanted = list[str](), list[Wanted]()
    for definition in layout.developer_fields():
        told = described.get((definition.type_byte, definition.number))
        if told is not None and told.application_id == profile.OUR_APPLICATION:
            wanted.append(Wanted(len(names), definition, told.type_byte))
            names.append(told.name.lower())
    return names, reader_of(wanted, big_endian=layout.big_endian)


def application_ids(walk: Walk, raw: Bytes) -> dict[int, bytes]:
    """Return the identity of each developer app, by the index that the file gave it."""
    found: dict[int, bytes] = {}
    for layout in walk.layouts:
        fields = layout.fields() if layout.message == profile.DEVELOPER_DATA_ID else {}
        if not {DeveloperDataId.APPLICATION_ID, DeveloperDataId.DEVELOPER_DATA_INDEX} <= fields.keys():
            continue
        app, index = fields[DeveloperDataId.APPLICATION_ID], fields[DeveloperDataId.DEVELOPER_DATA_INDEX]
        reader = reader_of([Wanted(0, index, index.type_byte)], big_endian=layout.big_endian)
        for position in layout.offsets().tolist():
            number = reader.at(raw.data, position).get(0)
            if isinstance(number, int):  # a file may give the index no byte at all, or write words there
                begin = position + app.offset
                found[number] = raw[begin : begin + app.size].tobytes()
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
