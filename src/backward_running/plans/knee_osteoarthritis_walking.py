"""Walking backward with knee osteoarthritis: 10 minutes three times a week for six weeks, with somebody beside."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.alghadir2019 import PAIN
from backward_running.evidence.studies.lin2025 import PAIN as POOLED
from backward_running.plans._block import bouts_of
from backward_running.plans._fitting import NO_PROGRAMME, misfit_of, supervised
from backward_running.plans._programme import SHARED_EVIDENCE, STEPS, WALKING_GATES, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "knee_osteoarthritis_walking.filled",
    "Neither speed nor bouts are in what was read: bouts of a minute in the first two weeks, a minute and a half "
    "in the next two and 2 minutes in the last, a minute of rest between them and at most 1.0 m/s are a proposal "
    "of this project.",
)
WEEKS_COUNT = Number("knee_osteoarthritis_walking_weeks_count", 6, "weeks", PAIN)
SESSIONS_COUNT = Number("knee_osteoarthritis_walking_sessions_per_week_count", 3, "1", PAIN)
SESSION_S = Number("knee_osteoarthritis_walking_session_s", 600.0, "s", PAIN)
BOUTS_S = tuple(
    Number(f"knee_osteoarthritis_walking_week_{week}_bout_s", seconds, "s", FILLED)
    for week, seconds in enumerate((60, 60, 90, 90, 120, 120), 1)
)
REST_S = Number("knee_osteoarthritis_walking_rest_s", 60.0, "s", FILLED)
WARM_UP_S = Number("knee_osteoarthritis_walking_warm_up_s", 300.0, "s", FILLED)
CAP_MPS = Number("knee_osteoarthritis_walking_cap_mps", 1.0, "m s⁻¹", FILLED)

_SETTING = Setting(
    supervised=True,
    warm_up_gait=Gait.WALK,
    reasons=(
        Reason(
            "In the trial a session had 10 minutes, three times a week for six weeks, with somebody beside.", PAIN.key
        ),
        Reason("Bouts, rests and the cap are this project’s.", FILLED.key),
        Reason(
            "Pain of up to 4 of 10 may come while you walk if the next morning is as before; over that, stop and leave "
            "two days.",
            FILLED.key,
        ),
        Reason("It is an addition to your clinician’s plan: that is how the trials used it.", POOLED.key),
    ),
)
_EACH = int(SESSIONS_COUNT.value)
TABLE: tuple[Row, ...] = tuple(
    Row(_EACH, _EACH, bouts_of(SESSION_S.value, bout.value, REST_S.value), cap_mps=CAP_MPS.value, setting=_SETTING)
    for bout in BOUTS_S
)
ALIKE = Reason("The sessions of a week are alike on purpose: the trial had it so.", PAIN.key)
PROGRAMME = Programme(
    key="knee_osteoarthritis_walking", rows=TABLE, evidence=PAIN, cap_evidence=FILLED, alike=ALIKE, warm_up_s=WARM_UP_S
)
GOALS = ("rehab:knee_osteoarthritis",)


def has_the_condition(answers: Answers) -> Reason | None:
    """Somebody whose goal it is."""
    if answers.goal in GOALS:
        return None
    return Reason("It is for people with knee osteoarthritis, beside their clinician’s plan.", NO_PROGRAMME.key)


def programme(answers: Answers) -> Programme:  # noqa: ARG001 -- the same for everybody
    """Return the six weeks."""
    return PROGRAMME


MISFIT = misfit_of(GOALS, has_the_condition, supervised)
WHO = Reason("Thirteen trials of walking backward speak for less pain; none was of running.", POOLED.key)
#: The page of the condition says the same.
BEGINS = Reason(
    "The trial had ten minutes from the first day on. This plan begins with five where you did none before, and comes "
    "to ten by steps of a tenth at most: that is this project’s.",
    FILLED.key,
)

PROTOCOL = Protocol(
    key="knee_osteoarthritis_walking",
    title="Walking backward with knee osteoarthritis",
    length="six weeks",
    for_whom="people with knee osteoarthritis who have a trained person beside them",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO, BEGINS),
    misfit=MISFIT,
    gates=WALKING_GATES,
    steps=STEPS,
    evidence=(PAIN, POOLED, FILLED, *SHARED_EVIDENCE),
)
