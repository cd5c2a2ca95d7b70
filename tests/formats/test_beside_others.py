"""Every value of the shared GPX and TCX files beside another reader; FIT beside two decoders is in ``test_fit_real.py``.

Where a value differs, ``beside_others.json`` says in how many samples and why. A difference that does not stand there
fails, and so does one that stands there and is gone.
"""

from __future__ import annotations

import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import gpxpy
import pytest
from tcxreader.tcxreader import TCXReader

from backward_running import formats
from backward_running.core.errors import BackwardRunningError
from backward_running.core.recording import Recording

ARGUED = json.loads(Path(__file__).with_name("beside_others.json").read_text(encoding="utf-8"))

#: What extensions are called, lower case, and the column.
EXTENSIONS = {
    "hr": "heart_rate_bpm", "cad": "cadence_spm", "atemp": "temperature_degc", "temp": "temperature_degc",
    "power": "power_w", "powerinwatts": "power_w", "speed": "speed_mps", "course": "course_deg", "distance": "distance_m",
}  # fmt: skip
Samples = Mapping[float, Mapping[str, float]]


def number(text: object) -> float:
    try:
        return math.nan if text is None else float(text)
    except (TypeError, ValueError):
        return math.nan


def at(moment: datetime) -> float:
    return round((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp(), 3)


def of_gpx(data: bytes) -> Samples:
    """Return what gpxpy reads at each moment; of two at one moment the first."""
    found: dict[float, dict[str, float]] = {}
    for track in gpxpy.parse(data.decode("utf-8-sig", "replace")).tracks:
        points = [point for segment in track.segments for point in segment.points if point.time is not None]
        for point in points if len(points) > 1 else ():
            values = {
                "latitude_deg": number(point.latitude),
                "longitude_deg": number(point.longitude),
                "altitude_m": number(point.elevation),
                "speed_mps": number(point.speed),
                "course_deg": number(point.course),
            }
            for inner in (each for extension in point.extensions for each in extension.iter()):
                column = EXTENSIONS.get(inner.tag.rpartition("}")[2].lower())
                if column is not None and math.isnan(values.get(column, math.nan)):
                    values[column] = number(inner.text)
            found.setdefault(at(point.time), values)
    return found


def of_tcx(data: bytes) -> Samples:
    """Return what tcxreader reads at each moment."""
    found: dict[float, dict[str, float]] = {}
    for point in TCXReader().read(io.BytesIO(data), only_gps=False).trackpoints:
        more = {name.lower(): value for name, value in (point.tpx_ext or {}).items()}
        values = {
            "latitude_deg": point.latitude,
            "longitude_deg": point.longitude,
            "altitude_m": point.elevation,
            "distance_m": point.distance,
            "heart_rate_bpm": point.hr_value,
            "cadence_spm": more.get("runcadence") if point.cadence is None else point.cadence,
            "speed_mps": more.get("speed"),
            "power_w": more.get("watts"),
        }
        if point.time is not None:
            found.setdefault(at(point.time), {column: number(value) for column, value in values.items()})
    return found


def of_ours(recordings: Iterable[Recording]) -> Samples:
    found: dict[float, dict[str, float]] = {}
    for recording in recordings:
        if recording.main is None:
            continue
        began, columns = recording.started_at.timestamp(), recording.main.columns
        rows = zip(*(values.tolist() for values in columns.values()), strict=True)
        for moment, row in zip(recording.main.time_s.tolist(), rows, strict=True):
            found.setdefault(round(began + moment, 3), dict(zip(columns, row, strict=True)))
    return found


def differences(ours: Samples, theirs: Samples) -> dict[str, int]:
    """Count the moments that one of them alone has, and the values in which they differ, by column."""
    columns = {column for values in theirs.values() for column in values}
    counts = dict.fromkeys(sorted(columns), 0)
    for moment in ours.keys() & theirs.keys():
        for column in columns:
            mine, other = ours[moment].get(column, math.nan), theirs[moment].get(column, math.nan)
            both_unknown = math.isnan(mine) and math.isnan(other)
            counts[column] += not both_unknown and not abs(mine - other) <= 1e-6 * max(1.0, abs(other))
    alone = {
        "moments of ours alone": len(ours.keys() - theirs.keys()),
        "moments of theirs alone": len(theirs.keys() - ours.keys()),
    }
    return {what: count for what, count in (alone | counts).items() if count}


def compared(folder: Path, read: object) -> Iterator[tuple[str, dict[str, int]]]:
    for path in sorted(folder.iterdir()):
        for _, data in formats.unwrap(path.name, path.read_bytes()):
            ours = theirs = None
            with suppress(BackwardRunningError):
                ours = of_ours(formats.read(data))
            with suppress(Exception):  # whatever another reader raises, it does not read this file
                theirs = read(data)
            if ours is not None and theirs is not None:
                yield path.name, differences(ours, theirs)
            elif ours is not None:
                yield path.name, {"read by us alone": len(ours)}
            elif theirs:
                yield path.name, {"read by them alone": len(theirs)}


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "read", "least"), [("gpx", of_gpx, 45), ("tcx", of_tcx, 15)])
def test_every_value_is_that_of_another_reader_or_the_difference_is_argued(
    shared_data: Path, kind, read, least
) -> None:
    every = list(compared(shared_data / "activities" / kind, read))
    argued = {name: {what: count for what, (count, why) in said.items() if why} for name, said in ARGUED[kind].items()}
    assert {name: found for name, found in every if found} == argued
    assert len(every) >= least
