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

from backward_running.core.recording import FloatArray
from backward_running.gait._habits import Person
from backward_running.gait._lines import FIRM, MEMORY, Line, weighed_trend
from backward_running.gait._own_lines import ABOVE_USUAL, FLAT, USUAL, lines_here
from backward_running.gait._proposal import proposal
from backward_running.gait._watch_cells import Cells
from backward_running.gait._witnesses import witnesses

APART = proposal("reading_moments_apart_s", 10.0, "s", "A recording is read by moments 10 s apart: the mean of 9 s.")
BEGUN = (0.15, 0.4, 0.75, 1.0)  #: shares of backward time from which a reading is begun, beside the cautious one
ROUNDS = 4  #: of fitting; the shares hardly move after three
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
    stride = max(round(APART.value / cells.step_s), 1)
    few = cells.of(slice(stride // 2, None, stride), cells.step_s * stride)
    few = few.of(few.runs & (few.uphill < FLAT.value), few.step_s)
    if len(few.speed) == 0:
        return [Reading(cautious, person.backward_share, 1.0)]
    first = _fitted(few, person, _shares(few, cautious, person.backward_share))
    lean = _summed(few, cautious)[0]
    rank = np.empty(len(lean))
    rank[np.argsort(-lean, kind="stable")] = (np.arange(len(lean)) + 0.5) / len(lean)
    found = [first]
    for begun in BEGUN:
        one = _fitted(few, person, np.where(rank < begun, 0.9, 0.1))
        if all(np.abs(one.shares - other.shares).mean() >= SAME for other in found):
            found.append(one)
    return _weighed(found, cautious)


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


def _fitted(few: Cells, person: Person, shares: FloatArray) -> _Fitted:
    """Fit lines and share to one another, from how probable it is of each moment that it is backward."""
    here, share = person, person.backward_share
    for _ in range(ROUNDS):
        here, share = _fitted_person(few, person, shares), _share(few, person, shares)
        shares = _shares(few, here, share)
    return _Fitted(here, share, shares, _seen_nat(few, here, shares) + _prior_nat(person, here, share))


def _seen_nat(few: Cells, here: Person, shares: FloatArray) -> float:
    """Return how likely all that was seen is, if the person is just so: what is not known of them is in the prior."""
    share = float(np.clip(shares.mean(), LEAST_SHARE, 1.0 - LEAST_SHARE))
    sure = {name: getattr(here, name).as_if_sure() for name in RATIO_OF}
    _, forward, backward = _summed(few, replace(here, **sure))
    mixed = np.logaddexp(math.log1p(-share) + forward, math.log(share) + backward)
    return few.step_s / MEMORY.value * float(mixed.sum())


def _shares(few: Cells, here: Person, share: float) -> FloatArray:
    lean = _summed(few, here)[0]
    return np.asarray(1.0 / (1.0 + np.exp(-lean - math.log(share / (1.0 - share)))))


def _summed(few: Cells, here: Person) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return what all witnesses say together: backward to forward, forward alone, backward alone."""
    lean, forward, backward = np.zeros((3, len(few.speed)))
    for said in witnesses(few, here):
        lean += np.where(said.where, said.lean_nat, 0.0)
        forward += np.where(said.where, said.forward_nat, 0.0)
        backward += np.where(said.where, said.backward_nat, 0.0)
    return lean, forward, backward


def _share(few: Cells, person: Person, shares: FloatArray) -> float:
    """Return the share of backward moments, kept off its ends; what is usual counts as one look."""
    looks = few.step_s / MEMORY.value
    share = (person.backward_share + looks * float(shares.sum())) / (1.0 + looks * len(shares))
    return min(max(share, LEAST_SHARE), 1.0 - LEAST_SHARE)


def _fitted_person(few: Cells, person: Person, shares: FloatArray) -> Person:
    """Return the person with lines and ratios moved by every moment for what it probably is."""
    moved: dict[str, object] = {}
    for name, (speed, logarithm) in _quantities(few).items():
        known = np.isfinite(logarithm) & np.isfinite(speed)
        if not known.any():
            continue
        seen = _Moments(speed[known], logarithm[known], shares[known], few.step_s)
        moved[name], moved[RATIO_OF[name]] = seen.fitted(getattr(person, name), getattr(person, RATIO_OF[name]))
    usual_nat, ratio = _usual_speed(few, person, shares)
    return replace(person, **moved, speed_nat=usual_nat, speed_ratio=ratio)  # type: ignore[arg-type]


def _quantities(few: Cells) -> dict[str, tuple[FloatArray, FloatArray]]:
    return {
        "run_cadence": (few.speed, few.cadence_nat),
        "heart_rate": (few.lagged_speed, few.heart_rate_nat),
        "contact_time": (few.speed, few.contact_time_nat),
        "vertical_oscillation": (few.speed, few.vertical_oscillation_nat),
    }


class _Moments(NamedTuple):
    """One quantity at moments of which each is backward by so much."""

    speed: FloatArray
    logarithm: FloatArray
    back: FloatArray
    step_s: float

    def fitted(self, line: Line, ratio: tuple[float, float]) -> tuple[Line, tuple[float, float]]:
        """Return line and ratio as these moments move them.

        Backward moments teach the forward line too, less their ratio; but the less, the less sure that is.
        """
        x, y, back = self.speed, self.logarithm, self.back
        sure = line.spread**2 / (line.spread**2 + ratio[1] ** 2)
        forward = weighed_trend(x, y, (1.0 - back) * self.step_s)
        moved = line.learned(forward + weighed_trend(x, y - ratio[0], sure * back * self.step_s))
        strays = y - moved.at(x)
        here = self._ratio(ratio, moved, strays)
        own_variance = float(((1.0 - back) * strays**2 + back * (strays - here[0]) ** 2).mean())
        seconds_s = len(x) * self.step_s
        weight = seconds_s / (seconds_s + FIRM.value)
        spread = math.sqrt(own_variance * weight + line.spread**2 * (1.0 - weight))
        return replace(moved, spread=spread, seconds_s=line.seconds_s + seconds_s), here

    def _ratio(self, expected: tuple[float, float], line: Line, strays: FloatArray) -> tuple[float, float]:
        """Return how much more or less it is backward than the line says, as expected and as seen here."""
        looks = self.step_s / MEMORY.value * float(self.back.sum())
        if looks < 1.0:
            return expected
        mean, spread = expected
        before, seen = 1.0 / spread**2, 1.0 / (line.spread**2 / looks + line.level_variance)
        there = float((strays * self.back).sum() / self.back.sum())
        return (before * mean + seen * there) / (before + seen), math.sqrt(1.0 / (before + seen))


def _usual_speed(few: Cells, person: Person, shares: FloatArray) -> tuple[float, tuple[float, float]]:
    """Return the usual forward speed and how much slower backward is: as believed, and the faster part of each here."""
    usual, spread = _believed_speed(person)
    less, unsure = person.speed_ratio
    log_speed = np.log(few.speed)
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


def _quantile(values: FloatArray, weights: FloatArray, share: float) -> float:
    order = np.argsort(values)
    sums = np.cumsum(weights[order])
    return float(values[order[min(int(np.searchsorted(sums, share * sums[-1])), len(order) - 1)]])


def _prior_nat(person: Person, here: Person, share: float) -> float:
    """Return how likely lines, ratios and share were, before the recording was looked at."""
    total = math.log(_share_density(person.backward_share, share))
    for name, ratio in RATIO_OF.items():
        total += getattr(person, name).prior_nat(getattr(here, name))
        total -= _squared(getattr(here, ratio)[0], getattr(person, ratio)) / 2.0
    total -= _squared(here.speed_ratio[0], person.speed_ratio) / 2.0
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
