from __future__ import annotations

import re

import pytest
from tests.apps.browsing import HOSTILE, parsed

from backward_running.core.athlete import Athlete

PAGES = (
    "/", "/runs", "/calendar", "/calendar?month=2026-11", "/import", "/import/log", "/plan", "/plan/start", "/check-in",
    "/evidence", "/evidence/article", "/settings", "/health", "/plan?view=month", "/plan?week=3", "/plan/changes", "/check-in/saved",
    "/words", "/how", "/evidence/studies", "/plan/export", "/conditions", "/ceilings", "/load",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("store", ["empty", "full"])
def test_every_page_answers_and_is_well_made(path, store, request):
    reply = request.getfixturevalue(store).get(path)
    assert reply.status_code == 200
    if path == "/health":
        assert reply.json()["program"] == "backward"
        return
    tags = parsed(reply.text).tags
    names = [name for name, _ in tags]
    assert names.count("h1") == 1
    assert names.count("main") == 1
    assert ("html", {"lang": "en", "data-theme": "auto", "data-units": "metric"}) in tags
    assert not [one for one in tags if "style" in one[1]], "inline styles are refused by the policy"
    assert not [name for name, attributes in tags if name == "script" and "src" not in attributes]
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes.get("for") for name, attributes in tags if name == "label"}
    for name, attributes in tags:
        if name in ("select", "textarea") or (name == "input" and attributes.get("type", "text") in ("text", "search")):
            assert attributes["id"] in labelled


def test_an_empty_store_shows_three_doors(empty):
    page = empty.get("/").text
    assert 'href="/import"' in page
    assert 'href="/plan/start"' in page
    assert 'action="/demo"' in page


def test_today_says_what_to_do_next_and_what_the_last_run_said(full):
    page = full.get("/").text
    assert "Next session · tomorrow · week 1" in page
    assert "/plan/workout/" in page
    assert f'href="/runs/{full.ids[1]}"' in page


def test_a_run_shows_its_ledger_track_bouts_and_charts(full):
    page = full.get(f"/runs/{full.ids[0]}").text
    said = "".join(parsed(page).text)
    assert "Hill path" in said
    assert "Tuesday 17 November 2026, 07:12" in said
    assert "backward, run" in said
    assert 'class="trk b"' in page
    assert 'class="chev"' in page
    assert "data-run-map" in page
    assert "data-run-charts" in page
    assert "Charts as a table" in page


def test_a_run_without_a_known_direction_asks(full):
    page = full.get(f"/runs/{full.ids[1]}").text
    assert "Say which way you ran" in page
    assert 'class="trk u"' in page


def test_what_a_file_says_is_escaped_everywhere(full):
    full.submit(f"/runs/{full.ids[0]}/rename", {"title": f"{HOSTILE}<b>"})
    full.submit("/check-in", {"note": HOSTILE, "calf_soreness_nrs": "2"})
    full.submit("/import/file", files={"files": (f"{HOSTILE}.txt", b"no recording")})
    for path in (
        "/",
        "/runs",
        "/calendar",
        "/import",
        "/import/log",
        "/check-in",
        *(f"/runs/{one}" for one in full.ids),
    ):
        page = full.get(path)
        assert page.status_code == 200
        assert HOSTILE not in page.text
        assert "<script>" not in page.text
    assert "&lt;script&gt;" in full.get("/runs").text
    assert "&lt;script&gt;" in full.get("/import/log").text


def test_a_hostile_search_is_escaped_in_field_and_links(full):
    page = full.get("/runs", params={"q": '"><script>x', "direction": '"onclick="x'}).text
    assert "<script>x" not in page
    assert '"onclick="x' not in page
    assert "No run fits" in page


def test_the_list_filters(full):
    assert "Hill path" in full.get("/runs?direction=backward").text
    assert full.ids[1] not in full.get("/runs?direction=backward").text
    assert "No run fits" in full.get("/runs?q=nothing-like-that").text
    fragment = full.get("/runs?q=hill", headers={"HX-Request": "true"}).text
    assert "<html" not in fragment
    assert full.ids[0] in fragment


def test_the_calendar_shows_planned_and_done(full):
    page = full.get("/calendar?month=2026-11").text
    assert f'href="/runs/{full.ids[0]}"' in page
    assert "/plan/workout/" in page


@pytest.mark.parametrize("month", ["2026-13", "26-1", "x", "0000-01"])
def test_a_month_that_is_none_is_refused(full, month):
    assert full.get(f"/calendar?month={month}").status_code == 422


def test_miles_and_pounds_are_shown_everywhere_once_chosen(full):
    assert full.submit("/settings/look", {"units": "imperial", "theme": "dark"}).status_code == 303
    page = full.get(f"/runs/{full.ids[0]}").text
    assert 'data-theme="dark"' in page
    assert "/mi" in page
    assert "\u202fkm" not in page


def test_about_you_is_kept_and_never_guessed(full):
    full.submit("/settings/look", {"units": "imperial"})
    reply = full.submit(
        "/settings/you", {"mass_kg": "154.3", "height_m": "5'11", "birth_year": "1988", "sex": "female"}
    )
    assert reply.status_code == 303
    athlete = full.store.athlete()
    assert athlete.mass_kg == pytest.approx(70, abs=0.05)
    assert athlete.height_m == pytest.approx(1.803, abs=0.001)
    assert athlete.resting_heart_rate_bpm is None
    assert "kcal" in full.get(f"/runs/{full.ids[0]}").text
    # What was shown and not touched stays exact.
    full.submit("/settings/you", {"mass_kg": "154.3", "height_m": "71.0", "birth_year": "1988", "sex": "female"})
    assert full.store.athlete().mass_kg == athlete.mass_kg
    full.submit("/settings/you", {})
    assert full.store.athlete().mass_kg is None


def test_a_wrong_value_is_said_beside_its_field_and_nothing_is_kept(full):
    reply = full.submit("/settings/you", {"mass_kg": "700", "birth_year": "1988"})
    assert reply.status_code == 422
    assert 'id="e-mass_kg"' in reply.text
    assert 'value="700"' in reply.text
    assert "between 25 and 300 kg; you wrote 700." in reply.text
    assert "if you typed pounds, write 165 lb" in full.submit("/settings/you", {"mass_kg": "165"}).text
    assert full.store.athlete().birth_year is None


def test_the_demo_runners_values_stay_simulated_until_one_is_changed(full):
    full.store.put_athlete(Athlete(mass_kg=66.0, simulated=True))
    full.submit("/settings/you", {"mass_kg": "66.0"})
    assert full.store.athlete().simulated
    full.submit("/settings/you", {"mass_kg": "71"})
    assert not full.store.athlete().simulated


def test_check_ins_are_kept_and_refused_in_words(full):
    assert full.submit("/check-in", {"calf_soreness_nrs": "3", "pain_knee": "0", "fell": "no"}).status_code == 303
    kept = full.store.check_ins()[-1]
    assert (kept.calf_soreness_nrs, kept.pain_nrs["knee"], kept.fell) == (3.0, 0.0, False)
    assert "calf" not in kept.pain_nrs
    for wrong in ({}, {"calf_soreness_nrs": "11"}, {"pain_calf": "much"}):
        reply = full.submit("/check-in", wrong)
        assert reply.status_code == 422
        assert 'role="alert"' in reply.text
    assert len(full.store.check_ins()) == 1


def test_a_red_flag_stops_the_plan_on_every_page(full):
    assert full.submit("/check-in", {"red_flags": ["chest_pain"]}).status_code == 303
    for path in ("/", "/plan"):
        page = full.get(path).text
        assert 'class="stop" role="alert"' in page
        assert "See the steps" not in page


def test_evidence_filters(full):
    page = full.get("/evidence?all=1").text
    some = full.get("/evidence?tag=A", headers={"HX-Request": "true"}).text
    assert "<html" not in some
    assert 0 < _entries_of(some) < _entries_of(page)
    assert full.get("/evidence?q=no-number-says-this").status_code == 200


def _entries_of(page):
    counted = re.search(r'id="number-list">\s*<p class="hint">\s*(\d[\d\s]*?)\s*entr', page)[1]
    return int("".join(counted.split()))  # thousands stand apart


def test_evidence_opens_with_questions_and_stays_small(full):
    page = full.get("/evidence").text
    assert len(page.encode()) <= 150_000
    assert page.index("What runners ask") < page.index("The article, audited") < page.index("For developers")
    assert page.count("<b>", page.index("What runners ask"), page.index("The article, audited")) == 8
    for path in ("/evidence?all=1", "/evidence?tag=P&page=2", "/evidence?page=x"):
        reply = full.get(path)
        assert reply.status_code == 200 and len(reply.content) <= 150_000


def test_missing_pages_and_wrong_methods_look_like_the_app(full):
    for path, status in (("/nope", 404), ("/runs/nope", 404), ("/plan/workout/nope", 404), ("/plan/week/99.zip", 404)):
        reply = full.get(path)
        assert reply.status_code == status
        assert "<h1>Nothing is here</h1>" in reply.text
    assert full.get("/demo").status_code == 405
    assert full.get("/nope", headers={"Accept": "application/json"}).json()["message"]
    assert "<html" not in full.get("/runs/nope", headers={"HX-Request": "true"}).text


def test_a_fault_shows_a_page_without_its_insides(full, monkeypatch, caplog):
    from backward_running.apps.web.pages import runs

    def broken(*_):
        raise RuntimeError("secret insides")

    monkeypatch.setattr(runs.flow, "list_runs", broken)
    replies = [full.get("/runs?text=Reykjavik") for _ in range(12)]
    reply = replies[-1]
    assert reply.status_code == 500
    assert "secret insides" not in reply.text
    assert "Something broke here" in reply.text
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    first, tenth = caplog.messages
    assert first.startswith("fault while answering GET /runs: RuntimeError at ")
    assert "apps/web/pages/runs.py:" in first
    assert tenth.endswith("(10 times)") and "insides" not in caplog.text and "Reykjavik" not in caplog.text


def test_the_evidence_page_asks_eight_questions_first_and_sorts_numbers_by_class(full):
    page = full.get("/evidence").text
    questions = page[page.index('id="questions"') : page.index('id="claims"')]
    assert questions.count("<li>") == 8
    assert "own proposals" in questions
    safety = full.get("/evidence?class=safety").text
    assert "rehab/" in safety and "signals/" not in safety


def test_records_are_dated_rows_with_their_standing(full):
    page = full.get("/evidence/records").text
    for words in ("official", "unofficial", "secondary", "de Lustrac", "refuses a marathon"):
        assert words in page
