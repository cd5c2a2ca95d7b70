"""Opinions → bouts that tile the recording, with honest probabilities and an honest *unknown*."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import FloatArray, Recording, Span, Stream
from backward_running.core.session import Bout
from backward_running.gait import planned_and_marked, speed_and_cadence
from backward_running.gait._fuse import Mask, Path, change_cost_nat, most_likely_path, summed
from backward_running.gait._proposal import proposal
from backward_running.gait._time_base import step_of, time_base
from backward_running.gait.base import Detector, Opinion, State

NOTHING = "nothing"  #: what an unknown bout was found by
LEAST_SHARE = proposal(
    "answered_least_share", 0.65, "1", "A direction that is less probable than 65 % is called unknown."
)
MOST_SHARE = proposal(
    "answered_most_share",
    0.99,
    "1",
    "No recording makes a direction more than 99 % certain: models err in ways they cannot see.",
)
SILENCE = proposal(
    "bridged_silence_s", 5.0, "s", "Up to 5 s for which no detector speaks take the direction around them."
)
GAIT_LEAST = proposal(
    "gait_least_nat",
    0.5,
    "nat",
    "Walk or run is stated when, on average, a second speaks for it by more than 1.6 to 1.",
)
GAIT_AGREES = proposal(
    "gait_agrees_share", 0.9, "1", "An unknown bout gets a gait when nine in ten of its moving seconds agree on it."
)
SNAP = proposal(
    "snap_s", 1.6, "s", "A border found by plan or mark is put onto the lap or mark that lies within 1.6 s of it."
)
SHORTEST_PAUSE = proposal("shortest_pause_s", 1.0, "s", "A pause of less than a second is a hiccup of the device.")


@dataclass(slots=True)
class _Piece:
    """Cells ``[first, last)`` with one answer."""

    first: int
    last: int
    direction: Direction
    gait: Gait | None
    share: float | None
    found_by: str

    @property
    def answer(self) -> tuple[Direction, Gait | None, str]:
        return self.direction, self.gait, self.found_by


def find_bouts_with(
    detectors: Mapping[str, Detector], recording: Recording, working: Stream | None
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
    time_s = time_base(duration_s)
    asked = (detector.judge(seen, time_s) for detector in detectors.values())
    opinions = [opinion for opinion in asked if opinion is not None]
    pieces = _pieces(opinions, time_s)
    if recording.on_foot:
        _give_gait_to_unknown(pieces, opinions)
    bouts = _as_bouts(pieces, time_s, duration_s, _borders_s(recording))
    pauses = [pause for pause in recording.pauses if pause.end_s - pause.start_s >= SHORTEST_PAUSE.value]
    return _lay_pauses(bouts, pauses)


def _pieces(opinions: Sequence[Opinion], time_s: FloatArray) -> list[_Piece]:
    """Cut at the changes of the most likely path and of what is known, and answer each piece."""
    step_s = step_of(time_s)
    total, speaks = summed(opinions, len(time_s))
    path = most_likely_path(total, change_cost_nat(step_s))
    still = path == State.STILL
    known = _bridge(speaks | still, round(SILENCE.value / step_s))
    labels = np.where(known, path, len(State))
    firsts = np.flatnonzero(np.diff(labels, prepend=-1))
    lasts = np.append(firsts[1:], len(labels))
    pieces = [_answer(int(a), int(b), labels, total, speaks, opinions) for a, b in zip(firsts, lasts, strict=True)]
    return _joined(pieces)


def _bridge(known: Mask, longest: int) -> Mask:
    """Fill holes of up to `longest` cells that have something known on both sides."""
    edges = np.flatnonzero(np.diff(known))
    bridged = known.copy()
    for left, right in pairwise(edges):
        if known[left] and right - left <= longest:
            bridged[left + 1 : right + 1] = True
    return bridged


def _answer(
    first: int, last: int, labels: Path, total: FloatArray, speaks: Mask, opinions: Sequence[Opinion]
) -> _Piece:
    """Say what one piece is. Seconds of one piece err together, so they count as one witness: their mean."""
    label = int(labels[first])
    unknown = _Piece(first, last, Direction.UNKNOWN, None, None, NOTHING)
    if label == State.STILL:
        mean = total[first:last].mean(axis=0)
        odds = float(mean[State.STILL] - mean[State.FORWARD_WALK :].max())
        share = min(1.0 / (1.0 + np.exp(-odds)), MOST_SHARE.value)
        return _Piece(first, last, Direction.STILL, None, float(share), speed_and_cadence.DETECTOR.key)
    spoken = speaks[first:last]
    if label == len(State) or not spoken.any():
        return unknown
    mean = total[first:last][spoken].mean(axis=0)
    state = State(label)
    share = _share_of(state.direction, mean)
    if share < LEAST_SHARE.value:
        return unknown
    found_by = _loudest(state, opinions, slice(first, last))
    return _Piece(first, last, state.direction, _gait_of(state, mean), min(share, MOST_SHARE.value), found_by)


def _share_of(direction: Direction, mean: FloatArray) -> float:
    """Return the probability of one direction among those of a moving body."""
    by_direction: dict[Direction, float] = {}
    for state in State:
        if state is not State.STILL:
            before = by_direction.get(state.direction, -np.inf)
            by_direction[state.direction] = max(before, float(mean[state]))
    top = max(by_direction.values())
    weights = {one: float(np.exp(value - top)) for one, value in by_direction.items()}
    return weights[direction] / sum(weights.values())


def _gait_of(state: State, mean: FloatArray) -> Gait | None:
    """Return walk or run where the mean tells them apart, else None."""
    pairs = {
        Direction.FORWARD: (State.FORWARD_WALK, State.FORWARD_RUN),
        Direction.BACKWARD: (State.BACKWARD_WALK, State.BACKWARD_RUN),
    }
    if state.direction not in pairs:
        return None
    walk, run = pairs[state.direction]
    runs_nat = float(mean[run] - mean[walk])
    if abs(runs_nat) < GAIT_LEAST.value:
        return None
    return Gait.RUN if runs_nat > 0 else Gait.WALK


def _loudest(state: State, opinions: Sequence[Opinion], where: slice) -> str:
    """Return the key of the detector that speaks most for the direction that was chosen."""
    others = [one for one in State if one.direction is not state.direction and one is not State.STILL]
    same = [one for one in State if one.direction is state.direction]
    best, loudest = -np.inf, NOTHING
    for opinion in opinions:
        spoken = opinion.speaks[where]
        if not spoken.any():
            continue
        rows = opinion.log_likelihood[where][spoken]
        lead = float((rows[:, same].max(axis=1) - rows[:, others].max(axis=1)).sum())
        if lead > best:
            best, loudest = lead, opinion.detector
    return loudest


def _joined(pieces: Iterable[_Piece]) -> list[_Piece]:
    """Join neighbours with the same answer; their probability is the mean over time."""
    joined: list[_Piece] = []
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


def _give_gait_to_unknown(pieces: Sequence[_Piece], opinions: Sequence[Opinion]) -> None:
    """Unknown is the direction only: walk or run is stated where speed and cadence agree throughout."""
    by_key = {opinion.detector: opinion for opinion in opinions}
    opinion = by_key.get(speed_and_cadence.DETECTOR.key)
    if opinion is None:
        return
    scores = opinion.log_likelihood
    runs_nat = scores[:, State.FORWARD_RUN] - scores[:, State.FORWARD_WALK]
    moves = scores[:, State.STILL] < 0.0
    for piece in pieces:
        if piece.direction is not Direction.UNKNOWN:
            continue
        told = runs_nat[piece.first : piece.last][moves[piece.first : piece.last]]
        if len(told) == 0:
            continue
        if (told > GAIT_LEAST.value).mean() >= GAIT_AGREES.value:
            piece.gait = Gait.RUN
        elif (told < -GAIT_LEAST.value).mean() >= GAIT_AGREES.value:
            piece.gait = Gait.WALK


def _borders_s(recording: Recording) -> FloatArray:
    """Return the moments that plan and marks state exactly."""
    claims = planned_and_marked.claims_of(recording)
    return np.unique([moment for claim in claims for moment in (claim.start_s, claim.end_s)])


def _as_bouts(
    pieces: Sequence[_Piece], time_s: FloatArray, duration_s: float, borders_s: FloatArray
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
        Bout(start_s, end_s, piece.direction, piece.gait, piece.share, piece.found_by)
        for start_s, end_s, piece in zip(moments_s[:-1], moments_s[1:], pieces, strict=True)
        if end_s > start_s
    )


def _lay_pauses(bouts: Sequence[Bout], pauses: Sequence[Span]) -> tuple[Bout, ...]:
    """In a pause of the device nobody goes anywhere: it is still, to the moment, and cuts what it lies in."""
    laid = list(bouts)
    for pause in pauses:
        kept: list[Bout] = []
        for bout in laid:
            start_s, end_s = max(bout.start_s, pause.start_s), min(bout.end_s, pause.end_s)
            if end_s <= start_s or bout.direction is Direction.STILL:
                kept.append(bout)
                continue
            if start_s > bout.start_s:
                kept.append(replace(bout, end_s=start_s))
            still = Bout(start_s, end_s, Direction.STILL, None, MOST_SHARE.value, speed_and_cadence.DETECTOR.key)
            kept.append(still)
            if end_s < bout.end_s:
                kept.append(replace(bout, start_s=end_s))
        laid = kept
    return _still_joined(laid)


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
