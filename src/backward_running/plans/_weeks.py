"""From a programme's rows to weeks: each session is the smaller of what is wanted and what the dose rules allow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Reason, Week, Workout
from backward_running.plans import dose, walk_or_run
from backward_running.plans._programme import Programme, cap_words, speed_cap_mps
from backward_running.plans._session import Wanted, build_workout, fit_blocks
from backward_running.plans.base import Answers
from backward_running.plans.placing import Placed, place_sessions


def weeks_of(programme: Programme, answers: Answers) -> tuple[Week, ...]:
    """Make the weeks. Pure: same answers, same weeks; empty where the runner is too young or nothing fits."""
    made = tuple(week for week, _ in _made(programme, answers))
    return made if any(week.workouts for week in made) else ()


def notes_of(programme: Programme, answers: Answers) -> tuple[Reason, ...]:
    """Say what the runner should know before they begin."""
    made = tuple(_made(programme, answers))
    told = [walk_or_run.about_the_pace(answers.easy_speed_mps), _first_run(programme, made)]
    weekly_s = dose.weekly_running_s(answers)
    share = dose.BACKWARD_SHARE.value
    told.append(
        Reason(
            f"You run about {weekly_s / 60:.0f} minutes a week (the longest run, the others counted as half of it); at "
            f"most {share * 100:.0f} % of that, {share * weekly_s / 60:.0f} minutes, "
            "go backward. They replace forward minutes; they are not added.",
            dose.BACKWARD_SHARE.evidence.key,
        )
    )
    told.append(
        Reason(
            "Backward minutes grow by at most 10 % from one session to the next, even where the programme's table "
            "would jump.",
            dose.SPIKE_PER_DIRECTION.key,
        )
    )
    bound = [f"Week {week.number}: {placed.binding}" for week, placed in made if placed.binding]
    if bound:
        more = f" The same holds for {len(bound) - 1} more weeks." if len(bound) > 1 else ""
        told.append(Reason(bound[0] + more, dose.REST_DAYS_COUNT.evidence.key))
    return tuple(told)


def _first_run(programme: Programme, made: tuple[tuple[Week, Placed], ...]) -> Reason:
    for week, _ in made:
        for workout in week.workouts:
            if any(step.direction is Direction.BACKWARD and step.gait is Gait.RUN for step in workout.steps()):
                return Reason(f"Your first backward running is in week {week.number}.", programme.evidence.key)
    return Reason(
        "In this plan you walk backward throughout: your caps stay below the speed at which people start to run "
        "backward. A faster easy pace moves them up.",
        walk_or_run.TRANSITION_MPS.evidence.key,
    )


def _made(programme: Programme, answers: Answers) -> Iterator[tuple[Week, Placed]]:
    """Yield each week with how its days were found. Each session looks back on all before it."""
    age = dose.youngest_age_years(answers)
    if age is None or age < dose.SUPERVISED_FROM_YEARS.value:
        return
    if age < dose.ALONE_FROM_YEARS.value and not answers.has_supervisor:
        return
    planned: list[tuple[date, float]] = []
    bouts: list[tuple[date, float]] = []
    for number, row in enumerate(programme.rows, 1):
        starts_on = answers.starts_on + timedelta(weeks=number - 1)
        placed = _placed(programme, number, answers, starts_on, [day for day, _ in planned])
        workouts: list[Workout] = []
        left_s = dose.BACKWARD_SHARE.value * dose.weekly_running_s(answers)
        for ordinal, on in enumerate(placed.dates, 1):
            share_s = left_s / (len(placed.dates) - ordinal + 1)
            wanted = _wanted(programme, number, answers, on, share_s, planned, bouts)
            blocks = fit_blocks(wanted, programme.shortest_session_s.value)
            if not blocks:
                continue
            workout = build_workout(wanted, blocks, answers, len(workouts) + 1)
            workouts.append(workout)
            backward_s = workout.duration_s(Direction.BACKWARD)
            left_s -= backward_s
            planned.append((on, backward_s))
            bouts.append((on, max(block.bout_s for block in blocks)))
        yield Week(number, starts_on, tuple(workouts), row.focus), placed


def _placed(programme: Programme, number: int, answers: Answers, starts_on: date, before: list[date]) -> Placed:
    """Find days; where 30 % of the week's running is little, rather fewer sessions than tiny ones."""
    row = programme.rows[number - 1]
    many = answers.forward_runs_per_week >= programme.three_sessions_from_runs.value
    wanted = row.sessions_high if many else row.sessions_low
    share_s = dose.BACKWARD_SHARE.value * dose.weekly_running_s(answers)
    useful_s = min(row.backward_s, dose.FIRST_SESSION_S.value)
    count = next((few for few in range(wanted, 1, -1) if share_s / few >= useful_s), 1)
    placed = place_sessions(starts_on, answers.days, count, week=number, before=before)
    if placed.binding is None and count < wanted:
        return Placed(
            placed.dates,
            f"{count} instead of {wanted} sessions: more would make each one tiny, because backward minutes stay "
            f"within {dose.BACKWARD_SHARE.value * 100:.0f} % of your weekly running.",
        )
    return placed


def _wanted(
    programme: Programme,
    number: int,
    answers: Answers,
    on: date,
    share_s: float,
    planned: list[tuple[date, float]],
    bouts: list[tuple[date, float]],
) -> Wanted:
    row = programme.rows[number - 1]
    longest_bout_s = dose.longest_in_window_s(on, bouts)
    bout_limit_s = None
    from_stage = programme.bout_rule_from_stage
    if from_stage is not None and number >= from_stage.value and longest_bout_s is not None:
        bout_limit_s = dose.BACKWARD_GROWTH_RATIO.value * longest_bout_s
    return Wanted(
        week=number,
        stage=number,
        on=on,
        blocks=row.blocks,
        cap_mps=speed_cap_mps(row, answers),
        cap_words=cap_words(programme, row, answers),
        growth_limit_s=dose.backward_limit_s(on, answers.backward_history, planned),
        share_limit_s=share_s,
        bout_limit_s=bout_limit_s,
        warm_up_s=programme.warm_up_s.value,
        cool_down_s=programme.cool_down_s.value,
        uphill=row.uphill,
        dose_evidence=programme.evidence,
    )
