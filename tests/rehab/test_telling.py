"""What no rule reads is left out of what they look through; which fields that are is said here for each."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from backward_running import rehab
from backward_running.core.adaptation import Done
from backward_running.core.athlete import Athlete, CheckIn, Moment
from backward_running.rehab import Facts

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
TELLING = {
    "pain_nrs": {"calf": 6.0}, "calf_soreness_nrs": 4.0, "fell": True, "red_flags": ("chest_pain",), "concussion_signs": True,
    "broke_off": True, "supervised_by": "Mia",
}  # fmt: skip
QUIET = {"perceived_exertion_cr10": 9.0, "mass_kg": 60.0, "sleep_s": 3600.0, "note": "Tired."}
#: When, and of what: they say nothing alone.
ABOUT = {"made_at", "moment", "activity_id", "on"}


def test_of_every_field_is_said_whether_a_rule_reads_it():
    assert {field.name for field in fields(CheckIn)} == {*TELLING, *QUIET, *ABOUT}


@pytest.mark.parametrize("name", TELLING)
def test_what_a_rule_may_read_is_told(name):
    assert CheckIn(NOW, **{name: TELLING[name]}).is_telling


@pytest.mark.parametrize("name", QUIET)
@pytest.mark.parametrize("moment", Moment)
def test_what_no_rule_reads_changes_no_gate_and_no_setback(name, moment):
    quiet = CheckIn(NOW - timedelta(hours=3), moment=moment, activity_id="a-0", **{name: QUIET[name]})
    assert not quiet.is_telling
    done = (Done(date(2026, 5, 2), "a-0", 600.0, 120.0, 0.0), Done(date(2026, 5, 4), "b-0", 600.0, 120.0, 0.0))
    said = (
        CheckIn(NOW - timedelta(days=1), calf_soreness_nrs=6.0),
        CheckIn(NOW - timedelta(days=1), pain_nrs={"knee": 7.0}),
    )
    for check_ins in ((), said):
        facts = Facts(NOW.date(), Athlete(), {}, check_ins, done)
        with_it = replace(facts, check_ins=(*check_ins, quiet))
        assert rehab.ask_rules(with_it) == rehab.ask_rules(facts)
        assert rehab.every_setback(with_it) == rehab.every_setback(facts)
        assert rehab.with_ratings(with_it) == rehab.with_ratings(facts)
