"""Heath 2001: four weeks of walking backward, 15 minutes three times a week. Walking only."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.balance_review import BALANCE
from backward_running.evidence.studies.heath2001 import PRACTICE
from backward_running.evidence.studies.low_back_trials import BACK
from backward_running.plans._block import bouts_of
from backward_running.plans._fitting import misfit_of, not_held
from backward_running.plans._programme import SHARED_EVIDENCE, STEPS, WALKING_GATES, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "heath_2001.filled",
    "Neither speed nor bouts are in what was read: bouts of a minute in the first week, a minute and a half in the "
    "second and 2 minutes after that, a minute of rest between them and at most 1.2 m/s are a proposal of this "
    "project.",
)
WEEKS_COUNT = Number("heath_2001_weeks_count", 4, "weeks", PRACTICE)
ALIKE = Reason("The sessions of a week are alike on purpose: the study had it so.", PRACTICE.key)
SESSIONS_COUNT = Number("heath_2001_sessions_per_week_count", 3, "1", PRACTICE)
SESSION_S = Number("heath_2001_session_s", 900.0, "s", PRACTICE)
BOUTS_S = tuple(
    Number(f"heath_2001_week_{week}_bout_s", seconds, "s", FILLED) for week, seconds in enumerate((60, 90, 120, 120), 1)
)
REST_S = Number("heath_2001_rest_s", 60.0, "s", FILLED)
CAP_MPS = Number("heath_2001_cap_mps", 1.2, "m s⁻¹", FILLED)

_OF_THE_STUDY = Reason(
    "In the study a session had 15 minutes of walking backward, three times a week for four weeks.", PRACTICE.key
)
_ADDED = Reason("Bouts, rests and the cap are this project’s.", FILLED.key)
_BESIDE = Reason("It stands beside your clinician’s plan and does not take its place.", FILLED.key)
#: What is known of walking backward for each condition that it serves.
ABOUT = {
    "rehab:balance": Reason("Walking backward went with better balance; the trials are small.", BALANCE.key),
    "rehab:low_back": Reason("For the low back the trials are small and short: a hint, not more.", BACK.key),
}


def programme(answers: Answers) -> Programme:
    """Return the four weeks, walked throughout."""
    own = tuple(reason for goal, reason in ABOUT.items() if goal == answers.goal)
    setting = Setting(
        warm_up_gait=Gait.WALK,
        reasons=(_OF_THE_STUDY, _ADDED, *own, *((_BESIDE,) if own else ())),
    )
    each = int(SESSIONS_COUNT.value)
    rows = tuple(
        Row(each, each, bouts_of(SESSION_S.value, bout.value, REST_S.value), cap_mps=CAP_MPS.value, setting=setting)
        for bout in BOUTS_S
    )
    return Programme(key="heath_2001", rows=rows, evidence=PRACTICE, cap_evidence=FILLED, alike=ALIKE)


GOALS = ("try", *ABOUT)
MISFIT = misfit_of(GOALS, not_held)
WHO = Reason("Eight men walked; after four weeks the same speed took 19 % less oxygen.", PRACTICE.key)

PROTOCOL = Protocol(
    key="heath_2001",
    title="Walking backward",
    length="four weeks",
    for_whom="people who want to walk backward first, or whose goal carries walking only: balance, low back",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=WALKING_GATES,
    steps=STEPS,
    evidence=(PRACTICE, BALANCE, BACK, FILLED, *SHARED_EVIDENCE),
)
