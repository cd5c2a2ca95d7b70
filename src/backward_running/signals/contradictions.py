"""Where two columns of a recording, or a column and what its runner put right, contradict each other: which counts."""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Recording
from backward_running.evidence import proposed_number
from backward_running.signals.distance import FASTEST_ON_FOOT, distance_along_fixes_m
from backward_running.signals.speed import speed_from_distance_mps

CONTRADICTS = proposed_number(
    "speed_contradicts_distance_ratio", 3.0, "1",
    "A stated speed that lies, by its median while moving, over three times above or below that of the counted "
    "distance, which the positions bear out, is a wrong unit or an editor's fault: it is not used.",
)  # fmt: skip
AGREES = proposed_number(
    "positions_bear_out_distance_ratio", 1.3, "1",
    "Positions bear a counted distance out where the way along them is within 30 % of it: they wander.",
)  # fmt: skip
PUT_RIGHT = proposed_number(
    "indoor_distance_put_right_ratio", 2.0, "1",
    "After an indoor run its runner may put the distance right to what the treadmill shows, up to twice or half of "
    "what the watch counted; a stated total further off is not taken for that.",
)  # fmt: skip
ROUNDING = proposed_number(
    "indoor_distance_rounding_ratio", 0.005, "1",
    "A total within half a percent of what the samples of an indoor run count is the same total, rounded.",
)  # fmt: skip
_MOVING_MPS = 0.5


def speed_contradicts(recording: Recording) -> bool:
    """Say whether the stated speed contradicts both the counted distance and the positions.

    Parameters
    ----------
    recording : Recording
        As a reader gave it.

    Returns
    -------
    bool
        False where there is no speed, no distance, or nothing that tells which of them is right.
    """
    main = recording.main
    if main is None or recording.indoor or not main.has("speed_mps", "distance_m", "latitude_deg", "longitude_deg"):
        return False
    columns, time_s = main.columns, main.time_s
    told = np.isfinite(columns["distance_m"])
    if told.sum() < 2:
        return False
    distance_m = np.interp(time_s, time_s[told], columns["distance_m"][told])
    derived_mps = speed_from_distance_mps(time_s, distance_m)
    with np.errstate(invalid="ignore", divide="ignore"):
        both = (derived_mps > _MOVING_MPS) & np.isfinite(columns["speed_mps"])
        ratio = columns["speed_mps"][both] / derived_mps[both]
    if not len(ratio) or 1 / CONTRADICTS.value <= float(np.median(ratio)) <= CONTRADICTS.value:
        return False
    return _positions_bear_out(recording, float(distance_m[-1] - distance_m[0]))


def _positions_bear_out(recording: Recording, counted_m: float) -> bool:
    main = recording.main
    assert main is not None
    fixes = (main.time_s, main.columns["latitude_deg"], main.columns["longitude_deg"])
    still = np.zeros(len(main), bool)
    along = distance_along_fixes_m(*fixes, still, recording.pauses, fastest_mps=FASTEST_ON_FOOT.value)
    known = along[np.isfinite(along)]
    way_m = float(known[-1] - known[0]) if len(known) else 0.0
    return way_m > 0 and 1 / AGREES.value <= counted_m / way_m <= AGREES.value


def put_right_by(recording: Recording) -> float | None:
    """Return by how much an indoor distance was put right by its runner; None where it was not.

    A watch counts steps on a treadmill; when its runner types in what the belt shows, the total changes and the samples
    stay as they were.

    Returns
    -------
    float or None
        Metres the total says for each metre the samples count.
    """
    main, stated_m = recording.main, recording.stated.get("distance_m")
    if main is None or stated_m is None or not recording.indoor or not main.has("distance_m"):
        return None
    counted = _way_m(main.columns["distance_m"])
    rounding_m = max(ROUNDING.value * stated_m, _longest_step_m(main.columns["distance_m"]))
    if counted <= 0 or abs(counted - stated_m) <= rounding_m:
        return None
    ratio = stated_m / counted
    return ratio if 1 / PUT_RIGHT.value <= ratio <= PUT_RIGHT.value else None


def _way_m(distance_m: FloatArray) -> float:
    known = distance_m[np.isfinite(distance_m)]
    return float(known[-1] - known[0])


def _longest_step_m(distance_m: FloatArray) -> float:
    """What may be missing at an end: a total goes on to the stop, the samples end before it."""
    known = distance_m[np.isfinite(distance_m)]
    return 2.0 * float(np.max(np.diff(known), initial=0.0))


def words(recording: Recording) -> tuple[str, ...]:
    """Say what was put right, a sentence each."""
    found = []
    if speed_contradicts(recording):
        found.append("Its speeds contradict its distance and positions, so they are worked out from those.")
    ratio = put_right_by(recording)
    if ratio is not None:
        found.append(
            f"Its distance was put right after the run, to {recording.stated['distance_m']:,.0f} m; that counts."
        )
    return tuple(found)
