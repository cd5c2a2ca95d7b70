"""A workout file is what the protocol says, byte by byte, and independent decoders show the steps."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from datetime import date

import fitdecode
import pyfitparsernative
import pytest
from fastcrc.crc16 import arc
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, NotAnActivity
from backward_running.core.plan import Part, Place, Repeat, Step, Workout
from backward_running.formats.fit import read
from backward_running.formats.fit_workout import write_workout

WARM = Step("WARM UP", Part.WARM_UP, Direction.FORWARD, Gait.RUN, duration_s=600)
BACK = Step(
    "BACK", Part.WORK, Direction.BACKWARD, Gait.RUN, duration_s=60,
    speed_low_mps=1.0, speed_high_mps=1.5, cue="Look over your shoulder – often",
)  # fmt: skip
EASY = Step("EASY", Part.RECOVERY, Direction.FORWARD, Gait.WALK, distance_m=100)
HOME = Step("HOME", Part.COOL_DOWN, Direction.FORWARD, Gait.WALK, heart_rate_high_bpm=140)


def workout(*pieces: Step | Repeat, title: str = "Rückwärts, 5 × 1 min") -> Workout:
    return Workout("plan-1-1", 1, 1, title, date(2026, 3, 3), Place.FLAT_CLOSED, "a friend as spotter", pieces, "")


WHOLE = workout(WARM, Repeat(5, (BACK, EASY)), HOME)


def decoded(data: bytes) -> list[tuple[str, dict[str, object]]]:
    reader = fitdecode.FitReader(
        io.BytesIO(data), check_crc=fitdecode.CrcCheck.RAISE, error_handling=fitdecode.ErrorHandling.RAISE
    )
    return [
        (frame.name, {one.name: one.value for one in frame.fields if one.value is not None})
        for frame in reader
        if isinstance(frame, fitdecode.FitDataMessage)
    ]


def steps(data: bytes) -> list[dict[str, object]]:
    return [fields for name, fields in decoded(data) if name == "workout_step"]


def test_the_head_says_workout_and_is_the_same_every_time() -> None:
    data = write_workout(WHOLE)
    (_, file_id), (_, head), *_ = decoded(data)
    assert file_id["type"] == "workout"
    assert file_id["manufacturer"] == "development"
    assert str(file_id["time_created"]).startswith("2026-03-03")
    assert head == {"sport": "running", "num_valid_steps": 5, "wkt_name": "Ruckwarts, 5 x"}
    assert write_workout(WHOLE) == data


def test_two_workouts_of_one_day_have_two_serial_numbers() -> None:
    other = Workout("plan-1-2", 1, 2, "Other", WHOLE.on, WHOLE.place, "", (WARM,), "")
    assert decoded(write_workout(WHOLE))[0][1]["serial_number"] != decoded(write_workout(other))[0][1]["serial_number"]


def test_steps_repeats_targets_and_cues() -> None:
    warm, back, easy, again, home = steps(write_workout(WHOLE))
    assert (warm["wkt_step_name"], warm["duration_time"], warm["intensity"]) == ("WARM UP", 600.0, "warmup")
    assert warm["target_type"] == "open"
    assert (back["target_type"], back["intensity"]) == ("speed", "active")
    assert (back["custom_target_speed_low"], back["custom_target_speed_high"]) == (1.0, 1.5)
    assert back["notes"] == "Look over your shoulder - often"
    assert (easy["duration_distance"], easy["intensity"]) == (100.0, "recovery")
    assert (again["duration_type"], again["duration_step"], again["repeat_steps"]) == ("repeat_until_steps_cmplt", 1, 5)
    assert (home["duration_type"], home["intensity"]) == ("open", "cooldown")
    assert (home["target_type"], home["custom_target_heart_rate_high"]) == ("heart_rate", 240)
    assert [one["message_index"] for one in (warm, back, easy, again, home)] == [0, 1, 2, 3, 4]


def test_the_native_decoder_sees_the_same_steps() -> None:
    messages = pyfitparsernative.parse_fit_bytes(write_workout(WHOLE))
    found = [one for one in messages if one["message_type"] == "workout_step"]
    assert [one.get("duration_value") for one in found] == [600_000, 60_000, 10_000, 1, None]
    assert [one.get("wkt_step_name") for one in found] == ["WARM UP", "BACK", "EASY", None, "HOME"]
    assert (found[1]["custom_target_value_low"], found[1]["custom_target_value_high"]) == (1000, 1500)


def test_byte_by_byte() -> None:
    """Header, definitions and messages where the protocol puts them, read with nothing but struct."""
    data = write_workout(workout(WARM, title="EASY"))
    size, protocol, _, length, magic, header_crc = struct.unpack_from("<BBHI4sH", data)
    assert (size, protocol, length, magic, header_crc) == (14, 0x20, len(data) - 16, b".FIT", arc(data[:12]))
    assert struct.unpack("<H", data[-2:])[0] == arc(data[:-2])
    position, definitions, messages = 14, {}, []
    while position < len(data) - 2:
        header = data[position]
        if header & 0x40:
            reserved, architecture, kind, count = struct.unpack_from("<BBHB", data, position + 1)
            assert (reserved, architecture) == (0, 0)
            table = data[position + 6 : position + 6 + 3 * count]
            definitions[header & 15] = (kind, [tuple(table[k : k + 3]) for k in range(0, len(table), 3)])
            position += 6 + 3 * count
        else:
            kind, fields = definitions[header]
            values, position = {}, position + 1
            for number, width, _ in fields:
                values[number] = data[position : position + width]
                position += width
            messages.append((kind, values))
    assert position == len(data) - 2
    assert [kind for kind, _ in messages] == [0, 26, 27]
    _, head = messages[1]
    assert head[4] == b"\x01"
    assert head[6] == b"\x01\x00"
    assert head[8] == b"EASY" + bytes(12)
    _, step = messages[2]
    assert step[254] == b"\0\0"
    assert step[1] == b"\0"
    assert step[2] == struct.pack("<I", 600_000)
    assert step[3] == b"\x02"
    assert step[7] == b"\x02"


def test_a_cap_alone_has_an_open_lower_end_and_a_heart_rate_beside_it_is_a_second_aim() -> None:
    capped = Step(
        "CAP", Part.WORK, Direction.BACKWARD, Gait.RUN, duration_s=30, speed_high_mps=2.0, heart_rate_high_bpm=150
    )
    (step,) = steps(write_workout(workout(capped)))
    assert (step["custom_target_speed_low"], step["custom_target_speed_high"]) == (0.1, 2.0)
    assert step["secondary_target_type"] == "heart_rate"
    assert step["secondary_custom_target_heart_rate_high"] == 250


WALK = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=60, speed_high_mps=1.2, cue="Look.")


def test_a_walk_under_a_cap_is_open_so_that_it_does_not_beep_and_its_note_says_the_cap() -> None:
    (step,) = steps(write_workout(workout(WALK)))
    assert step["target_type"] == "open" and "custom_target_speed_high" not in step
    assert step["notes"] == "At most 4.3 km/h (13:54 per km). Look."
    (beats,) = steps(write_workout(workout(replace(WALK, heart_rate_high_bpm=120))))
    assert (beats["target_type"], beats["custom_target_heart_rate_high"]) == ("heart_rate", 220)
    (asked,) = steps(write_workout(workout(replace(WALK, speed_low_mps=0.8))))
    assert (asked["custom_target_speed_low"], asked["custom_target_speed_high"]) == (0.8, 1.2)
    (run,) = steps(write_workout(workout(replace(WALK, gait=Gait.RUN, speed_high_mps=2.0))))
    assert run["target_type"] == "speed" and run["notes"] == "Look."


def test_written_out_every_repetition_has_its_number() -> None:
    data = write_workout(workout(WARM, Repeat(6, (WALK, EASY)), HOME), flat=True)
    names = [one["wkt_step_name"] for one in steps(data)]
    assert names[:5] == ["WARM UP", "BACK WALK 1/6", "EASY", "BACK WALK 2/6", "EASY"] and len(names) == 14
    assert names[11] == "BACK WALK 6/6" and all(
        one["duration_type"] != "repeat_until_steps_cmplt" for one in steps(data)
    )
    native = [one for one in pyfitparsernative.parse_fit_bytes(data) if one["message_type"] == "workout_step"]
    assert [one["wkt_step_name"] for one in native] == names
    assert all(len(name) <= 15 for name in names)


def test_more_than_a_watch_holds_stays_in_groups() -> None:
    assert len(steps(write_workout(workout(Repeat(25, (BACK, EASY))), flat=True))[:]) == 50
    assert len(steps(write_workout(workout(WARM, Repeat(25, (BACK, EASY))), flat=True))) == 4


def test_once_is_no_repeat() -> None:
    assert len(steps(write_workout(workout(Repeat(1, (BACK, EASY)))))) == 2


@pytest.mark.parametrize("pieces", [(), (Repeat(0, (BACK,)),), (Repeat(3, ()),)])
def test_nothing_to_do_is_refused(pieces: tuple[Repeat, ...]) -> None:
    with pytest.raises(BadValue, match="at least one"):
        write_workout(workout(*pieces))


def test_a_duration_and_a_distance_are_refused() -> None:
    both = Step("BOTH", Part.WORK, Direction.FORWARD, Gait.RUN, duration_s=60, distance_m=100)
    with pytest.raises(BadValue, match="not both"):
        write_workout(workout(both))


def test_our_reader_says_that_it_is_a_workout() -> None:
    with pytest.raises(NotAnActivity, match="holds a workout"):
        read(write_workout(WHOLE))


one_step = st.builds(
    Step,
    st.text(max_size=30),
    st.sampled_from(Part),
    st.sampled_from(Direction),
    st.sampled_from(Gait),
    duration_s=st.floats(1, 40_000),
    speed_high_mps=st.none() | st.floats(0.5, 8),
    cue=st.none() | st.text(max_size=400),
)
piece = one_step | st.builds(Repeat, st.integers(1, 30), st.lists(one_step, min_size=1, max_size=4).map(tuple))


@given(st.lists(piece, min_size=1, max_size=8), st.text(max_size=40))
@settings(max_examples=50, deadline=None)
def test_any_workout_unrolls_to_its_own_steps(pieces: list[Step | Repeat], title: str) -> None:
    made = workout(*pieces, title=title)
    found = steps(write_workout(made))
    unrolled: list[object] = []
    for index, one in enumerate(found):
        if one["duration_type"] == "repeat_until_steps_cmplt":
            first, times = one["duration_step"], one["repeat_steps"]
            unrolled += [x["duration_time"] for x in found[first:index]] * (times - 1)  # type: ignore[misc, operator]
        else:
            unrolled.append(one["duration_time"])
    assert unrolled == [
        pytest.approx(step.duration_s or 0, abs=0.0005 + 1e-9) for step in made.steps()
    ]  # kept in milliseconds
