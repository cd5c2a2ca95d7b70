"""What may be done now: the one place that decides from history and facts. Plan, Today, feed and exports ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from backward_running.core.adaptation import Done, Setback
from backward_running.core.plan import GateState, Plan, Reason, Workout
from backward_running.evidence import Number, own_proposal
from backward_running.plans import _after_setback, _spikes, dose
from backward_running.plans._done import week_number
from backward_running.plans._spikes import Counted
from backward_running.plans._stages import Stages, miss_words, missed_of, skips_in, told_before
from backward_running.plans._way_up import rises_of
from backward_running.plans.base import Answers, Rise, Span

#: Keys of the gates that history closes. No rule of ``rehab`` asks them.
SPACING, SPIKE, REST = "time_between_sessions", "after_too_much", "rest_after_setback"
DAY = timedelta(hours=24)
SORENESS_SHOWS_AFTER_S = Number(
    "soreness_shows_after_s",
    43_200.0,
    "s",
    own_proposal(
        "allowance.soreness",
        "After a session over the 110 % rule the calves are asked about first; an answer counts from half a day after "
        "it on, since before that nothing shows.",
    ),
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What history and facts leave of the sessions to come. It never raises what a setback lowered."""

    week: int  #: number of the running week
    stage: int  #: at most, for the running week
    repeats: bool  #: the week after the running one has the same stage
    session_s: (
        float | None
    )  #: backward seconds of a session, until a setback is over; None: only the dose rules limit it
    speed_mps: float | None  #: no faster than the session that hurt
    spans: tuple[Span, ...]  #: seven days after a setback, with what they may hold
    rises: tuple[Rise, ...]  #: the way back up after the setbacks of the last 30 days
    history: tuple[tuple[date, float], ...]  #: day, backward seconds: what the 110 % rule may build on
    recorded: tuple[tuple[date, float], ...]  #: day, backward seconds as they were recorded
    over: tuple[date, ...]  #: days of sessions over the 110 % rule
    last: tuple[date, int] | None  #: day and stage of the last session with backward time
    reasons: tuple[Reason, ...]


def allowance_of(  # noqa: PLR0913 -- each is a fact of its own
    plan: Plan,
    answers: Answers,
    *,
    today: date,
    resumes_on: date,
    done: Sequence[Done],
    setbacks: Sequence[Setback],
    skipped: Iterable[str],
    sizes: Mapping[int, float] | None = None,
    told: Iterable[Setback] = (),
) -> Allowance:
    """Decide from what was done and what went wrong what may come next. Pure.

    Parameters
    ----------
    plan : Plan
        With at least one week; those before the running one are read as they stood.
    answers : Answers
        From which the plan was first made.
    today, resumes_on : date
        The day, and the first on which a session may be done again.
    done : sequence of Done
        Recorded sessions since a month before the plan.
    setbacks : sequence of Setback
        Those in force.
    skipped : iterable of str
        Ids of workouts that were left out on purpose.
    sizes : mapping, optional
        Stage → backward seconds of its shortest session, as the programme has it; unknown where it is left out.
    told : iterable of Setback
        Every one that was told, behind or in force.

    Returns
    -------
    Allowance
        Same facts, same allowance: whether a proposal was accepted, declined or never seen does not enter.
    """
    sessions = _spikes.sessions_of(done)
    count = _spikes.counted(sessions)
    by_id = {session.workout_id: session for session in done if session.workout_id is not None}
    left_out = frozenset(skipped)
    look = Stages(plan, answers, by_id, sessions, tuple(setbacks), left_out, today, sizes or {})
    running = week_number(plan, today)
    stage = look.within(running, look.before(running))
    stage = min([stage, *(look.stage_of(setback, stage) - setback.stages_back for setback in setbacks)])
    stage, gap = look.after_gap(max(1, stage), resumes_on)
    week = next((week for week in plan.weeks if week.number == running), None)
    own = week.workouts if week is not None else ()
    holding = look.holding(week) if week is not None else None
    missed = missed_of(own, by_id, told_before(today))
    held = _after_setback.held(plan, done, count, setbacks, look.of_session, resumes_on)
    over = _spikes.words(count[-1]) if count and count[-1].is_over else None
    miss = miss_words(missed, by_id, running) if missed else None
    # The newest and strongest first: a screen may have room for one.
    reasons = (*(setback.reason for setback in reversed(setbacks)), gap, over, miss, holding, *look.why)
    return Allowance(
        week=running,
        stage=max(1, stage),
        repeats=bool(setbacks or missed) or holding is not None or skips_in(plan, left_out, running),
        session_s=held.session_s,
        speed_mps=held.speed_mps,
        spans=held.spans,
        rises=rises_of(count, (*told, *setbacks), today),
        history=tuple((counted.done.on, counted.counts_s) for counted in count),
        recorded=tuple(
            (session.on, session.backward_s or _after_setback.planned_s(plan, session)) for session in _sessions(done)
        ),
        over=tuple(counted.done.on for counted in count if counted.is_over),
        last=look.last,
        reasons=tuple(dict.fromkeys(reason for reason in reasons if reason is not None)),
    )


def gates_of(
    done: Sequence[Done],
    *,
    now: datetime,
    soreness_asked_at: Sequence[datetime],
    following: Workout | None,
    setbacks: Sequence[Setback] = (),
) -> tuple[GateState, ...]:
    """Return the gates that history closes at this hour.

    The rest after a setback, the time since the last session, and the question after too much.

    Parameters
    ----------
    done : sequence of Done
        Recorded sessions.
    now : datetime
        Aware.
    soreness_asked_at : sequence of datetime
        When the runner said how sore the calves were.
    following : Workout or None
        The next session; in its first four stages it needs 48 hours.
    setbacks : sequence of Setback
        Those in force: on the day on which the rest after one ends, its hour counts.
    """
    return (*_resting(setbacks, now), *_since_the_last(done, now, soreness_asked_at, following))


def _resting(setbacks: Sequence[Setback], now: datetime) -> tuple[GateState, ...]:
    ends = [
        (setback.rest_until_at.astimezone(now.tzinfo), setback)
        for setback in setbacks
        if setback.rest_until_at is not None
    ]
    last = max(ends, key=lambda end: end[0].astimezone(UTC), default=None)
    if last is None or now.astimezone(UTC) >= last[0].astimezone(UTC):
        return ()
    do = f"From {last[0]:%A, %H:%M} on you can start."
    return (GateState(REST, "48 hours of rest", open=False, reason=last[1].reason, what_to_do=do),)


def _since_the_last(
    done: Sequence[Done], now: datetime, soreness_asked_at: Sequence[datetime], following: Workout | None
) -> tuple[GateState, ...]:
    sessions = [
        session
        for session in _sessions(done)
        if session.workout_id or not 0 < session.backward_s < dose.COUNTS_FROM_S.value
    ]
    if not sessions:
        return ()
    counted = _spikes.counted(_spikes.sessions_of(done))
    last = next((count for count in counted if count.done == sessions[-1]), None)
    from_at = earliest_start(sessions, following, over=last is not None and last.is_over)
    gates = [_spacing(from_at, now, sessions[-1])] if from_at is not None else []
    return (*gates, *(_after_too_much(last, soreness_asked_at) if last is not None else ()))


def _sessions(done: Sequence[Done]) -> list[Done]:
    """Return what counts as a session: backward time, or a planned session whose direction is not known."""
    return sorted((session for session in done if session.may_be_backward), key=_spikes.in_time)


def earliest_start(sessions: Sequence[Done], following: Workout | None, *, over: bool = False) -> datetime | None:
    """Return the hour from which the next session may begin, on the clock of the last one; None where that is unknown.

    The hours are true hours: over a change of the clocks 48 hours are not two o'clock to two o'clock.
    """
    began_at = sessions[-1].started_at
    if began_at is None:
        return None
    first_weeks = timedelta(weeks=int(dose.WEEKS_WITH_REST_COUNT.value))
    young = sessions[-1].on - sessions[0].on < first_weeks
    early = following is not None and following.stage <= dose.WEEKS_WITH_REST_COUNT.value
    days = dose.REST_DAYS_COUNT.value if young or early or over else 1
    return (began_at.astimezone(UTC) + days * DAY).astimezone(began_at.tzinfo)


def _spacing(from_at: datetime, now: datetime, last: Done) -> GateState:
    # On the runner's clock now, wherever the last session was.
    began_at, from_at = (last.started_at or from_at).astimezone(now.tzinfo), from_at.astimezone(now.tzinfo)
    hours = (from_at.astimezone(UTC) - began_at.astimezone(UTC)) / timedelta(hours=1)
    title = "Time since your last session"
    source = dose.REST_DAYS_COUNT.evidence.key
    if now.astimezone(UTC) >= from_at.astimezone(UTC):
        text = f"At least {hours:.0f} hours lie between your last session and now."
        return GateState(SPACING, title, open=True, reason=Reason(text, source))
    began = f"Your last session began on {began_at:%A at %H:%M}"
    text = f"{began}; two of them lie {hours:.0f} hours apart, start to start."
    do = f"From {from_at:%A, %H:%M} on you can start."
    return GateState(SPACING, title, open=False, reason=Reason(text, source), what_to_do=do)


def _after_too_much(last: Counted, soreness_asked_at: Sequence[datetime]) -> tuple[GateState, ...]:
    if not last.is_over or last.done.started_at is None:
        return ()
    title = "After more than the plan leaves"
    told = any((at - last.done.started_at).total_seconds() > SORENESS_SHOWS_AFTER_S.value for at in soreness_asked_at)
    if told:
        return (GateState(SPIKE, title, open=True, reason=_spikes.words(last)),)
    do = "Say first how sore your calves are."
    return (GateState(SPIKE, title, open=False, reason=_spikes.words(last), what_to_do=do),)
