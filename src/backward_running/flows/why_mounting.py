"""Say that a sensor cannot have sat as is stated: gravity, the axis of a leg, its marks or others contradict it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.direction import Direction
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout
from backward_running.flows.place_words import LEGS, worded
from backward_running.gait.detectors import trunk_sensor
from backward_running.gait.detectors.leg import foot_sensor, shank_and_thigh_sensor
from backward_running.gait.segment.claimed_front import is_backward_throughout
from backward_running.gait.segment.contradicting import OF_ONE_MIND, agreement, forward_nat, is_contradicted
from backward_running.gait.steps.leg import SWINGS_ABOVE, is_as_stated, leg_of
from backward_running.gait.steps.places import FEET, SHANKS, THIGHS, TRUNK
from backward_running.signals.upright import MOST_TILT, tilt_rad

CELL_S = 0.2
HEARD_SHARE = 0.2  #: of the unknown time a trunk has to tell a direction, before its front is in doubt
GRAVITY = (
    "The {} cannot have sat as stated: by gravity its upward axis lies {:.0f} degrees from up. Say where its axes "
    "point, or that the mounting is unknown."
)
ANOTHER_AXIS = (
    "The {} hardly turns about the axis from left to right, as a leg that walks or runs does: it cannot have sat as "
    "stated. Say where its axes point, or that the mounting is unknown."
)
STEPS_CONTRADICT = (
    "The {} cannot have sat as stated: its steps go one way, and the order in which the leg swings and is loaded says "
    "the other. It seems to sit the other way round, turned by half about the plumb line. Say where its axes point, or "
    "that the mounting is unknown."
)
OTHERS_CONTRADICT = (
    "The {} says the contrary of what another sensor, or the runner, says: it seems to sit the other way round, turned "
    "by half about the plumb line. Say where its axes point, or that the mounting is unknown."
)
ONE_OF_TWO = (
    "The {} says the contrary of another sensor on the trunk: one of the two sits the other way round, turned by half "
    "about the plumb line, and nothing says which. So neither is believed."
)
BESIDE_A_TURNED = (
    "Another sensor of this run cannot have sat as stated, so the {} is not believed either: nothing else says that it "
    "sits as stated. One mark, lap, step or label that names a direction tells."
)
ONLY_CLAIMED = (
    "Forward and backward rest here on how the {} is said to sit, and nothing else in this run bears it out. Turned by "
    "half about the plumb line it would exchange them: one mark, lap, step or label that names a direction tells."
)
BACKWARD_THROUGHOUT = (
    "By the {} all of it would be backward. So it is for who goes backward throughout, and for a sensor that sits the "
    "other way round, turned by half about the plumb line: one mark, lap, step or label that names a direction tells."
)


def not_as_stated(recording: Recording, place: str, bouts: Sequence[Bout]) -> str | None:
    """Say what speaks against the mounting that is stated of the sensors at a place.

    Parameters
    ----------
    recording : Recording
        With its sensors where they are told to sit.
    place : str
        On the body.
    bouts : sequence of Bout
        As found in it.

    Returns
    -------
    str or None
        One to three sentences; None where nothing speaks against it, or nothing is stated.
    """
    for stream in known_mountings(recording.inertial, place):
        said = _against_gravity(stream) or _of_a_leg(stream) or _of_a_trunk(recording, stream, bouts)
        if said is not None:
            return said
    return None


def known_mountings(streams: Sequence[Stream], place: str) -> list[Stream]:
    """Return the six axes at a place of which it is stated how they sit."""
    return [
        stream
        for stream in streams
        if stream.place == place and stream.mount_known and stream.has(*ACCELERATION, *ANGULAR_RATE)
    ]


def _against_gravity(stream: Stream) -> str | None:
    tilt = tilt_rad(stream)
    if tilt is None or math.degrees(tilt) <= MOST_TILT.value:
        return None
    return GRAVITY.format(worded(stream.place), math.degrees(tilt))


def _of_a_leg(stream: Stream) -> str | None:
    if stream.place.split("_", maxsplit=1)[0] not in LEGS:
        return None
    leg = leg_of(stream, stands=False)
    if leg is None or not (leg.activity_radps > SWINGS_ABOVE.value).any():
        return None
    if not is_as_stated(stream, leg):
        return ANOTHER_AXIS.format(worded(stream.place))
    cells_s = np.arange(0.0, float(stream.time_s[-1]), CELL_S)
    turned = (stream.place in FEET and foot_sensor.sits_the_other_way_round(stream, cells_s)) or (
        stream.place in SHANKS and shank_and_thigh_sensor.sits_the_other_way_round(stream, cells_s)
    )
    return STEPS_CONTRADICT.format(worded(stream.place)) if turned else None


def _of_a_trunk(recording: Recording, stream: Stream, bouts: Sequence[Bout]) -> str | None:
    if stream.place not in TRUNK:
        return None
    cells_s = np.arange(0.0, recording.duration_s, CELL_S)
    own_nat = trunk_sensor.as_claimed_nat(stream, cells_s)
    is_unknown = _at(bouts, cells_s, lambda bout: float(bout.direction is Direction.UNKNOWN)) > 0.0
    if not is_unknown.any() or (own_nat[is_unknown] != 0.0).mean() < HEARD_SHARE:
        return None
    trunks = [trunk_sensor.as_claimed_nat(other, cells_s) for other in _trunks(recording) if other is not stream]
    if any(is_contradicted(own_nat, other_nat, CELL_S) for other_nat in trunks):
        return ONE_OF_TWO.format(worded(stream.place))
    if is_contradicted(own_nat, _others_nat(recording, stream, bouts, cells_s), CELL_S):
        return OTHERS_CONTRADICT.format(worded(stream.place))
    if any(_of_a_leg(other) is not None for other in recording.inertial if other.mount_known):
        return BESIDE_A_TURNED.format(worded(stream.place))
    is_throughout = is_backward_throughout(own_nat)
    return BACKWARD_THROUGHOUT.format(worded(stream.place)) if is_throughout else None


def _others_nat(recording: Recording, stream: Stream, bouts: Sequence[Bout], cells_s: FloatArray) -> FloatArray:
    """Return what everybody but one sensor says for forward against backward: bouts, other trunks, legs."""
    total = _at(bouts, cells_s, _said_nat)
    for other in recording.inertial:
        if other is stream or not other.has(*ACCELERATION, *ANGULAR_RATE):
            continue
        if other.place in TRUNK and other.mount_known:
            total = total + trunk_sensor.as_claimed_nat(other, cells_s)
        elif other.place in FEET | SHANKS | THIGHS:
            alone = replace(recording, streams=(other,))
            for said in (foot_sensor.judge(alone, cells_s), shank_and_thigh_sensor.judge(alone, cells_s)):
                total = total if said is None else total + forward_nat(said)
    return total


def _at(bouts: Sequence[Bout], cells_s: FloatArray, what: Callable[[Bout], float]) -> FloatArray:
    at = np.clip(np.searchsorted([bout.start_s for bout in bouts], cells_s, side="right") - 1, 0, None)
    return np.array([what(bout) for bout in bouts])[at]


def only_claimed(recording: Recording, bouts: Sequence[Bout]) -> str | None:
    """Say that directions rest on a claim about how a trunk sensor sits which nothing else in the run bears out.

    Parameters
    ----------
    recording : Recording
        With its sensors where they are told to sit.
    bouts : sequence of Bout
        As found in it.

    Returns
    -------
    str or None
        None where no trunk told a direction, or something else bears it out.
    """
    told = {Direction.FORWARD, Direction.BACKWARD}
    if not any(bout.found_by == trunk_sensor.DETECTOR.key and bout.direction in told for bout in bouts):
        return None
    cells_s = np.arange(0.0, recording.duration_s, CELL_S)
    trunks = _trunks(recording)
    for stream in trunks:
        own_nat = trunk_sensor.as_claimed_nat(stream, cells_s)
        if agreement(own_nat, _others_nat(recording, stream, bouts, cells_s), CELL_S) >= OF_ONE_MIND.value:
            return None
    return ONLY_CLAIMED.format(worded(trunks[0].place)) if trunks else None


def _trunks(recording: Recording) -> list[Stream]:
    return [stream for place in sorted(TRUNK) for stream in known_mountings(recording.inertial, place)]


def _said_nat(bout: Bout) -> float:
    """Return 1 for what others found forward, −1 for backward, 0 for all else."""
    if bout.found_by == trunk_sensor.DETECTOR.key:
        return 0.0
    return {Direction.FORWARD: 1.0, Direction.BACKWARD: -1.0}.get(bout.direction, 0.0)
