"""Find every message of a FIT file in one pass: where it stands and how it is laid out, without looking into it.

Messages of one layout are read later all at once as columns. Two ideas keep the pass fast: positions are appended to
the list of their layout by a loop of a few byte codes, and a long run of equal headers is skipped by comparing
headers at equal distances with numpy, in windows that grow.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import NamedTuple

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

#: Equal headers in a row before the run is searched with numpy, and the first window of that search.
_STREAK, _WINDOW = 8, 64
#: More different layouts than any device writes: stop rather than be kept busy by a broken file.
MOST_LAYOUTS = 2_000


class Field(NamedTuple):
    """A field of a layout."""

    number: int
    size: int
    type_byte: int  #: base type for a native field, developer's index for a developer field
    offset: int  #: from the start of the message, its header byte included


@dataclass(slots=True, eq=False)
class Layout:
    """What FIT calls a definition message, and where the messages that follow it stand."""

    message: int  #: global message number
    big_endian: bool
    size: int  #: of one message, its header byte included
    native: bytes  #: three bytes per field: number, size, base type
    developer: bytes  #: three bytes per field: number, size, index
    time_offset: int | None  #: where in a message its full timestamp stands
    singles: list[int] = field(default_factory=list)
    folded: list[int] = field(default_factory=list)  #: those whose header carries five bits of the time
    runs: list[tuple[int, int]] = field(default_factory=list)
    _by_number: dict[int, Field] | None = None

    def fields(self) -> dict[int, Field]:
        """Return the native fields by number."""
        if self._by_number is None:
            self._by_number = {definition.number: definition for definition in _fields(self.native, 1)}
        return self._by_number

    def developer_fields(self) -> list[Field]:
        """Return the developer fields."""
        return list(_fields(self.developer, 1 + sum(self.native[1::3])))

    def time_at(self, data: bytes, position: int) -> int | None:
        """Return the full timestamp of the message at `position`, or None where the layout has none."""
        if self.time_offset is None:
            return None
        start = position + self.time_offset
        return int.from_bytes(data[start : start + 4], "big" if self.big_endian else "little")

    def count(self) -> int:
        """Return how many messages have this layout."""
        return len(self.singles) + len(self.folded) + sum(n for _, n in self.runs)

    def offsets(self) -> Offsets:
        """Return where the messages stand, in file order."""
        parts = [np.asarray(self.singles, np.int64), np.asarray(self.folded, np.int64)]
        parts += [start + self.size * np.arange(n, dtype=np.int64) for start, n in self.runs]
        offsets = np.concatenate(parts)
        if bool(self.singles) + bool(self.folded) + bool(self.runs) > 1:
            offsets.sort()
        return offsets

    def rows(self, raw: Bytes, offsets: Offsets) -> Bytes:
        """Return the messages as an array of shape (n, size)."""
        if len(self.runs) == 1 and not self.singles and not self.folded:
            start, n = self.runs[0]
            return raw[start : start + n * self.size].reshape(n, self.size)
        windows = np.lib.stride_tricks.sliding_window_view(raw, self.size)
        return np.ascontiguousarray(windows[offsets])


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
    says = [layout for layout in walker.layouts.values() if layout.size > 1 or layout.folded or walker.folded_runs]
    filled = tuple(layout for layout in says if layout.count())
    folded = walker.folded_runs or any(layout.folded for layout in filled)
    return Walk(filled, folded, walker.position, problem, tuple(gaps))


class _Slot(NamedTuple):
    """What a header byte announces: where to note its messages, their size, their layout."""

    positions: list[int]
    size: int
    layout: Layout


class _Walker:
    """A place in the data and the layouts in force there."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        self.data, self.position, self.end = data, start, end
        self.raw: Bytes = np.frombuffer(data, np.uint8)
        self.slots: list[_Slot | None] = [None] * 256
        self.layouts: dict[bytes, Layout] = {}
        self.folded_runs = False
        self.gave_up = False  #: nothing behind is looked for

    def advance(self) -> str | None:
        """Go on to the end, or to where that is impossible; say why."""
        data, end, slots = self.data, self.end, self.slots
        position, previous, streak = self.position, -1, 0
        positions: list[int] = []
        while position < end:
            header = data[position]
            slot = slots[header]
            if slot is None:
                self.position = position
                problem = self._define()
                if problem is not None:
                    return problem
                position, previous = self.position, -1
                continue
            positions, size, layout = slot
            if header != previous:
                previous, streak = header, 0
            elif (streak := streak + 1) >= _STREAK and position + size <= end:
                count = _run_length(self.raw, position, end, size, header)
                layout.runs.append((position, count))
                self.folded_runs = self.folded_runs or header >= 0x80
                position, previous = position + count * size, -1
                continue
            positions.append(position)
            position += size
        if position > end:  # the last message reaches beyond the end: take it back
            self.position = positions.pop()
            return "a message is cut short"
        self.position = position
        return None

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
            layout = self.layouts[key] = _layout(data, position, native_end, behind)
        self._put(header & 0x0F, layout)
        self.position = behind
        return None

    def _put(self, local: int, layout: Layout) -> None:
        """Let the headers of a local number announce a layout from here on."""
        slot = _Slot(layout.singles, layout.size, layout)
        for reserved in (0x00, 0x10, 0x20, 0x30):  # bits that mean nothing in a data header
            self.slots[reserved | local] = slot
        if local < 4:  # headers that carry five bits of the time reach only the first four
            folded = _Slot(layout.folded, layout.size, layout)
            first = 0x80 | local << 5
            self.slots[first : first + 32] = [folded] * 32

    def next_sound_place(self) -> int | None:
        """Search on for a place from which several messages with plausible times follow one another."""
        if not any(slot is not None for slot in self.slots):
            return None
        last = min(self.position + _SEARCH_BYTES, self.end)
        return next((place for place in range(self.position + 1, last) if self._is_sound(place)), None)

    def _is_sound(self, place: int) -> bool:
        told = previous = 0
        for _ in range(_SOUND_MESSAGES):
            slot = self.slots[self.data[place]] if place < self.end else None
            if slot is None or place + slot.size > self.end:
                return False
            stamp = slot.layout.time_at(self.data, place)
            if stamp is not None:
                if stamp < profile.FIRST_DATE or (told and not 0 <= stamp - previous <= _SOUND_STEP_S):
                    return False
                told, previous = told + 1, stamp
            place += slot.size
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


def _layout(data: bytes, position: int, native_end: int, behind: int) -> Layout:
    big_endian = data[position + 2] == 1
    (message,) = struct.unpack_from(">H" if big_endian else "<H", data, position + 3)
    native = data[position + 6 : native_end]
    developer = data[native_end + 1 : behind]
    size = 1 + sum(native[1::3]) + sum(developer[1::3])
    times = (
        definition.offset
        for definition in _fields(native, 1)
        if definition.number == profile.TIMESTAMP and definition.size == 4
    )
    return Layout(message, big_endian, size, native, developer, next(times, None))
