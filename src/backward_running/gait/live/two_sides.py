"""Yaw minus course, followed as it comes: on which of its two sides the body is now."""

from __future__ import annotations

import math

from backward_running.evidence import proposed_number
from backward_running.gait.live.attitude import wrapped

OFFSET_GAIN = proposed_number(
    "live_offset_gain", 0.12, "1", "A fix moves the offset between yaw and course by an eighth: it is a mean of eight."
)
DRIFT_GAIN = proposed_number(
    "live_drift_gain_per_s", 0.004, "s⁻¹", "What is left over in some minutes of fixes is the drift of the gyroscope."
)
MOST_DRIFT = proposed_number(
    "live_most_drift_radps", 0.1, "rad s⁻¹", "A gyroscope that drifts by more than 6° a second is not followed."
)
COHERENCE_LAG = proposed_number(
    "live_coherence_fixes", 15.0, "1", "Whether yaw and course belong together is judged over some fifteen fixes."
)


class TwoSides:
    """Follows the doubled angle between yaw and course; one of its two halves is called the first side."""

    def __init__(self) -> None:
        self.offset_rad: float | None = None
        self.coherence = 0.0  #: 1 where every fix agrees, 0 and below where they are noise to each other
        self._drift_radps, self._at_s, self._fixes = 0.0, 0.0, 0

    def take(self, at_s: float, gap_rad: float) -> None:
        """Take yaw minus course at the moment of a fix, later than the last."""
        self._fixes += 1
        if self.offset_rad is None:
            self.offset_rad, self._at_s = gap_rad, at_s
            return
        passed_s, self._at_s = at_s - self._at_s, at_s
        expected = self.offset_rad + self._drift_radps * passed_s
        error = wrapped(2.0 * (gap_rad - expected)) / 2.0
        self.offset_rad = expected + max(OFFSET_GAIN.value, 1.0 / self._fixes) * error
        drift = self._drift_radps + DRIFT_GAIN.value * error
        self._drift_radps = max(-MOST_DRIFT.value, min(MOST_DRIFT.value, drift))
        share = max(1.0 / COHERENCE_LAG.value, 1.0 / self._fixes)
        self.coherence += share * (math.cos(2.0 * error) - self.coherence)

    def first_side(self, at_s: float, gap_rad: float) -> float:
        """Return 1 where a gap lies on the first side, −1 where on the other, between where between; 0 at first."""
        if self.offset_rad is None:
            return 0.0
        return math.cos(gap_rad - self.offset_rad - self._drift_radps * (at_s - self._at_s))
