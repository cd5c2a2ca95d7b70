"""Sensors of one run that contradict each other: unknown, and said so; what only a claim carries is said too."""

from __future__ import annotations

import numpy as np
import pytest
from validation._turned import half_turn

from backward_running.core.direction import Direction
from backward_running.flows.place_words import worded
from backward_running.flows.why import why_unknown
from backward_running.flows.why_mounting import BESIDE_A_TURNED, ONE_OF_TWO, ONLY_CLAIMED, only_claimed
from backward_running.gait import find_bouts
from backward_running.gait.base import Opinion, State
from backward_running.gait.segment.contradicting import of_several, without_contradiction
from backward_running.signals import working_stream
from validation import _labelled as data
from validation import _loops as loops

TOLD = (Direction.FORWARD, Direction.BACKWARD)
STEP_S = 0.2


def said(*nats):
    """Log-likelihoods of a sensor, and where it speaks."""
    nat = np.array(nats, dtype=float)
    rows = np.zeros((len(nat), len(State)))
    rows[:, [State.FORWARD_WALK, State.FORWARD_RUN]] = np.minimum(nat, 0.0)[:, None]
    rows[:, [State.BACKWARD_WALK, State.BACKWARD_RUN]] = np.minimum(-nat, 0.0)[:, None]
    return rows, nat != 0.0


def test_two_of_one_kind_are_a_mean_where_they_agree_and_nothing_where_they_do_not():
    rows, speaks = of_several([said(4, 4, 4, 0, 2), said(2, -3, -0.5, 3, 0)], STEP_S)
    assert speaks.tolist() == [True, False, True, True, True]
    assert rows[0, State.BACKWARD_WALK] == pytest.approx(-3.0)
    assert rows[4, State.BACKWARD_WALK] == pytest.approx(-2.0)


def test_who_contradicts_another_over_a_run_says_nothing_anywhere():
    his, other = [4.0] * 40 + [4.0] * 5, [-1.0] * 40 + [0.0] * 5
    assert not of_several([said(*his), said(*other)], STEP_S)[1].any()
    opinions = [Opinion("foot", *said(*his), 0.5), Opinion("thigh", *said(*other), 0.5), Opinion("plan", *said(*other))]
    heard = without_contradiction(opinions, STEP_S, 1.0)
    assert [opinion.speaks.any() for opinion in heard] == [False, False, True]


@pytest.fixture(scope="module")
def walk(shared_data):
    """Walks forward and backward in turn, as loops of one man: his sensors."""
    parts = [part for part in loops.steady_parts(data.clips()) if not part.runs[0] and len(part) > 150]
    ways = [[part for part in parts if part.way[0] == way][:2] for way in (0, 1)]
    return loops.joined([loops.loop(part, 20.0) for pair in zip(*ways, strict=True) for part in pair])


def judged(motion, *worn):
    made = data.recording(*worn, duration_s=len(motion) / 100.0, sport="walking")
    return made, find_bouts(made, working_stream(made))


def directions(bouts):
    return {bout.direction for bout in bouts if bout.direction in TOLD}


def test_a_trunk_alone_is_believed_and_it_is_said_that_only_a_claim_carries_it(walk):
    worn = data.stream("waist", walk.sensors["waist"])
    made, bouts = judged(walk, worn)
    assert directions(bouts) == set(TOLD)
    assert only_claimed(made, bouts) == ONLY_CLAIMED.format(worded("waist"))
    made, bouts = judged(walk, worn, data.stream("foot_left", walk.sensors["foot_left"]))
    assert only_claimed(made, bouts) is None


def test_a_trunk_beside_a_foot_that_found_itself_turned_is_not_believed(walk):
    worn = [half_turn(data.stream(place, walk.sensors[place])) for place in ("waist", "foot_left")]
    made, bouts = judged(walk, *worn)
    assert not directions(bouts)
    assert BESIDE_A_TURNED.format(worded("waist")) in why_unknown(made, bouts)


def test_two_trunks_that_disagree_say_nothing(walk):
    waist, chest = (data.stream(place, walk.sensors[place]) for place in ("waist", "chest"))
    assert directions(judged(walk, waist, chest)[1]) == set(TOLD)
    for worn in ((waist, half_turn(chest)), (half_turn(waist), chest)):
        made, bouts = judged(walk, *worn)
        assert not directions(bouts)
        assert ONE_OF_TWO.format(worded("waist")) in why_unknown(made, bouts)


def test_two_feet_of_which_one_is_turned_say_nothing(walk, monkeypatch):
    """Where its own marks are silent, as those of some styles are."""
    from backward_running.gait.detectors.leg import foot_sensor

    monkeypatch.setattr(foot_sensor, "is_contradicted", lambda *_: False)
    monkeypatch.setattr(foot_sensor, "mark_odds", lambda *given: _silent(len(given[2])))
    left, right = (data.stream(place, walk.sensors[place]) for place in ("foot_left", "foot_right"))
    assert directions(judged(walk, left, right)[1]) == set(TOLD)
    assert not directions(judged(walk, left, half_turn(right))[1])


def _silent(cells):
    from backward_running.gait.steps.time_odd_log_odds import silent

    return silent(cells)
