"""A session on a treadmill: steps of the plan as labels, what belt and straps said, and never a guess which way."""

from __future__ import annotations

import struct
from datetime import UTC, date, datetime, timedelta

import pytest

from backward_running import formats
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue, UnreadableFile
from backward_running.core.plan import Part, Place, Repeat, Step, Workout
from backward_running.flows.treadmill_session import POD, STRAP, TREADMILL, TreadmillSession
from backward_running.gait.labels.claims import claims_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
WARM = Step("WARM UP", Part.WARM_UP, Direction.FORWARD, Gait.WALK, duration_s=20.0, speed_high_mps=1.5)
BACK = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=15.0, speed_high_mps=0.9)
REST = Step("REST", Part.RECOVERY, Direction.STILL, Gait.WALK, duration_s=10.0)
METRES = Step("FWD", Part.COOL_DOWN, Direction.FORWARD, Gait.WALK, distance_m=10.0, speed_high_mps=1.5)
WORKOUT = Workout(
    "w01-1", 1, 1, "Backward on the belt", date(2026, 11, 30), Place.TREADMILL, "a friend",
    (WARM, Repeat(2, (BACK, REST)), METRES), "x",
)  # fmt: skip


def belt(mps, grade=0.0, odometer_m=None):
    if odometer_m is None:
        return struct.pack("<HHhh", 0x0008, round(mps * 360), round(grade * 1000), 0x7FFF)
    return struct.pack(
        "<HHHBhh", 0x000C, round(mps * 360), odometer_m & 0xFFFF, odometer_m >> 16, round(grade * 1000), 0
    )


def goes(session, since_s, until_s, *, mps=None, bpm=None, grade=0.0):
    """Let time pass, and devices speak once a second."""
    for half in range(int(2 * since_s), int(2 * until_s)):
        at_s = half / 2
        if half % 2 == 0:
            if mps is not None:
                session.take(TREADMILL, belt(mps, grade), at_s)
            if bpm is not None:
                session.take(STRAP, bytes((0, bpm)), at_s)
        session.tick(at_s)


def said(recording):
    return [(round(claim.start_s), round(claim.end_s), claim.direction) for claim in claims_of(recording)]


def test_the_steps_of_the_plan_are_the_labels_of_an_indoor_recording():
    session = TreadmillSession(NOW, WORKOUT, (TREADMILL, STRAP))
    goes(session, 0, 22, mps=1.3, bpm=100)
    stands = session.now()
    assert stands.step.name == "BACK WALK 1/2" and stands.direction is Direction.BACKWARD and not stands.is_said
    assert stands.over_cap and stands.following.name == "REST" and (stands.number, stands.count) == (2, 6)
    assert stands.left_s == pytest.approx(13.5, abs=1.0)
    goes(session, 22, 90, mps=0.8, bpm=120, grade=0.02)
    assert session.now().step is None and session.now().following is None
    (recording,) = formats.read(session.finish())
    assert recording.indoor and recording.sport == "walking" and recording.started_at - NOW < timedelta(seconds=1)
    stream = recording.main
    assert stream.columns["speed_mps"][30] == pytest.approx(0.8, abs=0.01)
    assert stream.columns["grade_ratio"][30] == pytest.approx(0.02)
    assert stream.columns["heart_rate_bpm"][10] == 100 and "latitude_deg" not in stream.columns
    ways = [direction for *_, direction in said(recording)]
    assert ways == [Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD,
                    Direction.FORWARD]  # fmt: skip
    assert said(recording)[1][:2] == pytest.approx((20, 35), abs=1)
    assert recording.laps[-1].end_s == pytest.approx(82.5, abs=1.0), "what comes after the last step is of no step"


def test_the_runners_word_outweighs_the_step_until_the_next_one():
    session = TreadmillSession(NOW, WORKOUT, (TREADMILL,))
    goes(session, 0, 25, mps=0.8)
    session.say(Direction.FORWARD)
    assert (session.now().direction, session.now().is_said) == (Direction.FORWARD, True)
    goes(session, 25, 60, mps=0.8)
    assert not session.now().is_said
    (recording,) = formats.read(session.finish())
    ends = [(end_s, direction) for _, end_s, direction in said(recording)[:3]]
    assert [direction for _, direction in ends] == [Direction.FORWARD, Direction.BACKWARD, Direction.FORWARD]
    assert [end_s for end_s, _ in ends] == pytest.approx([20, 25, 35], abs=1)
    with pytest.raises(BadValue, match="forward or backward"):
        session.say(Direction.SIDEWAYS)


def test_without_plan_and_word_nobody_knows_which_way():
    session = TreadmillSession(NOW, None, (TREADMILL,))
    goes(session, 0, 10, mps=1.0)
    assert session.now().direction is Direction.UNKNOWN and session.now().count == 0
    session.say(Direction.BACKWARD)
    goes(session, 10, 20, mps=1.0)
    (recording,) = formats.read(session.finish())
    ((start_s, end_s, direction),) = said(recording)
    assert (start_s, end_s) == pytest.approx((10, 20), abs=1) and direction is Direction.BACKWARD
    assert recording.sport is None and recording.indoor


def test_a_belt_that_stands_holds_the_step_and_a_silent_one_is_unknown():
    session = TreadmillSession(NOW, WORKOUT, (TREADMILL, STRAP))
    goes(session, 0, 10, mps=0.0)
    assert session.now().waits == "belt" and session.now().left_s == pytest.approx(20.0, abs=0.6)
    goes(session, 10, 20, mps=1.0, bpm=99)
    assert session.now().waits is None and session.now().left_s == pytest.approx(10.0, abs=1.0)
    goes(session, 20, 27)  # nothing speaks any more, and time goes on
    stands = session.now()
    assert stands.speed_mps is None and stands.heart_rate_bpm is None and stands.silent == (TREADMILL, STRAP)
    (recording,) = formats.read(session.finish())
    speed = recording.main.columns["speed_mps"]
    assert speed[5] == 0.0 and speed[15] == pytest.approx(1.0, abs=0.01)
    assert recording.main.time_s[-1] < 26 <= recording.duration_s, "unknown, not 0"


def test_a_laptop_that_slept_guided_nobody():
    session = TreadmillSession(NOW, WORKOUT, (TREADMILL,))
    goes(session, 0, 10, mps=1.0)
    session.tick(600.0)
    assert session.now().waits == "slept" and session.now().step.name == "WARM UP"
    session.resume()
    goes(session, 600.5, 603, mps=1.0)
    assert session.now().waits is None and session.now().left_s == pytest.approx(8.0, abs=1.5)
    (recording,) = formats.read(session.finish())
    assert recording.pauses and recording.pauses[0].end_s - recording.pauses[0].start_s > 580


def test_a_foot_pod_never_mends_the_speed_of_a_belt():
    both, alone = TreadmillSession(NOW, None, (TREADMILL, POD)), TreadmillSession(NOW, None, (POD,))
    for session in (both, alone):
        session.take(POD, bytes.fromhex("040003a8"), 0.0)
        session.tick(0.0)
    assert both.now().speed_mps is None and both.now().cadence_spm == 168.0
    assert alone.now().speed_mps == 3.0
    with pytest.raises(BadValue, match="device"):
        alone.take("bicycle", b"", 1.0)


def test_the_metres_of_the_belt_go_on_where_it_begins_anew():
    session = TreadmillSession(NOW, None, (TREADMILL,))
    for at_s, odometer_m in ((0.0, 500), (1.0, 520), (2.0, 0), (3.0, 10)):
        session.take(TREADMILL, belt(1.0, odometer_m=odometer_m), at_s)
        session.tick(at_s)
    (recording,) = formats.read(session.finish())
    assert recording.main.columns["distance_m"].tolist() == [0.0, 20.0, 20.0, 30.0]


def test_what_was_written_until_a_death_is_a_recording_too():
    session = TreadmillSession(NOW, WORKOUT, (TREADMILL, STRAP))
    disk = b""
    for second in range(60):
        goes(session, second, second + 1, mps=1.0, bpm=110)
        disk += session.fresh_lines()
    (recording,) = formats.read(disk[:-7])  # in the middle of a line
    assert recording.duration_s >= 60 - 2 * 3 - 1 and recording.laps[1].start_s == pytest.approx(20, abs=1)
    (lost_nothing,) = formats.read(disk)
    assert lost_nothing.duration_s >= 60 - 5


def test_no_word_of_any_device_is_no_recording():
    session = TreadmillSession(NOW, WORKOUT, (TREADMILL,))
    goes(session, 0, 30)
    with pytest.raises(UnreadableFile, match="Neither belt nor strap"):
        session.finish()
