"""The card of a run: the same shapes as SVG and PNG, and nothing on it of what lies in a privacy zone."""

from __future__ import annotations

import io

import pytest
from lxml import etree
from PIL import Image

from backward_running.apps.web.drawing import card as drawing
from backward_running.apps.words.units import Units
from backward_running.core.errors import NotFound
from backward_running.core.privacy import PrivacyZone
from backward_running.flows import activity, privacy
from backward_running.flows.card import run_card

METRIC = Units("metric")


def lines(card):
    return [one for one in drawing.shapes(card, METRIC) if isinstance(one, drawing.Line)]


def test_it_says_what_was_done(full):
    card = run_card(full.store, full.ids[0])
    words = [one.text for one in drawing.shapes(card, METRIC) if isinstance(one, drawing.Words)]
    assert words[0] == "Hill path" and any("17 November 2026" in one for one in words)
    assert any(one.startswith("backward 1:4") for one in words), words
    assert not any("06:" in one or "7:12" in one for one in words), "no hour"


def test_what_lies_in_a_zone_is_not_drawn(full):
    data = activity.chart_data(full.store, full.ids[0])
    hidden = [place is None for place in data.track]
    assert hidden[0] and not hidden[-1]
    whole = activity.chart_data(full.store, full.ids[0], whole=True)
    assert None not in whole.track
    before = lines(run_card(full.store, full.ids[0]))
    privacy.remove(full.store, "home")
    after = lines(run_card(full.store, full.ids[0]))
    assert sum(len(one.points) for one in before) < sum(len(one.points) for one in after)


def test_a_run_wholly_in_a_zone_has_no_map(full):
    privacy.add(full.store, PrivacyZone("all", 42.5, 1.5, 5000.0))
    assert lines(run_card(full.store, full.ids[0])) == []
    assert full.get(f"/runs/{full.ids[0]}").status_code == 200
    assert "Show the whole track" in full.get(f"/runs/{full.ids[0]}").text
    assert drawing.png(run_card(full.store, full.ids[0]), METRIC)


def test_svg_and_png_are_sound_and_without_a_map_none_is_drawn(full):
    card = run_card(full.store, full.ids[0])
    root = etree.fromstring(drawing.svg(card, METRIC))
    assert root.tag.endswith("svg") and "fill" in root[0].attrib
    picture = Image.open(io.BytesIO(drawing.png(card, METRIC)))
    assert picture.size == (drawing.WIDTH, drawing.HEIGHT) and not picture.getexif()
    assert len(picture.getcolors(1_000_000)) > 20
    assert lines(run_card(full.store, full.ids[0], with_map=False)) == []


def test_a_title_is_words_and_no_markup(full):
    written = drawing.svg(run_card(full.store, full.ids[1]), METRIC)
    assert b"<script" not in written and b"&lt;script" in written
    with pytest.raises(NotFound):
        run_card(full.store, "nothing-0")
