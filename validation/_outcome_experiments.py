"""Registered experiments on simulated readings: how often chance works, and how often an effect is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from backward_running.outcomes import all_designs
from backward_running.outcomes.base import Reading
from backward_running.outcomes.registering import Registered, ends_on

MONDAY = date(2026, 1, 5)
EXPERIMENTS = 120
REMEMBERED = 0.8  #: of the day before, by the noise
ASKED = (
    Registered("random_start", "weight", -1, 1.0, MONDAY, MONDAY, 20, 0, 60),
    Registered("random_start", "weight", -1, 1.0, MONDAY, MONDAY, 60, 0, 60),
    Registered("pairs_of_weeks", "enjoyment", 1, 1.0, MONDAY, MONDAY, 6, 0, 0),
    Registered("pairs_of_weeks", "enjoyment", 1, 1.0, MONDAY, MONDAY, 10, 0, 0),
)


def rows() -> Iterator[tuple[Registered, float, int, int, int]]:
    """Yield design, true effect, how many were answered, how many say that it works, how many intervals hold."""
    from dataclasses import replace

    for asked in ASKED:
        design = all_designs()[asked.design]
        for truth in (0.0, 1.0, 2.0):
            works = held = answered = 0
            for number in range(EXPERIMENTS):
                drawn = replace(asked, seed=number)
                found = design.analyse(drawn, _readings(drawn, truth, number), drawn.last_look)
                if found is None:
                    continue
                answered += 1
                works += found.works
                effect = asked.better * truth
                held += (found.low is None or found.low <= effect) and (found.high is None or effect <= found.high)
            yield asked, truth, answered, works, held


def _readings(asked: Registered, truth: float, number: int) -> list[Reading]:
    """Return two readings of three days, with noise that remembers, a slope, and an effect that comes at once."""
    rng = np.random.default_rng([2026, number, asked.units, int(10 * truth)])
    phases = all_designs()[asked.design].phases(asked)
    days = (ends_on(phases) - asked.begins_on).days
    noise = rng.standard_t(6, days) * 0.5 * np.sqrt(4 / 6)
    for place in range(1, days):
        noise[place] = REMEMBERED * noise[place - 1] + np.sqrt(1 - REMEMBERED**2) * noise[place]
    found = []
    for place in range(days):
        on = asked.begins_on + timedelta(days=place)
        inside = next(phase for phase in phases if phase.begins_on <= on <= phase.ends_on)
        if rng.random() < 2 / 3:
            value = 70.0 + asked.better * truth * inside.backward + 0.005 * place + noise[place]
            found.append(Reading(on, float(value)))
    return found
