"""What a clinician allows acts at once: none at all, or walking only."""

from __future__ import annotations

from backward_running.core.adaptation import Ceilings
from backward_running.core.plan import GateState
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._facts import closed, opened
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.clinician_ceilings",
    "What a clinician who knows the runner allows comes before every programme: a choice of this project.",
)
KEY = "clinician_ceilings"
TITLE = "What your clinician allows"


def ask(facts: Facts) -> GateState:
    """Close where no session or no minute is allowed; leave walking where only walking is."""
    allowed = facts.athlete.ceilings
    if allowed is None or not allowed.holds_on(facts.today):
        return opened(KEY, TITLE, "No clinician has set limits that hold today.", EVIDENCE)
    if allowed.sessions_per_week_count == 0 or allowed.backward_session_s == 0:
        return closed(
            KEY,
            TITLE,
            f"Nothing backward is allowed for now, by limits {allowed.set_by}.{_note(allowed)}",
            EVIDENCE,
            "Wait until they allow it, then change the limits.",
            no_running=allowed.walking_only,
        )
    if allowed.walking_only:
        return closed(
            KEY,
            TITLE,
            f"Walking only, no running, by limits {allowed.set_by}.{_note(allowed)}",
            EVIDENCE,
            "Walk, backward and forward, and ask them when running may begin.",
            walking_only=True,
            no_running=True,
        )
    return opened(KEY, TITLE, f"The plan stays under the limits {allowed.set_by}.{_note(allowed)}", EVIDENCE)


def _note(allowed: Ceilings) -> str:
    return f" In their words: “{allowed.note}”." if allowed.note else ""


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
