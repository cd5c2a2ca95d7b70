"""A plan on paper (PDF): each session with its steps as a bar, where, with whom and a box to tick."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
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


def write_pdf(
    plan: Plan,
    *,
    first_week: int = 1,
    speed_words: Callable[[float], str],
    before: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> bytes:
    """Write a plan for paper.

    Parameters
    ----------
    plan : Plan
        Its closed gates stand on the first page, before any session.
    first_week : int
        Weeks before it are left out.
    speed_words : callable
        Speed in m/s → what the runner reads, so that the page speaks their units.
    before : mapping
        Heading → lines that stand before the first session: what pain may come, when to stop and whom to see.

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
    weeks = [week for week in plan.weeks if week.number >= first_week]
    every, told = _every_session([workout for week in weeks for workout in week.workouts])
    story = [*_head(plan), *_notes(plan)]
    for heading, lines in {**before, "In every session": every}.items():
        story += _lines(heading, lines)
    for week in weeks:
        story += _week(week, speed_words, told)
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


def _lines(heading: str, lines: Sequence[str]) -> Iterator[Flowable]:
    from backward_running.formats import _plan_paper as paper

    if lines:
        yield paper.words(heading, paper.HEADING)
    for line in lines:
        yield paper.words(f"· {line}", paper.NOTE)


def _to_do(workout: Workout) -> list[str]:
    """Return what a session asks for beside its steps: its advice, and the cues of its backward steps, each once."""
    cues = (step.cue for step in workout.steps() if step.direction is Direction.BACKWARD and step.cue)
    return list(dict.fromkeys([*workout.advice, *cues]))


def _every_session(workouts: Sequence[Workout]) -> tuple[list[str], set[str]]:
    """Return what all sessions ask for, in order, and the same as what has been told."""
    asked = [_to_do(workout) for workout in workouts]
    common = [line for line in asked[0] if all(line in others for others in asked)] if asked else []
    return common, set(common)


def _week(week: Week, speed_words: Callable[[float], str], told: set[str]) -> Iterator[Flowable]:
    from reportlab.platypus import CondPageBreak

    from backward_running.formats import _plan_paper as paper

    yield CondPageBreak(_WEEK_HEIGHT)
    yield paper.words(f"Week {week.number}" + (f" · {week.focus}" if week.focus else ""), paper.WEEK)
    yield paper.words(f"from {week.starts_on:%A %d %B %Y}", paper.DATE)
    if not week.workouts:
        yield paper.words("No backward session in this week.", paper.SOFT)
    for workout in week.workouts:
        yield _session(workout, speed_words, [line for line in _to_do(workout) if line not in told])
        told.update(_to_do(workout))


def _session(workout: Workout, speed_words: Callable[[float], str], new: Sequence[str]) -> Flowable:
    """Return one session, which stands whole on a page, with what it asks for and no earlier one did."""
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
            *(paper.words(f"· {line}", paper.NOTE) for line in new),
            *(paper.words(f"Why: {reason.text}", paper.REASON) for reason in workout.reasons[:_REASONS_COUNT]),
            paper.words(
                "How hard, 0–10: ____ · calves after a day: ____ · after two days: ____ · pain, and where: "
                "____________ · the next morning: ____",
                paper.ASKED,
            ),
        ]
    )
