"""One tap on the page names both directions of a run that was told apart by its turns."""

from __future__ import annotations

import numpy as np
import pytest
from tests.gait.detectors.yaw.test_yaw_against_course import run

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.session import Paint
from backward_running.flows.analyse import Given, analyse


def seconds(session, way):
    return sum(fact.bout.duration_s for fact in session.bouts if fact.bout.direction is way)


def understood(recording, *paints):
    session, _ = analyse(recording, Given(Athlete(), paints), title="run", file_name="run.csv")
    return session


@pytest.mark.parametrize("slower", [0.8, 1.4])
@pytest.mark.parametrize(("start_s", "way"), [(40.0, Direction.FORWARD), (150.0, Direction.BACKWARD)])
def test_one_label_names_the_rest(slower, start_s, way):
    recording, _ = run(turns_body=True, slower=slower)
    before = understood(recording)
    assert seconds(before, Direction.FORWARD) == seconds(before, Direction.BACKWARD) == 0.0
    after = understood(recording, Paint(start_s, start_s + 10.0, way))
    assert seconds(after, Direction.BACKWARD) == pytest.approx(80.0, abs=6.0)
    assert seconds(after, Direction.FORWARD) == pytest.approx(280.0, abs=10.0)
    ends = [fact.bout.end_s for fact in after.bouts]
    assert np.all(np.diff([0.0, *ends]) > 0.0)
    assert after.found == before.found, "what was found by itself is kept as it was"


def test_a_label_taken_back_leaves_nothing():
    recording, _ = run(turns_body=True)
    painted = understood(recording, Paint(40.0, 50.0, Direction.FORWARD), Paint(0.0, 360.0, Direction.UNKNOWN))
    assert seconds(painted, Direction.UNKNOWN) == pytest.approx(360.0)
