"""The card of the cost on the page of a run."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.apps.browsing import parsed

from backward_running.apps.web.cards.energy import more_words
from backward_running.core.session import Estimate, NotKnown
from backward_running.core.standing import Standing
from backward_running.flows import profile


def card(full, number=0) -> str:
    page = full.get(f"/runs/{full.ids[number]}").text
    found = re.search(r'id="energy".*?</section>\s*(?=</details>|<section class="card)', page, re.DOTALL)
    return found[0] if found else ""


def words(html: str) -> str:
    """Return what is read before any badge is opened."""
    closed = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    return " ".join(" ".join(parsed(closed).text).replace("\u00a0", " ").split())


def know(full, **changed):
    profile.put_athlete(full.store, replace(full.store.athlete(), **changed))


def test_without_a_mass_energy_is_per_kilogram_and_a_link_says_what_brings_it_back(full):
    said = words(card(full))
    assert "Energy kcal/kg" in said
    assert "Add your body mass for watts." in said
    assert "Your body mass, for kilocalories and watts kg Add" in said
    assert 'id="add-mass_kg"' in card(full)
    assert not re.search(r"\d kcal\b(?!/kg)", said)


def test_with_a_mass_there_are_kilocalories_watts_and_intervals(full):
    know(full, mass_kg=70.0)
    said = words(card(full))
    assert re.search(r"Energy kcal \d+ \d+–\d+ \d+ \d+–\d+ \d+ \d+–\d+", said), said
    assert re.search(r"per km kcal \d+ \d+–\d+", said)
    assert re.search(r"of your body W \d+ \d+–\d+", said)
    assert "body mass" not in said


def test_the_share_of_vo2max_waits_for_its_field(full):
    assert 'href="#add-maximal_oxygen_uptake_ml_per_kg_min"' in card(full)
    assert 'id="maximal_oxygen_uptake_ml_per_kg_min"' in full.get("/settings").text
    assert full.submit("/settings/you", {"maximal_oxygen_uptake_ml_per_kg_min": "52"}).status_code == 303
    said = words(card(full))
    assert re.search(r"of your VO2max % \d+ \d+–\d+", said), said
    assert "Add your VO2max" not in said


def test_what_is_missing_is_asked_where_it_is_missing_and_nothing_else_is_touched(full):
    know(full, resting_heart_rate_bpm=48.0)
    run = f"/runs/{full.ids[0]}"
    sent = {"field": "mass_kg", "value": "72,5", "back": run}
    assert full.submit("/settings/one", sent).headers["location"] == f"{run}#energy"
    athlete = full.store.athlete()
    assert (athlete.mass_kg, athlete.resting_heart_rate_bpm) == (72.5, 48.0)
    assert "add-mass_kg" not in card(full)
    refused = full.submit("/settings/one", {**sent, "value": "700"})
    assert refused.status_code == 422 and 'value="700"' in refused.text and full.store.athlete() == athlete
    assert full.submit("/settings/one", {**sent, "field": "name"}).status_code == 422
    elsewhere = full.submit("/settings/one", {**sent, "back": "//elsewhere.example/runs/x"})
    assert elsewhere.headers["location"] == "/settings?kept"


def test_a_capacity_no_body_has_is_refused_with_the_range(full):
    reply = full.submit("/settings/you", {"maximal_oxygen_uptake_ml_per_kg_min": "520"})
    assert reply.status_code == 422
    assert "between 10 and 100" in reply.text


def test_one_sentence_compares_with_the_same_way_forward(full):
    said = words(card(full))
    assert re.search(r"Per kilometre this cost you \d+ % \(\d+–\d+\) more than forward\.", said), said
    assert re.search(r"The same [\d.]+ km forward, at the same speed and grade, would have taken about", said)
    gross, net = (int(one) for one in re.findall(r"(\d+) % \(\d+–\d+\) more than forward", said))
    assert net > gross
    assert "Gross: what your body takes at rest is in every number here. Net," in said


def test_a_badge_says_who_was_measured_how_many_and_what_was_read(full):
    html = card(full)
    assert "Who: " in html
    assert re.search(r"n\s=\s\d+", html)
    assert "Read: " in html
    links = set(re.findall(r'href="/evidence/studies#(study-\w+)"', html))
    evidence = full.get("/evidence/studies").text
    assert links
    assert all(f'id="{one}"' in evidence for one in links)


def test_the_sum_says_over_how_many_stretches(full):
    assert re.search(r"The whole is the sum over \d+ stretches", words(card(full)))


def test_a_run_of_unknown_direction_has_a_price_from_one_way_to_the_other(full):
    said = words(card(full, 1))
    assert "kcal/kg, from all of it forward to all of it backward" in said
    assert "more than forward" not in said


def test_painting_draws_the_card_anew(full):
    reply = full.submit(
        f"/runs/{full.ids[1]}/paint",
        {"start_s": "0", "end_s": "300", "direction": "backward"},
        headers={"Accept": "application/json"},
    )
    assert "What it cost" in reply.json()["energy_html"]


def test_copies_for_one_direction_are_offered_only_where_something_is_backward(full):
    labelled, unlabelled = (full.get(f"/runs/{one}").text for one in full.ids)
    for name in ("forward-only.fit", "forward-only.gpx", "backward-as-rest.fit"):
        assert f"/runs/{full.ids[0]}/{name}" in labelled
        assert full.get(f"/runs/{full.ids[0]}/{name}").status_code == 200
        assert name not in unlabelled
    assert "For services that know one direction only" in labelled


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (1.3, 1.1, 1.45, "30 % (10–45) more"),
        (1.05, 0.95, 1.15, "5 % more (from 5 % less to 15 % more)"),
        (0.9, 0.8, 0.95, "10 % (5–20) less"),
    ],
)
def test_a_ratio_is_said_as_a_person_would(value, low, high, said):
    ratio = Estimate("backward_to_forward_ratio", value, low, high, "m", Standing.OPINION)
    assert more_words(ratio).replace("\u00a0", " ") == said
    assert more_words(NotKnown("backward_to_forward_ratio", "no")) is None


def test_what_the_heart_says_names_the_field_that_brings_it_back(full):
    assert "Add your resting heart rate for energy by your heart rate." in words(card(full))
    know(full, resting_heart_rate_bpm=52.0)
    assert "Add your highest heart rate for energy by your heart rate." in words(card(full))
    assert 'href="#add-maximal_heart_rate_bpm"' in card(full)
