"""How long a foot stays on the ground in each step, from a sensor on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import FloatArray, IntArray
from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, proposed_number
from backward_running.evidence.studies.falbriard2018 import STUDY as FALBRIARD
from backward_running.gait.steps.medians import medians
from backward_running.gait.steps.places import FEET
from backward_running.gait.steps.step_series import Steps
from backward_running.signals.window import moving_mean, moving_minimum

RUNNING_EVENTS = Evidence(
    "gait.running_contact",
    "From one mid-swing of a foot to the next, its pitch rate is lowest in the first half when it lands and in the "
    "second when it leaves; the contact time is then off by 12 ± 10 ms or less (median ± IQR).",
    FALBRIARD,
    Standing.SINGLE_STUDY,
    Tag.READ,
)
LEAST_CONTACTS = 3  #: of fewer the median is chance
SWING_RATE = proposed_number(
    "running_swing_least_radps", 3.0, "rad s⁻¹", "In mid-swing of a run the toes come up with 3 rad/s or more."
)
SWING_WINDOW_S, SWING_REACH_S = 0.1, 0.25
SHORTEST_CYCLE_S, LONGEST_CYCLE_S = 0.45, 1.2  #: from mid-swing to mid-swing of one foot, running
LEAST_RATE_HZ = 95.0  #: with fewer samples a contact of 0.2 s is known to a tenth of itself only


def contact_times_s(
    recording: Recording, found: Steps | None, bouts: Sequence[Bout], borders_s: FloatArray
) -> FloatArray:
    """Return the median contact time of each bout on foot; NaN where it cannot be seen.

    Parameters
    ----------
    recording : Recording
        With a sensor on a foot, or on both.
    found : Steps or None
        Its steps (:func:`find_steps`).
    bouts : sequence of Bout
        With their gait.
    borders_s : ndarray, shape (n + 1,)
        Where the n bouts begin and end.

    Returns
    -------
    ndarray, shape (n,)
        In seconds, from when a foot lands until it leaves. Of two feet, both count.

    Notes
    -----
    **Walking**: the time for which the foot is slow (see ``strides_by_zupt``), in either direction and any mounting.
    Against 830 steps of five people walking forward, marked by hand (ipol), it is short by 0.017 s in the mean,
    with a standard deviation of 0.057 s; no recording of 56 is off by more than 0.09 s in the median. The limit of
    speed was chosen on the same five. Against the event detection of another library on one more person (57 steps,
    gaitmap) it is short by 0.075 s: what counts as leaving the ground is not agreed upon. Walking backward has not
    been measured.

    **Running forward**: the pitch rate of a foot with a known mount at 100 Hz or more, by the two minima that
    [Falbriard2018]_ found best. Deviation: mid-swing is the highest rate within a quarter of a second either side.

    **Running backward**: not known. The foot lands on its front and nobody has timed it; a limit of speed is no help,
    because on a simulated smooth foot it is late by 0.14 s of 0.26. Neither is running of an unknown mount.

    References
    ----------
    .. [Falbriard2018] Falbriard et al. 2018, doi:10.3389/fphys.2018.00610
    """
    contacts = np.full(len(bouts), np.nan)
    walks = np.array([bout.gait is Gait.WALK for bout in bouts])
    runs = np.array([bout.gait is Gait.RUN and bout.direction is Direction.FORWARD for bout in bouts])
    if found is not None and found.places[0] in FEET and walks.any():
        contacts = np.where(walks, medians(found.contact_s, found.ground_s, borders_s, LEAST_CONTACTS), contacts)
    if runs.any():
        at_s, ground_s = _running(recording)
        contacts = np.where(runs, medians(at_s, ground_s, borders_s, LEAST_CONTACTS), contacts)
    return contacts


def _running(recording: Recording) -> tuple[FloatArray, FloatArray]:
    """Return when each foot with a known mount lands, and how long it stays, as if it ran all the time."""
    feet = [
        _of_running_foot(stream)
        for stream in recording.streams
        if stream.place in FEET and stream.mount_known and stream.frame == "body"
        if stream.has("gyr_x_radps") and len(stream) > 2
    ]
    if not feet:
        return np.zeros(0), np.zeros(0)
    at_s, ground_s = (np.concatenate(rows) for rows in zip(*feet, strict=True))
    return at_s, ground_s


def _of_running_foot(stream: Stream) -> tuple[FloatArray, FloatArray]:
    """Return when a foot lands and how long it stays, by the lowest pitch rates between two mid-swings."""
    rate, time_s = stream.columns["gyr_x_radps"], stream.time_s
    step_s = float(np.median(np.diff(time_s[:4096])))
    if step_s > 1.0 / LEAST_RATE_HZ:
        return np.zeros(0), np.zeros(0)
    swings = _mid_swings(np.nan_to_num(rate), step_s)
    first, last = swings[:-1], swings[1:]
    cycle_s = time_s[last] - time_s[first]
    holes = np.cumsum(np.pad(~np.isfinite(rate), (1, 0)))
    sound = (cycle_s >= SHORTEST_CYCLE_S) & (cycle_s <= LONGEST_CYCLE_S) & (holes[last] == holes[first])
    first, last = first[sound], last[sound]
    half = (first + last) // 2
    lands, leaves = _lowest(rate, first, half), _lowest(rate, half, last)
    return time_s[lands], time_s[leaves] - time_s[lands]


def _lowest(rate: FloatArray, first: IntArray, after: IntArray) -> IntArray:
    """Return where the lowest value of each stretch ``[first, after)`` is."""
    if len(first) == 0:
        return first
    steps = np.arange((after - first).max())
    inside = steps < (after - first)[:, None]
    values = np.where(inside, rate[np.minimum(first[:, None] + steps, len(rate) - 1)], np.inf)
    return np.asarray(first + values.argmin(axis=1))


def _mid_swings(rate: FloatArray, step_s: float) -> IntArray:
    """Return where the toes come up fastest, once in each stride of a run."""
    smooth = moving_mean(rate, max(round(SWING_WINDOW_S / step_s), 1))
    reach = max(round(SWING_REACH_S / step_s), 1)
    at = np.flatnonzero((smooth >= -moving_minimum(-smooth, reach)) & (smooth > SWING_RATE.value))
    return at[np.diff(at, prepend=-reach - 1) > reach]
