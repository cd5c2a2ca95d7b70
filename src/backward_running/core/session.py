"""A recording, understood: bouts, what they hold, what they sum to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.load import Hearts, Loads
from backward_running.core.standing import Standing

_BETWEEN_MODELS = " + "
#: What a bout was found by that stands on the runner's word on the whole recording.
SAID = "said"
LEAST_STEPS = 2.0  #: of fewer steps the length is chance
#: What bests are kept for: a straight, a lap, and the unit of a pace; each way by itself.
BEST_LENGTHS_M = (100.0, 400.0, 1000.0)
BEST_WAYS = (Direction.BACKWARD, Direction.FORWARD)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that knows where it comes from.

    ``low`` … ``high`` is the interval the model states (for the population, unless a caveat says otherwise).
    """

    name: str  #: of core.names, unit last
    value: float
    low: float
    high: float
    model: str  #: key of the model; of several, as :func:`join_models` writes them
    standing: Standing
    caveats: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()  #: why parts of what it stands for are not in it, one sentence each

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise BadValue(self.name, "lie between its low and high", (self.low, self.value, self.high))

    @property
    def models(self) -> tuple[str, ...]:
        """Keys of the models that answered."""
        return tuple(self.model.split(_BETWEEN_MODELS))

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that is to be said with it: the caveats, and what is not in it."""
        return (*self.caveats, *(f"Left out: {why}" for why in self.left_out))


def join_models(keys: Iterable[str]) -> str:
    """Write the keys of several models as one, each once: what :attr:`Estimate.models` takes apart again.

    >>> join_models(["walk", "run", "walk"])
    'walk + run'
    """
    return _BETWEEN_MODELS.join(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class NotKnown:
    """An honest absence: a number that could not be given, and why, in one sentence for the runner."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What a bout looks like that nothing shows: a reason to ask the runner, never an answer. No total counts it."""

    direction: Direction  #: the one worth asking about
    probability_share: float
    found_by: str  #: key of the detector


@dataclass(frozen=True, slots=True)
class Bout:
    """A stretch ``[start_s, end_s)`` in one direction and gait. The bouts of a recording tile it exactly."""

    start_s: float
    end_s: float
    direction: Direction
    gait: Gait | None
    probability_share: float | None  #: None where nothing was measured: direction unknown, or as said
    #: Key of the detector; "paint" for the runner's own hand, "said" for their word on the whole recording, "nothing"
    #: for unknown.
    found_by: str
    hint: Hint | None = None  #: of a bout that nothing shows, where something at least hints at another direction

    def __post_init__(self) -> None:
        if not self.end_s > self.start_s:
            raise BadValue("end_s", f"lie after start_s ({self.start_s:g})", self.end_s)

    @property
    def duration_s(self) -> float:
        """Length of the bout, pauses included."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Paint:
    """The runner's own hand: "from here to there I ran that way". Kept apart from what was detected."""

    start_s: float
    end_s: float
    direction: Direction
    gait: Gait | None = None  #: None keeps the gait that was found
    painted_at: datetime | None = None
    laps: str | None = None  #: meant instead: a pattern of laps, "odd-backward"; "clear": none; "planned:300fw,60br"


@dataclass(frozen=True, slots=True)
class BoutFacts:
    """What was measured and estimated in one bout. Missing is None."""

    bout: Bout
    moving_s: float
    distance_m: float | None = None
    steps_count: float | None = None
    heart_rate_bpm: float | None = None
    cadence_spm: float | None = None
    ascent_m: float | None = None
    energy_j_per_kg: Estimate | NotKnown = NotKnown("energy_j_per_kg", "not computed")
    contact_time_s: float | None = None  #: how long a foot stays on the ground in each step
    flight_time_s: float | None = None  #: how long no foot is on the ground in each step; None walking: there is none
    energy_lacks_s: float = 0.0  #: moving time that has no price, where the rest of the bout has one

    @property
    def step_length_m(self) -> float | None:
        """Mean length of a step."""
        return _step_length_m(self.distance_m, self.steps_count)


@dataclass(frozen=True, slots=True)
class Totals:
    """Facts of several bouts, summed. A sum over nothing known is None, never 0."""

    bouts_count: int
    duration_s: float
    moving_s: float
    distance_m: float | None
    steps_count: float | None
    heart_rate_bpm: float | None  #: time-weighted mean
    cadence_spm: float | None  #: time-weighted mean
    ascent_m: float | None
    energy_j_per_kg: Estimate | NotKnown
    energy_unknown_s: float  #: moving time whose energy is not known and therefore not in the sum
    contact_time_s: float | None  #: time-weighted mean
    flight_time_s: float | None  #: time-weighted mean of the bouts that have one
    step_length_m: float | None  #: mean over the bouts whose steps and distance are both known

    @property
    def speed_mps(self) -> float | None:
        """Mean speed while moving."""
        if self.distance_m is None or self.moving_s <= 0:
            return None
        return self.distance_m / self.moving_s


@dataclass(frozen=True, slots=True)
class BestEffort:
    """The best of one kind within one run: its longest stretch of a direction, or its fastest way over a length."""

    direction: Direction
    length_m: float | None  #: None: the longest stretch by time
    gait: Gait | None
    duration_s: float
    distance_m: float | None
    speed_mps: float | None
    ascent_m: float | None

    @property
    def worth(self) -> float:
        """By what those of one kind are held against each other."""
        return self.duration_s if self.length_m is None else self.speed_mps or 0.0


@dataclass(frozen=True, slots=True)
class Session:
    """A recording understood: what was found, by which recipe, and what it adds up to.

    ``found`` are the bouts as detected; ``bouts`` are those after what the runner says of the whole recording has
    filled the unknown ones, and their paint was laid over them.
    """

    activity_id: str
    found: tuple[Bout, ...]
    bouts: tuple[BoutFacts, ...]
    estimates: tuple[Estimate | NotKnown, ...]
    recipe: Mapping[str, str] = field(default_factory=dict)  #: detectors, models and their versions
    loads: Loads | None = None  #: by direction; None where it was understood before loads were counted
    hearts: Hearts | None = None  #: by direction; None like `loads`
    said: Direction | None = None  #: what the runner says of the whole recording; None where they say nothing
    bests: tuple[BestEffort, ...] | None = None  #: one of each kind; None where they were not looked for yet

    def totals(self, direction: Direction | None = None, gait: Gait | None = None) -> Totals:
        """Sum the bouts of one direction and gait (None: of all)."""
        chosen = [
            facts
            for facts in self.bouts
            if direction in (None, facts.bout.direction) and gait in (None, facts.bout.gait)
        ]
        return sum_facts(chosen)


def sum_facts(facts: Iterable[BoutFacts]) -> Totals:
    """Sum facts of bouts. Intervals of one model are added end to end, as fully correlated: the careful choice."""
    facts = list(facts)
    return Totals(
        bouts_count=len(facts),
        duration_s=sum(fact.bout.duration_s for fact in facts),
        moving_s=sum(fact.moving_s for fact in facts),
        distance_m=_sum_known(fact.distance_m for fact in facts),
        steps_count=_sum_known(fact.steps_count for fact in facts),
        heart_rate_bpm=_mean_known([(fact.heart_rate_bpm, fact.moving_s) for fact in facts]),
        cadence_spm=_mean_known([(fact.cadence_spm, fact.moving_s) for fact in facts]),
        ascent_m=_sum_known(fact.ascent_m for fact in facts),
        energy_j_per_kg=sum_estimates("energy_j_per_kg", [fact.energy_j_per_kg for fact in facts]),
        energy_unknown_s=sum(
            fact.moving_s if isinstance(fact.energy_j_per_kg, NotKnown) else fact.energy_lacks_s for fact in facts
        ),
        contact_time_s=_mean_known([(fact.contact_time_s, fact.moving_s) for fact in facts]),
        flight_time_s=_mean_known([(fact.flight_time_s, fact.moving_s) for fact in facts]),
        step_length_m=_mean_known([(fact.step_length_m, fact.steps_count or 0.0) for fact in facts]),
    )


def sum_estimates(name: str, parts: Iterable[Estimate | NotKnown]) -> Estimate | NotKnown:
    """Add estimates end to end; the sum stands no better than its weakest part. Unknown parts are named, not added."""
    parts = list(parts)
    known = [part for part in parts if isinstance(part, Estimate)]
    unknown = [part for part in parts if isinstance(part, NotKnown)]
    if not known:
        return NotKnown(name, unknown[0].why if unknown else "There is nothing to add up.")
    caveats = dict.fromkeys(caveat for part in known for caveat in part.caveats)
    left_out = dict.fromkeys((*(why for part in known for why in part.left_out), *(part.why for part in unknown)))
    return Estimate(
        name,
        sum(part.value for part in known),
        sum(part.low for part in known),
        sum(part.high for part in known),
        join_models(key for part in known for key in part.models),
        min((part.standing for part in known), key=lambda standing: standing.rank),
        tuple(caveats),
        tuple(left_out),
    )


def _step_length_m(distance_m: float | None, steps_count: float | None) -> float | None:
    """Return the mean length of a step; None where either is not known, or nobody stepped."""
    if distance_m is None or steps_count is None or steps_count < LEAST_STEPS:
        return None
    return distance_m / steps_count


def _sum_known(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _mean_known(pairs: list[tuple[float | None, float]]) -> float | None:
    known = [(value, weight) for value, weight in pairs if value is not None and weight > 0]
    weight = sum(weight for _, weight in known)
    return sum(value * w for value, w in known) / weight if weight > 0 else None
