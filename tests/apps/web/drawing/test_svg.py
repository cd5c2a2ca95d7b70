"""What is drawn beside the templates: well-formed, and whatever somebody typed stays words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from backward_running.apps.web.drawing.ribbon import Piece
from backward_running.apps.web.drawing.svg import ribbon_svg, steps_svg
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Step, Workout

HOSTILE = """<script>alert("1")</script>'&"""


def test_what_is_said_and_not_recorded_is_marked_and_backward_keeps_its_stripes():
    pieces = [Piece(0.0, 50.0, "f"), Piece(50.0, 25.0, "b"), Piece(75.0, 25.0, "b", said=True)]
    drawn = ElementTree.fromstring(ribbon_svg(pieces, "mini"))
    fills = [[rect.get("fill") for rect in piece.iter("rect")] for piece in drawn]
    assert fills == [[None], [None, "url(#p-bs)"], [None, "url(#p-bs)", "url(#p-said)"]]
    assert [piece.get("x") for piece in drawn] == ["0.0%", "50.0%", "75.0%"]
    assert "url(#p-b)" in ribbon_svg(pieces[1:2]) and drawn.get("aria-hidden") == "true"


@pytest.mark.parametrize("size", ["", "small"])
def test_words_are_escaped(size):
    step = Step(HOSTILE, Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=60.0)
    workout = Workout("w", 1, 1, HOSTILE, date(2026, 5, 4), Place.TREADMILL, HOSTILE, (step,), HOSTILE)
    for drawn in (steps_svg(workout, size), ribbon_svg([], label=HOSTILE)):
        root = ElementTree.fromstring(drawn)
        assert "<script" not in drawn and HOSTILE in root.get("aria-label", "")
    (piece,) = ElementTree.fromstring(steps_svg(workout, size)).findall("svg")
    assert piece.findtext("title") == HOSTILE and piece.get("y") == "38%", "what is walked lies lower"
    ran = replace(workout, pieces=(replace(step, gait=Gait.RUN),))
    assert ElementTree.fromstring(steps_svg(ran, size))[0].get("height") == "100%"
