"""Initial contacts in order of time, and what can be read off them: steps, cadence, time on the ground."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.gait.steps.medians import medians

LONGEST_STEP = proposed_number(
    "step_longest_s", 1.5, "s", "Contacts more than 1.5 s apart do not belong to the same walk: nobody stepped between."
)


class Steps(NamedTuple):
    """Initial contacts in order of time, and what each stands for."""

    contact_s: FloatArray  #: (k,) when a foot met the ground
    steps_per_contact: float  #: 2 where one leg is seen, 1 where both are
    ground_s: FloatArray  #: (k,) how long that foot stayed down; NaN where it cannot be seen
    flight_s: FloatArray  #: (k,) how long no foot was down in each step from there on; 0 walking, NaN unknown
    worn_s: tuple[float, float]  #: from when until when the sensor wrote
    places: tuple[str, ...]  #: of the sensor, or of the two on two feet

    def count_until(self, moments_s: FloatArray) -> FloatArray:
        """Return how many steps were taken until each moment; between two contacts of a walk they grow evenly."""
        if len(self.contact_s) == 0:
            return np.zeros(len(moments_s))
        longest_s = LONGEST_STEP.value * self.steps_per_contact
        gap_s = np.diff(self.contact_s, append=np.inf)
        lasts_s = np.where(gap_s <= longest_s, gap_s, np.minimum(np.roll(gap_s, 1), longest_s))
        lasts_s[~np.isfinite(lasts_s) | (lasts_s <= 0.0)] = 0.5 * self.steps_per_contact
        lasts_s = np.minimum(lasts_s, gap_s)
        clock_s = np.column_stack([self.contact_s, self.contact_s + lasts_s]).ravel()
        count = np.repeat(np.arange(len(self.contact_s) + 1), 2)[1:-1] * self.steps_per_contact
        return np.asarray(np.interp(moments_s, clock_s, count))

    def between(self, borders_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the steps, and their median cadence in steps per minute, between each two borders.

        NaN where the sensor was not worn for half of the time; a cadence needs three contacts of one walk.
        """
        starts_s, ends_s = borders_s[:-1], borders_s[1:]
        worn_s = np.minimum(ends_s, self.worn_s[1]) - np.maximum(starts_s, self.worn_s[0])
        was_worn = worn_s >= 0.5 * (ends_s - starts_s)
        steps = np.where(was_worn, np.diff(self.count_until(borders_s)), np.nan)
        strides_s, least = self._strides_s(borders_s)
        usual_s = medians(self.contact_s[: len(strides_s)], strides_s, borders_s, least)
        return steps, np.where(was_worn, 120.0 / usual_s, np.nan)

    def cadence_spm(self, moments_s: FloatArray) -> FloatArray:
        """Return the cadence at each moment; NaN where nobody steps."""
        apart = 2 if self.steps_per_contact == 1.0 else 1
        if len(self.contact_s) <= apart:
            return np.full(len(moments_s), np.nan)
        strides_s = self.contact_s[apart:] - self.contact_s[:-apart]
        at = np.clip(np.searchsorted(self.contact_s, moments_s, side="right") - 1, 0, len(strides_s) - 1)
        away_s = moments_s - self.contact_s[at]
        inside = (strides_s[at] <= 2.0 * LONGEST_STEP.value) & (away_s >= 0.0) & (away_s <= 2.0 * LONGEST_STEP.value)
        return np.where(inside, 120.0 / strides_s[at], np.nan)

    def _strides_s(self, borders_s: FloatArray) -> tuple[FloatArray, int]:
        """Return how long the stride from each contact lasts, and of how many a cadence is known.

        Of two feet a stride is two steps: a left and a right one need not last equally long. NaN where somebody stood
        in it, or a border crosses it.
        """
        gaps_s = np.diff(self.contact_s)
        gaps_s[gaps_s > LONGEST_STEP.value * self.steps_per_contact] = np.nan
        both = self.steps_per_contact == 1.0
        strides_s = gaps_s[:-1] + gaps_s[1:] if both else gaps_s
        bout = np.searchsorted(borders_s, self.contact_s, side="right")
        crosses = bout[: len(strides_s)] != bout[len(bout) - len(strides_s) :]
        return np.where(crosses, np.nan, strides_s), 1 if both else 2


def worn_s(stream: Stream) -> tuple[float, float]:
    """Return from when until when a sensor wrote."""
    return float(stream.time_s[0]), float(stream.time_s[-1])
