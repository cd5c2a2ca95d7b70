from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.plans.altering import altered

from backward_running.core.adaptation import Ceilings, Setback, SetbackKind
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Reason, Step, Week, Workout
from backward_running.plans import Answers, broken_rules

START = date(2026, 5, 4)
RUNNER = Answers(
    forward_runs_per_week=4,
    easy_speed_mps=3.0,
    longest_run_s=3600,
    backward_experience_min=0,
    days=(0, 1, 2, 3, 4, 5, 6),
    has_treadmill=False,
    has_spotter=True,
    has_known_spot=True,
    birth_year=1985,
    starts_on=START,
)
NUMBERS = itertools.count()


def day(number: int) -> date:
    return START + timedelta(days=number)


def session(number: int, minutes: float = 5, *, week: int = 1, **step: object) -> Workout:
    back = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=minutes * 60, speed_high_mps=1.2)
    name = f"x-w{week:02d}-{next(NUMBERS)}"
    return Workout(
        name, week, 1, "t", day(number), Place.TRACK_OR_GRASS, "a friend", (replace(back, **step),), "s", stage=week
    )


def weeks_of(*workouts: Workout) -> tuple[Week, ...]:
    last = max((one.week for one in workouts), default=0)
    return tuple(
        Week(number, day(7 * (number - 1)), tuple(one for one in workouts if one.week == number))
        for number in range(1, last + 1)
    )


def held(*workouts: Workout, setbacks: tuple[Setback, ...] = (), **answers: object) -> tuple[str, ...]:
    return broken_rules(weeks_of(*workouts), altered(RUNNER, **answers), setbacks)


GOOD = session(0)
OLD = tuple((day(-number), 300.0) for number in range(70, 0, -7))  #: ten weeks of going backward
SPRINT = {"duration_s": None, "distance_m": 20.0, "speed_high_mps": 2.2, "gait": Gait.RUN, "name": "BACK RUN"}


def fall(number: int, rest_days: int | None = 2) -> Setback:
    until = None if rest_days is None else day(number + rest_days)
    return Setback(SetbackKind.FALL, day(number), Reason("a fall"), rest_until=until)


def ceiling(**more: object) -> Ceilings:
    return Ceilings("physiotherapist", START, **more)


def test_a_good_week_breaks_none() -> None:
    assert held(GOOD, session(2, 5.5), session(4, 6)) == ()


def test_twelve_minutes_after_ten_is_a_break_and_eleven_are_not() -> None:
    (sentence,) = held(session(0, 12), backward_history=((day(-3), 600.0),))
    assert "12.0 backward minutes" in sentence and "11.0 are allowed" in sentence
    assert held(session(0, 11), backward_history=((day(-3), 600.0),)) == ()


@pytest.mark.parametrize(
    ("workouts", "answers", "says"),
    [
        # Days
        ((GOOD, session(1)), {}, "less than 48 hours"),
        ((session(28, week=5), session(29, week=5)), {}, "less than 48 hours"),
        ((session(0, week=4), session(1, week=5)), {"backward_history": OLD}, "less than 48 hours"),
        ((GOOD, replace(GOOD, workout_id="y")), {}, "less than 48 hours"),
        ((session(0),), {"backward_history": ((day(-1), 300.0),)}, "less than 48 hours"),
        (tuple(session(n, week=1) for n in (0, 2, 4, 6)), {}, "more than 3 sessions"),
        ((session(0),), {"backward_history": tuple((day(-n), 300.0) for n in (2, 4, 6))}, "more than 3 sessions"),
        ((GOOD,), {"days": (3,)}, "not a free day"),
        ((session(-7),), {}, "before the start"),
        ((GOOD,), {"not_before": day(1)}, "next session may be"),
        ((session(8),), {}, "does not lie in week 1"),
        ((session(2),), {"away": ((day(1), day(2)),)}, "away on"),
        ((replace(GOOD, workout_id="p-w01-1"),), {"skipped": ("w01-1",)}, "left out"),
        ((GOOD, replace(GOOD, on=day(2))), {}, "two sessions are called"),
        # Dose
        ((GOOD,), {"longest_run_s": 300, "forward_runs_per_week": 1}, "backward minutes in week"),
        ((GOOD,), {"longest_run_s": 1000, "backward_history": ((day(3), 600.0),)}, "backward minutes in week"),
        ((session(0, gait=Gait.RUN, speed_high_mps=2.0),), {"forward_runs_per_week": 0}, "backward minutes in week"),
        ((session(0, 70, direction=Direction.FORWARD, gait=Gait.RUN),), {}, "110 % of the longest run"),
        ((GOOD, session(2, 5.6)), {}, "5.5 are allowed"),
        ((session(0), session(35, 5.6, week=6)), {}, "5.0 are allowed"),
        ((session(0, 5.2),), {"first_week": 2, "backward_history": ((day(-2), 200.0),)}, "5.0 are allowed"),
        ((GOOD, session(6)), {"longest_run_s": 1000, "backward_history": ((day(3), 600.0),)}, "in the seven days to"),
        # Steps
        ((session(0, speed_high_mps=2.5),), {}, "no cap"),
        ((session(0, speed_high_mps=None),), {}, "no cap"),
        ((session(0, speed_high_mps=1.6, gait=Gait.RUN),), {}, "a run"),
        ((session(0, speed_high_mps=1.7),), {}, "a walk"),
        ((session(0, speed_high_mps=2.0, gait=Gait.RUN),), {"walking_only": True}, "only walking"),
        ((session(0, name="RETRO"),), {}, "not named"),
        ((session(0, distance_m=100.0),), {}, "not both"),
        ((session(0, duration_s=None, distance_m=100.0, direction=Direction.FORWARD, speed_high_mps=None),), {}, "how long it takes is open"),
        ((session(0, **SPRINT),), {}, "is a sprint"),
        ((session(49, **SPRINT, week=8),), {}, "is a sprint"),
        ((session(0, **{**SPRINT, "distance_m": 400.0, "speed_high_mps": 2.3}),), {}, "is a sprint"),
        ((replace(GOOD, grade_low_ratio=-0.005),), {}, "grade"),
        ((replace(GOOD, grade_high_ratio=0.06),), {}, "grade"),
        ((replace(GOOD, grade_low_ratio=-0.02),), {"backward_history": OLD}, "grade"),
        ((replace(GOOD, grade_high_ratio=0.11),), {"backward_history": OLD}, "grade"),
        # Who
        ((GOOD,), {"birth_year": 2011}, "without an adult"),
        ((GOOD,), {"birth_year": 2015, "has_supervisor": True}, "a runner of 10"),
        # What an adaptation holds
        ((GOOD,), {"hold_backward_s": 250.0}, "are held"),
        ((GOOD,), {"ceilings": ceiling(backward_session_s=240.0)}, "5.0 backward minutes on Monday 4 May, over a ceiling"),
        ((GOOD,), {"ceilings": ceiling(backward_speed_mps=1.0)}, "a speed of 1.2 m/s"),
        ((session(0, gait=Gait.RUN, speed_high_mps=2.0),), {"ceilings": ceiling(walking_only=True)}, "a run backward"),
        ((replace(GOOD, grade_high_ratio=0.04),), {"ceilings": ceiling(grade_high_ratio=0.02)}, "a grade of 0.04"),
        ((GOOD, session(3)), {"ceilings": ceiling(sessions_per_week_count=1)}, "more than 1 sessions in seven days"),
        (
            (GOOD, session(2)),  # the session of the day before it was said counts too
            {"ceilings": Ceilings("physiotherapist", day(1), sessions_per_week_count=1)},
            "more than 1 sessions in seven days",
        ),
    ],
)  # fmt: skip
def test_every_rule_bites(workouts: tuple[Workout, ...], answers: dict[str, object], says: str) -> None:
    assert any(says in sentence for sentence in held(*workouts, **answers)), held(*workouts, **answers)


@pytest.mark.parametrize(
    ("workouts", "answers"),
    [
        ((session(0, **SPRINT),), {"backward_history": OLD[:-1]}),
        ((session(0, **SPRINT),), {"backward_experience_min": 300.0}),
        ((session(0), session(57, **SPRINT, week=9)), {}),
        ((replace(GOOD, grade_low_ratio=-0.01, grade_high_ratio=0.1),), {"backward_history": OLD[:-1]}),
        ((session(0, week=5), session(1, week=5)), {"backward_history": OLD[:-1], "first_week": 5}),
        ((GOOD,), {"forward_runs_per_week": 0, "longest_run_s": 0}),
        ((replace(GOOD, workout_id="p-w01-1"),), {"days": (3,), "moved": (("w01-1", START),)}),
        ((GOOD, session(2)), {"ceilings": Ceilings("physiotherapist", day(9), sessions_per_week_count=1)}),
        ((GOOD,), {"ceilings": Ceilings("physiotherapist", day(-9), day(-1), backward_session_s=10.0)}),
        ((GOOD,), {"hold_backward_s": 300.0}),
    ],
)
def test_what_is_allowed_is_no_break(workouts: tuple[Workout, ...], answers: dict[str, object]) -> None:
    if answers.get("first_week") == 5:
        weeks = (Week(5, START, workouts),)
        assert broken_rules(weeks, altered(RUNNER, **answers)) == ()
    else:
        assert held(*workouts, **answers) == ()


@pytest.mark.parametrize(
    ("workout", "setback", "history", "says"),
    [
        (session(1), fall(0), (), "in the rest after a fall"),
        (session(2, 5.5), fall(0, None), ((day(-3), 300.0),), "more load on"),
        (session(4, 5.5), fall(0), ((day(-3), 300.0),), "more load on"),
        (session(0), fall(0), (), "in the rest after a fall"),
    ],
)
def test_after_a_setback(
    workout: Workout, setback: Setback, history: tuple[tuple[date, float], ...], says: str
) -> None:
    assert any(says in sentence for sentence in held(workout, setbacks=(setback,), backward_history=history))


def test_what_is_held_after_a_setback_is_said_in_minutes() -> None:
    (said,) = (one for one in held(session(0, 6), hold_backward_s=270.0) if "are held" in one)
    assert said.startswith("6.0 backward minutes on Monday 4 May, 4.5 are held")


def test_rest_ends_and_the_same_load_is_no_more() -> None:
    assert held(session(2), setbacks=(fall(0),), backward_history=((day(-3), 300.0),)) == ()
    assert held(session(2), setbacks=(fall(0),)) == (), "without a recording the starting dose holds"


def test_what_was_done_is_a_fact_and_no_break() -> None:
    done = replace(session(0, 40, speed_high_mps=2.9), workout_id="p-w01-9")
    assert held(done) != ()
    assert held(done, kept=(done,)) == ()
    assert any("48 hours" in one for one in held(done, session(1), kept=(done,)))
    assert any("less than 48" in one for one in held(done, session(1), kept=(done,), longest_run_s=9e4))
