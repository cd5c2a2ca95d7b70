"""The heart rate that a chest strap stored by itself, under water say, and handed over afterwards.

It comes in messages of its own, several beats in each, on the strap's clock (1/1024 s). The first of them, which
carries a time, ties that clock to the date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, IndexArray
from backward_running.core.recording import FloatArray
from backward_running.formats._fit import profile
from backward_running.formats._fit.decoder import Bytes, Field, Layout, Walk
from backward_running.formats._fit.fields import HeartRate
from backward_running.formats._fit.records import Records
from backward_running.formats._fit.values import NO_TIME, Clock, Seconds, float_column, float_table, times

_TICKS_PER_S, _FRACTIONS_PER_S = 1024.0, 32_768.0
_TWELVE_BITS = 4096
#: A beat says something of the seconds about it, not of more.
_NEAR_S = 5.0


class Strap(NamedTuple):
    """Beats on FIT's clock."""

    seconds: FloatArray
    heart_rate_bpm: FloatArray


class _Beats(NamedTuple):
    """Beats of messages of one layout, each of shape (messages, beats); before them what ties a clock down."""

    at: IndexArray  #: (messages,) where they stand in the file
    time_s: FloatArray  #: (messages,) on FIT's clock; NaN where a message does not say
    ticks: IndexArray  #: of each beat, whole or in twelve bits; -1 where it is not told
    are_whole: bool
    bpm: FloatArray


def read_strap(walk: Walk, raw: Bytes, clock: Clock) -> Strap | None:
    """Return the beats that a strap stored, in order of time; None where there are none or nothing dates them."""
    told = []
    for layout in walk.layouts:
        if layout.message == profile.HR:
            where = layout.offsets()
            rows = layout.rows(raw, where)
            told.append(_beats(layout, where, rows, clock.at(where, times(layout, rows))))
    if not told:
        return None
    seconds, bpm = _on_one_clock(told)
    good = np.isfinite(seconds) & np.isfinite(bpm)
    if not good.any():
        return None
    order = np.argsort(seconds[good], kind="stable")
    return Strap(seconds[good][order], bpm[good][order])


def _beats(layout: Layout, where: IndexArray, rows: Bytes, stamps: Seconds) -> _Beats:
    fields, big = layout.fields(), layout.big_endian
    bpm = _table(fields.get(HeartRate.FILTERED_BPM), rows, big_endian=big)
    whole = _table(fields.get(HeartRate.EVENT_TIMESTAMP), rows, big_endian=big)
    packed = fields.get(HeartRate.EVENT_TIMESTAMP_12)
    part = fields.get(HeartRate.FRACTIONAL_TIMESTAMP)
    time_s = np.where(stamps == NO_TIME, np.nan, stamps.astype(np.float64))
    fraction = None if part is None else float_column(rows, part, part.type_byte, big_endian=big)
    if fraction is not None:
        time_s = time_s + np.nan_to_num(fraction) / _FRACTIONS_PER_S
    if packed is not None:
        ticks = _twelve_bits(rows[:, packed.offset : packed.offset + packed.size])
    elif whole is not None:
        ticks = np.nan_to_num(whole, nan=-1.0).astype(np.int64)
    else:
        ticks = np.zeros((len(rows), 0), dtype=np.int64)
    beats = np.zeros((len(rows), 0)) if bpm is None else bpm
    return _Beats(where, time_s, ticks, packed is None, beats)


def _table(definition: Field | None, rows: Bytes, *, big_endian: bool) -> FloatArray | None:
    return None if definition is None else float_table(rows, definition, definition.type_byte, big_endian=big_endian)


def _twelve_bits(stored: Bytes) -> IndexArray:
    """Unpack numbers of twelve bits, two to three bytes, row by row."""
    triples = stored[:, : stored.shape[1] // 3 * 3].astype(np.int64).reshape(len(stored), -1, 3)
    first, middle, last = (triples[:, :, at] for at in range(3))
    return np.stack((first | (middle & 0x0F) << 8, middle >> 4 | last << 4), axis=2).reshape(len(stored), -1)


def _on_one_clock(told: Sequence[_Beats]) -> tuple[FloatArray, FloatArray]:
    """Put beats on the clock that the last message with a time and a whole count tied down.

    A message that ties it down stands in front of its beats as one more, of no heart rate. The beats are told by their
    distance from the one before, for twelve bits run over every four seconds.
    """
    at, tick, is_whole, is_tie, zero_s, bpm = (np.concatenate(parts) for parts in zip(*map(_flat, told), strict=True))
    order = np.argsort(at, kind="stable")
    tick, is_whole, is_tie, zero_s, bpm = (column[order] for column in (tick, is_whole, is_tie, zero_s, bpm))
    steps = np.where(is_whole, 0, np.diff(tick, prepend=0) % _TWELVE_BITS).cumsum()
    number = np.arange(len(tick))
    last_whole = np.maximum.accumulate(np.where(is_whole, number, 0))
    last_zero = np.maximum.accumulate(np.where(np.isfinite(zero_s), number, 0))
    ticks = tick[last_whole] + steps - steps[last_whole]
    seconds = zero_s[last_zero] + ticks / _TICKS_PER_S
    return np.where(np.logical_or.accumulate(is_tie), seconds, np.nan), bpm


def _flat(beats: _Beats) -> tuple[IndexArray, IndexArray, BoolArray, BoolArray, FloatArray, FloatArray]:
    """Return of each beat that is told, message by message: place, count, whether whole, whether a tie, zero, bpm."""
    count = min(beats.ticks.shape[1], beats.bpm.shape[1])
    first = beats.ticks[:, :1] if beats.are_whole else np.full((len(beats.at), 1), -1)
    if first.shape[1] == 0:
        first = np.full((len(beats.at), 1), -1)
    ticks = np.hstack((first, beats.ticks[:, :count]))
    zero_s = np.full(ticks.shape, np.nan)
    zero_s[:, 0] = beats.time_s - first[:, 0] / _TICKS_PER_S
    bpm = np.hstack((np.full((len(beats.at), 1), np.nan), beats.bpm[:, :count]))
    is_tie = np.zeros(ticks.shape, dtype=bool)
    is_tie[:, 0] = True
    known = ticks >= 0
    at = np.repeat(beats.at, ticks.shape[1]).reshape(ticks.shape)
    return at[known], ticks[known], np.full(int(known.sum()), beats.are_whole), is_tie[known], zero_s[known], bpm[known]


def with_strap(records: Records, strap: Strap | None) -> Records:
    """Return the samples with the strap's heart rate where they have none of their own."""
    if strap is None or not len(records):
        return records
    at = np.searchsorted(strap.seconds, records.seconds, side="right")
    before, after = np.clip(at - 1, 0, None), np.clip(at, None, len(strap.seconds) - 1)
    nearer = np.where(
        np.abs(strap.seconds[before] - records.seconds) <= np.abs(strap.seconds[after] - records.seconds), before, after
    )
    rate = np.where(np.abs(strap.seconds[nearer] - records.seconds) <= _NEAR_S, strap.heart_rate_bpm[nearer], np.nan)
    own = records.columns.get("heart_rate_bpm")
    told = rate if own is None else np.where(np.isnan(own), rate, own)
    if np.isnan(told).all():
        return records
    return replace(records, columns={**records.columns, "heart_rate_bpm": told})
