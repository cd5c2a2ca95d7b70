"""The Viterbi path of a chain in which every change of state costs the same, solved block by block.

The most likely path of states under additive log-likelihoods and a penalty for each change is found by dynamic
programming ([Viterbi1967]_, [Forney1973]_). With one penalty for every pair of states (a Potts model) one step needs
only the best of the states before it. Moments that agree on their best state are first joined, then the blocks of what
is left run side by side in numpy: the time grows with the number of changes, not with the length of the recording.

References
----------
.. [Viterbi1967] Viterbi A. J. 1967. Error bounds for convolutional codes and an asymptotically optimum decoding
   algorithm. IEEE Transactions on Information Theory 13(2): 260–269. doi:10.1109/TIT.1967.1054010
.. [Forney1973] Forney G. D. 1973. The Viterbi algorithm. Proceedings of the IEEE 61(3): 268–278.
   doi:10.1109/PROC.1973.9030
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from backward_running.core.arrays import BoolArray, FloatArray, IntArray


def most_likely_path(log_likelihood: FloatArray, change_nat: float) -> IntArray:
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

    Valid for
    ---------
    One cost for every pair of states, and log-likelihoods of moments that are independent given the state.

    References
    ----------
    See the head of this file: [Viterbi1967]_, [Forney1973]_.

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


def _potts_path(scores: FloatArray, change_nat: float) -> IntArray:
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


def _chain(value: FloatArray, change_nat: float) -> tuple[IntArray, IntArray]:
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


def _walk_back(stays: BoolArray, source: npt.NDArray[np.int8], entry: IntArray, leave: IntArray) -> IntArray:
    length, _, _, blocks = stays.shape
    every = np.arange(blocks)
    path = np.empty((blocks, length), dtype=np.int64)
    state = leave
    for step in range(length - 1, 0, -1):
        path[:, step] = state
        state = np.where(stays[step, state, entry, every], state, source[step, entry, every])
    path[:, 0] = state
    return path.reshape(-1)
