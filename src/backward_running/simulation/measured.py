"""What the simulated runner measures: a weight that wanders and goes nowhere, a walk that gets quicker, some fun."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from backward_running.core.measurement import Measurement

#: How long somebody measures before the first week that is simulated.
BEFORE = timedelta(weeks=10)


def measured(seed: int, *, first_day: date, until: date) -> tuple[Measurement, ...]:
    """Return simulated measurements, oldest first. The same seed and dates give the same.

    Weight: no effect at all. The 3-metre walk: from 3.4 s to 2.8 s over the first forty days. Enjoyment: a little more.
    """
    rng = np.random.default_rng([seed, 18])
    begins = first_day - BEFORE
    found = []
    for number in range((until - begins).days + 1):
        on, since = begins + timedelta(days=number), max(0, (begins + timedelta(days=number) - first_day).days)
        at = datetime.combine(on, time(7), UTC)
        weight = 71.4 + 0.35 * np.sin(number / 13.0) + rng.normal(0.0, 0.35)
        walk = 3.4 - 0.6 * min(1.0, since / 40.0) + rng.normal(0.0, 0.12)
        fun = 6.0 + min(1.0, since / 60.0) + rng.normal(0.0, 0.9)
        if rng.random() < 0.6:
            found.append(Measurement(f"demo-weight-{number}", "weight", at, round(float(weight), 1)))
        if number % 4 == 0:
            found.append(Measurement(f"demo-walk-{number}", "backward_walk", at, round(float(walk), 2)))
        if number % 5 == 0:
            liked = float(np.clip(round(fun), 0, 10))
            found.append(Measurement(f"demo-enjoyment-{number}", "enjoyment", at, liked))
    return tuple(found)
