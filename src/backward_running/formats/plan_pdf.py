"""A plan on paper (PDF): each session with its steps as a bar, where, with whom and a box to tick."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Week, Workout

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

_SIMULATED = "Simulated: the plan of a demo runner. It is nobody's advice."
#: A week begins a new page where so much is not left, in points: its title and one session.
_WEEK_HEIGHT = 150.0
#: Of the reasons of a session the first stand here; the rest stands on the screen with its sources.
_REASONS_COUNT = 3


def write_pdf(plan: Plan, *, first_week: int = 1, speed_words: Callable[[float], str]) -> bytes:
    """Write a plan for paper.

    Parameters
    ----------
    plan : Plan
        Its closed gates stand on the first page, before any session.
    first_week : int
        Weeks before it are left out.
    speed_words : callable
        Speed in m/s → what the runner reads, so that the page speaks their units.

    Returns
    -------
    bytes
        PDF, A4. The same plan gives the same bytes.
    """
    # The library takes a while to import: only who writes a PDF waits for it.
    from backward_running.formats import _plan_paper as paper

    paper.use_fonts()
    held = io.BytesIO()
    document = paper.document(held, plan.title, header=_SIMULATED if plan.simulated else None)
    story = [*_head(plan), *_notes(plan)]
    for week in plan.weeks:
        if week.number >= first_week:
            story += _week(week, speed_words)
    document.build(story)
    return held.getvalue()


def _head(plan: Plan) -> Iterator[Flowable]:
    from backward_running.formats import _plan_paper as paper

    yield paper.words(plan.title, paper.TITLE)
    changed = "" if plan.changed_at is None else f" Changed {plan.changed_at:%d %B %Y}."
    yield paper.words(f"Made {plan.made_at:%d %B %Y}.{changed}", paper.SOFT)


def _notes(plan: Plan) -> Iterator[Flowable]:
    from backward_running.formats import _plan_paper as paper

    for gate in plan.gates:
        if not gate.open:
            closed = f"Closed: {gate.title}. {gate.reason.text} {gate.what_to_do or ''}".strip()
            yield paper.words(closed, paper.STRONG)
    if plan.notes:
        yield paper.words("Before you begin", paper.HEADING)
    for note in plan.notes:
        yield paper.words(f"· {note.text}", paper.NOTE)


def _week(week: Week, speed_words: Callable[[float], str]) -> Iterator[Flowable]:
    from reportlab.platypus import CondPageBreak

    from backward_running.formats import _plan_paper as paper

    yield CondPageBreak(_WEEK_HEIGHT)
    yield paper.words(f"Week {week.number}" + (f" · {week.focus}" if week.focus else ""), paper.WEEK)
    yield paper.words(f"from {week.starts_on:%A %d %B %Y}", paper.DATE)
    if not week.workouts:
        yield paper.words("No backward session in this week.", paper.SOFT)
    for workout in week.workouts:
        yield _session(workout, speed_words)


def _session(workout: Workout, speed_words: Callable[[float], str]) -> Flowable:
    """Return one session, which stands whole on a page."""
    from reportlab.platypus import HRFlowable, KeepTogether

    from backward_running.formats import _plan_paper as paper

    backward = [step for step in workout.steps() if step.direction is Direction.BACKWARD]
    caps = sorted({step.speed_high_mps for step in backward if step.speed_high_mps})
    cap = [paper.words(f"Backward not faster than {speed_words(caps[-1])}.")] if caps else []
    return KeepTogether(
        [
            HRFlowable(width="100%", thickness=0.6, color=paper.LINE, spaceBefore=2, spaceAfter=2),
            paper.TickBox(),
            paper.words(f"{workout.on:%A %d %B} · {workout.title}", paper.SESSION),
            paper.words(workout.summary),
            paper.StepBar(tuple(workout.steps())),
            *cap,
            paper.words(f"Where: {workout.place.value}. With: {workout.with_whom}."),
            *(paper.words(f"Why: {reason.text}", paper.REASON) for reason in workout.reasons[:_REASONS_COUNT]),
            paper.words("How hard, 0–10: ____ · calves after a day: ____ · after two days: ____", paper.ASKED),
        ]
    )
