"""Gait: streams → bouts with a direction, steps. One file in ``detectors`` is one detector."""

from __future__ import annotations

from functools import cache

from backward_running.core.habits import Habits
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout
from backward_running.gait.base import Detector, Opinion, State
from backward_running.gait.labels.carried_word import carried, waits_for_a_word, with_words
from backward_running.gait.labels.claims import claims_backward, is_called_backward
from backward_running.gait.labels.lap_pattern import CLEAR, as_strokes, stated_laps, with_stated_laps
from backward_running.gait.labels.paint import apply_paint
from backward_running.gait.labels.planned_steps import is_as_planned, planned_pattern
from backward_running.gait.labels.stated_direction import LIKELY, apply_statement, contradicting
from backward_running.gait.person.forward_steps import OwnForwardSteps, forward_steps
from backward_running.gait.person.habit_summary import HabitSummary, habit_summary
from backward_running.gait.person.learning import traits_of
from backward_running.gait.person.plausible import are_of_several, may_be_backward, usual_speed_mps
from backward_running.gait.segment.bouts import find_bouts_with
from backward_running.gait.steps.initial_contacts import find_steps
from backward_running.gait.steps.measuring import measure

__all__ = [
    "CLEAR",
    "LIKELY",
    "Detector",
    "HabitSummary",
    "Opinion",
    "OwnForwardSteps",
    "State",
    "all_detectors",
    "apply_paint",
    "apply_statement",
    "are_of_several",
    "as_strokes",
    "carried",
    "claims_backward",
    "contradicting",
    "find_bouts",
    "find_steps",
    "forward_steps",
    "habit_summary",
    "is_as_planned",
    "is_called_backward",
    "may_be_backward",
    "measure",
    "planned_pattern",
    "stated_laps",
    "traits_of",
    "usual_speed_mps",
    "waits_for_a_word",
    "with_stated_laps",
    "with_words",
]


def all_detectors() -> dict[str, Detector]:
    """Every detector in the room and of third parties, by key."""
    return dict(_detectors())


def find_bouts(recording: Recording, working: Stream | None, habits: Habits | None = None) -> tuple[Bout, ...]:
    """Say which way the person went, bout by bout; what nothing speaks for is *unknown*.

    Parameters
    ----------
    recording : Recording
        As a reader gave it.
    working : Stream or None
        Its main stream with course, speed and distance (``signals.working_stream``).
    habits : Habits, optional
        How this person moves, learned from their other recordings.

    Returns
    -------
    tuple of Bout
        They tile ``[0, duration_s)`` without gap or overlap; empty where the recording has no length.
    """
    return find_bouts_with(_detectors(), recording, working, habits)


@cache
def _detectors() -> dict[str, Detector]:
    from backward_running.core.plugs import discover
    from backward_running.gait import detectors

    return discover(detectors, Detector)
