"""Energy from the heart rate: what it cost this body, whichever way it faced."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.names import NAMES
from backward_running.core.recording import Span, Stream
from backward_running.core.session import BoutFacts, Estimate, NotKnown
from backward_running.effort import oxygen_uptake_heart_rate_swain_1998 as swain
from backward_running.effort._samples import samples_of
from backward_running.effort.choices import MAY_LACK
from backward_running.effort.energy_oxygen_equivalent import energy_j_per_kg
from backward_running.effort.equal_effort import OwnHeart

NAME = "energy_j_per_kg"
NO_HEART_RATE = "No heart rate was recorded."
NO_MAXIMUM = "Your profile lacks your maximal heart rate."
NONE_HERE = "Nothing in this run is marked with this direction."
LAGS = "The heart follows with a lag and drifts in long or hot runs: short stretches and late ones are the least sure."


def heart_rate_energy(
    working: Stream | None,
    facts: Sequence[BoutFacts],
    pauses: Sequence[Span],
    direction: Direction,
    heart: OwnHeart | NotKnown,
) -> Estimate | NotKnown:
    """Return the energy of one direction, read off the heart rate and the runner's own forward line.

    Parameters
    ----------
    working : Stream or None
        The working stream, with ``heart_rate_bpm``.
    facts : sequence of BoutFacts
        The bouts.
    pauses : sequence of Span
        Time that belongs to no sample.
    direction : Direction
        Whose bouts are summed.
    heart : OwnHeart or NotKnown
        The runner's own line; where it is not known the reason is passed on.

    Returns
    -------
    Estimate or NotKnown
        ``energy_j_per_kg``; not known where the heart rate is missing for more than a fifth of the time.
    """
    if isinstance(heart, NotKnown):
        return NotKnown(NAME, heart.why)
    capacity = heart.maximal_oxygen_uptake_ml_per_kg_min
    if capacity is None or heart.maximal_bpm is None:
        return NotKnown(NAME, NO_MAXIMUM)
    entry = NAMES["maximal_oxygen_uptake_ml_per_kg_min"]
    if not entry.lowest <= capacity <= entry.highest:
        return NotKnown(NAME, "Your resting and maximal heart rate do not fit your runs: check your profile.")
    if working is None or not working.has("heart_rate_bpm"):
        return NotKnown(NAME, NO_HEART_RATE)
    samples = samples_of(working, [one.bout for one in facts if one.bout.direction is direction], pauses)
    if samples is None or not (samples.bout >= 0).any():
        return NotKnown(NAME, NONE_HERE)
    here = samples.bout >= 0
    seconds, beats = samples.duration_s[here], working.columns["heart_rate_bpm"][here]
    known = np.isfinite(beats)
    if seconds[~known].sum() > MAY_LACK.value * seconds.sum():
        return NotKnown(NAME, NO_HEART_RATE)
    reserve = np.clip((beats[known] - heart.resting_bpm) / (heart.maximal_bpm - heart.resting_bpm), 0.0, 1.0)
    low, best, high = (
        float(np.sum(energy_j_per_kg(take(reserve, capacity), seconds[known])))
        for take in (swain.MODEL.low, swain.MODEL.best, swain.MODEL.high)
    )
    return Estimate(NAME, best, low, high, swain.MODEL.key, swain.MODEL.standing, (LAGS,))
