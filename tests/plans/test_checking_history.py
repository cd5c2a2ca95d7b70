"""Weeks held to what happened before them: what raises a ceiling, and what is left after something went wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from tests.plans.test_checking import START, day, session, weeks_of

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Reason, Week, Workout
from backward_running.plans import checking_history
from backward_running.plans.checking_history import History, broken_by_history

NOW = datetime.combine(START, time(9), UTC)


def did(on: int, seconds: float, *, hour: int | None = None, **more: object) -> Done:
    started_at = None if hour is None else datetime.combine(day(on), time(hour), UTC)
    done = Done(day(on), f"run {on} {hour}", 600.0, seconds, started_at=started_at, is_rated=True)
    return replace(done, **more)


def plan_from(first: int, *workouts: Workout, **answers: object) -> Plan:
    """A plan whose first week begins on that day."""
    starts = [day(first + 7 * number) for number in range(8)]
    weeks = [
        Week(number + 1, at, tuple(one for one in workouts if at <= one.on < at + timedelta(days=7)))
        for number, at in enumerate(starts)
    ]
    return Plan("p", "beginner", "Begin", NOW, answers, tuple(weeks), (), ())


def setback(kind: SetbackKind, on: int, hurt: Done | None = None, *, stages_back: int = 0) -> Setback:
    activity_id = None if hurt is None else hurt.activity_id
    return Setback(kind, day(on), Reason("it hurt"), stages_back, activity_id=activity_id)


def told(new: tuple[Workout, ...], *, done=(), setbacks=(), plan: Plan | None = None, about: str = "") -> list[str]:
    history = History(plan or plan_from(-21), tuple(done), tuple(setbacks), START)
    found = broken_by_history(weeks_of(*new), history, asked=True)
    return [one for one in found if about in one]


@pytest.mark.parametrize(
    ("done", "minutes", "allowed"),
    [
        ((), 5.0, None),
        ((), 5.1, "5.1 backward minutes"),
        ((did(-30, 600.0),), 11.0, None),
        ((did(-30, 600.0),), 11.1, "11.1 backward minutes on Monday 4 May, 11.0 are allowed"),
        ((did(-31, 600.0),), 5.1, "5.0 are allowed"),
        ((did(0, 600.0),), 5.1, "5.0 are allowed"),  # what is done on the day itself raises nothing for it
        ((did(-1, 600.0), did(-20, 300.0)), 5.6, "5.5 are allowed"),  # one over counts as the longest before it
        ((did(-1, 600.0),), 11.0, None),  # the first of all is never over
        ((did(-1, 600.0, follows_earlier=True),), 5.1, "5.0 are allowed"),  # the first of these days is not the first
    ],
)
def test_a_session_is_at_most_a_tenth_longer_than_the_longest_of_thirty_days(done, minutes, allowed) -> None:
    found = told((session(0, minutes),), done=done, about="are allowed")
    assert len(found) == (allowed is not None)
    assert allowed is None or allowed in found[0]


WEEK = "in the seven days from"
TWICE_5_MIN = (did(-6, 300.0), did(-3, 300.0))


@pytest.mark.parametrize("kind", [SetbackKind.PAIN, SetbackKind.FALL, SetbackKind.MISS, SetbackKind.TREND])
@pytest.mark.parametrize("earlier", [(), (did(-13, 1200.0),), (did(-8, 1200.0),)])
def test_the_seven_days_after_it_hold_no_more_than_the_last_whole_week_of_the_plan(kind, earlier) -> None:
    given = {"done": (*earlier, *TWICE_5_MIN), "setbacks": (setback(kind, 1),), "about": WEEK}
    assert told((session(2, 5.0), session(5, 5.0)), **given) == []
    (sentence,) = told((session(2, 5.0), session(5, 5.5)), **given)
    assert sentence.startswith("10.5 backward minutes in the seven days from Wednesday 6 May, 10.0 are left after")
    assert sentence.endswith(kind.value)
    assert told((session(2, 5.0), session(9, 5.5, week=2)), **given) == [], "the eighth day is another week"


def test_of_an_illness_no_week_is_held() -> None:
    assert (
        told(
            (session(2, 5.0), session(5, 9.0)),
            done=TWICE_5_MIN,
            setbacks=(setback(SetbackKind.ILLNESS, 1),),
            about=WEEK,
        )
        == []
    )


@pytest.mark.parametrize(("kind", "left"), [(SetbackKind.TREND, 10.0), (SetbackKind.PAIN, 20.0)])
def test_pain_that_rises_from_week_to_week_closes_the_week_it_is_told_on(kind, left) -> None:
    """On a Sunday: the week of a trend has ended with it, that of another setback has not."""
    done = (did(-13, 600.0), did(-10, 600.0), *TWICE_5_MIN)
    new = (session(0, 10.0), session(2, 10.0), session(4, 10.0))
    (sentence,) = told(new, done=done, setbacks=(setback(kind, -1),), about=WEEK)
    assert f"{left:.1f} are left" in sentence


def test_in_the_first_week_of_a_plan_the_seven_days_before_are_counted() -> None:
    given = {"plan": plan_from(0), "setbacks": (setback(SetbackKind.PAIN, 1),), "about": WEEK}
    for done, left in (((did(-5, 300.0), did(-7, 900.0)), 5.0), ((did(-6, 300.0), did(1, 120.0)), 7.0)):
        (sentence,) = told((session(2, 5.0), session(4, 5.0)), done=done, **given)
        assert f"{left:.1f} are left" in sentence


def test_where_nothing_was_done_in_that_week_half_of_the_last_session_is_left() -> None:
    given = {"setbacks": (setback(SetbackKind.PAIN, 1),), "about": WEEK}
    (sentence,) = told((session(2, 5.0), session(4, 5.0)), done=(did(-30, 900.0), did(-20, 600.0)), **given)
    assert "5.0 are left" in sentence
    assert told((session(2, 5.0), session(4, 5.0)), **given) == [], "nothing is known to hold it to"


@pytest.mark.parametrize(("hour", "counts"), [(18, True), (6, False), (None, False)])
def test_what_was_done_later_on_the_same_day_came_after_it(hour, counts) -> None:
    hurt = did(0, 300.0, hour=8)
    done = (*TWICE_5_MIN, hurt, did(0, 300.0, hour=hour))
    found = told((session(2, 5.5),), done=done, setbacks=(setback(SetbackKind.PAIN, 0, hurt),), about=WEEK)
    assert bool(found) == counts
    assert not found or "10.5 backward minutes in the seven days from Monday 4 May, 10.0 are left" in found[0]


def test_a_plan_remembers_what_it_held_when_it_first_answered() -> None:
    held = {"pain 2026-05-05": [["2026-05-06", 120.0], ["2026-05-08", 120.0], ["2026-05-13", 999.0]]}
    given = {"done": TWICE_5_MIN, "setbacks": (setback(SetbackKind.PAIN, 1),), "about": WEEK}
    new = (session(2, 2.0), session(4, 2.5))
    assert told(new, **given) == []
    (sentence,) = told(new, plan=plan_from(-21, held_after_setbacks=held), **given)
    assert "4.5 backward minutes" in sentence and "4.0 are left" in sentence
    once = {"pain 2026-05-05": ["2026-05-06", 240.0]}  # as an earlier version kept it
    assert told(new, plan=plan_from(-21, held_after_setbacks=once), **given) == [sentence]


def test_what_hurt_beside_the_session_of_its_day_was_at_its_stage() -> None:
    """Who goes backward once more that evening, without a plan, and it hurts then: there is no stage to go by."""
    planned = replace(session(-4, 5.0), stage=3)
    done = (did(-4, 300.0, hour=8, workout_id=planned.workout_id), did(-4, 300.0, hour=18))
    hurt = setback(SetbackKind.PAIN, -4, done[1], stages_back=1)
    given = {"done": done, "setbacks": (hurt,), "plan": plan_from(-21, planned), "about": "stage"}
    assert told((replace(session(2, 1.0), stage=2),), **given) == []
    assert told((replace(session(2, 1.0), stage=3),), **given) == ["stage 3 on Wednesday 6 May, 2 is left after pain"]


@pytest.mark.parametrize(
    ("was", "back", "stage", "left"),
    [(3, 1, 3, 2), (3, 1, 2, None), (3, 0, 4, 3), (3, 0, 3, None), (1, 1, 2, 1), (1, 1, 1, None)],
)
def test_the_first_session_after_it_is_of_the_stage_that_is_left(was, back, stage, left) -> None:
    planned = replace(session(-4, 5.0), stage=was)
    hurt = did(-4, 300.0, workout_id=planned.workout_id)
    nobodys = setback(SetbackKind.FALL, -5, stages_back=1)
    found = told(
        (replace(session(0, 2.0), stage=stage), replace(session(2, 2.0), stage=9)),
        done=(hurt,),
        plan=plan_from(-21, planned),
        setbacks=(nobodys, setback(SetbackKind.PAIN, -4, hurt, stages_back=back)),
        about="is left after",
    )
    assert found == ([] if left is None else [f"stage {stage} on Monday 4 May, {left} is left after pain"])


FLAG = replace(setback(SetbackKind.RED_FLAG, -8, did(-8, 600.0)), rest_until=day(-3))


@pytest.mark.parametrize(
    ("session", "stands", "against"),
    [
        (did(-8, 600.0), FLAG, False),  # the session the sign was told of
        (did(-8, 300.0), FLAG, True),  # another one of its day
        (did(-5, 600.0), FLAG, True),
        (did(-9, 600.0), FLAG, False),  # before it
        (did(-3, 600.0), FLAG, False),  # the day it was cleared
        (did(-1, 600.0), replace(FLAG, rest_until=None), True),  # nobody has cleared it
        (did(-9, 600.0), replace(FLAG, rest_until=None), False),
        (did(-5, 600.0), replace(FLAG, kind=SetbackKind.PAIN), False),  # pain is no sign
    ],
)
def test_what_was_done_against_a_warning_sign_is_no_ground(session, stands, against) -> None:
    session = replace(session, activity_id="another" if session.backward_s == 300.0 else session.activity_id)
    assert checking_history._against_a_sign(session, stands) is against


def case_of(*done: Done, plan: Plan | None = None) -> checking_history._Case:
    return checking_history._Case.of((), History(plan or plan_from(-21), done, (), START))


def test_the_way_back_up_grows_from_what_was_done_since() -> None:
    """Too long a session counts as the longest before it; what hurt is the ground to begin with."""
    hurt = did(-8, 600.0)
    pain = setback(SetbackKind.PAIN, -8, hurt)
    case = case_of(did(-12, 900.0), hurt, did(-6, 300.0), did(-4, 330.0), did(-2, 500.0), did(-1, 363.0))
    hurt_s, since = checking_history._hurt_and_since(case, pain)
    assert hurt_s == 600.0
    assert since == [
        (day(-6), 300.0, False), (day(-4), 330.0, False), (day(-2), 330.0, True), (day(-1), 363.0, False),
    ]  # fmt: skip


def test_where_no_session_hurt_the_longest_of_its_seven_days_is_the_ground() -> None:
    fall = setback(SetbackKind.FALL, -8)
    case = case_of(did(-15, 900.0), did(-14, 500.0), did(-8, 400.0), did(-6, 300.0))
    assert checking_history._hurt_and_since(case, fall) == (500.0, [(day(-6), 300.0, False)])
    assert checking_history._hurt_and_since(case_of(), fall) == (0.0, [])
    later = case_of(did(-15, 900.0), did(-12, 500.0))
    assert checking_history._hurt_and_since(later, fall)[0] == 900.0, "seven days back from the last session before it"


def test_a_session_later_on_the_day_that_hurt_comes_after_it() -> None:
    hurt, evening = did(-8, 600.0, hour=8), did(-8, 200.0, hour=19)
    case = case_of(hurt, evening)
    assert checking_history._hurt_and_since(case, setback(SetbackKind.PAIN, -8, hurt))[1] == [(day(-8), 200.0, False)]


@pytest.mark.parametrize(
    ("on", "first", "kind", "left_s"),
    [
        (1, -21, SetbackKind.PAIN, 300.0),  # the week from -7 to -1
        (1, 0, SetbackKind.PAIN, 740.0),  # a plan in its first week: the seven days before, and the day itself
        (6, 0, SetbackKind.TREND, 540.0),  # a trend closes its week: the plan's own first one, from 0 to 6
        (5, 0, SetbackKind.TREND, 740.0),  # its week ends a day later, and the plan's has not ended yet
        (7, 0, SetbackKind.PAIN, 540.0),
        (8, 0, SetbackKind.PAIN, 540.0),
    ],
)
def test_the_week_before_a_setback(on, first, kind, left_s) -> None:
    done = (did(-8, 600.0), did(-7, 100.0), did(-1, 200.0), did(0, 240.0), did(1, 300.0), did(7, 900.0))
    case = case_of(*done, plan=plan_from(first))
    found = checking_history._before_setback_s(case, setback(kind, on), None)
    assert found == pytest.approx(left_s)


def test_half_of_the_last_session_up_to_its_day_is_left_where_that_week_was_empty() -> None:
    case = case_of(did(-20, 600.0), did(1, 400.0))
    assert checking_history._before_setback_s(case, setback(SetbackKind.PAIN, 1), None) == 200.0
    assert checking_history._before_setback_s(case, setback(SetbackKind.PAIN, 0), None) == 300.0
    assert checking_history._before_setback_s(case_of(), setback(SetbackKind.PAIN, 0), None) is None


def test_sessions_stand_in_the_order_of_their_hours_and_only_with_backward_time() -> None:
    morning, evening = did(-3, 0.5, hour=8), did(-3, 200.0, hour=19)
    assert case_of(evening, did(-5, 0.0), morning).sessions == (morning, evening)


def test_the_day_before_counts_and_what_is_to_come_raises_the_next() -> None:
    assert told((session(0, 6.6),), done=(did(-1, 360.0),), about="are allowed") == []
    found = told((session(0, 6.6), session(2, 7.2)), done=(did(-1, 360.0),), about="are allowed")
    assert found == []


def test_a_session_that_was_to_be_left_out_is_named_by_its_day() -> None:
    new = session(0, 5.0)
    history = History(plan_from(-21), (), (), START, skipped=frozenset({new.workout_id}))
    found = broken_by_history(weeks_of(new), history, asked=True)
    assert "the session on Monday 4 May was to be left out" in found


def test_the_way_up_is_held_for_thirty_days_after_each_setback() -> None:
    hurt = did(-30, 300.0)
    pain = setback(SetbackKind.PAIN, -30, hurt)
    ill = setback(SetbackKind.ILLNESS, -29)
    done = (hurt, did(-1, 300.0))
    history = History(plan_from(-49), done, (), START, told=(ill, pain))
    found = broken_by_history(weeks_of(session(0, 6.0)), history, asked=True)
    assert [one for one in found if "on the way back up" in one], "the thirtieth day still counts"
    later = History(
        plan_from(-49), (did(-31, 300.0), did(-1, 300.0)), (), START, told=(setback(SetbackKind.PAIN, -31),)
    )
    assert not [one for one in broken_by_history(weeks_of(session(0, 6.0)), later, asked=True) if "way back up" in one]


def test_the_fastest_backward_cap_of_a_session() -> None:
    fast = session(0, 5.0)
    assert checking_history._fastest_mps(None) is None
    assert checking_history._fastest_mps(fast) == max(
        step.speed_high_mps for step in fast.each_step() if step.direction is Direction.BACKWARD
    )


def test_what_was_done_against_a_sign_is_no_part_of_the_way_up() -> None:
    case = case_of(did(-8, 600.0), did(-5, 300.0), did(-2, 200.0))
    assert checking_history._hurt_and_since(case, FLAG) == (600.0, [(day(-2), 200.0, False)])


def test_on_the_day_of_a_setback_that_names_no_session_nothing_came_after_it() -> None:
    assert not checking_history._is_after(did(-8, 200.0, hour=19), setback(SetbackKind.FALL, -8), None)
    assert checking_history._is_after(did(-7, 200.0), setback(SetbackKind.FALL, -8), None)


def test_a_plan_without_weeks_begins_with_the_setback() -> None:
    bare = replace(plan_from(0), weeks=())
    found = checking_history._before_setback_s(case_of(did(-1, 200.0), plan=bare), setback(SetbackKind.PAIN, 1), None)
    assert found == 200.0


def test_longer_than_the_plan_had_it_is_said_in_minutes() -> None:
    had = session(0, 5.0)
    history = History(plan_from(0, had), (did(-1, 600.0),), (), START)
    longer = replace(session(0, 6.5), workout_id=had.workout_id)
    found = broken_by_history(weeks_of(longer), history)
    assert [one for one in found if one.startswith("6.5 backward minutes on Monday 4 May, the plan had less")]


def test_the_way_up_grows_from_each_session_to_come_and_asks_nothing_without_a_session_that_hurt() -> None:
    """Of two setbacks the one that nothing is known of holds nothing, and the other is held on."""
    pain = setback(SetbackKind.PAIN, -8, did(-8, 600.0))
    history = History(
        plan_from(-49), (did(-8, 600.0), did(-1, 300.0)), (), START, told=(setback(SetbackKind.FALL, -20), pain)
    )
    found = broken_by_history(weeks_of(session(0, 11.0), session(40, 60.0, week=6)), history, asked=True)
    up = [said for said in found if "way back up" in said]
    assert up == ["11.0 backward minutes on Monday 4 May, 5.5 are left on the way back up after pain"]


@pytest.mark.parametrize(
    ("hurt_on", "hurt_s", "stage", "minutes", "as_many"),
    [
        (-4, 300.0, 1, 2.5, False),  # half of it at the first stage
        (-4, 300.0, 1, 2.6, True),
        (-4, 300.0, 2, 4.9, False),  # below it at any other
        (-4, 300.0, 2, 5.0, True),
        (-31, 39.0, 2, 5.0, False),  # broken off within seconds a month ago: it keeps nothing away
        (-31, 40.0, 2, 5.0, True),
        (-30, 39.0, 2, 5.0, True),
        (-4, 300.0, None, 5.0, True),  # not planned: of no stage, so below it
        (-4, 300.0, None, 4.9, False),
    ],
)
def test_the_first_session_after_it_is_below_what_hurt(hurt_on, hurt_s, stage, minutes, as_many) -> None:
    planned = replace(session(hurt_on, 5.0), stage=stage)
    hurt = did(hurt_on, hurt_s, workout_id=planned.workout_id if stage else None)
    pain = setback(SetbackKind.PAIN, hurt_on, hurt, stages_back=1)
    found = told(
        (session(0, minutes),), done=(hurt,), plan=plan_from(-35, planned), setbacks=(pain,), about="as many as"
    )
    assert bool(found) is as_many


def test_one_setback_of_which_nothing_is_known_hides_no_other() -> None:
    """An illness has a rule of its own; what comes after it in the list is held to the seven days all the same."""
    pain = setback(SetbackKind.PAIN, 1)
    for others in ((setback(SetbackKind.ILLNESS, 0), pain), (setback(SetbackKind.FALL, -30), pain)):
        found = told((session(2, 5.0), session(5, 5.5)), done=TWICE_5_MIN, setbacks=others, about=WEEK)
        assert [said for said in found if said.endswith("after pain")]


@pytest.mark.parametrize(("stage", "days", "found"), [(5, 14, True), (5, 13, False), (4, 14, False), (None, 28, False)])
def test_a_gap_takes_the_first_session_back_a_stage(stage, days, found) -> None:
    planned = replace(session(-days, 5.0), stage=5)
    last = did(-days, 300.0, workout_id=planned.workout_id)
    new = (replace(session(0, 3.0), stage=stage),)
    said = told(new, done=(last,), plan=plan_from(-35, planned), about="days without")
    assert bool(said) is found
    unplanned = told((replace(session(0, 3.0), stage=5),), done=(did(-28, 300.0),), about="days without")
    assert unplanned == [], "of a session of no stage no stage is known"


def test_what_is_given_back_is_never_more_than_the_plan_was() -> None:
    had = session(2, 5.0)
    before = plan_from(0, had)
    longer = replace(session(2, 6.5), workout_id=had.workout_id)
    history = History(plan_from(0, had), (), (), START, before=before)
    found = broken_by_history(weeks_of(longer), history, asked=True)
    assert "6.5 backward minutes on Wednesday 6 May, more than before the fact" in found
    assert not [said for said in broken_by_history(weeks_of(had), history, asked=True) if "before the fact" in said]
