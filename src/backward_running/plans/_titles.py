"""Titles from content: what a session and a week are called is read from the steps they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from backward_running.core.counting import noun_of
from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Plan, Repeat, Step, Week, Workout
from backward_running.plans._block import span_words

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NOTHING = "No session in this week"


@dataclass(frozen=True, slots=True)
class _Bouts:
    times: int
    step: Step
    sets: int = 1


def content_of(pieces: Sequence[Step | Repeat]) -> str:
    """Say the bouts of a session; those forward where none goes backward.

    >>> from backward_running.core.plan import Part
    >>> walk = Step("BACK WALK", Part.WORK, Direction.BACKWARD, Gait.WALK, duration_s=60)
    >>> content_of((Repeat(5, (walk,)),))
    'five bouts of 1 min'
    """
    told = _bouts(pieces, Direction.BACKWARD)
    if not told:
        return ", ".join(_forward(bouts) for bouts in _bouts(pieces, Direction.FORWARD)) or "nothing"
    mixed = len({bouts.step.gait for bouts in told if not bouts.step.is_sprint}) > 1
    said: list[str] = []
    for bouts in told:
        said.append(_words(bouts, mixed=mixed, first=not said))
    return ", ".join(said)


def title_of(pieces: Sequence[Step | Repeat], how: str = "") -> str:
    """Return the title of a session: which way, and its bouts; `how` is said of the way ("uphill")."""
    steps = [bouts.step for bouts in _bouts(pieces, Direction.BACKWARD)]
    if not steps:
        walks = all(bouts.step.gait is Gait.WALK for bouts in _bouts(pieces, Direction.FORWARD))
        way = "Walking forward" if walks else "Running forward"
    elif any(step.is_sprint for step in steps):
        way = "Sprinting backward"
    else:
        gaits = {step.gait for step in steps}
        way = {1: f"{'Walking' if Gait.WALK in gaits else 'Running'} backward"}.get(
            len(gaits), "Walking and running backward"
        )
    return f"{way}{how}: {content_of(pieces)}"


def focus_of(workouts: Sequence[Workout], lead: str, *, holds: bool = False) -> str:
    """Return what a week is about: the bouts of its longest session."""
    if not workouts:
        return NOTHING
    longest = max(workouts, key=lambda workout: (workout.duration_s(Direction.BACKWARD), workout.duration_s()))
    words = content_of(longest.pieces)
    lead = lead or ("The same again" if holds else "")
    return f"{lead}: {words}" if lead else words[0].upper() + words[1:]


def titled(plan: Plan) -> Plan:
    """Return the plan under its programme's title, with as many weeks as it holds now: repeats make it longer."""
    from backward_running.plans import all_protocols

    protocol = all_protocols().get(plan.protocol)
    if protocol is None:
        return plan
    count = len(plan.weeks)
    weeks = f", {count_words(count)} {noun_of(count, 'week')}" if protocol.length and count else ""
    return replace(plan, title=protocol.title + weeks)


def grows(week: Week, before: Week) -> bool:
    """Tell whether a week holds more than the one before it: longer in all, in its longest bout, or quicker."""
    return any(late > early + 0.5 for early, late in zip(_measures(before), _measures(week), strict=True))


def _measures(week: Week) -> tuple[float, float, float]:
    back = [step for workout in week.workouts for step in workout.each_step() if step.direction is Direction.BACKWARD]
    return (
        max((workout.duration_s(Direction.BACKWARD) for workout in week.workouts), default=0.0),
        max((step.planned_s or 0.0 for step in back), default=0.0),
        # In cm/s, so that one measure of "more" does for all three.
        100 * max((step.speed_high_mps or 0.0 for step in back), default=0.0),
    )


def _bouts(pieces: Sequence[Step | Repeat], direction: Direction) -> list[_Bouts]:
    """Return the work of a session in that direction, equal neighbours taken together."""
    found = []
    for piece in pieces:
        steps = piece.steps if isinstance(piece, Repeat) else (piece,)
        times = piece.times if isinstance(piece, Repeat) else 1
        found += [(times, step) for step in steps if step.direction is direction and step.part.value == "work"]
    told = []
    for (times, step), same in groupby(found):
        count = len(list(same))
        told.append(_Bouts(times, step, count) if times > 1 else _Bouts(count, step))
    return told


def _words(bouts: _Bouts, *, mixed: bool, first: bool) -> str:
    step = bouts.step
    length = f"{step.distance_m:g} m" if step.distance_m is not None else span_words(step.duration_s or 0.0)
    if step.is_sprint:
        sets = f"{count_words(bouts.sets)} {noun_of(bouts.sets, 'set')} of "
        return f"{sets}{count_words(bouts.times)} {noun_of(bouts.times, 'sprint')} of {length}"
    count = bouts.times * bouts.sets
    noun = f" {noun_of(count, 'bout')}" if first else ""
    gait = {Gait.WALK: " walked", Gait.RUN: " run"}[step.gait] if mixed else ""
    return f"{count_words(count)}{noun} of {length}{gait}"


def _forward(bouts: _Bouts) -> str:
    count = bouts.times * bouts.sets
    noun = noun_of(count, "run" if bouts.step.gait is Gait.RUN else "walk")
    return f"{count_words(count)} {noun} of {span_words(bouts.step.duration_s or 0.0)}"


def count_words(count: int) -> str:
    """Say a small number in words.

    >>> count_words(3), count_words(15)
    ('three', '15')
    """
    return _COUNTS[count] if count < len(_COUNTS) else str(count)
