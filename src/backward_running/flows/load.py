"""What running loads, in two ledgers that never merge: forward and backward; what has no direction is in neither."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.glance import once, once_a_minute
from backward_running.core.load import Hearts, LoadRow, Measure
from backward_running.core.ports import (
    ActivityQuery,
    ActivityRow,
    Coaching,
    CoachingAndLoad,
    CountedLoad,
    LoadFilling,
    LoadHistory,
    PlannedAndDone,
    Settings,
)
from backward_running.core.session import Session
from backward_running.effort import load_heart_rate_zones as zone
from backward_running.effort.heart_rate_reserve import why_no_reserve
from backward_running.effort.load_ledger import LACKS
from backward_running.effort.spike_frandsen_2025 import LOOK_BACK
from backward_running.flows import clearing, profile
from backward_running.flows.days import ALL, local_day, own_zone
from backward_running.flows.deriving import analyse_again
from backward_running.flows.load_days import SECONDS, Days, laid_out
from backward_running.flows.load_done import MONTH, load_done
from backward_running.flows.load_sides import ledger_side, load_weeks, series_of, unknown_side
from backward_running.flows.load_spikes import Sessions, next_spike, sessions_of, spikes_of
from backward_running.flows.load_views import (
    ActivityLoad,
    Filled,
    Lacking,
    LedgerSide,
    LoadPage,
    MeasureChoice,
    Zones,
)
from backward_running.flows.next_backward import planned_next
from backward_running.flows.runs import period_ledger
from backward_running.flows.said_done import is_word

ZONES_SETTING, RATIO_SETTING = "heart_rate_zones", "acute_chronic_ratio"
ZONES_DAYS = 28
TRAVELS = (Direction.FORWARD, Direction.BACKWARD)
SHOWN = (*TRAVELS, Direction.UNKNOWN)
WEEKS_SHOWN, CHART_DAYS, LACKING_SHOWN = 12, 182, 5
FELT_LACKS = "Say how hard these felt, from 0 to 10; until then they count as at least nothing, and never as rest."
HEART_LACKS = "These have no heart rate, or not all of it; that time counts as at least nothing, and never as rest."


@once_a_minute
def load_page(
    store: CoachingAndLoad,
    *,
    now: datetime,
    measure: Measure | None = None,
    weeks_most: int | None = WEEKS_SHOWN,
    chart_days: int | None = CHART_DAYS,
) -> LoadPage:
    """Gather the page of loads.

    Parameters
    ----------
    store : CoachingAndLoad
        The memory.
    now : datetime
        The time on the runner's clock.
    measure : Measure, optional
        In what to count; without it the one that most of the last sessions have.
    weeks_most, chart_days : int, optional
        How many weeks the table and days the chart shows; None shows all.
    """
    today, zone = now.date(), own_zone(store)
    done = load_done(store, today, zone)
    recent = [row for on, row in done.dated if today - MONTH < on]
    athlete = store.athlete()
    choices = _choices(recent, athlete)
    measure = measure if measure in {choice.measure for choice in choices} else None
    measure = measure or _most_known(choices)
    days = _days(store, today, zone, measure)
    sides = (_side(days, _sessions(store, today, zone, direction), direction, now, store) for direction in TRAVELS)
    forward, backward = _with_what_is_next(store, sides, now)
    # A run by hand has no page on which a heart rate could come; how hard it felt can be said of it, too.
    asked = recent if measure is Measure.EXERTION else [row for row in recent if not is_word(row.activity_id)]
    lacking = [row for row in reversed(asked) if row.loads and _lacks(row, measure)]
    return LoadPage(
        today=today,
        measure=measure,
        choices=choices,
        forward=forward,
        backward=backward,
        unknown=unknown_side(
            days, _sessions(store, today, zone, Direction.UNKNOWN), now, label_next_id=done.label_next_id
        ),
        rest_s=days.recent(None, SECONDS),
        weeks=load_weeks(days, weeks_most),
        weeks_count=len(days.mondays),
        days=days.shown(chart_days),
        series=(series_of(days, Direction.FORWARD, chart_days), series_of(days, Direction.BACKWARD, chart_days)),
        zones=zones_of(store, athlete, store.hearts(_minute(now) - timedelta(days=ZONES_DAYS)), days=ZONES_DAYS),
        ratio_on=profile.setting(store, RATIO_SETTING) == "on",
        lacking=tuple(Lacking(row.activity_id, local_day(row), row.title) for row in lacking[:LACKING_SHOWN]),
        why_lacking=_why_lacking(measure, athlete) if lacking else "",
        uncounted=done.uncounted,
        sessions=done.sessions,
        ahead=done.ahead,
        simulated=done.simulated,
        said_s=_said_s(store, today, simulated=done.simulated),
    )


def _choices(recent: Sequence[LoadRow], athlete: Athlete) -> tuple[MeasureChoice, ...]:
    """Return in what may be counted, with how many of the last sessions have it."""
    return tuple(
        MeasureChoice(measure, sum(not _lacks(row, measure) for row in recent), len(recent))
        for measure in Measure
        if measure is not Measure.HEART_RATE or not athlete.beta_blocker
    )


def _with_what_is_next(store: Coaching, sides: Iterable[LedgerSide], now: datetime) -> tuple[LedgerSide, LedgerSide]:
    """Return both ledgers with what the plan holds next; while something stops, with no length that may be."""
    stopped = bool(clearing.standing_gates(store, now.date()))
    forward, backward = (
        replace(side, next_session=replace(side.next_session, may_be=None, stopped=stopped)) if stopped else side
        for side in sides
    )
    planned = planned_next(store, now=now)
    return forward, replace(backward, next_session=replace(backward.next_session, planned=planned))


def _said_s(store: PlannedAndDone, today: date, *, simulated: bool) -> dict[Direction, float]:
    query = ActivityQuery(since=today - MONTH + timedelta(days=1), until=today, simulated=simulated, limit=ALL)
    sums = period_ledger(store, query)
    return {Direction.FORWARD: sums.said_forward_s, Direction.BACKWARD: sums.said_backward_s}


def activity_load(store: CountedLoad, session: Session, of: ActivityRow, athlete: Athlete) -> ActivityLoad:
    """Gather what one activity loaded, and how it compares with the longest of the 30 days before."""
    since = of.started_at - timedelta(days=LOOK_BACK.value)
    rows = [row for row in store.load_rows(since, of.started_at) if row.simulated is of.simulated]
    zones = zones_of(store, athlete, [session.hearts] if session.hearts else [])
    own = next((row for row in rows if row.activity_id == session.activity_id), None)
    spikes = (
        ()
        if own is None
        else tuple(spike for direction in TRAVELS if (spike := spikes_of(rows, own, direction)) is not None)
    )
    return ActivityLoad(session.loads, zones, spikes, own.unknown_s if own else 0.0)


def count_uncounted(store: LoadHistory) -> int:
    """Count the activities on foot that were understood before loads were counted."""
    return sum(row.loads is None for row in store.load_rows())


def fill(store: LoadFilling, *, most: int | None = None) -> Iterator[Filled]:
    """Count the load of every activity that has none yet, the newest first.

    What was detected and labelled stays as it is. Each is kept before the next begins: stopping half way loses nothing.

    Yields
    ------
    Filled
        After each activity.
    """
    rows = [row for row in reversed(store.load_rows()) if row.loads is None]
    for number, row in enumerate(rows[:most], start=1):
        analyse_again(store, row.activity_id)
        yield Filled(number, len(rows), row.activity_id, row.title)


def own_borders_bpm(store: Settings) -> tuple[int, ...]:
    """Return the runner's own zone borders; empty where the default ones hold."""
    kept = store.setting(ZONES_SETTING)
    return zone.read_borders_bpm(kept) if kept else ()


def put_borders(store: Settings, typed: str) -> None:
    """Keep the runner's own zone borders; nothing typed goes back to five zones by heart-rate reserve.

    Raises
    ------
    BadValue
        They cannot be borders; what was kept before stays.
    """
    borders = zone.read_borders_bpm(typed) if typed.strip() else ()
    store.put_setting(ZONES_SETTING, " ".join(map(str, borders)))


def put_ratio(store: Settings, value: str) -> None:
    """Switch the acute:chronic ratio on or off."""
    profile.put_setting(store, RATIO_SETTING, value)


def measure_of(words: str) -> Measure | None:
    """Read a measure; None where nothing was asked.

    Raises
    ------
    BadValue
        There is no such measure.
    """
    if not words:
        return None
    try:
        return Measure(words)
    except ValueError as problem:
        raise BadValue("measure", f"be one of {', '.join(measure.value for measure in Measure)}", words) from problem


def zones_of(store: Settings, athlete: Athlete, hearts: Sequence[Hearts], *, days: int | None = None) -> Zones:
    """Sum heartbeats into the runner's zones, direction by direction."""
    own = () if athlete.beta_blocker else own_borders_bpm(store)  # no border tells anything then
    borders = own or zone.default_borders_bpm(athlete)
    if isinstance(borders, str):
        return Zones((), False, borders, {}, days, can_be_set=not athlete.beta_blocker)
    seconds = {
        direction: zone.seconds_in_zones([beats.part(direction) for beats in hearts], borders)
        for direction in SHOWN
        if any(beats.part(direction) is not None for beats in hearts)
    }
    return Zones(borders, bool(own), "", seconds, days)


# What follows from the rows up to a day, and from nothing else, is worked out once until something changes.


@once
def _days(store: CoachingAndLoad, today: date, zone: str, measure: Measure) -> Days:
    return laid_out(load_done(store, today, zone).months, measure, today)


@once
def _sessions(store: CoachingAndLoad, today: date, zone: str, direction: Direction) -> Sessions:
    return sessions_of([row for _, row in load_done(store, today, zone).dated], direction)


def _minute(moment: datetime) -> datetime:
    """Return the minute a moment lies in: who asks again in a second asks for the same."""
    return moment.replace(second=0, microsecond=0)


def _most_known(choices: Sequence[MeasureChoice]) -> Measure:
    """Choose exertion or heart rate, whichever knows more sessions; minutes where neither knows half of them."""
    best = max((choice for choice in choices if choice.measure is not Measure.MINUTES), key=lambda choice: choice.known)
    return best.measure if best.known and 2 * best.known >= best.of else Measure.MINUTES


def _lacks(row: LoadRow, measure: Measure) -> bool:
    """Whether any of a session has no known load."""
    if row.loads is None:
        return measure is not Measure.MINUTES
    parts = [part for part in map(row.loads.part, SHOWN) if part is not None]
    all_min = sum(part.duration_s for part in parts) / 60
    return sum(part.lacks_min(measure) for part in parts) > LACKS.value * all_min


def _why_lacking(measure: Measure, athlete: Athlete) -> str:
    if measure is Measure.HEART_RATE:
        return why_no_reserve(athlete, by_sex=True) or HEART_LACKS
    return FELT_LACKS


def _side(days: Days, sessions: Sessions, direction: Direction, now: datetime, store: Settings) -> LedgerSide:
    ratio = profile.setting(store, RATIO_SETTING) == "on"
    return ledger_side(days, direction, next_spike(sessions, direction, now), ratio=ratio)
