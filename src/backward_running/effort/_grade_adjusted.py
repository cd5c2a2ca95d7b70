"""Mean grade-adjusted speed of a session, per direction."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Span, Stream
from backward_running.core.session import BoutFacts, Estimate, NotKnown
from backward_running.effort._registry import grade_adjusted_model
from backward_running.effort._samples import Samples, samples_of
from backward_running.effort.base import Model
from backward_running.effort.choices import BACKWARD_RUN_FROM, FORWARD_RUN_FROM, MAY_LACK

NAME = "grade_adjusted_speed_mps"
NO_RUNNING = "There was no running in this direction."
NO_HEIGHT = "The height is not known, so neither is the slope."
NO_SPEED = "No speed was recorded here."


def grade_adjusted(
    working: Stream | None, facts: Sequence[BoutFacts], pauses: Sequence[Span], direction: Direction
) -> Estimate | NotKnown:
    """Return the mean grade-adjusted speed of the running of one direction.

    Parameters
    ----------
    working : Stream or None
        The working stream, with ``speed_mps`` and ``grade_ratio``.
    facts : sequence of BoutFacts
        The bouts.
    pauses : sequence of Span
        Time that belongs to no sample.
    direction : Direction
        Forward or backward.

    Returns
    -------
    Estimate or NotKnown
        Running only. Not known where more than a fifth of the time lies outside what was measured; the reason is that
        of the most time.
    """
    bouts = [fact.bout for fact in facts if fact.bout.direction is direction and fact.bout.gait is not Gait.WALK]
    samples = samples_of(working, bouts, pauses)
    if samples is None:
        return NotKnown(NAME, NO_SPEED)
    run_from = (FORWARD_RUN_FROM if direction is Direction.FORWARD else BACKWARD_RUN_FROM).value
    with np.errstate(invalid="ignore"):
        runs = (samples.bout >= 0) & (samples.speed_mps >= run_from)
    if not samples.duration_s[runs].sum() > 0.0:
        return NotKnown(NAME, NO_RUNNING)
    return _mean(samples, np.flatnonzero(runs), grade_adjusted_model(direction))


def _mean(samples: Samples, runs: np.ndarray, model: Model) -> Estimate | NotKnown:
    seconds = samples.duration_s[runs]
    known = samples.grade_known[runs]
    if seconds[~known].sum() > MAY_LACK.value * seconds.sum():
        return NotKnown(NAME, NO_HEIGHT)
    where = {"speed_mps": samples.speed_mps[runs], "grade_ratio": samples.grade_ratio[runs]}
    refused = model.refused(**where)
    if seconds[refused].sum() > MAY_LACK.value * seconds.sum():
        return NotKnown(NAME, _reason(model, where, seconds))
    answered = ~refused
    kept = {name: values[answered] for name, values in where.items()}
    # Not `a @ b`: a library of linear algebra wakes its threads for it, which costs more than the sum.
    mean = float((model.best(**kept) * seconds[answered]).sum() / seconds[answered].sum())
    left_out = (_reason(model, where, seconds),) if refused.any() else ()
    return Estimate(NAME, mean, mean, mean, model.key, model.standing, left_out=left_out)


def _reason(model: Model, where: dict[str, np.ndarray], seconds: np.ndarray) -> str:
    """Return the sentence of the limit that the most time breaks."""
    lost = {
        words: float(seconds[beyond].sum())
        for name, limit in model.limits.items()
        for words, beyond in (
            (limit.below, where[name] < limit.lowest),
            (limit.above, where[name] > limit.highest),
        )
    }
    return max(lost, key=lambda words: lost[words])
