"""The body picture and its list on the page of an activity, without script."""

from __future__ import annotations

import json
import re

from click.testing import CliRunner
from tests.apps.browsing import parsed

from backward_running.apps.cli import backward
from backward_running.core.tissue import Change

SIGNS = {"+", "+?", "=", "−?", "−", "?"}


def section(html):
    found = re.search(
        r'<section class="card tissues".*?</section>\s*(?=</details>|<section class="card)', html, re.DOTALL
    )
    return found and found[0]


def page(browser, number=0):
    return browser.get(f"/runs/{browser.ids[number]}").text


def test_a_run_with_a_backward_part_shows_what_it_loads(full):
    html = section(page(full))
    assert "a model, not a measurement" in html
    for words in ("Knee", "Calf and Achilles", "Forefoot", "Quadriceps", "Hamstring", "peak force", "confidence"):
        assert words in html, words


def test_a_run_without_one_shows_nothing(full):
    html = page(full, 1)
    assert section(html) is None
    assert '<div id="tissues" data-tissues hidden' in html


def test_the_four_bases_are_radios_of_which_one_is_chosen(full):
    tags = [attributes for tag, attributes in parsed(section(page(full))).tags if tag == "input"]
    assert [one["value"] for one in tags] == ["step", "minute", "kilometre", "session"]
    assert {one["type"] for one in tags} == {"radio"}
    assert [one["value"] for one in tags if "checked" in one] == ["step"]


def test_every_region_says_its_change_in_words_sign_and_pattern(full):
    html = section(page(full))
    words = {one.value for one in Change}
    titles = re.findall(r"<title>([^<]*)</title>", html)
    assert len(titles) == (5 * 2 + 1) * 4  # five places on both legs and the ground, on four bases
    assert {title.rsplit(": ", 1)[1] for title in titles} <= words
    signs = re.findall(r'<text class="ts"[^>]*>([^<]*)</text>', html)
    assert len(signs) == len(titles)
    assert set(signs) <= SIGNS
    shapes = re.findall(r'<path class="tr ([a-z-]+)"', html)
    assert len(shapes) == len(titles)
    assert set(re.findall(r"url\(#(t-[a-z-]+)\)", html)) <= set(re.findall(r'<pattern id="(t-[a-z-]+)"', html))
    assert {f"t-{one}" for one in set(shapes) - {"not-known"}} == set(re.findall(r"url\(#(t-[a-z-]+)\)", html))


def test_the_two_colours_of_direction_say_nothing_here():
    from pathlib import Path

    styles = Path(__file__).parents[4] / "frontend/src/css"
    for name in ("components/body-map.css", "pages/run-cards.css"):
        style = (styles / name).read_text(encoding="utf-8")
        assert "--fwd" not in style
        assert "--bwd" not in style


def test_each_tissue_opens_its_studies(full):
    html = section(page(full))
    assert html.count('<details class="more">') == 6
    assert "Roos 2012" in html
    assert "Cavagna 2012" in html


def test_the_muscles_say_what_is_not_known(full):
    html = section(page(full))
    assert "113.5 %" in html
    assert "? not known" in " ".join(" ".join(parsed(html).text).split())


def test_imperial_runners_read_of_miles(full):
    full.submit("/settings/look", {"units": "imperial"})
    html = section(page(full))
    assert "/mi," in html
    assert "per mile" in html
    assert "per kilometre" not in html


def test_taking_the_backward_part_away_takes_the_picture_away(full):
    run = full.ids[0]
    stroke = {"start_s": "0:00", "end_s": "10:00", "direction": "forward"}
    reply = full.submit(f"/runs/{run}/paint", stroke, headers={"HX-Request": "true"})
    assert '<div id="tissues" data-tissues hidden hx-swap-oob="true">' in reply.text
    assert section(page(full)) is None


def test_the_command_line_says_the_same(full, tmp_path):
    home = str(tmp_path)
    said = CliRunner().invoke(backward, ["--home", home, "show", full.ids[0], "--tissues"])
    assert said.exit_code == 0, said.output
    assert "A model, not a measurement" in said.output
    assert "Rectus femoris" in said.output
    asked = CliRunner().invoke(backward, ["--home", home, "show", full.ids[0], "--json"])
    tissues = json.loads(asked.output)["tissues"]
    assert tissues["loads"][0]["key"] == "knee"
    assert set(tissues["loads"][0]["said"]) == {"per_step", "per_minute", "per_kilometre", "session"}
