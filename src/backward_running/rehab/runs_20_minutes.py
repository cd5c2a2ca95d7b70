"""The precondition: somebody who already runs for 20 minutes."""

from __future__ import annotations

from backward_running.core.counting import noun_of, times
from backward_running.core.plan import GateState
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._facts import closed, number, opened
from backward_running.rehab._who import no_session
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.runs_20_minutes",
    "The beginner programme is meant for adults who already run forward for 20 minutes: a proposal.",
)
LONGEST_RUN_S = Number("forward_run_before_backward_s", 1200.0, "s", EVIDENCE)
KEY = "runs_20_minutes"
TITLE = "You already run for 20 minutes"


def ask(facts: Facts) -> GateState:
    """Open where the longest run of the last 30 days is 20 minutes or more."""
    longest_s = number(facts, "longest_run_s")
    runs = number(facts, "forward_runs_per_week")
    if longest_s is None or runs is None:
        return closed(KEY, TITLE, "How you run now is not known.", EVIDENCE, "Say how often and how long you run.")
    longest = f"{longest_s / 60:.0f} {noun_of(round(longest_s / 60), 'minute')}"
    if runs < 1 or longest_s < LONGEST_RUN_S.value:
        return no_session(
            KEY,
            TITLE,
            f"Your longest run is {longest}, {times(round(runs))} a week; the programme starts at "
            f"{LONGEST_RUN_S.value / 60:.0f} minutes once a week.",
            EVIDENCE,
            "Build up your forward running first; walking briskly counts as a beginning.",
            f"Come back when you run {LONGEST_RUN_S.value / 60:.0f} minutes at a time.",
        )
    return opened(KEY, TITLE, f"Your longest run is {longest}.", EVIDENCE)


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
