"""Read all record messages of a FIT file as columns, whatever layouts they come in, merged in file order."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from backward_running.core.names import COLUMNS
from backward_running.core.recording import FloatArray
from backward_running.formats._fit import profile
from backward_running.formats._fit.decoder import Bytes, Layout, Offsets, Walk
from backward_running.formats._fit.values import (
    NO_TIME,
    Clock,
    Descriptions,
    DeveloperField,
    Seconds,
    float_column,
    times,
)

_ROLLING_DISTANCE, _ROLLS_OVER_M = "rolling distance", 256.0  # 12 bits of 1/16 m


@dataclass(slots=True)
class Records:
    """Samples in file order, not yet cleaned."""

    seconds: Seconds = field(default_factory=lambda: np.empty(0, np.int64))
    columns: dict[str, FloatArray] = field(default_factory=dict)
    heading_is_ours: bool = False

    def __len__(self) -> int:
        return len(self.seconds)


def read_records(walk: Walk, raw: Bytes, clock: Clock, described: Descriptions) -> Records:
    """Return every record message of a walk, in file order."""
    layouts = [layout for layout in walk.layouts if layout.message == profile.RECORD]
    if not layouts:
        return Records()
    found = (
        _of_layout(layouts[0], raw, clock, described) if len(layouts) == 1 else _merged(layouts, raw, clock, described)
    )
    _unroll_distance(found.columns)
    return found


def _of_layout(layout: Layout, raw: Bytes, clock: Clock, described: Descriptions) -> Records:
    where = layout.offsets()
    rows = layout.rows(raw, where)
    columns, ours = _columns(layout, rows, described)
    return Records(clock.at(where, times(layout, rows)), columns, ours)


def _merged(layouts: list[Layout], raw: Bytes, clock: Clock, described: Descriptions) -> Records:
    """Read layout after layout, each to its places among all records."""
    offsets = np.concatenate([layout.offsets() for layout in layouts])
    places = np.empty(len(offsets), np.int64)
    places[np.argsort(offsets, kind="stable")] = np.arange(len(offsets))
    found, begin = Records(np.empty(len(offsets), np.int64)), 0
    for layout in layouts:
        part = _of_layout(layout, raw, clock, described)
        at = places[begin : begin + len(part)]
        found.seconds[at] = part.seconds
        for name, values in part.columns.items():
            if name not in found.columns:
                found.columns[name] = np.full(len(offsets), np.nan)
            found.columns[name][at] = values
        found.heading_is_ours = found.heading_is_ours or part.heading_is_ours
        begin += len(part)
    return found


def join(parts: list[Records]) -> Records:
    """Put records one after the other; a column that a part does not have is NaN there."""
    if len(parts) == 1:
        return parts[0]
    names = dict.fromkeys(name for part in parts for name in part.columns)
    columns = {
        name: np.concatenate([part.columns.get(name, np.full(len(part), np.nan)) for part in parts]) for name in names
    }
    seconds = np.concatenate([part.seconds for part in parts])
    return Records(seconds, columns, any(part.heading_is_ours for part in parts))


def take(records: Records, which: Offsets) -> Records:
    """Return the records at the indices `which`."""
    columns = {name: values[which] for name, values in records.columns.items()}
    return Records(records.seconds[which], columns, records.heading_is_ours)


def _columns(layout: Layout, rows: Bytes, described: Descriptions) -> tuple[dict[str, FloatArray], bool]:
    columns: dict[str, FloatArray] = {}
    fields = layout.fields()
    for number, told in profile.RECORD_FIELDS.items():
        if number not in fields:
            continue
        values = float_column(rows, fields[number], fields[number].type_byte, big_endian=layout.big_endian)
        if values is None:
            continue
        if told.scale != 1.0:
            values /= told.scale
        if told.offset:
            values -= told.offset
        _overlay(columns, told.column, values)
    _add_compressed(columns, layout, rows)
    if profile.FRACTIONAL_CADENCE in fields and "cadence_spm" in columns:
        fraction = fields[profile.FRACTIONAL_CADENCE]
        parts = float_column(rows, fraction, fraction.type_byte, big_endian=layout.big_endian)
        if parts is not None:
            columns["cadence_spm"] += np.nan_to_num(parts, copy=False) / profile.FRACTIONS_PER_RPM
    ours = _add_developer_columns(columns, layout, rows, described)
    return columns, ours


def _overlay(columns: dict[str, FloatArray], name: str, values: FloatArray) -> None:
    """Lay `values` over a column; where they are missing the column stays."""
    under = columns.get(name)
    columns[name] = values if under is None else np.where(np.isnan(values), under, values)


def _lay_under(columns: dict[str, FloatArray], name: str, values: FloatArray) -> None:
    """Fill a column with `values` where it says nothing at all."""
    over = columns.get(name)
    if over is None or bool((np.isnan(over) | (over == 0)).all()):
        columns[name] = values if over is None else np.where(np.isnan(values), over, values)


def _add_compressed(columns: dict[str, FloatArray], layout: Layout, rows: Bytes) -> None:
    """Read speed and rolling distance packed into three bytes, twelve bits each."""
    packed = layout.fields().get(profile.COMPRESSED_SPEED_DISTANCE)
    if packed is None or packed.size != 3:
        return
    low, middle, high = (rows[:, packed.offset + k].astype(np.float64) for k in range(3))
    missing = (low == 0xFF) & (middle == 0xFF) & (high == 0xFF)
    speed = (low + 256.0 * (middle % 16)) / 100.0
    distance = (middle // 16 + 16.0 * high) / 16.0
    speed[missing] = distance[missing] = np.nan
    native = columns.get("speed_mps")
    columns["speed_mps"] = speed if native is None else np.where(np.isnan(native), speed, native)
    columns[_ROLLING_DISTANCE] = distance


def _unroll_distance(columns: dict[str, FloatArray]) -> None:
    """Turn the rolling counter of packed records into metres since the start, unless there is a real distance."""
    rolling = columns.pop(_ROLLING_DISTANCE, None)
    if rolling is None or (told := np.isfinite(rolling)).sum() == 0:
        return
    seen = rolling[told]
    unrolled = np.full(rolling.shape, np.nan)
    unrolled[told] = seen[0] + np.cumsum(np.mod(np.diff(seen, prepend=seen[0]), _ROLLS_OVER_M))
    native = columns.get("distance_m")
    columns["distance_m"] = unrolled if native is None else np.where(np.isnan(native), unrolled, native)


def _add_developer_columns(
    columns: dict[str, FloatArray], layout: Layout, rows: Bytes, described: Descriptions
) -> bool:
    """Add the developer fields that stand for a native one, and the heading. Return whether the heading is ours.

    What the watch measured itself stays, and of two such fields the first: an app may claim a field and put something
    else there. They fill what the watch does not say.
    """
    ours = False
    for definition in layout.developer_fields():
        told = described.get((definition.type_byte, definition.number))
        column = told and _column_of(told)
        if told is None or column is None:
            continue
        factor = profile.UNITS.get(column, {}).get(told.units)
        values = float_column(rows, definition, told.type_byte, big_endian=layout.big_endian)
        if factor is None or values is None:  # an unknown unit would turn into wrong numbers
            continue
        values = (values / told.scale - told.offset) * factor[0] + factor[1]
        if column == "heading_deg":
            ours = ours or told.application_id == profile.OUR_APPLICATION
            values = np.mod(values, 360.0)
        entry = COLUMNS[column]
        values[(values < entry.lowest) | (values > entry.highest)] = np.nan
        _lay_under(columns, column, values)
    return ours


def _column_of(told: DeveloperField) -> str | None:
    if told.native_message == profile.RECORD and told.native_field in profile.RECORD_FIELDS:
        return profile.RECORD_FIELDS[told.native_field].column
    return "heading_deg" if told.name.strip().lower() in profile.HEADING_NAMES else None


#: Samples further than this from all others are taken for a broken clock: no recording pauses for so long.
_LONGEST_GAP_S = 48 * 3600
_LONGEST_RECORDING_S = 10_000_000  # as core.names has it for time_s


def in_time(records: Records) -> tuple[Records, tuple[str, ...]]:
    """Return the records in strictly rising time, and a sentence for each kind of sample that was dropped."""
    losses: list[str] = []
    timed = records.seconds != NO_TIME
    if not timed.all():
        losses.append(f"Without a time and left out: {np.count_nonzero(~timed):,} of {len(records):,} samples.")
        records = take(records, np.flatnonzero(timed))
    if len(records) == 0 or bool((np.diff(records.seconds) > 0).all() and _gaps_are_fine(records.seconds)):
        return records, tuple(losses)
    kept = _largest_cluster(records.seconds)
    if len(kept) < len(records):
        losses.append(f"Days away from all others (a broken clock) and left out: {samples(len(records) - len(kept))}.")
        records = take(records, kept)
    if (back := int(np.count_nonzero(np.diff(records.seconds) < 0))) > 0:
        losses.append(f"The clock jumps back {_times(back)}; the samples were put in order of time.")
        records = take(records, np.argsort(records.seconds, kind="stable"))
    records, merged = _merge_equal_times(records)
    if merged:
        losses.append(f"In the same second as another that differs: {samples(merged)}; the later values are kept.")
    return records, tuple(losses)


def samples(count: int) -> str:
    """Count samples in words.

    >>> samples(1), samples(1200)
    ('1 sample', '1,200 samples')
    """
    return "1 sample" if count == 1 else f"{count:,} samples"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


def _gaps_are_fine(seconds: Seconds) -> bool:
    return len(seconds) < 2 or bool(
        np.diff(seconds).max() <= _LONGEST_GAP_S and seconds[-1] - seconds[0] <= _LONGEST_RECORDING_S
    )


def _largest_cluster(seconds: Seconds) -> Offsets:
    """Return the indices, in file order, of the largest group of samples that no gap of days tears apart."""
    order = np.argsort(seconds, kind="stable")
    borders = np.flatnonzero(np.diff(seconds[order]) > _LONGEST_GAP_S) + 1
    edges = np.concatenate([[0], borders, [len(order)]])
    largest = int(np.argmax(np.diff(edges)))
    group = order[edges[largest] : edges[largest + 1]]
    return np.sort(group[seconds[group] - seconds[group[0]] <= _LONGEST_RECORDING_S])


def _merge_equal_times(records: Records) -> tuple[Records, int]:
    """Merge samples of one second: of each column the last value stays. Return how many said something else."""
    first = np.flatnonzero(np.diff(records.seconds, prepend=records.seconds[0] - 1) > 0)
    if len(first) == len(records):
        return records, 0
    group = np.repeat(np.arange(len(first)), np.diff(first, append=len(records)))
    differs = np.zeros(len(records), bool)
    columns: dict[str, FloatArray] = {}
    for name, values in records.columns.items():
        told = np.flatnonzero(~np.isnan(values))
        merged = np.full(len(first), np.nan)
        merged[group[told]] = values[told]  # the last assignment of equal indices wins
        differs[told] |= values[told] != merged[group[told]]
        columns[name] = merged
    merged_records = Records(records.seconds[first], columns, records.heading_is_ours)
    return merged_records, int(np.count_nonzero(differs))
