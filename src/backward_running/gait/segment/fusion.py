"""Opinions of all detectors → the most likely path of states, by a sticky Markov chain solved block by block.

Every change of state costs the same, so the chain is a Potts model and one step needs only the best of the states
before it. Moments that agree on their best state are first joined, then the blocks of what is left run side by side in
numpy: the time grows with the number of changes, not with the length of the recording.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from backward_running.core.recording import FloatArray
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.gait._proposal import proposal
from backward_running.gait.base import Opinion, State

EXPECTED_BOUT = proposal(
    "expected_bout_s",
    60.0,
    "s",
    "A direction is expected to last a minute: a change has to earn some 360 to 1, so that odd seconds do not cut.",
)

STANDING_RARER = proposal(
    "standing_rarer_nat",
    1.0,
    "nat",
    "In a recorded activity people move: where nothing is known, each second speaks 2.7 to 1 against standing.",
)

STEPS_AGREE = Number(
    "steps_agree_ratio",
    1.4,
    "1",
    Evidence(
        "gait.steps_agree",
        "A stretch is many steps, and their mean counts as one witness: too few. Over six body sites of one man, "
        "virtual sensors, the truth is most likely at 1.5 in loops of all his clips, where it was chosen from, and at "
        "1.4 in those with an even number alone. No other person was at hand.",
        THIS_PROJECT,
        Standing.OPINION,
        Tag.DERIVED,
    ),
    low=1.0,
    high=1.75,
)
SENSED_MOVES = proposal(
    "sensed_moves_nat",
    3.0,
    "nat",
    "Where an inertial sensor shows the order of steps, somebody moves: each look speaks 20 to 1 against standing.",
)
WATCH_S = 1.0  #: what rests on the samples of a watch takes at least a second for one piece of evidence

Path = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def change_cost_nat(step_s: float) -> float:
    """Return what a change of state costs: the logarithm of its odds against staying, per cell of the time base."""
    return math.log(EXPECTED_BOUT.value / step_s * (len(State) - 1))


def summed(opinions: Sequence[Opinion], cells: int, step_s: float | None = None) -> tuple[FloatArray, Mask]:
    """Add up what the detectors say, as independent witnesses.

    Parameters
    ----------
    opinions : sequence of Opinion
        On one time base.
    cells : int
        Length of the time base.
    step_s : float, optional
        Length of a cell. Where it is given, rows weigh as what they are: a cell shorter than the time a detector
        needs for one piece of evidence counts for its part of it. Without it, each row counts whole, and those of
        inertial sensors by :data:`STEPS_AGREE`: the sum is then what probabilities are made of.

    Returns
    -------
    log_likelihood : ndarray, shape (n, 7)
    speaks : ndarray of bool, shape (n,)
        Where at least one of them speaks about the direction.
    """
    total = np.zeros((cells, len(State)))
    speaks = np.zeros(cells, dtype=bool)
    for opinion in opinions:
        said = opinion.log_likelihood
        said = said if np.isfinite(said).all() else np.nan_to_num(said, nan=0.0, posinf=0.0, neginf=-50.0)
        weight = _witnesses(opinion) if step_s is None else min(step_s / opinion.evidence_s, 1.0)
        total += said if weight == 1.0 else said * weight
        if opinion.evidence_s < WATCH_S:  # it sees limbs move in some order: so they move, unless it says otherwise
            moves = opinion.speaks & (said[:, State.STILL] == 0.0)
            total[moves, State.STILL] -= SENSED_MOVES.value * weight
        speaks |= opinion.speaks
    total[:, State.STILL] -= STANDING_RARER.value * (1.0 if step_s is None else min(step_s, 1.0))
    # Where nobody speaks the direction is unknown anyway: without walk against run there is far less to decide.
    if speaks.any():
        total[:, State.FORWARD_WALK :] *= speaks[:, None]
    else:
        total[:, State.FORWARD_WALK :] = 0.0
    return total, speaks


def _witnesses(opinion: Opinion) -> float:
    """Return how many witnesses a stretch of one opinion is worth."""
    return STEPS_AGREE.value if opinion.evidence_s < WATCH_S else 1.0


def most_likely_path(log_likelihood: FloatArray, change_nat: float) -> Path:
    """Return the path of states that explains the whole best, when every change costs `change_nat`.

    Parameters
    ----------
    log_likelihood : ndarray, shape (n, k)
        Finite.
    change_nat : float
        Cost of a change.

    Returns
    -------
    ndarray of int, shape (n,)
        Changes happen only where the best state of the single moment changes; elsewhere the exact optimum.

    Examples
    --------
    >>> odd = np.array([[0.0, -3.0]] * 5 + [[-3.0, 0.0]] + [[0.0, -3.0]] * 5 + [[-3.0, 0.0]] * 5)
    >>> most_likely_path(odd, 5.0).tolist()
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    """
    best = log_likelihood.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    scores = np.add.reduceat(log_likelihood, starts, axis=0)
    lengths = np.diff(starts, append=len(best))
    return np.repeat(_potts_path(scores, change_nat), lengths)


def _potts_path(scores: FloatArray, change_nat: float) -> Path:
    """Solve the chain exactly: all blocks forward at once from every start, chain them, walk all back at once."""
    count, states = scores.shape
    length = max(math.isqrt(count), 1)
    blocks = -(-count // length)
    padded = np.zeros((blocks * length, states))
    padded[:count] = scores
    # Axes (state, start state, block): the reduction over states runs along whole rows of memory.
    score = np.ascontiguousarray(padded.reshape(blocks, length, states).transpose(1, 2, 0))
    value = np.full((states, states, blocks), -np.inf)
    value[np.arange(states), np.arange(states)] = score[0]
    stays = np.empty((length, states, states, blocks), dtype=bool)
    source = np.zeros((length, states, blocks), dtype=np.int8)
    for step in range(1, length):
        top = value.max(axis=0)
        source[step] = _first_equal(value, top)
        jump = top - change_nat
        np.greater_equal(value, jump, out=stays[step])
        value = np.maximum(value, jump)
        value += score[step][:, None, :]
    entry, leave = _chain(value, change_nat)
    return _walk_back(stays, source, entry, leave)[:count]


def _first_equal(value: FloatArray, top: FloatArray) -> npt.NDArray[np.int8]:
    """Return the first state that reaches the top (argmax over the first axis, several times faster than numpy's)."""
    found = np.zeros(top.shape, dtype=np.int8)
    for state in range(len(value) - 1, 0, -1):
        np.copyto(found, np.int8(state), where=value[state] == top)
    np.copyto(found, np.int8(0), where=value[0] == top)
    return found


def _chain(value: FloatArray, change_nat: float) -> tuple[Path, Path]:
    """Join the blocks: in which state does the best path enter and leave each."""
    states, _, blocks = value.shape
    into = np.empty((blocks, states), dtype=np.int64)  # start state by end state
    came = np.empty((blocks, states), dtype=np.int64)  # end state of the block before by start state
    so_far = np.zeros(states)
    every = np.arange(states)
    for block in range(blocks):
        jump = int(so_far.argmax())
        stay = so_far >= so_far[jump] - change_nat
        came[block] = np.where(stay, every, jump)
        begun = np.where(stay, so_far, so_far[jump] - change_nat)
        if block == 0:
            begun = np.zeros(states)
        through = value[:, :, block] + begun
        into[block] = through.argmax(axis=1)
        so_far = through.max(axis=1)
    entry, leave = np.empty(blocks, dtype=np.int64), np.empty(blocks, dtype=np.int64)
    state = int(so_far.argmax())
    for block in range(blocks - 1, -1, -1):
        leave[block] = state
        entry[block] = into[block, state]
        state = int(came[block, entry[block]])
    return entry, leave


def _walk_back(stays: Mask, source: npt.NDArray[np.int8], entry: Path, leave: Path) -> Path:
    length, _, _, blocks = stays.shape
    every = np.arange(blocks)
    path = np.empty((blocks, length), dtype=np.int64)
    state = leave
    for step in range(length - 1, 0, -1):
        path[:, step] = state
        state = np.where(stays[step, state, entry, every], state, source[step, entry, every])
    path[:, 0] = state
    return path.reshape(-1)
