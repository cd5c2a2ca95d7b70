"""Conditions with which a clinician decides first: nothing before that, or walking with something to hold."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._clearances import quoted_words
from backward_running.rehab._facts import closed, opened, ticked
from backward_running.rehab._who import no_session, not_agreed, said_of
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.clinician_first",
    "With seizures or fainting, a concussion within three months or in the first trimester nothing before a "
    "clinician has agreed; with numb feet or thin bones walking only, with a rail or a person: a proposal.",
)
KEY = "clinician_first"
TITLE = "Your clinician first"

#: Nothing backward before a clinician has agreed. Condition → whom to ask, when to come back.
NOTHING_BEFORE: dict[str, tuple[str, str]] = {
    "seizures_or_fainting": (
        "Ask the doctor who knows about it whether you may go backward, and until then also what running you may do.",
        "Come back when they have agreed.",
    ),
    "concussion_3_months": (
        "Ask the doctor who looked after it, and take no step backward before they agree.",
        "Come back when they have agreed, or when three months have gone by and nothing of it is left.",
    ),
    "pregnancy_first_trimester": (
        "Ask your midwife or doctor first. Walking forward is fine unless they say otherwise.",
        "Come back when they have agreed.",
    ),
}
#: Walking only, with a rail or a person, before a clinician has agreed.
WALKING_BEFORE: tuple[str, ...] = ("neuropathy", "osteoporosis")
SOMETHING_TO_HOLD = frozenset({"treadmill", "spotter", "supervisor"})


def ask(facts: Facts) -> GateState:
    """Close for what a clinician has not agreed to, the strictest first."""
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
    nothing = not_agreed(facts, NOTHING_BEFORE)
    if nothing:
        ways = [NOTHING_BEFORE[key] for key in nothing]
        do, when = (" ".join(dict.fromkeys(words)) for words in zip(*ways, strict=True))
        return no_session(KEY, TITLE, said_of(facts, nothing), EVIDENCE, do, when, no_running=True)
    walking = not_agreed(facts, WALKING_BEFORE)
    return _walking(facts, walking) if walking else opened(KEY, TITLE, _why_open(facts, health), EVIDENCE)


def _walking(facts: Facts, keys: tuple[str, ...]) -> GateState:
    text = f"{said_of(facts, keys)} With that you walk backward only, until a clinician has agreed to more."
    if SOMETHING_TO_HOLD & (ticked(facts, "have") or frozenset()):
        do = (
            "Walk with a hand on a rail or on the person beside you, and ask your doctor or physiotherapist about more."
        )
        return closed(KEY, TITLE, text, EVIDENCE, do, walking_only=True, holding=True, no_running=True)
    return no_session(
        KEY,
        TITLE,
        text,
        EVIDENCE,
        "Find somebody to walk beside you, or a treadmill with a rail: something to hold comes first.",
        "Come back when you have either; walking forward is fine till then.",
        no_running=True,
    )


def _why_open(facts: Facts, health: frozenset[str]) -> str:
    agreed = [key for key in (*NOTHING_BEFORE, *WALKING_BEFORE) if key in health]
    if agreed:
        return quoted_words(facts, agreed)
    return "You ticked nothing that a clinician has to look at first."


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
