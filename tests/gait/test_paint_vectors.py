"""Paint laid by Python and by the page in the browser must agree: both read ``tests/vectors/paint.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.session import Bout, Paint
from backward_running.gait import apply_paint

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "paint.json").read_text(encoding="utf-8"))


def gait_of(name: str | None) -> Gait | None:
    return None if name is None else Gait(name)


def bout_of(stated: dict[str, Any]) -> Bout:
    return Bout(
        start_s=stated["start_s"],
        end_s=stated["end_s"],
        direction=Direction(stated["direction"]),
        gait=gait_of(stated["gait"]),
        probability_share=stated["probability_share"],
        found_by=stated["found_by"],
    )


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_paint_agrees_with_the_vectors(vector: dict[str, Any]) -> None:
    paints = [
        Paint(one["start_s"], one["end_s"], Direction(one["direction"]), gait_of(one["gait"]))
        for one in vector["paints"]
    ]
    painted = apply_paint([bout_of(one) for one in vector["bouts"]], paints)
    assert painted == tuple(bout_of(one) for one in vector["painted"])
