"""Say why a sensor that works is silent: how its wearer goes is like nobody known, or of a gait that tells nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from backward_running.gait.detectors.trunk_sensor import (
    Order,
    phase_correlations_of,
    surely_walks,
)
from backward_running.gait.steps.leg import leg_of
from backward_running.gait.steps.places import ANKLE_BELOW, FEET, SHANKS, THIGHS, TRUNK
from backward_running.gait.steps.sensor_lag import in_step
from backward_running.gait.steps.stance_at_rest import lies_still
from backward_running.gait.steps.stated_place import moves_as_people_do, moves_like, part_of
from backward_running.gait.steps.time_odd_features import OddMarks, odd_marks
from backward_running.gait.steps.time_odd_log_odds import Known, is_hurried, is_in_step, mark_odds
from backward_running.gait.steps.time_odd_reference import LOWER_LEG, MOUNTED_IN_STEP, THIGH_IN_STEP
from backward_running.gait.steps.trunk_manner import LEAST_BOUNCE, is_out_of_step, moves_unlike_anybody
from backward_running.signals.six_axis import SixAxis, six_axis

MOSTLY_SHARE = 0.5  #: of the unknown time: then it is the reason
CELL_S = 1.0
UNLIKE_ANYBODY = (
    "The sensor moves there as that of nobody known does, walking or running: an odd way of moving, a loose strap, or "
    "no person on foot at all (a pedal, a machine, a vehicle). So nothing is said."
)
NEVER_STANDS = (
    "The sensor never lies still there as a foot does that is put down: it turns, slides or is shaken all the time, as "
    "on a pedal, and no step is seen. So nothing is said."
)
NOT_THE_PLACE = (
    "The sensor moves like one {}, and not like one {}, where it is said to have been. Say where on the body it sat: "
    "at the wrong place forward and backward are exchanged."
)
#: How each part of the body is called there.
PARTS = {"lower leg": "on a foot or a shank", "thigh": "on a thigh or in a pocket", "trunk": "on the trunk"}
OUT_OF_STEP = (
    "What jolts the accelerometer there shows in the gyroscope earlier or later, or too little jolts them to tell: "
    "unless both are in step, forward and backward cannot be told apart. Write both at one rate, on one clock."
)
RUNNING_TRUNK = (
    "Running, what a sensor on the trunk shows differs from person to person, forward and backward alike: it tells "
    "walking only. A step of the plan, a lap or one mark tells the rest where GNSS and a gyroscope are there."
)
RUNNING_THIGH = (
    "Running, what a thigh or a pocket shows differs from person to person: it tells walking only. A step of the plan, "
    "a lap or one mark tells the rest where GNSS and a gyroscope are there."
)


def why_silent(streams: Sequence[Stream], place: str, inside: Callable[[FloatArray], BoolArray]) -> str | None:
    """Say what its wearer's way of going has to do with the silence of a sensor.

    Parameters
    ----------
    streams : sequence of Stream
        Of one place.
    place : str
        On the body.
    inside : callable
        Says which of some moments are unknown.

    Returns
    -------
    str or None
        One or two sentences; None where it is not that.
    """
    for stream in streams:
        if stream.has(*ACCELERATION, *ANGULAR_RATE):
            if place in TRUNK:
                return _of_a_trunk(stream, inside) if stream.mount_known else None
            if place in FEET | SHANKS | THIGHS:
                return _of_a_leg(stream, place, inside)
    return None


def _elsewhere(stream: Stream) -> str | None:
    """Say that a sensor moves like one on another part of the body, as people do there."""
    axes = six_axis(stream)
    if axes is None or part_of(stream.place) is None:
        return None
    is_thigh = stream.place in THIGHS
    found = odd_marks(in_step(axes) if is_thigh else axes, is_in_step=True)
    other = moves_like(found, stream.place)
    if found is None or other is None or not moves_as_people_do(found, other):
        return None
    return NOT_THE_PLACE.format(PARTS[other], PARTS[str(part_of(stream.place))])


def _of_a_leg(stream: Stream, place: str, inside: Callable[[FloatArray], BoolArray]) -> str | None:
    axes = six_axis(stream)
    if axes is None:
        return None
    other = _elsewhere(stream)
    if other is not None:
        return other
    if place in THIGHS:
        return _of_a_thigh(axes, inside)
    found = odd_marks(axes)
    if found is None:
        return None
    known = LOWER_LEG._replace(in_step_s=MOUNTED_IN_STEP) if stream.mount_known else LOWER_LEG
    moved = inside(found.middle_s) & np.isfinite(found.apart_s) & found.is_limb
    if _mostly(~is_in_step(found, known), moved):
        return OUT_OF_STEP
    if _is_strange(found, known, inside):
        return UNLIKE_ANYBODY
    return NEVER_STANDS if _never_stands(stream, place, inside) else None


def _of_a_thigh(axes: SixAxis, inside: Callable[[FloatArray], BoolArray]) -> str | None:
    moved = in_step(axes)
    found = odd_marks(moved, is_in_step=True)
    if found is None:
        return None
    there = inside(found.middle_s)
    if _mostly(is_hurried(found, THIGH_IN_STEP), there):
        return RUNNING_THIGH
    shaken = there & (found.unrest_mps2 >= THIGH_IN_STEP.calm_mps2.value)
    if shaken.any() and _mostly(~moved.known, inside(axes.time_s) & axes.known):
        as_it_came = odd_marks(axes, is_in_step=True)
        is_odd = as_it_came is not None and _is_strange(as_it_came, THIGH_IN_STEP, inside)
        return UNLIKE_ANYBODY if is_odd else OUT_OF_STEP
    return UNLIKE_ANYBODY if _is_strange(found, THIGH_IN_STEP, inside) else None


def _is_strange(found: OddMarks, known: Known, inside: Callable[[FloatArray], BoolArray]) -> bool:
    time_s = np.arange(0.0, float(found.middle_s[-1]) + CELL_S, CELL_S)
    return _mostly(mark_odds(found, known, time_s).is_strange, inside(time_s))


def _mostly(what: BoolArray, there: BoolArray) -> bool:
    return bool(there.any() and what[there].mean() >= MOSTLY_SHARE)


def _never_stands(stream: Stream, place: str, inside: Callable[[FloatArray], BoolArray]) -> bool:
    leg = leg_of(stream, ANKLE_BELOW.value if place in SHANKS else 0.0)
    if leg is None or not len(leg.strides):
        return False
    there = inside(leg.axes.time_s[leg.strides.first])
    stands = lies_still(leg.axes, leg.activity_radps, leg.strides)
    return bool(there.any() and stands[there].mean() < 1.0 - MOSTLY_SHARE)


def _of_a_trunk(stream: Stream, inside: Callable[[FloatArray], BoolArray]) -> str | None:
    time_s = np.arange(0.0, float(stream.time_s[-1]) + CELL_S, CELL_S)
    there, order = inside(time_s), phase_correlations_of(stream, time_s)
    if order is not None and _mostly(_runs(order), there):
        return RUNNING_TRUNK
    other = _elsewhere(stream)
    if other is not None:
        return other
    worn = six_axis(stream), stream.place, time_s
    if _mostly(moves_unlike_anybody(*worn), there):
        return UNLIKE_ANYBODY
    walked = order is not None and _mostly(is_out_of_step(*worn), there & surely_walks(order))
    return OUT_OF_STEP if walked else None


def _runs(order: Order) -> BoolArray:
    with np.errstate(invalid="ignore"):
        return np.asarray((order.bounce_mps2 >= LEAST_BOUNCE.value) & ~surely_walks(order))
