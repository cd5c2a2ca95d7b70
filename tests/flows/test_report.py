"""A report for who treats or trains: the past on two pages, missing is missing, and a stop does not keep it in."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta

import pypdf
import pytest

from backward_running.apps.words import report as say
from backward_running.apps.words.units import Units
from backward_running.core.athlete import CheckIn, Moment
from backward_running.flows import measuring, report, said_done

NOW = datetime(2026, 6, 29, 9, tzinfo=UTC)
SITES = ("left knee", "right knee", "left achilles")


@pytest.fixture
def told(store):
    """Months with much to tell: every day pain at three places, falls, warning signs, all that can be measured."""
    for number in range(110):
        at = NOW - timedelta(days=number)
        pains = {site: float((number + place) % 7) for place, site in enumerate(SITES)}
        moment = list(Moment)[number % 3]
        store.add_check_in(
            CheckIn(at, moment, pain_nrs=pains, fell=number % 9 == 4 or None, broke_off=number % 11 == 1 or None)
        )
        for kind in measuring.kinds():
            if number % 5 == 0:
                value = kind.lowest + (0.3 + 0.001 * number) * (kind.highest - kind.lowest)
                measuring.keep(store, kind.key, value, now=NOW, on=at.date())
    for week in range(6):
        on = NOW.date() - timedelta(weeks=week, days=2)
        said_done.say_extra(store, now=NOW, on=on, backward_s=600.0, forward_s=1200.0)
    return report.report(store, now=NOW)


def _pdf(told):
    units = Units("metric")
    return report.pdf(say.TITLE, say.lead(told, units), say.sections(told, units), told=told)


def test_much_to_tell_stands_on_two_pages_and_says_what_it_left_out(told):
    name, data = _pdf(told)
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    assert name == "2026-06-29-backward-report.pdf" and len(pages) <= 2
    words = " ".join(page.extract_text() for page in pages)
    assert "60 min backward, 120 min forward" in words
    assert "left knee" in words and "over" in words and "Fell" in words
    assert "the newest 8" in words and "that come nearest to their limit" in words
    assert _pdf(told)[1] == data


def test_pain_is_held_against_the_limit_of_its_place(told):
    by_site = {pain.site: pain.limit_nrs for pain in told.pain}
    assert by_site["left knee"] == 3 and by_site["left achilles"] == 5
    assert all(pain.is_over == (pain.pain_nrs > pain.limit_nrs) for pain in told.pain)
    assert min(pain.on for pain in told.pain) >= told.since == date(2026, 4, 13)


def test_nothing_told_is_nothing_known(store):
    empty = report.report(store, now=NOW)
    words = pypdf.PdfReader(io.BytesIO(_pdf(empty)[1])).pages[0].extract_text()
    assert "That is not the same as none" in words and "Nothing was measured" in words
    assert all(week.worst_pain_nrs is None and week.exertion_cr10 is None for week in empty.weeks)
    rows = list(csv.reader(io.StringIO(report.weeks_csv(empty)[1].decode())))
    assert len(rows) == 13 and rows[1][6:] == ["", "", ""]
    assert "entry" not in json.loads(report.fhir_bundle(store, empty)[1])


def test_it_leaves_while_a_warning_sign_stands(store):
    store.add_check_in(CheckIn(NOW, red_flags=("chest_pain",)))
    words = pypdf.PdfReader(io.BytesIO(_pdf(report.report(store, now=NOW))[1])).pages[0].extract_text()
    assert "Warning sign told: Chest pain" in words


def test_the_bundle_bears_codes_that_were_read_and_words_elsewhere(store, told):
    bundle = json.loads(report.fhir_bundle(store, told)[1])
    assert bundle["resourceType"] == "Bundle" and bundle["type"] == "collection"
    resources = [entry["resource"] for entry in bundle["entry"]]
    assert len({entry["fullUrl"] for entry in bundle["entry"]}) == len(resources)
    codes = {each["code"]["text"]: each["code"].get("coding", [{}])[0].get("code") for each in resources}
    assert codes["Body weight"] == "29463-7" and codes["Body fat"] == "41982-0"
    assert codes["Pain, 0 to 10"] == "72514-3" and codes["Duration of a run"] == "55411-3"
    assert codes["Balance: 3-metre backward walk"] is None
    for each in resources:
        assert each["status"] == "final" and each["effectiveDateTime"] >= "2026-04-13"
        assert set(each["valueQuantity"]) >= {"value", "system", "code"}
    weight = next(each for each in resources if each["code"]["text"] == "Body weight")
    assert weight["valueQuantity"]["code"] == "kg" and weight["category"][0]["coding"][0]["code"] == "vital-signs"
    backward = [each for each in resources if each.get("note") == [{"text": "backward"}]]
    assert sum(each["valueQuantity"]["value"] for each in backward) == pytest.approx(60.0)


def test_days_are_one_row_a_value(told):
    rows = list(csv.DictReader(io.StringIO(report.days_csv(told)[1].decode())))
    assert {row["what"] for row in rows} >= {"pain", "event", "weight", "backward_walk"}
    assert [row["on"] for row in rows] == sorted(row["on"] for row in rows)
