"""What every tissue must keep; a new file is tested the same day."""

from __future__ import annotations

import inspect

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.core.standing import Standing
from backward_running.core.tissue import Confidence
from backward_running.effort import all_models
from backward_running.effort._tissue import Tissue
from backward_running.effort.tissues import all_tissues


@pytest.fixture(params=all_tissues(), ids=lambda one: one.key)
def tissue(request: pytest.FixtureRequest) -> Tissue:
    return request.param


def test_its_model_is_a_model_of_the_room_and_stands_in_the_same_file(tissue: Tissue) -> None:
    assert all_models()[tissue.model.key] is tissue.model
    module = inspect.getmodule(tissue.model.best)
    assert tissue in [thing for thing in vars(module).values() if isinstance(thing, Tissue)]
    assert tissue.key in tissue.model.key
    assert tissue.evidence == tissue.model.evidence


def test_it_is_a_multiple_of_a_forward_step_and_never_a_force(tissue: Tissue) -> None:
    assert tissue.model.gives.endswith("_ratio")
    assert tissue.model.direction is Direction.BACKWARD
    assert list(inspect.signature(tissue.model.best).parameters) == ["speed_mps"]
    assert not any(word in tissue.title.lower() for word in ("newton", " n)"))


def test_a_factor_that_nobody_published_stands_as_an_opinion(tissue: Tissue) -> None:
    assert any(one.study.key == "this_project" for one in tissue.model.evidence)
    assert tissue.model.standing is Standing.OPINION


def test_what_nobody_measured_is_of_very_low_confidence(tissue: Tissue) -> None:
    measured = any(one.study.read == "abstract" and "calf_damage" not in one.key for one in tissue.model.evidence)
    assert measured or tissue.confidence is Confidence.VERY_LOW


def test_the_interval_is_continuous_in_speed(tissue: Tissue) -> None:
    speed_mps = np.linspace(0.5, 3.5, 301)
    for take in (tissue.model.low, tissue.model.best, tissue.model.high):
        assert np.abs(np.diff(take(speed_mps=speed_mps))).max() < 0.02


def test_they_stand_in_an_order_without_ties() -> None:
    assert len({one.ordinal for one in all_tissues()}) == len(all_tissues())
    assert len({one.key for one in all_tissues()}) == len(all_tissues())
