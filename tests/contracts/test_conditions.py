"""What every condition must keep, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from backward_running.core.errors import BadValue
from backward_running.core.goals import REHAB_CONDITIONS
from backward_running.core.screening import RED_FLAGS
from backward_running.core.standing import Tag
from backward_running.evidence import all_studies
from backward_running.rehab import Condition, all_conditions
from backward_running.rehab.base import Carries
from backward_running.rehab.pain_limits import limit_of

CONDITIONS = all_conditions()
STUDIES = set(all_studies().values())
#: Where only walking was studied, or nothing at all: science names no running for them.
WALKING = {
    "knee_osteoarthritis", "knee_surgery", "hip", "low_back", "groin", "shin_splints", "ankle_sprain", "stroke", "balance",
}  # fmt: skip
LIMITS = {
    "knee_osteoarthritis": 4, "runners_knee": 3, "knee_surgery": 2, "hip": 2, "low_back": 2, "hamstring": 3, "groin": 2,
    "shin_splints": 0, "ankle_sprain": 2, "achilles": 5, "stroke": 2, "balance": 2,
}  # fmt: skip


@pytest.fixture(params=CONDITIONS.values(), ids=CONDITIONS)
def condition(request: pytest.FixtureRequest) -> Condition:
    return request.param


def sentences(condition: Condition) -> Iterator[str]:
    yield from (condition.verdict_words, condition.modality, condition.beside, condition.article_says)
    yield from (*condition.carries, *condition.does_not, *condition.clinician_decides)
    if condition.instead is not None:
        yield condition.instead
    for stage in condition.stages:
        yield from (stage.what, *stage.enter, *stage.leave)


def test_every_condition_of_the_article_is_there_in_its_order() -> None:
    assert [(one.key, one.title) for one in CONDITIONS.values()] == list(REHAB_CONDITIONS)


def test_stages_have_what_must_hold_before_and_after(condition: Condition) -> None:
    assert len(condition.stages) >= 2
    for stage in condition.stages:
        assert stage.enter and stage.leave
        assert stage.clean_sessions is None or stage.dose is not None, "what is counted has a dose"


def test_every_stage_and_dose_has_a_source(condition: Condition) -> None:
    for stage in condition.stages:
        assert stage.evidence.study in STUDIES
        for number in stage.dose.numbers if stage.dose else ():
            assert number.evidence.study in STUDIES
            if stage.evidence.study.key == "this_project" and number.evidence.study.key == "this_project":
                assert number.evidence.tag is Tag.PROPOSED


def test_never_running_where_only_walking_was_studied(condition: Condition) -> None:
    assert condition.walking_only == (condition.key in WALKING)
    runs = [stage.running for stage in condition.stages]
    assert not (condition.walking_only and any(runs))
    assert not runs[0], "running backward is never the beginning"
    if any(runs):
        assert runs == sorted(runs), "and it comes last"
        assert any(stage.dose and not stage.running for stage in condition.stages), "walking backward comes before"


def test_a_condition_that_runs_where_only_walking_was_studied_cannot_be_made(condition: Condition) -> None:
    with pytest.raises(BadValue, match="walked"):
        replace(condition, walking_only=True, stages=(replace(condition.stages[0], running=True),))
    with pytest.raises(BadValue, match="evidence"):
        replace(condition, evidence=())
    with pytest.raises(BadValue, match="instead"):
        replace(condition, protocols=(), instead=None)


def test_evidence_is_known_and_no_verdict_goes_beyond_it(condition: Condition) -> None:
    assert all(one.study in STUDIES for one in condition.evidence)
    reviewed = any(one.standing.value == "reviewed" for one in condition.evidence)
    assert (condition.verdict is Carries.SUPPORTED) == reviewed, "supported is only what a review found"
    if condition.verdict in (Carries.NO_EVIDENCE, Carries.UNSUPPORTED):
        assert condition.instead and not condition.protocols, "no plan where nothing speaks for it"
    assert condition.does_not


def test_red_flags_are_known(condition: Condition) -> None:
    assert condition.red_flags and set(condition.red_flags) <= {flag.key for flag in RED_FLAGS}


def test_the_pain_limit_is_that_of_the_gate(condition: Condition) -> None:
    assert condition.limit.value == LIMITS[condition.key]
    assert all(limit_of(site, condition.key) is condition.limit for site in condition.sites)


def test_no_word_diagnoses_or_calls_anything_safe(condition: Condition) -> None:
    for sentence in sentences(condition):
        assert not re.search(r"\b(safe|safely|retro|diagnos\w*|you have (a|an|the)?|you suffer)\b", sentence, re.I), (
            sentence
        )


def test_sentences_end_and_are_short(condition: Condition) -> None:
    for sentence in sentences(condition):
        assert sentence.endswith("."), sentence
        assert len(sentence) < 260, sentence
