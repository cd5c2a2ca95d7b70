"""What the scatter of the fixes can carry: a walk against a wander that goes as fast."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.gait.detectors.yaw._borne_out import LEAST_BORNE, borne_nat, carried
from backward_running.gait.detectors.yaw._offset_chains import Chains
from backward_running.signals.fix_scatter import FixError, fix_error

STEP_S = 0.5


def chains(*stretches):
    """One chain of stretches: seconds, and whether the first direction; None for no course."""
    number, gap = [], []
    for seconds, first in stretches:
        cells = round(seconds / STEP_S)
        number += [-1 if first is None else 0] * cells
        gap += [np.pi if first is False else 0.0] * cells
    return Chains(np.array(number), np.array(gap))


def borne(some, speed_mps, error):
    return borne_nat(some, some, np.full(len(some.number), speed_mps), error, STEP_S)


def test_a_slow_walk_under_a_wander_of_eight_metres_is_carried_a_minute_and_not_ten_seconds():
    wanders = FixError(0.6, 2.0 * 8.0**2 / 40.0)
    nat = borne(chains((60.0, True), (10.0, False), (60.0, True)), 0.7, wanders)
    assert nat[0] > 2.0
    assert nat[round(65.0 / STEP_S)] == 0.0
    assert borne(chains((10.0, True)), 0.7, FixError(0.6, 0.0))[0] > 10.0  # that still stands under open sky
    assert borne(chains((10.0, True)), 3.0, wanders)[0] > 2.0  # and so does a run


def test_where_the_course_went_the_other_way_nothing_is_carried():
    settled = chains((30.0, True))
    followed = Chains(settled.number, np.full(len(settled.number), np.pi))
    nat = borne_nat(followed, settled, np.full(len(settled.number), 1.0), FixError(0.6, 0.0), STEP_S)
    assert (nat == 0.0).all()


def test_a_chain_ends_where_it_may_have_slipped_and_not_where_there_is_no_course():
    wanders = FixError(0.6, 2.0 * 8.0**2 / 40.0)
    odd = [(6.0, False), (6.0, True)] * 4
    some = chains((60.0, True), *odd, (60.0, False))
    kept = carried(some, borne(some, 0.7, wanders), STEP_S).number
    assert kept[0] == 0
    assert kept[-1] == 1
    assert (kept[round(62.0 / STEP_S) : round(100.0 / STEP_S)] == -1).all()
    tunnel = chains((60.0, True), (600.0, None), (60.0, True))
    held = carried(tunnel, borne(tunnel, 0.7, wanders), STEP_S).number
    assert held[0] == held[-1] == 0
    assert (carried(some, np.full(len(some.number), LEAST_BORNE.value / 2.0), STEP_S).number == -1).all()


@pytest.mark.parametrize("every_s", [1.0, 5.0])
def test_what_wanders_is_told_from_what_each_fix_has_for_itself(every_s):
    rng = np.random.default_rng(4)
    time_s = np.arange(0.0, 6000.0, every_s)
    walk_m = np.cumsum(rng.normal(0.0, np.sqrt(2.0 * every_s), (2, len(time_s))), axis=1)
    own_m = rng.normal(0.0, 1.5, (2, len(time_s)))
    for wander_m, own, scatter, wander in ((walk_m, 0.0, 0.0, 2.0), (0.0, own_m, 1.5, 0.0), (walk_m, own_m, 1.5, 2.0)):
        north_m, east_m = 0.8 * time_s + wander_m + own
        found = fix_error(time_s, north_m / 110574, east_m / 111320)
        assert found.scatter_m == pytest.approx(scatter, abs=0.8)
        assert found.wander_m2ps == pytest.approx(wander, abs=0.5)


@pytest.mark.slow
def test_slow_walks_under_a_wander_of_eight_metres_are_never_surely_reversed(shared_data):
    """Nineteen of 72 scenes were sure and wrong."""
    from validation import _satellite_scenes as scenes
    from validation import _satellites as satellites

    for forward, backward in ((0.8, 0.6), (0.7, 0.7), (1.0, 0.8)):
        for turns in ("body", "both"):
            plan = scenes._of("slow", (False, 60.0, forward), (False, 60.0, backward), turns)
            assert satellites.line(plan, scenes.Sky(8.0), "waist").sure_mistakes == 0, (forward, turns)
