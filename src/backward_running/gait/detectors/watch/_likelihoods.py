"""Likelihoods of what a watch writes: forward by the runner's own line, or backward by the ratio.

Each quantity gives a pair of densities: how likely the moment is forward, and how much more likely it would be
backward. None of them has a sign; all compare with what is believed of the runner (:class:`RunnerModel`). Quantities
are taken as independent given the direction: their log-likelihoods add up, each kept within what it may say alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.evidence import proposed_number
from backward_running.gait.person.prior import RunnerModel
from backward_running.gait.person.regression import Numbers
from backward_running.gait.person.watch_samples import WatchSamples

LEAST_OWN = proposed_number(
    "watch_least_own_s",
    300.0,
    "s",
    "With less than five minutes of a person's own steps behind it, a line is too poor to judge anybody by.",
)
ON_A_SLOPE = {
    "cadence": proposed_number(
        "watch_grade_cadence_nat", 0.5, "nat", "Uphill, people slow down more than they step less: 5 % at 10 % grade."
    ),
    "heart_rate": proposed_number(
        "watch_grade_heart_rate_nat", 2.0, "nat", "Uphill, at equal speed the heart goes 20 % faster at 10 % grade."
    ),
    "speed": proposed_number("watch_grade_speed_nat", 3.0, "nat", "Uphill, people go 30 % slower at 10 % grade."),
}
MOST = {
    "cadence": proposed_number("watch_most_cadence_nat", 4.0, "nat", "Cadence alone speaks at most 55 to 1."),
    "heart_rate": proposed_number("watch_most_heart_rate_nat", 0.7, "nat", "Heart rate alone speaks at most 2 to 1."),
    "contact_time": proposed_number(
        "watch_most_contact_time_nat", 1.5, "nat", "Contact time alone speaks at most 4.5 to 1."
    ),
    "vertical_oscillation": proposed_number(
        "watch_most_vertical_oscillation_nat",
        0.7,
        "nat",
        "Vertical oscillation alone speaks at most 2 to 1: its ratio is derived, nobody measured it.",
    ),
    "speed": proposed_number("watch_most_speed_nat", 2.0, "nat", "Speed alone speaks at most 7.4 to 1."),
}
WALK_SHARE = proposed_number(
    "watch_walk_weight_ratio", 0.3, "1", "Walking, cadence strays more with mood and shoes: it weighs a third."
)
FORWARD_SPEED_SPREAD = proposed_number(
    "watch_forward_speed_spread_nat", 0.13, "nat", "Running forward, people stray by about 13 % from their usual speed."
)
SLOW_SHARE = proposed_number(
    "watch_slow_share", 0.10, "1", "One second in ten forward is at any other speed: warming up, waiting, climbing."
)
SPEED_EVIDENCE = proposed_number(
    "watch_speed_evidence_ratio",
    0.3,
    "1",
    "Two speeds in one recording are rather intervals than two directions: for how a recording is to be read, speed "
    "counts for a third.",
)
FARTHEST = 3.0  #: spreads; what lies farther off is as odd as this and no odder: sensors fail in ways of their own


class _Compared(NamedTuple):
    """One quantity against the person's own line, cell by cell; NaN where it is not known."""

    strays: FloatArray  #: from the line, logarithm
    variance: FloatArray
    ratio: tuple[Numbers, Numbers]  #: where it would be backward, and how sure that is
    most_nat: float


def log_odds_running(cells: WatchSamples, model: RunnerModel) -> FloatArray:
    """Return the log-odds of backward where somebody runs, by all quantities; 0 where nothing is known.

    Parameters
    ----------
    cells : WatchSamples
        Moments of running.
    model : RunnerModel
        What is believed of the runner; of columns, for k models at once.

    Returns
    -------
    ndarray, shape (n,) or (k, n)
        Each quantity kept within :data:`MOST`. **Valid for** running; lines with less than :data:`LEAST_OWN` behind
        them are not asked.
    """
    total: FloatArray = np.zeros(len(cells.speed))
    for strays, variance, (mean, spread), most in _compared(cells, model):
        log_odds = mean * (strays - mean / 2) / (variance + spread**2)
        total = total + _zero_where_unknown(np.minimum(np.maximum(log_odds, -most), most))
    if _hears_speed(model):
        slower = _slower(cells, model)
        forward = _bell(slower, 0.0, FORWARD_SPEED_SPREAD.value, 1.0 - SLOW_SHARE.value, SLOW_SHARE.value)
        log_odds = np.log(_bell(slower, *model.speed_ratio, 0.98, 0.02) / forward)
        total = total + np.minimum(np.maximum(log_odds, -MOST["speed"].value), MOST["speed"].value)
    return total


def densities_nat(cells: WatchSamples, model: RunnerModel) -> tuple[FloatArray, FloatArray]:
    """Return how likely what all quantities show is where somebody runs forward, and backward, up to one constant.

    Parameters
    ----------
    cells : WatchSamples
        Moments of running.
    model : RunnerModel
        What is believed of the runner; of columns, for k models at once.

    Returns
    -------
    forward, backward : ndarray, shape (n,) or (k, n)
        Log-likelihoods. What lies farther than :data:`FARTHEST` spreads off is as odd as that and no odder.
    """
    forward: FloatArray = np.zeros(len(cells.speed))
    backward = forward
    for strays, variance, (mean, _), _ in _compared(cells, model):
        forward = forward + _zero_where_unknown(_density_nat(strays, variance))
        backward = backward + _zero_where_unknown(_density_nat(strays - mean, variance))
    if _hears_speed(model):
        slower = _slower(cells, model)
        forward = forward + _speed_density_nat(slower)
        backward = backward + _speed_density_nat(slower - model.speed_ratio[0])
    return forward, backward


def log_odds_walking(cells: WatchSamples, model: RunnerModel) -> FloatArray:
    """Return the log-odds of backward by cadence where somebody walks.

    Parameters
    ----------
    cells : WatchSamples
        Moments of walking.
    model : RunnerModel
        What is believed of the runner.

    Returns
    -------
    ndarray, shape (n,)
        0 throughout where too little walking was seen.
    """
    line, (mean, spread), most = model.walk_cadence, model.cadence_ratio, MOST["cadence"].value
    if line.seconds_s < LEAST_OWN.value or len(cells.speed) == 0:
        return np.zeros(len(cells.speed))
    strays = cells.cadence_nat - line.at(cells.speed)
    log_odds = mean * (strays - mean / 2) / (line.variance_at(cells.speed) + spread**2)
    return np.asarray(WALK_SHARE.value * np.minimum(np.maximum(log_odds, -most), most))


def _compared(cells: WatchSamples, model: RunnerModel) -> Iterator[_Compared]:
    up = cells.uphill
    climbs = bool(up.any())
    if model.run_cadence.seconds_s >= LEAST_OWN.value:
        strays = cells.cadence_nat - model.run_cadence.at(cells.speed)
        variance = model.run_cadence.variance_at(cells.speed)
        if climbs:
            strays, variance = strays - ON_A_SLOPE["cadence"].value * up, variance + (0.3 * up) ** 2
        yield _Compared(strays, variance, model.cadence_ratio, MOST["cadence"].value)
    if model.heart_rate.seconds_s >= LEAST_OWN.value:
        strays = cells.heart_rate_nat - model.heart_rate.at(cells.lagged_speed)
        variance = model.heart_rate.variance_at(cells.lagged_speed)
        if climbs:
            strays, variance = strays - ON_A_SLOPE["heart_rate"].value * up, variance + up**2
        yield _Compared(strays, variance, model.heart_rate_ratio, MOST["heart_rate"].value)
    for name, logarithm, line, ratio in (
        ("contact_time", cells.contact_time_nat, model.contact_time, model.contact_time_ratio),
        (
            "vertical_oscillation",
            cells.vertical_oscillation_nat,
            model.vertical_oscillation,
            model.vertical_oscillation_ratio,
        ),
    ):
        if line.seconds_s >= LEAST_OWN.value:
            variance = line.variance_at(cells.speed)
            yield _Compared(logarithm - line.at(cells.speed), variance, ratio, MOST[name].value)


def _density_nat(strays: FloatArray, variance: FloatArray) -> FloatArray:
    return np.asarray(-0.5 * (np.minimum(strays * strays / variance, FARTHEST**2) + np.log(variance)))


def _speed_density_nat(slower: FloatArray) -> FloatArray:
    bell = _bell(slower, 0.0, FORWARD_SPEED_SPREAD.value, 1.0 - SLOW_SHARE.value, SLOW_SHARE.value)
    return np.asarray(SPEED_EVIDENCE.value * np.log(bell))


def _zero_where_unknown(values: FloatArray) -> FloatArray:
    values[np.isnan(values)] = 0.0
    return values


def _hears_speed(model: RunnerModel) -> bool:
    return model.speed_nat is not None and model.run_cadence.seconds_s >= LEAST_OWN.value


def _slower(cells: WatchSamples, model: RunnerModel) -> FloatArray:
    """Return the logarithm of the speed over the usual one, less what a slope takes."""
    usual_nat = model.speed_nat if model.speed_nat is not None else 0.0
    return np.asarray(np.log(cells.speed) - usual_nat + ON_A_SLOPE["speed"].value * cells.uphill)


def _bell(values: FloatArray, mean: Numbers, spread: Numbers, often: float, else_where: float) -> FloatArray:
    """Return a normal that holds often, and a little everywhere: people are slow at times, forward too."""
    height = often / (spread * np.sqrt(2.0 * np.pi))
    return np.asarray(height * np.exp((values - mean) ** 2 * (-0.5 / spread**2)) + else_where)
