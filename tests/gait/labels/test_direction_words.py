"""What names say, and what they do not."""

from __future__ import annotations

import pytest

from backward_running.core.direction import Direction, Gait
from backward_running.gait.labels.direction_words import said_in


@pytest.mark.parametrize(
    "text",
    [
        "BACK 1/6",
        "BACK WALK 2/5",
        "back run",
        "Back",
        "Backward",
        "3 min backwards!",
        "RÜCKWÄRTS",
        "rueckwaerts 2",
        "Rückwärtslaufen",
        "retro running",
        "Reverse 2",
        "reverse run 400 m",
        "en marche arrière",
        "correr hacia atrás",
        "achteruit",
        "BACKWARD_WALK",
    ],
)
def test_backward(text):
    assert said_in(text).direction is Direction.BACKWARD


@pytest.mark.parametrize("text", ["FWD", "Forward 2/6", "vorwärts", "forwards easy", "FWD WALK"])
def test_forward(text):
    assert said_in(text).direction is Direction.FORWARD


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Jog back",
        "back to start",
        "Walk back recovery",
        "feedback",
        "Backyard ultra",
        "setback",
        "Reverse ladder",
        "reverse route",
        "no backward",
        "before backward",
        "forward and backward drills",
        "Backward lunges",
        "Run",
        "Warm Up",
        "Lap 3",
        "5 km",
        "easy",
    ],
)
def test_nothing(text):
    assert said_in(text).direction is None


def test_gait():
    assert said_in("BACK WALK 2/5").gait is Gait.WALK
    assert said_in("Backward running").gait is Gait.RUN
    assert said_in("run/walk").gait is None
    assert said_in("BACK 1/6").gait is None
