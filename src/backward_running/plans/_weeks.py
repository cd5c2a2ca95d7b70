"""From a programme's rows to weeks: each session is the smaller of what is wanted and what the dose rules allow."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from backward_running.core.counting import counted
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Reason, Step, Week, Workout
from backward_running.evidence import Number
from backward_running.plans import _notes, _sprints, _way_up, dose, walk_or_run
from backward_running.plans._binding import MOVED, why_not
from backward_running.plans._block import SHORTEST_BOUT_S
from backward_running.plans._ceilings import session_limit, sessions_limit
from backward_running.plans._days import day_words
from backward_running.plans._lookback import HELD, NOT_MORE, Lookback
from backward_running.plans._programme import Programme, Row
from backward_running.plans._roles import ROLES
from backward_running.plans._session import build_workout, fit_blocks
from backward_running.plans._session_reasons import cap_of_the_week
from backward_running.plans._titles import focus_of, grows
from backward_running.plans._wanting import Asked, sprints_in, wanted_of
from backward_running.plans._week_table import WEEK_DAYS, Request
from backward_running.plans.base import Answers, PlanFacts
from backward_running.plans.placing import Placed, place_sessions

HOLDS_FROM_SHARE = Number("plan_holds_from_share_of_cap", 0.8, "1", ROLES)
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
    made = _made(programme, answers)
    if not any(made_week.week.workouts for made_week in made):
        return ()
    held = {late.week.number for _, late in _standing_still(made)}
    leads = [programme.rows[min(made_week.stage, len(programme.rows)) - 1].lead for made_week in made]
    return tuple(
        replace(made_week.week, focus=focus_of(made_week.week.workouts, lead, holds=made_week.week.number in held))
        for made_week, lead in zip(made, leads, strict=True)
    )


def _standing_still(made: Sequence[_Made]) -> list[tuple[_Made, _Made]]:
    """Return the weeks that hold no more than the one before them, with it."""
    return [
        (early, late)
        for early, late in pairwise(made)
        if early.week.workouts and late.week.workouts and not grows(late.week, early.week)
    ]


def notes_of(programme: Programme, answers: Answers) -> tuple[Reason, ...]:
    """Say what the runner should know before they begin."""
    made = _made(programme, answers)
    told = [_first_run(programme, answers.facts, made)]
    if not _only_walks(programme, answers.facts):
        told.insert(0, walk_or_run.about_the_pace(answers.easy_speed_mps))
    if not shares_nothing(programme, answers):
        told.append(_about_the_share(answers))
    told += _about_holding(programme, answers, made)
    told.append(
        Reason(
            "No session has more than 10 % over your longest backward one of the last 30 days, even where the "
            "programme's table would jump; up to five minutes are free of that.",
            dose.SPIKE_PER_DIRECTION.key,
        )
    )
    bound = [(made_week.week.number, made_week.placed.binding) for made_week in made if made_week.placed.binding]
    if bound:
        more = f" The same holds for {counted(len(bound) - 1, 'more week')}." if len(bound) > 1 else ""
        number, binding = bound[0]
        said = f"Week {number}: {binding}{more}"
        told.append(Reason(said, dose.REST_DAYS_COUNT.evidence.key, binds_week=number))
    return tuple(told)


def _about_the_share(answers: Answers) -> Reason:
    told = cap_of_the_week(answers)
    return Reason(
        f"{told[0].upper()}{told[1:]}. They replace forward minutes; they are not added.",
        dose.BACKWARD_SHARE.evidence.key,
    )


def _about_holding(programme: Programme, answers: Answers, made: Sequence[_Made]) -> list[Reason]:
    """Say from which week on the weekly cap keeps a plan where it is, and what would raise it."""
    numbers = [made_week.week.number for made_week in made if made_week.week.workouts]
    totals_s = {
        made_week.week.number: sum(workout.duration_s(Direction.BACKWARD) for workout in made_week.week.workouts)
        for made_week in made
    }
    most_s = max(totals_s.values(), default=0.0)
    first = next((n for n in numbers if totals_s[n] > most_s - 30), None)
    if first is None or shares_nothing(programme, answers) or answers.stage_zero:
        return []
    share_s = dose.BACKWARD_SHARE.value * dose.weekly_running_s(answers)
    last = next(made_week for made_week in made if made_week.week.number == numbers[-1])
    wanted_s = programme.rows[min(last.stage, len(programme.rows)) - 1].backward_s * max(1, len(last.week.workouts))
    if wanted_s <= share_s:
        return []
    if first == numbers[-1] or most_s < HOLDS_FROM_SHARE.value * share_s:
        return []
    return [
        _notes.holds(
            first,
            f"your cap is {share_s / 60:.0f} min a week; more forward running would raise it. What still grows is how "
            "long one bout is.",
            dose.BACKWARD_SHARE.evidence.key,
        )
    ]


def _only_walks(programme: Programme, facts: PlanFacts) -> bool:
    """Tell whether nobody is to run backward here, however fast they run forward."""
    return facts.walking_only or all(block.gait is Gait.WALK for row in programme.rows for block in row.blocks)


def _first_run(programme: Programme, facts: PlanFacts, made: Sequence[_Made]) -> Reason:
    for made_week in made:
        for workout in made_week.week.workouts:
            if any(step.direction is Direction.BACKWARD and step.gait is Gait.RUN for step in workout.each_step()):
                return _notes.first_run(made_week.week.number, programme.evidence.key)
    if _only_walks(programme, facts):
        return _notes.walks(programme.evidence.key)
    return Reason(
        "In this plan you walk backward throughout: your caps stay below the speed at which people start to run "
        "backward. A faster easy pace moves them up.",
        walk_or_run.TRANSITION_MPS.evidence.key,
    )


def shares_nothing(programme: Programme, answers: Answers) -> bool:
    """Tell whether there is no running to take a share of: who does not run, or may only walk backward, and walks.

    Then the dose of the trial holds, and the rule that a session grows by at most 10 % (decisions 0008 and 0055).
    """
    walks = all(
        block.gait is Gait.WALK and block.rest_gait is Gait.WALK for row in programme.rows for block in row.blocks
    ) and all(row.setting.warm_up_gait is Gait.WALK and not row.setting.forward_after_s for row in programme.rows)
    return (answers.forward_runs_per_week < 1 or answers.facts.walking_only) and walks


@lru_cache(maxsize=32)
def _made(programme: Programme, answers: Answers) -> tuple[_Made, ...]:
    """Make each week, looking back on all before it. A week without a day for a session does not move the stage.

    Remembered: whether a programme fits, its weeks and its notes are asked one after the other.
    """
    age = dose.youngest_age_years(answers)
    if age is None or age < dose.SUPERVISED_FROM_YEARS.value:
        return ()
    if age < dose.ALONE_FROM_YEARS.value and not answers.has_supervisor:
        return ()
    past = Lookback.of(answers.facts, answers.restart)
    made: list[_Made] = []
    last = len(programme.rows)
    stage, left, lost = answers.restart.first_stage, max(1, last - answers.restart.first_stage + 1), 0
    left = min(left, answers.restart.most_weeks or left)
    while left and lost <= _MOST_LOST_WEEKS:
        sprinted = answers.restart.first_stage - 1 + sum(sprints_in(made_week.week.workouts) for made_week in made)
        made_week = _week(
            programme, answers, past, answers.restart.first_week + len(made), min(stage, last), sprinted=sprinted
        )
        made.append(made_week)
        if made_week.week.workouts:
            stage, left = stage + 1, left - 1
        else:
            lost += 1
    while made and not made[-1].week.workouts:
        made.pop()
    return tuple(made)


def _week(
    programme: Programme, answers: Answers, past: Lookback, number: int, stage: int, *, sprinted: int = 0
) -> _Made:
    row = programme.rows[stage - 1]
    starts_on = answers.starts_on + timedelta(weeks=number - answers.restart.first_week)
    kept = answers.restart.kept if number == answers.restart.first_week else ()
    held = None if past.goes_on else answers.restart.hold_backward_s
    days, placed = _days(programme, answers, past, number, stage)
    left_s = _share_s(programme, answers) - past.week_backward_s(starts_on, kept)
    share_s = _share_s(programme, answers)
    of_week_s = dict(answers.facts.limits.of_week).get(number, math.inf)
    left_out = sum(workout_id.startswith(f"w{number:02d}-") for workout_id in answers.restart.skipped)
    count = min(_how_many(programme, answers, row)[0], len(days) + len(kept) + left_out)
    workouts: list[Workout] = []
    for nth, (on, ordinal, said) in enumerate(days):
        part_s = left_s / (len(days) - nth)
        if programme.alike is not None:  # what the first could not have is not the second's: a week would see-saw
            part_s = min(part_s, share_s / (len(days) + len(kept)))
        share = min(part_s, share_s - past.rolling_s(on))
        limits = (
            *_further_limits(answers, past, on, ordinal, number, of_week_s, held),
            *_taper(row, past, on),
        )
        asked = Asked(number, stage, on, ordinal, count, sprinted, share, part_s, limits)
        wanted = wanted_of(programme, answers, past, asked)
        blocks = fit_blocks(wanted, _shortest_s(programme, rises=held is not None or _rises(answers, on)))
        blocks = _sprints.one_set_more(blocks, past.sprints_count)
        if not blocks:
            continue
        workout = build_workout(wanted, blocks, answers, ordinal)
        workout = replace(workout, reasons=(*workout.reasons, *said))
        workouts.append(workout)
        past.add(workout)
        left_s -= workout.duration_s(Direction.BACKWARD)
        of_week_s -= workout.duration_s(Direction.BACKWARD)
    if not _alike((*kept, *workouts)):
        workouts = [replace(workout, reasons=_without(workout.reasons, programme.alike)) for workout in workouts]
    in_order = tuple(sorted((*kept, *workouts), key=lambda workout: (workout.on, workout.ordinal)))
    return _Made(Week(number, starts_on, in_order, focus_of(in_order, row.lead)), placed, stage)


def _alike(workouts: Sequence[Workout]) -> bool:
    """Tell whether the sessions of a week have the same backward steps: only then is it said that they have."""
    return len({tuple(map(_as_done, _backward_steps(workout))) for workout in workouts}) == 1


def _as_done(step: Step) -> tuple[object, ...]:
    return step.gait, step.duration_s, step.distance_m, step.speed_high_mps


def _backward_steps(workout: Workout) -> list[Step]:
    return [step for step in workout.steps() if step.direction is Direction.BACKWARD]


def _without(reasons: Sequence[Reason], left_out: Reason | None) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if reason != left_out)


def _share_s(programme: Programme, answers: Answers) -> float:
    """Return the backward seconds that any seven days may hold; no limit for who only walks and does not run."""
    if shares_nothing(programme, answers):
        return math.inf
    return dose.BACKWARD_SHARE.value * dose.weekly_running_s(answers)


def _shortest_s(programme: Programme, *, rises: bool) -> float:
    """Return the shortest session worth its way; after a setback, and on the way back up, a single bout is."""
    usual_s = programme.shortest_session_s.value
    return min(usual_s, SHORTEST_BOUT_S.value) if rises else usual_s


def _rises(answers: Answers, on: date) -> bool:
    return any(_way_up.limit_s(rise, on) is not None for rise in answers.facts.limits.rises)


def _further_limits(
    answers: Answers, past: Lookback, on: date, ordinal: int, week: int, of_week_s: float, held_s: float | None
) -> tuple[tuple[float, Reason], ...]:
    """Return what holds a session besides its programme, growth and share: a clinician, a setback, the plan before."""
    said = [limit for limit in (session_limit(answers.facts, on),) if limit is not None]
    if held_s is not None:
        said.append((held_s, HELD))
    spans = ((past.span_limit_s(span, on), span.reason) for span in answers.facts.limits.spans)
    said += [(left_s, reason) for left_s, reason in spans if left_s is not None]
    said += _way_up.binding(answers.facts.limits.rises, on, past.made)
    before_s = min(dict(answers.facts.limits.of_session).get(f"w{week:02d}-{ordinal}", math.inf), of_week_s)
    return (*said, (before_s, NOT_MORE)) if math.isfinite(before_s) else tuple(said)


def _taper(row: Row, past: Lookback, on: date) -> tuple[tuple[float, Reason], ...]:
    """Return what a lighter week before a race leaves: a share of what was reached, not of what the table wants."""
    longest_s = dose.longest_in_window_s(on, (*past.recorded, *past.made))
    if row.taper is None or longest_s is None:
        return ()
    share, why = row.taper
    return ((share * longest_s, why),)


def _days(
    programme: Programme, answers: Answers, past: Lookback, number: int, stage: int
) -> tuple[list[tuple[date, int, tuple[Reason, ...]]], Placed]:
    """Find a day for each new session of a week: day, ordinal, what is to be said about it. In order of the days."""
    starts_on = answers.starts_on + timedelta(weeks=number - answers.restart.first_week)
    wanted, few = _how_many(programme, answers, programme.rows[stage - 1])
    stands = {workout.ordinal for workout in answers.restart.kept} if number == answers.restart.first_week else set()
    ordinals = _ordinals(answers, number, wanted, stands)
    request = _request(answers, past, starts_on, stage, len(ordinals))
    wishes = {n: day for n in ordinals for ending, day in answers.restart.moved if ending == f"w{number:02d}-{n}"}
    granted, refused = _granted(request, wishes, starts_on)
    placed = place_sessions(starts_on, replace(request, fixed=tuple(sorted(granted))))
    free = iter(n for n in ordinals if n not in granted.values())
    taken = [(on, granted.get((on - starts_on).days)) for on in placed.dates]
    named = [(on, next(free) if ordinal is None else ordinal) for on, ordinal in taken]
    said: dict[int, tuple[Reason, ...]] = {ordinal: (why,) for ordinal, why in refused.items()}
    days = [(on, ordinal, said.get(ordinal, ())) for on, ordinal in named]
    return days, placed if placed.binding else Placed(placed.dates, few)


def _ordinals(answers: Answers, number: int, wanted: int, stands: set[int]) -> list[int]:
    """Return the numbers of a week's new sessions: those the plan had there, so that none is renamed or comes back.

    What a rule has left out of a week is gone: else its minutes would come back out of those of another session.
    """
    prefix = f"w{number:02d}-"
    free = [n for n in range(1, wanted + 1) if n not in stands and f"{prefix}{n}" not in answers.restart.skipped]
    had = [int(name.removeprefix(prefix)) for name, _ in answers.facts.limits.of_session if name.startswith(prefix)]
    return sorted(sorted(n for n in had if n not in stands)[: len(free)]) if had else free


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
    ceiling_count, ceiling_on = sessions_limit(answers.facts, starts_on)
    too_early = (answers.restart.not_before - starts_on).days if answers.restart.not_before is not None else 0
    return Request(
        count=count,
        free=tuple(day for day in days if on[day].weekday() in answers.days),
        rest_days=past.rest_days(starts_on, stage, stage),
        stands=stands,
        away=tuple(day for day in days if any(first <= on[day] <= last for first, last in answers.restart.away)),
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
