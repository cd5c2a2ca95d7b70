"""Nobody gets anywhere without being shaken: a worn sensor that comes to rest says that its wearer stands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.names import ACCELERATION
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.base import Detector, Opinion, Role, State
from backward_running.gait.segment.time_base import FINE_STEP, cell_means, step_of
from backward_running.signals.unrest import CELL_S, Unrest, unrest
from backward_running.signals.window import moving_minimum

WINDOW = proposed_number(
    "rest_window_s",
    1.5,
    "s",
    "Rest lasts at least 1.5 s: longer than a foot stands in the slowest of walks, and than a trunk between two steps.",
)
SHAKEN_LESS = proposed_number(
    "rest_below_mps2",
    0.8,
    "m s⁻²",
    "Who stands is shaken by less than 0.8 m/s²; in the even-numbered clips of one man no place was shaken by less "
    "than 1.8 going anywhere, and half of the standing stayed below 1.5 with crouching and turning in it.",
)
TURNED_LESS = proposed_number(
    "rest_below_radps", 0.4, "rad s⁻¹", "Who stands turns to and fro by less than 0.4 rad/s, wherever the sensor is."
)
STEPS_ABOVE = proposed_number(
    "rest_steps_above_mps2", 1.2, "m s⁻²", "Shaken by more than 1.2 m/s² a sensor is worn by somebody who moves."
)
WORN_FOR = proposed_number(
    "rest_worn_for_s", 4.0, "s", "A sensor that never moved for 4 s in all is not known to be worn by anybody."
)
LIFELESS = proposed_number(
    "rest_lifeless_radps", 0.04, "rad s⁻¹", "Below 0.04 rad/s a sensor may lie on a table: people sway, most of them."
)
LIFELESS_FORCE = proposed_number(
    "rest_lifeless_mps2", 0.06, "m s⁻²", "The same without a gyroscope: below 0.06 m/s² a sensor may lie on a table."
)
LONGEST_LIFELESS = proposed_number(
    "rest_longest_lifeless_s", 20.0, "s", "A rest without any sway is a stop for up to 20 s, then rather a table."
)
LONGEST = proposed_number(
    "rest_longest_s", 300.0, "s", "After five minutes at rest nobody knows who is with the sensor."
)
CARRIED_ABOVE = proposed_number(
    "rest_carried_above_mps", 1.5, "m s⁻¹", "Who comes along at more than 1.5 m/s without a step is carried by a wheel."
)
SAYS = proposed_number(
    "rest_says_nat", 6.0, "nat", "Each fifth of a second at rest speaks 400 to 1: it has no other cause."
)
SAYS_MOVING = proposed_number(
    "moves_says_nat",
    0.4,
    "nat",
    "Each fifth of a second of shaking speaks 1.5 to 1 against standing: less than a speed of nothing speaks for it, "
    "for a phone is played with too.",
)
SHORTEST_WALK = proposed_number(
    "rest_shortest_walk_s", 3.0, "s", "Between two rests, less than 3 s of shaking are a step or a fidget and no walk."
)
#: A hand rests while its owner runs: on a handlebar, a pram, a treadmill.
NOT_ASKED = ("wrist", "hand", "arm", "forearm", "finger")


class Rest(NamedTuple):
    """What one sensor tells, on its own cells."""

    rests: BoolArray  #: its wearer stands
    moves: BoolArray  #: it does not rest
    steps: BoolArray  #: it is shaken as by steps


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Tell where every sensor that is worn rests; never a direction.

    Parameters
    ----------
    recording : Recording
        With acceleration at 18 Hz and more from anywhere on the body but the arms, anyhow mounted.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        ``speaks`` is False throughout; None without such a sensor.

    Valid for
    ---------
    Stops of 1.5 s and more; stepping on the spot is moving.

    Notes
    -----
    To step is to be shaken: at every place of the body specific force and angular rate vary by several times what they
    do in somebody who stands. A rest counts while all sensors that write take part in it. It does not count of a
    sensor that never moved, that lies without life for long (a phone on a table), that rests for many minutes, or that
    travels all the while.
    """
    found = [rest for stream in recording.streams if (rest := _rest_on(stream, recording, time_s)) is not None]
    if not found:
        return None
    rests, moves = np.any([rest.rests for rest in found], axis=0), np.any([rest.moves for rest in found], axis=0)
    log_likelihood = np.zeros((len(time_s), len(State)))
    log_likelihood[rests & ~moves, State.STILL] = SAYS.value
    log_likelihood[np.any([rest.steps for rest in found], axis=0), State.STILL] = -SAYS_MOVING.value
    return Opinion(DETECTOR.key, log_likelihood, np.zeros(len(time_s), dtype=bool), FINE_STEP.value)


def _rest_on(stream: Stream, recording: Recording, time_s: FloatArray) -> Rest | None:
    """Return what one stream tells on the time base; None where it is not asked or cannot tell."""
    if stream.place.split("_")[0] in NOT_ASKED:
        return None
    shaken = unrest(stream, WINDOW.value)
    if shaken is None:
        return None
    rest = _rest(shaken, recording)
    middle_s = time_s + step_of(time_s) / 2.0
    at = np.floor((middle_s - shaken.start_s) / CELL_S).astype(np.int64)
    inside = (at >= 0) & (at < len(rest.rests))
    at = np.clip(at, 0, len(rest.rests) - 1)
    return Rest(*(told[at] & inside for told in rest))


def _rest(shaken: Unrest, recording: Recording) -> Rest:
    has_rate = np.isfinite(shaken.rate_radps).any()
    with np.errstate(invalid="ignore"):
        calm = shaken.force_mps2 < SHAKEN_LESS.value
        lifeless = shaken.force_mps2 < LIFELESS_FORCE.value
        if has_rate:
            calm &= shaken.rate_radps < TURNED_LESS.value
            lifeless = shaken.rate_radps < LIFELESS.value
        steps = shaken.force_mps2 > STEPS_ABOVE.value
    # A window at rest is at rest throughout.
    reach = round(WINDOW.value / CELL_S / 2)
    rests = -moving_minimum(-calm.astype(float), reach) > 0.0
    moves = ~rests & np.isfinite(shaken.force_mps2)
    steps &= _lasting(~rests, round(SHORTEST_WALK.value / CELL_S))
    if np.count_nonzero(steps) * CELL_S < WORN_FOR.value:
        return Rest(np.zeros_like(rests), moves, steps)
    speed = _speed_mps(recording, shaken.time_s)
    edges = np.flatnonzero(np.diff(rests, prepend=False, append=False)).reshape(-1, 2)
    for first, last in edges.tolist():
        run = slice(first, last)
        dead = np.count_nonzero(lifeless[run] & calm[run]) >= 0.5 * np.count_nonzero(calm[run])
        longest_s = (LONGEST_LIFELESS if dead else LONGEST).value
        known = speed[run][np.isfinite(speed[run])]
        carried = len(known) > 0 and float(np.median(known)) > CARRIED_ABOVE.value
        if carried or (last - first) * CELL_S > longest_s:
            rests[run] = False
    return Rest(rests, moves, steps)


def _lasting(mask: BoolArray, least: int) -> BoolArray:
    """Keep the runs of at least `least` cells."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False)).reshape(-1, 2)
    kept = mask.copy()
    for first, last in edges[np.diff(edges, axis=1)[:, 0] < least].tolist():
        kept[first:last] = False
    return kept


def _speed_mps(recording: Recording, at_s: FloatArray) -> FloatArray:
    """Return the speed as it is written somewhere; NaN where it is not."""
    stream = recording.stream_with("speed_mps")
    if stream is None or len(at_s) < 2:
        return np.full(len(at_s), np.nan)
    speed = cell_means(stream.time_s, stream.columns["speed_mps"], np.arange(int(at_s[-1]) + 1.0))
    return np.asarray(speed[np.clip(at_s.astype(np.int64), 0, len(speed) - 1)])


DETECTOR = Detector(
    key="standing_still",
    title="a sensor at rest",
    explains="Tells standing from moving by how much a worn sensor is shaken. It says nothing about the direction.",
    version="1",
    needs=ACCELERATION,
    uses_mount=False,
    judge=judge,
    evidence=(SHAKEN_LESS.evidence, TURNED_LESS.evidence, SAYS.evidence),
    role=Role.REST,
)
