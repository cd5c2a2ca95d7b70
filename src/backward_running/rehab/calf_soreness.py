"""Sore calves: at 4 of 10 or more no backward running, until they are back at 2 or less."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.calf_damage import CALF
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.rehab._facts import closed, in_order, opened
from backward_running.rehab.base import Facts, Rule

LIMITS = Evidence(
    key="rule.calf_soreness",
    says="Stop at 4 of 10, go on at 2 or less: limits of this project, not of a trial.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
STOP_NRS = Number("calf_soreness_stop_nrs", 4.0, "1", LIMITS)
GO_ON_NRS = Number("calf_soreness_go_on_nrs", 2.0, "1", LIMITS)
KEY = "calf_soreness"
TITLE = "Calf soreness"


def ask(facts: Facts) -> GateState:
    """Close at 4 or more and stay closed until a check-in says 2 or less."""
    shut = False
    last: float | None = None
    for check_in in in_order(facts):
        if check_in.calf_soreness_nrs is None:
            continue
        last = check_in.calf_soreness_nrs
        shut = last >= STOP_NRS.value or (shut and last > GO_ON_NRS.value)
    if shut:
        return closed(
            KEY,
            TITLE,
            f"Your calves were at {last:g} of 10 when you last said so. Once at {STOP_NRS.value:g} or more, it takes "
            f"{GO_ON_NRS.value:g} or less to go on; soreness can still grow for 48 hours after a session.",
            CALF,
            f"No backward running until you say {GO_ON_NRS.value:g} or less; easy forward walking is fine.",
        )
    if last is None:
        return opened(KEY, TITLE, "You have not reported sore calves; you will be asked after each session.", LIMITS)
    return opened(KEY, TITLE, f"Your calves were at {last:g} of 10 when you last said so.", LIMITS)


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(LIMITS, CALF))
