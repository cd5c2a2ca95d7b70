"""The beginner programme of this project: twelve weeks for somebody who already runs for 20 minutes.

The table says what is wanted, the dose rules what is allowed; each session is the smaller of the two (decision 0004).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Reason, Week, Workout
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import dose, walk_or_run
from backward_running.plans._session import Block, Wanted, build_workout, fit_blocks
from backward_running.plans.base import Answers, Protocol
from backward_running.plans.placing import Placed, place_sessions

TABLE_EVIDENCE = Evidence(
    key="beginner.table",
    says=(
        "Weeks, repeats and rests of the beginner programme are a coaching proposal of this project for healthy adults "
        "who already run for 20 minutes; no trial has tested it."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)


@dataclass(frozen=True, slots=True)
class Template:
    """One row of the programme's table: what is wanted before any dose rule is asked."""

    sessions_low: int
    sessions_high: int
    blocks: tuple[Block, ...]
    focus: str
    cap_mps: float | None = None  #: an absolute cap, weeks 1 to 3
    cap_share: float | None = None  #: of the easy forward speed, from week 4
    uphill: bool = False  #: a grass slope of 2–4 % may be used

    @property
    def backward_s(self) -> float:
        """Backward seconds of one session."""
        return sum(block.times * block.bout_s for block in self.blocks)


def _walk(times: int, bout_s: float, rest_s: float = 60) -> Block:
    return Block(times, bout_s, rest_s, Gait.WALK)


def _run(times: int, bout_s: float, rest_s: float = 60) -> Block:
    return Block(times, bout_s, rest_s, Gait.RUN)


TABLE: tuple[Template, ...] = (
    Template(2, 2, (_walk(5, 60),), "Find your feet", cap_mps=1.2),
    Template(2, 3, (_walk(8, 60),), "Walk backward with ease", cap_mps=1.5),
    Template(3, 3, (_walk(6, 60), _run(4, 20)), "A few quick steps", cap_mps=1.8, uphill=True),
    Template(3, 3, (_run(10, 30),), "Short bouts", cap_share=0.55, uphill=True),
    Template(3, 3, (_run(8, 60),), "One minute at a time", cap_share=0.60, uphill=True),
    Template(3, 3, (_run(6, 120),), "Two minutes at a time", cap_share=0.65, uphill=True),
    Template(3, 3, (_run(4, 180),), "Three minutes at a time", cap_share=0.70, uphill=True),
    Template(2, 3, (_run(3, 300, 120),), "As hard as your easy run", cap_share=0.75, uphill=True),
    Template(2, 3, (_run(3, 330, 120),), "A little longer", cap_share=0.75, uphill=True),
    Template(2, 3, (_run(3, 360, 120),), "A little longer", cap_share=0.75, uphill=True),
    Template(2, 3, (_run(3, 390, 120),), "A little longer", cap_share=0.75, uphill=True),
    Template(2, 3, (_run(3, 420, 120),), "A part of your running", cap_share=0.75, uphill=True),
)

#: From here on a single bout, too, grows by at most 10 % on the last 30 days.
BOUT_RULE_FROM_WEEK = Number("beginner_bout_rule_from_week_count", 9, "weeks", TABLE_EVIDENCE)
THREE_SESSIONS_FROM_RUNS = Number("beginner_three_sessions_from_runs_count", 3, "runs", TABLE_EVIDENCE)
WARM_UP_S = Number("beginner_warm_up_s", 480.0, "s", TABLE_EVIDENCE, low=300.0, high=600.0)
COOL_DOWN_S = Number("beginner_cool_down_s", 300.0, "s", TABLE_EVIDENCE)
SHORTEST_SESSION_S = Number("beginner_shortest_backward_s", 60.0, "s", TABLE_EVIDENCE)
WEEKLY_DOSES: tuple[Number, ...] = tuple(
    Number(f"beginner_week_{number}_backward_s", row.backward_s, "s", TABLE_EVIDENCE)
    for number, row in enumerate(TABLE, 1)
)
SPEED_CAPS: tuple[Number, ...] = tuple(
    Number(f"beginner_week_{number}_cap_mps", row.cap_mps, "m s⁻¹", TABLE_EVIDENCE)
    if row.cap_mps is not None
    else Number(f"beginner_week_{number}_cap_share", row.cap_share or 0.0, "1", TABLE_EVIDENCE)
    for number, row in enumerate(TABLE, 1)
)


def speed_cap_mps(row: Template, answers: Answers) -> float:
    """Return the highest backward speed of a week: the smallest of all caps that apply, rounded down to cm/s."""
    easy_mps = answers.easy_speed_mps
    caps_mps = [dose.SPEED_CAP_SHARE.value * easy_mps]
    if row.cap_mps is not None:
        # "At the start" the article's cut holds as well: at least half off.
        caps_mps += [row.cap_mps, walk_or_run.article_range_mps(easy_mps)[1]]
    if row.cap_share is not None:
        caps_mps.append(row.cap_share * easy_mps)
    if answers.walking_only:
        caps_mps.append(walk_or_run.SURELY_WALK_MPS.value)
    cap_mps = min(caps_mps)
    return min(cap_mps, math.floor(cap_mps * 100 + 1e-9) / 100)


def weeks(answers: Answers) -> tuple[Week, ...]:
    """Make the weeks. Pure: same answers, same weeks; empty where the runner is too young or nothing fits."""
    made = tuple(week for week, _ in _made(answers))
    return made if any(week.workouts for week in made) else ()


def notes(answers: Answers) -> tuple[Reason, ...]:
    """Say what the runner should know before they begin."""
    made = tuple(_made(answers))
    told = [walk_or_run.about_the_pace(answers.easy_speed_mps), _first_run(made)]
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
    told.append(Reason("No programme for running backward has been tested on beginners like you.", TABLE_EVIDENCE.key))
    return tuple(told)


def _first_run(made: tuple[tuple[Week, Placed], ...]) -> Reason:
    for week, _ in made:
        for workout in week.workouts:
            if any(step.direction is Direction.BACKWARD and step.gait is Gait.RUN for step in workout.steps()):
                return Reason(f"Your first backward running is in week {week.number}.", TABLE_EVIDENCE.key)
    return Reason(
        "In this plan you walk backward throughout: your caps stay below the speed at which people start to run "
        "backward. A faster easy pace moves them up.",
        walk_or_run.TRANSITION_MPS.evidence.key,
    )


def _made(answers: Answers) -> Iterator[tuple[Week, Placed]]:
    """Yield each week with how its days were found. Each session looks back on all before it."""
    age = dose.youngest_age_years(answers)
    if age is None or age < dose.SUPERVISED_FROM_YEARS.value:
        return
    if age < dose.ALONE_FROM_YEARS.value and not answers.has_supervisor:
        return
    planned: list[tuple[date, float]] = []
    bouts: list[tuple[date, float]] = []
    for number, row in enumerate(TABLE, 1):
        starts_on = answers.starts_on + timedelta(weeks=number - 1)
        placed = _placed(number, row, answers, starts_on, [day for day, _ in planned])
        workouts: list[Workout] = []
        left_s = dose.BACKWARD_SHARE.value * dose.weekly_running_s(answers)
        for ordinal, on in enumerate(placed.dates, 1):
            share_s = left_s / (len(placed.dates) - ordinal + 1)
            wanted = _wanted(number, row, answers, on, share_s, planned, bouts)
            blocks = fit_blocks(wanted, SHORTEST_SESSION_S.value)
            if not blocks:
                continue
            workout = build_workout(wanted, blocks, answers, len(workouts) + 1)
            workouts.append(workout)
            backward_s = workout.duration_s(Direction.BACKWARD)
            left_s -= backward_s
            planned.append((on, backward_s))
            bouts.append((on, max(block.bout_s for block in blocks)))
        yield Week(number, starts_on, tuple(workouts), row.focus), placed


def _placed(number: int, row: Template, answers: Answers, starts_on: date, before: list[date]) -> Placed:
    """Find days; where 30 % of the week's running is little, rather fewer sessions than tiny ones."""
    many = answers.forward_runs_per_week >= THREE_SESSIONS_FROM_RUNS.value
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
    number: int,
    row: Template,
    answers: Answers,
    on: date,
    share_s: float,
    planned: list[tuple[date, float]],
    bouts: list[tuple[date, float]],
) -> Wanted:
    longest_bout_s = dose.longest_in_window_s(on, bouts)
    bout_limit_s = None
    if number >= BOUT_RULE_FROM_WEEK.value and longest_bout_s is not None:
        bout_limit_s = dose.BACKWARD_GROWTH_RATIO.value * longest_bout_s
    return Wanted(
        week=number,
        on=on,
        blocks=row.blocks,
        cap_mps=speed_cap_mps(row, answers),
        cap_words=_cap_words(row, answers),
        growth_limit_s=dose.backward_limit_s(on, answers.backward_history, planned),
        share_limit_s=share_s,
        bout_limit_s=bout_limit_s,
        warm_up_s=WARM_UP_S.value,
        cool_down_s=COOL_DOWN_S.value,
        uphill=row.uphill,
        dose_evidence=TABLE_EVIDENCE,
    )


def _cap_words(row: Template, answers: Answers) -> Reason:
    """Say which cap binds."""
    cap_mps = speed_cap_mps(row, answers)
    most = f"At most {walk_or_run.speed_words(cap_mps)}"
    easy = f"your easy pace of {walk_or_run.speed_words(answers.easy_speed_mps)}"
    if answers.walking_only and cap_mps == walk_or_run.SURELY_WALK_MPS.value:
        return Reason(f"{most}: a walking speed, slower is fine.", walk_or_run.SURELY_WALK_MPS.evidence.key)
    if row.cap_share is not None:
        return Reason(f"{most}: {row.cap_share * 100:.0f} % of {easy}, slower is fine.", TABLE_EVIDENCE.key)
    if row.cap_mps is not None and cap_mps < row.cap_mps:
        return Reason(f"{most}: at least half off {easy}, slower is fine.", ADVICE.key)
    return Reason(f"{most} in this week, slower is fine.", TABLE_EVIDENCE.key)


PROTOCOL = Protocol(
    key="beginner",
    title="First steps backward, twelve weeks",
    for_whom="healthy adults who already run for 20 minutes and are new to running backward",
    version="1",
    weeks=weeks,
    notes=notes,
    gates=(
        "red_flags",
        "parq_plus",
        "age",
        "balance_test",
        "not_for_backward",
        "calf_soreness",
        "fall_within_48_h",
        "pain_limits",
        "runs_20_minutes",
        "spotter_or_known_lane",
    ),
    steps={
        "sessions_per_week": dose.SESSIONS_PER_WEEK_COUNT.value,
        "days_between_sessions_in_weeks_1_to_4": dose.REST_DAYS_COUNT.value,
        "session_growth_ratio": dose.BACKWARD_GROWTH_RATIO.value,
        "first_session_s": dose.FIRST_SESSION_S.value,
        "backward_of_weekly_running_share": dose.BACKWARD_SHARE.value,
        "backward_of_forward_speed_share": dose.SPEED_CAP_SHARE.value,
        "grade_low_ratio": dose.GRADE_LOW_RATIO.value,
        "grade_high_ratio": dose.GRADE_HIGH_RATIO.value,
    },
    evidence=(
        TABLE_EVIDENCE,
        ADVICE,
        dose.SESSION_GROWTH_RATIO.evidence,
        dose.SPIKE_PER_DIRECTION,
        walk_or_run.TRANSITION_MPS.evidence,
        walk_or_run.SURELY_WALK_MPS.evidence,
        *(
            number.evidence
            for number in (
                dose.FIRST_SESSION_S,
                dose.SESSIONS_PER_WEEK_COUNT,
                dose.REST_DAYS_COUNT,
                dose.BACKWARD_SHARE,
                dose.OTHER_RUNS_SHARE,
                dose.SPEED_CAP_SHARE,
                dose.GRADE_LOW_RATIO,
                dose.GRADE_HIGH_RATIO,
                dose.ALONE_FROM_YEARS,
            )
        ),
    ),
)
