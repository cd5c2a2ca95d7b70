"""Made-up readings of one person, plain enough to know what must come of them."""

from __future__ import annotations

import numpy as np

from backward_running.outcomes.answering import Question
from backward_running.outcomes.base import Minutes

BEFORE, AFTER = 84, 84


def question(*, effect=0.0, seed=1, noise=0.3, before=BEFORE, after=AFTER, slope=0.0, values=None, days=None, **more):
    """Return readings on two of three days around a first session on day 0, with an effect that grew with the minutes."""
    rng = np.random.default_rng(seed)
    day = np.arange(-before, after)
    grown = (1.0 - np.exp(-np.clip(day, 0, None) / 24.0)) * effect
    made = 75.0 + slope * day + grown + rng.normal(0, noise, len(day))
    made = made if values is None else values(day, made)
    seen = day % 3 != 1 if days is None else days(day)
    sessions = np.arange(0, after, 3)
    asked = {"important": 1.0, "better": -1, "forward": None}
    asked["backward"] = Minutes(sessions.astype(float), np.full(len(sessions), 15.0))
    return Question(tuple(day[seen]), tuple(made[seen]), **(asked | more))
