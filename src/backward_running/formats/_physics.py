"""Hold a sensor's numbers against physics: a body at rest weighs 9.8 m/s², and limbs turn only so fast.

A wrong unit turns every later answer into nonsense without a sign, so it is refused here in words that say what was
expected and what came.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.recording import FloatArray
from backward_running.core.standing import Tag
from backward_running.evidence import proposed_number

QUIET_SPREAD = proposed_number(
    "quiet_spread_ratio", 0.03, "1",
    "A second in which the length of the acceleration spreads by less than 3 % of itself is quiet: only gravity acts.",
)  # fmt: skip
GRAVITY_TOLERANCE = proposed_number(
    "gravity_tolerance_ratio", 0.12, "1",
    "A sensor at rest may read up to 12 % off gravity (bias and scale of cheap sensors); more is another unit.",
)  # fmt: skip
MOVING_LOW = proposed_number(
    "moving_acceleration_low_mps2", 4.9, "m s⁻²",
    "Without a quiet second the middle acceleration of a moving body part still lies above half of gravity.",
)  # fmt: skip
MOVING_HIGH = proposed_number(
    "moving_acceleration_high_mps2", 78.5, "m s⁻²",
    "Without a quiet second the middle acceleration of a moving body part lies below eight times gravity (a foot in a "
    "second of running reaches six).",
)  # fmt: skip
SHORTEST_CHECK = proposed_number(
    "physics_check_shortest_s", 1.0, "s", "Less than a second of samples is too little to judge a unit by.",
)  # fmt: skip
FASTEST_TURN = proposed_number(
    "fastest_turn_radps", 36.0, "rad s⁻¹",
    "Sensors people wear end at 2,000 degrees a second (34.9 rad/s); one sample in a hundred beyond that is degrees.",
    tag=Tag.DERIVED,
)  # fmt: skip
LEVER = proposed_number(
    "shortest_lever_m", 0.01, "m",
    "A worn sensor sits at least 1 cm off the axis it turns about, so turning at ω accelerates it by ω² · 1 cm.",
)  # fmt: skip
LIVELY = proposed_number(
    "lively_spread_mps2", 1.5, "m s⁻²",
    "Acceleration that spreads by more than 1.5 m/s² belongs to a body that moves, and what moves also turns.",
)  # fmt: skip
STIRRED = proposed_number(
    "stirred_spread_mps2", 0.6, "m s⁻²",
    "From 0.6 m/s² on somebody moves: the quietest low back of 439 recordings that walk spreads by 0.7.",
)  # fmt: skip
LEAST_TURN_PER_FORCE = proposed_number(
    "least_turn_per_force_s_per_m", 0.05, "s m⁻¹",
    "The faster moments of a body part reach 0.22 to 2.2 rad/s for each m/s² by which its acceleration spreads (feet, "
    "shanks, pockets, low backs and chests of 11 people, walking and running); rad/s read as degrees reach 0.04.",
)  # fmt: skip
MOST_TURN_PER_FORCE = proposed_number(
    "most_turn_per_force_s_per_m", 5.2, "s m⁻¹",
    "In the same recordings degrees read as rad/s reach 12 rad/s and more for each m/s²; 5.2 lies between.",
)  # fmt: skip

#: Other units: what gravity, or a moving body part, reads in them.
_OTHER_UNITS = (("g", 0.85, 1.8, "9.80665"), ("cm/s²", 900.0, 990.0, "0.01"), ("mg", 990.0, 1800.0, "0.00980665"))


def acceleration_problem(time_s: FloatArray, acc_mps2: FloatArray) -> str | None:
    """Return what is wrong with the unit of an acceleration, in words; None where it can be true.

    Parameters
    ----------
    time_s : ndarray, shape (n,)
        Rising, without holes of NaN.
    acc_mps2 : ndarray, shape (n, 3)
        Believed to be specific force in m/s².
    """
    length = np.linalg.norm(acc_mps2, axis=1)
    length = length[np.isfinite(length)]
    if len(length) < 8 or time_s[-1] - time_s[0] < SHORTEST_CHECK.value:
        return None
    quiet = _quiet_level(length, (time_s[-1] - time_s[0]) / (len(time_s) - 1))
    level = float(np.median(length)) if quiet is None else quiet
    if quiet is None:
        fits = MOVING_LOW.value <= level <= MOVING_HIGH.value
    else:
        fits = abs(level / STANDARD_GRAVITY_MPS2 - 1.0) <= GRAVITY_TOLERANCE.value
    if fits:
        return None
    when = "over the whole recording" if quiet is None else "in quiet stretches"
    return f"expected about {STANDARD_GRAVITY_MPS2:.1f} m/s² {when}, got {level:.3g}; {_unit_guess(level, length)}"


def _quiet_level(length: FloatArray, step_s: float) -> float | None:
    """Return the middle length in the quietest tenth of the quiet seconds, None where no second is quiet."""
    per_second = max(round(1.0 / step_s), 4) if step_s > 0 else 4
    seconds = len(length) // per_second
    if seconds == 0:
        return None
    blocks = length[: seconds * per_second].reshape(seconds, per_second)
    middle, spread = blocks.mean(axis=1), blocks.std(axis=1)
    quiet = np.flatnonzero(spread <= np.maximum(QUIET_SPREAD.value * middle, 1e-9))
    if not len(quiet):
        return None
    calmest = quiet[np.argsort(spread[quiet], kind="stable")[: max(len(quiet) // 10, 1)]]
    return float(np.median(middle[calmest]))


def _unit_guess(level: float, length: FloatArray) -> str:
    """Say what the numbers look like. Without gravity the acceleration comes near nothing again and again."""
    if level < MOVING_LOW.value and np.percentile(length, 5) <= 0.1 * level:
        return "gravity seems to be taken out (user acceleration): log the total acceleration, or gravity beside it"
    for unit, low, high, factor in _OTHER_UNITS:
        if low <= level < high:
            return f"the numbers look like {unit} (1 {unit} is {factor} m/s²)"
    return "state the unit of the column"


def rotation_problem(gyr_radps: FloatArray, acc_mps2: FloatArray | None) -> str | None:
    """Return what is wrong with the unit of an angular rate, in words; None where it can be true.

    Parameters
    ----------
    gyr_radps : ndarray, shape (n, 3)
        Believed to be in rad/s.
    acc_mps2 : ndarray, shape (m, 3), or None
        The same body part's acceleration, at any rate: what turns fast is also flung about, and what is flung turns.
    """
    rate = np.linalg.norm(gyr_radps, axis=1)
    rate = rate[np.isfinite(rate)]
    if len(rate) < 50:
        return None
    high = float(np.percentile(rate, 99))
    if high > FASTEST_TURN.value:
        return f"expected at most {FASTEST_TURN.value:.0f} rad/s, got {high:.3g}; the numbers look like degrees"
    spread = _spread(acc_mps2)
    if spread is None:
        return None
    middle = float(np.sqrt(np.mean(rate**2)))
    if middle**2 * LEVER.value > max(spread, 0.3):
        return (
            f"turning at {middle:.3g} rad/s would fling the sensor about by {middle**2 * LEVER.value:.3g} m/s², but "
            f"its acceleration spreads by only {spread:.2g}; the numbers look like degrees per second"
        )
    return _turn_per_force_problem(float(np.percentile(rate, 95)), spread)


def _turn_per_force_problem(usual: float, spread: float) -> str | None:
    """Compare how fast a body part turns with how much it is flung about: a unit is a factor of 57."""
    least, most = LEAST_TURN_PER_FORCE.value * spread, MOST_TURN_PER_FORCE.value * spread
    if spread > STIRRED.value and usual < least:
        return (
            f"expected more than {least:.2g} rad/s of a body that moves (its acceleration spreads by {spread:.2g} "
            f"m/s²), got {usual:.2g}; the numbers look like rad/s read as degrees"
        )
    if spread > LIVELY.value and usual > most:
        return (
            f"expected less than {most:.2g} rad/s of a body whose acceleration spreads by {spread:.2g} m/s², got "
            f"{usual:.3g}; the numbers look like degrees per second"
        )
    return None


def _spread(acc_mps2: FloatArray | None) -> float | None:
    if acc_mps2 is None:
        return None
    length = np.linalg.norm(acc_mps2, axis=1)
    length = length[np.isfinite(length)]
    return float(length.std()) if len(length) >= 50 else None
