"""The file for treadmill apps: every step is free, every text says what to do by hand."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.plan import Part, Place, Repeat, Step, Workout
from backward_running.formats.zwo import write_zwo

WARM = Step("WARM UP", Part.WARM_UP, Direction.FORWARD, Gait.RUN, duration_s=480)
BACK = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=60, speed_high_mps=1.2)
REST = Step("FWD WALK", Part.RECOVERY, Direction.FORWARD, Gait.WALK, duration_s=15)


def tree(*pieces: Step | Repeat, title: str = "Backward & <slowly>") -> etree._Element:
    whole = Workout("p-w01-1", 1, 1, title, date(2026, 5, 4), Place.TREADMILL, "clip on", pieces, "2 × 1 min")
    return etree.fromstring(write_zwo(whole))


def test_steps_are_written_out_and_last_as_long() -> None:
    root = tree(WARM, Repeat(2, (BACK, REST)))
    assert root.tag == "workout_file"
    assert root.findtext("name") == "Backward & <slowly>"
    assert (root.findtext("sportType"), root.findtext("durationType")) == ("run", "time")
    steps = list(root.find("workout"))
    assert [one.get("Duration") for one in steps] == ["480", "60", "15", "60", "15"]
    assert {one.tag for one in steps} == {"FreeRide"}, "a file never drives the belt"


def test_texts_say_what_to_do_and_warn_in_time() -> None:
    warm, first, rest, second, _ = tree(WARM, Repeat(2, (BACK, REST))).find("workout")
    told = [(int(one.get("timeoffset")), one.get("message")) for one in warm]
    assert told == [
        (0, "Off the belt: warm up, step on while it stands"),
        (470, "Next: Start the belt slowly, walk backward, up to 4.3 km/h (1 of 2)"),
    ]
    assert first[0].get("message") == "Start the belt slowly, walk backward, up to 4.3 km/h (1 of 2)"
    assert second[0].get("message").endswith("(2 of 2)")
    assert rest[0].get("message") == "Stop the belt and stand, hands on the rail"
    assert len(rest) == 1, "a step of 15 s is too short for a warning"


def test_nobody_turns_on_the_belt_also_in_a_session_that_was_planned_outdoors() -> None:
    outdoors = Workout(
        "p-w01-1", 1, 1, "Walking backward", date(2026, 5, 4), Place.TRACK_OR_GRASS, "a friend",
        (WARM, Repeat(2, (BACK, REST)), Step("FWD RUN", Part.WORK, Direction.FORWARD, Gait.RUN, duration_s=60)),
        "2 × 1 min", advice=("Look over a shoulder every 5–8 steps, left and right in turn.",),
    )  # fmt: skip
    written = write_zwo(outdoors).decode().lower()
    assert not any(word in written for word in ("turn", "shoulder", "forward"))
    assert written.count("off the belt") == 1 and "outdoors" in written


def test_a_distance_needs_a_cap() -> None:
    sprint = Step("BACK RUN", Part.WORK, Direction.BACKWARD, Gait.RUN, distance_m=20, speed_high_mps=2.0)
    assert tree(sprint).find("workout")[0].get("Duration") == "10"
    with pytest.raises(BadValue, match="cap"):
        tree(Step("BACK RUN", Part.WORK, Direction.BACKWARD, Gait.RUN, distance_m=20))


def test_control_characters_do_not_break_the_file() -> None:
    assert tree(WARM, title="a\x0bb").findtext("name") == "a b"
