from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.adaptation import Ceilings, Done
from backward_running.core.athlete import Athlete, CheckIn, Moment
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.core.plan import GateState
from backward_running.core.screening import CONDITIONS
from backward_running.rehab import RED_FLAGS, Facts, all_rules, ask_rules

TODAY = date(2026, 5, 4)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GOOD: dict[str, object] = {
    "forward_runs_per_week": 3,
    "longest_run_s": 2700.0,
    "backward_experience_min": 0,
    "birth_year": 1988,
    "have": ["spotter"],
    "supervisor_name": "Ada",
    "parq": "all_no",
    "health": ["none"],
}


def facts(*check_ins: CheckIn, athlete: Athlete | None = None, today: date = TODAY, **answers: object) -> Facts:
    return Facts(today, athlete or Athlete(), GOOD | answers, check_ins)


def gate(key: str, asked: Facts) -> GateState:
    (state,) = [state for state in ask_rules(asked) if state.key == key]
    return state


def said(days_ago: float, **what: object) -> CheckIn:
    return CheckIn(NOON - timedelta(days=days_ago), **what)


def test_a_healthy_adult_finds_every_gate_open() -> None:
    assert all(state.open for state in ask_rules(facts()))


def test_nothing_answered_opens_nothing_that_needs_an_answer() -> None:
    states = ask_rules(Facts(TODAY, Athlete(), {}))
    assert {s.key for s in states if s.open} == {
        "broken_off",
        "calf_soreness",
        "clinician_ceilings",
        "concussion_questions",
        "condition_of_the_goal",
        "fall_within_48_h",
        "pain_limits",
        "pain_trend",
        "see_somebody",
    }
    assert not any(s.is_red_flag for s in states), "not answered is no red flag"


# Red flags ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", RED_FLAGS, ids=lambda flag: flag.key)
def test_every_red_flag_stops_and_says_whom_to_see(flag: tuple[str, str, str, bool]) -> None:
    key, words, whom, emergency = flag
    for asked in (facts(health=[key]), facts(said(100, red_flags=(key,)))):
        first = ask_rules(asked)[0]
        assert first.key == "red_flags" and first.is_red_flag and not first.open
        assert words in first.reason.text
        assert first.what_to_do is not None and whom.removeprefix("the ") in first.what_to_do
    assert not emergency or "emergency" in whom


def test_the_emergencies_are_those_of_the_list() -> None:
    assert {flag.key for flag in RED_FLAGS if flag.emergency} == {
        "saddle_numbness", "calf_swelling", "chest_pain", "stroke_signs",
    }  # fmt: skip


def test_the_most_urgent_comes_first() -> None:
    state = gate("red_flags", facts(health=["locked_knee", "chest_pain"]))
    assert state.what_to_do is not None and state.what_to_do.startswith("Call the emergency number")


def test_a_sign_this_version_does_not_know_stops_too() -> None:
    assert gate("red_flags", facts(said(1, red_flags=("green_toes",)))).is_red_flag
    assert not gate("red_flags", facts(health=["green_toes"])).open


def test_cleared_by_a_professional_counts_for_what_was_said_before() -> None:
    check_in = said(10, red_flags=("locked_knee",))
    assert gate("red_flags", facts(check_in, red_flags_cleared_on="2026-05-01")).open
    assert not gate("red_flags", facts(check_in, red_flags_cleared_on="2026-04-20")).open
    assert not gate("red_flags", facts(check_in, red_flags_cleared_on="2026-06-01")).open, "not cleared yet"
    assert not gate("red_flags", facts(health=["locked_knee"], red_flags_cleared_on=TODAY)).open


# Screening ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "is_open"),
    [
        ("all_no", True),
        ("cleared_running", True),
        ("cleared_walking", False),
        ("cleared", False),
        ("yes_any", False),
        ("not_done", False),
        (None, False),
        ("", False),
    ],
)
def test_parq_outcome(outcome: object, is_open: bool) -> None:
    assert gate("parq_plus", facts(parq=outcome)).open == is_open


@pytest.mark.parametrize("key", [key for key, _ in CONDITIONS])
def test_no_condition_is_taken_for_a_red_flag(key: str) -> None:
    assert gate("red_flags", facts(health=[key])).open


@pytest.mark.parametrize(
    ("birth_year", "have", "is_open"),
    [
        (2009, [], True),  # 16 at least
        (2010, [], False),  # may still be 15
        (2010, ["supervisor"], True),
        (2012, ["supervisor"], True),  # 13 at least
        (2013, ["supervisor"], False),  # may still be 12
        (None, ["supervisor"], False),
    ],
)
def test_minors(birth_year: int | None, have: list[str], is_open: bool) -> None:
    assert gate("age", facts(birth_year=birth_year, have=have)).open == is_open
    nameless = gate("age", facts(birth_year=birth_year, have=have, supervisor_name=" "))
    assert nameless.open == (is_open and "supervisor" not in have), "nobody is beside them without a name"


def test_the_birth_year_may_come_from_the_profile() -> None:
    assert gate("age", facts(athlete=Athlete(birth_year=1990), birth_year=None)).open


@pytest.mark.parametrize(
    ("have", "is_open"), [(["treadmill"], True), (["known_spot"], True), (["supervisor"], True), ([], False)]
)
def test_a_spotter_or_a_known_lane(have: list[str], is_open: bool) -> None:
    assert gate("spotter_or_known_lane", facts(have=have)).open == is_open


@pytest.mark.parametrize(
    ("runs", "longest_s", "is_open"), [(3, 1200, True), (3, 1199, False), (0, 3600, False), (None, 3600, False)]
)
def test_runs_20_minutes(runs: int | None, longest_s: float, is_open: bool) -> None:
    assert gate("runs_20_minutes", facts(forward_runs_per_week=runs, longest_run_s=longest_s)).open == is_open


# Balance --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "is_open", "walking_only"),
    [
        ({"birth_year": 1962}, True, False),  # 64 at most
        ({"birth_year": 1961}, False, False),  # may be 65, and nobody knows how slow
        ({"birth_year": 1961, "have": ["supervisor"]}, False, False),
        ({"birth_year": 1961, "backward_walk_test_s": 4.0}, True, False),
        ({"health": ["fell_12_months"], "have": ["supervisor"]}, False, False),
        ({"health": ["fell_12_months"], "backward_walk_test_s": 5.5}, True, False),
        ({"health": ["fell_12_months"], "backward_walk_test_s": "5.4"}, True, False),
        ({"health": ["fell_12_months"], "backward_walk_test_s": 5.6}, False, False),
        ({"health": ["fell_12_months"], "backward_walk_test_s": 5.6, "have": ["supervisor"]}, False, True),
        ({"health": ["fell_12_months"], "backward_walk_test_s": 8.14, "have": ["supervisor"]}, False, True),
        ({"health": ["fell_12_months"], "backward_walk_test_s": 8.15, "have": ["supervisor"]}, False, False),
        ({"birth_year": None}, False, False),
    ],
)
def test_balance_test(answers: dict[str, object], is_open: bool, walking_only: bool) -> None:
    state = gate("balance_test", facts(**answers))
    assert (state.open, state.walking_only) == (is_open, walking_only)
    assert state.open or state.what_to_do


# A supervised base ----------------------------------------------------------------------------------------------------


def walked(days_ago: Iterable[int], *, by: str | None = "Ada", backward_s: float = 200.0) -> Facts:
    """Sessions of somebody of 70, each with its check-in."""
    days = sorted(days_ago, reverse=True)
    done = tuple(Done(TODAY - timedelta(days=ago), f"run-{ago}", 600.0, backward_s) for ago in days)
    told = tuple(said(ago - 0.1, activity_id=f"run-{ago}", supervised_by=by) for ago in days)
    return Facts(TODAY, Athlete(), GOOD | {"birth_year": 1956, "have": ["supervisor"]}, told, done)


SIX = (30, 26, 22, 18, 12, 9)


def test_six_recorded_sessions_with_somebody_named_are_a_base() -> None:
    assert gate("supervised_base", walked(SIX)).open


@pytest.mark.parametrize(
    "asked",
    [
        facts(birth_year=1956, backward_experience_min=300, have=["supervisor"]),
        walked(SIX[:5]),
        walked(SIX, by=None),
        walked(SIX, by="  "),
        walked(SIX, backward_s=0.0),
        walked((25, 20, 15, 12, 9, 5)),  # 20 days
        replace(walked(SIX), done=()),
        replace(walked(SIX), check_ins=(*walked(SIX).check_ins, said(1, fell=True))),
        replace(walked(SIX), check_ins=(*walked(SIX).check_ins, said(19, fell=True))),
        replace(walked(SIX), today=TODAY - timedelta(days=10)),
    ],
    ids=["typed", "five", "nobody named", "a blank name", "forward", "too fast", "not recorded", "a fall after",
         "a fall between", "not yet"],
)  # fmt: skip
def test_what_is_no_base_leaves_supervised_walking(asked: Facts) -> None:
    state = gate("supervised_base", asked)
    assert not state.open and state.walking_only and "Ada" in (state.what_to_do or "")
    alone = replace(asked, answers=asked.answers | {"have": ["known_spot"]})
    assert not gate("supervised_base", alone).walking_only


@pytest.mark.parametrize(("birth_year", "is_open"), [(1947, True), (1946, False), (1936, False)])
def test_from_80_on_one_walks_whatever_was_done_before(birth_year: int, is_open: bool) -> None:
    asked = walked(SIX)
    asked = replace(asked, answers=asked.answers | {"birth_year": birth_year, "backward_walk_test_s": 3.0})
    state = gate("from_80", asked)
    assert gate("supervised_base", asked).open and (state.open, state.walking_only) == (is_open, not is_open)
    alone = replace(asked, answers=asked.answers | {"have": ["known_spot"]})
    assert is_open or not gate("from_80", alone).walking_only


def test_a_base_after_the_fall_counts_again() -> None:
    asked = walked(SIX)
    assert gate("supervised_base", replace(asked, check_ins=(*asked.check_ins, said(40, fell=True)))).open


def test_a_fall_in_a_check_in_asks_for_the_test_for_a_year() -> None:
    assert not gate("balance_test", facts(said(300, fell=True))).open
    assert gate("balance_test", facts(said(400, fell=True))).open


# Check-ins ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("soreness", "is_open"),
    [
        ([], True),
        ([3], True),
        ([4], False),
        ([4, 3], False),
        ([4, 2], True),
        ([6, 3, 2, 3], True),
        ([2, None, 5], False),
    ],
)
def test_calves_close_at_four_and_open_at_two(soreness: list[float | None], is_open: bool) -> None:
    check_ins = [said(len(soreness) - n, calf_soreness_nrs=nrs) for n, nrs in enumerate(soreness)]
    assert gate("calf_soreness", facts(*check_ins)).open == is_open
    assert gate("calf_soreness", facts(*reversed(check_ins))).open == is_open, "their order in the store says nothing"


@pytest.mark.parametrize(("days_ago", "is_open"), [(0, False), (1, False), (2, False), (3, True)])
def test_a_fall_closes_for_48_hours(days_ago: int, is_open: bool) -> None:
    state = gate("fall_within_48_h", facts(said(days_ago, fell=True)))
    assert state.open == is_open
    assert is_open or "headache" in (state.what_to_do or "")
    assert gate("fall_within_48_h", facts(said(days_ago, fell=False))).open


@pytest.mark.parametrize(
    ("site", "pain", "is_open"),
    [
        ("achilles", 5, True),
        ("left achilles", 6, False),
        ("calf", 3, True),
        ("right_calf", 4, False),
        ("knee", 4, False),
        ("front_of_knee", 3, True),
        ("front_of_knee", 4, False),
        ("shin", 1, False),
        ("elbow", 2, True),
        ("elbow", 3, False),
    ],
)
def test_pain_limits_by_tissue(site: str, pain: float, is_open: bool) -> None:
    assert gate("pain_limits", facts(said(0, pain_nrs={site: pain}, moment=Moment.AFTER))).open == is_open


def test_pain_over_the_limit_stays_closed_until_it_is_said_to_be_under_it() -> None:
    assert not gate("pain_limits", facts(said(20, pain_nrs={"knee": 5}))).open
    assert gate("pain_limits", facts(said(20, pain_nrs={"knee": 5}), said(10, pain_nrs={"knee": 1}))).open
    assert not gate("pain_limits", facts(said(1, pain_nrs={"knee": 5}), said(0, pain_nrs={"knee": 1}))).open


@pytest.mark.parametrize(
    ("first", "then", "is_open"),
    [
        ("knee", "left knee", True),
        ("left_knee", "knee", True),
        ("left knee", "left_knee", True),
        ("left knee", "right knee", False),
        ("knee", "shin", False),
    ],
)
def test_a_later_word_with_or_without_its_side_answers_the_first(first: str, then: str, is_open: bool) -> None:
    asked = facts(said(20, pain_nrs={first: 5}), said(10, pain_nrs={then: 0}))
    assert gate("pain_limits", asked).open == is_open


def test_a_worse_morning_closes_for_48_hours() -> None:
    evening = said(1, pain_nrs={"knee": 1}, moment=Moment.AFTER)
    morning = said(0, pain_nrs={"knee": 2}, moment=Moment.NEXT_MORNING)
    assert not gate("pain_limits", facts(evening, morning)).open
    unknown = gate("pain_limits", facts(morning))
    assert not unknown.open and "had not said how it was before" in unknown.reason.text, "not known counts as 0"
    nothing = said(0, pain_nrs={"knee": 0}, moment=Moment.NEXT_MORNING)
    assert gate("pain_limits", facts(nothing)).open
    assert gate("pain_limits", facts(evening, morning, today=TODAY + timedelta(days=3))).open


# Goal and clinician ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "is_open", "walking_only"),
    [
        ("try", True, False),
        (None, True, False),
        ("rehab:runners_knee", True, False),
        ("rehab:hamstring", True, False),
        ("rehab:knee_osteoarthritis", False, False),  # nobody beside
        ("rehab:balance", False, True),
        ("rehab:low_back", False, True),
        ("rehab:stroke", False, False),
        ("rehab:hip", False, False),
        ("rehab:achilles", False, False),
        ("rehab:green_toes", False, False),
    ],
)
def test_a_goal_carries_what_was_studied(goal: str | None, is_open: bool, walking_only: bool) -> None:
    state = gate("condition_of_the_goal", facts(goal=goal))
    assert (state.open, state.walking_only) == (is_open, walking_only)
    assert state.open or state.what_to_do


def test_a_condition_that_was_studied_supervised_needs_a_name() -> None:
    goal = "rehab:knee_osteoarthritis"
    assert gate("condition_of_the_goal", facts(goal=goal, have=["supervisor"])).walking_only
    nameless = gate("condition_of_the_goal", facts(goal=goal, have=["supervisor"], supervisor_name=None))
    assert not nameless.walking_only and "name" in (nameless.what_to_do or "")


@pytest.mark.parametrize(
    ("limits", "is_open", "walking_only"),
    [
        ({}, True, False),
        ({"walking_only": True}, False, True),
        ({"sessions_per_week_count": 0}, False, False),
        ({"backward_session_s": 0.0, "walking_only": True}, False, False),
        ({"walking_only": True, "until": TODAY}, False, True),
        ({"walking_only": True, "set_on": date(2026, 4, 1), "until": date(2026, 5, 3)}, True, False),
    ],
)
def test_what_a_clinician_allows_acts_at_once(limits: dict[str, object], is_open: bool, walking_only: bool) -> None:
    allowed = Ceilings(**({"by": "physiotherapist", "set_on": TODAY} | limits))
    state = gate("clinician_ceilings", facts(athlete=Athlete(ceilings=allowed)))
    assert (state.open, state.walking_only) == (is_open, walking_only)
    assert "physiotherapist" in state.reason.text or state.open


# All together ---------------------------------------------------------------------------------------------------------

WHATEVER = st.one_of(
    st.none(), st.integers(-5, 3000), st.floats(), st.text(max_size=4), st.lists(st.text(max_size=4), max_size=2),
    st.sampled_from([["none"], ["fell_12_months"], ["spotter"], "all_no", 1988, 2012]),
)  # fmt: skip


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from([*GOOD, "backward_walk_test_s", "red_flags_cleared_on"]), WHATEVER),
    st.sampled_from([flag.key for flag in RED_FLAGS]),
    st.integers(0, 4000),
)
def test_a_red_flag_always_comes_first_whatever_else_was_said(answers: dict[str, object], key: str, days: int) -> None:
    asked = Facts(TODAY, Athlete(), answers | {"red_flags_cleared_on": None}, (said(days, red_flags=(key,)),))
    states = ask_rules(asked)
    assert states[0].is_red_flag and not states[0].open
    assert len(states) == len(all_rules())
    assert all(state.reason.text for state in states)


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"health": ["acute_calf_or_foot"]}, "You ticked: Fresh pain"),
        ({"health": ["acute_calf_or_foot"], "goal": "rehab:achilles"}, "You chose “A painful Achilles tendon”"),
        ({"health": ["parkinson_or_stroke"], "told_before": ["rehab:stroke"]}, "You chose “After a stroke”"),
        ({"health": ["anticoagulation", "acute_calf_or_foot"], "goal": "rehab:achilles"}, "You ticked: "),
    ],
)
def test_a_goal_that_tells_of_a_condition_is_no_tick(answers, says) -> None:
    """A reason is true of the record: who chose a goal ticked nothing."""
    told = gate("not_for_backward", facts(**answers)).reason.text
    assert told.startswith(says)
    assert ("You ticked" in told and "Achilles" in told.partition("You chose")[0]) == (
        answers.get("goal") is None and "acute_calf_or_foot" in answers["health"]
    )


@pytest.mark.parametrize("goal", ["rehab:stroke", "rehab:achilles"])
@pytest.mark.parametrize(
    ("limits", "is_open"),
    [
        (None, False),
        ({"backward_session_s": 180.0}, False),
        ({"sessions_per_week_count": 1}, False),
        ({"backward_session_s": 180.0, "sessions_per_week_count": 1}, True),
    ],
)
def test_where_no_dose_was_studied_it_is_the_clinicians_or_none(goal, limits, is_open) -> None:
    key = {"rehab:stroke": "parkinson_or_stroke", "rehab:achilles": "acute_calf_or_foot"}[goal]
    answers = GOOD | {"goal": goal, "health": [key], "have": ["spotter", "supervisor"], "supervisor_name": "Ada"}
    word = Clearance(
        ClearanceKind.CLINICIAN, NOON, (f"condition:{key}",), "Dr. Moss", TODAY, allows="walking", running=False
    )
    athlete = Athlete(ceilings=None if limits is None else Ceilings(set_on=TODAY, by="Dr. Moss", **limits))
    state = gate("condition_of_the_goal", Facts(TODAY, athlete, answers, clearances=(word,)))
    assert state.walking_only is is_open
    assert is_open or "how many minutes backward" in (state.what_to_do or "")
