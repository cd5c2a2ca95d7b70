"""A spot as a file to take along: where it begins and ends, and what is known of it."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from backward_running.flows.spots import FoundSpot

CREDIT = "© OpenStreetMap contributors, ODbL"
WHOSE = (
    '<metadata><copyright author="OpenStreetMap contributors"><license>https://opendatacommons.org/licenses/odbl/'
    "</license></copyright></metadata>"
)


def gpx(found: FoundSpot) -> tuple[str, bytes]:
    """Return name and bytes of a GPX file: the stretch as a route, its ends as waypoints."""
    stretch = found.spot.stretch
    name = escape(_name(found))
    ends = (("Start: chest to here", stretch.line[0]), ("End: stop here", stretch.line[-1]))
    points = "".join(f'<rtept lat="{lat:.6f}" lon="{lon:.6f}"/>' for lon, lat in stretch.line)
    marks = "".join(f'<wpt lat="{lat:.6f}" lon="{lon:.6f}"><name>{words}</name></wpt>' for words, (lon, lat) in ends)
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="backward-running" xmlns="http://www.topografix.com/GPX/1/1">'
        f"{WHOSE if stretch.mapped else ''}{marks}<rte><name>{name}</name>{points}</rte></gpx>\n"
    )
    return f"{stretch.key}.gpx", text.encode()


def geojson(found: FoundSpot) -> tuple[str, bytes]:
    """Return name and bytes of a GeoJSON file: the stretch with its score and every reason."""
    stretch = found.spot.stretch
    known = {
        part.key: {"score": round(part.score, 3), "known": part.known, "words": part.words} for part in found.spot.parts
    }
    feature = {
        "type": "Feature",
        "id": stretch.key,
        "properties": {
            "name": _name(found),
            "kind": stretch.kind.value,
            "length_m": stretch.length_m,
            "score": round(found.spot.score, 3),
            "reasons": known,
            "attribution": CREDIT if stretch.mapped else "from the runner's own runs",
        },
        "geometry": {"type": "LineString", "coordinates": [list(place) for place in stretch.line]},
    }
    return f"{stretch.key}.geojson", json.dumps(feature, ensure_ascii=False).encode()


def _name(found: FoundSpot) -> str:
    stretch = found.spot.stretch
    return f"{stretch.name or stretch.kind.words}, {stretch.length_m:.0f} m backward"
