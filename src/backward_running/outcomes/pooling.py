"""What studies found, this person alone, and both: three rows of a forest plot, and never more than is known.

A study says what happened to others on average. What it says of this person is wider by how much people differ, of
which nothing was read; the smallest important change stands for it. A study without an interval is shown and joined
with nothing, and a claim that is false gets no help from any.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from backward_running.evidence import own_proposal
from backward_running.outcomes._student import NORMAL_95
from backward_running.outcomes.answering import Answer
from backward_running.outcomes.base import Effect, Outcome

PEOPLE_DIFFER = own_proposal(
    "this_project.outcome_people_differ",
    "How far people differ in what backward running changes was not read: their standard deviation is taken as the "
    "smallest important change.",
)
YOU, BOTH = "you alone", "both"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a forest plot, in the unit of the outcome."""

    name: str
    effect: float
    low: float | None
    high: float | None


def forest(outcome: Outcome, site: str | None, told: Answer) -> tuple[Row, ...]:
    """Return the studies, this person alone, and both.

    Parameters
    ----------
    outcome : Outcome
        With the effects of its studies.
    site : str or None
        Of the body.
    told : Answer
        Of this person.

    Returns
    -------
    tuple of Row
        Empty where nobody found anything in this unit.
    """
    found = [study for study in outcome.studies if not study.sites or site in study.sites]
    rows = [Row(study.evidence.study.citation, study.effect, study.low, study.high) for study in found]
    if told.effect is None or told.error is None:
        return tuple(rows)
    rows.append(Row(YOU, told.effect, told.low, told.high))
    joined = [study for study in found if study.low is not None and study.high is not None]
    if joined:  # a false claim has no studies: its plug refuses them
        rows.append(_both(joined, told.effect, told.error, outcome.important.value))
    return tuple(rows)


def _both(studies: list[Effect], effect: float, error: float, differ: float) -> Row:
    weights, total = [1.0 / error**2], effect / error**2
    for study in studies:
        own = ((study.high or 0.0) - (study.low or 0.0)) / (2.0 * NORMAL_95)
        weights.append(1.0 / (own**2 + differ**2))
        total += study.effect * weights[-1]
    middle, half = total / sum(weights), NORMAL_95 / math.sqrt(sum(weights))
    return Row(BOTH, middle, middle - half, middle + half)
