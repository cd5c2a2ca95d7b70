"""Records as they were reported, and a review that says what it waits for."""

from __future__ import annotations

from datetime import date

from backward_running.core.standing import Tag
from backward_running.evidence import all_studies
from backward_running.evidence.records import RECORDS, RecordStanding
from backward_running.flows.sources import evidence_page
from backward_running.flows.views import NumberClass


def test_every_mark_has_a_date_and_a_standing_and_contradictions_stay() -> None:
    assert len(RECORDS) == len(set(RECORDS)) == 21
    for one in RECORDS:
        assert one.mark and one.who and one.when
        assert (one.standing is RecordStanding.OFFICIAL) == (one.tag is Tag.READ)
    marathon = [one.mark for one in RECORDS if one.event == "marathon" and one.sex == "men"]
    assert len(marathon) == 5


def test_every_study_says_when_it_was_searched_for_and_what_would_change_it() -> None:
    for study in all_studies().values():
        assert study.searched_on >= date(2026, 11, 29)
        assert study.changed_by.endswith(".")
    assert "table of oxygen uptake" in all_studies()["myatt1995"].changed_by


def test_numbers_have_classes_and_the_door_says_how_many_are_proposals() -> None:
    view = evidence_page()
    assert {one.number_class for one in view.values} == set(NumberClass)
    assert view.proposals_count == sum(one.tag is Tag.PROPOSED for one in view.values) > 100
    assert all(one.number_class is NumberClass.SAFETY for one in view.values if one.used_in.startswith("rehab/"))
