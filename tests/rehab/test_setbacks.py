from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.athlete import Athlete, CheckIn, Moment
from backward_running.core.screening import RED_FLAGS
from backward_running.rehab import Facts, ask_rules, setbacks

MONDAY = date(2026, 5, 4)
ANSWERS: dict[str, object] = {"health": ["none"], "parq": "all_no", "birth_year": 1988, "goal": "try"}


def said(day: int, hour: int = 12, **what: object) -> CheckIn:
    return CheckIn(datetime(2026, 5, 4, hour, tzinfo=UTC) + timedelta(days=day), **what)


def ran(*days: int) -> tuple[Done, ...]:
    return tuple(Done(MONDAY + timedelta(days=day), f"run-{day}", 600.0, 300.0, is_rated=True) for day in days)


def found(*check_ins: CheckIn, today: int = 0, done: tuple[Done, ...] = (), goal: str = "try") -> tuple[Setback, ...]:
    return setbacks(Facts(MONDAY + timedelta(days=today), Athlete(), ANSWERS | {"goal": goal}, check_ins, done))


def kinds(*check_ins: CheckIn, **more: object) -> list[SetbackKind]:
    return [one.kind for one in found(*check_ins, **more)]


def test_nothing_said_is_no_setback() -> None:
    assert found(today=100) == ()
    assert found(said(0, calf_soreness_nrs=3, fell=False, pain_nrs={"knee": 2}), today=1) == ()


def test_a_fall_asks_for_48_hours_the_signs_of_a_concussion_and_one_stage_back() -> None:
    (fall,) = found(said(0, fell=True))
    assert (fall.kind, fall.on, fall.stages_back) == (SetbackKind.FALL, MONDAY, 1)
    assert fall.rest_until == MONDAY + timedelta(days=3), "the hour is not known to the plan: three dates are 48 hours"
    for word in ("head", "confusion", "dizziness", "doctor"):
        assert word in fall.reason.text


def test_sore_calves_rest_until_two_or_less_and_take_a_stage_back() -> None:
    sore = said(0, calf_soreness_nrs=4, moment=Moment.DAY_1)
    (lasting,) = found(sore, said(1, calf_soreness_nrs=3), today=2)
    assert (lasting.kind, lasting.on, lasting.stages_back) == (SetbackKind.SORENESS, MONDAY, 1)
    assert lasting.rest_until == MONDAY + timedelta(days=3), "at least tomorrow, as long as nothing better is said"
    (over,) = found(sore, said(1, calf_soreness_nrs=3), said(4, calf_soreness_nrs=2), today=6)
    assert over.rest_until == MONDAY + timedelta(days=4)


@pytest.mark.parametrize(
    ("site", "nrs", "goal", "is_setback"),
    [
        ("knee", 3, "try", False),
        ("knee", 4, "try", True),
        ("left_knee", 4, "rehab:knee_osteoarthritis", False),
        ("left_knee", 5, "rehab:knee_osteoarthritis", True),
        ("achilles", 5, "rehab:achilles", False),
        ("achilles", 6, "rehab:achilles", True),
        ("hamstring", 4, "rehab:hamstring", True),
        ("shin", 1, "rehab:shin_splints", True),
        ("groin", 3, "rehab:groin", True),
        ("groin", 2, "rehab:groin", False),
    ],
)
def test_pain_over_the_limit_of_its_tissue(site: str, nrs: float, goal: str, is_setback: bool) -> None:
    one = found(said(0, pain_nrs={site: nrs}), goal=goal)
    assert [(s.kind, s.stages_back) for s in one] == [(SetbackKind.PAIN, 1)] * is_setback
    assert all(s.rest_until == MONDAY + timedelta(days=3) and "48 hours" in s.reason.text for s in one)


def test_pain_still_over_its_limit_rests_on() -> None:
    (pain,) = found(said(0, pain_nrs={"knee": 5}), today=20)
    assert pain.rest_until == MONDAY + timedelta(days=21)
    (pain,) = found(said(0, pain_nrs={"knee": 5}), said(4, pain_nrs={"knee": 1}), today=20)
    assert pain.rest_until == MONDAY + timedelta(days=3)


def test_a_worse_morning_is_a_setback_though_it_is_under_the_limit() -> None:
    before, during = said(0, 8, pain_nrs={"knee": 1}), said(0, 18, pain_nrs={"knee": 3}, moment=Moment.DURING)
    worse = said(1, 8, pain_nrs={"knee": 2}, moment=Moment.NEXT_MORNING)
    assert kinds(before, during, worse, today=1) == [SetbackKind.PAIN], "not back at what it was before the session"
    assert kinds(during, worse, today=1) == [SetbackKind.PAIN], "what the session did to it is no baseline"
    back = said(1, 8, pain_nrs={"knee": 1}, moment=Moment.NEXT_MORNING)
    assert kinds(before, during, back, today=1) == []
    assert kinds(said(-9, pain_nrs={"knee": 2}), worse, today=1) == [SetbackKind.PAIN], (
        "too long ago to be its baseline"
    )


def test_a_morning_without_a_word_from_before_counts_against_0() -> None:
    morning = said(1, 8, pain_nrs={"left knee": 2}, moment=Moment.NEXT_MORNING)
    (alone,) = found(morning, today=1)
    assert "had not said how it was before" in alone.reason.text
    assert kinds(said(1, 8, pain_nrs={"left knee": 0}, moment=Moment.NEXT_MORNING), today=1) == []
    as_before = said(-4, pain_nrs={"left knee": 2})
    assert kinds(as_before, morning, today=1) == [], "the week before speaks where the last two days are silent"
    better_since = said(0, 8, pain_nrs={"left knee": 1})
    assert kinds(as_before, better_since, morning, today=1) == [SetbackKind.PAIN]
    assert kinds(said(0, 8, pain_nrs={"knee": 2}), morning, today=1) == [], "“knee” spoke of both"
    assert kinds(said(0, 8, pain_nrs={"right knee": 2}), morning, today=1) == [SetbackKind.PAIN]
    assert kinds(said(0, 8, pain_nrs={"left knee": 4}), morning, today=1) == [SetbackKind.PAIN] * 2, "over its limit"


def test_what_is_said_after_a_session_is_no_baseline_of_its_morning() -> None:
    """“Now”, told in the evening after the run, is what the run did; told before it, it is how the knee was."""
    session = Done(MONDAY, "run-0", 600.0, 300.0, started_at=datetime(2026, 5, 4, 16, tzinfo=UTC))
    morning = said(1, 8, pain_nrs={"knee": 2}, moment=Moment.NEXT_MORNING)
    for hour, expected in ((15, []), (18, [SetbackKind.PAIN])):
        assert kinds(said(0, hour, pain_nrs={"knee": 2}), morning, today=1, done=(session,)) == expected


def test_of_a_session_without_an_hour_the_day_tells_what_was_said_before_it() -> None:
    session = Done(MONDAY, "run-0", 600.0, 300.0)
    morning = said(2, 8, pain_nrs={"knee": 2}, moment=Moment.NEXT_MORNING)
    for day, expected in ((-1, []), (0, []), (1, [SetbackKind.PAIN])):
        assert kinds(said(day, 8, pain_nrs={"knee": 2}), morning, today=2, done=(session,)) == expected, day


def test_once_the_head_was_answered_a_fall_no_longer_asks_for_it() -> None:
    for answers in (
        [said(0, 12, fell=True, concussion_signs=False)],
        [said(0, fell=True), said(1, concussion_signs=False)],
    ):
        (fall,) = found(*answers, today=1)
        assert "Did you hit your head" not in fall.reason.text and "come later" in fall.reason.text
        (state,) = [
            one
            for one in ask_rules(Facts(MONDAY + timedelta(days=1), Athlete(), ANSWERS, tuple(answers)))
            if one.key == "fall_within_48_h"
        ]
        assert "Did you hit your head" not in (state.what_to_do or "") and "later" in (state.what_to_do or "")


def test_a_weekly_rise_holds_and_takes_nothing_away() -> None:
    (trend,) = found(said(-3, pain_nrs={"left knee": 1}), said(1, pain_nrs={"knee": 2}), today=1)
    assert trend == Setback(SetbackKind.TREND, MONDAY + timedelta(days=6), trend.reason), "the end of its second week"
    assert "1 → 2" in trend.reason.text
    assert kinds(said(-3, pain_nrs={"knee": 2}), said(1, pain_nrs={"knee": 2}), today=1) == []
    assert kinds(said(-10, pain_nrs={"knee": 0}), said(1, pain_nrs={"knee": 2}), today=1) == [], "a week without a word"


def test_the_gate_of_the_trend_says_so_and_stays_open() -> None:
    facts = Facts(MONDAY, Athlete(), ANSWERS, (said(-3, pain_nrs={"knee": 1}), said(0, pain_nrs={"knee": 2})))
    (state,) = [one for one in ask_rules(facts) if one.key == "pain_trend"]
    assert state.open and "1 → 2" in state.reason.text


def test_two_clean_sessions_end_a_setback() -> None:
    fall = said(0, fell=True)
    assert kinds(fall, today=10, done=ran(4)) == [SetbackKind.FALL]
    assert kinds(fall, today=10, done=ran(4, 7)) == [SetbackKind.FALL], "the seven days from day 4 are not over"
    assert kinds(fall, today=11, done=ran(4, 7)) == []
    assert kinds(fall, today=10, done=ran(1, 2)) == [SetbackKind.FALL], "done while it asked for rest"
    assert kinds(fall, today=7, done=ran(4, 7)) == [SetbackKind.FALL], "the next morning is still to come"
    forward = tuple(Done(one.on, one.activity_id, 900.0, 0.0) for one in ran(4, 7))
    assert kinds(fall, today=10, done=forward) == [SetbackKind.FALL], "forward runs say nothing"
    assert kinds(fall, today=10, done=ran(4) * 2) == [SetbackKind.FALL], "two recordings of one day are one session"


def test_a_session_after_which_the_calves_were_sore_is_not_clean() -> None:
    fall, sore = said(0, fell=True), said(9, calf_soreness_nrs=5, moment=Moment.DAY_2)
    better = said(11, calf_soreness_nrs=1)
    assert kinds(fall, sore, better, today=12, done=ran(4, 7)) == [SetbackKind.FALL, SetbackKind.SORENESS]
    assert kinds(fall, sore, better, today=20, done=ran(4, 7, 12, 15)) == []


@pytest.mark.parametrize("told_on", [5, 6, 7, 8])
def test_a_setback_belongs_to_the_session_that_hurt_whenever_it_is_told(told_on: int) -> None:
    """Saturday's session: told on the day, on Sunday evening or on Monday morning, it is the same setback."""
    saturday = ran(2, 5)
    told = (said(told_on, 19, pain_nrs={"knee": 4}), said(told_on, 19, calf_soreness_nrs=5))
    for one, back in zip(told, (SetbackKind.PAIN, SetbackKind.SORENESS), strict=True):
        (setback,) = found(one, today=told_on, done=saturday)
        assert (setback.kind, setback.on) == (back, MONDAY + timedelta(days=5))
        assert setback.activity_id == saturday[1].activity_id and setback.stages_back == 1


def test_a_check_in_that_names_its_session_belongs_to_it_however_late() -> None:
    runs = ran(0, 14)
    (late,) = found(said(12, pain_nrs={"knee": 5}, activity_id=runs[0].activity_id), today=12, done=runs)
    assert (late.on, late.activity_id) == (MONDAY, runs[0].activity_id)
    (alone,) = found(said(12, pain_nrs={"knee": 5}), today=12, done=runs)
    assert (alone.on, alone.activity_id) == (MONDAY + timedelta(days=12), None), "no session within three days"


def test_of_two_words_of_one_moment_the_worse_holds_whichever_came_first() -> None:
    sore, fine = said(0, calf_soreness_nrs=5), said(0, calf_soreness_nrs=1)
    assert found(sore, fine, today=1) == found(fine, sore, today=1) != ()


# Whatever is said -----------------------------------------------------------------------------------------------------

NRS = st.none() | st.integers(0, 10).map(float)
SITES = st.sampled_from(["knee", "left knee", "achilles", "shin", "groin", "back"])
CHECK_INS = st.lists(
    st.builds(
        said,
        st.integers(-20, 10),
        st.sampled_from([8, 20]),  # so that some are made at the same moment
        moment=st.sampled_from(Moment),
        pain_nrs=st.dictionaries(SITES, st.integers(0, 10).map(float), max_size=3),
        calf_soreness_nrs=NRS,
        fell=st.none() | st.booleans(),
    ),
    max_size=12,
)
DAYS = st.lists(st.integers(-20, 10), max_size=8)
TODAY = 11


def rest_until(some: tuple[Setback, ...]) -> date:
    return max((one.rest_until for one in some if one.rest_until), default=date.min)


@settings(deadline=None)
@given(CHECK_INS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_check_ins_does_not_matter(check_ins: list[CheckIn], days: list[int], random: object) -> None:
    shuffled = list(check_ins)
    random.shuffle(shuffled)
    assert found(*check_ins, today=TODAY, done=ran(*days)) == found(*shuffled, today=TODAY, done=ran(*reversed(days)))


@settings(deadline=None)
@given(
    CHECK_INS,
    DAYS,
    st.integers(-20, 10),
    st.sampled_from([{"fell": True}, {"calf_soreness_nrs": 4.0}, {"pain_nrs": {"knee": 9.0}}]),
)
def test_one_more_setback_never_shortens_the_rest(
    check_ins: list[CheckIn], days: list[int], day: int, what: dict[str, object]
) -> None:
    before = found(*check_ins, today=TODAY, done=ran(*days))
    after = found(*check_ins, said(day, 23, **what), today=TODAY, done=ran(*days))
    assert rest_until(after) >= rest_until(before)
    assert sum(one.stages_back for one in after) >= sum(one.stages_back for one in before)


@settings(deadline=None)
@given(CHECK_INS, DAYS)
def test_setbacks_are_whole_and_each_day_and_kind_comes_once(check_ins: list[CheckIn], days: list[int]) -> None:
    some = found(*check_ins, today=TODAY, done=ran(*days))
    assert [one.on for one in some] == sorted(one.on for one in some)
    assert len({(one.on, one.kind) for one in some}) == len(some)
    for one in some:
        assert one.stages_back in (0, 1)
        assert one.reason.text.endswith(".") and one.reason.evidence_key
        assert one.rest_until is None or one.rest_until >= one.on
        assert (
            one.kind not in (SetbackKind.FALL, SetbackKind.PAIN)
            or (one.rest_until - one.on).days == 3
            or (one.rest_until == MONDAY + timedelta(days=TODAY + 1))
        )


@settings(deadline=None)
@given(CHECK_INS, DAYS, st.integers(-20, 10), st.sampled_from([flag.key for flag in RED_FLAGS]))
def test_a_red_flag_wins_whatever_else_was_said_or_done(
    check_ins: list[CheckIn], days: list[int], day: int, key: str
) -> None:
    facts = Facts(
        MONDAY + timedelta(days=TODAY), Athlete(), ANSWERS, (*check_ins, said(day, red_flags=(key,))), ran(*days)
    )
    first = ask_rules(facts)[0]
    assert first.is_red_flag and not first.open
