"""Times as files write them (ISO 8601, with fractions and offsets) to microseconds since 1970, many at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

from backward_running.core.arrays import BoolArray, IndexArray, IntArray

#: Stands for a time that is missing or cannot be read.
NO_TIME = np.iinfo(np.int64).min
_SECOND_US = 1_000_000
#: Stand for the offset of a time that could not be read, and of one that states none.
_NOT_READ, _NAIVE = np.iinfo(np.int32).min, np.iinfo(np.int32).max
_SUFFIX = re.compile(r"(?:[.,](\d{1,12}))?\s*(?:([zZ])|([+-])([01]\d|2[0-3]):?([0-5]\d)?)?$")
_LOWEST = np.frombuffer(b"0000-00-00T00:00:00", dtype=np.uint8)
_HIGHEST = np.frombuffer(b"9999-99-99T99:99:99", dtype=np.uint8)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: No recording is from the year 2200; a clock is wrong.
_LATEST_US = (datetime(2200, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moments:
    """Times of many points."""

    unix_us: IntArray  #: microseconds since 1970 in UTC, NO_TIME where there is none
    naive_count: int  #: how many stated no time zone; they are taken as UTC
    utc_offset_s: int | None  #: of the earliest; None where all say zero, which most write who know no zone
    are_wall_clock: bool = False  #: none that can be read stated a time zone

    @property
    def are_any(self) -> bool:
        """Whether a single one could be read."""
        return bool((self.unix_us != NO_TIME).any())


def read_moments(texts: Sequence[str]) -> Moments:
    """Read ISO 8601 times; what is empty, unreadable or of a wrong clock (not 1970 to 2199) becomes NO_TIME.

    >>> moments = read_moments(["1970-01-01T01:00:01.5+01:00", "1970-01-01T00:00:02", "soon"])
    >>> moments.unix_us[:2].tolist(), moments.naive_count, moments.utc_offset_s
    ([1500000, 2000000], 1, 3600)
    """
    return moments_of([spelled(texts)])


OffsetArray = npt.NDArray[np.int32]
#: Microseconds since 1970 and the stated offset in seconds of some times, both with marks for what is not known.
Spelled = tuple[IntArray, OffsetArray]


def spelled(texts: Sequence[str]) -> Spelled:
    """Read some of the times of a file; :func:`moments_of` puts all of them together."""
    unix_us = np.full(len(texts), NO_TIME, dtype=np.int64)
    offsets = np.full(len(texts), _NOT_READ, dtype=np.int32)
    usual = _usual(texts)
    try:
        whole_s = np.array([texts[index][:19] for index in usual], dtype="datetime64[s]").astype(np.int64)
        known: dict[str, Tail] = {}
        tails = [_tail(texts[index][19:], known) for index in usual]
    except ValueError:  # a 13th month, letters behind the seconds: the slow way finds out where
        usual = np.empty(0, dtype=np.intp)
    else:
        offsets[usual] = [_NAIVE if offset is None else offset for _, offset in tails]
        shift_us = [behind - (offset or 0) * _SECOND_US for behind, offset in tails]
        unix_us[usual] = whole_s * _SECOND_US + np.array(shift_us, dtype=np.int64)
    odd = np.setdiff1d(np.arange(len(texts)), usual, assume_unique=True)
    for index in odd:
        if texts[index] and (moment := _moment(texts[index])) is not None:
            unix_us[index], offset_s = moment
            offsets[index] = _NAIVE if offset_s is None else offset_s
    unix_us[(unix_us < 0) | (unix_us >= _LATEST_US)] = NO_TIME
    return unix_us, offsets


def moments_of(parts: Sequence[Spelled]) -> Moments:
    """Return all times of a file, of which some were read after the others."""
    unix_us = np.concatenate([times for times, _ in parts] or [np.empty(0, np.int64)])
    offsets = np.concatenate([stated for _, stated in parts] or [np.empty(0, np.int32)])
    naive_count, read_count = int(np.sum(offsets == _NAIVE)), int(np.sum(offsets != _NOT_READ))
    are_wall_clock = read_count > 0 and naive_count == read_count
    return Moments(unix_us, naive_count, _offset_of_earliest(unix_us, offsets), are_wall_clock)


def _offset_of_earliest(unix_us: IntArray, offsets: OffsetArray) -> int | None:
    """Return the offset at the start. A file that is written in UTC throughout knows no zone."""
    is_stated = (offsets != _NAIVE) & (offsets != _NOT_READ)
    stated = np.flatnonzero(is_stated & (unix_us != NO_TIME))
    if not offsets[is_stated].any() or not len(stated):
        return None
    return int(offsets[stated[np.argmin(unix_us[stated])]])


def _usual(texts: Sequence[str]) -> IndexArray:
    """Return which texts begin like 2026-05-01T06:00:00, to the letter: numpy by itself would take far more."""
    letters = np.array([text[:19].encode("ascii", "replace") for text in texts], dtype="S19").view(np.uint8)
    letters = letters.reshape(-1, 19)
    return np.flatnonzero(((letters >= _LOWEST) & (letters <= _HIGHEST)).all(axis=1))


Tail = tuple[int, int | None]  # microseconds behind the whole second, offset in seconds (None: not stated)


def _tail(suffix: str, known: dict[str, Tail]) -> Tail:
    """Read what stands behind the seconds; a file has few different ones, so they are remembered."""
    if suffix in known:
        return known[suffix]
    found = _SUFFIX.match(suffix)
    if not found:
        raise ValueError(suffix)
    fraction, zulu, sign, hours, minutes = found.groups()
    behind_us = round(float(f"0.{fraction}") * _SECOND_US) if fraction else 0
    offset_s: int | None = 0 if zulu else None
    if sign:
        offset_s = (int(hours) * 3600 + int(minutes or 0) * 60) * (-1 if sign == "-" else 1)
    known[suffix] = behind_us, offset_s
    return behind_us, offset_s


#: Seconds, thousandths, millionths and billionths since 1970, by how many digits a time of our days has.
_SINCE_1970 = re.compile(r"(\d{9,10})(?:[.,](\d{1,9}))?|(\d{12,13})|(\d{15,16})|(\d{18,19})")


def _since_1970(text: str) -> int | None:
    """Return microseconds since 1970 of a time that is a plain number."""
    found = _SINCE_1970.fullmatch(text)
    if found is None:
        return None
    seconds, part, thousandths, millionths, billionths = found.groups()
    if seconds:
        return int(seconds) * _SECOND_US + int(f"{part or 0:<06}"[:6])
    return int(thousandths) * 1000 if thousandths else int(millionths) if millionths else int(billionths) // 1000


def _moment(text: str) -> tuple[int, int | None] | None:
    """Read one time that is spelled in another way."""
    text = text.strip()
    if (unix_us := _since_1970(text)) is not None:
        return unix_us, 0
    try:
        moment = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    offset = moment.utcoffset()
    aware = moment if offset is not None else moment.replace(tzinfo=UTC)
    offset_s = None if offset is None else round(offset.total_seconds())
    return (aware - _EPOCH) // timedelta(microseconds=1), offset_s


def as_datetime(unix_us: int) -> datetime:
    """Return an aware time in UTC."""
    return _EPOCH + timedelta(microseconds=int(unix_us))


#: A block of points that stands elsewhere in a file than its times say is a piece of the run from this many on; fewer
#: may be a wrong clock.
_PIECE_POINTS = 3


def in_order(values: IntArray) -> IndexArray:
    """Return the indices of points in strictly rising time, wherever they stand; of equal times one stays.

    Newest first, pieces in the wrong order and points that were swapped are put right. A single point far from all
    others in time is a wrong clock, and is left out.

    >>> in_order(np.array([30, 20, 10])).tolist(), in_order(np.array([1, 2, 999, 3, 5, 4, 6])).tolist()
    ([2, 1, 0], [0, 1, 3, 5, 4, 6])
    """
    if np.all(np.diff(values) > 0):
        return np.arange(len(values), dtype=np.intp)
    rises = longest_rise(values)
    falls = longest_rise(values[::-1])[::-1]
    chosen = falls if int(falls.sum()) > int(rises.sum()) else rises
    inside = (values >= values[chosen].min()) & (values <= values[chosen].max())
    kept = inside | _pieces(~inside)
    order = np.flatnonzero(kept)[np.argsort(values[kept], kind="stable")]
    return order[np.diff(values[order], prepend=values[order[:1]] - 1) > 0]


def _pieces(marked: BoolArray) -> BoolArray:
    """Keep of what is marked the blocks that are long enough to be a piece of a run."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    kept = marked.copy()
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        kept[begin:end] = end - begin >= _PIECE_POINTS
    return kept


def longest_rise(values: IntArray) -> BoolArray:
    """Mark the longest strictly rising choice of values: the fewest points are lost, wherever the clock jumped.

    Keeping "all that are later than what was kept" would lose the whole run behind one wrong late time.

    >>> longest_rise(np.array([1, 2, 99, 3, 3, 4])).tolist()
    [True, True, False, False, True, True]
    """
    if np.all(np.diff(values) > 0):
        return np.ones(len(values), dtype=np.bool_)
    import bisect

    tops: list[int] = []
    top_index: list[int] = []
    before = np.full(len(values), -1)
    for index, value in enumerate(values.tolist()):
        place = bisect.bisect_left(tops, value)
        tops[place : place + 1], top_index[place : place + 1] = [value], [index]
        before[index] = top_index[place - 1] if place else -1
    chosen = np.zeros(len(values), dtype=np.bool_)
    index = top_index[-1] if top_index else -1
    while index >= 0:
        chosen[index] = True
        index = int(before[index])
    return chosen
