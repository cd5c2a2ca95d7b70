"""After a fall: 48 hours without running backward."""

from __future__ import annotations

from collections.abc import Iterator

from backward_running.core.adaptation import Setback, SetbackKind
from backward_running.core.plan import GateState, Reason
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.rehab._facts import closed, first_day_after_pause, opened, within_48_h
from backward_running.rehab.base import Facts, Rule

EVIDENCE = Evidence(
    key="rule.fall_within_48_h",
    says="After a fall 48 hours without running backward, a look for signs of concussion, and one level down.",
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
KEY = "fall_within_48_h"
TITLE = "A fall in the last 48 hours"


def ask(facts: Facts) -> GateState:
    """Close for the two days after a fall."""
    falls = [check_in for check_in in facts.check_ins if check_in.fell and within_48_h(check_in, facts.today)]
    if not falls:
        return opened(KEY, TITLE, "You have not reported a fall in the last 48 hours.", EVIDENCE)
    return closed(
        KEY,
        TITLE,
        f"You reported a fall on {falls[-1].made_at:%d %B}.",
        EVIDENCE,
        "Wait 48 hours. With headache, confusion, dizziness or changed sight see a doctor today. Then go on one week "
        "earlier in the plan.",
    )


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every fall: 48 hours off, the signs of a concussion to look for, one stage back."""
    for check_in in facts.check_ins:
        if check_in.fell:
            on = check_in.made_at.date()
            yield Setback(
                SetbackKind.FALL,
                on,
                Reason(
                    f"You reported a fall on {on.day} {on:%B}: no running backward for 48 hours, then one stage back. "
                    "Did you hit your head, or do you feel headache, confusion, dizziness or changed sight? Then see "
                    "a doctor today.",
                    EVIDENCE.key,
                ),
                stages_back=1,
                rest_until=first_day_after_pause(on),
            )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,), setbacks=setbacks)
