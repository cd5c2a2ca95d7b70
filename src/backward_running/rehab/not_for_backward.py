"""Conditions that rule out running backward; walking backward may be possible with a clinician."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.core.screening import CONDITIONS
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.rehab._facts import closed, opened, ticked
from backward_running.rehab.base import Facts, Rule

EVIDENCE = Evidence(
    key="rule.not_for_backward",
    says=(
        "Conditions in which a fall would cost too much or the calf is already sore: a cautious list of this project. "
        "Practically all trials with patients are of supervised backward walking."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
KEY = "not_for_backward"
TITLE = "Not for running backward"


def ask(facts: Facts) -> GateState:
    """Close where any of the conditions was ticked."""
    health = ticked(facts, "health")
    if health is None:
        return closed(
            KEY,
            TITLE,
            "You have not said whether any of the conditions applies to you.",
            EVIDENCE,
            "Answer “Does any of these apply to you?” before you begin.",
        )
    said = [words for key, words in CONDITIONS if key in health]
    if not said:
        return opened(KEY, TITLE, "You ticked none of the conditions that rule out running backward.", EVIDENCE)
    return closed(
        KEY,
        TITLE,
        f"You ticked: {'; '.join(said)}. There is no running backward with that.",
        EVIDENCE,
        "Ask your doctor or physiotherapist whether walking backward beside them fits you.",
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
