"""The angle between where a body faces and where it travels: how well it fits forward, backward and sideways.

The angle is taken as von Mises distributed about 0° (forward), 180° (backward) or ±90° (sideways), with a share of
outliers, so that one odd moment does not decide alone ([Mardia2000]_).

References
----------
.. [Mardia2000] Mardia K. V., Jupp P. E. 2000. Directional Statistics. Wiley.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, proposed_number
from backward_running.evidence.studies.irr_rule import STUDY as IRR_RULE
from backward_running.gait.base import State

OUTLIERS = proposed_number(
    "facing_outlier_share", 0.05, "1", "One comparison in twenty is taken to be wrong for reasons nobody modelled."
)
SIDEWAYS_RARER = proposed_number(
    "sideways_rarer_nat", 1.0, "nat", "Going sideways is rarer than forward or backward: it starts 2.7 to 1 behind."
)
BACKWARD_IS = Evidence(
    "irr_rule.backward",
    "Running backward is to travel back first, the toes pointing opposite to the direction of travel.",
    IRR_RULE,
    Standing.OPINION,
    Tag.MEMORY,
)


def direction_densities(gap_rad: FloatArray, concentration: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return how well an angle fits 0, π and a right angle.

    Parameters
    ----------
    gap_rad : ndarray, shape (n,)
        Facing minus course.
    concentration : ndarray, shape (n,)
        One over the square of the spread, in rad⁻².

    Returns
    -------
    along, against, aside : ndarray, shape (n,)
        Densities.

    Valid for
    ---------
    Concentrations of more than 2 (a spread of up to 40°): of the Bessel function only the logarithm of its asymptote is
    taken, exact to 1 % there.

    References
    ----------
    [Mardia2000]_

    Examples
    --------
    >>> along, against, aside = direction_densities(np.array([0.0]), np.array([8.0]))
    >>> bool(along > 100 * against), bool(against == aside)
    (True, False)
    """
    log_peak = 0.5 * np.log(concentration / (2 * np.pi)) - 1.0 / (8.0 * concentration)
    outliers = OUTLIERS.value / (2 * np.pi)

    def density(cosine: FloatArray) -> FloatArray:
        sound: FloatArray = (1.0 - OUTLIERS.value) * np.exp(log_peak + concentration * (cosine - 1.0))
        return sound + outliers

    aside = (density(np.sin(gap_rad)) + density(-np.sin(gap_rad))) / 2
    return density(np.cos(gap_rad)), density(-np.cos(gap_rad)), aside


def state_log_likelihood(
    forward: FloatArray, backward: FloatArray, sideways: FloatArray, spinning_nat: FloatArray
) -> FloatArray:
    """Return the columns of all states, shape (n, states), from the densities of three directions.

    Walk and run are alike: an angle says nothing of them. `spinning_nat` is how much more turning round is believed
    than its uniform density. The best moving state of each row stands at zero, and so does standing still.

    Parameters
    ----------
    forward, backward, sideways : ndarray, shape (n,)
        Densities of the angle in each direction.
    spinning_nat : ndarray, shape (n,)
        How much more turning round is believed than its uniform density.

    Returns
    -------
    ndarray, shape (n, states)
        Log-likelihoods, in nat.

    Valid for
    ---------
    Densities above 0, as those of a law with a share of outliers are.

    References
    ----------
    [Mardia2000]_
    """
    found = np.zeros((len(forward), len(State)))
    found[:, [State.FORWARD_WALK, State.FORWARD_RUN]] = np.log(forward)[:, None]
    found[:, [State.BACKWARD_WALK, State.BACKWARD_RUN]] = np.log(backward)[:, None]
    found[:, State.SIDEWAYS] = np.log(sideways) - SIDEWAYS_RARER.value
    found[:, State.TURNING] = -np.log(2 * np.pi) + spinning_nat
    found -= found[:, State.FORWARD_WALK :].max(axis=1, keepdims=True)
    found[:, State.STILL] = 0.0
    return found
