"""Initial contacts with their times, from whatever inertial sensor was worn: steps, cadence, time on the ground."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.steps.leg import SLOWEST, leg_of
from backward_running.gait.steps.medians import medians
from backward_running.gait.steps.places import ANKLE_BELOW, ELSEWHERE, FEET, SHANKS, THIGHS, TRUNK
from backward_running.signals.six_axis import SixAxis, six_axis
from backward_running.signals.window import moving_mean

LEGS = FEET | SHANKS
QUICK_WINDOW_S, BOUNCE_WINDOW_S, TREND_WINDOW_S, PLUMB_WINDOW_S = 0.1, 0.16, 0.8, 4.0
RHYTHM_HZ, RHYTHM_WINDOW_S = 25.0, 4.0  #: how finely and over how long the rhythm of a trunk is looked for
LEAST_BOUNCE = proposed_number(
    "step_least_bounce_mps2", 0.45, "m s⁻²", "A trunk that is carried over a slow step is pushed by 0.45 m/s² or more."
)
MISSED = proposed_number(
    "step_missed_ratio",
    1.3,
    "1",
    "Legs that show a quarter fewer steps than the trunk missed strides: the trunk counts.",
)
SHORTEST_STEP = proposed_number(
    "step_shortest_s", 0.2, "s", "Nobody takes more than five steps a second; backward, four a second are run."
)
SLOWEST_RHYTHM = proposed_number("step_slowest_rhythm_s", 1.0, "s", "A rhythm slower than a step a second is no walk.")
AS_GOOD = proposed_number(
    "step_as_good_share",
    0.5,
    "1",
    "Two steps are more alike than a left and a right one, and four more than two: the shortest time after which the "
    "bounce repeats at least half as well as after the best one is the step.",
)
QUICK_STEP = proposed_number(
    "step_quick_s", 0.4, "s", "Of steps quicker than 0.4 s the smoothing that calms a walk would leave too little."
)
LOWER_LEG_RUNNING = proposed_number(
    "step_lower_leg_running_radps",
    5.5,
    "rad s⁻¹",
    "Running, the same is 5.5 rad/s (thigh 3.2 to 5.2, shank and foot 5.9 to 7.8).",
)
SHAKEN_RUNNING = proposed_number(
    "step_shaken_running_mps2",
    6.5,
    "m s⁻²",
    "A sensor whose acceleration varies by 6.5 m/s² is on somebody who runs (virtual sensors of one man: trunk and "
    "thigh 8 to 10 running, 1.3 to 2 walking; a foot up to 5.6 walking).",
)
SLOWEST_RUN = proposed_number(
    "step_slowest_run_s",
    0.46,
    "s",
    "Nobody runs with fewer than 130 steps a minute: a slower rhythm of a runner is the stride of one leg.",
)
LOWER_LEG = proposed_number(
    "step_lower_leg_radps",
    1.9,
    "rad s⁻¹",
    "A sensor that turns to and fro by more than 1.9 rad/s in a walk sits on a foot or shank, whose force peaks "
    "several times in a stride (virtual sensors of one man: thigh 1.6, shank and foot 2.1 to 3.0).",
)
APART = proposed_number("step_apart_share", 0.6, "1", "Two pushes lie at least 0.6 of a step apart.")
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


def find_steps(recording: Recording) -> Steps | None:
    """Find the initial contacts from the sensor that shows them best: feet, then shanks, then the trunk.

    Parameters
    ----------
    recording : Recording
        With six axes of a foot, a shank, the trunk, a thigh, or of a phone wherever it is carried, in any mounting.

    Returns
    -------
    Steps or None
        None where no such sensor was worn, or none shows a step.

    Notes
    -----
    A foot is off the ground while it is fast (see ``strides``): when it becomes slow again is its contact, whatever
    the direction, and however softly it lands. A trunk is pushed up once in every step, while it goes to and fro
    sideways once in two: the peaks of its upward force are counted. Up is the mean force of some seconds, which needs
    no mounting. How far apart two peaks have to be follows from the time after which the bounce repeats itself, so
    that neither the quick steps of running backward are taken for strides nor the two pushes of a slow step for two
    steps. The peaks lie within a step of the contact and are not told apart from it.

    A pocket is loaded unequally by its two legs: there the bounce may repeat best after a stride. What is shaken as
    hard as a runner is has at least 130 steps a minute: its rhythm is looked for among those alone, and two pushes
    farther apart are a stride with a step unseen in its middle. A phone whose place is unknown, and which turns like a
    foot or a shank, shows no steps: None.
    """
    for places, lever_m in (
        (FEET, 0.0),
        (SHANKS, ANKLE_BELOW.value),
    ):
        legs = [_of_leg(stream, lever_m) for stream in recording.streams if stream.place in places]
        found = _together([leg for leg in legs if leg is not None])
        if found is not None:
            trunk = _by_trunk(recording)
            missed = trunk is not None and _count(trunk) > MISSED.value * _count(found)
            return trunk if missed else found
    return _by_trunk(recording, elsewhere=True)


def _count(steps: Steps) -> float:
    return len(steps.contact_s) * steps.steps_per_contact


def _by_trunk(recording: Recording, *, elsewhere: bool = False) -> Steps | None:
    """Return the steps that the first trunk shows which shows any; with `elsewhere`, or else what is carried."""
    trunks = [stream for stream in recording.streams if stream.place in TRUNK]
    others = {*TRUNK, *ELSEWHERE, *LEGS}
    carried = [stream for stream in recording.streams if elsewhere and stream.place not in others]
    found_there = (_of_trunk(stream) for stream in (*trunks, *carried))
    return next((steps for steps in found_there if steps is not None), None)


def _of_leg(stream: Stream, lever_m: float) -> Steps | None:
    is_known = stream.frame == "body" and stream.mount_known
    leg = leg_of(stream, lever_m if is_known else 0.0)
    if leg is None:
        return None
    some = leg.strides
    way_mps = np.sqrt(np.einsum("ij,ij->j", some.way_m, some.way_m)) / some.duration_s
    goes = np.flatnonzero(way_mps > SLOWEST.value)
    if len(goes) == 0:
        return None
    begin_s = leg.axes.time_s[some.first]
    contact_s = (begin_s + some.land_s)[goes]
    follows = np.zeros(len(goes), dtype=bool)
    follows[:-1] = (goes[1:] == goes[:-1] + 1) & (some.first[goes[1:]] == some.last[goes[:-1]])
    lifted_s, again_s = (np.append(row[goes][1:], np.nan) for row in (begin_s + some.lift_s, begin_s + some.land_s))
    ground_s = np.where(follows, lifted_s - contact_s, np.nan)
    flight_s = np.maximum((again_s - contact_s) / 2 - ground_s, 0.0)
    return Steps(contact_s, 2.0, ground_s, flight_s, _worn_s(stream), (stream.place,))


def _together(legs: list[Steps]) -> Steps | None:
    """Put two feet together. Of more than two sensors the first two count: they may sit on the same leg."""
    sides = {leg.places: leg for leg in reversed(legs)}
    chosen = list(sides.values())[:2]
    if not chosen:
        return None
    if len(chosen) == 1 or not all("_" in leg.places[0] for leg in chosen):
        return chosen[0]
    order = np.argsort(np.concatenate([leg.contact_s for leg in chosen]), kind="stable")
    contact_s, ground_s, flight_s = (
        np.concatenate(rows)[order]
        for rows in zip(*((leg.contact_s, leg.ground_s, leg.flight_s) for leg in chosen), strict=True)
    )
    worn_s = (max(leg.worn_s[0] for leg in chosen), min(leg.worn_s[1] for leg in chosen))
    return Steps(contact_s, 1.0, ground_s, flight_s, worn_s, tuple(place for leg in chosen for place in leg.places))


def _worn_s(stream: Stream) -> tuple[float, float]:
    return float(stream.time_s[0]), float(stream.time_s[-1])


def _of_trunk(stream: Stream) -> Steps | None:
    axes = six_axis(stream)
    if axes is None:
        return None
    runs = None
    if stream.place not in TRUNK:
        shaken_mps2 = _shaken_mps2(axes)
        if stream.place not in THIGHS and _is_lower_leg(axes, shaken_mps2):
            return None
        runs = shaken_mps2 >= SHAKEN_RUNNING.value
    at = _pushes(axes, runs)
    contact_s = axes.time_s[at]
    if runs is not None:
        contact_s = _with_unseen_steps(contact_s, runs[at])
    unknown = np.full(len(contact_s), np.nan)
    return Steps(contact_s, 1.0, unknown, unknown, _worn_s(stream), (stream.place,)) if len(contact_s) else None


def _shaken_mps2(axes: SixAxis) -> FloatArray:
    """Return how much the size of the force varies over some seconds about each sample."""
    size = np.sqrt(np.einsum("ij,ij->j", axes.force_mps2, axes.force_mps2))
    width = max(round(PLUMB_WINDOW_S / axes.step_s), 1)
    return np.sqrt(np.maximum(moving_mean(size**2, width) - moving_mean(size, width) ** 2, 0.0))


def _with_unseen_steps(contact_s: FloatArray, runs: BoolArray) -> FloatArray:
    """Put a step into the middle of what is too long for a runner's step, and no longer than a stride."""
    gap_s = np.diff(contact_s)
    strides = runs[1:] & runs[:-1] & (gap_s > SLOWEST_RUN.value) & (gap_s <= 2.0 * SLOWEST_RUN.value)
    return np.sort(np.concatenate([contact_s, contact_s[:-1][strides] + 0.5 * gap_s[strides]]))


def _is_lower_leg(axes: SixAxis, shaken_mps2: FloatArray) -> bool:
    """Say whether a sensor anywhere on the body turns like a foot or a shank, walking or running."""
    turned_radps = _turned_radps(axes)
    runs = shaken_mps2 >= SHAKEN_RUNNING.value
    walks = (shaken_mps2 >= LEAST_BOUNCE.value) & ~runs
    return any(
        gait.any() and float(np.median(turned_radps[gait])) > most
        for gait, most in ((walks, LOWER_LEG.value), (runs, LOWER_LEG_RUNNING.value))
    )


def _turned_radps(axes: SixAxis) -> FloatArray:
    """Return how much the sensor turns over some seconds about each sample, root mean square."""
    square = np.einsum("ij,ij->j", axes.rate_radps, axes.rate_radps)
    return np.sqrt(np.maximum(moving_mean(square, max(round(PLUMB_WINDOW_S / axes.step_s), 1)), 0.0))


def _pushes(axes: SixAxis, runs: BoolArray | None = None) -> IntArray:
    """Return the samples at which the upward force peaks, one in each step; where `runs`, no step is slow."""
    upward = _upward(axes)
    quick = _passed(upward, axes.step_s, QUICK_WINDOW_S)
    lasts_s = _step_lasts_s(quick, axes.step_s)
    if runs is not None and (runs & (lasts_s > SLOWEST_RUN.value)).any():
        lasts_s = np.where(runs, _step_lasts_s(quick, axes.step_s, SLOWEST_RUN.value), lasts_s)
    bounce = np.where(lasts_s < QUICK_STEP.value, quick, _passed(upward, axes.step_s, BOUNCE_WINDOW_S))
    inner = bounce[1:-1]
    is_peak = (inner > bounce[:-2]) & (inner >= bounce[2:]) & (inner >= LEAST_BOUNCE.value) & axes.known[1:-1]
    at = np.flatnonzero(is_peak) + 1
    return at[_highest(axes.time_s[at], bounce[at], APART.value * lasts_s[at])]


def _upward(axes: SixAxis) -> FloatArray:
    """Return the force along its own mean over some seconds: a trunk keeps its lean, so that is the plumb line."""
    plumb = moving_mean(axes.force_mps2, max(round(PLUMB_WINDOW_S / axes.step_s), 1))
    length = np.sqrt(np.einsum("ij,ij->j", plumb, plumb))
    return np.asarray(np.einsum("ij,ij->j", axes.force_mps2, plumb) / np.maximum(length, 1e-9))


def _step_lasts_s(bounce: FloatArray, step_s: float, slowest_s: float = SLOWEST_RHYTHM.value) -> FloatArray:
    """Return, for each sample, after how long the bounce about it repeats: the shortest such time."""
    every = max(round(1.0 / (RHYTHM_HZ * step_s)), 1)
    thin, tick_s = bounce[::every], every * step_s
    first, last = (round(lasts_s / tick_s) for lasts_s in (SHORTEST_STEP.value, slowest_s))
    lags = np.arange(max(first - 1, 1), last + 2)
    width = max(round(RHYTHM_WINDOW_S / tick_s), 1)
    alike = np.array([_alike(thin, lag, width) for lag in lags.tolist()])
    middle = alike[1:-1]
    tops = np.where((middle >= alike[:-2]) & (middle >= alike[2:]), middle, -np.inf)
    best = tops.max(axis=0)
    lasts = lags[1 + (tops >= AS_GOOD.value * best).argmax(axis=0)] * tick_s
    lasts[~(best > 0.0)] = SHORTEST_STEP.value  # no rhythm at all: nothing is pruned
    return np.repeat(lasts, every)[: len(bounce)]


def _alike(values: FloatArray, lag: int, width: int) -> FloatArray:
    """Return how well values repeat after `lag` samples, about each of them: their products' mean over a window."""
    before = lag // 2
    padded = np.pad(values, (before, lag - before))
    return moving_mean(padded[lag:] * padded[:-lag], width)


def _highest(time_s: FloatArray, height: FloatArray, reach_s: FloatArray) -> BoolArray:
    """Say which peaks have no higher one within their reach; of two equal ones the first counts."""
    keeps = np.ones(len(time_s), dtype=bool)
    for other in range(1, len(time_s)):
        gap_s = time_s[other:] - time_s[:-other]
        near_left, near_right = gap_s < reach_s[:-other], gap_s < reach_s[other:]
        if not (near_left | near_right).any():
            break
        keeps[:-other] &= ~(near_left & (height[other:] > height[:-other]))
        keeps[other:] &= ~(near_right & (height[:-other] >= height[other:]))
    return keeps


def _passed(values: FloatArray, step_s: float, window_s: float) -> FloatArray:
    """Keep what lies between the pace of a slow walk and the clatter of a step."""
    smooth = values
    for _ in range(2):
        smooth = moving_mean(smooth, max(round(window_s / step_s), 1))
    return smooth - moving_mean(smooth, max(round(TREND_WINDOW_S / step_s), 1))
