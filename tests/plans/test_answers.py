from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backward_running.core.goals import GOALS
from backward_running.core.question import Kind
from backward_running.core.screening import ASKED_BEFORE, CONDITIONS, RED_FLAGS
from backward_running.plans import FOLLOW_UPS, QUESTIONS, all_protocols, check_answers, follow_ups, questions_for
from backward_running.plans.answers import ACCEPTED
from backward_running.plans.questions import HEALTH_QUESTIONS, RACES

TODAY = date(2026, 5, 4)
GOOD: dict[str, object] = {
    "forward_runs_per_week": 3,
    "easy_speed_mps": 2.5,
    "longest_run_s": 2700.0,
    "backward_experience_min": 0,
    "birth_year": 1988,
    "goal": "try",
    "days": ["0", "2", "5"],
    "have": ["spotter", "treadmill"],
    "starts_on": TODAY,
    "parq": "all_no",
    "health": ["none"],
}


def test_good_answers_are_read() -> None:
    answers, problems = check_answers(GOOD, today=TODAY)
    assert problems == {}
    assert answers is not None
    assert answers.days == (0, 2, 5)
    assert (answers.has_spotter, answers.has_treadmill, answers.has_known_spot) == (True, True, False)
    assert answers.birth_year == 1988 and answers.starts_on == TODAY


def test_half_a_questionnaire_that_was_kept_as_text_reads_the_same() -> None:
    kept = json.loads(
        json.dumps({key: str(v) if isinstance(v, (int, float)) else v for key, v in GOOD.items()}, default=str)
    )
    assert check_answers(kept, today=TODAY) == check_answers(GOOD, today=TODAY)


def test_at_most_ten_questions_need_an_answer_and_health_comes_first() -> None:
    assert sum(not question.optional for question in QUESTIONS) <= 10
    assert QUESTIONS[: len(HEALTH_QUESTIONS)] == HEALTH_QUESTIONS
    assert [question.key for question in HEALTH_QUESTIONS][:2] == ["health", "parq"]
    keys = [question.key for question in (*QUESTIONS, *FOLLOW_UPS)]
    assert len(set(keys)) == len(keys)
    assert all(question.text.endswith("?") and question.help for question in QUESTIONS)
    assert all(question.optional for question in FOLLOW_UPS)


def test_follow_ups_come_only_where_their_gate_is_closed() -> None:
    assert questions_for() == QUESTIONS
    assert questions_for({"balance_test", "red_flags", "age"}) == QUESTIONS + FOLLOW_UPS[:2]


def test_the_last_screen_asks_for_a_race_or_a_timed_sprint_only_where_there_may_be_one() -> None:
    asked = {goal: [question.key for question in follow_ups((), {"goal": goal})] for goal, _ in GOALS}
    assert asked["race"] == ["starts_on", "hard_days", "race_on", "race_distance_m", "backward_20_m_s", "protocol"]
    assert all("race_on" not in keys for goal, keys in asked.items() if goal != "race")
    assert {goal for goal, keys in asked.items() if "backward_20_m_s" in keys} == {"race", "economy"}
    (which,) = [question for question in follow_ups((), {}) if question.key == "protocol"]
    assert [key for key, _ in which.choices] == list(all_protocols())


def test_every_question_says_what_it_accepts() -> None:
    assert set(ACCEPTED) == {question.key for question in (*QUESTIONS, *FOLLOW_UPS)}


def test_the_follow_ups_have_values_of_their_own() -> None:
    answers, _ = check_answers({key: value for key, value in GOOD.items() if key != "starts_on"}, today=TODAY)
    assert answers is not None
    assert answers.starts_on == TODAY and answers.hard_days == ()
    assert answers.race_on is None and answers.race_distance_m is None


def test_a_race_is_read_only_for_a_racer() -> None:
    race = {"race_on": "2026-08-01", "race_distance_m": "3000", "hard_days": ["1", "6"]}
    racer, problems = check_answers(GOOD | race | {"goal": "race"}, today=TODAY)
    assert problems == {} and racer is not None
    assert (racer.race_on, racer.race_distance_m, racer.hard_days) == (date(2026, 8, 1), 3000.0, (1, 6))
    other, _ = check_answers(GOOD | race, today=TODAY)
    assert other is not None and other.race_on is None and other.race_distance_m is None


@pytest.mark.parametrize("metres", [number.value for number, _ in RACES])
def test_every_distance_can_be_chosen_as_text_and_as_a_number(metres: float) -> None:
    for typed in (metres, f"{metres:g}"):
        answers, _ = check_answers(GOOD | {"goal": "race", "race_distance_m": typed}, today=TODAY)
        assert answers is not None and answers.race_distance_m == metres


def test_the_health_question_names_every_red_flag_and_condition_under_a_heading() -> None:
    (health,) = [question for question in QUESTIONS if question.key == "health"]
    asked = {flag.key for flag in RED_FLAGS} | {key for key, _ in CONDITIONS} - ASKED_BEFORE | {"fell_12_months"}
    assert asked | {"none"} == {key for key, _ in health.choices}
    grouped = [key for _, keys in health.groups for key in keys]
    assert sorted(grouped) == sorted(asked), "each of them once"
    assert 2 <= len(health.groups) <= 3


def test_what_6_2_lists_is_asked() -> None:
    (health,) = [question for question in QUESTIONS if question.key == "health"]
    words = " ".join(words.lower() for _, words in health.choices)
    for part in (
        "numb", "seizures", "fainting", "without a broken bone", "concussion in the last 3 months", "beta-blocker",
        "first trimester", "second or third trimester", "fell in the last 12 months", "vertigo", "sight", "neck",
        "blood thinners",
    ):  # fmt: skip
        assert part in words


def test_an_answer_that_was_given_before_the_question_was_parted_still_reads() -> None:
    answers, problems = check_answers(GOOD | {"health": ["vestibular_or_visual", "pregnancy"]}, today=TODAY)
    assert answers is not None and problems == {}


@pytest.mark.parametrize(
    ("typed", "very_short"),
    [({}, False), ({"health": ["frail"]}, True), ({"health": ["fell_12_months"]}, True), ({"birth_year": 1961}, True),
     ({"birth_year": 1962}, False), ({"health": ["beta_blocker"]}, False)],
)  # fmt: skip
def test_who_begins_with_very_short_bouts(typed: dict[str, object], very_short: bool) -> None:
    answers, _ = check_answers(GOOD | typed, today=TODAY)
    assert answers is not None and answers.stage_zero == very_short


def test_weekly_running_and_a_timed_sprint_are_known_only_where_they_were_typed() -> None:
    answers, _ = check_answers(GOOD, today=TODAY)
    assert answers is not None and answers.weekly_running_s is None and answers.backward_20_m_s is None
    answers, _ = check_answers(GOOD | {"weekly_running_s": 5400.0, "backward_20_m_s": "6"}, today=TODAY)
    assert answers is not None and (answers.weekly_running_s, answers.backward_20_m_s) == (5400.0, 6.0)


def test_the_parq_is_linked_and_only_its_outcome_asked() -> None:
    (parq,) = [question for question in QUESTIONS if question.key == "parq"]
    assert parq.link == "https://eparmedx.com/" and parq.kind is Kind.CHOICE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("birth_year", 1826),  # age 200
        ("birth_year", 2027),
        ("birth_year", 88),
        ("birth_year", "abc"),
        ("easy_speed_mps", 0),
        ("easy_speed_mps", 1000 / (40 * 60)),  # 40 min/km
        ("easy_speed_mps", float("nan")),
        ("easy_speed_mps", -2.5),
        ("days", []),
        ("days", ["7"]),
        ("days", None),
        ("starts_on", TODAY - timedelta(days=1)),
        ("starts_on", "2026-13-40"),
        ("starts_on", TODAY + timedelta(days=800)),
        ("longest_run_s", 25 * 3600),
        ("longest_run_s", float("inf")),
        ("forward_runs_per_week", 2.5),
        ("forward_runs_per_week", 40),
        ("forward_runs_per_week", True),
        ("backward_experience_min", -1),
        ("have", ["jetpack"]),
        ("goal", "world domination"),
        ("goal", None),
        ("hard_days", ["8"]),
        ("race_on", TODAY),
        ("race_on", TODAY + timedelta(days=1000)),
        ("race_distance_m", "1234"),
        ("race_distance_m", True),
        ("protocol", "unheard_of"),
        ("parq", "perhaps"),
        ("parq", None),
        ("health", []),
        ("health", ["none", "chest_pain"]),
        ("health", ["unheard_of"]),
        ("backward_walk_test_s", 0),
        ("weekly_running_s", -60),
        ("weekly_running_s", 8 * 24 * 3600),
        ("backward_20_m_s", 1),
        ("supervisor_name", "x" * 81),
        ("supervisor_name", "   "),
        ("supervisor_name", 7),
        ("red_flags_cleared_on", TODAY + timedelta(days=1)),
    ],
)
def test_an_impossible_answer_gets_one_sentence_that_says_what_is_accepted(key: str, value: object) -> None:
    answers, problems = check_answers(GOOD | {key: value}, today=TODAY)
    assert answers is None
    assert list(problems) == [key]
    assert problems[key].endswith(".") and problems[key].count(". ") == 0
    assert "{" not in problems[key]


def test_nothing_typed_gives_a_sentence_for_every_question_that_needs_one() -> None:
    answers, problems = check_answers({}, today=TODAY)
    assert answers is None
    assert set(problems) == {question.key for question in QUESTIONS if not question.optional}


@pytest.mark.parametrize("pace_s", [180, 900])
def test_the_ends_of_the_accepted_paces_are_accepted(pace_s: int) -> None:
    assert check_answers(GOOD | {"easy_speed_mps": 1000.0 / float(pace_s)}, today=TODAY)[1] == {}


def test_a_datetime_counts_as_its_day() -> None:
    answers, _ = check_answers(GOOD | {"starts_on": datetime(2026, 5, 6, 18, 0)}, today=TODAY)  # noqa: DTZ001
    assert answers is not None and answers.starts_on == date(2026, 5, 6)


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6),
    st.lists(st.text(max_size=3), max_size=3),
    st.dates(), st.binary(max_size=3), st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow])  # the first text in a fresh checkout builds a table
@given(
    st.dictionaries(
        st.sampled_from([*GOOD, *(question.key for question in FOLLOW_UPS), "walking_only", "plan_id"]), ANYTHING
    )
)
def test_whatever_is_typed_gives_answers_or_sentences(typed: dict[str, object]) -> None:
    answers, problems = check_answers(GOOD | typed, today=TODAY)
    assert (answers is None) == bool(problems)
    assert answers is None or not answers.facts.walking_only
