from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.goals import GOALS, REHAB_CONDITIONS
from backward_running.plans import Answers, all_protocols, check_answers, choose, settled
from backward_running.plans.choosing import BEST_FIRST
from backward_running.rehab import all_conditions

NEW = Answers(
    forward_runs_per_week=3,
    easy_speed_mps=3.0,
    longest_run_s=3600,
    backward_experience_min=0,
    days=(0, 2, 4),
    has_treadmill=True,
    has_spotter=True,
    has_known_spot=True,
    birth_year=1985,
    starts_on=date(2026, 5, 4),
)
OLD_HAND = replace(NEW, backward_experience_min=400)
HARNESS = replace(OLD_HAND, has_harness=True)
BESIDE = replace(NEW, has_supervisor=True)


@pytest.mark.parametrize(
    ("answers", "goal", "first"),
    [
        (NEW, "try", "beginner"),
        (NEW, "variety", "beginner"),
        (NEW, "economy", "beginner"),
        (NEW, "race", "beginner"),
        (OLD_HAND, "variety", "maintenance_week"),
        (HARNESS, "economy", "ordway_2016"),
        (OLD_HAND, "economy", "beginner"),
        (replace(HARNESS, has_treadmill=False), "economy", "beginner"),
        (replace(HARNESS, easy_speed_mps=2.0), "economy", "beginner"),
        (replace(BESIDE, birth_year=2011), "economy", "beginner"),
        (replace(BESIDE, birth_year=2011, backward_experience_min=90), "economy", "uthoff_2020"),
        (replace(NEW, stage_zero=True), "try", "holding_on"),
        (replace(NEW, stage_zero=True), "economy", "holding_on"),
        (replace(OLD_HAND, race_distance_m=100.0, backward_20_m_s=6.0), "race", "competition_preparation"),
        (OLD_HAND, "race", "competition_preparation"),
        (replace(NEW, longest_run_s=600), "try", "heath_2001"),
        (BESIDE, "rehab:knee_osteoarthritis", "knee_osteoarthritis_walking"),
        (NEW, "rehab:balance", "heath_2001"),
        (NEW, "rehab:low_back", "heath_2001"),
        (NEW, "rehab:runners_knee", "knee_minutes_swapped"),
        (replace(NEW, longest_run_s=900), "rehab:runners_knee", "return_to_run"),
        (NEW, "rehab:hamstring", "return_to_run"),
    ],
)
def test_the_first_choice_fits(answers: Answers, goal: str, first: str) -> None:
    best = choose(replace(answers, goal=goal))[0]
    assert best.fits and best.protocol == first
    assert best.reason.evidence_key


@pytest.mark.parametrize(
    ("goal", "says"),
    [
        ("rehab:hip", "clinician’s plan"),
        ("rehab:groin", "femoral neck"),
        ("rehab:shin_splints", "bone stress"),
        ("rehab:achilles", "may aggravate"),
        ("rehab:ankle_sprain", "not known"),
        ("rehab:knee_surgery", "surgeon’s protocol leads"),
        ("rehab:stroke", "physiotherapist of your stroke team"),
    ],
)
def test_where_the_evidence_carries_nothing_no_programme_fits_and_the_first_says_why(goal: str, says: str) -> None:
    for runner in (OLD_HAND, BESIDE):
        choices = choose(replace(runner, goal=goal))
        assert not any(choice.fits for choice in choices)
        assert says in choices[0].reason.text


@pytest.mark.parametrize("birth_year", [1930, 1990, 2009])
def test_programmes_of_the_young_are_offered_to_nobody_over_16(birth_year: int) -> None:
    for goal, _ in GOALS:
        runner = replace(HARNESS, goal=goal, birth_year=birth_year, has_supervisor=True, backward_20_m_s=6.0)
        fits = {choice.protocol for choice in choose(runner) if choice.fits}
        assert not fits & {"uthoff_2020", "bouguezzi_2024"}


def test_a_marathon_is_refused_by_every_programme_and_says_what_instead() -> None:
    for runner in (NEW, HARNESS, replace(OLD_HAND, backward_20_m_s=6.0)):
        choices = choose(replace(runner, goal="race", race_distance_m=42_195.0))
        assert not any(choice.fits for choice in choices)
        assert "half marathon" in choices[0].reason.text and "calves" in choices[0].reason.text


def test_every_condition_has_a_programme_or_a_reason() -> None:
    for key, _ in REHAB_CONDITIONS:
        first = choose(replace(BESIDE, goal=f"rehab:{key}"))[0]
        assert first.fits or len(first.reason.text) > 60


@given(
    st.sampled_from([goal for goal, _ in GOALS]), st.floats(0, 500), st.floats(0, 7200), st.booleans(), st.booleans(),
    st.integers(1930, 2020),
)  # fmt: skip
def test_every_programme_is_offered_once_those_that_fit_first(
    goal: str, minutes: float, longest_s: float, treadmill: bool, supervisor: bool, birth_year: int
) -> None:
    runner = replace(
        NEW, goal=goal, backward_experience_min=minutes, longest_run_s=longest_s, has_treadmill=treadmill,
        has_supervisor=supervisor, birth_year=birth_year,
    )  # fmt: skip
    choices = choose(runner)
    assert sorted(choice.protocol for choice in choices) == sorted(all_protocols())
    fits = [choice.fits for choice in choices]
    assert fits == sorted(fits, reverse=True)
    assert choices == choose(replace(runner))


def test_conditions_and_programmes_tell_one_story() -> None:
    """What a page of rehabilitation offers is what the programmes serve, and the other way round."""
    for key, condition in all_conditions().items():
        serving = {one.key for one in all_protocols().values() if f"rehab:{key}" in one.goals}
        assert serving == set(condition.protocols), key


def test_the_order_names_only_programmes_that_serve_the_goal() -> None:
    for goal, keys in BEST_FIRST.items():
        for key in keys:
            assert goal in all_protocols()[key].goals


def test_what_was_left_empty_is_settled_once() -> None:
    typed: dict[str, object] = {
        "forward_runs_per_week": 3, "easy_speed_mps": 2.8, "longest_run_s": 2700, "backward_experience_min": 0,
        "birth_year": 1988, "goal": "try", "days": ["0", "2"], "have": ["spotter"], "parq": "all_no",
        "health": ["none"],
    }  # fmt: skip
    today = date(2026, 5, 4)
    answers, _ = check_answers(typed, today=today)
    assert answers is not None
    kept = settled(typed, answers)
    assert (kept["starts_on"], kept["protocol"]) == (today, "beginner")
    chosen, _ = check_answers(typed | {"protocol": "heath_2001", "starts_on": date(2026, 5, 9)}, today=today)
    assert chosen is not None
    kept = settled(typed | {"protocol": "heath_2001"}, chosen)
    assert (kept["starts_on"], kept["protocol"]) == (date(2026, 5, 9), "heath_2001")
