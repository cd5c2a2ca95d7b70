"""The week as a small integer programme, solved by HiGHS through SciPy.

Sessions are the stops of a path through the days: one arc from each session to the next, so that gaps are arcs. An arc
that is too short does not exist (48 hours), a day that may not be used is no stop; what is left are three counts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans.placing import WEEK_DAYS, Request, candidates

WEIGHTS = Evidence(
    key="placing.weights",
    says=(
        "Of the ways to place a week's sessions the one with the most sessions is taken, then the evenest; a hard "
        "forward day or the day after it is avoided, the days of the week before are liked. The weights are a choice."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
SESSION_WEIGHT = Number("placing_session_weight", 1_000_000.0, "1", WEIGHTS)
HARD_DAY_WEIGHT = Number("placing_hard_day_weight", 900.0, "1", WEIGHTS)
GAP_WEIGHT = Number("placing_squared_gap_weight", 150.0, "day⁻²", WEIGHTS)
NEXT_DAY_WEIGHT = Number("placing_next_day_weight", 2_000.0, "1", WEIGHTS)
HABIT_WEIGHT = Number("placing_same_weekday_weight", 400.0, "1", WEIGHTS)
TIME_LIMIT_S = Number("placing_time_limit_s", 0.25, "s", WEIGHTS)
#: A plan begins as if a session had been so many days before its first week: early, but not in a hurry.
_BEFORE_THE_FIRST = -3

_START, _END = -WEEK_DAYS - 1, WEEK_DAYS


@dataclass(frozen=True, slots=True)
class _Network:
    """Stops and arcs of one week, and the rows that hold them."""

    arcs: tuple[tuple[int, int], ...]  #: from stop, to stop
    rows: NDArray[np.float64]  #: shape (n_rows, n_arcs)
    lowest: NDArray[np.float64]  #: shape (n_rows,)
    highest: NDArray[np.float64]  #: shape (n_rows,)


def solve(request: Request, *, time_limit_s: float = TIME_LIMIT_S.value) -> tuple[int, ...] | None:
    """Return the best days for new sessions, rising; None where the solver found none in time.

    Parameters
    ----------
    request : Request
        What is wanted of the week.
    time_limit_s : float
        After that long the solver stops; what it has by then is not used.

    Notes
    -----
    The path alone makes a totally unimodular matrix: its linear relaxation is whole, and an order of magnitude quicker.
    Only where a count cuts through it are the arcs asked to be whole numbers.
    """
    new = candidates(request)
    network = _network(new, request)
    costs = _costs(network.arcs, new, request)
    for whole in (False, True):
        arcs = _highs(network, costs, whole=whole, time_limit_s=time_limit_s)
        if arcs is None:
            return None
        if np.all(np.abs(arcs - np.round(arcs)) < 1e-6):
            used = {end for (_, end), flow in zip(network.arcs, arcs, strict=True) if flow > 0.5}
            return tuple(day for day in new if day in used)
    return None


def _highs(
    network: _Network, costs: NDArray[np.float64], *, whole: bool, time_limit_s: float
) -> NDArray[np.float64] | None:
    milp, constraint, bounds = _scipy()
    answer = milp(
        costs,
        integrality=np.full(len(costs), int(whole)),
        bounds=bounds(0, 1),
        constraints=constraint(network.rows, network.lowest, network.highest),
        options={"time_limit": time_limit_s, "mip_rel_gap": 0.0, "presolve": whole},
    )
    return np.asarray(answer.x, dtype=np.float64) if answer.status == 0 else None


@lru_cache(maxsize=1)
def _scipy() -> tuple[Any, Any, Any]:
    # A second to load: only who makes a plan waits for it, and only once.
    from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]

    return milp, LinearConstraint, Bounds


def _network(new: tuple[int, ...], request: Request) -> _Network:
    standing = tuple(sorted({day for day, _ in request.stands if 0 <= day < WEEK_DAYS}))
    stops = sorted({*new, *standing})
    arcs = [(_START, stop) for stop in stops] + [(stop, _END) for stop in stops] + [(_START, _END)]
    arcs += [
        (early, late)
        for early in stops
        for late in stops
        # Rest around a session that stands is already in the candidates.
        if late > early and (late - early >= request.rest_days or early in standing or late in standing)
    ]
    into = np.array([[float(end == stop) for _, end in arcs] for stop in stops]).reshape(len(stops), len(arcs))
    out = np.array([[float(start == stop) for start, _ in arcs] for stop in stops]).reshape(len(stops), len(arcs))
    start = np.array([[float(start == _START) for start, _ in arcs]])
    must = np.array([float(stop in standing or stop in request.fixed) for stop in stops])
    is_new = np.array([[float(stop in new) for stop in stops]])
    counts, most = _windows(stops, request)
    ones = np.ones(len(stops))
    return _Network(
        tuple(arcs),
        np.vstack([start, into - out, into, is_new @ into, counts @ into]),
        np.concatenate([[1.0], 0 * ones, must, [0.0], np.zeros(len(most))]),
        np.concatenate([[1.0], 0 * ones, ones, [float(request.count)], most]),
    )


def _windows(stops: list[int], request: Request) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return which stops lie in each seven days that begin before this week or with it, and how many may."""
    rows, most = [], []
    limits: list[tuple[int, set[int]]] = [(request.in_seven_days_count, set(range(-WEEK_DAYS, WEEK_DAYS)))]
    if request.ceiling_count is not None:
        limits.append((request.ceiling_count, set(request.ceiling_on)))
    for limit, counted in limits:
        before = [day for day, _ in request.stands if day < 0 and day in counted]
        in_week = {day for day, _ in request.stands if day >= 0 and day in counted}
        # A stop stands for one session; a day with two of them leaves one less for the others.
        twice = Counter(day for day, _ in request.stands if day >= 0 and day in counted)
        for first in range(1 - WEEK_DAYS, 1):
            days = set(range(first, first + WEEK_DAYS))
            rows.append([float(stop in days and stop in counted) for stop in stops])
            # What stands already may be more than is allowed; then nothing new is added, and that is all one can do.
            gone = sum(day in days for day in before) + sum(n - 1 for day, n in twice.items() if day in days)
            most.append(float(max(limit - gone, len(in_week & days))))
    return np.array(rows).reshape(len(most), len(stops)), np.array(most)


def _costs(arcs: tuple[tuple[int, int], ...], new: tuple[int, ...], request: Request) -> NDArray[np.float64]:
    last = max((day for day, _ in request.stands if day < 0), default=_BEFORE_THE_FIRST)
    origin = max(last, -WEEK_DAYS)
    costs = []
    for start, end in arcs:
        gap = end - (origin if start == _START else start)
        cost = GAP_WEIGHT.value * gap**2 + NEXT_DAY_WEIGHT.value * (gap == 1 and end != _END)
        if end in new:
            cost -= SESSION_WEIGHT.value + HABIT_WEIGHT.value * (end in request.habit)
            cost += HARD_DAY_WEIGHT.value * (end in request.hard)
            # Powers of two make every set of days differ, the earliest first: one optimum, on any machine.
            cost -= 2.0 ** (WEEK_DAYS - 1 - end)
        costs.append(cost)
    return np.array(costs)
