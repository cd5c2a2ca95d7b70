"""What a screen gets: everything computed, nothing formatted. SI units; words of core only."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.adaptation import Ceilings, Room, SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import GateState, Plan, Reason, Week, Workout
from backward_running.core.ports import ActivityRow, Counts, ImportEntry
from backward_running.core.recording import Device, Lap
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown, Paint, Totals
from backward_running.core.standing import Standing, Tag
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.effort.interval_of_people import SAID as INTERVAL_SAID
from backward_running.flows.asked_site import SiteDue
from backward_running.flows.load_views import ActivityLoad
from backward_running.flows.plan_views import LastBackward, Matched, Proposal
from backward_running.flows.tissue_views import TissuesView
from backward_running.flows.told_live import LiveView


@dataclass(frozen=True, slots=True)
class Ledger:
    """Forward, backward and unknown side by side; still, turning, sideways beside them. Sums to the whole."""

    forward: Totals
    backward: Totals
    unknown: Totals
    rest: Totals
    whole: Totals
    by_gait: Mapping[tuple[Direction, Gait | None], Totals]


@dataclass(frozen=True, slots=True)
class LapView:
    """A lap and how much of it went which way."""

    lap: Lap
    number: int
    distance_m: float | None
    heart_rate_bpm: float | None
    seconds_by_direction: Mapping[Direction, float]


@dataclass(frozen=True, slots=True)
class EnergySide:
    """What one direction, or all of it, cost."""

    key: str  #: "forward", "backward" or "whole"
    energy_j_per_kg: Estimate | NotKnown
    cost_j_per_kg_m: Estimate | NotKnown
    power_w_per_kg: Estimate | NotKnown
    capacity_share: Estimate | NotKnown  #: of the highest oxygen uptake (%VO2max)
    duration_s: float  #: the time that has a price
    distance_m: float  #: the way that has a price


@dataclass(frozen=True, slots=True)
class EnergyView:
    """What an activity cost. All of it is gross unless it says net."""

    sides: tuple[EnergySide, ...]  #: the directions that were run, then the whole
    #: Forward and backward; what the heart says of the energy, and what the running would have been on the flat.
    heart_rate_energy: Mapping[Direction, Estimate | NotKnown]
    power_energy: Mapping[Direction, Estimate | NotKnown]  #: by a foot pod's power and the forward runs beside it
    grade_adjusted_speed: Mapping[Direction, Estimate | NotKnown]
    has_heart_rate: bool
    capacity: Estimate | NotKnown  #: the highest oxygen uptake that shares are of
    standing_j_per_kg: Estimate | NotKnown | None  #: what standing still adds; None where nobody stood
    bouts_count: int  #: how many bouts the whole is the sum of
    lacks_s: float  #: moving time that has no price and is not in the whole
    #: From all forward to all backward, for what has no direction; in no sum. None where all has one.
    unknown_span: Estimate | NotKnown | None
    gross_ratio: Estimate | NotKnown  #: backward over forward at the same speed and grade, each in the gait one takes
    net_ratio: Estimate | NotKnown | None  #: the same without the oxygen of rest; None where nothing was backward
    like_forward_j_per_kg: float | None  #: what the backward way takes forward; None where nothing was backward
    interval: str = INTERVAL_SAID  #: whose spread every interval here holds


@dataclass(frozen=True, slots=True)
class EvidenceBadge:
    """What a badge beside a number opens."""

    model: str  #: key
    title: str
    standing: Standing
    tags: tuple[Tag, ...]
    says: tuple[str, ...]  #: one sentence per source
    citations: tuple[str, ...]
    valid: str  #: "speed 1.7–3.5 m/s, grade 0–25 %"
    studies: tuple[StudyView, ...] = ()  #: who was measured, how many, what was read


@dataclass(frozen=True, slots=True)
class DetectorView:
    """How a bout was found, in words."""

    key: str
    title: str
    explains: str


@dataclass(frozen=True, slots=True)
class SensorsView:
    """The motion sensors of a recording: what they are, and what the runner said of them."""

    places: tuple[str, ...]  #: as they are now, with the runner's word
    mount_known: bool  #: of all of them
    told: SuppliedMetadata  #: what the runner said; all None where nothing


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """All that the page of one activity shows, except the long series."""

    row: ActivityRow
    device: Device
    indoor: bool
    pauses_s: float
    losses: tuple[str, ...]
    ledger: Ledger
    bouts: tuple[BoutFacts, ...]
    found_by: tuple[DetectorView, ...]
    laps: tuple[LapView, ...]
    estimates: tuple[Estimate | NotKnown, ...]  #: session load, TRIMP, backward cost per kilometre against forward, …
    badges: Mapping[str, EvidenceBadge]  #: by model key
    paints: tuple[Paint, ...]
    athlete: Athlete
    has_track: bool
    previous_id: str | None
    next_id: str | None
    energy: EnergyView | None = None  #: what it cost; None where the body did not travel on its own feet
    laps_stated: str | None = None  #: the pattern of laps that the runner stated: "odd-backward"
    load: ActivityLoad | None = None  #: what it loaded by direction; None where it was not on foot
    tissues: TissuesView | None = None  #: what the backward part did to knee, calf, …; None where nothing was backward
    unknown_because: str | None = None  #: why something is unknown, in a sentence or two; None where nothing is
    only_claimed: str | None = None  #: that directions rest on a mounting which nothing bears out
    sensors: SensorsView | None = None  #: where its motion sensors sit; None where it has none
    live: LiveView | None = None  #: what a phone told on the way, beside it; None where none did
    ride_mps: float | None = None  #: its mean speed, where it names no sport and looks like a ride
    said: Direction | None = None  #: which way the runner says it went as a whole
    asked: tuple[BoutFacts, ...] = ()  #: of which the runner is asked whether they were backward
    of_several: bool = False  #: the runs differ too much to be one person's, so nothing is asked
    contradicted: tuple[Bout, ...] = ()  #: where something that was recorded shows the other way


@dataclass(frozen=True, slots=True)
class ChartData:
    """The synchronous series of one activity on one shared time base. None marks a missing sample."""

    time_s: list[float]
    columns: Mapping[str, list[float | None]]  #: name of core.names → samples
    track: list[tuple[float, float] | None]  #: (longitude_deg, latitude_deg) for each time, None where there is none
    bouts: tuple[BoutFacts, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What to do now."""

    counts: Counts
    plan: Plan | None
    gates: tuple[GateState, ...]  #: the closed ones first
    next_workout: Workout | None
    waits_for: tuple[GateState, ...]  #: closed gates for which the next session waits; empty where it may be done
    this_week: Week | None
    last_run: ActivityRow | None
    check_in_due: str | None  #: the question that is due, in words; None where none is
    simulated: bool
    proposal: Proposal | None = None  #: how the plan should change; None where it stands
    last_backward: LastBackward | None = None  #: the session the calves are asked about
    not_recorded: Workout | None = None  #: a session of these days of which nothing is known; it may be said to be done
    last_said: SaidDone | None = None  #: a session of these days that stands on the runner's word
    words: tuple[Clearance, ...] = ()  #: what clinicians said and what still holds, newest first
    limits: Ceilings | None = None  #: that hold today
    check_in_about: str | None = None  #: the session that the question speaks of, where it names one
    site_due: SiteDue | None = None  #: the question about the place of a condition that is due
    empty_because: tuple[Reason, ...] | None = None  #: why no session is left in a plan that is not over; None else
    recorded: ActivityRow | None = None  #: the recording of what is not known to be done, where it shows no direction
    lay: bool = False  #: whether the steps of that session can be laid on it
    room: Room | None = None  #: where what is not recorded could be instead; None where it was not missed yet


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: what was planned and what was done."""

    on: date
    planned: tuple[Workout, ...]
    done: tuple[ActivityRow, ...]
    matched: tuple[Matched, ...] = ()  #: of the sessions planned on that day, those with a recording
    by_hand: tuple[SaidDone, ...] = ()  #: runs written down that are no session of the plan


class NumberClass(enum.Enum):
    """What a number is for."""

    SAFETY = "safety"  #: whom running backward is for, and when to stop
    DOSE = "dose"  #: how much, how fast, how often
    SIGNAL = "signal"  #: what a recording shows
    BODY = "cost and load"  #: what it takes, and what it loads
    SCREEN = "screen"  #: what is shown, compared and simulated


@dataclass(frozen=True, slots=True)
class EvidenceNumber:
    """A number the program uses, ready to print."""

    key: str
    value: float | None  #: None for a sentence without a single number
    low: float | None
    high: float | None
    unit: str
    says: str
    citation: str
    doi: str | None
    who: str
    n: int | None
    read: str
    standing: Standing
    tag: Tag
    used_in: str  #: room and file: "effort.oxygen_uptake_leger_mercier_1984"
    number_class: NumberClass
    evidence_key: str  #: what a reason names: the finding behind a number, or this finding


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim of the article, audited."""

    ordinal: int
    article_says: str
    verdict: str  #: key of the verdict: "supported", "partly", …
    verdict_words: str
    studies_say: str
    we_do: str
    citations: tuple[str, ...]
    key: str = ""
    findings: tuple[EvidenceNumber, ...] = ()  #: what each source found, who was measured, what was read


@dataclass(frozen=True, slots=True)
class StudyView:
    """One source."""

    key: str
    citation: str
    doi: str | None
    who: str
    n: int | None
    read: str
    searched_on: date  #: when it was last searched for
    changed_by: str  #: what would change what stands here


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """Everything the program leans on."""

    claims: tuple[ClaimView, ...]
    numbers: tuple[EvidenceNumber, ...]
    studies: tuple[StudyView, ...]

    @property
    def values(self) -> tuple[EvidenceNumber, ...]:
        """Return what is a number, and no sentence."""
        return tuple(number for number in self.numbers if number.value is not None)

    @property
    def proposals_count(self) -> int:
        """Say how many of its numbers are this project's own proposals."""
        return sum(value.tag is Tag.PROPOSED for value in self.values)


@dataclass(frozen=True, slots=True)
class AnswersChecked:
    """A form that was sent: what was typed, and what is wrong with it, field by field."""

    typed: Mapping[str, object]
    problems: Mapping[str, str]  #: key of the question → one sentence: what is accepted

    @property
    def good(self) -> bool:
        """Whether a plan can be made."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What came of an import."""

    entries: tuple[ImportEntry, ...]

    def count(self, status: str) -> int:
        """Count the lines of one status."""
        return sum(entry.status == status for entry in self.entries)


@dataclass(frozen=True, slots=True)
class CheckInView:
    """A check-in with the title of its run."""

    check_in: CheckIn
    run_title: str | None
    at: datetime
