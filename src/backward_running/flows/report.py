"""A report for a physician, a physiotherapist or a coach: what was done, how it felt, what was measured. Only the past.

It holds nothing that suggests training, so it may leave while a warning sign stands: that is when it is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.direction import Direction
from backward_running.core.goals import condition_of
from backward_running.core.paper import Section
from backward_running.core.plan import Plan
from backward_running.core.ports import CoachingAndLoad, Experimenting, PlanHistory
from backward_running.core.screening import RED_FLAGS
from backward_running.evidence import proposed_number
from backward_running.flows import days, match, works
from backward_running.flows.works import Overview
from backward_running.formats.csv_table import write_table
from backward_running.formats.fhir import CODES, Code, Observation, write_bundle
from backward_running.formats.report_pdf import write_report
from backward_running.rehab.pain_limits import limit_of

WEEKS = proposed_number("report_weeks", 12.0, "wk", "A report looks twelve weeks back: a programme with its run-in.")
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class WeekDone:
    """One week: what was run, what of the plan was done, and the worst that was told. Missing is None, never 0."""

    starts_on: date
    forward_s: float
    backward_s: float
    unknown_s: float  #: on foot without a direction; in neither
    sessions_planned: int
    sessions_done: int
    worst_pain_nrs: float | None
    worst_calf_nrs: float | None
    exertion_cr10: float | None  #: mean of what was told


@dataclass(frozen=True, slots=True)
class PainDay:
    """Pain that was told, beside its limit."""

    on: date
    moment: str
    site: str
    pain_nrs: float
    limit_nrs: float

    @property
    def is_over(self) -> bool:
        """Whether it is over its limit."""
        return self.pain_nrs > self.limit_nrs


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: a fall, a warning sign, a session that was broken off."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report says, in SI units, oldest first."""

    made_at: datetime
    since: date
    until: date
    athlete: Athlete
    is_simulated: bool
    weeks: tuple[WeekDone, ...]
    pain: tuple[PainDay, ...]
    events: tuple[Event, ...]
    whole: Overview
    first_backward_on: date | None
    check_in_days: int  #: days on which something was told

    @property
    def planned(self) -> int:
        """Return how many sessions were planned up to today."""
        return sum(week.sessions_planned for week in self.weeks)

    @property
    def done(self) -> int:
        """Return how many of them were done."""
        return sum(week.sessions_done for week in self.weeks)


def report(store: Experimenting, *, now: datetime) -> Report:
    """Gather a report of the last weeks.

    Parameters
    ----------
    store : Experimenting
        With runs, words, check-ins, measurements and the plan.
    now : datetime
        The moment, aware.

    Returns
    -------
    Report
        Up to today; no session to come is in it.
    """
    today = days.today(store, now)
    since = days.week_start(store, today) - (int(WEEKS.value) - 1) * WEEK
    told = [each for each in days.check_ins(store, since=since) if since <= _day(each) <= today]
    plan, athlete = store.plan(), store.athlete()
    goal = str(plan.answers.get("goal", "")) if plan is not None else ""
    whole = works.overview(store)
    return Report(
        days.on_own_clock(store, now),
        since,
        today,
        athlete,
        athlete.simulated or whole.is_simulated,
        _weeks(store, told, since, today),
        tuple(_pain(told, condition_of(goal) if goal else None)),
        tuple(sorted(_events(told), key=lambda event: event.on)),
        whole,
        whole.first_on,
        len({_day(each) for each in told}),
    )


def _day(told: CheckIn) -> date:
    return told.on or told.made_at.date()


def _weeks(store: CoachingAndLoad, told: list[CheckIn], since: date, today: date) -> tuple[WeekDone, ...]:
    plan = store.plan()
    done, planned, done_ids = works.seconds_by_day(store), _planned(plan, today), _done_ids(store, plan, today)
    found = []
    for number in range((today - since).days // 7 + 1):
        first = since + number * WEEK
        week = [first + timedelta(days=place) for place in range(7)]
        forward_s, backward_s, unknown_s = (sum(done[way].get(day, 0.0) for day in week) for way in _WAYS)
        sessions = [workout_id for on, workout_id in planned if on in week]
        said = [each for each in told if _day(each) in week]
        exertion = [each.perceived_exertion_cr10 for each in said if each.perceived_exertion_cr10 is not None]
        found.append(
            WeekDone(
                first,
                forward_s,
                backward_s,
                unknown_s,
                len(sessions),
                len(done_ids.intersection(sessions)),
                max((pain for each in said for pain in each.pain_nrs.values()), default=None),
                max((each.calf_soreness_nrs for each in said if each.calf_soreness_nrs is not None), default=None),
                sum(exertion) / len(exertion) if exertion else None,
            )
        )
    return tuple(found)


_WAYS = (Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN)


def _planned(plan: Plan | None, today: date) -> list[tuple[date, str]]:
    """Return day and id of every session of the plan that is behind."""
    return [] if plan is None else [(each.on, each.workout_id) for each in plan.workouts() if each.on < today]


def _done_ids(store: PlanHistory, plan: Plan | None, today: date) -> set[str]:
    if plan is None:
        return set()
    return {each.workout_id for each in match.done(store, plan, until=today) if each.workout_id is not None}


def _pain(told: Iterable[CheckIn], condition: str | None) -> Iterable[PainDay]:
    for each in sorted(told, key=_day):
        for site, pain in sorted(each.pain_nrs.items()):
            yield PainDay(_day(each), each.moment.value, site, pain, limit_of(site, condition).value)


def _events(told: Iterable[CheckIn]) -> Iterable[Event]:
    flags = {flag.key: flag.words for flag in RED_FLAGS}
    for each in told:
        if each.fell:
            signs = {True: ", with signs of a concussion", False: ", without signs of a concussion", None: ""}
            yield Event(_day(each), f"Fell{signs[each.concussion_signs]}")
        for flag in each.red_flags:
            yield Event(_day(each), f"Warning sign told: {flags.get(flag, flag)}")
        if each.broke_off:
            yield Event(_day(each), "Broke a session off for a symptom")


def pdf(title: str, lead: Sequence[str], sections: Sequence[Section], *, told: Report) -> tuple[str, bytes]:
    """Return a report for paper, in words that a screen made."""
    header = "Simulated: the months of a demo runner." if told.is_simulated else None
    return f"{told.until}-backward-report.pdf", write_report(title, lead, sections, header=header)


CSV_HEADER = (
    "week", "forward_s", "backward_s", "unknown_s", "sessions_planned", "sessions_done", "worst_pain_nrs",
    "worst_calf_nrs", "exertion_cr10",
)  # fmt: skip
DAY_HEADER = ("on", "what", "where", "moment", "value", "unit", "limit", "note")


def weeks_csv(told: Report) -> tuple[str, bytes]:
    """Return the weeks of a report as a table."""
    rows = (
        (
            week.starts_on, week.forward_s, week.backward_s, week.unknown_s, week.sessions_planned, week.sessions_done,
            week.worst_pain_nrs, week.worst_calf_nrs, week.exertion_cr10,
        )
        for week in told.weeks
    )  # fmt: skip
    return f"{told.until}-backward-weeks.csv", write_table(CSV_HEADER, rows)


def days_csv(told: Report) -> tuple[str, bytes]:
    """Return what was told and measured in the weeks of a report as a table, one row a value."""
    rows: list[tuple[object, ...]] = [
        (pain.on, "pain", pain.site, pain.moment, pain.pain_nrs, "", pain.limit_nrs, "") for pain in told.pain
    ]
    rows += [(event.on, "event", "", "", None, "", None, event.words) for event in told.events]
    rows += [
        (reading.on, promise.key, "", "", reading.value, promise.unit, None, "")
        for promise in told.whole.promises
        if promise.site is None
        for reading in promise.readings
        if reading.on >= told.since
    ]
    return f"{told.until}-backward-days.csv", write_table(DAY_HEADER, sorted(rows, key=lambda row: str(row[0])))


#: Unit of a promise → its UCUM code; what is not here has none.
UCUM = {"kg": "kg", "%": "%", "s": "s", "cm": "cm", "bpm": "/min", "m/s": "m/s", "min⁻¹": "/min", "": "1"}


def fhir_bundle(store: CoachingAndLoad, told: Report) -> tuple[str, bytes]:
    """Return what was measured and told in the weeks of a report as a FHIR R4 bundle."""
    found = [
        Observation(
            CODES.get(promise.key, Code(promise.title)), reading.on, reading.value, promise.unit, UCUM[promise.unit]
        )
        for promise in told.whole.promises
        if promise.is_typed and promise.unit in UCUM
        for reading in promise.readings
        if reading.on >= told.since
    ]
    found += [
        Observation(CODES["pain"], pain.on, pain.pain_nrs, "", "{score}", pain.site, pain.moment) for pain in told.pain
    ]
    spent = works.seconds_by_day(store)
    ran = {(day, way): seconds for way in _WAYS[:2] for day, seconds in spent[way].items() if seconds > 0}
    found += [
        Observation(CODES["run"], day, round(seconds / 60.0, 2), "min", "min", note=f"{way.value}")
        for (day, way), seconds in sorted(ran.items(), key=lambda each: (each[0][0], each[0][1].value))
        if day >= told.since
    ]
    found.sort(key=lambda observation: str(observation.on))
    subject = told.athlete.name or "a runner"
    data = write_bundle(found, made_at=told.made_at, subject=subject, is_simulated=told.is_simulated)
    return f"{told.until}-backward-fhir.json", data
