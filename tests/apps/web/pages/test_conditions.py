"""Rehabilitation pages and what a clinician allows, as a browser without script sees them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.apps.browsing import HOSTILE, NOW, browse, parsed

from backward_running.apps.web.cards.ceilings_form import ceilings_of, typed_of
from backward_running.apps.web.drawing.pain_chart import pain_chart
from backward_running.apps.words.units import Units
from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.goals import REHAB_CONDITIONS
from backward_running.flows import conditions
from backward_running.flows.conditions import PainWeek
from backward_running.store import open_store

TODAY = NOW.date()
ALLOWED = {
    "by": "physiotherapist", "until": "2026-12-24", "running": "no", "sessions_per_week": "2", "minutes": "10",
    "speed": "5", "slope": "4", "note": "stop when it swells",
}  # fmt: skip


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    yield opened
    opened.close()


@pytest.fixture
def browser(store):
    with browse(store) as open_browser:
        yield open_browser


def text_of(reply) -> str:
    return " ".join(" ".join(parsed(reply.text).text).split())


def test_the_list_names_every_condition_with_its_verdict_as_a_word(browser) -> None:
    reply = browser.get("/conditions")
    said = text_of(reply)
    for key, title in REHAB_CONDITIONS:
        assert title in said and f'href="/conditions/{key}"' in reply.text
    for verdict in ("supported for walking, low certainty", "weak", "unknown", "not supported"):
        assert verdict in said
    assert "never instead of it" in said


@pytest.mark.parametrize("key", [key for key, _ in REHAB_CONDITIONS])
def test_every_page_says_what_studies_carry_and_whom_to_see(browser, key) -> None:
    reply = browser.get(f"/conditions/{key}")
    said = text_of(reply)
    assert reply.status_code == 200
    for words in ("What the studies carry", "What they do not", "Begin when", "Go on when", "Stop, and see somebody",
                  "never instead of it", "Next morning"):  # fmt: skip
        assert words in said
    page = conditions.page(browser.app.state.store, key, today=TODAY)
    assert ("/plan/start?goal=" in reply.text) == (page.view.plan_title is not None)
    assert (page.instead is None) or page.instead in said


def test_the_link_to_a_plan_chooses_the_goal(browser) -> None:
    def chosen(query: str) -> list[str]:
        fields = [at for _, at in parsed(browser.get(f"/plan/start{query}").text).tags]
        return [one["value"] for one in fields if "checked" in one or "selected" in one]

    assert "rehab:balance" in chosen("?goal=rehab:balance")
    assert not [one for one in chosen("?goal=nonsense") if one.startswith(("rehab:", "nonsense"))]


def test_an_unknown_condition_is_not_found(browser) -> None:
    assert browser.get("/conditions/hiccups").status_code == 404


def test_own_pain_is_drawn_and_told_in_a_table(store, browser) -> None:
    for days, nrs in ((8, 2.0), (0, 5.0)):
        store.add_check_in(CheckIn(NOW - timedelta(days=days), Moment.AFTER, pain_nrs={"knee": nrs}))
    store.add_check_in(CheckIn(NOW - timedelta(days=8), Moment.DURING, pain_nrs={"knee": 1}))
    reply = browser.get("/conditions/knee_osteoarthritis")
    said = text_of(reply)
    assert "2 → 5" in said and "5 over" in said and "not said" in said
    assert "next morning" not in said.split("week of")[1].split("Mon")[0], "a column nobody filled is left out"
    assert reply.text.count('class="m after"') == 3, "two weeks and the legend"


def test_the_stage_is_kept_and_a_wrong_one_refused(browser) -> None:
    reply = browser.submit("/conditions/stroke/stage", {"stage": "2"})
    assert reply.status_code == 303
    assert "you are here" in text_of(browser.get("/conditions/stroke"))
    for stage in ("9", "", "two", "-1"):
        assert browser.submit("/conditions/stroke/stage", {"stage": stage}).status_code == 422


def test_ceilings_are_kept_shown_and_taken_back(store, browser) -> None:
    assert browser.submit("/ceilings", ALLOWED).status_code == 303
    allowed = conditions.ceilings(store)
    assert allowed is not None and allowed.backward_speed_mps == pytest.approx(5 / 3.6)
    assert (allowed.by, allowed.until, allowed.walking_only) == ("physiotherapist", date(2026, 12, 24), True)
    assert (allowed.sessions_per_week_count, allowed.backward_session_s, allowed.grade_high_ratio) == (2, 600, 0.04)
    assert "physiotherapist" in text_of(browser.get("/settings"))
    fields = {at["name"]: at.get("value") for tag, at in parsed(browser.get("/ceilings").text).tags if tag == "input"}
    assert fields["speed"] == "5" and fields["minutes"] == "10"
    assert browser.submit("/ceilings/clear").status_code == 303
    assert conditions.ceilings(store) is None


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("by", "", "Write who"),
        ("until", "2026-11-21", "still to come"),
        ("until", "soon", "Write a date"),
        ("sessions_per_week", "9", "0 to 7"),
        ("sessions_per_week", "1.5", "whole"),
        ("minutes", "-1", "0 to 120"),
        ("speed", "200", "km/h"),
        ("speed", "0", "km/h"),
        ("slope", "steep", "percent"),
        ("running", "", "Say whether they allow running"),
    ],
)
def test_what_cannot_be_meant_gets_a_sentence_and_nothing_typed_is_lost(store, browser, field, typed, word) -> None:
    reply = browser.submit("/ceilings", ALLOWED | {field: typed, "note": HOSTILE})
    assert reply.status_code == 422 and conditions.ceilings(store) is None
    assert word in text_of(reply) and 'aria-invalid="true"' in reply.text
    assert "24" in reply.text and HOSTILE not in reply.text


@pytest.mark.parametrize("system", ["metric", "imperial"])
def test_a_form_sent_back_untouched_changes_nothing(system) -> None:
    units = Units(system)
    allowed = Ceilings("surgeon", TODAY, None, False, 3, 450.0, 1.25, 0.025, None)
    again, problems = ceilings_of(typed_of(allowed, units), units, TODAY)
    assert not problems and again is not None
    assert again.backward_speed_mps == pytest.approx(1.25, abs=0.003)
    assert (again.backward_session_s, again.grade_high_ratio, again.sessions_per_week_count) == (450.0, 0.025, 3)


def test_the_chart_stays_within_its_drawing() -> None:
    weeks = [PainWeek(TODAY + timedelta(days=7 * n), 0.0, 10.0, None, float(n % 11)) for n in range(12)]
    chart = pain_chart(weeks, 4.0)
    assert chart is not None and len(chart.marks) == 36
    assert all(26 <= mark.x <= 352 and 10 <= mark.y <= 122 for mark in chart.marks)
    assert chart.marks[0].y == 122, "0 is at the bottom"
    assert pain_chart([], 4.0) is None
