"""The heart rate that a chest strap stored by itself, under water say, and handed over afterwards.

It comes in messages of its own, several beats in each, on the strap's clock (1/1024 s). The first of them, which
carries a time, ties that clock to the date.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

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


class _Told(NamedTuple):
    """What one message says."""

    time_s: float  #: on FIT's clock; NaN where it does not say
    ticks: list[int]  #: of each beat, whole or in twelve bits
    are_whole: bool
    bpm: list[float]


def read_strap(walk: Walk, raw: Bytes, clock: Clock) -> Strap | None:
    """Return the beats that a strap stored, in order of time; None where there are none or nothing dates them."""
    told: list[tuple[int, _Told]] = []
    for layout in walk.layouts:
        if layout.message == profile.HR:
            where = layout.offsets()
            rows = layout.rows(raw, where)
            stamps = clock.at(where, times(layout, rows))
            told += zip(where.tolist(), _messages(layout, rows, stamps), strict=True)
    told.sort(key=lambda beat: beat[0])
    seconds, bpm = _on_one_clock([beats for _, beats in told])
    good = np.isfinite(seconds) & np.isfinite(bpm)
    if not good.any():
        return None
    order = np.argsort(seconds[good], kind="stable")
    return Strap(seconds[good][order], bpm[good][order])


def _messages(layout: Layout, rows: Bytes, stamps: Seconds) -> list[_Told]:
    fields, big = layout.fields(), layout.big_endian
    bpm = _table(fields.get(HeartRate.FILTERED_BPM), rows, big_endian=big)
    whole = _table(fields.get(HeartRate.EVENT_TIMESTAMP), rows, big_endian=big)
    packed = fields.get(HeartRate.EVENT_TIMESTAMP_12)
    part = fields.get(HeartRate.FRACTIONAL_TIMESTAMP)
    fraction = None if part is None else float_column(rows, part, part.type_byte, big_endian=big)
    time_s = np.where(stamps == NO_TIME, np.nan, stamps.astype(np.float64))
    if fraction is not None:
        time_s = time_s + np.nan_to_num(fraction) / _FRACTIONS_PER_S
    found = []
    for number in range(len(rows)):
        beats = [] if bpm is None else bpm[number].tolist()
        if packed is not None:
            ticks = _twelve_bits(rows[number, packed.offset : packed.offset + packed.size])
        else:
            ticks = [] if whole is None else [int(tick) for tick in np.nan_to_num(whole[number], nan=-1.0)]
        found.append(_Told(float(time_s[number]), ticks, packed is None, beats))
    return found


def _table(definition: Field | None, rows: Bytes, *, big_endian: bool) -> FloatArray | None:
    return None if definition is None else float_table(rows, definition, definition.type_byte, big_endian=big_endian)


def _twelve_bits(stored: Bytes) -> list[int]:
    """Unpack numbers of twelve bits, two to three bytes."""
    whole = stored[: len(stored) // 3 * 3].astype(np.int64).reshape(-1, 3)
    pairs = np.column_stack((whole[:, 0] | (whole[:, 1] & 0x0F) << 8, whole[:, 1] >> 4 | whole[:, 2] << 4))
    return [int(tick) for tick in pairs.ravel()]


def _on_one_clock(messages: list[_Told]) -> tuple[FloatArray, FloatArray]:
    """Put beats on the clock that the last message with a time and a whole count tied down."""
    seconds: list[float] = []
    bpm: list[float] = []
    zero_s, ticks = np.nan, -1
    for told in messages:
        if told.are_whole and told.ticks and told.ticks[0] >= 0:
            if np.isfinite(told.time_s):
                zero_s = told.time_s - told.ticks[0] / _TICKS_PER_S
            ticks = told.ticks[0]
        for count, beat in zip(told.ticks, told.bpm, strict=False):
            if ticks < 0 or count < 0:
                continue
            if told.are_whole:
                ticks = count
            else:
                ticks += (count - ticks) % _TWELVE_BITS
            seconds.append(zero_s + ticks / _TICKS_PER_S)
            bpm.append(beat)
    return np.array(seconds, np.float64), np.array(bpm, np.float64)


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
