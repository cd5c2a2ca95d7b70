"""You cannot see where you go: a spotter, a treadmill or a lane you know comes first."""

from __future__ import annotations

from backward_running.core.plan import GateState
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.rehab._facts import opened, ticked
from backward_running.rehab._who import no_session
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.spotter_or_known_lane",
    "Run backward with a spotter, on a treadmill with rail and clip, or on a known lane of 20–50 m: a proposal.",
)
KEY = "spotter_or_known_lane"
TITLE = "A spotter, a treadmill or a known lane"


def ask(facts: Facts) -> GateState:
    """Open where the runner has any of them."""
    have = ticked(facts, "have") or frozenset()
    if have & {"spotter", "supervisor", "treadmill", "known_spot"}:
        return opened(KEY, TITLE, "You have a spotter, a treadmill or a lane you know.", EVIDENCE)
    return no_session(
        KEY,
        TITLE,
        "You have neither a spotter, nor a treadmill, nor a lane you know.",
        EVIDENCE,
        "Ask a friend to come along, or find a flat, closed stretch of 20–50 m and walk it until you know it.",
        "Come back when you have one of them.",
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE, ADVICE))
