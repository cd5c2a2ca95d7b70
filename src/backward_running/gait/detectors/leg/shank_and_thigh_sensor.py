"""Which way a shank goes from stance to stance, and in which order the swing of a shank or a thigh unfolds."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence
from backward_running.evidence.studies.mehdizadeh2015 import STUDY as MEHDIZADEH_2015
from backward_running.gait.base import Detector, Opinion
from backward_running.gait.detectors.leg._leg_opinion import SegmentOdds, opinion
from backward_running.gait.detectors.leg._stride_log_odds import (
    contradicted,
    is_contradicted,
    near_an_end,
    segment_odds,
    silenced,
    stride_odds,
    towards,
    without_strides,
)
from backward_running.gait.steps.leg import PITCHES, is_as_stated, leg_of
from backward_running.gait.steps.places import ANKLE_BELOW, SHANKS, THIGHS
from backward_running.gait.steps.sensor_lag import in_step
from backward_running.gait.steps.stated_place import moves_like
from backward_running.gait.steps.swing import swing
from backward_running.gait.steps.swing_weights import SHANK, THIGH
from backward_running.gait.steps.time_odd_features import odd_marks
from backward_running.gait.steps.time_odd_log_odds import mark_odds, silent
from backward_running.gait.steps.time_odd_reference import LOWER_LEG, MOUNTED_IN_STEP, THIGH_IN_STEP
from backward_running.gait.steps.toe_axis import upright

PLAYED_IN_REVERSE = Evidence(
    "shank_and_thigh_sensor.reverse",
    "Running backward is coordinated much like running forward played in reverse.",
    MEHDIZADEH_2015,
    Standing.SINGLE_STUDY,
    Tag.READ,
)


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Tell the direction from strapped shanks, thighs and trouser pockets.

    Parameters
    ----------
    recording : Recording
        With six axes of a place in :data:`SHANKS` or :data:`THIGHS`; in the body frame (x right, y forward, z up along
        the segment) with a known mount, or in any frame fixed to the segment.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        None where no such place carries six living axes.

    Valid for
    ---------
    A shank, walking and running; a thigh or a trouser pocket, walking only. How often it is right, and how often it
    answers, stands in ``docs/validation/direction.md``.

    Notes
    -----
    **A shank** turns about its ankle while the foot stands. Moved to the ankle as parts of a rigid body (α×r and
    ω×(ω×r) added), its specific force is that of a point that stands: from there on it is the same as for a foot, the
    sign of the way from stance to stance.

    **A thigh** never stands. For it, and where a shank's stride could not be understood, the order of the swing counts
    (see :mod:`backward_running.gait.steps.swing`). The signs come from mechanics; how much each counts was fitted to
    one man, walking. Running, four of ten had the other sign in other people: a running thigh is unknown.

    **Unknown mounting.** Gravity gives the long axis of a segment and the gyroscope the mediolateral one, but not the
    sign of the latter; and that sign is front or back, so it turns the answer round. Odd marks
    (:mod:`backward_running.gait.steps.time_odd_features`) need neither. They close the sign for a shank, whose strides
    then answer step by step, and they alone answer for a walking thigh or pocket, pooled over some ten seconds. In a
    known mounting they are the second evidence, and a veto.
    """
    segments = [segment for stream in recording.streams if (segment := _segment(stream, time_s)) is not None]
    return opinion(DETECTOR.key, segments, time_s) if segments else None


def sits_the_other_way_round(stream: Stream, time_s: FloatArray) -> bool:
    """Say whether a shank of a known mounting is contradicted by its odd marks.

    Parameters
    ----------
    stream : Stream
        Of a shank.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    bool
        False where its marks say too little, or its mounting is not known.
    """
    segment = _segment(stream, time_s)
    return segment is not None and segment.is_contradicted


def _segment(stream: Stream, time_s: FloatArray) -> SegmentOdds | None:
    if stream.place in SHANKS:
        return _shank(stream, time_s)
    return _thigh(stream, time_s) if stream.place in THIGHS else None


def _shank(stream: Stream, time_s: FloatArray) -> SegmentOdds | None:
    leg = leg_of(stream, ANKLE_BELOW.value)
    if leg is None:
        return None
    ahead = np.array([0.0, 1.0, 0.0])
    marks = odd_marks(leg.worn)
    if moves_like(marks, stream.place) is not None:
        return silenced(leg, time_s)
    if is_as_stated(stream, leg):
        says = mark_odds(marks, LOWER_LEG._replace(in_step_s=MOUNTED_IN_STEP), time_s)
        odds = stride_odds(leg, ahead)
        if is_contradicted(odds, says, time_s):
            return contradicted(leg, time_s)
        swings = swing(leg.worn, SHANK, time_s, near_an_end(leg, time_s) & says.in_step & ~says.is_unlike)
        return segment_odds(leg, odds, swings, time_s, says)
    says = mark_odds(marks, LOWER_LEG, time_s)
    turned = upright(stream, leg.worn)
    leg = (None if turned is None else leg_of(turned, ANKLE_BELOW.value)) or leg
    found = None if turned is None else towards(stride_odds(leg, ahead), says, time_s)
    return segment_odds(leg, found, None, time_s, says)


def _thigh(stream: Stream, time_s: FloatArray) -> SegmentOdds | None:
    leg = leg_of(stream, stands=False)
    if leg is None:
        return None
    leg = leg._replace(worn=in_step(leg.worn))
    marks = odd_marks(leg.worn, is_in_step=True)
    says = silent(len(time_s)) if moves_like(marks, stream.place) else mark_odds(marks, THIGH_IN_STEP, time_s)
    swings = swing(leg.worn, THIGH, time_s, says.is_usual) if is_as_stated(stream, leg) else None
    # A phone that lies on a table rests too: a pocket that rests is no evidence of a person who stands.
    return without_strides(swings, says)


DETECTOR = Detector(
    key="shank_and_thigh_sensor",
    title="shank or thigh sensor",
    explains=(
        "Looks at the order in which your leg swings and is loaded; it need not know how the sensor sits on you. Of a "
        "thigh or a pocket it tells walking, not running."
    ),
    version="4",
    needs=ACCELERATION + ANGULAR_RATE,
    uses_mount=False,
    judge=judge,
    evidence=(
        PLAYED_IN_REVERSE,
        ANKLE_BELOW.evidence,
        PITCHES.evidence,
        THIGH.walks[0].evidence,
        LOWER_LEG.typical[0].evidence,
        THIGH_IN_STEP.typical[0].evidence,
    ),
)
