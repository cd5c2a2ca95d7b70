"""Ask "was this backward?" only where that is likely, and where this runner could have done it."""

from __future__ import annotations

from collections.abc import Iterable

from backward_running import gait
from backward_running.core.direction import Direction
from backward_running.core.habits import Habits
from backward_running.core.session import BoutFacts
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.watch.watch_at_1_hz import DETECTOR as WATCH

LEAST = proposed_number(
    "asked_backward_least_s",
    30.0,
    "s",
    "A watch smooths over 9 s and its speed lags: where it sees slow, quick steps for less than half a minute, it is "
    "rather the watch. Three stretches of 17 to 24 s were the only false questions in 18 h of known runners.",
)


def asked(facts: Iterable[BoutFacts], habits: Habits) -> tuple[BoutFacts, ...]:
    """Return the bouts of which the runner is asked whether they were backward.

    Parameters
    ----------
    facts : iterable of BoutFacts
        Of one recording. What the runner labelled, *unknown* too, carries no hint: nothing is asked twice.
    habits : Habits
        Of the runner, from their other recordings: how fast they usually run. Of nothing: what most people could do.

    Returns
    -------
    tuple of BoutFacts
        None at all where the recordings differ too much to be of one person. A stranger is not asked: before three
        runs of them are known, a watch gives no more than 0.6 and the question begins at 0.7.
    """
    if gait.are_of_several(habits):
        return ()
    usual_mps = gait.usual_speed_mps(habits)
    return tuple(bout for bout in facts if _looks_backward(bout) and _plausible(bout, usual_mps))


def _looks_backward(bout: BoutFacts) -> bool:
    hint = bout.bout.hint
    if hint is None or hint.direction is not Direction.BACKWARD or hint.probability_share < gait.LIKELY.value:
        return False
    return hint.found_by != WATCH.key or bout.bout.duration_s >= LEAST.value


def _plausible(bout: BoutFacts, usual_mps: float | None) -> bool:
    if bout.distance_m is None or not bout.moving_s > 0.0:
        return True  # how fast it was nobody knows
    return gait.may_be_backward(bout.distance_m / bout.moving_s, bout.moving_s, bout.bout.gait, usual_mps)
