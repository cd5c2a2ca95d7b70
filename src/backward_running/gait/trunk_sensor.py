"""A sensor on the trunk that sits as is known: the order in which a step sinks, pushes, rolls and turns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence
from backward_running.evidence.studies.mehdizadeh2015 import STUDY as MEHDIZADEH_2015
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.gait._proposal import proposal
from backward_running.gait._time_base import step_of
from backward_running.gait.base import Detector, Opinion, State
from backward_running.signals._strapdown import ACC, GYR
from backward_running.signals.levelled import levelled

#: Places whose movement the mechanics below describe.
LOW = frozenset({"waist", "lower_back", "hip", "pelvis"})
HIGH = frozenset({"chest", "back", "upper_back", "sternum"})

RATE = 25.0  #: Hz; the first harmonics of a step lie below 5 Hz
WINDOW = proposal("trunk_window_s", 1.5, "s", "The order within a step is averaged over 1.5 s: one to three strides.")
SMOOTH = proposal(
    "trunk_smooth_s", 0.16, "s", "What is faster than about 5 Hz belongs to impacts and not to the order."
)
SLOW = proposal("trunk_slow_s", 1.0, "s", "What is slower than about 0.6 Hz belongs to turns and postures.")
LEAST_BOUNCE = proposal(
    "trunk_least_bounce_mps2",
    0.3,
    "m s⁻²",
    "A trunk whose upward acceleration varies by less than 0.3 m/s² is not stepping.",
)
WALK_BOUNCE = proposal(
    "trunk_walk_bounce_mps2",
    3.0,
    "m s⁻²",
    "Walking, the upward acceleration varies by 0.6 to 2.2 m/s² in eight people: up to 3 it is taken for walking.",
)
RUN_BOUNCE = proposal(
    "trunk_run_bounce_mps2",
    4.5,
    "m s⁻²",
    "Running forward it varies by 6 and more, backward by 3.6 to 6: from 4.5 on it is running, in between a mixture.",
)
LEAST_SCORE = proposal(
    "trunk_least_score", 0.15, "1", "Signs that add up to less than 0.15 of full agreement say nothing."
)
LEAST_SCORE_RUNNING = proposal(
    "trunk_least_score_running", 0.3, "1", "Of a runner, whose signs are less sure, what adds up to less than 0.3."
)
STRENGTH = proposal(
    "trunk_strength_nat",
    2.5,
    "nat",
    "Each unit of summed correlations weighs 12 to 1; from one man's motion capture and eight people walking forward.",
)
STEP_LASTS = proposal(
    "trunk_step_lasts_s",
    0.7,
    "s",
    "A step lasts 0.3 to 0.6 s; windows that overlap weigh a little less than whole steps.",
)
STRONGEST = proposal("trunk_strongest_nat", 4.0, "nat", "One moment of a walking trunk weighs 55 to 1 at most.")
STRONGEST_RUNNING = proposal(
    "trunk_strongest_running_nat",
    1.0,
    "nat",
    "One moment of a running trunk weighs 2.7 to 1 at most, a stretch 4 to 1: people differ, and few were seen.",
)
SIDEWAYS_RARER = proposal(
    "trunk_sideways_rarer_nat",
    3.0,
    "nat",
    "Of sideways and turning the order of a trunk says little, and both are rare: they start 20 to 1 behind.",
)
PLAYED_BACK = Evidence(
    "mehdizadeh2015.played_back",
    "The coordination of backward running is close to that of forward running played in reverse.",
    MEHDIZADEH_2015,
    Standing.SINGLE_STUDY,
    Tag.READ,
)
ORDER = Evidence(
    "gait.trunk_order",
    "Walking forward the trunk gathers speed ahead while it sinks, the lowered side of the pelvis moves ahead, and the "
    "pelvis turns away from the foot it stands on; played in reverse, all three change sign.",
    THIS_PROJECT,
    Standing.OPINION,
    Tag.DERIVED,
)
ORDER_RUNNING = Evidence(
    "gait.trunk_order_running",
    "Running forward the side of the swinging leg hangs lower and moves ahead before it moves back; the shoulders turn "
    "against the legs, so that the one above the foot that is stood on comes ahead. Played in reverse, both change "
    "sign. The pelvis differs between runners, and no backward runner but one was seen.",
    THIS_PROJECT,
    Standing.OPINION,
    Tag.DERIVED,
)


class Order(NamedTuple):
    """Correlations in −1 … 1 over a window about each cell, positive forward; NaN where they are not known."""

    ahead_while_sinking: FloatArray
    low_side_ahead: FloatArray
    turns_from_foot: FloatArray
    bounce_mps2: FloatArray


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Read the direction from the order of events within a step.

    Parameters
    ----------
    recording : Recording
        With acceleration and angular rate of a sensor on the waist, the low or upper back or the chest.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        None without such a sensor. One whose mount is a guess gives an opinion that never speaks: turned by 180°
        about the plumb line, a forward walk is a backward walk.

    Notes
    -----
    Played in reverse, accelerations stay and velocities and rates change sign. So every product of an acceleration
    (or an angle) and a velocity (or a rate), both in the axes of the body, changes sign with the direction. Three
    such products do not vanish over a stride, and mechanics gives them a sign:

    1. *Acceleration ahead times sinking speed*, walking. Over a straight leg the trunk falls ahead and gathers speed
       while it sinks, and pays it back while it is raised. All 37 walks of eight people with real sensors show it.
    2. *Roll times yaw rate.* Of the low trunk, the side whose leg swings hangs lower, and moves with the leg: ahead
       in forward gait, in 32 of those 37 walks. Of the high trunk, running, it is the side that is stood on: there the
       trunk leans, and there the shoulder comes ahead, against the leg.
    3. *Yaw rate times sideways acceleration.* The trunk is pushed towards the swinging side from the foot it stands
       on. Walking, the low trunk turns with the leg that swings, so the swinging side comes ahead meanwhile: in all
       37 walks. Running, the high trunk turns against the legs, as the ground takes up little turning: the swinging
       side goes back meanwhile, and the product has the other sign.

    **Running, the first is left out, although the one man at hand shows the walking sign.** On level ground a runner is
    braked while the body sinks and pushed on while it rises, which is the opposite sign; his capture cannot decide it.
    Its centre of mass, computed from standard segment masses, shows the walking sign too, but it breaks mechanics: in
    the air, where nothing pushes along, it is sped up and slowed by 2 to 5 m/s² (root mean square), hardly less than
    the 2 to 6 m/s² on the ground, and it falls with 12 to 13.5 m/s². The third is left out for the low trunk: there
    runners differ from one another in how the pelvis turns with the shoulders. What is left rests on little, so it
    weighs little (:data:`STRONGEST_RUNNING`), and has to be clear (:data:`LEAST_SCORE_RUNNING`).
    """
    able = [stream for stream in recording.streams if stream.place in LOW | HIGH and stream.has(*ACC, *GYR)]
    if not able:
        return None
    log_likelihood = np.zeros((len(time_s), len(State)))
    speaks = np.zeros(len(time_s), dtype=bool)
    for stream in able:
        if not stream.mount_known or stream.frame != "body":
            continue
        order = order_of(stream, time_s)
        if order is None:
            continue
        score = _score(order, low=stream.place in LOW)
        new = np.isfinite(score) & ~speaks
        log_likelihood[new] = _log_likelihood(score[new], _walks(order)[new])
        speaks |= new
    return Opinion(DETECTOR.key, log_likelihood, speaks, evidence_s=STEP_LASTS.value)


def order_of(stream: Stream, time_s: FloatArray) -> Order | None:
    """Correlate what changes sign with the direction, over :data:`WINDOW` about each cell.

    Parameters
    ----------
    stream : Stream
        In the frame of the body: x right, y ahead, z up.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Order or None
        None where the sensor is of no use.
    """
    level = levelled(stream, RATE)
    if level is None or len(level.time_s) < 2:
        return None
    step_s = float(np.median(np.diff(level.time_s)))
    right, ahead, up = (_band(row, step_s) for row in level.force_mps2)
    _, rolls, yaws = (_band(row, step_s) for row in np.nan_to_num(level.rate_radps))
    rises, roll = _band(np.cumsum(up) * step_s, step_s), _band(np.cumsum(rolls) * step_s, step_s)
    width = max(round(WINDOW.value / step_s), 1)
    at = np.searchsorted(level.time_s, time_s + step_of(time_s) / 2.0)
    near = np.clip(at, 1, len(level.time_s) - 1)
    near = np.where(time_s - level.time_s[near - 1] < level.time_s[near] - time_s, near - 1, near)
    far = np.abs(level.time_s[near] - time_s) > WINDOW.value / 2.0
    holes = far | ~np.isfinite(level.force_mps2[0])[near]
    sums = {
        name: _window_mean(product, width, near)
        for name, product in {
            "au": -ahead * rises, "aa": ahead**2, "rr": rises**2, "ly": roll * yaws, "ll": roll**2,
            "yy": yaws**2, "ys": yaws * right, "ss": right**2, "uu": up**2,
        }.items()
    }  # fmt: skip

    def ratio(product: str, one: str, other: str) -> FloatArray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(holes, np.nan, sums[product] / np.sqrt(sums[one] * sums[other]))

    bounce = np.where(holes, np.nan, np.sqrt(sums["uu"]))
    return Order(ratio("au", "aa", "rr"), ratio("ly", "ll", "yy"), ratio("ys", "yy", "ss"), bounce)


def _band(values: FloatArray, step_s: float) -> FloatArray:
    """Return what is neither faster than an impact nor slower than a stride; symmetric, so no phase is shifted."""
    known = np.nan_to_num(values)
    return _mean(known, max(round(SMOOTH.value / step_s), 1)) - _mean(known, max(round(SLOW.value / step_s), 3))


def _mean(values: FloatArray, width: int) -> FloatArray:
    width |= 1  # odd, so that it is centred
    sums = np.concatenate([[0.0], np.cumsum(np.pad(values, width // 2, mode="edge"))])
    return np.asarray((sums[width:] - sums[:-width]) / width)


def _window_mean(values: FloatArray, width: int, near: npt.NDArray[np.intp]) -> FloatArray:
    sums = np.concatenate([[0.0], np.cumsum(values)])
    last, first = np.minimum(near + width // 2 + 1, len(values)), np.maximum(near - width // 2, 0)
    return np.asarray((sums[last] - sums[first]) / (last - first))


def _walks(order: Order) -> FloatArray:
    """Return the share of walking in how a trunk bounces: 1 walking, 0 running."""
    share = (RUN_BOUNCE.value - order.bounce_mps2) / (RUN_BOUNCE.value - WALK_BOUNCE.value)
    return np.asarray(np.clip(share, 0.0, 1.0))


def _score(order: Order, *, low: bool) -> FloatArray:
    """Add up what speaks for forward; NaN where that is too little to say anything."""
    walking = order.ahead_while_sinking + (0.7 * order.turns_from_foot if low else 0.0)
    running = 0.0 if low else -0.7 * order.turns_from_foot
    walks = _walks(order)
    score = walks * walking + (1.0 - walks) * running + 0.7 * order.low_side_ahead
    least = walks * LEAST_SCORE.value + (1.0 - walks) * LEAST_SCORE_RUNNING.value
    with np.errstate(invalid="ignore"):
        says = (np.abs(score) >= least) & (order.bounce_mps2 >= LEAST_BOUNCE.value)
    return np.where(says, score, np.nan)


def _log_likelihood(score: FloatArray, walks: FloatArray) -> FloatArray:
    """Return the seven columns; of sideways and turning a trunk's order says nothing."""
    strongest = walks * STRONGEST.value + (1.0 - walks) * STRONGEST_RUNNING.value
    odds = np.clip(STRENGTH.value * score, -strongest, strongest)
    log_likelihood = np.zeros((len(score), len(State)))
    log_likelihood[:, [State.FORWARD_WALK, State.FORWARD_RUN]] = np.minimum(odds, 0.0)[:, None]
    log_likelihood[:, [State.BACKWARD_WALK, State.BACKWARD_RUN]] = np.minimum(-odds, 0.0)[:, None]
    log_likelihood[:, [State.SIDEWAYS, State.TURNING]] = -SIDEWAYS_RARER.value
    return log_likelihood


DETECTOR = Detector(
    key="trunk_sensor",
    title="steps of the trunk",
    explains=(
        "Looks at the order in which your trunk sinks, pushes, rolls and turns within a step. It needs a sensor on "
        "waist, back or chest whose way of sitting is known, and says less while you run."
    ),
    version="1",
    needs=(*ACC, *GYR),
    uses_mount=True,
    judge=judge,
    evidence=(PLAYED_BACK, ORDER, ORDER_RUNNING),
)
