"""Which of two sides is forward, by the steps of the plan: each step is a word, and none is the truth."""

from __future__ import annotations

import math

from backward_running.core.direction import Direction
from backward_running.evidence import proposed_number
from backward_running.gait.labels.claims import NAMED

TURNED = proposed_number(
    "live_turned_share",
    0.75,
    "1",
    "A backward step is gone backward in three cases of four, while it is not yet known: somebody may walk on forward, "
    "but nobody goes backward by oversight where forward was said.",
)
SETTLED = proposed_number(
    "live_settled_s", 5.0, "s", "For five seconds after a step began somebody may still be turning round."
)
FULL_AFTER = proposed_number("live_step_full_after_s", 10.0, "s", "Ten seconds of a step are its whole word.")
MOST_STATED = proposed_number("live_most_stated_nat", 6.0, "nat", "All steps together speak 400 to 1 at most.")


class StatedSides:
    """Counts on which side each planned step was gone."""

    def __init__(self) -> None:
        self.direction: Direction | None = None  #: of the step that is being done; None where it says none
        self.begun_s = 0.0
        self._said_nat, self._first_s, self._second_s = 0.0, 0.0, 0.0

    def begin(self, at_s: float, direction: Direction) -> None:
        """Begin a step."""
        self._said_nat = self.first_is_forward_nat()
        self._first_s = self._second_s = 0.0
        self.begun_s = at_s
        self.direction = direction if direction in (Direction.FORWARD, Direction.BACKWARD) else None

    def forget(self) -> None:
        """Two other sides: what was counted of the old ones says nothing of them."""
        self._said_nat = self._first_s = self._second_s = 0.0

    def count(self, at_s: float, passed_s: float, *, first: bool) -> None:
        """Count so many seconds on a side; those in which somebody may still be turning are not."""
        if self.direction is None or at_s < self.begun_s + SETTLED.value:
            return
        if first:
            self._first_s += passed_s
        else:
            self._second_s += passed_s

    def first_is_forward_nat(self) -> float:
        """Return the log-odds that the first side is forward."""
        counted_s = self._first_s + self._second_s
        said = self._said_nat
        if self.direction is not None and counted_s > 0.0:
            lead = (self._first_s - self._second_s) / counted_s * min(1.0, counted_s / FULL_AFTER.value)
            said += lead * (_FORWARD_NAT if self.direction is Direction.FORWARD else -_BACKWARD_NAT)
        return max(-MOST_STATED.value, min(MOST_STATED.value, said))


_FORWARD_NAT = math.log(NAMED.value / (1.0 - NAMED.value))
_BACKWARD_NAT = math.log(TURNED.value / (1.0 - TURNED.value))
