"""Steps of a trunk, or of a phone carried somewhere on the body: peaks of the upward force, one in each step.

How long a step lasts is the time after which the bounce repeats itself: of the autocorrelation of the trunk's
acceleration the first dominant peak is the step ([MoeNilssen2004]_), here over a window about each moment. Peaks nearer
to each other than a share of that are one.

References
----------
.. [MoeNilssen2004] Moe-Nilssen R., Helbostad J. L. 2004. Estimation of gait cycle characteristics by trunk
   accelerometry. Journal of Biomechanics 37(1): 121–126. doi:10.1016/S0021-9290(03)00233-1
"""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.gait.steps.places import THIGHS, TRUNK
from backward_running.gait.steps.step_series import Steps, worn_s
from backward_running.signals.six_axis import SixAxis, coarser, six_axis
from backward_running.signals.window import moving_mean

QUICK_WINDOW_S, BOUNCE_WINDOW_S, TREND_WINDOW_S, PLUMB_WINDOW_S = 0.1, 0.16, 0.8, 4.0
RHYTHM_HZ, RHYTHM_WINDOW_S = 25.0, 4.0  #: how finely and over how long the rhythm of a trunk is looked for
PLUMB_HZ = 10.0  #: how finely the plumb line is looked for
RHYTHM_EVERY_S = 0.2  #: and how often: it does not change within a step
LEAST_BOUNCE = proposed_number(
    "step_least_bounce_mps2", 0.45, "m s⁻²", "A trunk that is carried over a slow step is pushed by 0.45 m/s² or more."
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


def steps_of_trunk(stream: Stream) -> Steps | None:
    """Count the steps of one sensor by the peaks of its upward force.

    Parameters
    ----------
    stream : Stream
        With six axes, in any mounting.

    Returns
    -------
    Steps or None
        None without six living axes, without a step, or where a sensor off the trunk turns like a foot or a shank.

    Valid for
    ---------
    Trunks, thighs and pockets, walking and running.

    References
    ----------
    [MoeNilssen2004]_
    """
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
    return Steps(contact_s, 1.0, unknown, unknown, worn_s(stream), (stream.place,)) if len(contact_s) else None


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
    is_slow = lasts_s >= QUICK_STEP.value
    bounce = np.where(is_slow, _passed(upward, axes.step_s, BOUNCE_WINDOW_S), quick) if is_slow.any() else quick
    inner = bounce[1:-1]
    is_peak = (inner > bounce[:-2]) & (inner >= bounce[2:]) & (inner >= LEAST_BOUNCE.value) & axes.known[1:-1]
    at = np.flatnonzero(is_peak) + 1
    return at[_highest(axes.time_s[at], bounce[at], APART.value * lasts_s[at])]


def _upward(axes: SixAxis) -> FloatArray:
    """Return the force along its own mean over some seconds: a trunk keeps its lean, so that is the plumb line."""
    thin = coarser(axes, PLUMB_HZ)
    plumb = moving_mean(thin.force_mps2, max(round(PLUMB_WINDOW_S / thin.step_s), 1))
    plumb = np.repeat(plumb, round(thin.step_s / axes.step_s), axis=1)
    plumb = np.pad(plumb, ((0, 0), (0, len(axes.known) - plumb.shape[1])), mode="edge")
    length = np.sqrt(np.einsum("ij,ij->j", plumb, plumb))
    return np.asarray(np.einsum("ij,ij->j", axes.force_mps2, plumb) / np.maximum(length, 1e-9))


def _step_lasts_s(bounce: FloatArray, step_s: float, slowest_s: float = SLOWEST_RHYTHM.value) -> FloatArray:
    """Return, for each sample, after how long the bounce about it repeats: the shortest such time."""
    every = max(round(1.0 / (RHYTHM_HZ * step_s)), 1)
    thin, tick_s = bounce[::every], every * step_s
    first, last = (round(lasts_s / tick_s) for lasts_s in (SHORTEST_STEP.value, slowest_s))
    lags = np.arange(max(first - 1, 1), last + 2)
    block = max(round(RHYTHM_EVERY_S / tick_s), 1)
    width = max(round(RHYTHM_WINDOW_S / (block * tick_s)), 1)
    alike = moving_mean(np.stack([_alike(thin, lag, block) for lag in lags.tolist()]), width)
    middle = alike[1:-1]
    tops = np.where((middle >= alike[:-2]) & (middle >= alike[2:]), middle, -np.inf)
    best = tops.max(axis=0)
    lasts = lags[1 + (tops >= AS_GOOD.value * best).argmax(axis=0)] * tick_s
    lasts[~(best > 0.0)] = SHORTEST_STEP.value  # no rhythm at all: nothing is pruned
    return np.repeat(lasts, every * block)[: len(bounce)]


def _alike(values: FloatArray, lag: int, block: int) -> FloatArray:
    """Return how well values repeat after `lag` samples: their products, added up block by block."""
    before = lag // 2
    blocks = -(-len(values) // block)
    padded = np.pad(values, (before, lag - before + blocks * block - len(values)))
    products = padded[lag:] * padded[:-lag]
    return np.asarray(sum(products[place::block] for place in range(block)))


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
