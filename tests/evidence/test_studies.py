"""Studies: one file each, nothing invented, nothing twice."""

from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

import pytest

from backward_running.core.plugs import modules_of
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import DOI, Evidence, Study, all_studies, studies

STUDIES = all_studies()
MODULES = {module.__name__.rsplit(".", 1)[-1]: module for module in modules_of(studies)}
FINDINGS = [thing for module in MODULES.values() for thing in vars(module).values() if isinstance(thing, Evidence)]


@pytest.mark.parametrize("key", STUDIES)
def test_the_key_is_the_name_of_the_file(key: str) -> None:
    assert importlib.import_module(f"backward_running.evidence.studies.{key}").STUDY is STUDIES[key]


def test_every_file_holds_a_study() -> None:
    assert set(MODULES) == set(STUDIES)


@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES.keys())
def test_a_study_says_who_was_measured_and_what_was_read(study: Study) -> None:
    assert study.citation
    assert study.who
    assert study.read
    if study.n is None and study.read != "memory":
        assert study.who.startswith("nobody") or any(words in study.who for words in ("how many", "studies", "trials"))
    if study.doi is not None:
        assert DOI.fullmatch(study.doi)
    if study.year is not None and study.key[-4:].isdigit():
        assert study.key.endswith(str(study.year))


def test_no_doi_twice() -> None:
    dois = [study.doi for study in STUDIES.values() if study.doi]
    assert len(dois) == len(set(dois))


def test_findings_belong_to_the_study_of_their_file() -> None:
    for name, module in MODULES.items():
        for thing in vars(module).values():
            if isinstance(thing, Evidence):
                assert thing.study is STUDIES[name]
                assert thing.key.startswith(f"{name}.")
                assert thing.says.endswith(".")


def test_no_finding_key_twice() -> None:
    keys = [one.key for one in FINDINGS]
    assert len(keys) == len(set(keys))


def test_this_projects_proposals_are_opinion_and_never_called_read() -> None:
    for one in FINDINGS:
        if one.study.key == "this_project":
            assert one.standing is Standing.OPINION
            assert one.tag in (Tag.PROPOSED, Tag.DERIVED)


def test_what_is_from_memory_is_not_called_read() -> None:
    for one in FINDINGS:
        if one.study.read == "memory":
            assert one.tag is not Tag.READ


@pytest.mark.parametrize(
    ("key", "room"),
    [
        ("lin2025", "rehab"),
        ("castro2025", "rehab"),
        ("salaffi2004", "rehab"),  # the smallest change that patients notice, beside the two
        ("wen2022", "rehab"),
        ("stroke_review2024", "rehab"),
        ("shen2021", "rehab"),
        ("sammoud2023", "plans"),
        ("abdelraouf2019", "rehab"),
        ("balasukumaran2019", "rehab"),
        ("ahmad2023", "rehab"),
        ("threlkeld1989", "evidence/claims"),
        ("devita1991", "evidence/claims"),
        ("cavagna2012", "evidence/claims"),
        ("sterzing2016", "effort"),
        ("roos2012", "effort"),
    ],
)
def test_what_was_found_lately_is_used_dated_and_says_what_would_change_it(key: str, room: str) -> None:
    study = STUDIES[key]
    assert study.searched_on >= date(2026, 11, 29)
    assert study.changed_by.endswith(".")
    folder = Path(str(studies.__file__)).parents[2] / room
    used = [path for path in folder.rglob("*.py") if f"{key}." in path.read_text(encoding="utf-8")]
    assert used, f"{key} stands in no rule, condition, claim or model of {room}"
