"""The beginner programme of this project: twelve weeks for somebody who already runs for 20 minutes.

The table says what is wanted, the dose rules what is allowed; each session is the smaller of the two (decision 0004).
"""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason, Week
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import dose, walk_or_run
from backward_running.plans._programme import Programme, Row
from backward_running.plans._session import Block
from backward_running.plans._weeks import notes_of, weeks_of
from backward_running.plans.base import Answers, Protocol

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


def _walk(times: int, bout_s: float, rest_s: float = 60) -> Block:
    return Block(times, bout_s, rest_s, Gait.WALK)


def _run(times: int, bout_s: float, rest_s: float = 60) -> Block:
    return Block(times, bout_s, rest_s, Gait.RUN)


TABLE: tuple[Row, ...] = (
    Row(2, 2, (_walk(5, 60),), "Find your feet", cap_mps=1.2),
    Row(2, 3, (_walk(8, 60),), "Walk backward with ease", cap_mps=1.5),
    Row(3, 3, (_walk(6, 60), _run(4, 20)), "A few quick steps", cap_mps=1.8, uphill=True),
    Row(3, 3, (_run(10, 30),), "Short bouts", cap_share=0.55, uphill=True),
    Row(3, 3, (_run(8, 60),), "One minute at a time", cap_share=0.60, uphill=True),
    Row(3, 3, (_run(6, 120),), "Two minutes at a time", cap_share=0.65, uphill=True),
    Row(3, 3, (_run(4, 180),), "Three minutes at a time", cap_share=0.70, uphill=True),
    Row(2, 3, (_run(3, 300, 120),), "As hard as your easy run", cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 330, 120),), "A little longer", cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 360, 120),), "A little longer", cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 390, 120),), "A little longer", cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 420, 120),), "A part of your running", cap_share=0.75, uphill=True),
)

#: From here on a single bout, too, grows by at most 10 % on the last 30 days.
BOUT_RULE_FROM_STAGE = Number("beginner_bout_rule_from_week_count", 9, "weeks", TABLE_EVIDENCE)
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


PROGRAMME = Programme(
    key="beginner",
    rows=TABLE,
    evidence=TABLE_EVIDENCE,
    warm_up_s=WARM_UP_S,
    cool_down_s=COOL_DOWN_S,
    shortest_session_s=SHORTEST_SESSION_S,
    three_sessions_from_runs=THREE_SESSIONS_FROM_RUNS,
    bout_rule_from_stage=BOUT_RULE_FROM_STAGE,
)


def weeks(answers: Answers) -> tuple[Week, ...]:
    """Make the weeks. Pure: same answers, same weeks; empty where the runner is too young or nothing fits."""
    return weeks_of(PROGRAMME, answers)


def notes(answers: Answers) -> tuple[Reason, ...]:
    """Say what the runner should know before they begin."""
    untested = "No programme for running backward has been tested on beginners like you."
    return (*notes_of(PROGRAMME, answers), Reason(untested, TABLE_EVIDENCE.key))


PROTOCOL = Protocol(
    key="beginner",
    title="First steps backward, twelve weeks",
    for_whom="healthy adults who already run for 20 minutes and are new to running backward",
    version="1",
    goals=("try", "variety"),
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
