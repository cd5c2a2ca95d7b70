"""A sensor on a walking trunk that sits as is known: the order in which a step sinks and turns."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Recording, Stream
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, proposed_number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.mehdizadeh2015 import STUDY as MEHDIZADEH_2015
from backward_running.gait.base import Detector, Opinion, State
from backward_running.gait.segment.claimed_front import borne_out
from backward_running.gait.segment.contradicting import forward_nat, of_several
from backward_running.gait.segment.time_base import step_of
from backward_running.gait.steps.places import LOW_TRUNK, TRUNK
from backward_running.gait.steps.trunk_manner import LEAST_BOUNCE, is_out_of_step, moves_unlike_anybody
from backward_running.signals.levelled import levelled
from backward_running.signals.six_axis import six_axis
from backward_running.signals.window import moving_minimum, window_means, window_sums, windows

RATE = 25.0  #: Hz; the first harmonics of a step lie below 5 Hz
WINDOW = proposed_number(
    "trunk_window_s", 1.5, "s", "The order within a step is averaged over 1.5 s: one to three strides."
)
SMOOTH = proposed_number(
    "trunk_smooth_s", 0.16, "s", "What is faster than about 5 Hz belongs to impacts and not to the order."
)
SLOW = proposed_number("trunk_slow_s", 1.0, "s", "What is slower than about 0.6 Hz belongs to turns and postures.")
BOUNCE_SMOOTH = proposed_number(
    "trunk_bounce_smooth_s", 0.08, "s", "Only impacts are smoothed away where it is asked how much a trunk bounces."
)
WALK_BOUNCE = proposed_number(
    "trunk_walk_bounce_mps2",
    4.0,
    "m s⁻²",
    "Walking, the upward acceleration varies by 0.6 to 4 m/s² in ten people, running by 5.2 and more: above 4 nothing "
    "is said, for a soft runner bounces no more than a walk in high spirits.",
)
WALK_FREQUENCY = proposed_number(
    "trunk_walk_frequency_hz",
    2.5,
    "Hz",
    "Whoever makes 150 steps a minute and more may run, however softly: the trunk is silent.",
)
NO_FLIGHT = proposed_number(
    "trunk_no_flight_share",
    0.5,
    "1",
    "Walking, a foot always carries: the force up stays above half of gravity; in the flight of a run it does not.",
)
LEAST_SCORE = proposed_number(
    "trunk_least_score", 0.3, "1", "Signs that add up to less than 0.3 of full agreement say nothing."
)
LEAST_OF_HIGH = proposed_number(
    "trunk_least_score_of_high",
    0.5,
    "1",
    "A chest is asked for one sign only, so it has to be clearer: eleven seconds of 0.3 to 0.5 were wrong.",
)
CONTRADICTS = proposed_number(
    "trunk_contradicts",
    0.25,
    "1",
    "Two signs that no walk of eight people failed to show say nothing where one speaks for each direction, both by "
    "0.25 or more: somebody shuffles, reaches or turns on the spot.",
)
ASLANT = proposed_number(
    "trunk_aslant_ratio",
    0.6,
    "1",
    "Walking straight, the speed gathered aside while the trunk sinks is a small part of that ahead; from 0.6 of it on "
    "somebody travels aslant by 31° and more, which is neither forward nor backward.",
)
ONE_MIND_FOR = proposed_number(
    "trunk_one_mind_for_s", 5.0, "s", "Some eight steps about a moment are asked whether they say the same."
)
ONE_MIND = proposed_number(
    "trunk_one_mind_share",
    0.7,
    "1",
    "Where more than one in seven moments of them says the contrary, somebody shuffles or staggers: nothing is said.",
)
WORTH_COUNTING = 0.15  #: a weaker sign than this is none
LEAST_HEARD = 0.2  #: of those moments, in which somebody walks
STRENGTH = proposed_number(
    "trunk_strength_nat",
    3.8,
    "nat",
    "Each unit of summed correlations weighs 45 to 1: with the least strength at which all others came true within "
    "0.05, each of ten people who was left out did so too.",
)
STEP_LASTS = proposed_number(
    "trunk_step_lasts_s",
    0.7,
    "s",
    "A step lasts 0.3 to 0.6 s; windows that overlap weigh a little less than whole steps.",
)
STRONGEST = proposed_number("trunk_strongest_nat", 4.0, "nat", "One moment of a walking trunk weighs 55 to 1 at most.")
SIDEWAYS_RARER = proposed_number(
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
ORDER = own_proposal(
    "gait.trunk_order",
    "Walking forward the trunk gathers speed ahead while it sinks, and the pelvis turns away from the foot it stands "
    "on; backward both signs change.",
    tag=Tag.DERIVED,
)
RUNNING_IS_UNKNOWN = own_proposal(
    "gait.trunk_running_is_unknown",
    "Running, the marks of a trunk contradict each other between people: what was right in one was wrong in the next.",
    tag=Tag.DERIVED,
)


class Order(NamedTuple):
    """Correlations in −1 … 1 over a window about each cell, positive forward; NaN where they are not known."""

    ahead_while_sinking: FloatArray
    turns_from_foot: FloatArray
    bounce_mps2: FloatArray
    bounce_hz: FloatArray  #: how quickly it bounces: the ratio of acceleration and velocity
    lowest_share: FloatArray  #: of gravity, the least upward force in the window
    aside_ratio: FloatArray  #: speed gathered aside while it sinks, over that gathered ahead or back


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Read the direction from the order of events within a step; it counts if nothing contradicts how the sensor sits.

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

    Valid for
    ---------
    Walking trunks whose mount is known. How often it is right, and how often it answers, stands in
    ``docs/validation/direction.md``.

    Notes
    -----
    Played in reverse, accelerations stay and velocities and rates change sign. So every product of an acceleration
    (or an angle) and a velocity (or a rate), both in the axes of the body, changes sign with the direction. These do
    not vanish over a stride, and mechanics gives them a sign:

    1. *Acceleration ahead times sinking speed.* Walking, the trunk falls ahead over a straight leg and gathers speed
       while it sinks, and pays it back while it is raised: forward it is positive, in all 37 walks of eight people
       with real sensors.
    2. *Yaw rate times sideways acceleration.* The trunk is pushed towards the swinging side from the foot it stands
       on. The low trunk turns with the leg that swings, so the swinging side comes ahead meanwhile: in all 37 walks.
       Of the high trunk it is not asked: it twists as people like.

    *Acceleration ahead times acceleration up* was asked once and is not any more: it holds no rate, so that it stays as
    it is when a step is played in reverse. It is posture, not direction. *Roll times yaw rate* held in one man and
    failed in every second style of another.

    **A running trunk is unknown.** The first of these halves, and the rest contradict each other: signs that held in
    seven runners of published motion capture were wrong in a man who also runs backward, and signs that were right in
    him were wrong in others (an actor running in eight styles: one second in two). So it speaks only where somebody
    surely walks: who bounces little, steps slowly and never flies (:data:`WALK_BOUNCE`, :data:`WALK_FREQUENCY`,
    :data:`NO_FLIGHT`). What lies between a walk and a run says nothing either.
    """
    own = as_claimed(recording, time_s)
    if own is None or not own.speaks.any():
        return own
    return replace(own, heard=lambda others: borne_out(own, others, step_of(time_s)))


def as_claimed_nat(stream: Stream, time_s: FloatArray) -> FloatArray:
    """Return what a trunk sensor says for forward against backward if it sits as is claimed.

    Parameters
    ----------
    stream : Stream
        Of a trunk.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    ndarray, shape (n,)
        Log-odds; 0 where it says nothing.
    """
    return forward_nat(Opinion(DETECTOR.key, *_rows_of(stream, time_s)))


def as_claimed(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Read the direction as if the sensor sat as is claimed; parameters and answer as of :func:`judge`."""
    able = [
        stream for stream in recording.streams if stream.place in TRUNK and stream.has(*ACCELERATION, *ANGULAR_RATE)
    ]
    if not able:
        return None
    log_likelihood, speaks = of_several([_rows_of(stream, time_s) for stream in able], step_of(time_s))
    return Opinion(DETECTOR.key, log_likelihood, speaks, evidence_s=STEP_LASTS.value)


def _rows_of(stream: Stream, time_s: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return what one trunk says in each cell, and where it speaks."""
    rows = np.zeros((len(time_s), len(State)))
    believed = stream.mount_known and stream.frame == "body"
    order = phase_correlations_of(stream, time_s) if believed else None
    if order is None:
        return rows, np.zeros(len(time_s), dtype=bool)
    score = _of_one_mind(_score(order, low=stream.place in LOW_TRUNK), order, step_of(time_s))
    if np.isfinite(score).any():
        worn = six_axis(stream), stream.place, time_s
        score = np.where(moves_unlike_anybody(*worn) | is_out_of_step(*worn), np.nan, score)
    speaks = np.isfinite(score)
    rows[speaks] = _log_likelihood(score[speaks])
    return rows, speaks


def phase_correlations_of(stream: Stream, time_s: FloatArray) -> Order | None:
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
    bounces = _band(level.force_mps2[2], step_s, BOUNCE_SMOOTH.value)
    yaws = _band(np.nan_to_num(level.rate_radps[2]), step_s)
    rises = _band(_integral(up, step_s), step_s)
    width = max(round(WINDOW.value / step_s), 1)
    at = np.searchsorted(level.time_s, time_s + step_of(time_s) / 2.0)
    near = np.clip(at, 1, len(level.time_s) - 1)
    near = np.where(time_s - level.time_s[near - 1] < level.time_s[near] - time_s, near - 1, near)
    far = np.abs(level.time_s[near] - time_s) > WINDOW.value / 2.0
    holes = far | ~np.isfinite(level.force_mps2[0])[near]
    sums = {
        name: window_means(product, *windows(len(product), width // 2, width // 2, near))
        for name, product in {
            "au": -ahead * rises, "su": -right * rises, "aa": ahead**2, "rr": rises**2,
            "yy": yaws**2, "ys": yaws * right, "ss": right**2, "uu": up**2, "bb": bounces**2,
        }.items()
    }  # fmt: skip

    def ratio(product: str, left: str, other: str) -> FloatArray:
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(holes, np.nan, sums[product] / np.sqrt(sums[left] * sums[other]))

    bounce = np.where(holes, np.nan, np.sqrt(sums["bb"]))
    signs = ratio("au", "aa", "rr"), ratio("ys", "yy", "ss")
    with np.errstate(invalid="ignore", divide="ignore"):
        bounce_hz = np.where(holes, np.nan, np.sqrt(sums["uu"] / sums["rr"]) / (2.0 * np.pi))
        aside = np.where(holes, np.nan, np.abs(sums["su"]) / np.abs(sums["au"]))
    lowest = moving_minimum(
        _mean(np.nan_to_num(level.force_mps2[2]), max(round(BOUNCE_SMOOTH.value / step_s), 1)), width // 2
    )
    return Order(*signs, bounce, bounce_hz, np.where(holes, np.nan, lowest[near] / STANDARD_GRAVITY_MPS2), aside)


def _band(values: FloatArray, step_s: float, smooth_s: float = SMOOTH.value) -> FloatArray:
    """Return what is neither faster than an impact nor slower than a stride; symmetric, so no phase is shifted."""
    known = np.nan_to_num(values)
    return _mean(known, max(round(smooth_s / step_s), 1)) - _mean(known, max(round(SLOW.value / step_s), 3))


def _integral(values: FloatArray, step_s: float) -> FloatArray:
    """Sum up to the middle of each sample: up to its end would be a twelfth of a runner's step too far ahead."""
    return np.asarray((np.cumsum(values) - 0.5 * values) * step_s)


def _mean(values: FloatArray, width: int) -> FloatArray:
    width |= 1  # odd, so that it is centred
    first = np.arange(len(values))
    return window_sums(np.pad(values, width // 2, mode="edge"), first, first + width) / width


def surely_walks(order: Order) -> BoolArray:
    """Say where somebody surely walks."""
    with np.errstate(invalid="ignore"):
        calm = (order.bounce_mps2 >= LEAST_BOUNCE.value) & (order.bounce_mps2 <= WALK_BOUNCE.value)
        return np.asarray(calm & (order.bounce_hz <= WALK_FREQUENCY.value) & (order.lowest_share >= NO_FLIGHT.value))


def _score(order: Order, *, low: bool) -> FloatArray:
    """Add up what speaks for forward; NaN where that is too little to say anything, and where nobody surely walks."""
    score, least = order.ahead_while_sinking, LEAST_OF_HIGH.value
    says = surely_walks(order)
    if low:
        score, least = score + 0.7 * order.turns_from_foot, LEAST_SCORE.value
        says &= ~_contradict(order.ahead_while_sinking, order.turns_from_foot)
    with np.errstate(invalid="ignore"):
        says &= (np.abs(score) >= least) & (order.aside_ratio <= ASLANT.value)
    return np.where(says, score, np.nan)


def _of_one_mind(score: FloatArray, order: Order, step_s: float) -> FloatArray:
    """Keep what holds for some steps; who shuffles to and fro, sways or staggers shows one sign and then the other."""
    width = max(round(ONE_MIND_FOR.value / step_s), 1)
    with np.errstate(invalid="ignore"):
        shown = np.sign(order.ahead_while_sinking) * (np.abs(order.ahead_while_sinking) >= WORTH_COUNTING)
    side = np.nan_to_num(np.sign(score), nan=0.0)
    shown = np.where(side != 0.0, side, np.nan_to_num(shown, nan=0.0))
    lead, any_shown = _mean(shown, width), _mean(np.abs(shown), width)
    agrees = (side * lead >= ONE_MIND.value * any_shown) & (_mean(np.abs(side), width) >= LEAST_HEARD)
    return np.where(agrees, score, np.nan)


def _contradict(sign: FloatArray, other: FloatArray) -> BoolArray:
    with np.errstate(invalid="ignore"):
        both = np.minimum(np.abs(sign), np.abs(other)) >= CONTRADICTS.value
        return np.asarray(both & (sign * other < 0.0))


def _log_likelihood(score: FloatArray) -> FloatArray:
    """Return the seven columns; of sideways and turning a trunk's order says nothing."""
    odds = np.clip(STRENGTH.value * score, -STRONGEST.value, STRONGEST.value)
    log_likelihood = np.zeros((len(score), len(State)))
    log_likelihood[:, [State.FORWARD_WALK, State.FORWARD_RUN]] = np.minimum(odds, 0.0)[:, None]
    log_likelihood[:, [State.BACKWARD_WALK, State.BACKWARD_RUN]] = np.minimum(-odds, 0.0)[:, None]
    log_likelihood[:, [State.SIDEWAYS, State.TURNING]] = -SIDEWAYS_RARER.value
    return log_likelihood


DETECTOR = Detector(
    key="trunk_sensor",
    title="steps of the trunk",
    explains=(
        "Looks at the order in which your trunk sinks and turns within a step. It needs a sensor on waist, back "
        "or chest whose way of sitting is known, and says nothing while you run: there people contradict each other."
    ),
    version="4",
    needs=(*ACCELERATION, *ANGULAR_RATE),
    uses_mount=True,
    judge=judge,
    evidence=(PLAYED_BACK, ORDER, RUNNING_IS_UNKNOWN),
)
