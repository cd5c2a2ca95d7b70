"""Fusion of inertial sensors: a finer clock, steps that agree, stumbles that are no change, delays under a second."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.gait import State
from backward_running.gait.base import Opinion, Role
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.gait.segment.deciding import LEAST_SENSED
from backward_running.gait.segment.fusion import STEPS_AGREE, summed
from backward_running.gait.segment.time_base import FINE_STEP, STEP, step_for

SECONDS = 60.0


def sensor(rate_hz=100.0, seconds=SECONDS):
    time_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    columns = {f"gyr_{axis}_radps": np.zeros(len(time_s)) for axis in "xyz"}
    return Stream("waist", "body", time_s, columns, mount_known=True)


def saying(lead_nat, *spans, evidence_s=0.5):
    """A detector that is sure of backward within spans and of forward elsewhere."""

    def judge(recording, time_s):
        backward = np.zeros(len(time_s), dtype=bool)
        for start_s, end_s in spans:
            backward |= (time_s >= start_s) & (time_s < end_s)
        said = np.full((len(time_s), len(State)), -6.0)
        said[:, [State.FORWARD_RUN, State.FORWARD_WALK]] = np.where(backward, -lead_nat, 0.0)[:, None]
        said[:, [State.BACKWARD_RUN, State.BACKWARD_WALK]] = np.where(backward, 0.0, -lead_nat)[:, None]
        return Opinion("sensed", said, np.ones(len(time_s), dtype=bool), evidence_s)

    return {"sensed": SimpleNamespace(judge=judge, judge_person=None, role=Role.DIRECTION)}


def told(recording, detectors):
    one = recording(SECONDS, streams=(sensor(),))
    return [(bout.start_s, bout.end_s, bout.direction) for bout in find_bouts_with(detectors, one, one.main)]


@pytest.mark.parametrize(("rate_hz", "step_s"), [(100.0, FINE_STEP.value), (25.0, FINE_STEP.value), (1.0, STEP.value)])
def test_the_clock_is_fine_where_steps_can_be_seen(rate_hz, step_s):
    assert step_for([sensor(rate_hz)]) == step_s


def test_a_watch_keeps_its_second():
    stream = Stream("wrist", "earth", np.arange(600.0), {"speed_mps": np.full(600, 3.0)})
    assert step_for([stream]) == STEP.value


def test_a_change_is_found_within_a_fifth_of_a_second(recording):
    bouts = told(recording, saying(4.0, (20.4, 41.6)))
    assert [way for *_, way in bouts] == [Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD]
    assert bouts[1][0] == pytest.approx(20.4, abs=0.21)
    assert bouts[1][1] == pytest.approx(41.6, abs=0.21)


def test_a_stumble_is_no_change_of_direction(recording):
    short = told(recording, saying(5.0, (30.0, 32.2)))
    assert Direction.BACKWARD not in {way for *_, way in short}
    longer = told(recording, saying(5.0, (30.0, 33.0)))
    assert Direction.BACKWARD in {way for *_, way in longer}


def test_short_clips_with_a_change_keep_both_sides(recording):
    one = recording(4.0, streams=(sensor(seconds=4.0),))
    bouts = find_bouts_with(saying(5.0, (0.0, 2.0)), one, one.main)
    assert [bout.direction for bout in bouts] == [Direction.BACKWARD, Direction.FORWARD]


def test_steps_agree_but_a_watch_is_one_witness(recording):
    one = recording(SECONDS, streams=(sensor(),))
    shares = {}
    for evidence_s in (0.5, 1.0):
        (bout,) = find_bouts_with(saying(1.5, evidence_s=evidence_s), one, one.main)
        shares[evidence_s] = np.log(bout.probability_share / (1.0 - bout.probability_share))
    assert shares[0.5] / shares[1.0] == pytest.approx(STEPS_AGREE.value, rel=0.02)


def test_what_is_hardly_seen_is_unknown(recording):
    barely = np.log(LEAST_SENSED.value / (1.0 - LEAST_SENSED.value)) / STEPS_AGREE.value
    assert told(recording, saying(0.9 * barely)) == [(0.0, SECONDS, Direction.UNKNOWN)]
    assert told(recording, saying(1.1 * barely)) == [(0.0, SECONDS, Direction.FORWARD)]


def test_rows_of_a_watch_weigh_a_fifth_on_the_fine_clock():
    said = np.zeros((10, len(State)))
    said[:, State.BACKWARD_RUN] = -2.0
    speaks = np.ones(10, dtype=bool)
    watch, foot = Opinion("watch", said, speaks), Opinion("foot", said, speaks, evidence_s=0.4)
    assert summed([watch], 10, 0.2)[0][0, State.BACKWARD_RUN] == pytest.approx(-0.4)
    assert summed([foot], 10, 0.2)[0][0, State.BACKWARD_RUN] == pytest.approx(-1.0)


def test_sideways_and_turning_are_answered(recording):
    def judge(recording, time_s):
        said = np.full((len(time_s), len(State)), -4.0)
        said[time_s < 20.0, State.SIDEWAYS] = 0.0
        said[(time_s >= 20.0) & (time_s < 40.0), State.TURNING] = 0.0
        said[time_s >= 40.0, State.STILL] = 4.0
        return Opinion("sensed", said, time_s < 40.0, 0.5)

    bouts = told(recording, {"sensed": SimpleNamespace(judge=judge, judge_person=None, role=Role.DIRECTION)})
    assert [way for *_, way in bouts] == [Direction.SIDEWAYS, Direction.TURNING, Direction.STILL]
    one = recording(SECONDS, streams=(sensor(),))
    (*_, still) = find_bouts_with(
        {"sensed": SimpleNamespace(judge=judge, judge_person=None, role=Role.DIRECTION)}, one, one.main
    )
    assert still.found_by == "sensed"


def test_who_shows_the_order_of_steps_does_not_stand(recording):
    """Changing direction every six seconds must not be taken for standing because that saves the changes."""

    def judge(recording, time_s):
        backward = (time_s // 6.0) % 2 == 1
        said = np.full((len(time_s), len(State)), -3.0)
        said[:, State.STILL] = 0.0
        said[:, State.FORWARD_WALK] = np.where(backward, -4.0, 0.0)
        said[:, State.BACKWARD_WALK] = np.where(backward, 0.0, -4.0)
        return Opinion("sensed", said, np.ones(len(time_s), dtype=bool), 0.5)

    bouts = told(recording, {"sensed": SimpleNamespace(judge=judge, judge_person=None, role=Role.DIRECTION)})
    assert [way for *_, way in bouts] == [Direction.FORWARD, Direction.BACKWARD] * 5


def test_steps_that_contradict_each_other_do_not_take_the_direction_beside_them(recording):
    """From 25 to 45 s every other step says backward: a change is too dear for each, and the whole is a tie."""
    spans = [(start_s, start_s + 0.6) for start_s in np.arange(25.0, 45.0, 1.2)]
    bouts = told(recording, saying(3.0, *spans))
    assert [way for *_, way in bouts] == [Direction.FORWARD, Direction.UNKNOWN, Direction.FORWARD]
    assert bouts[1][0] == pytest.approx(25.0, abs=3.0)
    assert bouts[1][1] == pytest.approx(45.0, abs=3.0)
    few = told(recording, saying(3.0, (30.0, 30.6), (33.0, 33.6), (36.0, 36.6)))
    assert [way for *_, way in few] == [Direction.FORWARD]


def test_a_second_of_a_watch_weighs_no_more_on_a_finer_clock(recording):
    assert told(recording, saying(4.0, (20.0, 21.0), evidence_s=1.0)) == [(0.0, SECONDS, Direction.FORWARD)]


@pytest.mark.parametrize(("silent_s", "bouts"), [(4.0, 1), (6.0, 3)])
def test_a_silence_is_as_long_on_a_finer_clock(recording, silent_s, bouts):
    detector = saying(4.0)["sensed"]

    def judge(seen, time_s):
        said = detector.judge(seen, time_s)
        said.speaks[(time_s >= 20.0) & (time_s < 20.0 + silent_s)] = False
        return said

    heard = {"sensed": SimpleNamespace(judge=judge, judge_person=None, role=Role.DIRECTION)}
    assert len(told(recording, heard)) == bouts


@pytest.mark.parametrize("silence_s", [1.0, 4.0])
def test_a_change_that_lies_in_a_silence_is_not_told_there(recording, silence_s):
    """Whoever is silent from before a change until after it does not know where in it the change was."""
    (detector,) = saying(4.0, (30.0, 60.0)).values()

    def judge(seen, time_s):
        opinion = detector.judge(seen, time_s)
        silent = (time_s >= 28.0) & (time_s < 28.0 + silence_s)
        opinion.log_likelihood[silent] = 0.0
        return Opinion("sensed", opinion.log_likelihood, ~silent, 0.5)

    silent_once = {"sensed": SimpleNamespace(judge=judge, judge_person=None, role=Role.DIRECTION)}
    bouts = told(recording, silent_once)
    if silence_s < 2.0:  # the change comes after it: what is the same on both sides fills it
        assert [way for _, _, way in bouts] == [Direction.FORWARD, Direction.BACKWARD]
    else:
        assert [way for _, _, way in bouts] == [Direction.FORWARD, Direction.UNKNOWN, Direction.BACKWARD]
        np.testing.assert_allclose(bouts[1][:2], (28.0, 32.0), atol=0.11)
