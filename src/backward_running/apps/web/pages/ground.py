"""The ground under the map of a run, from a prepared region: nothing of it is asked of anybody."""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import quote

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import as_json, regions_of, store_of
from backward_running.apps.words.spots import ATTRIBUTION
from backward_running.core.errors import NotFound
from backward_running.core.ground import Box
from backward_running.core.tiles import FIRST_ZOOM, LAST_ZOOM, Tile
from backward_running.flows import activity, ground, tiles

router = APIRouter()
#: So much round the track counts as under it, m.
ROUND_M = 400.0
#: Samples of the track that say where it is.
SAMPLES = 400
#: Of a run, where no map is prepared of there.
NOTHING: dict[str, object] = {"tiles": None}


@router.get("/runs/{activity_id}/ground.json")
def ground_json(request: Request, activity_id: str) -> Response:
    """Say where the tiles are that lie under what may be seen of a run; none where no map is prepared of there.

    A simulated run follows no path of any map, and under it there is none.
    """
    store, regions = store_of(request), regions_of(request)
    if regions is None or store.row(activity_id).simulated:
        return as_json(NOTHING)
    data = activity.chart_data(store, activity_id, samples_most=SAMPLES, whole=False)
    shown = [place for place in data.track or () if place is not None]
    if not shown:
        return as_json(NOTHING)
    west, south = np.min(shown, axis=0).tolist()
    east, north = np.max(shown, axis=0).tolist()
    head = ground.region_round(regions, Box(west, south, east, north).grown(ROUND_M))
    if head is None:
        return as_json(NOTHING)
    box = head.box
    return as_json(
        {
            "tiles": f"/ground/{quote(head.name, safe='')}/{{z}}/{{x}}/{{y}}.mvt",
            "bounds": [box.west_deg, box.south_deg, box.east_deg, box.north_deg],
            "first_zoom": FIRST_ZOOM,
            "last_zoom": LAST_ZOOM,
            "credit": ATTRIBUTION,
        }
    )


@router.get("/ground/{region}/{zoom}/{column}/{row}.mvt")
def tile(request: Request, region: str, zoom: int, column: int, row: int) -> Response:
    """Give one tile of a prepared map; a browser keeps it and asks each time whether it is still the same."""
    regions = regions_of(request)
    if regions is None:
        raise NotFound("No map is prepared here; `backward region prepare` makes one.")
    packed = tiles.tile(regions.region(region), Tile(zoom, column, row))
    known = {"ETag": f'"{blake2b(packed, digest_size=8).hexdigest()}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == known["ETag"]:
        return Response(status_code=304, headers=known)
    if not packed:
        return Response(status_code=204, headers=known)
    return Response(packed, 200, known | {"Content-Encoding": "gzip"}, "application/vnd.mapbox-vector-tile")
