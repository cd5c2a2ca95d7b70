"""Decoding GPX and TCX: an hour of a watch as text, against a reader of each."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks._data import simulated_fit
from benchmarks._measure import Row, best_ms

_GPX = """<?xml version="1.0"?><gpx version="1.1" creator="Benchmark" xmlns="http://www.topografix.com/GPX/1/1"
 xmlns:t="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"><trk><type>running</type><trkseg>{}</trkseg></trk></gpx>"""
_GPX_POINT = """<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><ele>200.0</ele><time>{at}</time><extensions>
<t:TrackPointExtension><t:hr>{hr:.0f}</t:hr><t:cad>84</t:cad></t:TrackPointExtension></extensions></trkpt>"""
_TCX = """<?xml version="1.0"?><TrainingCenterDatabase
 xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities><Activity Sport="Running"><Id>{began}</Id>
<Lap StartTime="{began}"><TotalTimeSeconds>3600</TotalTimeSeconds><DistanceMeters>9000</DistanceMeters><Calories>1</Calories>
<Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod><Track>{points}</Track></Lap></Activity></Activities>
</TrainingCenterDatabase>"""
_TCX_POINT = """<Trackpoint><Time>{at}</Time><Position><LatitudeDegrees>{lat:.7f}</LatitudeDegrees><LongitudeDegrees>{lon:.7f}
</LongitudeDegrees></Position><AltitudeMeters>200.0</AltitudeMeters><DistanceMeters>{m:.1f}</DistanceMeters><HeartRateBpm><Value>
{hr:.0f}</Value></HeartRateBpm><Cadence>84</Cadence></Trackpoint>"""


def hour_as_text() -> tuple[bytes, bytes]:
    """Return the simulated hour as GPX and as TCX."""
    from backward_running import formats

    (recording,) = formats.read(simulated_fit(1))
    assert recording.main is not None
    columns = recording.main.columns
    names = {"lat": "latitude_deg", "lon": "longitude_deg", "hr": "heart_rate_bpm", "m": "distance_m"}
    moments = [
        (recording.started_at + timedelta(seconds=round(at_s))).strftime("%Y-%m-%dT%H:%M:%SZ")
        for at_s in recording.main.time_s.tolist()
    ]
    rows = [
        dict(zip(names, row, strict=True), at=at)
        for row, at in zip(zip(*(columns[name].tolist() for name in names.values()), strict=True), moments, strict=True)
    ]
    gpx = _GPX.format("".join(_GPX_POINT.format(**row) for row in rows))
    tcx = _TCX.format(began=moments[0], points="".join(_TCX_POINT.format(**row) for row in rows))
    return gpx.encode(), tcx.encode()


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    import gpxpy
    from tcxreader.tcxreader import TCXReader

    from backward_running import formats

    gpx, tcx = hour_as_text()

    def cpu_ms(act: Callable[[], object]) -> float:
        return best_ms(act, repeats=5, warm=1, clock=time.process_time)

    ours, theirs = cpu_ms(lambda: formats.read(gpx)), cpu_ms(lambda: gpxpy.parse(gpx.decode()))
    yield Row(
        "GPX → Recording, 1 h",
        f"{ours:.0f} ms",
        "≥ 4 × as fast as gpxpy",
        f"{len(gpx) / 1e3:.0f} kB; gpxpy {theirs:.0f} ms, {theirs / ours:.1f} × ours",
        theirs >= 4 * ours,
    )
    ours, theirs = cpu_ms(lambda: formats.read(tcx)), cpu_ms(lambda: TCXReader().read(io.BytesIO(tcx), only_gps=False))
    yield Row(
        "TCX → Recording, 1 h",
        f"{ours:.0f} ms",
        "not slower than tcxreader",
        f"{len(tcx) / 1e3:.0f} kB; tcxreader {theirs:.0f} ms, {theirs / ours:.1f} × ours",
        theirs >= ours,
    )
