"""Find every message of a FIT file in one pass: where it stands and how it is laid out, without looking into it.

Messages of one layout are read later all at once as columns. Three ideas keep the pass fast: positions are appended to
the list of their layout by a loop of three steps, a long run of equal headers is skipped by comparing headers at equal
distances with numpy, in windows that grow, and what a definition says is worked out once for all files of a device.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple, NoReturn

import numpy as np
import numpy.typing as npt

from backward_running.core.arrays import IntArray
from backward_running.formats._fit import profile

Bytes = npt.NDArray[np.uint8]
Offsets = IntArray

#: After damage: how many messages must follow one another soundly to trust a place, how many of them with a time,
#: how far apart those times may lie, how far the place is searched, and how often.
_SOUND_MESSAGES, _SOUND_TIMES, _SOUND_STEP_S = 8, 4, 600
_SEARCH_BYTES, MOST_GAPS = 8192, 200

#: After so many bytes it is asked whether a run has begun: so many equal headers in a row, and the first window of the
#: search for its end.
_STRETCH, _STREAK, _WINDOW = 512, 8, 64
#: More different layouts than any device writes: stop rather than be kept busy by a broken file.
MOST_LAYOUTS = 2_000
#: So many definitions of earlier files are remembered; a watch has some thirty.
KEPT_DEFINITIONS = 512


class Field(NamedTuple):
    """A field of a layout."""

    number: int
    size: int
    type_byte: int  #: base type for a native field, developer's index for a developer field
    offset: int  #: from the start of the message, its header byte included


@dataclass(frozen=True, eq=False)
class Definition:
    """What FIT calls a definition message. The same bytes give the same one, so files of one device share it."""

    message: int  #: global message number
    big_endian: bool
    size: int  #: of one message, its header byte included
    native: bytes  #: three bytes per field: number, size, base type
    developer: bytes  #: three bytes per field: number, size, index

    @cached_property
    def fields(self) -> Mapping[int, Field]:
        """The native fields by number."""
        return {definition.number: definition for definition in _fields(self.native, 1)}

    @cached_property
    def developer_fields(self) -> tuple[Field, ...]:
        """The developer fields."""
        return tuple(_fields(self.developer, 1 + sum(self.native[1::3])))

    @cached_property
    def time_offset(self) -> int | None:
        """Where in a message its full timestamp stands."""
        times = (
            definition.offset
            for definition in _fields(self.native, 1)
            if definition.number == profile.TIMESTAMP and definition.size == 4
        )
        return next(times, None)


@dataclass(slots=True, eq=False)
class Layout:
    """A definition and where the messages stand that follow it."""

    definition: Definition
    message: int  #: global message number
    singles: list[int] = field(default_factory=list)
    folded: list[int] = field(default_factory=list)  #: those whose header carries five bits of the time
    runs: list[tuple[int, int]] = field(default_factory=list)

    @property
    def big_endian(self) -> bool:
        """Whether the first byte of a number is its highest."""
        return self.definition.big_endian

    def fields(self) -> Mapping[int, Field]:
        """Return the native fields by number."""
        return self.definition.fields

    def developer_fields(self) -> tuple[Field, ...]:
        """Return the developer fields."""
        return self.definition.developer_fields

    def time_at(self, data: bytes, position: int) -> int | None:
        """Return the full timestamp of the message at `position`, or None where the layout has none."""
        offset = self.definition.time_offset
        if offset is None:
            return None
        start = position + offset
        return int.from_bytes(data[start : start + 4], "big" if self.big_endian else "little")

    def count(self) -> int:
        """Return how many messages have this layout."""
        return len(self.singles) + len(self.folded) + sum(n for _, n in self.runs)

    def offsets(self) -> Offsets:
        """Return where the messages stand, in file order."""
        size = self.definition.size
        parts = [np.array(positions, np.int64) for positions in (self.singles, self.folded) if positions]
        parts += [np.arange(start, start + n * size, size, dtype=np.int64) for start, n in self.runs]
        if len(parts) == 1:
            return parts[0]
        offsets = np.concatenate(parts)
        offsets.sort()
        return offsets

    def rows(self, raw: Bytes, offsets: Offsets) -> Bytes:
        """Return the messages as an array of shape (n, size)."""
        size = self.definition.size
        if len(self.runs) == 1 and not self.singles and not self.folded:
            start, n = self.runs[0]
            return raw[start : start + n * size].reshape(n, size)
        windows: Bytes = np.ndarray((len(raw) - size + 1, size), np.uint8, raw, 0, (1, 1))
        return windows[offsets]


def _fields(triples: bytes, offset: int) -> list[Field]:
    found = []
    for number, size, type_byte in zip(triples[::3], triples[1::3], triples[2::3], strict=True):
        found.append(Field(number, size, type_byte, offset))
        offset += size
    return found


@dataclass(frozen=True, slots=True)
class Walk:
    """What one pass over the messages found."""

    layouts: tuple[Layout, ...]  #: those that have messages
    has_folded_times: bool
    stopped_at: int  #: just after the last whole message
    problem: str | None  #: why it stopped before the end
    gaps: tuple[tuple[int, int], ...] = ()  #: damaged stretches ``[from, to)`` that were skipped


def walk(data: bytes, start: int, end: int) -> Walk:
    """Find the messages in ``data[start:end]``; where they are damaged, go on at the next place that is sound."""
    walker = _Walker(data, start, end)
    gaps: list[tuple[int, int]] = []
    while (problem := walker.advance()) is not None:
        onward = walker.next_sound_place() if not walker.gave_up and len(gaps) < MOST_GAPS else None
        if onward is None:
            break
        gaps.append((walker.position, onward))
        walker.position = onward
    # A message of one byte says nothing, unless the byte is a time.
    says = [
        layout
        for layout in walker.layouts.values()
        if layout.definition.size > 1 or layout.folded or walker.folded_runs
    ]
    filled = tuple(layout for layout in says if layout.count())
    folded = walker.folded_runs or any(layout.folded for layout in filled)
    return Walk(filled, folded, walker.position, problem, tuple(gaps))


class _Undefined(Exception):
    """A header came that announces nothing."""


def _undefined(_position: int) -> NoReturn:
    raise _Undefined


class _Walker:
    """A place in the data and the layouts in force there."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.data, self.position, self.end = data, start, end
        self.raw: Bytes = np.frombuffer(data, np.uint8)
        self.local: list[Layout | None] = [None] * 16
        # Of each header byte: what notes a message and how far the next one is, bare, for they are asked most often.
        self.notes: list[Callable[[int], None]] = [_undefined] * 256
        self.sizes = [0] * 256
        self.announced: list[list[int]] = [[] for _ in self.local]  #: which headers of a local number are noted
        self.layouts: dict[bytes, Layout] = {}
        self.folded_runs = False
        self.gave_up = False  #: nothing behind is looked for

    def advance(self) -> str | None:
        """Go on to the end, or to where that is impossible; say why."""
        data, end, notes, sizes = self.data, self.end, self.notes, self.sizes
        position, header = self.position, -1
        while position < end:
            stretch = min(position + _STRETCH, end)
            try:
                while position < stretch:
                    header = data[position]
                    notes[header](position)
                    position += sizes[header]
            except _Undefined:
                if self._announce(header):
                    continue
                self.position = position
                problem = self._define()
                if problem is not None:
                    return problem
                position = self.position
                continue
            if position < end:
                position += self._skip_run(position, header)
        layout = self._told_by(header)[1] if position > end else None
        if layout is not None:  # the last message reaches beyond the end: take it back
            self.position = (layout.folded if header >= 0x80 else layout.singles).pop()
            return "a message is cut short"
        self.position = position
        return None

    def _skip_run(self, position: int, header: int) -> int:
        """Note a run of messages of one header that begins here; return how many bytes it takes, 0 where none does."""
        size, layout = self.sizes[header], self._told_by(header)[1]
        headers = self.data[position : min(position + _STREAK * size, self.end) : size]
        if layout is None or headers != bytes((header,)) * _STREAK:
            return 0
        count = _run_length(self.raw, position, self.end, size, header)
        layout.runs.append((position, count))
        self.folded_runs = self.folded_runs or header >= 0x80
        return count * size

    def _define(self) -> str | None:
        """Read the definition message at the current position into the slots; say what is wrong with it."""
        data, position, end = self.data, self.position, self.end
        header = data[position]
        if header & 0xC0 != 0x40:
            return "a message comes whose layout was never defined"
        if position + 6 > end:
            return "a definition is cut short"
        if data[position + 2] > 1:
            return "a definition makes no sense"
        behind = native_end = position + 6 + 3 * data[position + 5]
        if header & 0x20:
            if native_end >= end:
                return "a definition is cut short"
            behind += 1 + 3 * data[native_end]
        if behind > end:
            return "a definition is cut short"
        key = bytes((header & 0x20,)) + data[position + 1 : behind]
        layout = self.layouts.get(key)
        if layout is None:
            if len(self.layouts) >= MOST_LAYOUTS:
                self.gave_up = True
                return "the messages change their layout more often than any device does"
            definition = _definition(data[position + 1 : native_end], data[native_end + 1 : behind])
            layout = self.layouts[key] = Layout(definition, definition.message)
        self._put(header & 0x0F, layout)
        self.position = behind
        return None

    def _put(self, local: int, layout: Layout) -> None:
        """Let the headers of a local number announce a layout from here on."""
        if self.local[local] is layout:
            return
        self.local[local] = layout
        for header in self.announced[local]:
            self.notes[header] = _undefined
        self.announced[local].clear()
        self.notes[local], self.sizes[local] = layout.singles.append, layout.definition.size

    def _announce(self, header: int) -> bool:
        """Note from here on what a rarer header of a local number announces; say whether it announces anything."""
        local, layout = self._told_by(header)
        if layout is None:
            return False
        self.notes[header] = (layout.folded if header >= 0x80 else layout.singles).append
        self.sizes[header] = layout.definition.size
        self.announced[local].append(header)
        return True

    def _told_by(self, header: int) -> tuple[int, Layout | None]:
        """Return the local number of a header and the layout it announces, if any."""
        if header >= 0x80:  # carries five bits of the time, and reaches only the first four
            local = header >> 5 & 0x03
        elif header < 0x40:  # two bits mean nothing here
            local = header & 0x0F
        else:
            return 0, None
        return local, self.local[local]

    def next_sound_place(self) -> int | None:
        """Search on for a place from which several messages with plausible times follow one another."""
        if not any(layout is not None for layout in self.local):
            return None
        last = min(self.position + _SEARCH_BYTES, self.end)
        return next((place for place in range(self.position + 1, last) if self._is_sound(place)), None)

    def _is_sound(self, place: int) -> bool:
        told = previous = 0
        for _ in range(_SOUND_MESSAGES):
            layout = self._told_by(self.data[place])[1] if place < self.end else None
            if layout is None or place + layout.definition.size > self.end:
                return False
            stamp = layout.time_at(self.data, place)
            if stamp is not None:
                if stamp < profile.FIRST_DATE or (told and not 0 <= stamp - previous <= _SOUND_STEP_S):
                    return False
                told, previous = told + 1, stamp
            place += layout.definition.size
        return told >= _SOUND_TIMES


def _run_length(raw: Bytes, position: int, end: int, size: int, header: int) -> int:
    """Count the messages from `position` on that have the same header, at least one."""
    most = (end - position) // size
    count, window = 1, _WINDOW
    while count < most:
        high = min(count + window, most)
        differs = raw[position + count * size : position + (high - 1) * size + 1 : size] != header
        first = int(differs.argmax())
        if differs[first]:
            return count + first
        count, window = high, window * 4
    return count


@lru_cache(KEPT_DEFINITIONS)
def _definition(native: bytes, developer: bytes) -> Definition:
    """Read a definition message without its header byte; the developer fields without their number."""
    big_endian = native[1] == 1
    (message,) = struct.unpack_from(">H" if big_endian else "<H", native, 2)
    size = 1 + sum(native[6::3]) + sum(developer[1::3])
    return Definition(message, big_endian, size, native[5:], developer)
