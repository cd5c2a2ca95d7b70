"""Ribbons and bars: stretches side by side, in percent of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backward_running.apps.words.phrases import LETTER
from backward_running.core.plan import Step, Workout
from backward_running.core.ports import RibbonPiece
from backward_running.core.session import SAID, BoutFacts

LAYOUT_SPEED_MPS = 2.0  #: only to give a step without a duration a width


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a ribbon or bar, in percent of its width."""

    x: float
    width: float
    letter: str
    words: str = ""
    said: bool = False  #: as the runner says of the whole run: nothing recorded shows it


def ribbon(pieces: Iterable[RibbonPiece]) -> list[Piece]:
    """Lay the pieces of a ribbon side by side, in percent."""
    laid, x = [], 0.0
    for piece in pieces:
        laid.append(
            Piece(
                round(x * 100, 3),
                round(piece.share * 100, 3),
                LETTER[piece.direction],
                piece.direction.value,
                piece.said,
            )
        )
        x += piece.share
    return laid


def bout_ribbon(bouts: Sequence[BoutFacts]) -> list[Piece]:
    """Lay the bouts of an activity side by side, in percent of its time."""
    if not bouts:
        return []
    start_s, length_s = bouts[0].bout.start_s, bouts[-1].bout.end_s - bouts[0].bout.start_s
    return [
        Piece(
            round((bout.bout.start_s - start_s) / length_s * 100, 3),
            round(bout.bout.duration_s / length_s * 100, 3),
            LETTER[bout.bout.direction],
            bout.bout.direction.value,
            bout.bout.found_by == SAID,
        )
        for bout in bouts
    ]


def step_bar(workout: Workout) -> list[Piece]:
    """Lay the steps of a workout side by side; the width is time."""
    steps = list(workout.steps())
    lengths = [_layout_s(step) for step in steps]
    whole = sum(lengths) or 1.0
    laid, x = [], 0.0
    for step, length in zip(steps, lengths, strict=True):
        laid.append(Piece(round(x, 3), round(length / whole * 100, 3), step_letter(step), step.name))
        x += length / whole * 100
    return laid


def step_letter(step: Step) -> str:
    """Return the style letters of a step: direction, and ``w`` where it is walked."""
    letter = LETTER[step.direction]
    return f"{letter} w" if step.gait.value == "walk" else letter


def _layout_s(step: Step) -> float:
    if step.duration_s is not None:
        return step.duration_s
    return (step.distance_m or 0.0) / (step.speed_high_mps or LAYOUT_SPEED_MPS)
