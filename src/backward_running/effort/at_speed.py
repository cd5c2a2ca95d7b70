"""What a speed on a slope costs, asked directly: the same choice of models as for recordings."""

from __future__ import annotations

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import FloatArray
from backward_running.core.session import Bout, Estimate, NotKnown
from backward_running.core.standing import Standing, weakest
from backward_running.effort._prices import (
    Prices,
    backward_regime_of,
    caveats_of,
    forward_regime_of,
    price,
    ratio_standing_in,
    standing_in,
)
from backward_running.effort._registry import MOVES, UPTAKE, Regime
from backward_running.effort._samples import Samples
from backward_running.effort.base import Numbers
from backward_running.effort.choices import BACKWARD_RUN_SURELY, BACKWARD_WALK_SURELY
from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import (
    FACTOR_HIGH,
    FACTOR_LOW,
    backward_factor,
)
from backward_running.effort.oxygen_uptake_backward_walk_scaled_looney import STEEPEST as STEEPEST_WALK
from backward_running.effort.personal_factor import OwnFactor

RATIO = "backward_to_forward_ratio"
GROSS = (
    "At the same speed and grade, each in the gait one takes there, rest included; the price of rest left "
    "out, the ratio "
    "is larger."
)
STANDS = "At this speed one stands."


def prices_at(
    speed_mps: Numbers, grade_ratio: Numbers, direction: Direction, athlete: Athlete, own: OwnFactor | None = None
) -> Prices:
    """Price many speeds and slopes at once.

    Parameters
    ----------
    speed_mps, grade_ratio : float or ndarray, shape (n,)
        Speed and rise over run; one of them may be a single number.
    direction : Direction
        Forward or backward; the gait is chosen by the speed.
    athlete : Athlete
        Backward experience is used where known.
    own : OwnFactor, optional
        The runner's own factor; used once there is enough of it.

    Returns
    -------
    Prices
        Arrays of shape (n,).
    """
    speed, grade = (np.atleast_1d(np.asarray(axis, dtype=float)) for axis in (speed_mps, grade_ratio))
    speed, grade = (np.array(axis) for axis in np.broadcast_arrays(speed, grade))
    count = len(speed)
    everything = Bout(0.0, float(count), direction, None, None, "asked")
    seconds: FloatArray = np.ones(count)
    samples = Samples((everything,), np.zeros(count, dtype=np.intp), seconds, speed, grade, np.ones(count, dtype=bool))
    return price(samples, athlete, own)


def uptake_at(
    speed_mps: float, grade_ratio: float, direction: Direction, athlete: Athlete, own: OwnFactor | None = None
) -> Estimate | NotKnown:
    """Return the oxygen uptake of a speed on a slope, with its standing and caveats.

    Returns
    -------
    Estimate or NotKnown
        ``oxygen_uptake_ml_per_kg_min``.

    Examples
    --------
    >>> found = uptake_at(8.04 / 3.6, 0.0, Direction.BACKWARD, Athlete())
    >>> [round(bound, 1) for bound in (found.low, found.value, found.high)]
    [27.6, 34.6, 43.7]
    >>> uptake_at(2.2, -0.02, Direction.BACKWARD, Athlete()).why
    'Backward downhill: nobody has measured what it costs.'
    """
    own = own if own is not None and own.enough else None
    found = prices_at(speed_mps, grade_ratio, direction, athlete, own)
    regime = int(found.regime[0])
    if found.reason[0] != 0:
        return NotKnown(UPTAKE, found.reasons[int(found.reason[0])])
    if regime == Regime.STANDING:
        return NotKnown(UPTAKE, STANDS)
    standing = standing_in(regime, found, own)
    outside = bool(found.outside[0])
    return Estimate(
        UPTAKE,
        float(found.best[0]),
        float(found.low[0]),
        float(found.high[0]),
        found.models[regime].key,
        weakest(standing, Standing.EXTRAPOLATED) if outside else standing,
        _caveats(found, athlete, own),
    )


def ratio_at(
    speed_mps: float, grade_ratio: float, athlete: Athlete, own: OwnFactor | None = None
) -> Estimate | NotKnown:
    """Return backward over forward at one speed and slope, each in the gait one takes there, rest included.

    Examples
    --------
    >>> round(ratio_at(8.04 / 3.6, 0.0, Athlete()).value, 2)
    1.25
    """
    own = own if own is not None and own.enough else None
    found = prices_at(speed_mps, grade_ratio, Direction.BACKWARD, athlete, own)
    regime = int(found.regime[0])
    if found.reason[0] != 0 or not found.backward[0]:
        return NotKnown(RATIO, found.reasons[max(int(found.reason[0]), 0)] or STANDS)
    standing = ratio_standing_in(regime, found, own)
    outside = bool(found.outside[0])
    ends = (found.best, found.factor_low, found.factor_high)
    best, low, high = (float(uptake[0] / found.like_forward[0]) for uptake in ends)
    return Estimate(
        RATIO,
        best,
        low,
        high,
        found.models[regime].key,
        weakest(standing, Standing.EXTRAPOLATED) if outside else standing,
        (GROSS, *_caveats(found, athlete, own)),
    )


def _caveats(found: Prices, athlete: Athlete, own: OwnFactor | None) -> tuple[str, ...]:
    model = found.models[int(found.regime[0])]
    said = caveats_of((model,), athlete, own)
    return (*said, model.outside) if found.outside[0] else said


def gait_at(speed_mps: float, grade_ratio: float, direction: Direction) -> Gait | None:
    """Return the gait that a speed on a slope is priced in; None where either may be meant.

    Examples
    --------
    >>> [gait_at(speed, 0.0, Direction.BACKWARD) for speed in (1.4, 1.7, 1.9)]
    [<Gait.WALK: 'walk'>, None, <Gait.RUN: 'run'>]
    """
    speed, grade = np.array([speed_mps]), np.array([grade_ratio])
    backward = direction is Direction.BACKWARD
    return MOVES[Regime(int((backward_regime_of(speed, grade) if backward else forward_regime_of(speed))[0]))][1]


def walk_until_and_run_from_mps(grade_ratio: float) -> tuple[float, float]:
    """Return up to which speed backward movement is walked, and from which it is run, on a slope.

    Examples
    --------
    >>> walk_until_and_run_from_mps(0.0), walk_until_and_run_from_mps(0.15)
    ((1.5, 1.85), (1.85, 1.85))
    """
    if grade_ratio > STEEPEST_WALK.value:
        return BACKWARD_RUN_SURELY.value, BACKWARD_RUN_SURELY.value
    return BACKWARD_WALK_SURELY.value, BACKWARD_RUN_SURELY.value


def factors(own: OwnFactor | None, backward_experience_min: float | None = None) -> tuple[float, float, float]:
    """Return low, best and high of the factor that backward running is priced with.

    Examples
    --------
    >>> factors(None)
    (1.04, 1.29, 1.6)
    """
    if own is not None and own.enough:
        return own.low_ratio, own.best_ratio, own.high_ratio
    best = float(backward_factor(backward_experience_min))
    return FACTOR_LOW.value, best, FACTOR_HIGH.value
