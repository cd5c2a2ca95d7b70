"""What was measured beats a model: oxygen from a metabolic cart, power from a foot pod."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backward_running.core.direction import Direction
from backward_running.core.recording import Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown
from backward_running.core.standing import Standing
from backward_running.effort._samples import bout_of
from backward_running.effort.choices import MAY_LACK
from backward_running.effort.energy_oxygen_equivalent import energy_j_per_kg
from backward_running.signals.moving import sample_durations_s

NAME = "energy_j_per_kg"
OXYGEN, POWER = "oxygen_uptake_ml_per_kg_min", "power_w"
CART = "metabolic_cart"  #: in the place of a model
MEASURED_HERE = "Measured: the oxygen that the metabolic cart took, gross. No model is in it."
NO_POWER = "No power was recorded here."
NO_FORWARD = "Power becomes energy by your own forward running in the same recording: there is too little of it."
BY_FORWARD = (
    "Power times what a watt of it took you running forward in this recording: it needs no factor of direction, and "
    "holds as far as the foot pod counts power alike both ways, which was not tested."
)


def measured_energies(working: Stream | None, bouts: Sequence[Bout], pauses: Sequence[Span]) -> dict[int, Estimate]:
    """Return the energy of each bout, by its number, whose oxygen was measured for four fifths of the time at least.

    Parameters
    ----------
    working : Stream or None
        The working stream; ``oxygen_uptake_ml_per_kg_min`` is read where it is there.
    bouts : sequence of Bout
        In any direction, the unknown one too: oxygen needs no direction.
    pauses : sequence of Span
        Time that belongs to no sample.

    Returns
    -------
    dict of int to Estimate
        ``energy_j_per_kg``; low and high are the value: what a cart is off by is not in the file.
    """
    if working is None or not working.has(OXYGEN):
        return {}
    oxygen = working.columns[OXYGEN]
    seconds, of = sample_durations_s(working, pauses), bout_of(working.time_s, bouts)
    known = np.isfinite(oxygen)
    found = {}
    for row in range(len(bouts)):
        here = of == row
        all_s, known_s = float(seconds[here].sum()), float(seconds[here & known].sum())
        if known_s <= 0.0 or known_s < (1.0 - MAY_LACK.value) * all_s:
            continue
        # A breath that is missing is taken as the mean of the others of its bout.
        energy = float(np.sum(energy_j_per_kg(oxygen[here & known], seconds[here & known]))) * all_s / known_s
        found[row] = Estimate(NAME, energy, energy, energy, CART, Standing.MEASURED, (MEASURED_HERE,))
    return found


def power_energy(
    working: Stream | None, facts: Sequence[BoutFacts], pauses: Sequence[Span], direction: Direction
) -> Estimate | NotKnown:
    """Return the energy of one direction by the power a foot pod counted, scaled by the same recording's forward runs.

    Parameters
    ----------
    working : Stream or None
        The working stream, with ``power_w``.
    facts : sequence of BoutFacts
        The bouts, with their energies.
    pauses : sequence of Span
        Time that belongs to no sample.
    direction : Direction
        Whose bouts are summed.

    Returns
    -------
    Estimate or NotKnown
        ``energy_j_per_kg``; not known without power, or without forward running that has a price.
    """
    if working is None or not working.has(POWER):
        return NotKnown(NAME, NO_POWER)
    power, seconds = working.columns[POWER], sample_durations_s(working, pauses)
    of = bout_of(working.time_s, [fact.bout for fact in facts])
    known = np.isfinite(power) & (of >= 0)
    joules = np.bincount(of[known], weights=(power * seconds)[known], minlength=len(facts))
    known_s = np.bincount(of[known], weights=seconds[known], minlength=len(facts))
    all_s = np.bincount(of[of >= 0], weights=seconds[of >= 0], minlength=len(facts))
    # What is missing of a bout is taken as the mean of its rest.
    joules = joules * np.divide(all_s, known_s, out=np.zeros(len(facts)), where=known_s > 0.0)
    priced = [
        (float(joules[row]), fact.energy_j_per_kg)
        for row, fact in enumerate(facts)
        if fact.bout.direction is Direction.FORWARD and joules[row] > 0.0 and fact.energy_lacks_s == 0.0
    ]
    forward = [(spent, energy) for spent, energy in priced if isinstance(energy, Estimate)]
    own = float(sum(joules[row] for row, fact in enumerate(facts) if fact.bout.direction is direction))
    if not forward:
        return NotKnown(NAME, NO_FORWARD)
    if own <= 0.0:
        return NotKnown(NAME, NO_POWER)
    share = own / sum(spent for spent, _ in forward)
    best, low, high = (
        share * sum(getattr(energy, bound) for _, energy in forward) for bound in ("value", "low", "high")
    )
    return replace(forward[0][1], value=best, low=low, high=high, caveats=(BY_FORWARD,), left_out=())
