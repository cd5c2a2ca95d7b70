"""What the page of loads, and the load of one activity, show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from backward_running.core.direction import Direction
from backward_running.core.load import Loads, Measure


@dataclass(frozen=True, slots=True)
class Amount:
    """A load as it may be said: known, at least so much, or not known (None)."""

    value_au: float | None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Ratio:
    """The acute:chronic ratio, where the runner wants to see it."""

    value: float | None
    why_not: str  #: where there is none


@dataclass(frozen=True, slots=True)
class PlannedNext:
    """The next session of the plan."""

    on: date
    backward_s: float
    waits: bool  #: a closed gate holds it back


@dataclass(frozen=True, slots=True)
class Spike:
    """One session, or the next one, against the longest of the 30 days before, in one direction."""

    direction: Direction
    unit: str  #: "m" where every session's distance is known, else "s" of moving time
    session: float | None  #: None for a session that is still to come
    longest: float | None  #: None where nothing of that direction was run in the 30 days before
    may_be: float | None  #: 110 % of the longest
    hazard_ratio: float | None  #: of injury, where the session is a spike; measured running forward
    longest_id: str | None = None  #: the activity that was longest
    stopped: bool = False  #: something stops all coaching: nothing is said of a next session
    planned: PlannedNext | None = None  #: what the plan holds next of this direction: the plan decides


@dataclass(frozen=True, slots=True)
class LedgerSide:
    """One direction today."""

    direction: Direction
    fitness: Amount
    fatigue: Amount
    form: Amount
    week: Amount  #: this week so far
    week_s: float
    month_s: float  #: of the last 42 days
    month_sessions: int
    next_session: Spike
    ratio: Ratio | None  #: None where it is switched off
    first_on: date | None  #: first session of that direction; None where there was none
    settled_on: date | None  #: from then on fitness no longer shows that it began at 0


@dataclass(frozen=True, slots=True)
class UnknownSide:
    """What has no direction, and is therefore in neither ledger."""

    week: Amount
    week_s: float
    month_s: float
    month_sessions: int
    month_share: float | None  #: of all minutes with or without a direction
    longest_s: float | None  #: of 30 days
    label_next_id: str | None  #: the newest activity with an unknown part


@dataclass(frozen=True, slots=True)
class WeekSide:
    """One direction in one week."""

    load: Amount
    duration_s: float
    monotony_ratio: float | None
    strain_au: float | None
    fitness: Amount  #: at the end of the week, or today
    fatigue: Amount
    form: Amount


@dataclass(frozen=True, slots=True)
class LoadWeek:
    """One week, Monday first. Nothing in it is a sum over directions."""

    starts_on: date
    over: bool  #: whether all its days are past
    forward: WeekSide
    backward: WeekSide
    unknown: Amount
    unknown_s: float


@dataclass(frozen=True, slots=True)
class Series:
    """The days of the chart for one direction; None where a value is not known."""

    direction: Direction
    fitness_au: list[float | None]
    fatigue_au: list[float | None]
    form_au: list[float | None]
    at_least: bool  #: whether any of it is a least value


@dataclass(frozen=True, slots=True)
class Zones:
    """Seconds in each heart-rate zone, below the first one first."""

    borders_bpm: tuple[int, ...]  #: empty where there are none
    own: bool  #: whether the runner set the borders
    why_not: str  #: where there are no borders, which field would bring them
    seconds_s: Mapping[Direction, tuple[float, ...]]  #: only directions with a heart rate
    days: int | None = None  #: of so many days; None for one activity
    can_be_set: bool = True  #: whether borders of the runner's own would bring them


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """One way to count load, and of how many of the last sessions it is known."""

    measure: Measure
    known: int
    of: int


@dataclass(frozen=True, slots=True)
class Lacking:
    """A recent activity whose load is not known in the chosen measure."""

    activity_id: str
    on: date
    title: str


@dataclass(frozen=True, slots=True)
class LoadPage:
    """All that the page of loads shows."""

    today: date
    measure: Measure
    choices: tuple[MeasureChoice, ...]
    forward: LedgerSide
    backward: LedgerSide
    unknown: UnknownSide
    rest_s: float  #: standing, turning, sideways in the last 42 days: in no ledger
    weeks: tuple[LoadWeek, ...]  #: newest first
    weeks_count: int  #: how many there are in all
    days: list[date]  #: of the chart
    series: tuple[Series, Series]
    zones: Zones
    ratio_on: bool
    lacking: tuple[Lacking, ...]  #: newest first; of the last 42 days
    why_lacking: str  #: what would bring them
    uncounted: int  #: activities understood before loads were counted
    sessions: int
    ahead: int  #: activities dated after today: not counted
    simulated: bool
    said_s: dict[Direction, float]  #: of the last 42 days: what stands on the runner's word, by direction


@dataclass(frozen=True, slots=True)
class ActivityLoad:
    """What one activity loaded."""

    loads: Loads | None  #: None where it was understood before loads were counted
    zones: Zones
    spikes: tuple[Spike, ...]  #: of the directions that were run
    unknown_s: float


@dataclass(frozen=True, slots=True)
class Filled:
    """One activity whose load was counted now, and how far the work is."""

    number: int  #: 1 is the first
    of: int
    activity_id: str
    title: str
