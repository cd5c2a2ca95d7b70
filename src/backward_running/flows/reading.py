"""Read a file as the runner tells: what its columns are, when it was, where the sensor sat."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from backward_running import formats
from backward_running.core.errors import BadValue, UnknownFormat, UnnamedColumns
from backward_running.core.ports import Packed
from backward_running.core.recording import Recording
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED, SuppliedMetadata
from backward_running.formats.base import NO_DATE_LOSS

_SENSOR_NAME = re.compile(r"^((?:\w+\.)?(?:acc|gyr|mag)_[xyz]|(?:\w+\.)?time)(?:_\w+)?$")


def read_as_told(data: bytes, told: SuppliedMetadata = NOTHING_SUPPLIED) -> tuple[Recording, ...]:
    """Read every recording in a file; what was told stays beside it.

    Parameters
    ----------
    data : bytes
        One file, unpacked.
    told : SuppliedMetadata
        Columns make a table of it, unless it is none. Date and sport fill in what the file does not say, but a
        sport that its runner put right.

    Returns
    -------
    tuple of Recording
        As the file says, with ``told``; :meth:`Recording.worn_as_told` puts the sensors where they sat.

    Raises
    ------
    UnnamedColumns
        It is a table that no reader knows, and no columns were told.
    UnknownFormat, UnreadableFile
        It cannot be read.
    BadValue
        What was told cannot be: a column, a unit or a rate.
    """
    if told.columns and formats.columns_of(data) is not None:
        return (_with(_table(data, told), told),)
    try:
        return tuple(_with(recording, told) for recording in formats.read(data))
    except UnknownFormat as problem:
        columns = formats.columns_of(data)
        if columns is None:
            raise
        raise UnnamedColumns(columns) from problem


def read_and_pack(
    data: bytes, told: SuppliedMetadata, packing: Callable[[bytes, Sequence[Recording]], Packed]
) -> Packed:
    """Read a file, and pack what was read as a memory keeps it: both may be done beside the program.

    Parameters
    ----------
    data, told
        As for :func:`read_as_told`, which says what is raised.
    packing : callable
        Of the memory into which it goes.
    """
    return packing(data, read_as_told(data, told))


def _with(recording: Recording, told: SuppliedMetadata) -> Recording:
    if not told.says_anything:
        return recording
    recording = replace(recording, told=told, sport=told.corrected_sport or recording.sport or told.sport)
    if told.started_at is None:
        return recording
    offset = told.started_at.utcoffset()
    if recording.dated and recording.started_at != told.started_at:
        return recording
    return replace(
        recording,
        started_at=told.started_at,
        utc_offset_s=None if offset is None else int(offset.total_seconds()),
        losses=tuple(loss for loss in recording.losses if loss != NO_DATE_LOSS),
        dated=True,
    )


def _table(data: bytes, told: SuppliedMetadata) -> Recording:
    recording = formats.read_generic_csv(
        data,
        columns=with_units(told.columns or {}, told.units or {}),
        rate_hz=told.rate_hz,
        mount_known=bool(told.mount_known),
        started_at=told.started_at,
    )
    # In the table's own axes: how they lie is the runner's word, and may be another one later.
    streams = (
        replace(stream, mount_known=False, frame="sensor") if stream.is_inertial else stream
        for stream in recording.streams
    )
    return replace(recording, streams=tuple(streams))


def with_units(columns: Mapping[str, str], units: Mapping[str, str]) -> dict[str, str]:
    """Give the sensors' names the stated units: ``acc_x`` and ``acc_x_mps2`` with ``acc=g`` become ``acc_x_g``."""
    unknown = set(units) - {"acc", "gyr", "mag", "time"}
    if unknown:
        raise BadValue("unit", "be stated for acc, gyr, mag or time, such as acc=g", sorted(unknown)[0])
    named = {}
    for ours, theirs in columns.items():
        matched = _SENSOR_NAME.match(ours)
        kind = matched.group(1).rpartition(".")[2].split("_")[0] if matched else ""
        name = f"{matched.group(1)}_{units[kind]}" if matched and kind in units else ours
        named[name] = theirs
    return named
