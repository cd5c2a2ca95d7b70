"""Places: where to run backward. A piece of the map → stretches, and how well each suits. One file is one rule.

A rule is one file with a constant ``RULE``. It scores 0…1, what is not known scores 0, and nothing is ever called safe.
"""

from __future__ import annotations

from backward_running.places._around import dimension_of
from backward_running.places.base import Answer, Asked, PlaceRule, unknown
from backward_running.places.own_ground import most_run, run_over
from backward_running.places.own_straights import find_straights
from backward_running.places.ranking import all_rules, rank, score
from backward_running.places.stretches import find_stretches

__all__ = [
    "Answer", "Asked", "PlaceRule", "all_rules", "dimension_of", "find_straights", "find_stretches", "most_run",
    "rank", "run_over", "score", "unknown",
]  # fmt: skip
