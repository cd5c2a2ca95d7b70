"""Conditions that rule out running backward; walking may be possible where a clinician agrees and somebody stays."""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.goals import TICKED_AS
from backward_running.core.plan import GateState
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._clearances import quoted_words
from backward_running.rehab._facts import opened, ticked
from backward_running.rehab._who import has_dose, no_session, not_agreed, said_of, walking_beside, without_dose
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.not_for_backward",
    "Conditions in which a fall would cost too much or the calf is already sore: a cautious list of this project. "
    "Practically all trials with patients are of supervised backward walking.",
)
KEY = "not_for_backward"
TITLE = "Not for running backward"

#: A clinician who agrees to walking opens that; nothing opens running.
NEVER_RUNNING: tuple[str, ...] = (
    "vertigo",
    "sight",
    "vestibular_or_visual",
    "parkinson_or_stroke",
    "fragility_fracture",
    "pregnancy",
    "acute_calf_or_foot",
    "stiff_neck",
    "anticoagulation",
)


def ask(facts: Facts) -> GateState:
    """Close where any of the conditions was ticked; leave supervised walking where a clinician agrees to each."""
    health = ticked(facts, "health")
    if health is None:
        return no_session(
            KEY,
            TITLE,
            "You have not said whether any of the conditions applies to you.",
            EVIDENCE,
            "Answer “Does any of these apply to you?” before you begin.",
            "Come back to the question whenever you like: what you typed is kept.",
        )
    said = tuple(key for key in NEVER_RUNNING if key in health)
    if not said:
        return opened(KEY, TITLE, "You ticked none of the conditions that rule out running backward.", EVIDENCE)
    text = f"{said_of(facts, said)} There is no running backward with that."
    if not_agreed(facts, said):
        return no_session(
            KEY,
            TITLE,
            text,
            EVIDENCE,
            "Ask your doctor or physiotherapist whether walking backward, with somebody beside you, fits you.",
            _when(said),
            no_running=True,
        )
    text = f"{text} {quoted_words(facts, said)}"
    if not has_dose(facts) and not set(TICKED_AS.values()).isdisjoint(said):
        return without_dose(KEY, TITLE, text, EVIDENCE)
    state = walking_beside(facts, KEY, TITLE, text, EVIDENCE, no_running=True)
    return replace(state, holding=state.walking_only)


def _when(said: tuple[str, ...]) -> str:
    if said == ("pregnancy",):
        return "Come back for running after the birth, once your midwife or doctor says you may run again."
    if said == ("acute_calf_or_foot",):
        return "Come back when the pain has settled and you run forward without it."
    return "Come back when they have agreed to walking."


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
