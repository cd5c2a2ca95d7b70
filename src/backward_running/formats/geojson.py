"""A track as GeoJSON (RFC 7946), one feature per bout, so that any map can colour it by direction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from backward_running.core.recording import FloatArray, Stream
from backward_running.core.session import BoutFacts
from backward_running.evidence import Number, own_proposal

LINE_GAP = Number(
    "line_breaks_at_gap_s",
    30.0,
    "s",
    own_proposal(
        "formats.line_breaks_at_gap_s",
        "A drawn line is broken where no position came for longer than this: what lies between is not known.",
    ),
)

#: 7 decimals are 1 cm; receivers are good for metres.
_DECIMALS: Final = 7


def write_track(stream: Stream, bouts: Sequence[BoutFacts]) -> bytes:
    """Write the track of a recording, one feature per bout.

    Parameters
    ----------
    stream : Stream
        With ``latitude_deg`` and ``longitude_deg``.
    bouts : sequence of BoutFacts
        In the order of time. A bout's line begins at the last point of the bout before it, so that neighbours touch.

    Returns
    -------
    bytes
        A FeatureCollection in UTF-8: LineString, or MultiLineString where a gap longer than ``LINE_GAP`` or a missing
        position splits it, or null where a bout has fewer than two positions. Coordinates are longitude, latitude in
        WGS 84 with 7 decimals; no line crosses the 180th meridian.
        Properties: direction, gait, probability_share, found_by, start_s, end_s, distance_m; null where not known.

    References
    ----------
    RFC 7946, The GeoJSON Format.
    """
    lines = _Lines(stream)
    features = [
        {
            "type": "Feature",
            "geometry": lines.between(bout.bout.start_s, bout.bout.end_s),
            "properties": _properties(bout),
        }
        for bout in bouts
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _properties(facts: BoutFacts) -> Mapping[str, object]:
    bout = facts.bout
    return {
        "direction": bout.direction.value,
        "gait": bout.gait.value if bout.gait else None,
        "probability_share": _rounded(bout.probability_share, 4),
        "found_by": bout.found_by,
        "start_s": _rounded(bout.start_s, 3),
        "end_s": _rounded(bout.end_s, 3),
        "distance_m": _rounded(facts.distance_m, 2),
    }


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None or not np.isfinite(value) else round(float(value), decimals)


class _Lines:
    """The positions of a stream, ready to be cut."""

    def __init__(self, stream: Stream) -> None:
        empty = np.full(len(stream), np.nan)
        longitude = stream.columns.get("longitude_deg", empty)
        latitude = stream.columns.get("latitude_deg", empty)
        self._time_s: FloatArray = stream.time_s
        self._known = np.isfinite(longitude) & np.isfinite(latitude)
        # Between two points lies no line: too long a time, or the seam of the map.
        self._torn = (np.diff(stream.time_s) > LINE_GAP.value) | (np.abs(np.diff(longitude)) > 180.0)
        self._places = np.round(np.column_stack([longitude, latitude]), _DECIMALS)

    def between(self, start_s: float, end_s: float) -> Mapping[str, object] | None:
        """Return the geometry of ``[start_s, end_s)``, with the point before it as its beginning."""
        first = max(int(np.searchsorted(self._time_s, start_s, side="left")) - 1, 0)
        # The last bout ends with the recording, and its last point belongs to it.
        last = len(self._time_s) == 0 or end_s >= self._time_s[-1]
        end = len(self._time_s) if last else int(np.searchsorted(self._time_s, end_s, side="left"))
        index = np.arange(first, end)
        cuts = np.flatnonzero(self._torn[first : max(end - 1, first)]) + 1
        holes = np.flatnonzero(~self._known[first:end])
        pieces = np.split(index, np.union1d(cuts, np.union1d(holes, holes + 1)))
        lines = [self._places[piece].tolist() for piece in pieces if len(piece) > 1 and self._known[piece].all()]
        if not lines:
            return None
        if len(lines) == 1:
            return {"type": "LineString", "coordinates": lines[0]}
        return {"type": "MultiLineString", "coordinates": lines}
