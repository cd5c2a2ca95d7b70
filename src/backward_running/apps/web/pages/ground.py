"""The ground under the map of a run, from a prepared region: nothing of it is asked of anybody."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter, Request
from starlette.responses import Response

from backward_running.apps.web.responses import as_json, regions_of, store_of
from backward_running.apps.words.spots import ATTRIBUTION
from backward_running.core.ground import Box
from backward_running.flows import activity, ground

router = APIRouter()
#: So much round the track is drawn, m; a run that is longer across than this has no ground: it would be all of a city.
ROUND_M, WIDEST_M = 400.0, 12_000.0
#: Samples of the track that say where it is.
SAMPLES = 400
#: A drawing is so many pixels wide, so much finer than the whole track can be looked at, and never finer than this.
PIXELS, FINEST_M = 900.0, 1.0
NOTHING = {"type": "FeatureCollection", "features": [], "credit": ""}


@router.get("/runs/{activity_id}/ground.json")
def ground_json(request: Request, activity_id: str) -> Response:
    """Give the ground round what may be seen of a run; nothing where no map is prepared of there.

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
    box = Box(west, south, east, north).grown(ROUND_M)
    head = ground.region_round(regions, box)
    wide_m = box.width_m
    if head is None or wide_m > WIDEST_M:
        return as_json(NOTHING)
    coarse_m = max(wide_m / PIXELS / 4.0, FINEST_M)
    made = ground.features(regions.region(head.name), box, metres_per_pixel=coarse_m)
    return as_json({"type": "FeatureCollection", "features": made, "credit": ATTRIBUTION})
