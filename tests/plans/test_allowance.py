"""What may be done now, held to the values of the safety rules: after setbacks, breaks, too much, and by the hour."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from backward_running import plans
from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.direction import Direction
from backward_running.core.plan import GateState, Plan, Reason, Repeat, Wish, WishKind, Workout
from backward_running.plans import Answers, all_protocols
from backward_running.plans._after_setback import HELD, held_of, key_of
from backward_running.plans._lookback import Lookback
from backward_running.plans.base import Limits, PlanFacts, Restart, Span
from backward_running.plans.checking_history import History, broken_by_history

FIRST = date(2026, 5, 4)  # a Monday
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
RUNNER = Answers(
    forward_runs_per_week=3,
    easy_speed_mps=1000 / 360,
    longest_run_s=3000,
    backward_experience_min=0,
    days=(0, 2, 5),
    has_treadmill=False,
    has_spotter=True,
    has_known_spot=True,
    birth_year=1990,
    starts_on=FIRST,
)
OPEN = tuple(GateState(key, key, open=True, reason=Reason("fine")) for key in all_protocols()["beginner"].gates)
PLAN = plans.make_plan(RUNNER, {}, OPEN, protocol="beginner", made_at=NOW)


def at(day: date, hour: int = 18) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def backward_s(one: Workout) -> float:
    return one.duration_s(Direction.BACKWARD)


def did(one: Workout, share: float = 1.0) -> Done:
    seconds = share * backward_s(one)
    return Done(
        one.on,
        f"a-{one.workout_id}",
        600.0,
        seconds,
        workout_id=one.workout_id,
        complete=plans.is_complete(seconds, backward_s(one)),
        started_at=at(one.on),
        is_rated=True,
    )


def until(today: date, plan: Plan = PLAN) -> list[Done]:
    return [did(one) for one in plan.workouts() if one.on < today]


def adapt(plan: Plan, today: date, done=(), setbacks=(), wishes=()) -> plans.Adapted:
    return plans.adapt(
        plan, RUNNER, today=today, done=done, setbacks=setbacks, wishes=wishes, gates=OPEN, changed_at=at(today)
    )


def coming(plan: Plan, today: date) -> list[Workout]:
    return [one for one in plan.workouts() if one.on >= today]


def hurt(done: Done, told_on: date | None = None, kind: SetbackKind = SetbackKind.PAIN) -> Setback:
    rest = max(done.on, told_on or done.on) + timedelta(days=3)
    return Setback(kind, done.on, Reason("Your knee was at 4 of 10."), 1, rest, done.activity_id)


WEDNESDAY = date(2026, 5, 20)  # of the third week


@pytest.mark.parametrize("kind", [SetbackKind.PAIN, SetbackKind.FALL, SetbackKind.SORENESS, SetbackKind.BROKEN_OFF])
@pytest.mark.parametrize("told_after_days", [0, 1, 4, 5, 8])
def test_after_a_setback_the_next_session_and_the_next_seven_days_are_less(kind: SetbackKind, told_after_days: int):
    """Told on the day, on Sunday or on Monday: one stage below the session that hurt, less of it, and no more in 7 days."""
    done = [*until(WEDNESDAY), did(next(one for one in PLAN.workouts() if one.on == WEDNESDAY))]
    today = WEDNESDAY + timedelta(days=told_after_days)
    adapted = adapt(PLAN, today, done, [hurt(done[-1], today, kind)])
    after = coming(adapted.plan, today + timedelta(days=1))
    assert adapted.at_once and after[0].on >= WEDNESDAY + timedelta(days=2)
    assert after[0].stage == 2, "the session that hurt was of stage 3, whatever the calendar says now"
    assert backward_s(after[0]) < done[-1].backward_s
    last_week_s = sum(one.backward_s for one in done if date(2026, 5, 11) <= one.on < date(2026, 5, 18))
    held_s = sum(backward_s(one) for one in PLAN.workouts() if 0 <= (one.on - after[0].on).days < 7)
    in_seven_s = sum(backward_s(one) for one in after if (one.on - after[0].on).days < 7)
    assert in_seven_s <= min(last_week_s, held_s) + 1e-6
    # The stage rises only once two sessions went by.
    assert after[1].stage == 2
    assert adapt(adapted.plan, today, done, [hurt(done[-1], today, kind)]).plan is adapted.plan


def test_at_stage_one_it_is_half_of_the_session_that_hurt() -> None:
    first = next(PLAN.workouts())
    adapted = adapt(PLAN, FIRST + timedelta(days=1), [did(first)], [hurt(did(first))])
    following = coming(adapted.plan, FIRST + timedelta(days=1))[0]
    assert following.stage == 1 and 0 < backward_s(following) <= backward_s(first) / 2


def test_a_lighter_week_stays_light() -> None:
    """What the plan held for those seven days is a ceiling too, and it is remembered when the plan is changed again."""
    light = replace(
        PLAN, weeks=tuple(replace(w, workouts=w.workouts[:1]) if w.number in (3, 4) else w for w in PLAN.weeks)
    )
    done = until(WEDNESDAY, light)
    adapted = adapt(light, WEDNESDAY, done, [hurt(done[-1])])
    after = coming(adapted.plan, WEDNESDAY)
    held_s = sum(backward_s(one) for one in light.workouts() if 0 <= (one.on - after[0].on).days < 7)
    assert sum(backward_s(one) for one in after if (one.on - after[0].on).days < 7) <= held_s + 1e-6
    assert [dict(kept) for kept in adapted.plan.answers[HELD].values()] == [
        {one.on.isoformat(): backward_s(one) for one in light.workouts()}
    ]


def test_what_the_plan_held_is_asked_of_the_seven_days_that_come_to_be():
    """The session that was to come next was not done: other seven days follow, for which the plan may have held less."""
    knee = hurt(did(next(PLAN.workouts())))
    held = tuple((WEDNESDAY + timedelta(days=number), seconds) for number, seconds in ((0, 300.0), (2, 300.0), (7, 60)))
    span = Span(900.0, knee.reason, key=key_of(knee), held=held)
    past = Lookback(
        PlanFacts(limits=Limits(spans=(span,), planned=((WEDNESDAY + timedelta(days=7), 240.0),))), Restart()
    )
    later = WEDNESDAY + timedelta(days=5)
    assert past.span_limit_s(span, WEDNESDAY) == 600
    assert past.span_limit_s(span, later) == 60, "neither the first days nor what the plan was changed to since"
    assert past.span_limit_s(replace(span, held=None), later) == 240, "before it is remembered, the plan as it stands"
    assert past.span_limit_s(replace(span, first_on=WEDNESDAY), WEDNESDAY + timedelta(days=7)) is None


def test_the_first_answer_to_a_setback_is_what_stays_remembered():
    done = until(WEDNESDAY)
    once = adapt(PLAN, WEDNESDAY, done, [hurt(done[-1])]).plan
    twice = adapt(once, WEDNESDAY + timedelta(days=14), done, [hurt(done[-1])]).plan
    assert twice.revision > once.revision and twice.answers[HELD] == once.answers[HELD]


def test_a_plan_of_an_earlier_version_remembers_one_sum():
    earlier = replace(PLAN, answers={**PLAN.answers, HELD: {"pain 2026-05-18": ["2026-05-20", 420.0]}})
    assert held_of(earlier) == {"pain 2026-05-18": ((WEDNESDAY, 420.0),)}


def test_a_rising_trend_holds_the_stage_and_takes_nothing_away() -> None:
    done = until(WEDNESDAY)
    trend = Setback(SetbackKind.TREND, date(2026, 5, 24), Reason("Pain rose."))
    after = coming(adapt(PLAN, WEDNESDAY, done, [trend]).plan, WEDNESDAY)
    assert {one.stage for one in after if one.on < date(2026, 6, 1)} == {3}


@pytest.mark.parametrize("number", [2, 5, 9, 12])
@pytest.mark.parametrize("ordinal", [1, 2])
def test_leaving_out_or_moving_a_session_makes_no_other_longer(number: int, ordinal: int) -> None:
    week = next(week for week in PLAN.weeks if week.number == number)
    one = week.workouts[ordinal - 1]
    done = until(week.starts_on)
    before = {each.workout_id: backward_s(each) for each in PLAN.workouts()}
    skipped = adapt(PLAN, week.starts_on, done, wishes=(Wish(WishKind.SKIP, NOW, one.workout_id),)).plan
    after = {each.workout_id: backward_s(each) for each in coming(skipped, week.starts_on)}
    assert one.workout_id not in after
    assert all(seconds <= before.get(name, seconds) + 1e-6 for name, seconds in after.items())
    for each in [each for each in skipped.workouts() if each.week == number]:
        for days in (-1, 1):
            moved = adapt(
                skipped,
                week.starts_on,
                done,
                wishes=(Wish(WishKind.MOVE, NOW, each.workout_id, each.on + timedelta(days)),),
            )
            assert moved.refused or all(
                backward_s(again) <= before.get(again.workout_id, 1e9) + 1e-6 for again in moved.plan.workouts()
            )


@pytest.mark.parametrize(("days", "stage"), [(13, 6), (14, 5), (21, 4), (28, 3), (60, 3)])
def test_a_break_from_stage_six(days: int, stage: int) -> None:
    last = max(one.on for one in PLAN.workouts() if one.stage == 6)
    done = until(last + timedelta(days=1))
    today = last + timedelta(days=days)
    following = coming(adapt(PLAN, today, done).plan, today)[0]
    assert following.stage <= stage and (following.on - last).days >= days


def test_what_was_cut_counts_as_recorded_and_what_was_missed_as_nothing() -> None:
    done = [did(one) for one in PLAN.workouts() if one.on < date(2026, 5, 18)]
    longest = max(done, key=lambda one: one.backward_s)
    cut = [one if one is not longest else replace(one, backward_s=108.0, complete=False) for one in done]
    after = coming(adapt(PLAN, date(2026, 5, 18), cut).plan, date(2026, 5, 18))
    ceiling_s = max(300.0, 1.1 * max(one.backward_s for one in cut))
    assert backward_s(after[0]) <= ceiling_s + 1e-6


def test_a_session_over_110_percent_does_not_raise_the_next_ceiling_and_asks_for_48_hours() -> None:
    done = until(WEDNESDAY)
    over = replace(done[-1], backward_s=3600.0)
    after = coming(adapt(PLAN, WEDNESDAY, [*done[:-1], over]).plan, WEDNESDAY)
    assert backward_s(after[0]) <= max(300.0, 1.1 * max(one.backward_s for one in done[:-1])) + 1e-6
    assert (after[0].on - over.on).days >= 2


def test_sixty_minutes_before_the_first_weeks_end_in_a_plan_and_not_in_an_error() -> None:
    """Ten runs of five minutes, a supervisor, a fall the day before, an hour backward on day 2."""
    short = replace(RUNNER, forward_runs_per_week=10, longest_run_s=300, has_supervisor=True)
    plan = plans.make_plan(short, {}, OPEN, protocol="knee_osteoarthritis_walking", made_at=NOW)
    weeks = plan.weeks or PLAN.weeks
    fall = Setback(SetbackKind.FALL, FIRST - timedelta(days=1), Reason("fell"), 1, FIRST + timedelta(days=2))
    hour = Done(FIRST + timedelta(days=1), "x", 0.0, 3600.0, started_at=at(FIRST + timedelta(days=1)))
    kept = replace(plan, weeks=weeks)
    for day in range(1, 100):
        today = FIRST + timedelta(days=day)
        kept = plans.adapt(
            kept, short, today=today, done=[hour], setbacks=[fall], gates=OPEN, changed_at=at(today)
        ).plan
        assert kept.weeks and kept.plan_id == plan.plan_id


# By the hour


def gates(last: Done, now: datetime, *, stage: int = 2, asked: tuple[datetime, ...] = (), before=()) -> dict[str, bool]:
    following = replace(next(PLAN.workouts()), stage=stage)
    found = plans.gates_of([*before, last], now=now, soreness_asked_at=asked, following=following)
    return {gate.key: gate.open for gate in found}


def test_forty_seven_hours_are_refused_and_forty_eight_allowed() -> None:
    monday = Done(FIRST, "m", 0.0, 300.0, started_at=at(FIRST))
    wednesday = FIRST + timedelta(days=2)
    assert gates(monday, at(wednesday, 17)) == {"time_between_sessions": False}
    assert gates(monday, at(wednesday, 18)) == {"time_between_sessions": True}


def test_the_hours_are_true_hours_in_any_zone() -> None:
    from zoneinfo import ZoneInfo

    berlin = ZoneInfo("Europe/Berlin")
    friday = datetime(2026, 10, 23, 18, tzinfo=berlin)  # the clocks go back on Sunday
    last = Done(friday.date(), "f", 0.0, 300.0, started_at=friday)
    assert gates(last, datetime(2026, 10, 25, 17, tzinfo=berlin)) == {"time_between_sessions": True}, "48 true hours"
    assert gates(last, datetime(2026, 10, 25, 16, tzinfo=berlin)) == {"time_between_sessions": False}


def test_later_a_day_is_enough_but_not_after_too_much() -> None:
    old = [
        Done(FIRST + timedelta(days=3 * n), f"o{n}", 0.0, 300.0, started_at=at(FIRST + timedelta(days=3 * n)))
        for n in range(12)
    ]
    last = Done(FIRST + timedelta(days=36), "l", 0.0, 320.0, started_at=at(FIRST + timedelta(days=36)))
    tomorrow = at(last.on + timedelta(days=1))
    assert gates(last, tomorrow, stage=6, before=old) == {"time_between_sessions": True}
    over = replace(last, backward_s=900.0)
    assert gates(over, tomorrow, stage=6, before=old) == {"time_between_sessions": False, "after_too_much": False}
    two_days, asked = at(last.on + timedelta(days=2)), (tomorrow,)
    assert gates(over, two_days, stage=6, before=old) == {"time_between_sessions": True, "after_too_much": False}
    assert gates(over, two_days, stage=6, before=old, asked=asked) == {
        "time_between_sessions": True,
        "after_too_much": True,
    }


def test_the_first_recording_of_all_is_never_over() -> None:
    first = Done(FIRST, "m", 0.0, 2400.0, started_at=at(FIRST))
    assert gates(first, at(FIRST + timedelta(days=2)), stage=6) == {"time_between_sessions": True}


# The checker bites


def history(done=(), setbacks=(), plan: Plan = PLAN, today: date = WEDNESDAY) -> History:
    return History(plan, tuple(done), tuple(setbacks), today)


def broken(facts: History, plan: Plan = PLAN) -> str:
    weeks = [week for week in plan.weeks if week.starts_on >= facts.today - timedelta(days=6)]
    return " | ".join(broken_by_history(weeks, facts))


def test_the_checker_finds_what_the_old_plan_would_do() -> None:
    done = until(WEDNESDAY)
    assert broken(history(done)) == ""
    after_pain = broken(history(done, [hurt(done[-1])]))
    assert "stage 3 on Wednesday 20 May, 2 is left after pain" in after_pain
    assert "in the seven days from Wednesday 20 May" in after_pain
    little = replace(done[-1], backward_s=150.0)
    assert "as many as what hurt" in broken(history([*done[:-1], little], [hurt(little)]))
    month = WEDNESDAY + timedelta(days=28)
    assert "days without" in broken(history(done, today=month))
    assert "which was over" in broken(history([*done[:-1], replace(done[-1], on=WEDNESDAY, backward_s=3600.0)]))
    longer = replace(
        PLAN,
        weeks=tuple(
            replace(w, workouts=tuple(replace(o, pieces=o.pieces * 2) for o in w.workouts)) for w in PLAN.weeks
        ),
    )
    assert "the plan had less" in broken(history(done), longer)
    assert "are allowed" in broken(history(()), longer)


SILENT = "and nobody said how"


def silent(done: list[Done], *days: date) -> list[Done]:
    return [replace(one, is_rated=one.on not in days) for one in done]


def test_the_checker_holds_the_stage_over_what_nobody_said():
    done, monday = until(WEDNESDAY), date(2026, 5, 18)
    last_week = [one.on for one in done if date(2026, 5, 11) <= one.on < monday]
    assert len(last_week) == 3
    for day in last_week:
        said = broken(history(silent(done, day)))
        assert f"stage 3 on Wednesday 20 May, {SILENT}" in said
        assert f"how {day:%A} {day.day} May felt" in said
    earlier = [one.on for one in done if one.on < date(2026, 5, 11)]
    assert SILENT not in broken(history(silent(done, *earlier))), (
        "only the last week with something done is asked about"
    )
    assert SILENT not in broken(history(silent(done, monday))), "the running week is still being asked about"
    # On Monday the two days in which Saturday's session is asked about are not over.
    fresh = silent(until(monday), date(2026, 5, 16))
    assert SILENT not in broken(history(fresh, today=monday))
    assert SILENT in broken(history(fresh, today=date(2026, 5, 19)))


def test_the_checker_asks_about_the_last_two_sessions_where_something_heals():
    done = until(WEDNESDAY)
    first, second, third = (one.on for one in done if date(2026, 5, 11) <= one.on < date(2026, 5, 18))
    heals = replace(PLAN, answers={**PLAN.answers, "goal": "rehab:knee_osteoarthritis"})
    assert SILENT not in broken(history(silent(done, first), plan=heals))
    assert SILENT in broken(history(silent(done, second), plan=heals))
    assert SILENT in broken(history(silent(done, third), plan=heals))


def lighter(plan: Plan, number: int) -> Plan:
    """Take one repeat from each session of a week."""

    def less(one: Workout) -> Workout:
        pieces = (replace(each, times=each.times - 1) if isinstance(each, Repeat) else each for each in one.pieces)
        return replace(one, pieces=tuple(pieces))

    weeks = (
        replace(week, workouts=tuple(map(less, week.workouts))) if week.number == number else week
        for week in plan.weeks
    )
    return replace(plan, weeks=tuple(weeks))


def test_the_checker_gives_back_no_more_than_there_was_before_the_fact():
    light, done = lighter(PLAN, 4), until(WEDNESDAY)
    more = "more than before the fact"

    def said(weeks: Plan, *, stood: Plan, before: Plan | None) -> str:
        facts = replace(history(done, plan=stood), before=before)
        coming_weeks = [week for week in weeks.weeks if week.number >= 3]
        return " | ".join(broken_by_history(coming_weeks, facts, asked=True))

    assert more in said(PLAN, stood=light, before=light)
    assert more not in said(PLAN, stood=light, before=PLAN), "it may go back up to what there was"
    assert more not in said(PLAN, stood=PLAN, before=light), "nor is less asked for than the plan has"
    assert more not in said(PLAN, stood=light, before=None)
    none = replace(light, weeks=tuple(replace(w, workouts=()) if w.number == 4 else w for w in light.weeks))
    assert more not in said(PLAN, stood=none, before=none), "of a session that neither held, nothing is said here"


@pytest.mark.parametrize(
    ("kind", "days_later", "since_s", "holds"),
    [
        (SetbackKind.PAIN, 14, 120.0, True),
        (SetbackKind.FALL, 14, 120.0, True),
        (SetbackKind.ILLNESS, 14, 120.0, False),  # an illness has a rule of its own
        (SetbackKind.PAIN, 35, 120.0, False),  # longer ago than the 110 % rule looks
        (SetbackKind.PAIN, 14, 600.0, True),  # far more than was left: it counts as the longest before it
    ],
)
def test_the_checker_holds_the_way_back_up(kind: SetbackKind, days_later: int, since_s: float, holds: bool) -> None:
    """Hurt at three minutes and behind: what was done before is no ground for six, whatever the 110 % rule leaves."""
    before, today = until(WEDNESDAY), WEDNESDAY + timedelta(days=days_later)
    sore = replace(before[-1], backward_s=180.0, complete=False)
    after = replace(
        before[-1], on=WEDNESDAY + timedelta(days=5), activity_id="since", workout_id=None, backward_s=since_s
    )
    facts = History(PLAN, (*before[:-1], sore, after), (), today, told=(replace(hurt(sore), kind=kind),))
    weeks = [replace(w, workouts=tuple(one for one in w.workouts if one.on >= today)) for w in PLAN.weeks]
    said = [sentence for sentence in broken_by_history(weeks, facts) if "on the way back up" in sentence]
    assert bool(said) is holds
    if holds:
        assert "3.0 are left on the way back up after " + kind.value in said[0]


def test_the_speed_of_the_session_that_hurt_holds_the_next_sessions_and_not_all_that_follow() -> None:
    """After two clean sessions the caps are those of their stages again: else a plan made once never runs again."""
    today = FIRST + timedelta(days=18)
    done = until(today)
    changed = adapt(PLAN, today, done, [hurt(done[-1])]).plan
    caps = [
        (one.stage, max(step.speed_high_mps or 0.0 for step in one.steps() if step.direction is Direction.BACKWARD))
        for one in coming(changed, today)
    ]
    before = {one.stage: one for one in PLAN.workouts()}
    slow = max(step.speed_high_mps or 0.0 for step in before[2].steps())
    assert caps[0][1] <= slow + 0.5
    assert max(cap for stage, cap in caps if stage >= 5) > 1.6
