"""Opinions → bouts that tile the recording, with honest probabilities and an honest *unknown*."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits
from backward_running.core.recording import FloatArray, Recording, Span, Stream
from backward_running.core.session import Bout
from backward_running.gait._proposal import proposal
from backward_running.gait.base import Detector, Opinion, State
from backward_running.gait.detectors import planned_and_marked, speed_and_cadence
from backward_running.gait.segment.bridging import lend_direction
from backward_running.gait.segment.deciding import (
    GAIT_LEAST,
    MOST_SHARE,
    NOTHING,
    RANK_OF_STATE,
    Piece,
    answers,
    by_direction,
)
from backward_running.gait.segment.fusion import WATCH_S, Mask, Path, change_cost_nat, most_likely_path, summed
from backward_running.gait.segment.hints import with_hints
from backward_running.gait.segment.stated_stretches import as_stated
from backward_running.gait.segment.time_base import STEP, step_for, step_of, time_base
from backward_running.signals.window import moving_mean

SILENCE = proposal(
    "bridged_silence_s", 5.0, "s", "Up to 5 s for which no detector speaks take the direction around them."
)
GAIT_AGREES = proposal(
    "gait_agrees_share", 0.9, "1", "An unknown bout gets a gait when nine in ten of its moving seconds agree on it."
)
SNAP = proposal(
    "snap_s",
    4.0,
    "s",
    "A border found by plan or mark is put onto the lap or mark that lies within 4 s of it: smoothed speed comes late.",
)
SHORTEST_CHANGE = proposal(
    "shortest_change_s",
    2.5,
    "s",
    "What inertial sensors see for less than 2.5 s, some four steps, beside a far longer stretch the other way is "
    "rather a stop, a stumble or a turn than a change of direction: it is unknown.",
)
CONTESTED_FOR = proposal(
    "contested_for_s",
    6.0,
    "s",
    "Where steps contradict each other for 6 s, some ten of them, they do not take the direction beside them.",
)
CONTESTED_BELOW = proposal(
    "contested_below_nat", 0.25, "nat", "Steps that on average speak less than 1.3 to 1 for a direction are a tie."
)
FAR_LONGER = 4  #: times
SHORTEST_PAUSE = proposal("shortest_pause_s", 1.0, "s", "A pause of less than a second is a hiccup of the device.")


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
        detectors = {speed_and_cadence.DETECTOR.key: speed_and_cadence.DETECTOR}
    seen = recording if working is None else replace(recording, streams=(working, *recording.streams[1:]))
    time_s = time_base(duration_s, step_for(seen.streams))
    asked = (_ask(detector, seen, time_s, habits) for detector in detectors.values())
    opinions = [opinion for opinion in asked if opinion is not None]
    pieces = with_hints(_pieces(opinions, time_s), opinions, step_of(time_s))
    if recording.on_foot:
        _give_gait_to_unknown(pieces, opinions)
    bouts = _as_bouts(pieces, time_s, duration_s, _borders_s(recording))
    return lend_direction(_lay_pauses(bouts, recording.pauses), SILENCE.value)


def _ask(detector: Detector, seen: Recording, time_s: FloatArray, habits: Habits | None) -> Opinion | None:
    if habits is not None and detector.judge_person is not None:
        return detector.judge_person(seen, time_s, habits)
    return detector.judge(seen, time_s)


def _pieces(opinions: Sequence[Opinion], time_s: FloatArray) -> list[Piece]:
    """Cut at the changes of the most likely path and of what is known, and answer each piece."""
    step_s = step_of(time_s)
    total, speaks = summed(opinions, len(time_s))
    weighed = total if step_s >= STEP.value else summed(opinions, len(time_s), step_s)[0]
    path = as_stated(most_likely_path(weighed, change_cost_nat(step_s)), weighed, opinions)
    still = path == State.STILL
    known = _bridge(speaks | still, round(SILENCE.value / step_s))
    labels = np.where(known & ~_contested(path, total, speaks, step_s), path, len(State))
    pieces = _joined(answers(labels, total, speaks, opinions))
    sensed = {opinion.detector for opinion in opinions if opinion.evidence_s < WATCH_S}
    return _joined(_without_stumbles(pieces, sensed, step_s))


def _contested(path: Path, total: FloatArray, speaks: Mask, step_s: float) -> Mask:
    """Say where, over some seconds, as much speaks against the direction of the path as for it."""
    reach = round(CONTESTED_FOR.value / step_s)
    if step_s >= STEP.value or len(path) < reach:  # the seconds of a watch are one witness, and no steps
        return np.zeros(len(path), dtype=bool)
    scores = by_direction(total)
    rank = RANK_OF_STATE[path]
    every = np.arange(len(path))
    own = scores[every, rank]
    scores[every, rank] = -np.inf
    counts = speaks & (rank >= 0)
    lead = moving_mean(np.where(counts, own - scores.max(axis=1), 0.0), reach)
    return np.asarray(counts & (lead < CONTESTED_BELOW.value * moving_mean(counts.astype(float), reach)))


def _without_stumbles(pieces: Sequence[Piece], sensed: Set[str], step_s: float) -> list[Piece]:
    """Call unknown what goes against a far longer piece beside it for a step or three: a stop, a stumble, a turn."""
    opposite = {Direction.FORWARD: Direction.BACKWARD, Direction.BACKWARD: Direction.FORWARD}
    sure: list[Piece] = []
    for number, piece in enumerate(pieces):
        cells = piece.last - piece.first
        beside = [*pieces[max(number - 1, 0) : number], *pieces[number + 1 : number + 2]]
        stumbles = (
            piece.found_by in sensed
            and cells * step_s < SHORTEST_CHANGE.value
            and any(
                one.direction is opposite.get(piece.direction) and one.last - one.first >= FAR_LONGER * cells
                for one in beside
            )
        )
        sure.append(Piece(piece.first, piece.last, Direction.UNKNOWN, None, None, NOTHING) if stumbles else piece)
    return sure


def _bridge(known: Mask, longest: int) -> Mask:
    """Fill holes of up to `longest` cells that have something known on both sides."""
    edges = np.flatnonzero(np.diff(known))
    bridged = known.copy()
    for left, right in pairwise(edges):
        if known[left] and right - left <= longest:
            bridged[left + 1 : right + 1] = True
    return bridged


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


def _give_gait_to_unknown(pieces: Sequence[Piece], opinions: Sequence[Opinion]) -> None:
    """Unknown is the direction only: walk or run is stated where speed and cadence agree throughout."""
    by_key = {opinion.detector: opinion for opinion in opinions}
    opinion = by_key.get(speed_and_cadence.DETECTOR.key)
    if opinion is None:
        return
    scores = opinion.log_likelihood
    runs_nat = scores[:, State.FORWARD_RUN] - scores[:, State.FORWARD_WALK]
    moves = scores[:, State.STILL] < 0.0
    # Counts up to each cell: there may be thousands of pieces.
    told = _counts(moves)
    run = _counts(moves & (runs_nat > GAIT_LEAST.value))
    walk = _counts(moves & (runs_nat < -GAIT_LEAST.value))
    for piece in pieces:
        if piece.direction is not Direction.UNKNOWN:
            continue
        least = GAIT_AGREES.value * (told[piece.last] - told[piece.first])
        if least == 0.0:
            continue
        if run[piece.last] - run[piece.first] >= least:
            piece.gait = Gait.RUN
        elif walk[piece.last] - walk[piece.first] >= least:
            piece.gait = Gait.WALK


def _counts(mask: Mask) -> npt.NDArray[np.intp]:
    """Return how many were true before each cell, and in all."""
    return np.concatenate([[0], np.cumsum(mask)])


def _borders_s(recording: Recording) -> FloatArray:
    """Return the moments that plan and marks state exactly."""
    claims = planned_and_marked.claims_of(recording)
    return np.unique([moment for claim in claims for moment in (claim.start_s, claim.end_s)])


def _as_bouts(
    pieces: Sequence[Piece], time_s: FloatArray, duration_s: float, borders_s: FloatArray
) -> tuple[Bout, ...]:
    """Put the pieces onto the clock; what plan or mark found begins and ends exactly where they say."""
    key = planned_and_marked.DETECTOR.key
    moments_s = [0.0]
    for before, after in pairwise(pieces):
        moment_s = float(time_s[after.first])
        if key in (before.found_by, after.found_by) and len(borders_s):
            nearest_s = float(borders_s[np.abs(borders_s - moment_s).argmin()])
            if abs(nearest_s - moment_s) <= SNAP.value and moments_s[-1] < nearest_s < duration_s:
                moment_s = nearest_s
        moments_s.append(moment_s)
    moments_s.append(duration_s)
    return tuple(
        Bout(start_s, end_s, piece.direction, piece.gait, piece.share, piece.found_by, piece.hint)
        for start_s, end_s, piece in zip(moments_s[:-1], moments_s[1:], pieces, strict=True)
        if end_s > start_s
    )


def _lay_pauses(bouts: Sequence[Bout], pauses: Sequence[Span]) -> tuple[Bout, ...]:
    """In a pause of the device nobody goes anywhere: it is still, to the moment, and cuts what it lies in."""
    waiting = _united(pauses)
    laid: list[Bout] = []
    for bout in bouts:
        if bout.direction is Direction.STILL:
            laid.append(bout)
            continue
        at_s = bout.start_s
        while waiting and waiting[0].end_s <= at_s:
            waiting.popleft()
        for pause in waiting:
            if pause.start_s >= bout.end_s:
                break
            start_s, end_s = max(at_s, pause.start_s), min(bout.end_s, pause.end_s)
            if start_s > at_s:
                laid.append(replace(bout, start_s=at_s, end_s=start_s))
            laid.append(Bout(start_s, end_s, Direction.STILL, None, MOST_SHARE.value, speed_and_cadence.DETECTOR.key))
            at_s = end_s
        if at_s < bout.end_s:
            laid.append(bout if at_s == bout.start_s else replace(bout, start_s=at_s))
    return _still_joined(laid)


def _united(pauses: Sequence[Span]) -> deque[Span]:
    """Return the pauses that count, in order, those that touch joined."""
    united: deque[Span] = deque()
    for pause in sorted(pauses, key=lambda one: one.start_s):
        if pause.end_s - pause.start_s < SHORTEST_PAUSE.value:
            continue
        if united and pause.start_s <= united[-1].end_s:
            united[-1] = Span(united[-1].start_s, max(united[-1].end_s, pause.end_s))
        else:
            united.append(pause)
    return united


def _still_joined(bouts: Sequence[Bout]) -> tuple[Bout, ...]:
    joined: list[Bout] = []
    for bout in bouts:
        last = joined[-1] if joined else None
        if last is not None and last.direction is Direction.STILL and bout.direction is Direction.STILL:
            shares = [one.probability_share for one in (last, bout) if one.probability_share is not None]
            joined[-1] = replace(last, end_s=bout.end_s, probability_share=max(shares) if shares else None)
        else:
            joined.append(bout)
    return tuple(joined)
