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

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]

#: Equal headers in a row before the run is searched with numpy, and the first window of that search.
_STREAK, _WINDOW = 8, 64
#: More different layouts than any device writes: stop rather than be kept busy by a broken file.
MOST_LAYOUTS = 10_000


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
    singles: list[int] = field(default_factory=list)
    folded: list[int] = field(default_factory=list)  #: those whose header carries five bits of the time
    runs: list[tuple[int, int]] = field(default_factory=list)

    def fields(self) -> dict[int, Field]:
        """Return the native fields by number."""
        return {one.number: one for one in _fields(self.native, 1)}

    def developer_fields(self) -> list[Field]:
        """Return the developer fields."""
        return list(_fields(self.developer, 1 + sum(self.native[1::3])))

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


class _Slot(NamedTuple):
    positions: list[int]
    size: int
    layout: Layout


def walk(data: bytes, start: int, end: int) -> Walk:
    """Find the messages in ``data[start:end]``."""
    slots: list[_Slot | None] = [None] * 256
    layouts: dict[bytes, Layout] = {}
    raw = np.frombuffer(data, np.uint8)
    position, previous, streak = start, -1, 0
    problem, folded = None, False
    while position < end:
        header = data[position]
        slot = slots[header]
        if slot is None:
            try:
                position = _define(data, position, end, layouts, slots)
            except _Stop as stop:
                problem = str(stop)
                break
            previous = -1
            continue
        positions, size, layout = slot
        if header != previous:
            previous, streak = header, 0
        elif (streak := streak + 1) >= _STREAK and position + size <= end:
            count = _run_length(raw, position, end, size, header)
            layout.runs.append((position, count))
            folded = folded or header >= 0x80
            position += count * size
            previous = -1
            continue
        positions.append(position)
        position += size
    if position > end:  # the last message reaches beyond the end: take it back
        position = positions.pop()
        problem = "a message is cut short"
    filled = tuple(one for one in layouts.values() if one.count())
    return Walk(filled, folded or any(one.folded for one in filled), position, problem)


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


class _Stop(Exception):
    """The walk cannot go on."""


def _define(data: bytes, position: int, end: int, layouts: dict[bytes, Layout], slots: list[_Slot | None]) -> int:
    """Read the definition message at `position` into `slots`; return the position behind it."""
    header = data[position]
    if header & 0xC0 != 0x40:
        raise _Stop("a message comes whose layout was never defined")
    behind = position + 6 + (3 * data[position + 5] if position + 6 <= end else 0)
    native_end = behind
    has_developer = bool(header & 0x20)
    if has_developer and behind < end:
        behind += 1 + 3 * data[behind]
    if behind > end or position + 6 > end or (has_developer and native_end >= end):
        raise _Stop("a definition is cut short")
    key = bytes((header & 0x20,)) + data[position + 1 : behind]
    layout = layouts.get(key)
    if layout is None:
        if len(layouts) >= MOST_LAYOUTS:
            raise _Stop("the messages change their layout more often than any device does")
        layout = layouts[key] = _layout(data, position, native_end, behind)
    slot = _Slot(layout.singles, layout.size, layout)
    folded = _Slot(layout.folded, layout.size, layout)
    local = header & 0x0F
    for reserved in (0x00, 0x10, 0x20, 0x30):  # bits that mean nothing in a data header
        slots[reserved | local] = slot
    if local < 4:  # headers that carry five bits of the time reach only the first four
        for bits in range(32):
            slots[0x80 | local << 5 | bits] = folded
    return behind


def _layout(data: bytes, position: int, native_end: int, behind: int) -> Layout:
    big_endian = data[position + 2] == 1
    (message,) = struct.unpack_from(">H" if big_endian else "<H", data, position + 3)
    native = data[position + 6 : native_end]
    developer = data[native_end + 1 : behind]
    size = 1 + sum(native[1::3]) + sum(developer[1::3])
    return Layout(message, big_endian, size, native, developer)
