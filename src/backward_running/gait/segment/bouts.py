"""Opinions → bouts that tile the recording, with honest probabilities and an honest *unknown*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray, IntArray
from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout
from backward_running.evidence import proposed_number
from backward_running.gait.base import Detector, Opinion, Role, State
from backward_running.gait.segment.bridging import SILENCE, bridge, lend_direction
from backward_running.gait.segment.contradicting import without_contradiction
from backward_running.gait.segment.deciding import (
    GAIT_LEAST,
    NOTHING,
    RANK_OF_STATE,
    Piece,
    answers,
)
from backward_running.gait.segment.fusion import WATCH_S, change_cost_nat, summed
from backward_running.gait.segment.hints import with_hints
from backward_running.gait.segment.pauses import lay_pauses
from backward_running.gait.segment.short_changes import contested, without_stumbles
from backward_running.gait.segment.stated_stretches import as_stated
from backward_running.gait.segment.time_base import STEP, step_for, step_of, time_base
from backward_running.gait.segment.viterbi import most_likely_path

GAIT_AGREES = proposed_number(
    "gait_agrees_share", 0.9, "1", "An unknown bout gets a gait when nine in ten of its moving seconds agree on it."
)
SNAP = proposed_number(
    "snap_s",
    4.0,
    "s",
    "A border found by plan or mark is put onto the lap or mark that lies within 4 s of it: smoothed speed comes late.",
)


def find_bouts_with(
    detectors: Mapping[str, Detector],
    recording: Recording,
    working: Stream | None,
    habits: Habits | None = None,
) -> tuple[Bout, ...]:
    """Ask the detectors and turn what they say into bouts.

    Parameters
    ----------
    detectors : mapping of key to Detector
        Those to ask. What is not done on foot is asked for standing and moving only.
    recording : Recording
        As read.
    working : Stream or None
        Its main stream with derived columns; the detectors see it in the place of the main stream.
    habits : Habits, optional
        Of the person who runs, from their other recordings.

    Returns
    -------
    tuple of Bout
        They tile ``[0, duration_s)``; empty where the recording has no length.
    """
    duration_s = recording.duration_s
    if not duration_s > 0.0:
        return ()
    if not recording.on_foot:
        detectors = {key: detector for key, detector in detectors.items() if detector.role is Role.MOTION}
    seen = recording if working is None else replace(recording, streams=(working, *recording.streams[1:]))
    time_s = time_base(duration_s, step_for(seen.streams))
    motion = _keys(detectors, Role.MOTION)
    asked = (_ask(detector, seen, time_s, habits) for detector in detectors.values())
    told = [opinion for opinion in asked if opinion is not None]
    opinions = _after_hearing(without_contradiction(told, step_of(time_s), WATCH_S))
    pieces = with_hints(_pieces(opinions, time_s), opinions, step_of(time_s))
    if recording.on_foot:
        _give_gait_to_unknown(pieces, _first_of(motion, opinions))
    bouts = _as_bouts(pieces, time_s, duration_s, _first_of(_keys(detectors, Role.STATED), opinions))
    return lend_direction(lay_pauses(bouts, recording.pauses, next(iter(motion), NOTHING)), SILENCE.value)


def _ask(detector: Detector, seen: Recording, time_s: FloatArray, habits: Habits | None) -> Opinion | None:
    if habits is not None and detector.judge_person is not None:
        return detector.judge_person(seen, time_s, habits)
    return detector.judge(seen, time_s)


def _after_hearing(opinions: Sequence[Opinion]) -> list[Opinion]:
    """Let those that wait for the others hear them, one after the other: the later hear what was thought again."""
    heard = list(opinions)
    for number, opinion in enumerate(opinions):
        if opinion.heard is not None:
            heard[number] = opinion.heard([other for other in heard if other is not opinion])
    return heard


def _keys(detectors: Mapping[str, Detector], role: Role) -> list[str]:
    return [key for key, detector in detectors.items() if detector.role is role]


def _first_of(keys: Sequence[str], opinions: Sequence[Opinion]) -> Opinion | None:
    return next((opinion for opinion in opinions if opinion.detector in keys), None)


def _pieces(opinions: Sequence[Opinion], time_s: FloatArray) -> list[Piece]:
    """Cut at the changes of the most likely path and of what is known, and answer each piece."""
    step_s = step_of(time_s)
    total, speaks = summed(opinions, len(time_s))
    weighed = total if step_s >= STEP.value else summed(opinions, len(time_s), step_s)[0]
    path = as_stated(most_likely_path(weighed, change_cost_nat(step_s)), weighed, opinions)
    still = path == State.STILL
    known = bridge(speaks | still, round(SILENCE.value / step_s), RANK_OF_STATE[path])
    labels = np.where(known & ~contested(path, total, speaks, step_s), path, len(State))
    pieces = _joined(answers(labels, total, speaks, opinions))
    sensed = {opinion.detector for opinion in opinions if opinion.evidence_s < WATCH_S}
    return _joined(without_stumbles(pieces, sensed, step_s))


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbours with the same answer; their probability is the mean over time."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is None or last.answer != piece.answer:
            joined.append(piece)
            continue
        if last.share is not None and piece.share is not None:
            before, more = last.last - last.first, piece.last - piece.first
            last.share = (last.share * before + piece.share * more) / (before + more)
        last.last = piece.last
    return joined


def _give_gait_to_unknown(pieces: Sequence[Piece], motion: Opinion | None) -> None:
    """Unknown is the direction only: walk or run is stated where speed and cadence agree throughout."""
    if motion is None:
        return
    scores = motion.log_likelihood
    runs_nat = scores[:, State.FORWARD_RUN] - scores[:, State.FORWARD_WALK]
    moves = scores[:, State.STILL] < 0.0
    # Counts up to each cell: there may be thousands of pieces.
    moving = _counts(moves)
    run = _counts(moves & (runs_nat > GAIT_LEAST.value))
    walk = _counts(moves & (runs_nat < -GAIT_LEAST.value))
    for piece in pieces:
        if piece.direction is not Direction.UNKNOWN:
            continue
        least = GAIT_AGREES.value * (moving[piece.last] - moving[piece.first])
        if least == 0.0:
            continue
        if run[piece.last] - run[piece.first] >= least:
            piece.gait = Gait.RUN
        elif walk[piece.last] - walk[piece.first] >= least:
            piece.gait = Gait.WALK


def _counts(mask: BoolArray) -> IntArray:
    """Return how many were true before each cell, and in all."""
    return np.concatenate([[0], np.cumsum(mask)])


def _as_bouts(
    pieces: Sequence[Piece], time_s: FloatArray, duration_s: float, stated: Opinion | None
) -> tuple[Bout, ...]:
    """Put the pieces onto the clock; what plan or mark found begins and ends exactly where they say."""
    borders_s = np.zeros(0) if stated is None or stated.statement is None else stated.statement.borders_s
    moments_s = [0.0]
    for before, after in pairwise(pieces):
        moment_s = float(time_s[after.first])
        if stated is not None and stated.detector in (before.found_by, after.found_by) and len(borders_s):
            nearest_s = float(borders_s[np.abs(borders_s - moment_s).argmin()])
            if abs(nearest_s - moment_s) <= SNAP.value and moments_s[-1] < nearest_s < duration_s:
                moment_s = nearest_s
        moments_s.append(max(moment_s, moments_s[-1]))  # the border before may have been put beyond this one
    moments_s.append(duration_s)
    return tuple(
        Bout(start_s, end_s, piece.direction, piece.gait, piece.share, piece.found_by, piece.hint)
        for start_s, end_s, piece in zip(moments_s[:-1], moments_s[1:], pieces, strict=True)
        if end_s > start_s
    )
