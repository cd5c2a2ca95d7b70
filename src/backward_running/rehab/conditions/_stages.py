"""Stages that no study gives: what this project proposes beside a clinician's plan, and says so."""

from __future__ import annotations

from typing import Final

from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._in_force import CLEAN_SESSIONS
from backward_running.rehab.base import Dose, Stage

PROPOSAL = own_proposal(
    "rehab.stages",
    "Stages and doses that no study gives are proposals of this project; your clinician's plan comes first.",
)
NONE_FOUND = own_proposal("rehab.none_found", "No study of going backward for this was found when this project looked.")
FIRST_S = Number("rehab_first_walk_s", 300.0, "s", PROPOSAL)
FIRST_PER_WEEK = Number("rehab_first_walk_sessions_per_week_count", 2, "1/week", PROPOSAL)
LONGER_S = Number("rehab_longer_walk_s", 600.0, "s", PROPOSAL)
LONGER_PER_WEEK = Number("rehab_longer_walk_sessions_per_week_count", 3, "1/week", PROPOSAL)
FIRST_MPS = Number("rehab_first_walk_speed_high_mps", 1.2, "m/s", PROPOSAL)
LONGER_MPS = Number("rehab_longer_walk_speed_high_mps", 1.5, "m/s", PROPOSAL)
RUN_S = Number("rehab_first_run_s", 80.0, "s", PROPOSAL)
RUN_MPS = Number("rehab_first_run_speed_high_mps", 1.8, "m/s", PROPOSAL)

FIRST_DOSE = Dose(FIRST_S, FIRST_PER_WEEK, None, FIRST_MPS)
LONGER_DOSE = Dose(LONGER_S, LONGER_PER_WEEK, None, LONGER_MPS)
RUN_DOSE = Dose(RUN_S, FIRST_PER_WEEK, None, RUN_MPS)

CLEARED: Final = "Your clinician knows of it and agrees."
NO_FLAG: Final = "None of the warning signs applies."
UNDER_LIMIT: Final = "Pain stays within its limit during and after."
MORNING: Final = "The next morning is as it was before."
NO_RISE: Final = "Pain does not rise from week to week."
TWO_CLEAN: Final = "Two sessions went by like that."


def looked_at(what: str, *leave: str) -> Stage:
    """Return the stage before all others: somebody looks at it, nothing is done backward."""
    return Stage(
        title="Have it looked at",
        what=what,
        enter=("It hurts, or you do not know what it is.",),
        leave=leave or ("A clinician has looked at it and says what you may do.", NO_FLAG),
        evidence=PROPOSAL,
    )


def first_walk(
    *enter: str, what: str = "Walk backward on a flat, closed stretch you know, one minute at a time."
) -> Stage:
    """Return the first backward walking: short, slow, flat."""
    return Stage(
        title="First backward walking",
        what=what,
        enter=(*enter, CLEARED, NO_FLAG),
        leave=(UNDER_LIMIT, MORNING, TWO_CLEAN),
        evidence=PROPOSAL,
        dose=FIRST_DOSE,
        clean_sessions=CLEAN_SESSIONS,
    )


def longer_walk(*leave: str, what: str = "The same, longer and a little brisker.") -> Stage:
    """Return the second: longer walking backward."""
    return Stage(
        title="Longer backward walking",
        what=what,
        enter=("The first backward walking went well twice.", UNDER_LIMIT),
        leave=(*leave, UNDER_LIMIT, MORNING, NO_RISE),
        evidence=PROPOSAL,
        dose=LONGER_DOSE,
        clean_sessions=CLEAN_SESSIONS,
    )


def forward_first(what: str, *enter: str, leave: str) -> Stage:
    """Return the stage that comes before anything backward: forward walking and running."""
    return Stage(
        title="Forward again first",
        what=what,
        enter=(*enter, CLEARED, NO_FLAG),
        leave=(leave, UNDER_LIMIT, MORNING, NO_RISE),
        evidence=PROPOSAL,
    )


def first_run(*enter: str, what: str) -> Stage:
    """Return the first running backward of a return to running, in pieces of seconds."""
    return Stage(
        title="First running backward",
        what=what,
        enter=(*enter, CLEARED, "Backward walking went well twice.", NO_RISE),
        leave=(
            UNDER_LIMIT,
            MORNING,
            TWO_CLEAN,
            "After that it is running, not rehabilitation: the ordinary plan goes on.",
        ),
        evidence=PROPOSAL,
        dose=RUN_DOSE,
        clean_sessions=CLEAN_SESSIONS,
        running=True,
    )
