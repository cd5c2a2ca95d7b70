"""The text says what the workout says, in the builder's own syntax, and reads back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.core.plan import Part, Place, Repeat, Step, Workout
from backward_running.formats.intervals_icu import read_workout_text, write_workout_text

WARM = Step("WARM UP", Part.WARM_UP, Direction.FORWARD, Gait.RUN, duration_s=480, speed_high_mps=2.5)
BACK = Step("BACK 1/6", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=65, speed_high_mps=1.5)
REST = Step("FWD WALK", Part.RECOVERY, Direction.FORWARD, Gait.WALK, duration_s=60)
SPRINT = Step("BACK RUN", Part.WORK, Direction.BACKWARD, Gait.RUN, distance_m=20, speed_low_mps=1.7, speed_high_mps=2.0)


def workout(*pieces: Step | Repeat) -> Workout:
    return Workout("p-w01-1", 1, 1, "Backward", date(2026, 5, 4), Place.FLAT_CLOSED, "a friend", pieces, "5 × 1 min")


def test_the_text_is_the_builders_syntax() -> None:
    text = write_workout_text(workout(WARM, Repeat(5, (BACK, REST)), REST, Repeat(2, (SPRINT, REST))))
    assert text == (
        "- WARM UP 8m 59:59-6:40/km Pace\n"
        "\n5x\n- BACK 1/6 1m5s 59:59-11:07/km Pace\n- FWD WALK 1m\n"
        "\n- FWD WALK 1m\n"
        "\n2x\n- BACK RUN 20mtr 9:49-8:20/km Pace\n- FWD WALK 1m\n"
    )


def test_it_reads_back() -> None:
    whole = workout(WARM, Repeat(5, (BACK, REST)), SPRINT)
    warm, repeat, sprint = read_workout_text(write_workout_text(whole))
    assert isinstance(warm, Step) and isinstance(repeat, Repeat) and isinstance(sprint, Step)
    assert (warm.name, warm.duration_s, warm.speed_low_mps) == ("WARM UP", 480, None)
    assert repeat.times == 5
    assert [(one.name, one.direction, one.duration_s) for one in repeat.steps] == [
        ("BACK 1/6", Direction.BACKWARD, 65),
        ("FWD WALK", Direction.FORWARD, 60),
    ]
    assert (sprint.distance_m, sprint.duration_s, sprint.gait) == (20, None, Gait.RUN)


NAMES = st.sampled_from(["BACK WALK", "BACK RUN", "BACK 3/12", "FWD WALK", "FWD RUN", "COOL DOWN"])
SPEEDS = st.none() | st.floats(0.4, 6.0)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    name = draw(NAMES)
    backward = name.startswith("BACK")
    timed = draw(st.booleans())
    return Step(
        name,
        Part.WORK if backward else Part.RECOVERY,
        Direction.BACKWARD if backward else Direction.FORWARD,
        Gait.WALK if "WALK" in name else Gait.RUN,
        duration_s=float(draw(st.integers(1, 20_000))) if timed else None,
        distance_m=None if timed else float(draw(st.integers(1, 5000))),
        speed_high_mps=draw(SPEEDS),
    )


PIECES = st.lists(
    steps() | st.builds(Repeat, st.integers(2, 30), st.lists(steps(), min_size=1, max_size=4).map(tuple)), min_size=1
)


@given(PIECES)
def test_what_is_written_reads_back_and_no_cap_is_lifted(pieces: list[Step | Repeat]) -> None:
    read = read_workout_text(write_workout_text(workout(*pieces)))
    assert [type(one) for one in read] == [type(one) for one in pieces]
    assert [one.times for one in read if isinstance(one, Repeat)] == [p.times for p in pieces if isinstance(p, Repeat)]
    for got, put in zip(workout(*read).steps(), workout(*pieces).steps(), strict=True):
        assert (got.name, got.direction, got.gait, got.duration_s, got.distance_m) == (
            put.name, put.direction, put.gait, put.duration_s, put.distance_m,
        )  # fmt: skip
        assert (got.speed_high_mps is None) == (put.speed_high_mps is None)
        if got.speed_high_mps is not None and put.speed_high_mps is not None:
            assert got.speed_high_mps <= put.speed_high_mps + 1e-6
            assert 1000 / got.speed_high_mps - 1000 / put.speed_high_mps <= 1.0 + 1e-6


def test_headings_are_passed_over_and_a_broken_step_is_named() -> None:
    assert len(read_workout_text("Main set\n- FWD RUN 10m\n")) == 1
    with pytest.raises(UnreadableFile, match="Line 2"):
        read_workout_text("- FWD RUN 10m\n- just words\n")


def test_a_step_without_an_end_is_refused() -> None:
    with pytest.raises(BadValue, match="duration or a distance"):
        write_workout_text(workout(Step("OPEN", Part.WORK, Direction.FORWARD, Gait.RUN)))
    with pytest.raises(BadValue, match="whole metres"):
        write_workout_text(workout(Step("ODD", Part.WORK, Direction.FORWARD, Gait.RUN, distance_m=20.5)))
