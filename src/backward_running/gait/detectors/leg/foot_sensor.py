"""Where the foot goes from stance to stance, against where its toes point."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence
from backward_running.evidence.studies.irr_rule import STUDY as IRR_RULE
from backward_running.gait.base import Detector, Opinion
from backward_running.gait.detectors.leg._leg_opinion import SegmentOdds, opinion
from backward_running.gait.detectors.leg._stride_log_odds import (
    DOUBT,
    NAT_PER_DOUBT,
    contradicted,
    is_contradicted,
    near_an_end,
    segment_odds,
    silenced,
    stride_odds,
    towards,
)
from backward_running.gait.steps.leg import SLOWEST, is_as_stated, leg_of
from backward_running.gait.steps.places import FEET
from backward_running.gait.steps.stated_place import moves_like
from backward_running.gait.steps.swing import swing
from backward_running.gait.steps.swing_weights import FOOT
from backward_running.gait.steps.time_odd_features import odd_marks
from backward_running.gait.steps.time_odd_log_odds import mark_odds
from backward_running.gait.steps.time_odd_reference import LOWER_LEG, MOUNTED_IN_STEP
from backward_running.gait.steps.toe_axis import found_toe_line

BACKWARD_IS = Evidence(
    "foot_sensor.backward",
    "Running backward is to travel back first, the toes pointing opposite to the direction of travel.",
    IRR_RULE,
    Standing.OPINION,
    Tag.MEMORY,
)


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Integrate every foot from stance to stance, and compare its way with its toes.

    Parameters
    ----------
    recording : Recording
        With six axes of a place in :data:`FEET`; in the body frame (x right, y forward, z up) with a known mount, or
        in any frame fixed to the shoe.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        None where no foot carries six living axes at 20 Hz or more. Of two feet the mean is taken.

    Valid for
    ---------
    Walking and running on foot, six axes at 20 Hz and more. A wheel, a pedal or a swing that carries the sensor gets no
    answer. How often it is right, and how often it answers, stands in ``docs/validation/direction.md``.

    Notes
    -----
    A stance is the calmest moment of a stride (turning little, specific force near gravity), not an impact: a forefoot
    that lands softly and a sensor that filters are no worse. Between two stances the velocity begins and ends at zero,
    whatever the direction; so the mean specific force, turned by the integrated gyroscope, *is* gravity, and the rest,
    integrated twice, the way. Its part along the mean toe axis of the two stances has the sign of the direction. How
    far the mean force misses 9.81 m/s² tells how much a stride is worth: a moment of mid-swing taken for a stance, a
    saturated or a wrongly scaled sensor misses it, and then nothing is said.

    **Unknown mounting**: the strides show the line along which the toes point, odd marks
    (:mod:`backward_running.gait.steps.time_odd_features`) which end of it is ahead. In any mounting they are the second
    evidence.
    """
    segments = [segment for stream in recording.streams if (segment := _segment(stream, time_s)) is not None]
    return opinion(DETECTOR.key, segments, time_s) if segments else None


def sits_the_other_way_round(stream: Stream, time_s: FloatArray) -> bool:
    """Say whether a foot of a known mounting is contradicted by its odd marks.

    Parameters
    ----------
    stream : Stream
        Of a foot.
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
    leg = leg_of(stream) if stream.place in FEET else None
    if leg is None:
        return None
    marks = odd_marks(leg.worn)
    if moves_like(marks, stream.place) is not None:
        return silenced(leg, time_s)
    if is_as_stated(stream, leg):
        says = mark_odds(marks, LOWER_LEG._replace(in_step_s=MOUNTED_IN_STEP), time_s)
        odds = stride_odds(leg, np.array([0.0, 1.0, 0.0]))
        if is_contradicted(odds, says, time_s):
            return contradicted(leg, time_s)
        swings = swing(leg.worn, FOOT, time_s, near_an_end(leg, time_s) & says.in_step & ~says.is_unlike)
        return segment_odds(leg, odds, swings, time_s, says)
    says = mark_odds(marks, LOWER_LEG, time_s)
    line = found_toe_line(leg)
    turned = None if line is None else towards(stride_odds(leg, line), says, time_s)
    return segment_odds(leg, turned, None, time_s, says)


DETECTOR = Detector(
    key="foot_sensor",
    title="foot sensor",
    explains=(
        "Follows your foot from one stance to the next and compares its way with where your toes point. The order in "
        "which it swings and is loaded has to agree; it needs no known mounting."
    ),
    version="4",
    needs=ACCELERATION + ANGULAR_RATE,
    uses_mount=False,
    judge=judge,
    evidence=(BACKWARD_IS, SLOWEST.evidence, DOUBT.evidence, NAT_PER_DOUBT.evidence, LOWER_LEG.typical[0].evidence),
)
