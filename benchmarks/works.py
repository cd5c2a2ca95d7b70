"""Does it work, for me: every promise answered anew from five years of readings, beside one rival for one of them."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks._measure import Row, timings_ms

DAYS, FIRST = 5 * 365, 400
#: Pain is asked site by site: so many sites are told of.
SITES = 3


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    from backward_running.outcomes.answering import answer

    asked = list(_questions())
    note = f"{len(asked)} promises of {DAYS} days, every second one read; {sum(each.has_device for each in asked)} by a device"
    whole = min(timings_ms(lambda: [answer(each) for each in asked], repeats=5, warm=1, clock=time.process_time))
    yield Row("every promise, answered anew", f"{whole:.0f} ms of computing", "≤ 200 ms", note, whole <= 200.0)
    single = replace(asked[0], has_device=False, is_mass=False)
    ours = min(timings_ms(lambda: answer(single), repeats=5, warm=1, clock=time.process_time))
    theirs = min(timings_ms(lambda: _state_space(single), repeats=1, warm=0, clock=time.process_time))
    yield Row("one promise", f"{ours:.0f} ms of computing", "", "")
    yield Row(
        "the same, statsmodels UnobservedComponents", f"{theirs:.0f} ms of computing", "", f"{theirs / ours:.0f} ×"
    )


def _questions() -> Iterator:
    from backward_running import outcomes
    from backward_running.outcomes.answering import Question
    from backward_running.outcomes.base import Minutes

    chance = np.random.default_rng(18)
    on, ran = np.arange(FIRST, DAYS, 3), np.arange(0, DAYS, 2)
    backward = Minutes(on.astype(float), chance.uniform(5, 20, len(on)))
    forward = Minutes(ran.astype(float), chance.uniform(20, 60, len(ran)))
    for outcome in outcomes.all_outcomes().values():
        important = outcome.important.value
        for _ in range(SITES if outcome.by_site else 1):
            days = np.flatnonzero(chance.random(DAYS) < 0.5)
            moved = np.cumsum(chance.normal(0, 0.05, DAYS)) + chance.normal(0, 0.5, DAYS)
            values = 0.5 * (outcome.lowest + outcome.highest) + important * moved
            yield Question(
                tuple(int(day) for day in days),
                tuple(float(value) for value in values[days]),
                backward,
                forward,
                important,
                outcome.better,
                is_mass=outcome.is_mass,
                has_device=outcome.has_device,
            )


def _state_space(asked) -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    values = np.full(DAYS, np.nan)
    values[list(asked.days)] = asked.values
    so_far = np.concatenate([[0.0], np.cumsum(asked.backward.minutes)])
    ramp = 1 - np.exp(-so_far[np.searchsorted(asked.backward.days, np.arange(DAYS))] / 120.0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        UnobservedComponents(values, level="rwdrift", irregular=True, exog=ramp[:, None]).fit(disp=False, maxiter=100)
