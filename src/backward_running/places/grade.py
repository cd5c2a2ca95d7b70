"""How it rises: a little uphill steadies, downhill is not for a start."""

from __future__ import annotations

from backward_running.core.ground import Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "grade"
EVIDENCE = own_proposal(
    "rule.place_grade",
    "Level to +4 % for the first eight weeks, up to +10 % with experience, below −1 % not for a start: a proposal.",
)
LEAST_RATIO = proposed_number("spot_grade_least_ratio", -0.01, "1", "Below this it goes downhill.")
BEST_RATIO = proposed_number("spot_grade_best_ratio", 0.04, "1", "Up to this it is for everybody.")
MOST_RATIO = proposed_number("spot_grade_most_ratio", 0.10, "1", "Up to this it is for the experienced.")
STEEP_SCORE = proposed_number("spot_grade_steep_score", 0.3, "1", "What only the experienced should run uphill.")
SURE_RATIO = proposed_number(
    "spot_grade_sure_ratio", 0.03, "1", "Where eight of ten lie farther apart than twice this, the grade is not known."
)


def ask(stretch: Stretch, asked: Asked) -> Answer:  # noqa: ARG001 -- the shape every rule has
    """Score the grade where it is known well enough to tell level from steep."""
    grade = stretch.grade
    if grade is None:
        return unknown("grade unknown")
    if grade.found_by == "kind":
        return Answer(_score(grade.ratio), "level, as such ground is built")
    words = grade.words
    if (grade.high - grade.low) / 2.0 > SURE_RATIO.value:
        return unknown(f"{words}: too unsure to count")
    return Answer(_score(grade.ratio), words)


def _score(ratio: float) -> float:
    if ratio < LEAST_RATIO.value or ratio > MOST_RATIO.value:
        return 0.0
    return 1.0 if ratio <= BEST_RATIO.value else STEEP_SCORE.value


RULE = PlaceRule(KEY, "Grade", ask, WEIGHTS[KEY], (EVIDENCE, ADVICE), by_map=False)
