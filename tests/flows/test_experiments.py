"""Experiments on oneself: frozen before they begin, answered at their end and not before, ended by a red flag."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.flows.test_adapt import ANSWERS

from backward_running.core.athlete import CheckIn
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue, NotFound, Stopped, StoreError
from backward_running.core.plan import Plan
from backward_running.flows import coach, experiments, measuring, said_done
from backward_running.store import open_store

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
BEGINS = date(2026, 6, 8)
END = NOW + timedelta(weeks=14)


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "home")
    yield store
    store.close()


def _register(store, **more):
    return experiments.register(store, "pairs_of_weeks", "enjoyment", now=NOW, begins_on=BEGINS, **more)


def _like(store, experiment, better=3.0):
    for phase in experiment.standing.phases:
        for number in range(7):
            value = 4.0 + better * phase.backward + 0.2 * (number % 3)
            measuring.keep(store, "enjoyment", value, now=END, on=phase.begins_on + timedelta(days=number))


def test_there_is_no_answer_before_the_end_and_one_at_it(store):
    made = _register(store)
    assert made.is_open and made.found is None and len(made.standing.phases) == 12
    _like(store, made)
    (before,) = experiments.experiments(store, now=NOW + timedelta(weeks=11))
    assert before.found is None and len(before.readings) == 84
    (after,) = experiments.experiments(store, now=END)
    assert after.found.works and after.found.p == 2 / 64 and not after.is_open
    assert after.found.effect == pytest.approx(3.0)


def test_what_was_frozen_is_what_is_analysed_or_nothing_is(store):
    made = _register(store)
    kept = json.loads(store.setting(experiments.SETTING))
    assert kept[0]["sha256"] == made.standing.sha256
    kept[0]["text"] = kept[0]["text"].replace('"better":1', '"better":-1')
    store.put_setting(experiments.SETTING, json.dumps(kept))
    with pytest.raises(StoreError, match="not as it was frozen"):
        experiments.experiments(store, now=END)


def test_a_red_flag_ends_it_and_the_readings_stay(store):
    made = _register(store)
    _like(store, made)
    store.add_check_in(CheckIn(NOW + timedelta(days=20), red_flags=("chest_pain",)))
    (stopped,) = experiments.experiments(store, now=END)
    assert stopped.standing.stopped_for_safety and stopped.found is None and not stopped.is_open
    assert len(stopped.readings) == 84


def test_a_red_flag_from_before_or_after_ends_nothing(store):
    made = _register(store)
    store.add_check_in(CheckIn(NOW - timedelta(days=20), red_flags=("chest_pain",)))
    _like(store, made)
    store.add_check_in(CheckIn(END, red_flags=("chest_pain",)))
    (done,) = experiments.experiments(store, now=END)
    assert not done.standing.stopped_for_safety and done.found.works


def test_one_at_a_time_and_never_in_the_past(store):
    with pytest.raises(BadValue, match="before today"):
        experiments.register(store, "pairs_of_weeks", "enjoyment", now=NOW, begins_on=date(2026, 5, 1))
    _register(store)
    with pytest.raises(BadValue, match="end it first"):
        experiments.register(
            store, "pairs_of_weeks", "enjoyment", now=NOW + timedelta(weeks=2), begins_on=date(2026, 7, 1)
        )
    ended = experiments.end(store, now=NOW)
    assert ended.standing.ended_on == NOW.date() and not ended.standing.stopped_for_safety
    with pytest.raises(NotFound):
        experiments.end(store, now=NOW)
    _register(store)


def test_what_has_not_begun_becomes_a_new_version_with_the_same_lot(store):
    first = _register(store)
    second = _register(store, units=8)
    old, new = experiments.experiments(store, now=NOW)
    assert (old.registered.version, new.registered.version) == (1, 2)
    assert old.standing.ended_on == NOW.date() and not old.is_open and new.is_open
    assert second.registered.seed == first.registered.seed
    assert second.standing.phases[:12] == first.standing.phases


def test_how_long_it_takes_is_said_first_and_where_it_cannot_be_told(store):
    def lengths(address):
        return experiments.offer_of(store, "pairs_of_weeks", address).lengths

    assert lengths("enjoyment") == ()
    for number in range(60):
        measuring.keep(
            store, "enjoyment", 5.0 + (number // 7) % 2, now=NOW, on=date(2026, 4, 1) + timedelta(days=number)
        )
    small, large = lengths("enjoyment")
    assert small.needed.units >= large.needed.units >= 6 and small.weeks == 2 * small.needed.units
    wild = (0.0, 10.0)
    for number in range(0, 56, 7):
        measuring.keep(store, "variety", wild[number // 7 % 2], now=NOW, on=date(2026, 4, 1) + timedelta(days=number))
    assert lengths("variety")[0].needed is None


def test_half_way_it_is_answered_only_where_it_works_already(store):
    made = experiments.register(store, "pairs_of_weeks", "enjoyment", now=NOW, begins_on=BEGINS, units=18)
    half = made.first_look_on
    assert half == BEGINS + timedelta(weeks=18) and made.next_answer_on == half
    over = NOW + timedelta(weeks=40)
    for phase in made.standing.phases:
        for number in range(2, 7):
            on = phase.begins_on + timedelta(days=number)
            measuring.keep(store, "enjoyment", 4.0 + 3.0 * phase.backward + 0.2 * (number % 3), now=over, on=on)
    (before,) = experiments.experiments(store, now=NOW + timedelta(weeks=17))
    assert before.found is None and before.is_open
    (early,) = experiments.experiments(store, now=NOW + timedelta(weeks=20))
    assert early.is_early and early.found.works and early.found.used == 9 and not early.is_open


def _planned(store, now):
    made = coach.start_plan(store, ANSWERS | {"starts_on": now.date()}, now=now)
    assert isinstance(made, Plan) and made.weeks
    return made


def test_the_plan_leaves_weeks_without_out_and_gets_no_more_than_it_held(store):
    before = _planned(store, NOW)
    made = _register(store)
    after = coach.current_plan(store, today=NOW.date())
    without = [phase for phase in made.standing.phases if not phase.backward]
    assert without and not [
        workout for workout in after.workouts() for phase in without if phase.begins_on <= workout.on <= phase.ends_on
    ]
    assert coach.current_plan(store, today=NOW.date()) == after, "a second look changes nothing"
    assert any("experiment" in reason.text for change in after.changes for reason in change.reasons)
    for week_before, week_after in zip(before.weeks, after.weeks, strict=False):
        held, holds = (
            sum(workout.duration_s(Direction.BACKWARD) for workout in week.workouts)
            for week in (week_before, week_after)
        )
        assert holds <= held, "an experiment only removes or delays"
        assert len(week_after.workouts) <= len(week_before.workouts)
    assert len(list(after.workouts())) <= len(list(before.workouts())), "no session more than the plan held"
    for days in (1, 8, 15):  # … and none comes back on a later day
        later = NOW + timedelta(days=days)
        seen = coach.current_plan(store, today=later.date())
        assert len(list(seen.workouts())) <= len(list(after.workouts()))


def test_a_plan_made_during_an_experiment_keeps_its_days(store):
    made = _register(store)
    plan = _planned(store, NOW)
    without = [phase for phase in made.standing.phases if not phase.backward]
    assert not [
        workout for workout in plan.workouts() for phase in without if phase.begins_on <= workout.on <= phase.ends_on
    ]


def test_nothing_is_written_down_while_something_stops_the_plan(store):
    store.add_check_in(CheckIn(NOW, red_flags=("chest_pain",)))
    with pytest.raises(Stopped):
        _register(store)


def test_today_says_the_phase_and_asks_for_what_was_not_measured_for_three_days(store):
    assert experiments.due(store, today=NOW.date()) is None
    made = _register(store)
    waits = experiments.due(store, today=NOW.date())
    assert waits.backward is None and waits.until == BEGINS and not waits.is_due
    day = BEGINS + timedelta(days=4)
    asked = experiments.due(store, today=day)
    assert asked.backward == made.standing.phases[0].backward and asked.until == made.standing.phases[0].ends_on
    assert asked.is_due and asked.is_typed
    measuring.keep(store, "enjoyment", 5.0, now=END, on=day - timedelta(days=2))
    assert not experiments.due(store, today=day).is_due
    assert experiments.due(store, today=day + timedelta(days=1)).is_due


def test_how_far_it_was_kept_to_is_told(store):
    made = _register(store)
    phase = made.standing.phases[0]
    later = NOW + timedelta(weeks=1, days=6)
    said_done.say_extra(store, now=later, on=phase.begins_on + timedelta(days=2), backward_s=300.0)
    (seen,) = experiments.experiments(store, now=later)
    assert seen.kept.phases == 1
    assert seen.kept.as_drawn == phase.backward and seen.kept.backward_days_without == (not phase.backward)


def test_ended_before_its_time_it_takes_nothing_more_from_the_plan(store):
    _planned(store, NOW)
    _register(store)
    lowered = coach.current_plan(store, today=NOW.date())
    experiments.end(store, now=NOW)
    after = coach.current_plan(store, today=NOW.date())
    assert len(list(after.workouts())) == len(list(lowered.workouts())), "nothing is raised without the runner's word"
    assert experiments.due(store, today=NOW.date()) is None
