"""A sensor that sits elsewhere than is stated says nothing, and why is said; one that sits there loses nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from validation.fit_odd_marks import parts

from backward_running.core.direction import Direction
from backward_running.flows.why import why_unknown
from backward_running.flows.why_gait import NOT_THE_PLACE, PARTS
from backward_running.gait import find_bouts
from backward_running.gait.steps.stated_place import moves_like
from backward_running.gait.steps.time_odd_features import odd_marks
from backward_running.signals import working_stream
from backward_running.signals.six_axis import six_axis
from validation import _labelled as data
from validation import _loops as loops
from validation import _people as people

TOLD = (Direction.FORWARD, Direction.BACKWARD)


@pytest.fixture(scope="module")
def walk(shared_data):
    """A walk of the man with sensors at six places, as a loop of 40 s."""
    part = next(some for some in loops.steady_parts(data.clips()) if not some.runs[0] and some.way[0] == 0)
    return loops.loop(part, 40.0)


def judged(worn, place):
    worn = replace(worn, place=place)
    made = data.recording(worn, duration_s=float(worn.time_s[-1]) + 0.01, sport="walking")
    return made, find_bouts(made, working_stream(made))


@pytest.mark.parametrize(
    ("sits", "stated", "moves", "part"),
    [
        ("shank_left", "thigh", "lower leg", "thigh"),
        ("foot_left", "thigh", "lower leg", "thigh"),
        ("thigh_right", "foot", "thigh", "lower leg"),
        ("waist", "shank", "trunk", "lower leg"),
        ("foot_left", "waist", "lower leg", "trunk"),
    ],
)
def test_a_sensor_at_another_place_says_nothing_and_why(walk, sits, stated, moves, part):
    made, bouts = judged(data.stream(sits, walk.sensors[sits], mount_known=False), stated)
    assert not [bout for bout in bouts if bout.direction in TOLD]
    assert moves_like(odd_marks(six_axis(made.streams[0])), stated) == moves
    if stated != "waist":  # of a trunk in an unknown mounting nothing is asked
        assert NOT_THE_PLACE.format(PARTS[moves], PARTS[part]) in why_unknown(made, bouts)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sits", "stated", "most_s"), [("waist", "thigh", 10.0), ("chest", "thigh", 0.0), ("thigh", "foot", 0.0)]
)
def test_whatever_walk_it_is_a_wrong_place_is_hardly_ever_told_wrongly(shared_data, sits, stated, most_s):
    """Seven minutes of one man: a waist stated as a thigh was wrong for 142 s, now in one walk where the hips swing."""
    wrong_s = 0.0
    for part in parts():
        if part.person == "man" and part.place.startswith(sits) and not part.runs:
            truth = Direction.FORWARD if part.forward else Direction.BACKWARD
            bouts = judged(part.stream, stated)[1]
            wrong_s += sum(bout.duration_s for bout in bouts if bout.direction in TOLD and bout.direction is not truth)
    assert wrong_s <= most_s


def test_where_a_sensor_sits_it_moves_like_one_there(walk):
    for place in ("foot_left", "shank_left", "thigh_right", "waist", "chest"):
        assert moves_like(odd_marks(six_axis(data.stream(place, walk.sensors[place]))), place) is None, place


def test_a_phone_in_a_pocket_that_is_stated_as_a_foot_says_nothing(shared_data):
    """Forty seconds of one were backward, and sure of it; in the pocket it is right."""
    for jogging in (False, True):
        for person, walked in people.pockets(jogging=jogging):
            worn = walked.recording.streams[0]
            for place in ("foot", "shank"):
                assert not [bout for bout in judged(worn, place)[1] if bout.direction in TOLD], (person, place)
            assert moves_like(odd_marks(six_axis(worn)), "pocket") is None, person
