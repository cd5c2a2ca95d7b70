"""The load of one session, split among the directions it was run in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from backward_running.core.arrays import IndexArray
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.load import PARTS, Hearts, HeartSeconds, Loads, PartLoad
from backward_running.core.recording import FloatArray, Span, Stream
from backward_running.core.session import BoutFacts
from backward_running.effort._energy import awake_s
from backward_running.effort._registry import session_load_model, trimp_model_of
from backward_running.effort._samples import bout_of
from backward_running.effort.heart_rate_reserve import reserve_of
from backward_running.signals.moving import sample_durations_s

REST = len(PARTS) - 1
FASTEST_BPM = 300  #: nothing that is faster is a heart


def loads_of(
    working: Stream | None,
    facts: Sequence[BoutFacts],
    athlete: Athlete,
    pauses: Sequence[Span],
    *,
    perceived_exertion_cr10: float | None,
) -> Loads:
    """Split the load of a session among its directions.

    How hard it felt is said of the whole session, so each direction gets its share of the minutes; the heart rate is
    known second by second, so each direction gets its own.

    Parameters
    ----------
    working : Stream or None
        The working stream, with ``heart_rate_bpm`` where known.
    facts : sequence of BoutFacts
        The bouts; together they are the whole session.
    athlete : Athlete
        Sex, resting and maximal heart rate are used where known.
    pauses : sequence of Span
        Time that belongs to no sample.
    perceived_exertion_cr10 : float or None
        How hard it felt, 0 to 10.

    Returns
    -------
    Loads
        Forward, backward, unknown, and the rest (standing, turning, sideways). The parts add up to the session; what
        is not known is None in each, and a direction that did not occur is None as a whole.
    """
    beats = _beats(working, facts, pauses)
    trimp = [None] * len(PARTS) if beats is None else _trimp(beats, athlete)
    parts: list[PartLoad | None] = []
    for number in range(len(PARTS)):
        own = [fact for fact in facts if _part_of(fact.bout.direction) == number]
        if not own:
            parts.append(None)
            continue
        duration_s = sum(awake_s(fact.bout, pauses) for fact in own)
        felt = None if perceived_exertion_cr10 is None else _felt(perceived_exertion_cr10, duration_s)
        lacks_s = duration_s if beats is None else float(beats.lacks_s[number])
        parts.append(PartLoad(duration_s, felt, trimp[number], lacks_s))
    return Loads(*parts)


def loads_by_word(forward_s: float, backward_s: float, *, perceived_exertion_cr10: float | None) -> Loads:
    """Return the load of a session that was told and not recorded.

    Parameters
    ----------
    forward_s, backward_s : float
        Its minutes each way, in seconds; 0 where it held none of that direction.
    perceived_exertion_cr10 : float or None
        How hard it felt, 0 to 10.

    Returns
    -------
    Loads
        Without a heart rate: all its time lacks one.
    """
    forward, backward = (
        PartLoad(
            duration_s,
            None if perceived_exertion_cr10 is None else _felt(perceived_exertion_cr10, duration_s),
            None,
            duration_s,
        )
        if duration_s > 0
        else None
        for duration_s in (forward_s, backward_s)
    )
    return Loads(forward, backward)


def hearts_of(working: Stream | None, facts: Sequence[BoutFacts], pauses: Sequence[Span]) -> Hearts:
    """Count, for each direction, how many seconds the heart beat how fast: whole beats, as hearts are recorded.

    Parameters
    ----------
    working, facts, pauses
        As in :func:`loads_of`.

    Returns
    -------
    Hearts
        None for a direction that has no heart rate.
    """
    beats = _beats(working, facts, pauses)
    if beats is None:
        return Hearts()
    beat = np.clip(np.rint(beats.heart_rate_bpm), 0, FASTEST_BPM).astype(np.intp)
    cells = np.bincount(
        beats.part * (FASTEST_BPM + 1) + beat, beats.duration_s, minlength=len(PARTS) * (FASTEST_BPM + 1)
    )
    return Hearts(*(_seconds_of(seconds.astype(np.float64)) for seconds in cells.reshape(len(PARTS), FASTEST_BPM + 1)))


class _Beats:
    """The samples with a heart rate: which part they belong to, how fast, how long; each of shape (n,)."""

    __slots__ = ("duration_s", "heart_rate_bpm", "lacks_s", "part")

    def __init__(self, part: IndexArray, heart_rate_bpm: FloatArray, duration_s: FloatArray) -> None:
        known = np.isfinite(heart_rate_bpm)
        self.lacks_s = _by_part(part[~known], duration_s[~known])
        self.part, self.heart_rate_bpm, self.duration_s = part[known], heart_rate_bpm[known], duration_s[known]


def _beats(working: Stream | None, facts: Sequence[BoutFacts], pauses: Sequence[Span]) -> _Beats | None:
    if working is None or not working.has("heart_rate_bpm"):
        return None
    bout = bout_of(working.time_s, [fact.bout for fact in facts])
    part_of_bout = np.asarray([*(_part_of(fact.bout.direction) for fact in facts), REST], dtype=np.intp)
    part = part_of_bout[bout]  # a sample of no bout has -1, and so the last: the rest
    return _Beats(part, working.columns["heart_rate_bpm"], sample_durations_s(working, pauses))


def _part_of(direction: Direction) -> int:
    return PARTS.index(direction) if direction in PARTS else REST


def _by_part(part: IndexArray, values: FloatArray) -> FloatArray:
    return np.bincount(part, weights=values, minlength=len(PARTS)).astype(np.float64, copy=False)


def _felt(perceived_exertion_cr10: float, duration_s: float) -> float:
    return float(session_load_model().best(perceived_exertion_cr10=perceived_exertion_cr10, duration_s=duration_s))


def _trimp(beats: _Beats, athlete: Athlete) -> list[float | None]:
    """Return the impulse of each part; None where it has no heart rate, or the profile lacks what it takes."""
    reserve, model = reserve_of(beats.heart_rate_bpm, athlete), trimp_model_of(athlete)
    if reserve is None or model is None:
        return [None] * len(PARTS)
    impulses = model.best(heart_rate_reserve_ratio=np.clip(reserve, 0.0, 1.0), duration_s=beats.duration_s)
    sums, known_s = _by_part(beats.part, impulses), _by_part(beats.part, beats.duration_s)
    return [float(total) if seconds > 0 else None for total, seconds in zip(sums, known_s, strict=True)]


def _seconds_of(seconds: FloatArray) -> HeartSeconds | None:
    (used,) = np.nonzero(seconds)
    if not len(used):
        return None
    inside = seconds[used[0] : used[-1] + 1]
    return HeartSeconds(int(used[0]), tuple(np.round(inside, 2).tolist()))
