"""What stops everything (a red flag, pain for somebody to see, a fall without an answer), and what ends a stop."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from backward_running.core.adaptation import Done, SetbackKind
from backward_running.core.athlete import Athlete, CheckIn, Moment
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.core.errors import BadValue
from backward_running.core.plan import GateState
from backward_running.core.screening import RED_FLAGS
from backward_running.rehab import Facts, ask_rules, setbacks

MONDAY = date(2026, 5, 4)
ANSWERS: dict[str, object] = {"health": ["none"], "parq": "all_no", "birth_year": 1988, "goal": "try"}


def at(day: float, hour: float = 12) -> datetime:
    return datetime(2026, 5, 4, tzinfo=UTC) + timedelta(days=day, hours=hour)


def said(day: float, hour: float = 12, **what: object) -> CheckIn:
    return CheckIn(at(day, hour), **what)


def word(day: float, *of: str, on: int | None = None, hour: float = 13) -> Clearance:
    made = at(day, hour)
    seen = made.date() if on is None else MONDAY + timedelta(days=on)
    return Clearance(ClearanceKind.CLINICIAN, made, of, "Dr. Moss", seen, allows="walking")


def mistake(day: float, *of: str, hour: float = 13) -> Clearance:
    return Clearance(ClearanceKind.MISTAKE, at(day, hour), of, "you", at(day, hour).date(), reason="the wrong line")


def facts(*check_ins: CheckIn, today: int, by: tuple[Clearance, ...] = (), **more: object) -> Facts:
    done = more.pop("done", ())
    return Facts(MONDAY + timedelta(days=today), Athlete(), ANSWERS | more, check_ins, done, by)


def gate(key: str, asked: Facts) -> GateState:
    return next(one for one in ask_rules(asked) if one.key == key)


# Red flags and what clears them


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.key)
def test_a_flag_stands_until_a_clinician_clears_that_very_flag(flag) -> None:
    told = said(0, red_flags=(flag.key,))
    other = next(one.key for one in RED_FLAGS if one.key != flag.key)
    assert gate("red_flags", facts(told, today=400)).stops_all
    assert gate("red_flags", facts(told, today=3, by=(word(2, other),))).stops_all
    assert gate("red_flags", facts(told, today=3, by=(word(2, flag.key),))).open


def test_a_word_counts_for_what_was_told_and_happened_before_it() -> None:
    told = said(3, red_flags=("chest_pain",))
    assert gate("red_flags", facts(told, today=9, by=(word(5, "chest_pain", on=2),))).stops_all, "the word is older"
    assert gate("red_flags", facts(told, today=9, by=(word(1, "chest_pain"),))).stops_all
    assert gate("red_flags", facts(told, today=9, by=(word(3, "chest_pain"),))).open
    again = said(3, 20, red_flags=("chest_pain",))
    assert gate("red_flags", facts(told, again, today=9, by=(word(3, "chest_pain"),))).stops_all, "it came again"


def test_the_moment_is_the_session_not_the_hour_it_was_told() -> None:
    run = Done(MONDAY, "run", 600.0, 300.0)
    told = said(3, red_flags=("chest_pain",), activity_id="run")
    asked = facts(told, today=9, done=(run,), by=(word(3, "chest_pain", on=1),))
    assert gate("red_flags", asked).open, "seen on the day after the run, told two days later"
    (setback,) = setbacks(asked)
    assert (setback.kind, setback.on, setback.activity_id) == (SetbackKind.RED_FLAG, MONDAY, "run")
    assert (setback.stages_back, setback.rest_until) == (1, MONDAY + timedelta(days=1))
    assert "Dr. Moss" in setback.reason.text and "5 May" in setback.reason.text


def test_a_mistake_taken_back_leaves_everything_as_before() -> None:
    told = said(0, red_flags=("chest_pain",))
    asked = facts(told, today=0, by=(mistake(0, "chest_pain"),))
    assert gate("red_flags", asked).open and setbacks(asked) == ()
    assert gate("red_flags", facts(told, today=1, by=(mistake(1, "chest_pain"),))).stops_all, "the day after: never"
    again = said(0, 20, red_flags=("chest_pain",))
    assert gate("red_flags", facts(told, again, today=0, by=(mistake(0, "chest_pain"),))).stops_all


def test_the_day_of_a_mistake_is_the_runners_own() -> None:
    paris = timezone(timedelta(hours=2))
    told = CheckIn(datetime(2026, 5, 4, 23, tzinfo=paris), red_flags=("chest_pain",))
    moment = datetime(2026, 5, 4, 23, 30, tzinfo=paris)
    back = Clearance(ClearanceKind.MISTAKE, moment, ("chest_pain",), "you", moment.date(), reason="the wrong line")
    assert gate("red_flags", facts(told, today=0, by=(back,))).open


def test_flags_in_the_answers_are_cleared_too_and_a_flag_is_no_excuse_for_another() -> None:
    ticked = {"health": ["locked_knee", "chest_pain"]}
    assert gate("red_flags", facts(today=3, by=(word(2, "chest_pain"),), **ticked)).stops_all
    assert gate("red_flags", facts(today=3, by=(word(2, "chest_pain", "locked_knee"),), **ticked)).open
    told = said(1, red_flags=("chest_pain",))
    assert gate("red_flags", facts(told, today=3, by=(word(0, "chest_pain"),), **ticked)).stops_all


@pytest.mark.parametrize(
    "wrong",
    [
        {"of": ()},
        {"by": " "},
        {"on": MONDAY + timedelta(days=1)},
        {"made_at": datetime(2026, 5, 4)},  # noqa: DTZ001 -- what must be refused
        {"kind": ClearanceKind.MISTAKE, "reason": " "},
    ],
)
def test_a_clearance_says_what_who_and_when(wrong) -> None:
    good = {"kind": ClearanceKind.CLINICIAN, "made_at": at(0), "of": ("pain",), "by": "Dr. Moss", "on": MONDAY}
    Clearance(**good)
    with pytest.raises(BadValue):
        Clearance(**(good | wrong))


# Pain for somebody to see


@pytest.mark.parametrize(("nrs", "stops"), [(3.5, False), (6.9, False), (7.0, True), (10.0, True)])
def test_severe_pain_is_answered_otherwise_than_pain_over_its_limit(nrs: float, stops: bool) -> None:
    asked = facts(said(0, pain_nrs={"left knee": nrs}), today=30)
    state = gate("see_somebody", asked)
    assert state.stops_all == stops
    assert not gate("pain_limits", asked).open
    if stops:
        assert f"{nrs:g} of 10 at your left knee" in state.reason.text and "See a doctor" in state.what_to_do
        assert not state.walking_only, "walking is closed too"


def test_severe_pain_at_a_tendon_that_bears_much_stops_too() -> None:
    assert gate("see_somebody", facts(said(0, pain_nrs={"achilles": 7}), today=1)).stops_all


@pytest.mark.parametrize(("second", "stops"), [(1, True), (7, True), (8, False)])
def test_over_its_limit_twice_within_seven_days(second: int, stops: bool) -> None:
    pains = (said(0, pain_nrs={"knee": 4}), said(second, pain_nrs={"left shin": 1}))
    assert gate("see_somebody", facts(*pains, today=20)).stops_all == stops


def test_during_and_after_one_session_is_once() -> None:
    run = Done(MONDAY, "run", 600.0, 300.0)
    one = [said(0, pain_nrs={"knee": 4}, moment=Moment.DURING, activity_id="run")]
    two = [*one, said(1, pain_nrs={"knee": 5}, moment=Moment.NEXT_MORNING, activity_id="run")]
    assert gate("see_somebody", facts(*two, today=2, done=(run,))).open
    assert gate("see_somebody", facts(*one, said(1, pain_nrs={"knee": 5}), today=2, done=(run,))).stops_all


def test_pain_is_cleared_by_a_word_of_its_own_day_or_later_and_counts_anew_from_there() -> None:
    bad = said(2, pain_nrs={"knee": 9})
    assert gate("see_somebody", facts(bad, today=9, by=(word(3, "pain", on=1),))).stops_all
    assert gate("see_somebody", facts(bad, today=9, by=(word(3, "chest_pain"),))).stops_all
    cleared = (word(3, "pain"),)
    assert gate("see_somebody", facts(bad, today=9, by=cleared)).open
    assert gate("see_somebody", facts(bad, said(5, pain_nrs={"knee": 4}), today=9, by=cleared)).open
    assert gate("see_somebody", facts(bad, said(5, pain_nrs={"knee": 7}), today=9, by=cleared)).stops_all


# A fall


def test_a_fall_stops_everything_until_the_head_was_asked_about() -> None:
    fall = said(0, fell=True)
    state = gate("concussion_questions", facts(fall, today=0))
    assert state.stops_all and not state.is_red_flag
    for sign in ("hit your head", "headache", "confusion", "vomiting", "new dizziness"):
        assert sign in state.what_to_do
    for answer in (said(0, fell=True, concussion_signs=False), said(0, fell=True, red_flags=("head_strike",))):
        assert gate("concussion_questions", facts(answer, today=0)).open
    later = said(1, concussion_signs=False)
    assert gate("concussion_questions", facts(fall, later, today=1)).open
    assert gate("concussion_questions", facts(fall, later, said(2, fell=True), today=2)).stops_all, "another fall"


def test_any_sign_of_a_concussion_is_the_red_flag() -> None:
    told = said(0, fell=True, concussion_signs=True)
    assert told.red_flags == ("head_strike",)
    state = gate("red_flags", facts(told, today=0))
    assert state.stops_all and "vomiting" in state.reason.text
    assert gate("concussion_questions", facts(told, today=0)).open


# A session broken off


@pytest.mark.parametrize(("today", "is_open"), [(0, False), (2, False), (3, True)])
def test_a_session_broken_off_pauses_48_hours_and_goes_one_stage_back(today: int, is_open: bool) -> None:
    run = Done(MONDAY, "run", 600.0, 300.0)
    told = said(1, broke_off=True, activity_id="run")
    asked = facts(told, today=today, done=(run,))
    assert gate("broken_off", asked).open == is_open
    (setback,) = setbacks(asked)
    assert (setback.kind, setback.on, setback.activity_id) == (SetbackKind.BROKEN_OFF, MONDAY, "run")
    assert (setback.stages_back, setback.rest_until) == (1, MONDAY + timedelta(days=3))


def test_a_yes_about_the_head_that_was_taken_back_is_no_no() -> None:
    """The mistake is gone, the fall is not: the questions are asked again, and only an answer ends the stop."""
    told = said(0, fell=True, concussion_signs=True, red_flags=("head_strike",))
    back = mistake(0, "head_strike")
    assert gate("red_flags", facts(told, today=0, by=(back,))).open
    assert gate("concussion_questions", facts(told, today=0, by=(back,))).stops_all
    answered = said(0, 14, concussion_signs=False)
    assert gate("concussion_questions", facts(told, answered, today=0, by=(back,))).open
    assert gate("concussion_questions", facts(told, today=3, by=(word(2, "head_strike"),))).open
