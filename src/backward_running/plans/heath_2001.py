"""Heath 2001: four weeks of walking backward, 15 minutes three times a week. Walking only."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.balance_review import BALANCE
from backward_running.evidence.studies.heath2001 import PRACTICE
from backward_running.evidence.studies.low_back_trials import BACK
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans._block import Block
from backward_running.plans._fitting import misfit_of
from backward_running.plans._programme import SHARED_EVIDENCE, STEPS, WALKING_GATES, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._session import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = Evidence(
    key="heath_2001.filled",
    says=(
        "Neither speed nor bouts are in what was read: three bouts of 5 minutes, a minute forward between them and at "
        "most 1.2 m/s are a proposal of this project."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
WEEKS_COUNT = Number("heath_2001_weeks_count", 4, "weeks", PRACTICE)
SESSIONS_COUNT = Number("heath_2001_sessions_per_week_count", 3, "1", PRACTICE)
SESSION_S = Number("heath_2001_session_s", 900.0, "s", PRACTICE)
BOUT_S = Number("heath_2001_bout_s", 300.0, "s", FILLED)
REST_S = Number("heath_2001_rest_s", 60.0, "s", FILLED)
CAP_MPS = Number("heath_2001_cap_mps", 1.2, "m s⁻¹", FILLED)

_OF_THE_STUDY = Reason("15 minutes of walking backward, three times a week, four weeks: as in the study.", PRACTICE.key)
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
    block = Block(int(SESSION_S.value / BOUT_S.value), BOUT_S.value, REST_S.value, Gait.WALK)
    each = int(SESSIONS_COUNT.value)
    row = Row(each, each, (block,), "Walk backward with ease", cap_mps=CAP_MPS.value, setting=setting)
    return Programme(key="heath_2001", rows=(row,) * int(WEEKS_COUNT.value), evidence=PRACTICE, cap_evidence=FILLED)


GOALS = ("try", *ABOUT)
MISFIT = misfit_of(GOALS)
WHO = Reason("Eight men walked; after four weeks the same speed took 19 % less oxygen.", PRACTICE.key)

PROTOCOL = Protocol(
    key="heath_2001",
    title="Walking backward, four weeks",
    for_whom="people who want to walk backward first, or whose goal carries walking only: balance, low back",
    version="1",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=WALKING_GATES,
    steps=STEPS,
    evidence=(PRACTICE, BALANCE, BACK, FILLED, *SHARED_EVIDENCE),
)
