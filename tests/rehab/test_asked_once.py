"""Rules that are asked twice of the same facts answer once, and a fact that changed changes their answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from backward_running import rehab
from backward_running.core.athlete import Athlete, CheckIn, Moment
from backward_running.rehab import Facts

TODAY = date(2026, 5, 20)
SORE = CheckIn(datetime(2026, 5, 19, 20, tzinfo=UTC), Moment.DAY_1, calf_soreness_nrs=5.0)


def test_equal_facts_are_asked_once() -> None:
    rehab.ask_rules.cache_clear()
    first = rehab.ask_rules(Facts(TODAY, Athlete(), {"health": ["none"]}, (SORE,)))
    assert rehab.ask_rules(Facts(TODAY, Athlete(), {"health": ["none"]}, (replace(SORE),))) == first
    assert rehab.ask_rules.cache_info()[:2] == (1, 1)


def test_a_changed_fact_changes_the_answer() -> None:
    sore = Facts(TODAY, Athlete(), {}, (SORE,))
    well = Facts(TODAY, Athlete(), {}, (replace(SORE, calf_soreness_nrs=1.0),))
    assert rehab.setbacks(sore) and not rehab.setbacks(well) and rehab.setbacks(sore)
    assert rehab.every_setback(sore) and not rehab.every_setback(well)


def test_who_goes_on_typing_changes_no_answer_that_was_given() -> None:
    typed: dict[str, object] = {"health": ["none"], "parq": "all_no"}
    before = Facts(TODAY, Athlete(), typed)
    first = rehab.ask_rules(before)
    typed["parq"] = "yes_any"
    after = rehab.ask_rules(Facts(TODAY, Athlete(), typed))
    assert after != first and rehab.ask_rules(before) == first


def test_the_same_moment_on_another_clock_is_another_fact() -> None:
    there = SORE.made_at.astimezone(timezone(timedelta(hours=12)))
    assert there.date() != SORE.made_at.date() and there == SORE.made_at
    here, away = (Facts(TODAY, Athlete(), {}, (replace(SORE, made_at=at),)) for at in (SORE.made_at, there))
    assert here != away
    assert [one.on for one in rehab.setbacks(here)] != [one.on for one in rehab.setbacks(away)]
