"""The same model, worked out another way: a random walk over every unknown, the effect of each study among them.

Nothing is shared with ``effort_fit`` but its priors and the points: no linear algebra, no grid, and Flynn's ratio is
taken as it stands, not as a straight line. It checks the fit; no number of the program comes from it.
"""

from __future__ import annotations

import math

import numpy as np

from backward_running.core.direction import Gait
from backward_running.core.recording import FloatArray
from backward_running.evidence.points import PUBLISHED_POINTS, PublishedPoint, Quantity, Use
from validation import effort_fit as fit

USED = tuple(point for point in PUBLISHED_POINTS if point.use is Use.FIT and not point.wanted)
STUDIES = tuple(dict.fromkeys(point.study for point in USED))
SCALES = 4  #: laboratories walking, running; people walking, running


def log_density(x: FloatArray) -> float:
    """Return the log of the density at (ln a, b, m, four log spreads, an effect of each study and gait)."""
    theta, log_sd = x[:3], x[3 : 3 + SCALES]
    sd = np.exp(log_sd)
    effects = x[3 + SCALES :].reshape(2, len(STUDIES))
    log = -0.5 * float((((theta - fit.PRIOR_MEAN) / fit.PRIOR_SD) ** 2).sum())
    log += float((-0.5 * (sd[:2] / fit.LABORATORIES_NAT) ** 2 + log_sd[:2]).sum())
    log -= 0.5 * ((log_sd[2] - math.log(fit.PEOPLE_WALK_NAT)) / fit.PEOPLE_WALK_SURE) ** 2
    log -= 0.5 * ((log_sd[3] - math.log(fit.PEOPLE_RUN_NAT)) / fit.PEOPLE_RUN_SURE) ** 2
    log -= 0.5 * float(((effects / sd[:2, None]) ** 2).sum()) + len(STUDIES) * float(log_sd[:2].sum())
    for point in USED:
        walk, run = effects[:, STUDIES.index(point.study)]
        log += _log_of_point(point, theta, sd, float(walk), float(run))
    return log


def _log_of_point(point: PublishedPoint, theta: FloatArray, sd: FloatArray, walk: float, run: float) -> float:
    assert point.value is not None
    value, many = point.value.value, math.sqrt(point.people)
    ln_a, b, m = theta.tolist()
    misfit = math.hypot(fit.MISFIT_NAT, point.assumed_nat)

    def net_walk(v: float) -> float:
        return math.exp(ln_a + b * math.log(v / fit.AT_MPS) + walk) * fit.net_walk(v)

    def net_run(v: float) -> float:
        return math.exp(m + run) * fit.net_run(v)

    if point.quantity is Quantity.RATIO:
        # Where its kind is not said it is net or gross, the one as likely as the other: both, and no middle of them.
        error = math.hypot(misfit, sd[3] / many)
        offs = [math.log(ratio) - m - run for ratio in fit.net_ratios(point)]
        both = np.logaddexp(*(-0.5 * (off / error) ** 2 for off in offs)) - math.log(2.0)
        off = math.sqrt(max(-2.0 * float(both), 0.0)) * error
    elif point.quantity is Quantity.CROSSING:
        steep = math.log(net_walk(value + 0.01) / net_run(value + 0.01)) - math.log(
            net_walk(value - 0.01) / net_run(value - 0.01)
        )
        off = math.log(net_walk(value) / net_run(value))
        error = math.hypot(misfit, steep / 0.02 * (point.spread or 0.0) / many)
    elif point.quantity is Quantity.WALK_OVER_RUN:
        assert point.speed_mps is not None
        assert point.run_mps is not None
        expected = net_walk(point.speed_mps)
        printed = value * (fit.REST + net_run(point.run_mps)) - fit.REST
        off, error = math.log(printed / expected), math.hypot(misfit, fit.SAME_PEOPLE_NAT / many)
    else:
        assert point.speed_mps is not None
        net = net_walk(point.speed_mps) if point.gait is Gait.WALK else net_run(point.speed_mps)
        people = sd[2] if point.gait is Gait.WALK else sd[3]
        off, error = math.log((value - fit.REST) / net), math.hypot(misfit, people / many)
    log = -0.5 * (off / error) ** 2 - math.log(error)
    if point.spread is not None and point.quantity is not Quantity.CROSSING:
        rest = fit.REST if point.quantity is Quantity.OXYGEN else 0.0
        people = sd[2] if point.gait is Gait.WALK else sd[3]
        log -= (point.people - 1) * (math.log(people) + 0.5 * (point.spread / (value - rest) / people) ** 2)
    return log


def sampled(steps: int = 60_000, seed: int = 7) -> FloatArray:
    """Return draws, (draws, unknowns): a random walk that learns its own steps while it settles."""
    chance = np.random.default_rng(seed)
    x = np.concatenate([fit.PRIOR_MEAN, np.log([0.06, 0.06, 0.19, 0.10]), np.zeros(2 * len(STUDIES))])
    log = log_density(x)
    size, sizes = 0.35, np.full(len(x), 0.05)
    kept = []
    history = []
    for step in range(steps):
        proposal = x + size * sizes * chance.standard_normal(len(x))
        found = log_density(proposal)
        taken = math.log(chance.random()) < found - log
        if taken:
            x, log = proposal, found
        settling = step < steps // 3
        if settling:
            size *= math.exp((0.25 if taken else -0.08) / (1.0 + step / 200.0) ** 0.6)
            history.append(x)
            if step in (2_000, 6_000, 12_000):
                sizes = np.maximum(np.std(history[len(history) // 2 :], axis=0), 1e-3)
        elif step % 5 == 0:
            kept.append(x)
    return np.array(kept)
