"""Outcomes: does it work for this person. One file of ``promises`` is one question.

``answering`` answers it from the readings of one person; ``together`` holds several answers side by side to a false
discovery rate. Nothing here draws by chance: the same readings give the same answer.
"""

from backward_running.outcomes.base import Outcome
from backward_running.outcomes.registering import Design

__all__ = ["Design", "Outcome", "all_designs", "all_outcomes"]


def all_outcomes() -> dict[str, Outcome]:
    """Every promise, by key."""
    from backward_running.core.plugs import discover
    from backward_running.outcomes import promises

    return discover(promises, Outcome)


def all_designs() -> dict[str, Design]:
    """Every way to experiment on oneself, by key."""
    from backward_running.core.plugs import discover
    from backward_running.outcomes import designs

    return discover(designs, Design)
