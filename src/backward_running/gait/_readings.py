"""How a recording may be read: a little of it backward, much of it, all of it; each with what it says of every moment.

A watch sees two clouds of moments where somebody ran both ways: at equal speed some step more often than others. Where
it sees one cloud, it is forward or backward, and only what is known of people, or of this person, can say which. So a
recording is read in several ways, each is fitted to itself (expectation and maximisation, on moments ten seconds
apart), and how well each explains the whole, with what was believed before, says how far it is to be believed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backward_running.core.habits import Trend
from backward_running.core.recording import FloatArray
from backward_running.gait._habits import Person
from backward_running.gait._lines import FIRM, MEMORY, Line, parts_of_trend
from backward_running.gait._own_lines import ABOVE_USUAL, FLAT, USUAL, lines_here
from backward_running.gait._proposal import proposal
from backward_running.gait._watch_cells import Cells, Mask
from backward_running.gait._witnesses import densities_nat, lean_running

APART = proposal("reading_moments_apart_s", 10.0, "s", "A recording is read by moments 10 s apart: the mean of 9 s.")
BEGUN = (0.0, 0.4, 0.75, 1.0)  #: shares of backward time from which a reading is begun, beside the cautious one
ROUNDS = 4  #: of fitting; the shares hardly move after three
MOST_MOMENTS = 360  #: so many say how to read a recording as well as ten times as many
SETTLED = 0.002  #: shares that move by less on average have settled
SAME = 0.05  #: two readings whose moments differ by less than this on average are one
LEAST_BELIEVED = 0.01  #: a reading that is less probable than this is not worked out
PART = proposal(
    "reading_in_part_ratio",
    2.0,
    "1",
    "Where one second in twenty is backward, one recording in ten is so in part; any part is as likely as any other.",
)
WHOLE = proposal(
    "reading_throughout_ratio",
    0.4,
    "1",
    "Where one second in twenty is backward, one recording in fifty is throughout.",
)
LEAST_SHARE = 0.002  #: neither none nor all of a recording is ever certain
NEAR_AN_END = 0.03  #: a share as near to none or all as this is taken for it
RATIO_OF = {
    "run_cadence": "cadence_ratio",
    "heart_rate": "heart_rate_ratio",
    "contact_time": "contact_time_ratio",
    "vertical_oscillation": "vertical_oscillation_ratio",
}
FALLING = proposal(
    "reading_falling_cadence_nat_per_mps",
    0.01,
    "nat s m⁻¹",
    "Running forward, people step more often the faster they go: a cadence that falls by 1 % per m/s is as odd as one "
    "standard deviation, and what looks so is rather two directions.",
)
PEOPLE_SPEED = (math.log(2.8), 0.22)  #: of the usual forward speed of people who run, expected and its spread
OWN_SPEED_SPREAD = proposal(
    "reading_own_speed_spread_nat", 0.12, "nat", "From day to day a person's usual forward speed strays by about 12 %."
)
SPEED_SEEN_SPREAD = proposal(
    "reading_speed_seen_spread_nat", 0.05, "nat", "The usual speed is read off one recording to about 5 %."
)


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One way to read a recording."""

    here: Person  #: with lines as this reading has them
    backward_share: float  #: of the moving time
    probability_share: float  #: of this reading among all


def readings_of(cells: Cells, person: Person) -> list[Reading]:
    """Return the ways to read a recording, the most probable first; their probabilities sum to one.

    Parameters
    ----------
    cells : Cells
        What the watch wrote.
    person : Person
        What is believed of who runs, from studies and their habits.

    Returns
    -------
    list of Reading
        At least one. Where nobody runs it is the person as they were.
    """
    cautious = lines_here(cells, person)
    few = _few_of(cells)
    if len(few.log_speed) == 0:
        return [Reading(cautious, person.backward_share, 1.0)]
    first = _fitted(few, person, _shares(few, cautious, person.backward_share))
    lean = lean_running(few.cells, cautious)
    rank = np.empty(len(lean))
    rank[np.argsort(-lean, kind="stable")] = (np.arange(len(lean)) + 0.5) / len(lean)
    found: list[_Fitted] = []
    for one in (first, *(_fitted(few, person, np.where(rank < begun, 0.9, 0.1)) for begun in BEGUN)):
        if all(np.abs(one.shares - other.shares).mean() >= SAME for other in found):
            found.append(one)
    return _weighed(found, cautious)


class _Few(NamedTuple):
    """The moments by which a recording is read: where somebody runs on the flat."""

    cells: Cells
    moments: dict[str, _Moments]
    by_speed: npt.NDArray[np.int64]  #: their order
    log_speed: FloatArray  #: in that order

    @property
    def step_s(self) -> float:
        """So many seconds each of them stands for."""
        return self.cells.step_s


def _few_of(cells: Cells) -> _Few:
    stride = max(round(APART.value / cells.step_s), len(cells.speed) // MOST_MOMENTS, 1)
    few = cells.of(slice(stride // 2, None, stride), cells.step_s * stride)
    few = few.of(few.runs & (few.uphill < FLAT.value), few.step_s)
    moments = {}
    for name, speed, logarithm in (
        ("run_cadence", few.speed, few.cadence_nat),
        ("heart_rate", few.lagged_speed, few.heart_rate_nat),
        ("contact_time", few.speed, few.contact_time_nat),
        ("vertical_oscillation", few.speed, few.vertical_oscillation_nat),
    ):
        known = np.isfinite(logarithm) & np.isfinite(speed)
        x, y = speed[known], logarithm[known]
        if len(x):
            moments[name] = _Moments(known, x, y, parts_of_trend(x, y), few.step_s)
    order = np.argsort(few.speed)
    return _Few(few, moments, order, np.log(few.speed[order]))


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    here: Person
    backward_share: float
    shares: FloatArray
    evidence_nat: float


def _weighed(found: list[_Fitted], cautious: Person) -> list[Reading]:
    weights = np.exp(np.array([one.evidence_nat for one in found]) - max(one.evidence_nat for one in found))
    weights[weights < LEAST_BELIEVED * weights.sum()] = 0.0
    weights /= weights.sum()
    readings = [
        Reading(replace(one.here, walk_cadence=cautious.walk_cadence), one.backward_share, float(weight))
        for one, weight in zip(found, weights, strict=True)
        if weight > 0.0
    ]
    return sorted(readings, key=lambda one: -one.probability_share)


def _fitted(few: _Few, person: Person, shares: FloatArray) -> _Fitted:
    """Fit lines and share to one another, from how probable it is of each moment that it is backward."""
    here, share = person, person.backward_share
    for _ in range(ROUNDS):
        here, share = _fitted_person(few, person, shares), _share(few, person, shares)
        before, shares = shares, _shares(few, here, share)
        if float(np.abs(shares - before).mean()) < SETTLED:
            break
    return _Fitted(here, share, shares, _seen_nat(few, here, shares) + _prior_nat(person, here, share))


def _seen_nat(few: _Few, here: Person, shares: FloatArray) -> float:
    """Return how likely all that was seen is, if the person is just so: what is not known of them is in the prior."""
    share = float(np.clip(shares.mean(), LEAST_SHARE, 1.0 - LEAST_SHARE))
    sure = {name: getattr(here, name).as_if_sure() for name in RATIO_OF}
    forward, backward = densities_nat(few.cells, replace(here, **sure))
    mixed = np.logaddexp(math.log1p(-share) + forward, math.log(share) + backward)
    return few.step_s / MEMORY.value * float(mixed.sum())


def _shares(few: _Few, here: Person, share: float) -> FloatArray:
    lean = lean_running(few.cells, here)
    return np.asarray(1.0 / (1.0 + np.exp(-lean - math.log(share / (1.0 - share)))))


def _share(few: _Few, person: Person, shares: FloatArray) -> float:
    """Return the share of backward moments, kept off its ends; what is usual counts as one look."""
    looks = few.step_s / MEMORY.value
    share = (person.backward_share + looks * float(shares.sum())) / (1.0 + looks * len(shares))
    return min(max(share, LEAST_SHARE), 1.0 - LEAST_SHARE)


def _fitted_person(few: _Few, person: Person, shares: FloatArray) -> Person:
    """Return the person with lines and ratios moved by every moment for what it probably is."""
    moved: dict[str, object] = {}
    for name, seen in few.moments.items():
        moved[name], moved[RATIO_OF[name]] = seen.fitted(
            getattr(person, name), getattr(person, RATIO_OF[name]), shares if seen.known.all() else shares[seen.known]
        )
    usual_nat, ratio = _usual_speed(few, person, shares)
    return replace(person, **moved, speed_nat=usual_nat, speed_ratio=ratio)  # type: ignore[arg-type]


class _Moments(NamedTuple):
    """One quantity at the moments at which it is known."""

    known: Mask
    speed: FloatArray
    logarithm: FloatArray
    parts: FloatArray  #: what its trend is made of
    step_s: float

    def fitted(self, line: Line, ratio: tuple[float, float], back: FloatArray) -> tuple[Line, tuple[float, float]]:
        """Return line and ratio as these moments move them, of which each is backward by so much.

        Backward moments teach the forward line too, less their ratio; but the less, the less sure that is.
        """
        sure = line.spread**2 / (line.spread**2 + ratio[1] ** 2)
        sums = self.parts @ np.stack([(1.0 - back) * self.step_s, back * (sure * self.step_s)], axis=1)
        forward, backward = (Trend(*one) for one in sums.T.tolist())
        moved = line.learned(forward + backward.less(ratio[0]))
        strays = self.logarithm - moved.at(self.speed)
        here = self._ratio(ratio, moved, strays, back)
        own_variance = float(np.mean(strays**2 - back * (here[0] * (2.0 * strays - here[0]))))
        seconds_s = len(strays) * self.step_s
        weight = seconds_s / (seconds_s + FIRM.value)
        spread = math.sqrt(max(own_variance, 0.0) * weight + line.spread**2 * (1.0 - weight))
        return replace(moved, spread=spread, seconds_s=line.seconds_s + seconds_s), here

    def _ratio(
        self, expected: tuple[float, float], line: Line, strays: FloatArray, back: FloatArray
    ) -> tuple[float, float]:
        """Return how much more or less it is backward than the line says, as expected and as seen here."""
        count = float(back.sum())
        looks = self.step_s / MEMORY.value * count
        if looks < 1.0:
            return expected
        mean, spread = expected
        before, seen = 1.0 / spread**2, 1.0 / (line.spread**2 / looks + line.level_variance)
        there = float((strays * back).sum()) / count
        return (before * mean + seen * there) / (before + seen), math.sqrt(1.0 / (before + seen))


def _usual_speed(few: _Few, person: Person, shares: FloatArray) -> tuple[float, tuple[float, float]]:
    """Return the usual forward speed and how much slower backward is: as believed, and the faster part of each here."""
    usual, spread = _believed_speed(person)
    less, unsure = person.speed_ratio
    shares, log_speed = shares[few.by_speed], few.log_speed
    looks = few.step_s / MEMORY.value
    weight, mean = 1.0 / spread**2, usual / spread**2
    forward, backward = looks * float((1.0 - shares).sum()), looks * float(shares.sum())
    if forward >= 1.0:
        precision = 1.0 / (SPEED_SEEN_SPREAD.value**2 + 0.02 / forward)
        weight += precision
        mean += precision * (_quantile(log_speed, 1.0 - shares, USUAL.value) - ABOVE_USUAL)
    if backward < 1.0:
        return mean / weight, person.speed_ratio
    there = _quantile(log_speed, shares, USUAL.value) - ABOVE_USUAL
    seen = SPEED_SEEN_SPREAD.value**2 + 0.02 / backward
    odd = there - mean / weight - less
    whole = 1.0 / weight + unsure**2 + seen
    ratio = less + odd * unsure**2 / whole
    return mean / weight + odd / weight / whole, (ratio, unsure * math.sqrt((whole - unsure**2) / whole))


def _believed_speed(person: Person) -> tuple[float, float]:
    return PEOPLE_SPEED if person.speed_nat is None else (person.speed_nat, OWN_SPEED_SPREAD.value)


def _quantile(sorted_values: FloatArray, weights: FloatArray, share: float) -> float:
    sums = np.cumsum(weights)
    return float(sorted_values[min(int(np.searchsorted(sums, share * sums[-1])), len(sums) - 1)])


def _prior_nat(person: Person, here: Person, share: float) -> float:
    """Return how likely lines, ratios and share were, before the recording was looked at."""
    total = math.log(_share_density(person.backward_share, share))
    for name, ratio in RATIO_OF.items():
        total += getattr(person, name).prior_nat(getattr(here, name))
        total -= _squared(getattr(here, ratio)[0], getattr(person, ratio)) / 2.0
    total -= _squared(here.speed_ratio[0], person.speed_ratio) / 2.0
    total -= _squared(min(here.run_cadence.slope, 0.0), (0.0, FALLING.value)) / 2.0
    return total if here.speed_nat is None else total - _squared(here.speed_nat, _believed_speed(person)) / 2.0


def _squared(value: float, expected: tuple[float, float]) -> float:
    return ((value - expected[0]) / expected[1]) ** 2


def _share_density(usual: float, share: float) -> float:
    """Most recordings have nothing backward in them, some a part, and a few are backward throughout."""
    whole, part = WHOLE.value * usual, PART.value * usual
    none = max(1.0 - whole - part, 0.05)

    def near(end: float) -> float:
        return math.exp(-0.5 * ((share - end) / NEAR_AN_END) ** 2)

    return none * near(0.0) + 0.1 * part + whole * near(1.0)
