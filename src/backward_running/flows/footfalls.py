"""When a foot met the ground, step by step, and which way that step went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running import gait
from backward_running.core.recording import FloatArray, Recording
from backward_running.core.session import BoutFacts
from backward_running.flows.detect import state_of


@dataclass(frozen=True, slots=True, eq=False)
class Footfalls:
    """Initial contacts in order of time. Missing is NaN."""

    contact_s: FloatArray  #: (k,)
    ground_s: FloatArray  #: (k,) how long that foot stayed down
    flight_s: FloatArray  #: (k,) how long no foot was down after it; 0 walking
    cadence_spm: FloatArray  #: (k,)
    state: tuple[str, ...]  #: "backward_run", "forward", "unknown", … as the bout says in which it lies
    steps_per_contact: float  #: 2 where one leg is seen, 1 where both are
    found_by: str  #: the place of the sensor; "nothing" where none shows a step


def footfalls(recording: Recording, bouts: Sequence[BoutFacts]) -> Footfalls:
    """Find the initial contacts that a sensor on foot, shank, thigh or trunk shows; none without such a sensor."""
    found = gait.find_steps(recording)
    if found is None:
        nothing = np.empty(0)
        return Footfalls(nothing, nothing, nothing, nothing, (), float("nan"), "nothing")
    ends_s = np.array([facts.bout.end_s for facts in bouts])
    states = [state_of(facts.bout.direction, facts.bout.gait) for facts in bouts]
    at = np.searchsorted(ends_s, found.contact_s, side="right")
    return Footfalls(
        found.contact_s,
        found.ground_s,
        found.flight_s,
        found.cadence_spm(found.contact_s),
        tuple(states[number] if number < len(states) else "unknown" for number in at),
        found.steps_per_contact,
        " and ".join(found.places),
    )
