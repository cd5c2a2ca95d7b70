"""What the backward part of a session did to each tissue, set against this runner's own forward steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

import numpy as np

from backward_running.core.arrays import BoolArray
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import FloatArray
from backward_running.core.session import BoutFacts, Estimate, NotKnown
from backward_running.core.standing import Standing, weakest
from backward_running.core.tissue import Basis, Change, ForwardSteps, TissueLoad
from backward_running.effort._tissue import Tissue
from backward_running.effort.choices import BACKWARD_RUN_FROM
from backward_running.evidence import Number, own_proposal
from backward_running.evidence.studies import leg_muscles_lab

STEP_FREQUENCY: Final = Number("backward_step_frequency_ratio", 1.095, "1", leg_muscles_lab.STEPS, low=1.08, high=1.11)
STEP_FREQUENCY_LOW: Final = Number("backward_step_frequency_low_ratio", 1.08, "1", leg_muscles_lab.STEPS)
STEP_FREQUENCY_HIGH: Final = Number("backward_step_frequency_high_ratio", 1.11, "1", leg_muscles_lab.STEPS)
SAME_WITHIN: Final = Number(
    "tissue_same_within_share",
    0.05,
    "1",
    own_proposal(
        "this_project.tissue_same_within", "A multiple within 5 % of 1 whose interval holds 1 is called about the same."
    ),
)
UPHILL_FROM: Final = Number(
    "tissue_uphill_from_ratio",
    0.03,
    "1",
    own_proposal(
        "this_project.tissue_uphill_from",
        "From a mean grade of 3 % the studies, which ran on the level, are said not to hold.",
    ),
)
DOWNHILL_FROM: Final = Number(
    "tissue_downhill_from_ratio",
    -0.01,
    "1",
    own_proposal(
        "this_project.tissue_downhill_from", "From a mean grade of −1 % downwards nothing is said of the calf."
    ),
)
OWN_LEAST: Final = Number(
    "tissue_own_forward_least_s",
    60.0,
    "s",
    own_proposal(
        "this_project.tissue_own_forward_least",
        "Of less than a minute of forward running in a recording, the pace is chance.",
    ),
)

NO_SPEED = "No speed was recorded: a distance for this stretch would bring it back."
NO_STEPS = "No steps were counted: a watch or foot pod that records cadence would bring it back."
WALKED = "Only running was studied: what walking backward does to it is not known."
NO_BACKWARD = "Nothing in this run is marked as backward."
OUTSIDE = "Part of it lies outside the speeds that were studied."
SLOPED = "Part of it was on a slope; the studies ran on the level."
PUBLISHED = (
    "No forward steps of yours are known: the same speed is assumed, with backward steps 1.08 to 1.11 times as many."
)
OWN_PACE = (
    "A forward step at your own pace is taken to load no more than one at the backward speed. It likely loads"
    " more, so "
    "this multiple is rather too high than too low."
)
WALK_STEPS = "How many more steps walking backward takes was not studied: the ratio of running is used."
GIVES: Final = {
    Basis.STEP: "load_per_step_ratio",
    Basis.MINUTE: "load_per_minute_ratio",
    Basis.KILOMETRE: "load_per_kilometre_ratio",
    Basis.SESSION: "load_forward_steps_count",
}
SAME_SPEED = "load_same_speed_ratio"

Three = tuple[float, float, float]  #: best, low, high


@dataclass(frozen=True, slots=True)
class BackwardBout:
    """A backward bout with what it is set against."""

    facts: BoutFacts
    own_pace: ForwardSteps | None  #: this runner's own forward running (or walking); None where none is known
    same_speed: ForwardSteps | None  #: the same runner forward at the speed of this bout; None where not known
    grade_ratio: float | None = None  #: mean, positive uphill

    @property
    def speed_mps(self) -> float | None:
        """Mean speed while moving."""
        facts = self.facts
        if facts.distance_m is None or not facts.moving_s > 0:
            return None
        return facts.distance_m / facts.moving_s

    @property
    def gait(self) -> Gait:
        """The gait that was found, or what the speed says."""
        if self.facts.bout.gait is not None:
            return self.facts.bout.gait
        return Gait.RUN if (self.speed_mps or 0) >= BACKWARD_RUN_FROM.value else Gait.WALK

    @property
    def steps_count(self) -> float | None:
        """Steps as counted, or cadence times time."""
        if self.facts.steps_count is not None:
            return self.facts.steps_count or None
        return self.facts.cadence_spm * self.facts.moving_s / 60 if self.facts.cadence_spm else None


@dataclass(frozen=True, slots=True)
class _Part:
    """One bout and one tissue: the factor of a step, and the forward steps it is set against."""

    factor: Three
    moving_s: float
    steps_count: float | None
    in_time: Three | None  #: own forward steps in the same time
    in_distance: Three | None  #: own forward steps over the same distance
    at_same_speed: Three | None  #: own forward steps at the same speed, in the same time and over the same distance
    inside: bool  #: whether the speed lies in the studied range
    caveats: tuple[str, ...]
    on_own_pace: str | None  #: what to know of `in_time` and `in_distance`
    on_same_speed: tuple[str, ...]  #: what to know of `at_same_speed`


@cache
def all_tissues() -> tuple[Tissue, ...]:
    """Every tissue, in the order of a table."""
    from backward_running import effort
    from backward_running.core.plugs import discover

    return tuple(sorted(discover(effort, Tissue).values(), key=lambda tissue: tissue.ordinal))


def tissue_loads(bouts: Sequence[BackwardBout]) -> tuple[TissueLoad, ...]:
    """Say what backward bouts did to each tissue, in multiples of this runner's own forward running.

    Parameters
    ----------
    bouts : sequence of BackwardBout
        Backward bouts, each with the forward steps it is set against. Others are refused by being left out.

    Returns
    -------
    tuple of TissueLoad
        One per tissue. Each basis has an Estimate or a NotKnown that says what would bring it back.

    Notes
    -----
    With f the factor of a step at equal speed, n the backward steps of a bout, and m the own forward steps in the same
    time or over the same distance: per step Σfn/Σn, per minute and kilometre Σfn/Σm, session Σfn. The interval of f is
    the same person's in every bout, so its ends are added end to end; that of m is independent of f and is put together
    with it as lognormal errors are.

    Examples
    --------
    >>> [load.said[Basis.STEP].why for load in tissue_loads(())][:1]
    ['Nothing in this run is marked as backward.']
    """
    backward = [bout for bout in bouts if bout.facts.bout.direction is Direction.BACKWARD]
    return tuple(_load(tissue, backward) for tissue in all_tissues())


def change_of(said: Estimate | NotKnown) -> Change:
    """Say in a word what the interval of a multiple means.

    >>> change_of(Estimate("load_per_step_ratio", 0.76, 0.55, 1.05, "m", Standing.OPINION))
    <Change.PROBABLY_LESS: 'probably less'>
    """
    if isinstance(said, NotKnown):
        return Change.NOT_KNOWN
    if said.low > 1:
        return Change.MORE
    if said.high < 1:
        return Change.LESS
    if abs(said.value - 1) <= SAME_WITHIN.value + 1e-9:
        return Change.SAME
    return Change.PROBABLY_MORE if said.value > 1 else Change.PROBABLY_LESS


@dataclass(frozen=True, slots=True, eq=False)
class _Factors:
    """What a model says of the speeds of all bouts, each of shape (bouts,)."""

    best: FloatArray
    low: FloatArray
    high: FloatArray
    refused: BoolArray
    inside: BoolArray


def _load(tissue: Tissue, bouts: Sequence[BackwardBout]) -> TissueLoad:
    factors = _factors(tissue, bouts)
    parts = [_part(tissue, bout, factors, row) for row, bout in enumerate(bouts)] or [NO_BACKWARD]
    known = [part for part in parts if isinstance(part, _Part)]
    left_out = tuple(dict.fromkeys(part for part in parts if isinstance(part, str)))
    said: dict[Basis, Estimate | NotKnown] = {
        Basis.STEP: _per_step(tissue, known, left_out),
        Basis.MINUTE: _set_against(tissue, Basis.MINUTE, known, left_out, lambda part: part.in_time),
        Basis.KILOMETRE: _set_against(tissue, Basis.KILOMETRE, known, left_out, lambda part: part.in_distance),
        Basis.SESSION: _session(tissue, known, left_out),
    }
    same = _set_against(tissue, None, known, left_out, lambda part: part.at_same_speed)
    changes = {basis: change_of(said[basis]) for basis in (Basis.STEP, Basis.MINUTE, Basis.KILOMETRE)}
    changes[Basis.SESSION] = changes[Basis.KILOMETRE]
    return TissueLoad(tissue.key, tissue.title, tissue.means, tissue.confidence, said, same, changes)


def _factors(tissue: Tissue, bouts: Sequence[BackwardBout]) -> _Factors:
    speed_mps = np.array([np.nan if bout.speed_mps is None else bout.speed_mps for bout in bouts])
    model = tissue.model
    refused = np.broadcast_to(model.refused(speed_mps=speed_mps), speed_mps.shape)
    answered = np.where(refused, np.nan, speed_mps)
    best, low, high = (np.asarray(take(speed_mps=answered)) for take in (model.best, model.low, model.high))
    return _Factors(best, low, high, refused, np.broadcast_to(model.inside(speed_mps=speed_mps), speed_mps.shape))


def _part(tissue: Tissue, bout: BackwardBout, factors: _Factors, row: int) -> _Part | str:
    """Return what one bout did to a tissue, or why that is not known."""
    model, speed_mps = tissue.model, bout.speed_mps
    if speed_mps is None:
        return NO_SPEED
    if model.gait is not None and bout.gait is not model.gait:
        return WALKED
    if factors.refused[row]:
        return model.limits["speed_mps"].above
    grade = bout.grade_ratio or 0
    if tissue.downhill is not None and grade <= DOWNHILL_FROM.value:
        return tissue.downhill
    minutes, same, own = bout.facts.moving_s / 60, _same_speed(bout), bout.own_pace
    return _Part(
        factor=(float(factors.best[row]), float(factors.low[row]), float(factors.high[row])),
        moving_s=bout.facts.moving_s,
        steps_count=bout.steps_count,
        in_time=same if own is None else _forward(own, minutes),
        in_distance=same if own is None else _forward(own, minutes, speed_mps / own.speed_mps),
        at_same_speed=same,
        inside=bool(factors.inside[row]),
        caveats=tuple(_caveats(bool(factors.inside[row]), grade)),
        on_own_pace=None if own is None else OWN_PACE,
        on_same_speed=_on_same_speed(bout),
    )


def _same_speed(bout: BackwardBout) -> Three | None:
    """Return the forward steps at the speed of a bout: own ones where known, else as the studies have it."""
    if bout.same_speed is not None:
        return _forward(bout.same_speed, bout.facts.moving_s / 60)
    steps = bout.steps_count
    if steps is None:
        return None
    return steps / STEP_FREQUENCY.value, steps / STEP_FREQUENCY_HIGH.value, steps / STEP_FREQUENCY_LOW.value


def _forward(own: ForwardSteps, minutes: float, stretch: float = 1.0) -> Three:
    """Return the own forward steps in so many minutes, or over a distance `stretch` times that of those minutes."""
    many = minutes * stretch
    return own.cadence_spm * many, own.cadence_low_spm * many, own.cadence_high_spm * many


def _on_same_speed(bout: BackwardBout) -> tuple[str, ...]:
    if bout.same_speed is not None:
        return ()
    return (PUBLISHED, WALK_STEPS) if bout.gait is Gait.WALK else (PUBLISHED,)


def _caveats(inside: bool, grade_ratio: float) -> Iterable[str]:
    if not inside:
        yield OUTSIDE
    if grade_ratio >= UPHILL_FROM.value or grade_ratio <= DOWNHILL_FROM.value:
        yield SLOPED


def _per_step(tissue: Tissue, parts: Sequence[_Part], left_out: tuple[str, ...]) -> Estimate | NotKnown:
    """Average over the steps; over the time where not all bouts have steps."""
    name = GIVES[Basis.STEP]
    if not parts:
        return NotKnown(name, left_out[0])
    counted = all(part.steps_count for part in parts)
    weights = [part.steps_count if counted and part.steps_count else part.moving_s for part in parts]
    whole = sum(weights)
    best, low, high = (
        sum(part.factor[i] * w for part, w in zip(parts, weights, strict=True)) / whole for i in range(3)
    )
    return _said(tissue, name, (best, low, high), parts, left_out)


def _session(tissue: Tissue, parts: Sequence[_Part], left_out: tuple[str, ...]) -> Estimate | NotKnown:
    """Count the backward part in own forward steps: a sum over the bouts."""
    name = GIVES[Basis.SESSION]
    counted = [part for part in parts if part.steps_count]
    left_out = (*left_out, *((NO_STEPS,) if len(counted) < len(parts) else ()))
    if not counted:
        return NotKnown(name, left_out[0])
    return _said(tissue, name, _worth(counted), counted, left_out)


def _set_against(
    tissue: Tissue,
    basis: Basis | None,
    parts: Sequence[_Part],
    left_out: tuple[str, ...],
    forward: Callable[[_Part], Three | None],
) -> Estimate | NotKnown:
    """Divide the load of the backward steps by own forward steps."""
    name = GIVES[basis] if basis else SAME_SPEED
    counted = [part for part in parts if part.steps_count and forward(part) is not None]
    left_out = (*left_out, *((NO_STEPS,) if len(counted) < len(parts) else ()))
    if not counted:
        return NotKnown(name, left_out[0])
    against: Any = [forward(part) for part in counted]
    notes = [(part.on_own_pace,) if basis and part.on_own_pace else part.on_same_speed for part in counted]
    said = _said(tissue, name, _divided(_worth(counted), _summed(against)), counted, left_out)
    return replace(said, caveats=tuple(dict.fromkeys([*(words for note in notes for words in note), *said.caveats])))


def _worth(parts: Iterable[_Part]) -> Three:
    """Return the load in forward steps."""
    return _summed([_times(part.factor, part.steps_count or 0) for part in parts])


def _times(three: Three, many: float) -> Three:
    return three[0] * many, three[1] * many, three[2] * many


def _summed(threes: Sequence[Three]) -> Three:
    return sum(three[0] for three in threes), sum(three[1] for three in threes), sum(three[2] for three in threes)


def _divided(above: Three, below: Three) -> Three:
    """Divide two independent numbers; their relative errors are put together as those of lognormal numbers.

    >>> _divided((1.0, 0.5, 2.0), (2.0, 2.0, 2.0))
    (0.5, 0.25, 1.0)
    """
    best = above[0] / below[0]
    down = math.hypot(math.log(above[0] / above[1]), math.log(below[2] / below[0]))
    up = math.hypot(math.log(above[2] / above[0]), math.log(below[0] / below[1]))
    return best, best * math.exp(-down), best * math.exp(up)


def _said(tissue: Tissue, name: str, three: Three, parts: Sequence[_Part], left_out: tuple[str, ...]) -> Estimate:
    caveats = tuple(dict.fromkeys(words for part in parts for words in part.caveats))
    best, low, high = three
    model, left_out = tissue.model, tuple(dict.fromkeys(left_out))
    outside = not all(part.inside for part in parts)
    standing = weakest(model.standing, Standing.EXTRAPOLATED) if outside else model.standing
    return Estimate(name, best, min(low, best), max(high, best), model.key, standing, caveats, left_out)
