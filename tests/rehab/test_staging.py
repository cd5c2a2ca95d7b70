from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.adaptation import Done
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.screening import RED_FLAGS
from backward_running.rehab import Facts, Suggested, all_conditions, suggested_stage

MONDAY = date(2026, 5, 4)
KNEE = all_conditions()["knee_osteoarthritis"]


def suggest(
    *check_ins: CheckIn, days: tuple[int, ...] = (), stage: int = 1, today: int = 30, key: str = ""
) -> Suggested:
    done = tuple(Done(MONDAY + timedelta(days=day), f"run-{day}", 600.0, 300.0, is_rated=True) for day in days)
    answers = {"health": ["none"], "goal": "rehab:knee_osteoarthritis"}
    facts = Facts(MONDAY + timedelta(days=today), Athlete(), answers, check_ins, done)
    return suggested_stage(all_conditions()[key] if key else KNEE, facts, stage=stage, since=MONDAY)


def said(day: int, **what: object) -> CheckIn:
    return CheckIn(datetime(2026, 5, 4, 12, tzinfo=UTC) + timedelta(days=day), **what)


def test_two_clean_sessions_speak_for_the_next_stage() -> None:
    assert suggest(days=(1,)).stage == 1
    assert suggest(days=(1, 4)).stage == 2
    assert suggest(days=(-9, -5)).stage == 1, "before the stage began"
    assert "yours to check" in suggest(days=(1, 4)).reasons[0].text


def test_the_weeks_of_the_trial_are_eighteen_sessions() -> None:
    assert suggest(days=tuple(range(17)), stage=2).stage == 2
    assert suggest(days=tuple(range(18)), stage=2).stage == 3


def test_a_setback_goes_back_and_a_rising_week_holds() -> None:
    assert suggest(said(5, pain_nrs={"knee": 5}), days=(1, 4), stage=2).stage == 1
    rising = (said(-1, pain_nrs={"knee": 1}), said(3, pain_nrs={"knee": 3}))
    held = suggest(*rising, days=tuple(range(4)), stage=2)
    assert held.stage == 2 and "1 → 3" in held.reasons[0].text
    assert suggest(said(-5, fell=True, concussion_signs=False), days=(1, 4)).stage == 2, "before the stage began"


def test_what_the_program_cannot_see_it_does_not_count() -> None:
    asked = suggest(days=tuple(range(20)), key="stroke")
    assert asked.stage == 1 and "clinician" in asked.reasons[0].text


def test_the_last_stage_stays_the_last() -> None:
    assert suggest(days=(1, 2, 3, 4), stage=3).stage == 3
    assert suggest(stage=99).stage == 3


@settings(deadline=None)
@given(
    st.sampled_from(sorted(all_conditions())),
    st.integers(1, 4),
    st.lists(st.integers(-10, 30), max_size=10),
    st.sampled_from([flag.key for flag in RED_FLAGS]),
    st.integers(-300, 30),
)
def test_a_red_flag_stops_every_stage(key: str, stage: int, days: list[int], flag: str, day: int) -> None:
    asked = suggest(said(day, red_flags=(flag,)), days=tuple(days), stage=stage, key=key)
    assert asked.stopped and asked.stage <= stage


@settings(deadline=None)
@given(
    st.sampled_from(sorted(all_conditions())),
    st.integers(1, 4),
    st.lists(st.integers(-10, 30), max_size=10),
    st.lists(st.builds(lambda day, nrs: said(day, pain_nrs={"knee": nrs}), st.integers(0, 30), st.integers(5, 10))),
)
def test_never_more_than_one_stage_on_and_never_on_after_a_setback(
    key: str, stage: int, days: list[int], pains: list[CheckIn]
) -> None:
    asked = suggest(*pains, days=tuple(days), stage=stage, key=key)
    at = min(stage, len(all_conditions()[key].stages))
    assert 1 <= asked.stage <= at + 1
    if any(pain.made_at.date() >= MONDAY + timedelta(days=27) for pain in pains):
        assert asked.stopped or asked.stage <= max(1, at - 1), "too little time for two clean sessions"
