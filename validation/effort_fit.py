"""Fit what moving backward costs to the published points: one hierarchical model, a random effect for each study.

    python -m validation.effort_fit            # fit, check, print
    python -m validation.effort_fit --write    # and keep the numbers for the program

Walking backward: ln k_w(v) = ln a + b·ln(v/1.5) + u_study. Running backward: ln k = m + u_study. k multiplies what the
same speed takes forward above rest (Looney 2019 walking, Léger & Mercier 1984 running). u_study is normal with a spread
for each gait; people within a study are normal about it with another. All equations are linear in (ln a, b, m) once the
three spreads are given, so these are worked out exactly, and the spreads on a grid: no chance is in the numbers.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp
from scipy.stats import norm

from backward_running.core.direction import Gait
from backward_running.core.recording import FloatArray
from backward_running.effort import choices
from backward_running.effort.cost_minetti_2002 import slope_factor
from backward_running.effort.oxygen_uptake_leger_mercier_1984 import net_level_ml_per_kg_min
from backward_running.effort.oxygen_uptake_looney_2019_walk import level_ml_per_kg_min
from backward_running.evidence import points as published_points
from backward_running.evidence.points import PUBLISHED_POINTS, PublishedPoint, Quantity, Rest, Use
from validation._fitted_module import module_text

REST = 3.5
AT_MPS = 1.5  #: where k_w is stated
SLOWEST_MPS, FASTEST_MPS = 0.9, 1.91  #: where walking backward was measured

#: Before any point: mean and spread of ln a, b, m. Wide: the points move them.
PRIOR_MEAN = np.array([math.log(1.4), 0.5, math.log(1.25)])
PRIOR_SD = np.array([0.3, 0.5, 0.2])
LABORATORIES_NAT = 0.10  #: half-normal spread between laboratories, each gait
PEOPLE_RUN_NAT, PEOPLE_RUN_SURE = 0.10, 0.35  #: log-normal: spread between people running, and how sure that is
PEOPLE_WALK_NAT, PEOPLE_WALK_SURE = 0.15, 0.5
SAME_PEOPLE_NAT = 0.12  #: spread of walk over run within a person
MISFIT_NAT = 0.03  #: of any single point about a curve of three numbers

SPREADS = np.exp(np.linspace(math.log(0.01), math.log(0.35), 12))
PEOPLE_RUN = np.exp(np.linspace(math.log(0.05), math.log(0.22), 9))
PEOPLE_WALK = np.exp(np.linspace(math.log(0.10), math.log(0.36), 9))


def net_walk(speed_mps: float) -> float:
    """Return what level forward walking takes above rest."""
    return float(level_ml_per_kg_min(speed_mps)) - REST


def net_run(speed_mps: float) -> float:
    """Return what level forward running takes above rest."""
    return float(net_level_ml_per_kg_min(speed_mps))


@dataclass(frozen=True)
class Equation:
    """One point as a straight line: seen = row · (ln a, b, m) + walk·u_walk + run·u_run + error."""

    point: PublishedPoint
    row: tuple[float, float, float]
    seen: float
    error_nat: float  #: what does not come from the spread between people
    people_walk: float  #: how many of their spreads a mean of so many people is off
    people_run: float
    walk: float = 0.0
    run: float = 0.0


def equation(point: PublishedPoint) -> Equation:
    """Put a point with a value as a line in (ln a, b, m)."""
    assert point.value is not None
    value, many = point.value.value, 1.0 / math.sqrt(point.people)
    error = math.hypot(MISFIT_NAT, point.assumed_nat)
    if point.quantity is Quantity.RATIO:
        seen, unsure = _net_ratio(point)
        return Equation(point, (0.0, 0.0, 1.0), seen, math.hypot(error, unsure), 0.0, many, run=1.0)
    if point.quantity is Quantity.CROSSING:
        # walking(v) = running(v): the people's crossings spread by so much, turned into a spread of the logarithm
        steep = _slope_of_crossing(value)
        error = math.hypot(error, steep * (point.spread or 0.0) * many)
        bend = math.log(value / AT_MPS)
        seen = math.log(net_run(value) / net_walk(value))
        return Equation(point, (1.0, bend, -1.0), seen, error, 0.0, 0.0, walk=1.0, run=-1.0)
    assert point.speed_mps is not None
    if point.grade_ratio:
        raise ValueError(f"{point.name} at {point.grade_ratio:+.0%}: a slope is for testing only, mark it TEST.")
    bend = math.log(point.speed_mps / AT_MPS)
    if point.quantity is Quantity.OXYGEN and point.gait is Gait.RUN:
        return Equation(
            point, (0.0, 0.0, 1.0), math.log((value - REST) / net_run(point.speed_mps)), error, 0.0, many, run=1.0
        )
    if point.quantity is Quantity.OXYGEN:
        seen = math.log((value - REST) / net_walk(point.speed_mps))
        return Equation(point, (1.0, bend, 0.0), seen, error, many, 0.0, walk=1.0)
    if point.quantity is Quantity.WALK_OVER_RUN:
        # ln(value·(REST + k·n) − REST) is nearly straight in ln k: its line at the middle of what was seen running
        assert point.run_mps is not None
        k, n = 1.27, net_run(point.run_mps)
        walk_net = value * (REST + k * n) - REST
        per_k = value * k * n / walk_net
        seen = math.log(walk_net / net_walk(point.speed_mps)) - per_k * math.log(k)
        error = math.hypot(error, SAME_PEOPLE_NAT * many)
        return Equation(point, (1.0, bend, -per_k), seen, error, 0.0, 0.0, walk=1.0, run=-per_k)
    raise ValueError(f"{point.name}: {point.quantity.value} is for testing only")


def _net_ratio(point: PublishedPoint) -> tuple[float, float]:
    """Return the logarithm of a ratio of running, rest left out, and what not knowing its kind adds to the error.

    Net or gross are as likely where neither is said: the middle of both, and half of what lies between them.
    """
    ends = net_ratios(point)
    return sum(math.log(end) for end in ends) / 2.0, abs(math.log(ends[0] / ends[1])) / 2.0


def net_ratios(point: PublishedPoint) -> tuple[float, float]:
    """Return the ratio without rest, read as net and read as gross: both the same where its kind is known."""
    speed_mps = point.supposed_mps if point.speed_mps is None else point.speed_mps
    assert point.value is not None
    assert speed_mps is not None
    forward_net = net_run(speed_mps) * float(slope_factor(point.grade_ratio))
    as_net = point.value.value
    as_gross = (as_net * (forward_net + REST) - REST) / forward_net
    return (as_gross if point.rest is Rest.INCLUDED else as_net), (as_net if point.rest is Rest.LEFT_OUT else as_gross)


def _slope_of_crossing(speed_mps: float) -> float:
    step = 0.01
    difference = [math.log(net_walk(v) / net_run(v)) for v in (speed_mps - step, speed_mps + step)]
    return (difference[1] - difference[0]) / (2 * step)


@dataclass(frozen=True)
class Fit:
    """What is believed after the points: a mixture of normals of (ln a, b, m), one for each set of spreads."""

    weight: FloatArray  #: (sets,)
    mean: FloatArray  #: (sets, 3)
    cov: FloatArray  #: (sets, 3, 3)
    spreads: FloatArray  #: (sets, 4): laboratories walking, running; people walking, running

    @property
    def middle(self) -> FloatArray:
        """Return the mean of (ln a, b, m)."""
        return np.asarray(self.weight @ self.mean)

    def spread(self, which: int) -> float:
        """Return the mean of one of the four spreads."""
        return float(self.weight @ self.spreads[:, which])

    def of_person(self, row: Sequence[float], gait: Gait, share: float) -> float:
        """Return a quantile of ln k of somebody new, of a laboratory nobody has seen, at row · (ln a, b, m)."""
        at = np.asarray(row)
        labs, people = (0, 2) if gait is Gait.WALK else (1, 3)
        sd = np.sqrt(
            np.einsum("i,sij,j->s", at, self.cov, at) + self.spreads[:, labs] ** 2 + self.spreads[:, people] ** 2
        )
        return _quantile(self.weight, self.mean @ at, sd, share)

    def of_study(self, equation: Equation, share: float) -> float:
        """Return a quantile of what a study that was not fitted would print where `one` stands."""
        at = np.asarray(equation.row)
        var = np.einsum("i,sij,j->s", at, self.cov, at) + _noise(equation, self.spreads)
        var = var + (equation.walk * self.spreads[:, 0]) ** 2 + (equation.run * self.spreads[:, 1]) ** 2
        return _quantile(self.weight, self.mean @ at, np.sqrt(var), share)


def _quantile(weight: FloatArray, mean: FloatArray, sd: FloatArray, share: float) -> float:
    low, high = float((mean - 6 * sd).min()), float((mean + 6 * sd).max())
    return float(brentq(lambda x: float(weight @ norm.cdf((x - mean) / sd)) - share, low, high, xtol=1e-7))


def _noise(equation: Equation, spreads: FloatArray) -> FloatArray:
    people = (equation.people_walk * spreads[..., 2]) ** 2 + (equation.people_run * spreads[..., 3]) ** 2
    return np.asarray(equation.error_nat**2 + people)


def fit(points: Iterable[PublishedPoint] = PUBLISHED_POINTS) -> Fit:
    """Fit all points that are for fitting and have a value."""
    used = [point for point in points if point.use is Use.FIT and not point.wanted]
    equations = [equation(point) for point in used]
    sets = np.array(list(product(SPREADS, SPREADS, PEOPLE_WALK, PEOPLE_RUN)))
    log_weight = _log_prior(sets) + _log_of_spreads_seen(sets, used)
    rows = np.array([equation.row for equation in equations]).reshape(-1, 3)
    seen = np.array([equation.seen for equation in equations])
    noise = (
        np.stack([_noise(equation, sets) for equation in equations], axis=1) if equations else np.zeros((len(sets), 0))
    )
    shared = _shared(equations)
    cov_seen = (
        noise[:, :, None] * np.eye(len(equations))
        + sets[:, 0, None, None] ** 2 * shared[0]
        + sets[:, 1, None, None] ** 2 * shared[1]
        + rows @ np.diag(PRIOR_SD**2) @ rows.T
    )
    off = seen - rows @ PRIOR_MEAN
    to_theta = np.diag(PRIOR_SD**2) @ rows.T
    solved = np.linalg.solve(cov_seen, np.broadcast_to(off, (len(sets), len(off)))[..., None])[..., 0]
    _, log_det = np.linalg.slogdet(cov_seen)
    log_weight = log_weight - 0.5 * (solved @ off + log_det)
    gain = np.linalg.solve(cov_seen, np.broadcast_to(to_theta.T, (len(sets), *to_theta.T.shape)))
    mean = PRIOR_MEAN + solved @ to_theta.T
    cov = np.diag(PRIOR_SD**2) - to_theta @ gain
    return Fit(np.exp(log_weight - logsumexp(log_weight)), mean, cov, sets)


def _shared(equations: Sequence[Equation]) -> tuple[FloatArray, FloatArray]:
    """Return what the rows of one study share, by gait: (n, n) each."""
    same = np.array(
        [[equation.point.study == other.point.study for other in equations] for equation in equations], dtype=float
    )
    walk, run = (np.array([getattr(equation, gait) for equation in equations]) for gait in ("walk", "run"))
    return same * np.outer(walk, walk), same * np.outer(run, run)


def _log_prior(sets: FloatArray) -> FloatArray:
    """Return the log of the prior of each set; the grid is even in the logarithm, so each counts times itself."""
    labs = sets[:, :2]
    half_normal = (-0.5 * (labs / LABORATORIES_NAT) ** 2 + np.log(labs)).sum(axis=1)
    walk = -0.5 * (np.log(sets[:, 2] / PEOPLE_WALK_NAT) / PEOPLE_WALK_SURE) ** 2
    run = -0.5 * (np.log(sets[:, 3] / PEOPLE_RUN_NAT) / PEOPLE_RUN_SURE) ** 2
    return np.asarray(half_normal + walk + run)


def _log_of_spreads_seen(sets: FloatArray, used: Iterable[PublishedPoint]) -> FloatArray:
    """Return how well each set agrees with the spreads between people that studies state (chi-square)."""
    log = np.zeros(len(sets))
    for point in used:
        if point.spread is None or point.value is None or point.quantity is Quantity.CROSSING:
            continue
        rest = REST if point.quantity is Quantity.OXYGEN else 0.0
        seen = point.spread / (point.value.value - rest)
        sd = sets[:, 2] if point.gait is Gait.WALK else sets[:, 3]
        free = point.people - 1
        log -= free * (np.log(sd) + 0.5 * (seen / sd) ** 2)
    return log


@dataclass(frozen=True)
class Kept:
    """What the program keeps of a fit."""

    walk_ratio: float  #: a: k_w at 1.5 m/s
    walk_power: float  #: b
    walk_low_share: float  #: 80 % of people: k_w times this …
    walk_high_share: float  #: … to this
    run_ratio: float  #: k
    run_low_ratio: float
    run_high_ratio: float


def numbers_of(found: Fit) -> Kept:
    """Return the middle and the middle 80 % of people; walking where it is widest of all that was measured."""
    ln_a, b, m = found.middle.tolist()
    ends = [
        (found.of_person((1.0, bend, 0.0), Gait.WALK, 0.1) - at, found.of_person((1.0, bend, 0.0), Gait.WALK, 0.9) - at)
        for bend in np.log(np.array([SLOWEST_MPS, AT_MPS, FASTEST_MPS]) / AT_MPS).tolist()
        for at in [ln_a + b * bend]
    ]
    return Kept(
        round(math.exp(ln_a), 2),
        round(b, 2),
        round(math.exp(min(low for low, _ in ends)), 2),
        round(math.exp(max(high for _, high in ends)), 2),
        round(math.exp(m), 2),
        round(math.exp(found.of_person((0.0, 0.0, 1.0), Gait.RUN, 0.1)), 2),
        round(math.exp(found.of_person((0.0, 0.0, 1.0), Gait.RUN, 0.9)), 2),
    )


def crossing_mps(numbers: Kept) -> float:
    """Return where walking and running backward cost the same."""

    def walk_less_run(v: float) -> float:
        k_w = numbers.walk_ratio * (v / AT_MPS) ** numbers.walk_power
        return k_w * net_walk(v) - numbers.run_ratio * net_run(v)

    return float(brentq(walk_less_run, 1.2, 2.6))


@dataclass(frozen=True)
class HeldOut:
    """One point, and what the other studies say where it stands. All as k or k_w, or a ratio of both."""

    point: PublishedPoint
    seen: float
    low: float  #: 80 % of studies
    best: float
    high: float
    people_low: float  #: 80 % of people; NaN where the point is of both gaits
    people_high: float

    @property
    def inside(self) -> bool:
        """Whether the point lies in the middle 80 % of studies."""
        return self.low <= self.seen <= self.high

    @property
    def inside_people(self) -> bool:
        """Whether it lies where the program, without this study, would say that 80 % of people are."""
        return self.people_low <= self.seen <= self.people_high


def held_out() -> tuple[HeldOut, ...]:
    """Leave each study out as a whole, fit the others, and look at its points."""
    found = []
    for study in dict.fromkeys(point.study for point in PUBLISHED_POINTS):
        own = [p for p in PUBLISHED_POINTS if p.study == study and p.use is Use.FIT and not p.wanted]
        if not own:
            continue
        others = fit(point for point in PUBLISHED_POINTS if point.study != study)
        found += [_held_out(others, equation(point)) for point in own]
    return tuple(found)


def _held_out(others: Fit, equation: Equation) -> HeldOut:
    low, best, high = (math.exp(others.of_study(equation, share)) for share in (0.1, 0.5, 0.9))
    people = [math.nan, math.nan]
    if equation.point.gait is not None and not (equation.walk and equation.run):
        people = [math.exp(others.of_person(equation.row, equation.point.gait, share)) for share in (0.1, 0.9)]
    return HeldOut(equation.point, math.exp(equation.seen), low, best, high, people[0], people[1])


def fingerprint() -> str:
    """Return the hash of this script and of the table of points: what the kept numbers were made of."""
    made_of = (Path(__file__), Path(published_points.__file__))
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()


MODULE = Path(choices.__file__).with_name("fitted_backward_cost.py")


def main(arguments: Sequence[str]) -> int:
    """Fit and print; with ``--write`` keep the numbers."""
    kept = numbers_of(fit())
    for name, value in vars(kept).items():
        print(f"{name:18} {value:g}")
    print(f"{'crossing_mps':18} {crossing_mps(kept):.2f}")
    for left_out in held_out():
        print(
            f"without {left_out.point.name}: {left_out.low:.2f} {left_out.best:.2f} {left_out.high:.2f}, "
            f"seen {left_out.seen:.2f}"
            f"{'' if left_out.inside else '  outside'}"
        )
    if "--write" in arguments:
        MODULE.write_text(module_text(vars(kept), fingerprint()), encoding="utf-8")
        print(f"Written: {MODULE.name}. Format it, run the tests of effort, and make the page of effort anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
