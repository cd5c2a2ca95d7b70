"""The beginner programme of this project: twelve weeks for somebody who already runs for 20 minutes.

The table says what is wanted, the dose rules what is allowed; each session is the smaller of the two (decision 0004).
"""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.ordway2016 import BODY
from backward_running.plans._block import Block
from backward_running.plans._first_running import FIRST_RUNNING, short_bouts_first
from backward_running.plans._fitting import misfit_of, runs_already
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row, cap_numbers, dose_numbers
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans.base import Answers, Protocol

TABLE_EVIDENCE = own_proposal(
    "beginner.table",
    "Weeks, repeats and rests of the beginner programme are a coaching proposal of this project for healthy adults "
    "who already run for 20 minutes; no trial has tested it.",
)


def _walk(times: int, bout_s: float, rest_s: float = 60) -> Block:
    return Block(times, bout_s, rest_s, Gait.WALK)


def _run(times: int, bout_s: float, rest_s: float = 60) -> Block:
    return Block(times, bout_s, rest_s, Gait.RUN)


TABLE: tuple[Row, ...] = (
    Row(2, 2, (_walk(5, 60),), cap_mps=1.2),
    Row(2, 3, (_walk(8, 60),), cap_mps=1.5),
    Row(3, 3, (_walk(6, 60), _run(4, 20)), cap_mps=1.8, uphill=True),
    Row(3, 3, (_run(10, 30),), cap_share=0.55, uphill=True),
    Row(3, 3, (_run(8, 60),), cap_share=0.60, uphill=True),
    Row(3, 3, (_run(6, 120),), cap_share=0.65, uphill=True),
    Row(3, 3, (_run(4, 180),), cap_share=0.70, uphill=True),
    Row(2, 3, (_run(3, 300, 120),), cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 330, 120),), cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 360, 120),), cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 390, 120),), cap_share=0.75, uphill=True),
    Row(2, 3, (_run(3, 420, 120),), cap_share=0.75, uphill=True),
)

#: From here on a single bout, too, grows by at most 10 % on the last 30 days.
BOUT_RULE_FROM_STAGE = Number("beginner_bout_rule_from_week_count", 9, "weeks", TABLE_EVIDENCE)
THREE_SESSIONS_FROM_RUNS = Number("beginner_three_sessions_from_runs_count", 3, "runs", TABLE_EVIDENCE)
WEEKLY_DOSES = dose_numbers("beginner", TABLE, TABLE_EVIDENCE)
SPEED_CAPS = cap_numbers("beginner", TABLE, TABLE_EVIDENCE)

PROGRAMME = Programme(
    key="beginner",
    rows=TABLE,
    evidence=TABLE_EVIDENCE,
    three_sessions_from_runs=THREE_SESSIONS_FROM_RUNS,
    bout_rule_from_stage=BOUT_RULE_FROM_STAGE,
    varies=True,
)

GOALS = ("try", "variety", "economy")
UNTESTED = Reason("No programme for running backward has been tested on beginners like you.", TABLE_EVIDENCE.key)

MISFIT = misfit_of(GOALS, runs_already)


THEN = Reason(
    "For economy these weeks come first. The one study of it, eight trained men without a control group, then ran "
    "backward in a harness on a treadmill, twice a week for ten weeks: that programme opens once you have practised "
    "and have a harness. Sprints are no part of it.",
    BODY.key,
)


#: The place of the row with ten bouts of 30 s.
RUNNING_FROM = 3
RUNNING = tuple(row.blocks for row in TABLE[RUNNING_FROM:])


def programme(answers: Answers) -> Programme:
    """Return the twelve weeks; who walks the short bouts of week 4 runs them first of all where running begins."""
    return replace(PROGRAMME, rows=short_bouts_first(TABLE, answers, begins_at=RUNNING_FROM, running=RUNNING))


_notes = notes_for(programme, MISFIT, UNTESTED)


def notes(answers: Answers) -> tuple[Reason, ...]:
    """Say what should be known, and for economy what comes after these weeks."""
    told = _notes(answers)
    return (*told, THEN) if answers.goal == "economy" and MISFIT(answers) is None else told


PROTOCOL = Protocol(
    key="beginner",
    title="First steps backward",
    length="twelve weeks",
    for_whom="healthy adults who already run for 20 minutes and are new to running backward",
    version="4",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes,
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(TABLE_EVIDENCE, FIRST_RUNNING, BODY, *SHARED_EVIDENCE),
)
