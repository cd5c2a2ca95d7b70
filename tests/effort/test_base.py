"""The contract itself: inside, refused, demoted."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, OutsideValidRange
from backward_running.core.standing import Standing
from backward_running.effort.base import Limit, Model, refuse_outside
from backward_running.evidence.studies import williford1998

LIMITS = {"speed_mps": Limit(1.0, 3.0, "Too slow.", "Too fast.")}


def make(**changes: object) -> Model:
    given = {
        "key": "x",
        "title": "X",
        "version": "1",
        "direction": Direction.FORWARD,
        "gait": Gait.RUN,
        "gives": "oxygen_uptake_ml_per_kg_min",
        "best": lambda speed_mps: speed_mps,
        "low": lambda speed_mps: speed_mps,
        "high": lambda speed_mps: speed_mps,
        "valid": {"speed_mps": (1.5, 2.5)},
        "may_extrapolate": True,
        "evidence": (williford1998.RUN,),
        "limits": LIMITS,
    }
    return Model(**{**given, **changes})


def test_a_model_without_evidence_cannot_be_made() -> None:
    with pytest.raises(BadValue, match="at least one source"):
        make(evidence=())


def test_inside_outside_and_beyond() -> None:
    model = make()
    assert model.standing_at(speed_mps=2.0) is Standing.SINGLE_STUDY
    assert model.standing_at(speed_mps=2.7) is Standing.EXTRAPOLATED
    assert model.standing_at(speed_mps=3.1) is None


def test_a_model_that_may_not_extrapolate_refuses_at_once() -> None:
    assert make(may_extrapolate=False).standing_at(speed_mps=2.7) is None


def test_many_at_once() -> None:
    speeds = np.array([0.9, 1.2, 2.0, 3.5, np.nan])
    model = make()
    assert model.inside(speed_mps=speeds).tolist() == [False, False, True, False, False]
    assert model.refused(speed_mps=speeds).tolist() == [True, False, False, True, False]


def test_the_refusal_names_the_range_and_what_came() -> None:
    with pytest.raises(OutsideValidRange, match=r"Too fast\. Ask for speed_mps from 1 to 3; got 3\.5\."):
        refuse_outside(LIMITS, speed_mps=np.array([2.0, 3.5]))
    assert refuse_outside(LIMITS, speed_mps=float("nan"), grade_ratio=9.0) is None
