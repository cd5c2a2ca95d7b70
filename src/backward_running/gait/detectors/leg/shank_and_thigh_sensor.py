"""Which way a shank or a thigh swings while its foot stands, and in which order its swing unfolds."""

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
from backward_running.gait.detectors.leg._stride_log_odds import near_an_end, segment_odds, stride_odds
from backward_running.gait.steps.leg import PITCHES, is_as_stated, leg_of
from backward_running.gait.steps.places import ANKLE_BELOW, SHANKS, THIGHS
from backward_running.gait.steps.swing import swing
from backward_running.gait.steps.swing_weights import SHANK, THIGH

PLAYED_IN_REVERSE = Evidence(
    "shank_and_thigh_sensor.reverse",
    "Running backward is coordinated much like running forward played in reverse.",
    MEHDIZADEH_2015,
    Standing.SINGLE_STUDY,
    Tag.READ,
)


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Tell the direction from strapped shanks, and from thighs or trouser pockets whose mount is known.

    Parameters
    ----------
    recording : Recording
        With six axes of a place in :data:`SHANKS` or :data:`THIGHS`, in the body frame (x right, y forward, z up along
        the segment), mount known.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        None where no such place carries six living axes. A guessed mount gives an opinion that never speaks.

    Notes
    -----
    **What it rests on.** A shank turns about its ankle while the foot stands. Moved to the ankle as parts of a rigid
    body (α×r and ω×(ω×r) added), its specific force is that of a point that stands: from there on it is the same as
    for a foot, the sign of the way from stance to stance. A thigh never stands. For it, and where a shank's stride
    could not be understood, the order of the swing counts: while the foot is planted the leg turns slowly against the
    travel of the trunk, and catches up quickly with it through the air. So the pitch rate is skewed, and it is
    correlated with the force that loads and unloads the leg. Played in reverse all of these change their sign, and so
    they do from forward to backward (see :mod:`backward_running.gait.steps.swing`). The signs come from mechanics; how
    much each counts was fitted to one man, and for a thigh that is all there is.

    **Unknown mounting.** Gravity gives the long axis of a segment and the gyroscope the mediolateral one, but not the
    sign of the latter; and that sign is front or back, so it turns the answer round. It would have to come from what is
    the same in both directions of travel. A foot has that: the knee draws it up heel first. For a shank two such marks
    were looked at: the skew of its pitch (the knee bends one way, so a swinging shank leans far ahead) and where the
    forces in excess of gravity point. The skew is of either sign in one and the same man, and the forces point one way
    in him and the other way in a leg of two links that is made of geometry alone. So nothing is said without a mount;
    where there are satellite fixes, the detector ``yaw_against_course`` needs none.
    """
    segments = [segment for stream in recording.streams if (segment := _segment(stream, time_s)) is not None]
    return opinion(DETECTOR.key, segments, time_s) if segments else None


def _segment(stream: Stream, time_s: FloatArray) -> SegmentOdds | None:
    is_shank = stream.place in SHANKS
    if not is_shank and stream.place not in THIGHS:
        return None
    leg = leg_of(stream, ANKLE_BELOW.value if is_shank else 0.0, stands=is_shank)
    if leg is None:
        return None
    if not is_as_stated(stream, leg):
        segment = segment_odds(leg, None, None, time_s)
    elif is_shank:
        segment = segment_odds(
            leg,
            stride_odds(leg, np.array([0.0, 1.0, 0.0])),
            swing(leg.worn, SHANK, time_s, near_an_end(leg, time_s)),
            time_s,
        )
    else:
        segment = segment_odds(leg, None, swing(leg.worn, THIGH, time_s), time_s)
    # A phone that lies on a table rests too: a pocket that rests is no evidence of a person who stands.
    return segment if is_shank else segment._replace(rests=np.zeros(len(time_s), dtype=bool))


DETECTOR = Detector(
    key="shank_and_thigh_sensor",
    title="shank or thigh sensor",
    explains="Looks at the order in which your leg swings and is loaded. It must know how the sensor sits on you.",
    version="1",
    needs=ACCELERATION + ANGULAR_RATE,
    uses_mount=True,
    judge=judge,
    evidence=(
        PLAYED_IN_REVERSE,
        ANKLE_BELOW.evidence,
        PITCHES.evidence,
        THIGH.walks[0].evidence,
        THIGH.runs[0].evidence,
    ),
)
