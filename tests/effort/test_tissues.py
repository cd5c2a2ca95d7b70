"""What the backward part did to each tissue: factors, steps, intervals, sums."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work import lines_run

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import OutsideValidRange
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
from backward_running.core.standing import Standing
from backward_running.core.tissue import Basis, Change, Confidence, ForwardSteps, KnownFrom
from backward_running.effort import tissue_knee_patellofemoral_force as knee
from backward_running.effort import tissues
from backward_running.effort.tissue_constant_factors import PEAK_FORCE
from backward_running.effort.tissues import BackwardBout, all_tissues, change_of, tissue_loads

#: science.md section 4: factor, 80 % interval, confidence.
TABLE = {
    "knee": (0.76, 0.55, 1.05, Confidence.MODERATE),
    "calf_and_achilles": (1.15, 0.9, 1.5, Confidence.VERY_LOW),
    "forefoot": (1.2, 0.9, 1.6, Confidence.VERY_LOW),
    "quadriceps": (1.5, 1.2, 2.1, Confidence.LOW),
    "hamstring": (0.8, 0.6, 1.0, Confidence.LOW),
    "peak_force": (1.04, 0.90, 1.15, Confidence.MODERATE),
}
speeds = st.floats(2.0, 3.4)
cadences = st.floats(140.0, 220.0)
lengths_s = st.floats(10.0, 3000.0)


def run(speed=2.1, cadence=172.0, seconds=100.0, *, start_s=0.0, gait=Gait.RUN, own=None, same=None, grade=None):
    """Make a backward bout."""
    bout = Bout(start_s, start_s + seconds, Direction.BACKWARD, gait, 0.9, "nothing")
    steps = None if cadence is None else cadence * seconds / 60
    facts = BoutFacts(bout, seconds, None if speed is None else speed * seconds, steps, cadence_spm=cadence)
    return BackwardBout(facts, own, same, grade)


def forward(speed=3.0, cadence=172.0, low=None, high=None, gait=Gait.RUN):
    return ForwardSteps(gait, speed, cadence, low or cadence, high or cadence, KnownFrom.THIS_RUN)


def load(key, *bouts):
    return {one.key: one for one in tissue_loads(bouts)}[key]


def three(said):
    return said.value, said.low, said.high


@pytest.mark.parametrize("key", TABLE)
def test_the_factors_are_those_of_the_table(key):
    tissue = {one.key: one for one in all_tissues()}[key]
    best, low, high, confidence = TABLE[key]
    take = tissue.model
    assert [float(one(speed_mps=2.5)) for one in (take.best, take.low, take.high)] == [best, low, high]
    assert tissue.confidence is confidence
    assert take.standing is Standing.OPINION


def test_the_tissues_are_those_of_the_table_and_no_others():
    assert {one.key for one in all_tissues()} == set(TABLE)


def test_the_knee_is_that_of_roos_when_running_and_that_of_sussman_when_very_slow():
    assert knee.patellofemoral_force_ratio(2.5) == pytest.approx(3.4 / 4.5, abs=0.005)
    slow = 3.51 / 3.41
    assert knee.patellofemoral_force_low_ratio(1.0) < slow < knee.patellofemoral_force_high_ratio(1.0)
    assert knee.patellofemoral_force_ratio(1.0) == 1.0


def test_the_knee_interval_holds_flynn_or_says_by_how_much_it_does_not():
    assert pytest.approx(0.54, abs=0.005) == 3.0 / 5.6  # own speeds: backward was slower, so it lies below the interval
    assert knee.patellofemoral_force_low_ratio(2.5) > 3.0 / 5.6


@given(st.floats(0.0, 3.5), st.floats(0.0, 3.5))
def test_the_knee_never_bears_more_per_step_the_faster_it_goes(one, other):
    slow, fast = sorted((one, other))
    assert knee.patellofemoral_force_ratio(slow) >= knee.patellofemoral_force_ratio(fast)


def test_beyond_its_speeds_the_knee_is_not_known():
    with pytest.raises(OutsideValidRange):
        knee.patellofemoral_force_ratio(3.6)
    said = load("knee", run(4.0, own=forward())).said[Basis.STEP]
    assert isinstance(said, NotKnown)
    assert "3.5" in said.why


def test_the_peak_force_holds_both_studies():
    peak = PEAK_FORCE.model
    low, high = peak.low(3.0), peak.high(3.0)
    assert low < (9.81 + 15.7) / (9.81 + 13.2) < high
    assert low < 2.4 / 2.3 < high


def test_shorter_steps_undo_a_saving_per_step():
    """PFJ −24 % per step at 70 % of the forward speed with unchanged cadence is +8 % per kilometre."""
    said = load("knee", run(2.1, 172.0, own=forward(3.0, 172.0))).said
    assert said[Basis.STEP].value == pytest.approx(0.76)
    assert said[Basis.MINUTE].value == pytest.approx(0.76)
    assert said[Basis.KILOMETRE].value == pytest.approx(0.76 / 0.7)
    assert said[Basis.KILOMETRE].value == pytest.approx(1.08, abs=0.01)


def test_without_own_forward_steps_the_published_ratio_and_its_interval_are_taken():
    said = load("knee", run(2.1)).said[Basis.KILOMETRE]
    assert said.value == pytest.approx(0.76 * 1.095)
    down = math.hypot(math.log(0.76 / 0.55), math.log(1.095 / 1.08))
    assert said.low == pytest.approx(said.value * math.exp(-down))
    assert tissues.PUBLISHED in said.caveats
    assert tissues.OWN_PACE not in said.caveats


def test_at_the_same_speed_minute_and_kilometre_are_one_and_own_steps_are_used():
    own = load("knee", run(2.1, 180.0, own=forward(), same=forward(2.1, 160.0, 150.0, 170.0)))
    assert own.same_speed.value == pytest.approx(0.76 * 180 / 160)
    assert own.same_speed.caveats == ()
    assert own.said[Basis.MINUTE].value == pytest.approx(0.76 * 180 / 172)
    assert tissues.OWN_PACE in own.said[Basis.MINUTE].caveats


def test_where_only_the_same_speed_is_known_minute_and_kilometre_stand_on_it():
    one = load("knee", run(2.1, 180.0, same=forward(2.1, 160.0, 150.0, 170.0)))
    assert one.said[Basis.MINUTE].value == one.said[Basis.KILOMETRE].value == one.same_speed.value


def test_without_steps_only_the_step_is_known_and_it_says_what_would_help():
    said = load("knee", run(cadence=None, own=forward())).said
    assert said[Basis.STEP].value == 0.76
    for basis in (Basis.MINUTE, Basis.KILOMETRE, Basis.SESSION):
        assert isinstance(said[basis], NotKnown)
        assert "cadence" in said[basis].why


def test_cadence_alone_gives_the_steps():
    bout = run(own=forward())
    bare = replace(bout, facts=replace(bout.facts, steps_count=None))
    assert three(load("knee", bare).said[Basis.SESSION]) == pytest.approx(three(load("knee", bout).said[Basis.SESSION]))


def test_without_a_distance_nothing_is_known_and_it_says_what_would_help():
    said = load("knee", run(speed=None)).said
    assert all(isinstance(one, NotKnown) and "distance" in one.why for one in said.values())


def test_walking_is_known_of_the_knee_alone():
    loads = {one.key: one for one in tissue_loads([run(1.2, 110.0, gait=Gait.WALK)])}
    assert isinstance(loads.pop("knee").said[Basis.STEP], Estimate)
    assert {one.said[Basis.STEP].why for one in loads.values()} == {tissues.WALKED}
    assert {one.changes[Basis.STEP] for one in loads.values()} == {Change.NOT_KNOWN}


def test_what_a_walk_leaves_out_is_said_beside_what_a_run_gives():
    said = load("calf_and_achilles", run(), run(1.2, 110.0, start_s=200.0, gait=Gait.WALK)).said[Basis.SESSION]
    assert said.value == pytest.approx(1.15 * 172.0 * 100 / 60)
    assert tissues.WALKED in said.left_out


@pytest.mark.parametrize(("speed", "gait"), [(2.1, Gait.RUN), (1.2, Gait.WALK)])
def test_a_gait_that_was_not_found_is_read_off_the_speed(speed, gait):
    assert run(speed, gait=None).gait is gait


def test_downhill_nothing_is_said_of_the_calf_and_the_rest_is_doubted():
    loads = {one.key: one for one in tissue_loads([run(grade=-0.02)])}
    assert isinstance(loads["calf_and_achilles"].said[Basis.STEP], NotKnown)
    assert tissues.SLOPED in loads["knee"].said[Basis.STEP].caveats
    assert tissues.SLOPED not in load("knee", run(grade=0.0)).said[Basis.STEP].caveats


def test_a_forward_bout_is_left_out():
    bout = run()
    ahead = replace(bout, facts=replace(bout.facts, bout=replace(bout.facts.bout, direction=Direction.FORWARD)))
    assert load("knee", ahead).said[Basis.STEP].why == tissues.NO_BACKWARD


def test_outside_the_studied_speeds_it_says_so():
    assert tissues.OUTSIDE in load("quadriceps", run(3.8)).said[Basis.STEP].caveats
    assert tissues.OUTSIDE not in load("quadriceps", run(2.5)).said[Basis.STEP].caveats


@given(speeds, cadences, lengths_s, st.floats(2.2, 5.0), cadences)
def test_low_best_and_high_are_in_order(speed, cadence, seconds, own_speed, own_cadence):
    own = forward(own_speed, own_cadence, own_cadence * 0.97, own_cadence * 1.03)
    for one in tissue_loads([run(speed, cadence, seconds, own=own)]):
        for said in (*one.said.values(), one.same_speed):
            assert said.low < said.value < said.high


@given(speeds, speeds, cadences)
def test_a_shorter_step_changes_the_kilometre_and_not_the_step(one, other, cadence):
    """The factor is the same at both speeds, so only the length of the step is."""
    this, that = (load("quadriceps", run(v, cadence, own=forward())).said for v in (one, other))
    assert this[Basis.STEP].value == that[Basis.STEP].value
    assert this[Basis.MINUTE].value == pytest.approx(that[Basis.MINUTE].value)
    assert this[Basis.KILOMETRE].value * one == pytest.approx(that[Basis.KILOMETRE].value * other)


@given(st.lists(st.tuples(speeds, cadences, lengths_s), min_size=1, max_size=5))
def test_the_session_is_the_sum_of_its_bouts(rows):
    bouts = [run(*row, start_s=4000.0 * number, own=forward()) for number, row in enumerate(rows)]
    for number, whole in enumerate(tissue_loads(bouts)):
        alone = [tissue_loads([one])[number].said[Basis.SESSION] for one in bouts]
        assert three(whole.said[Basis.SESSION]) == pytest.approx([sum(p) for p in zip(*map(three, alone), strict=True)])


@given(st.lists(st.tuples(speeds, cadences, lengths_s), min_size=2, max_size=5))
def test_the_kilometre_of_a_session_lies_between_those_of_its_bouts(rows):
    bouts = [run(*row, start_s=4000.0 * number, own=forward()) for number, row in enumerate(rows)]
    alone = [load("knee", one).said[Basis.KILOMETRE].value for one in bouts]
    assert min(alone) - 1e-9 <= load("knee", *bouts).said[Basis.KILOMETRE].value <= max(alone) + 1e-9


def test_a_less_sure_forward_cadence_widens_the_interval():
    sure, unsure = (
        load("knee", run(own=forward(3.0, 172.0, *ends))).said[Basis.MINUTE] for ends in ((172, 172), (150, 195))
    )
    assert unsure.low < sure.low
    assert sure.high < unsure.high
    assert sure.value == unsure.value


@pytest.mark.parametrize(
    ("ends", "change"),
    [
        ((1.5, 1.2, 2.1), Change.MORE),
        ((1.15, 0.9, 1.5), Change.PROBABLY_MORE),
        ((1.04, 0.90, 1.15), Change.SAME),
        ((0.76, 0.55, 1.05), Change.PROBABLY_LESS),
        ((0.7, 0.5, 0.9), Change.LESS),
    ],
)
def test_the_word_follows_the_interval(ends, change):
    assert change_of(Estimate("load_per_step_ratio", *ends, "m", Standing.OPINION)) is change


def test_many_bouts_are_each_looked_at_once():
    bouts = [run(start_s=200.0 * number, own=forward()) for number in range(500)]
    tissue_loads(bouts[:1])  # what is read once and kept
    assert lines_run(lambda: tissue_loads(bouts)) <= 11 * lines_run(lambda: tissue_loads(bouts[:50]))


def test_a_missing_speed_stays_missing():
    for one in all_tissues():
        assert np.isnan(one.model.best(speed_mps=math.nan))
