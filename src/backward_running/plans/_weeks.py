"""From a programme's rows to weeks: each session is the smaller of what is wanted and what the dose rules allow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Reason, Week, Workout
from backward_running.plans import dose, walk_or_run
from backward_running.plans._binding import MOVED, why_not
from backward_running.plans._block import SHORTEST_BOUT_S
from backward_running.plans._ceilings import session_limit, sessions_limit, speed_limit, uphill_allowed
from backward_running.plans._days import day_words
from backward_running.plans._lookback import HELD, NOT_MORE, Lookback
from backward_running.plans._programme import Programme, Row, cap_words, speed_cap_mps
from backward_running.plans._session import Wanted, build_workout, fit_blocks
from backward_running.plans.base import Answers
from backward_running.plans.placing import WEEK_DAYS, Placed, Request, place_sessions

_MOST_LOST_WEEKS = 26  #: a plan that finds no day for half a year ends


@dataclass(frozen=True, slots=True)
class _Made:
    """One week and how its days were found."""

    week: Week
    placed: Placed
    stage: int


def weeks_of(programme: Programme, answers: Answers) -> tuple[Week, ...]:
    """Make the weeks. Pure: same answers, same weeks; empty where the runner is too young or nothing fits.

    Parameters
    ----------
    programme : Programme
        What is wanted, row by row.
    answers : Answers
        With `first_week` and `first_stage` the weeks begin in the middle of a plan: as many follow as rows are left. A
        week in which no session finds a day does not count: its stage comes again in the next one. Sessions in `kept`
        are part of the first week.

    Returns
    -------
    tuple of Week
        Sessions in the order of their days. A session that was moved or skipped is named by the ending of its id.
    """
    made = tuple(one.week for one in _made(programme, answers))
    return made if any(week.workouts for week in made) else ()


def notes_of(programme: Programme, answers: Answers) -> tuple[Reason, ...]:
    """Say what the runner should know before they begin."""
    made = _made(programme, answers)
    told = [walk_or_run.about_the_pace(answers.easy_speed_mps), _first_run(programme, made)]
    if not shares_nothing(programme, answers):
        told.append(_about_the_share(answers))
    told.append(
        Reason(
            "Backward minutes grow by at most 10 % from one session to the next, even where the programme's table "
            "would jump.",
            dose.SPIKE_PER_DIRECTION.key,
        )
    )
    bound = [f"Week {one.week.number}: {one.placed.binding}" for one in made if one.placed.binding]
    if bound:
        more = f" The same holds for {len(bound) - 1} more weeks." if len(bound) > 1 else ""
        told.append(Reason(bound[0] + more, dose.REST_DAYS_COUNT.evidence.key))
    return tuple(told)


def _about_the_share(answers: Answers) -> Reason:
    weekly_s = dose.weekly_running_s(answers)
    share = dose.BACKWARD_SHARE.value
    return Reason(
        f"You run about {weekly_s / 60:.0f} minutes a week (the longest run, the others counted as half of it); at "
        f"most {share * 100:.0f} % of that, {share * weekly_s / 60:.0f} minutes, "
        "go backward. They replace forward minutes; they are not added.",
        dose.BACKWARD_SHARE.evidence.key,
    )


def _first_run(programme: Programme, made: Sequence[_Made]) -> Reason:
    for one in made:
        for workout in one.week.workouts:
            if any(step.direction is Direction.BACKWARD and step.gait is Gait.RUN for step in workout.steps()):
                return Reason(f"Your first backward running is in week {one.week.number}.", programme.evidence.key)
    return Reason(
        "In this plan you walk backward throughout: your caps stay below the speed at which people start to run "
        "backward. A faster easy pace moves them up.",
        walk_or_run.TRANSITION_MPS.evidence.key,
    )


def shares_nothing(programme: Programme, answers: Answers) -> bool:
    """Tell whether there is no running to take a share of: somebody who does not run, in a programme that only walks.

    Then the dose of the trial holds, and the rule that a session grows by at most 10 % (decision 0007).
    """
    walks = all(
        block.gait is Gait.WALK and block.rest_gait is Gait.WALK for row in programme.rows for block in row.blocks
    ) and all(row.setting.warm_up_gait is Gait.WALK and not row.setting.forward_after_s for row in programme.rows)
    return answers.forward_runs_per_week < 1 and walks


def _made(programme: Programme, answers: Answers) -> tuple[_Made, ...]:
    """Make each week, looking back on all before it. A week without a day for a session does not move the stage."""
    age = dose.youngest_age_years(answers)
    if age is None or age < dose.SUPERVISED_FROM_YEARS.value:
        return ()
    if age < dose.ALONE_FROM_YEARS.value and not answers.has_supervisor:
        return ()
    past = Lookback.of(answers)
    made: list[_Made] = []
    last = len(programme.rows)
    stage, left, lost = answers.first_stage, max(1, last - answers.first_stage + 1), 0
    while left and lost <= _MOST_LOST_WEEKS:
        one = _week(programme, answers, past, answers.first_week + len(made), min(stage, last))
        made.append(one)
        if one.week.workouts:
            stage, left = stage + 1, left - 1
        else:
            lost += 1
    while made and not made[-1].week.workouts:
        made.pop()
    return tuple(made)


def _week(programme: Programme, answers: Answers, past: Lookback, number: int, stage: int) -> _Made:
    row = programme.rows[stage - 1]
    starts_on = answers.starts_on + timedelta(weeks=number - answers.first_week)
    kept = answers.kept if number == answers.first_week else ()
    held = None if past.goes_on else answers.hold_backward_s
    days, placed = _days(programme, answers, past, number, stage)
    left_s = _share_s(programme, answers) - past.week_backward_s(starts_on, kept)
    share_s = _share_s(programme, answers)
    of_week_s = dict(answers.limits.of_week).get(number, math.inf)
    workouts: list[Workout] = []
    for nth, (on, ordinal, said) in enumerate(days):
        share = min(left_s / (len(days) - nth), share_s - past.rolling_s(on))
        limits = _further_limits(answers, past, on, ordinal, number, of_week_s, held)
        wanted = _wanted(programme, (number, stage), answers, on, share, past, limits)
        blocks = fit_blocks(wanted, _shortest_s(programme, held))
        if not blocks:
            continue
        workout = build_workout(wanted, blocks, answers, ordinal)
        workout = replace(workout, reasons=(*workout.reasons, *said))
        workouts.append(workout)
        past.add(workout)
        left_s -= workout.duration_s(Direction.BACKWARD)
        of_week_s -= workout.duration_s(Direction.BACKWARD)
    in_order = tuple(sorted((*kept, *workouts), key=lambda one: (one.on, one.ordinal)))
    return _Made(Week(number, starts_on, in_order, row.focus), placed, stage)


def _share_s(programme: Programme, answers: Answers) -> float:
    """Return the backward seconds that any seven days may hold; no limit for who only walks and does not run."""
    if shares_nothing(programme, answers):
        return math.inf
    return dose.BACKWARD_SHARE.value * dose.weekly_running_s(answers)


def _shortest_s(programme: Programme, held_s: float | None) -> float:
    """Return the shortest session worth its way; after a setback a single bout is."""
    usual_s = programme.shortest_session_s.value
    return usual_s if held_s is None else min(usual_s, SHORTEST_BOUT_S.value)


def _further_limits(
    answers: Answers, past: Lookback, on: date, ordinal: int, week: int, of_week_s: float, held_s: float | None
) -> tuple[tuple[float, Reason], ...]:
    """Return what holds a session besides its programme, growth and share: a clinician, a setback, the plan before."""
    said = [one for one in (session_limit(answers, on),) if one is not None]
    if held_s is not None:
        said.append((held_s, HELD))
    spans = ((past.span_limit_s(span, on), span.reason) for span in answers.limits.spans)
    said += [(left_s, reason) for left_s, reason in spans if left_s is not None]
    before_s = min(dict(answers.limits.of_session).get(f"w{week:02d}-{ordinal}", math.inf), of_week_s)
    return (*said, (before_s, NOT_MORE)) if math.isfinite(before_s) else tuple(said)


def _days(
    programme: Programme, answers: Answers, past: Lookback, number: int, stage: int
) -> tuple[list[tuple[date, int, tuple[Reason, ...]]], Placed]:
    """Find a day for each new session of a week: day, ordinal, what is to be said about it. In order of the days."""
    starts_on = answers.starts_on + timedelta(weeks=number - answers.first_week)
    wanted, few = _how_many(programme, answers, programme.rows[stage - 1])
    stands = {one.ordinal for one in answers.kept} if number == answers.first_week else set()
    ordinals = [n for n in range(1, wanted + 1) if n not in stands and f"w{number:02d}-{n}" not in answers.skipped]
    request = _request(answers, past, starts_on, stage, len(ordinals))
    wishes = {n: day for n in ordinals for ending, day in answers.moved if ending == f"w{number:02d}-{n}"}
    granted, refused = _granted(request, wishes, starts_on)
    placed = place_sessions(starts_on, replace(request, fixed=tuple(sorted(granted))))
    free = iter(n for n in ordinals if n not in granted.values())
    taken = [(on, granted.get((on - starts_on).days)) for on in placed.dates]
    named = [(on, next(free) if ordinal is None else ordinal) for on, ordinal in taken]
    said: dict[int, tuple[Reason, ...]] = {ordinal: (why,) for ordinal, why in refused.items()}
    days = [(on, ordinal, said.get(ordinal, ())) for on, ordinal in named]
    return days, placed if placed.binding else Placed(placed.dates, few, placed.solved)


def _how_many(programme: Programme, answers: Answers, row: Row) -> tuple[int, str | None]:
    """Return how many sessions a week is to have; where 30 % of its running is little, rather few than tiny ones."""
    many = answers.forward_runs_per_week >= programme.three_sessions_from_runs.value
    wanted = row.sessions_high if many else row.sessions_low
    if shares_nothing(programme, answers) or not row.backward_s:
        return wanted, None
    share_s = dose.BACKWARD_SHARE.value * dose.weekly_running_s(answers)
    useful_s = min(row.backward_s, dose.FIRST_SESSION_S.value)
    count = next((few for few in range(wanted, 1, -1) if share_s / few >= useful_s), 1)
    if count == wanted:
        return wanted, None
    return count, (
        f"{count} instead of {wanted} sessions: more would make each one tiny, because backward minutes stay "
        f"within {dose.BACKWARD_SHARE.value * 100:.0f} % of your weekly running."
    )


def _request(answers: Answers, past: Lookback, starts_on: date, stage: int, count: int) -> Request:
    on = [starts_on + timedelta(days=day) for day in range(WEEK_DAYS)]
    days = range(WEEK_DAYS)
    stands = past.stands(starts_on, stage)
    ceiling_count, ceiling_on = sessions_limit(answers, starts_on)
    too_early = (answers.not_before - starts_on).days if answers.not_before is not None else 0
    return Request(
        count=count,
        free=tuple(day for day in days if on[day].weekday() in answers.days),
        rest_days=past.rest_days(starts_on, stage, stage),
        stands=stands,
        away=tuple(day for day in days if any(first <= on[day] <= last for first, last in answers.away)),
        first=min(max(0, too_early), WEEK_DAYS),
        ceiling_count=ceiling_count,
        ceiling_on=ceiling_on,
        hard=tuple(
            day for day in days if {on[day].weekday(), (on[day] - timedelta(days=1)).weekday()} & {*answers.hard_days}
        ),
        habit=tuple(day + WEEK_DAYS for day, _ in stands if day < 0),
    )


def _granted(request: Request, wishes: Mapping[int, date], starts_on: date) -> tuple[dict[int, int], dict[int, Reason]]:
    """Take the days the runner chose, one after the other, where they keep the rules; say why where they do not."""
    granted: dict[int, int] = {}
    refused: dict[int, Reason] = {}
    for ordinal, on in wishes.items():
        day = (on - starts_on).days
        why = why_not(replace(request, fixed=tuple(sorted(granted))), day)
        if why is None:
            granted[day] = ordinal
        else:
            refused[ordinal] = Reason(f"You asked for {day_words(on)}; that cannot be: {why}", MOVED.key)
    return granted, refused


def _no_faster(cap_mps: float) -> Reason:
    return walk_or_run.speaking(
        "At most {cap}, no faster than the session before the setback.", dose.SETBACK.key, cap=cap_mps
    )


def _wanted(
    programme: Programme,
    number_and_stage: tuple[int, int],
    answers: Answers,
    on: date,
    share_s: float,
    past: Lookback,
    held: tuple[tuple[float, Reason], ...],
) -> Wanted:
    number, stage = number_and_stage
    row = programme.rows[stage - 1]
    longest_bout_s = dose.longest_in_window_s(on, past.bouts)
    bout_limit_s = None
    from_stage = programme.bout_rule_from_stage
    if from_stage is not None and stage >= from_stage.value and longest_bout_s is not None:
        bout_limit_s = dose.BACKWARD_GROWTH_RATIO.value * longest_bout_s
    cap_mps = speed_cap_mps(row, answers)
    capped = speed_limit(answers, on, cap_mps) or (cap_mps, cap_words(programme, row, answers))
    if answers.limits.speed_mps is not None and answers.limits.speed_mps < capped[0]:
        capped = (answers.limits.speed_mps, _no_faster(answers.limits.speed_mps))
    return Wanted(
        week=number,
        stage=stage,
        on=on,
        blocks=row.blocks,
        cap_mps=capped[0],
        cap_words=capped[1],
        growth_limit_s=past.growth_limit_s(on),
        share_limit_s=share_s,
        bout_limit_s=bout_limit_s,
        warm_up_s=programme.warm_up_s.value,
        cool_down_s=programme.cool_down_s.value,
        uphill=row.uphill and uphill_allowed(answers, on, dose.GRADE_HIGH_RATIO.value),
        dose_evidence=programme.evidence,
        held=held,
        setting=row.setting,
    )
