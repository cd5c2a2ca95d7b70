"""Energy from the heart rate: what it cost this body, whichever way it faced."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import Span, Stream
from backward_running.core.session import BoutFacts, Estimate, NotKnown
from backward_running.effort._rates import NO_MAXIMUM, capacity_read_off
from backward_running.effort._registry import heart_rate_uptake_model
from backward_running.effort._samples import samples_of
from backward_running.effort.choices import MAY_LACK
from backward_running.effort.energy_oxygen_equivalent import energy_j_per_kg
from backward_running.effort.equal_effort import OwnHeart

NAME = "energy_j_per_kg"
NO_HEART_RATE = "No heart rate was recorded."
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
    capacity = capacity_read_off(heart)
    if isinstance(heart, NotKnown) or isinstance(capacity, NotKnown) or heart.maximal_bpm is None:
        return NotKnown(NAME, capacity.why if isinstance(capacity, NotKnown) else NO_MAXIMUM)
    if working is None or not working.has("heart_rate_bpm"):
        return NotKnown(NAME, NO_HEART_RATE)
    samples = samples_of(working, [fact.bout for fact in facts if fact.bout.direction is direction], pauses)
    if samples is None or not (samples.bout >= 0).any():
        return NotKnown(NAME, NONE_HERE)
    here = samples.bout >= 0
    seconds, beats = samples.duration_s[here], working.columns["heart_rate_bpm"][here]
    known = np.isfinite(beats)
    if seconds[~known].sum() > MAY_LACK.value * seconds.sum():
        return NotKnown(NAME, NO_HEART_RATE)
    reserve = np.clip((beats[known] - heart.resting_bpm) / (heart.maximal_bpm - heart.resting_bpm), 0.0, 1.0)
    model = heart_rate_uptake_model()
    asked = {"heart_rate_reserve_ratio": reserve, "maximal_oxygen_uptake_ml_per_kg_min": capacity.value}
    inputs = {name: value for name, value in asked.items() if name in model.inputs}
    low, best, high = (
        float(np.sum(energy_j_per_kg(uptake(**inputs), seconds[known])))
        for uptake in (model.low, model.best, model.high)
    )
    return Estimate(NAME, best, low, high, model.key, model.standing, (LAGS,))
