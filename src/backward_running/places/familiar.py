"""How well its runner knows it: by their word, or by their own runs."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "familiar"
EVIDENCE = own_proposal(
    "rule.familiar", "A familiar spot: who has walked every metre of it forward knows what lies there."
)
OFTEN_COUNT = proposed_number(
    "spot_often_count", 8.0, "1", "After so many days a place is known as well as it will be."
)
BY_RUNS_SCORE = proposed_number("spot_by_runs_score", 0.7, "1", "Runs say that you were there, not that you looked.")


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score whether the runner ticked it, or how often they ran there."""
    if asked.ticked:
        return Answer(1.0, "you marked it as known")
    if not asked.visits:
        return unknown("you have not marked it as known")
    share = min(asked.visits / OFTEN_COUNT.value, 1.0)
    days = "one day" if asked.visits == 1 else f"{asked.visits} days"
    return Answer(BY_RUNS_SCORE.value * share, f"you ran here on {days}")


RULE = PlaceRule(KEY, "Known to you", ask, WEIGHTS[KEY], (EVIDENCE, ADVICE), by_map=False)
