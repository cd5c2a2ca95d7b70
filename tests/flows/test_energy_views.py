"""What a run cost, as the page gets it: the whole is the sum, and what is missing is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.session import Estimate, NotKnown, Paint
from backward_running.flows import activity, intake, paint, profile


@pytest.fixture
def run(store, now, session_fit):
    return intake.import_file(store, "session.fit", session_fit, now=now)[0].activity_ids[0]


def view_of(store, activity_id):
    return activity.activity_page(store, activity_id).energy


def sides_of(view):
    return {one.key: one for one in view.sides}


def test_the_whole_is_the_sum_over_bouts(store, run):
    view, bouts = view_of(store, run), store.session(run).bouts
    sides = sides_of(view)
    assert list(sides) == ["forward", "backward", "whole"]
    known = [one.energy_j_per_kg for one in bouts if isinstance(one.energy_j_per_kg, Estimate)]
    assert view.bouts_count == len(known)
    for end in ("low", "value", "high"):
        whole = getattr(sides["whole"].energy_j_per_kg, end)
        assert whole == pytest.approx(sum(getattr(one, end) for one in known))
        parts = [getattr(sides[key].energy_j_per_kg, end) for key in ("forward", "backward")]
        still = getattr(view.standing_j_per_kg, end) if view.standing_j_per_kg else 0.0
        assert whole == pytest.approx(sum(parts) + still)


def test_rates_times_what_they_stand_for_are_the_energy(store, run):
    for side in view_of(store, run).sides:
        energy = side.energy_j_per_kg.value
        assert side.power_w_per_kg.value * side.duration_s == pytest.approx(energy)
        assert side.cost_j_per_kg_m.value * side.distance_m == pytest.approx(energy)


def test_backward_costs_more_per_metre_and_net_lies_further_out(store, run):
    view = view_of(store, run)
    sides = sides_of(view)
    assert sides["backward"].cost_j_per_kg_m.value > sides["forward"].cost_j_per_kg_m.value
    assert view.net_ratio.value > view.gross_ratio.value > 1.0
    assert view.like_forward_j_per_kg < sides["backward"].energy_j_per_kg.value


def test_the_share_of_the_capacity_comes_with_the_profile(store, run):
    assert isinstance(sides_of(view_of(store, run))["backward"].capacity_share, NotKnown)
    profile.put_athlete(store, replace(store.athlete(), maximal_oxygen_uptake_ml_per_kg_min=52.0))
    said = sides_of(view_of(store, run))["backward"].capacity_share
    assert 0.3 < said.low < said.value < said.high


def test_nothing_backward_leaves_the_comparison_out(store, run):
    end_s = store.row(run).duration_s
    paint.paint(store, run, Paint(0.0, end_s, Direction.FORWARD))
    view = view_of(store, run)
    assert [one.key for one in view.sides] == ["forward", "whole"]
    assert view.net_ratio is None
    assert view.like_forward_j_per_kg is None
    assert isinstance(view.gross_ratio, NotKnown)


def test_nobody_is_guessed(store, run):
    assert store.athlete() == Athlete()


def test_what_the_heart_says_waits_for_rest_and_maximum_and_other_runs(store, run):
    view = view_of(store, run)
    assert all(isinstance(one, NotKnown) for one in view.heart_rate_energy.values())
    assert isinstance(view.capacity, NotKnown)


def test_a_capacity_is_read_off_the_heart_where_none_is_stated():
    from backward_running.effort import capacity_of
    from backward_running.effort.equal_effort import OwnHeart

    heart = OwnHeart(resting_bpm=50.0, maximal_bpm=190.0, beats=3.0, seconds_s=3600.0)
    read_off = capacity_of(Athlete(), heart)
    assert read_off.value == pytest.approx(3.5 + 140.0 / 3.0)
    assert read_off.low < read_off.value < read_off.high
    assert capacity_of(Athlete(maximal_oxygen_uptake_ml_per_kg_min=44.0), heart).value == 44.0
    assert isinstance(capacity_of(Athlete(), replace(heart, maximal_bpm=None)), NotKnown)
    assert isinstance(capacity_of(Athlete(), replace(heart, beats=0.5)), NotKnown), "no body has 283 ml/kg/min"
