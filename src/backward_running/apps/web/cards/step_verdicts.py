"""Each step of a session against the recording, with the sign of its verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from backward_running.core.direction import Direction
from backward_running.flows.plan_views import StepDone

#: Half of a step: what most of it was.
MOST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """One step planned against done, with the sign that stands for its verdict."""

    step: StepDone
    sign: str  #: "met", "short", "fast", "other", "unknown" or "missing"
    count: int = 1  #: so many steps stand in this row


def judged(step: StepDone) -> Judged:
    """Give a step its sign; the words are those of its verdict."""
    return Judged(step, _sign(step))


def together(steps: Sequence[Judged]) -> list[Judged]:
    """Say once of neighbours that they are not in the recording: five such steps are one row.

    They keep their first step; its row says how many there are.
    """
    rows: list[Judged] = []
    for sign, same in groupby(steps, key=lambda step: step.sign):
        found = list(same)
        rows += [replace(found[0], count=len(found))] if sign == "missing" else found
    return rows


def _sign(step: StepDone) -> str:
    if step.start_s is None or step.end_s is None:
        return "missing"
    most_s = MOST_SHARE * (step.end_s - step.start_s)
    if step.unknown_s > most_s:
        return "unknown"
    against_s = step.forward_s if step.step.direction is Direction.BACKWARD else step.backward_s
    if against_s > most_s:
        return "other"
    if step.within_cap is False:
        return "fast"
    return "short" if step.is_short else "met"
