"""The calculator, and the runner's own factor through store and activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.recording import Stream
from backward_running.core.session import Estimate, NotKnown, Paint
from backward_running.core.standing import Standing
from backward_running.effort import at_speed
from backward_running.flows import activity, anew, cost, judging, paint, profile, trash
from backward_running.flows.cost_views import Asked
from backward_running.flows.intake import import_file
from backward_running.formats.fit_activity import FitActivity, write_activity

BACKWARD, FORWARD = Direction.BACKWARD, Direction.FORWARD
ASKED = Asked(2.2, 0.0, BACKWARD, 70.0)
SECONDS, TURN = 1200, 700
RUNNER = Athlete(resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=190.0, mass_kg=70.0)
DAY = datetime(2026, 5, 1, 7, tzinfo=UTC)


def fit(number: int, factor: float, *, simulated: bool = False, heart: bool = True) -> bytes:
    """A run whose heart beats 3 times above rest per unit of demand, `factor` times that backward."""
    backward = np.arange(SECONDS) >= TURN
    speed = np.where(backward, 2.2, 2.8)
    demand = 2.209 + 3.163 * 3.6 * speed - 3.5
    columns = {
        "speed_mps": speed,
        "distance_m": np.cumsum(speed),
        "cadence_spm": np.full(SECONDS, 168.0),
        "heart_rate_bpm": np.round(60.0 + 3.0 * demand * np.where(backward, factor, 1.0)),
    }
    if not heart:
        del columns["heart_rate_bpm"]
    stream = Stream("wrist", "earth", np.arange(float(SECONDS)), columns)
    begun = DAY + timedelta(days=number)
    return write_activity(
        FitActivity(begun, stream, utc_offset_s=0, sport="running", title=f"Run {number}", simulated=simulated)
    )


DELETED = datetime(2026, 11, 22, tzinfo=UTC)


def taken_in(store, now, number: int, factor: float = 1.2, *, simulated: bool = False) -> str:
    (entry,) = import_file(store, f"{number}.fit", fit(number, factor, simulated=simulated), now=now)
    name = entry.activity_ids[0]
    paint.paint(store, name, Paint(0.0, float(TURN), FORWARD))
    paint.paint(store, name, Paint(float(TURN), float(SECONDS), BACKWARD))
    return name


@pytest.fixture
def taught(store, now):
    """A store with four runs painted both ways, of a runner whose factor is 1.2."""
    store.put_athlete(RUNNER)
    store.ids = [taken_in(store, now, number) for number in range(4)]
    return store


def test_an_empty_store_answers_from_the_studies_and_says_what_is_missing(store) -> None:
    view = cost.calculate(store, ASKED)
    assert view.own_recordings == 0
    assert isinstance(view.ratio, Estimate)
    assert view.ratio.standing is Standing.REPLICATED
    assert isinstance(view.backward.heart_rate, NotKnown)
    assert "resting heart rate" in view.backward.heart_rate.why
    assert view.heart_rate_ratio.value == 1.16
    assert view.badges.keys() >= {"oxygen_uptake_backward_run_this_project", "oxygen_uptake_leger_mercier_1984"}


def test_per_metre_and_per_second_are_the_same_energy(store) -> None:
    view = cost.calculate(store, ASKED)
    assert isinstance(view.backward.cost, Estimate)
    assert isinstance(view.backward.power, Estimate)
    assert view.backward.cost.value * ASKED.speed_mps == pytest.approx(view.backward.power.value)
    kcal_per_km = view.backward.cost.value * 70.0 * 1000 / 4184
    assert kcal_per_km == pytest.approx(
        view.backward.oxygen_uptake.value / 1000 * 70 * (1000 / 2.2 / 60) * 5.0, rel=1e-3
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"speed_mps": 0.4}, "speed"),
        ({"speed_mps": 7.0}, "6.5"),
        ({"grade_ratio": 0.46}, "45 %"),
        ({"mass_kg": 900.0}, "300 kg"),
        ({"direction": Direction.STILL}, "forward or backward"),
    ],
)
def test_what_cannot_be_is_refused_with_what_is_accepted(store, changes, words) -> None:
    with pytest.raises(BadValue, match=words):
        cost.calculate(store, replace(ASKED, **changes))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (Asked(2.2, -0.02, BACKWARD, None), "downhill"),
        (Asked(1.3, 0.0, BACKWARD, None), "walking"),
        (Asked(2.2, 0.0, FORWARD, None), "would be a walk"),
        (Asked(5.5, 0.0, FORWARD, None), "above 3.5"),
        (Asked(3.0, -0.05, FORWARD, None), "downhill"),
        (Asked(2.6, 0.28, FORWARD, None), "25 %"),
    ],
)
def test_equal_effort_is_not_known_where_backward_is_not(store, asked, words) -> None:
    found = cost.calculate(store, asked).equal_effort_speed
    assert isinstance(found, NotKnown)
    assert words in found.why


def test_equal_effort_speeds_lie_in_order_both_ways(store) -> None:
    for asked in (Asked(3.0, 0.0, FORWARD, None), Asked(2.2, 0.0, BACKWARD, None)):
        found = cost.calculate(store, asked).equal_effort_speed
        assert isinstance(found, Estimate)
        assert found.low < found.value < found.high


def test_curves_are_silent_where_nobody_measured(store) -> None:
    view = cost.calculate(store, ASKED)
    backward = view.over_speed[1]
    assert [best is None for at, best in zip(backward.at, backward.best, strict=True)] == [
        at < 0.6 or at > 3.5 for at in backward.at
    ]
    grades = view.over_grade[1]
    assert all((best is None) == (at < 0) for at, best in zip(grades.at, grades.best, strict=True) if at < 0.2)
    assert None not in view.over_speed[0].best


def test_the_factor_is_learned_from_painted_runs(taught) -> None:
    view = cost.your_factor(taught)
    assert view.enough
    assert len(view.seen) == 4
    assert [one.ratio for one in view.seen] == pytest.approx([1.2] * 4, abs=0.02)
    # A little below 1.2: backward came last, and hearts drift.
    assert 1.15 < view.posterior.value < view.prior.value == pytest.approx(1.29)
    assert view.posterior.high - view.posterior.low < view.prior.high - view.prior.low
    assert view.posterior.standing is Standing.MEASURED
    assert max(view.density.posterior) == 1.0
    assert isinstance(view.maximal_oxygen_uptake, Estimate)
    assert view.maximal_oxygen_uptake.value == pytest.approx(3.5 + 130 / 3.0, rel=0.01)


def test_the_calculator_and_the_heart_use_it(taught) -> None:
    view = cost.calculate(taught, ASKED)
    assert view.own_recordings == 4
    assert isinstance(view.ratio, Estimate)
    assert view.ratio.standing is Standing.MEASURED
    assert isinstance(view.forward.heart_rate, Estimate)
    assert isinstance(view.backward.heart_rate, Estimate)
    assert view.forward.heart_rate.value == pytest.approx(60 + 3.0 * (2.209 + 3.163 * 7.92 - 3.5), abs=1.0)
    assert view.backward.heart_rate.value > view.forward.heart_rate.value


def _is_priced_by_own_factor(store, activity_id) -> bool:
    (energy,) = [one.energy_j_per_kg for one in store.session(activity_id).bouts if one.bout.direction is BACKWARD]
    assert isinstance(energy, Estimate)
    return any("in 3 recordings" in caveat for caveat in energy.caveats)


def test_a_run_is_priced_by_what_those_before_it_showed(taught) -> None:
    list(anew.derive_anew(taught))
    assert [_is_priced_by_own_factor(taught, name) for name in taught.ids] == [False, False, False, True]
    profile.put_athlete(taught, replace(RUNNER, backward_experience_min=50.0))
    assert anew.due(taught) == anew.Due(4, 4)
    list(anew.derive_anew(taught))
    assert [_is_priced_by_own_factor(taught, name) for name in taught.ids] == [False, False, False, True]


def test_a_lesson_that_changes_marks_the_runs_after_it_and_no_other(taught) -> None:
    list(anew.derive_anew(taught))
    first, second, third, fourth = taught.ids
    trash.delete(taught, first, now=DELETED)
    assert anew.due_of(taught, taught.ids) == {second, third, fourth}
    list(anew.derive_anew(taught))
    assert not _is_priced_by_own_factor(taught, fourth)
    trash.restore(taught, first)
    assert anew.due_of(taught, taught.ids) == {first, second, third, fourth}
    list(anew.derive_anew(taught))
    assert _is_priced_by_own_factor(taught, fourth)
    paint.undo(taught, third)
    assert anew.due_of(taught, taught.ids) == {fourth}
    assert [one.activity_id for one in anew.mismatches(taught)] == [fourth]
    list(anew.derive_anew(taught))
    assert list(anew.mismatches(taught)) == []


def test_deleting_and_painting_take_its_part_back(taught) -> None:
    trash.delete(taught, taught.ids[0], now=DELETED)
    assert len(cost.your_factor(taught).seen) == 3
    paint.paint(taught, taught.ids[1], Paint(float(TURN), float(SECONDS), FORWARD))
    assert [one.activity_id for one in cost.your_factor(taught).seen] == taught.ids[2:]
    paint.undo(taught, taught.ids[1])
    assert len(cost.your_factor(taught).seen) == 3
    judging.forget_all(taught)
    assert cost.your_factor(taught).seen == ()


def test_the_demo_runner_teaches_nothing_about_the_real_one(taught, now) -> None:
    taken_in(taught, now, 9, 1.5, simulated=True)
    assert len(cost.your_factor(taught).seen) == 4
    assert not cost.your_factor(taught).simulated


def test_without_a_resting_heart_rate_it_says_so(taught) -> None:
    taught.put_athlete(replace(RUNNER, resting_heart_rate_bpm=None))
    view = cost.your_factor(taught)
    assert view.why_none is not None
    assert "resting heart rate" in view.why_none
    assert isinstance(view.maximal_oxygen_uptake, NotKnown)


def test_an_activity_shows_energy_by_heart_rate_and_says_when_the_slope_is_not_known(taught) -> None:
    energy = activity.activity_page(taught, taught.ids[0]).energy
    assert energy is not None
    backward, adjusted = energy.heart_rate_energy[BACKWARD], energy.grade_adjusted_speed[FORWARD]
    assert isinstance(backward, Estimate)
    demand = 2.209 + 3.163 * 3.6 * 2.2 - 3.5
    assert backward.value == pytest.approx((3.5 + 1.2 * demand) * (SECONDS - TURN) / 60 * 20.92, rel=0.02)
    assert isinstance(adjusted, NotKnown)
    assert "height" in adjusted.why


def test_one_factor_one_interval_and_one_word_on_every_screen(store) -> None:
    """The page of the own factor, the price of a speed and the model say the same, before anything is learned."""
    low, best, high = at_speed.factors(None)
    page = cost.your_factor(store)
    assert (page.prior.low, page.prior.value, page.prior.high) == (low, best, high)
    assert (page.posterior.low, page.posterior.value, page.posterior.high) == pytest.approx((low, best, high), rel=0.02)
    way = cost.calculate(store, Asked(2.2, 0.0, BACKWARD, None)).backward
    assert isinstance(way.oxygen_uptake, Estimate)
    ratio = cost.calculate(store, Asked(2.2, 0.0, BACKWARD, None)).ratio
    assert isinstance(ratio, Estimate)
    like = way.oxygen_uptake.value / ratio.value
    net = [(end * like - 3.5) / (like - 3.5) for end in (ratio.low, ratio.value, ratio.high)]
    assert net == pytest.approx([low, best, high])
    assert page.prior.standing is page.posterior.standing is ratio.standing is Standing.REPLICATED
    assert way.oxygen_uptake.standing is Standing.SINGLE_STUDY, "an uptake leans on the forward price as well"
