"""The runner's regression lines, moved by what one recording shows of their forward running.

A trimmed fit in two steps: first the samples too fast for backward running, then all that lie near the line they give.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.habits import Trend
from backward_running.evidence import proposed_number
from backward_running.gait.person.prior import RunnerModel
from backward_running.gait.person.regression import Line, trend_of
from backward_running.gait.person.watch_samples import WatchSamples

ODD = proposed_number(
    "watch_odd_spreads", 2.0, "1", "Seconds more than two spreads over the line teach nothing: they may be backward."
)
BRISK = proposed_number(
    "watch_brisk_ratio",
    0.87,
    "1",
    "Seconds at 0.87 of the usual speed and more are taken as forward when a line is begun: backward is slower.",
)
USUAL = proposed_number(
    "watch_usual_speed_share",
    0.7,
    "1",
    "The usual forward speed is read off the faster part of a recording, the 70th percentile less 5 %: up to half of a "
    "run may be backward, and backward is slower.",
)
ABOVE_USUAL = 0.05  #: nat; half a standard deviation of 10 %, which is where the 70th percentile of a steady run lies
FLAT = proposed_number("watch_flat_ratio", 0.03, "1", "A line is learned where the ground rises less than 3 %.")


def fitted_to_recording(cells: WatchSamples, prior: RunnerModel) -> RunnerModel:
    """Return the prior with its lines moved by what this recording shows near them.

    Parameters
    ----------
    cells : WatchSamples
        What the watch wrote.
    prior : RunnerModel
        What is believed of the runner before.

    Returns
    -------
    RunnerModel
        Lines of forward walking and running, and the usual speed; the ratios are as they were. **Valid for** recordings
        of which half and more is forward.
    """
    runs, walks = cells.runs, cells.walks
    usual = prior.speed_nat
    if runs.any():
        own = float(np.log(np.quantile(cells.speed[runs], USUAL.value))) - ABOVE_USUAL
        usual = own if usual is None else max(usual, own)
    flat = cells.uphill < FLAT.value
    with np.errstate(invalid="ignore"):
        brisk = cells.speed >= BRISK.value * math.exp(usual) if usual is not None else runs
    near = ForwardSamples(cells, runs & flat, brisk)
    return replace(
        prior,
        run_cadence=near.moved(prior.run_cadence, cells.speed, cells.cadence_nat),
        walk_cadence=ForwardSamples(cells, walks & flat, walks).moved(
            prior.walk_cadence, cells.speed, cells.cadence_nat
        ),
        heart_rate=near.moved(prior.heart_rate, cells.lagged_speed, cells.heart_rate_nat),
        contact_time=near.moved(prior.contact_time, cells.speed, cells.contact_time_nat, sign=-1.0),
        vertical_oscillation=near.moved(
            prior.vertical_oscillation, cells.speed, cells.vertical_oscillation_nat, sign=-1.0
        ),
        speed_nat=usual,
    )


@dataclass(frozen=True, slots=True, eq=False)
class ForwardSamples:
    """Cells that a line may be learned from, first of all those too fast for running backward."""

    cells: WatchSamples
    chosen: BoolArray
    brisk: BoolArray
    labelled: BoolArray | np.bool_ = np.False_  #: forward by the runner's own word, however odd

    def moved(self, line: Line, speed: FloatArray, logarithm: FloatArray, *, sign: float = 1.0) -> Line:
        """Return the line moved by what may be learned from."""
        return line.learned(self.trend(line, speed, logarithm, sign=sign))

    def trend(self, line: Line, speed: FloatArray, logarithm: FloatArray, *, sign: float = 1.0) -> Trend:
        """Take the brisk cells first, then all that lie near their line: what is odd the backward way is left out."""
        known = self.chosen & np.isfinite(logarithm) & np.isfinite(speed)
        if not known.any():
            return Trend()
        first = line.learned(trend_of(speed, logarithm, known & self.brisk, self.cells.step_s))
        with np.errstate(invalid="ignore"):
            near = sign * (logarithm - first.at(speed)) < ODD.value * line.spread
        return trend_of(speed, logarithm, known & (near | self.labelled), self.cells.step_s)
