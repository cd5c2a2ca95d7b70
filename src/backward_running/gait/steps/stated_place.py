"""Whether a sensor moves as where it is said to sit: a lower leg, a thigh and a trunk are told apart by their manner.

How people move there is known of each (:mod:`backward_running.gait.steps.time_even_reference`). If the density of
another place is far higher over all of a recording, the sensor sits there, or on nobody. All that is asked is even in
time, so it takes no side. A foot and a shank are not told apart, and need not be: they answer by the same rule.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.evidence import proposed_number
from backward_running.gait.steps import time_even_reference as manner_known
from backward_running.gait.steps.novelty import LEAST, People, far_squared
from backward_running.gait.steps.places import FEET, SHANKS, THIGHS, TRUNK
from backward_running.gait.steps.time_odd_features import OddMarks
from backward_running.gait.steps.time_odd_log_odds import is_hurried
from backward_running.gait.steps.time_odd_reference import THIGH_IN_STEP

FAR_MORE_LIKE = proposed_number(
    "stated_place_far_more_like_nat",
    5.0,
    "nat",
    "150 to 1: each person by a fit without them, no foot or shank of 8 people was so much more like a thigh, and no "
    "trunk so much more like a leg.",
)
THIGH_UNLIKE_A_LEG = proposed_number(
    "stated_place_thigh_unlike_a_leg_nat",
    3.0,
    "nat",
    "20 to 1: each person by a fit without them, one walk in forty of a sensor on the thigh was less plainly no lower "
    "leg; shanks that were stated as thighs and answered the wrong way were less plainly no thigh.",
)
FOOT_UNLIKE_A_THIGH = proposed_number(
    "stated_place_foot_unlike_a_thigh_nat",
    5.0,
    "nat",
    "150 to 1: each person by a fit without them, every foot was by 10 nat and more like a lower leg, and every thigh "
    "rather like a thigh. A shank lies between: it is not asked.",
)
MORE_LIKE_A_TRUNK = proposed_number(
    "stated_place_more_like_a_trunk_nat",
    8.0,
    "nat",
    "3000 to 1: thighs and trunks that walk are nearly alike, and a pocket of four was by 7 nat more like a trunk.",
)
LEAST_SWING_OF_THIGH = proposed_number(
    "stated_place_least_swing_of_thigh_radps",
    0.6,
    "rad s⁻¹",
    "Half of the time a thigh that walks swings by 0.7 rad/s and more (six people, four with a phone in the pocket), a "
    "trunk of seven people by 0.3 to 0.6.",
)
SHAKEN_MPS2 = 0.4  #: where less is felt nothing moves
PEOPLE: Mapping[str, People] = {
    "lower leg": manner_known.LOWER_LEG,
    "thigh": manner_known.THIGH,
    "trunk": manner_known.TRUNK,
}
#: By how much more like the second what is said to sit on the first has to be; of all others :data:`FAR_MORE_LIKE`.
MOST_NAT: Mapping[tuple[str, str], float] = {
    ("thigh", "lower leg"): -THIGH_UNLIKE_A_LEG.value,
    ("foot", "thigh"): -FOOT_UNLIKE_A_THIGH.value,
    ("thigh", "trunk"): MORE_LIKE_A_TRUNK.value,
    ("trunk", "thigh"): MORE_LIKE_A_TRUNK.value,
}


def part_of(place: str) -> str | None:
    """Return the part of the body that a place belongs to, of those that are told apart; else None.

    >>> part_of("shank_left"), part_of("pocket"), part_of("wrist")
    ('lower leg', 'thigh', None)
    """
    for part, places in (("lower leg", FEET | SHANKS), ("thigh", THIGHS), ("trunk", TRUNK)):
        if place in places:
            return part
    return None


def moves_like(found: OddMarks | None, place: str) -> str | None:
    """Return the part of the body that a sensor moves like, where that is not the one it is said to sit on.

    Parameters
    ----------
    found : OddMarks or None
        Of the whole recording of one sensor.
    place : str
        Where it is said to sit.

    Returns
    -------
    str or None
        A key of :data:`PEOPLE`; None where nothing speaks against the place.

    Valid for
    ---------
    Walking, of legs running too; one place for a whole recording.
    """
    if found is None:
        return None
    part = unlike_its_place(found.manner, found.is_limb, found.unrest_mps2, place)
    if part not in {None, "trunk"} or place not in THIGHS:
        return part
    # A thigh that runs sways much as a trunk does, and tells nothing anyway.
    walks = found.is_limb & ~is_hurried(found, THIGH_IN_STEP)
    goes = walks & (found.unrest_mps2 >= THIGH_IN_STEP.calm_mps2.value)
    if np.count_nonzero(goes) >= LEAST and np.median(found.swing_radps[goes]) < LEAST_SWING_OF_THIGH.value:
        return "trunk"
    return part and unlike_its_place(found.manner, walks, found.unrest_mps2, place)


def moves_as_people_do(found: OddMarks, part: str) -> bool:
    """Say whether a sensor moves as people do at a part of the body, and not as a machine or as nobody.

    Parameters
    ----------
    found : OddMarks
        Of the whole recording of one sensor.
    part : str
        A key of :data:`PEOPLE`.

    Returns
    -------
    bool
        False where nothing moves.
    """
    moves, people = found.is_limb & (found.unrest_mps2 >= SHAKEN_MPS2), PEOPLE[part]
    far = far_squared(found.manner, moves, people)[moves]
    return bool(len(far) and np.median(far) <= people.farthest.value)


def unlike_its_place(manner: FloatArray, is_limb: BoolArray, unrest_mps2: FloatArray, place: str) -> str | None:
    """Return the part of the body that windows are like, where that is not the one they are said to be of.

    Parameters
    ----------
    manner : ndarray, shape (15, W)
        Of :func:`backward_running.gait.steps.time_even_features.manner`.
    is_limb : ndarray of bool, shape (W,)
        Whether all of a window was measured.
    unrest_mps2 : ndarray, shape (W,)
        How much it is shaken.
    place : str
        Where the sensor is said to sit.

    Returns
    -------
    str or None
        As of :func:`moves_like`.
    """
    own = part_of(place)
    moves = is_limb & (unrest_mps2 >= SHAKEN_MPS2)
    if own is None or np.count_nonzero(moves) < LEAST:
        return None
    alike_nat = {part: _alike_nat(manner, moves, people) for part, people in PEOPLE.items()}
    if not all(np.isfinite(list(alike_nat.values()))):
        return None
    others = [part for part in PEOPLE if part != own]
    stated = "foot" if place in FEET else own
    lead, part = max(
        (alike_nat[part] - alike_nat[own] - MOST_NAT.get((stated, part), FAR_MORE_LIKE.value), part) for part in others
    )
    return part if lead > 0.0 else None


def _alike_nat(manner: FloatArray, moves: BoolArray, people: People) -> float:
    """Return the logarithm of the density of the median window, but for a constant; NaN where too few are whole."""
    each = far_squared(manner, moves, people)
    told = each[each > 0.0]  # a window that has too few beside it lies nowhere
    if len(told) < LEAST:
        return math.nan
    far = float(np.median(told))
    return -0.5 * (far + float(np.linalg.slogdet(people.covariance)[1]))
