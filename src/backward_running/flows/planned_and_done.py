"""One session, planned against done: each step with what was recorded of it, and a sentence for the runner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from backward_running import plans
from backward_running.core.counting import noun_of
from backward_running.core.direction import Direction
from backward_running.core.plan import Step, Workout
from backward_running.core.ports import ActivityRow
from backward_running.core.recording import Lap, Recording
from backward_running.core.session import BoutFacts, Session
from backward_running.flows.plan_views import Comparison, Matched, StepDone

Stretch = tuple[float, float]


def compared(workout: Workout, match: Matched, row: ActivityRow, head: Recording, session: Session) -> Comparison:
    """Hold a session against its recording.

    Parameters
    ----------
    workout : Workout
        As planned.
    match : Matched
        How the recording was found.
    row : ActivityRow
        Of the recording.
    head : Recording
        Its laps and steps; samples are not needed.
    session : Session
        Its bouts.

    Returns
    -------
    Comparison
        Where the watch made a lap of each step, by these laps; else the bouts are taken in their order.
    """
    planned = list(workout.steps())
    stretches = _by_laps(planned, head.laps)
    by_laps = stretches is not None
    if stretches is None:
        stretches = _by_bouts(planned, session.bouts)
    steps = tuple(
        _step_done(step, number, stretch, session.bouts)
        for number, (step, stretch) in enumerate(zip(planned, stretches, strict=True), start=1)
    )
    return Comparison(
        workout=workout,
        row=row,
        matched=match,
        by_laps=by_laps,
        steps=steps,
        planned_backward_s=workout.duration_s(Direction.BACKWARD),
        verdict=_verdict(workout, match, steps),
        no_steps=_no_steps(steps, session.bouts),
    )


def _no_steps(steps: Sequence[StepDone], bouts: Sequence[BoutFacts]) -> str | None:
    """Say once why the steps cannot be told apart; None where any can."""
    if any(step.start_s is not None and not _is_mostly_unknown(step) for step in steps):
        return None
    if any(step.start_s is not None for step in steps):
        return "The watch marked the steps, but nothing shows which way you went in them: paint them to say so."
    if any(bout.bout.direction is Direction.UNKNOWN for bout in bouts):
        return (
            "The watch marked no steps, and nothing shows which way you went, so they cannot be told apart. Paint the "
            "backward stretches: then each step is found."
        )
    return "The watch marked no steps, and no stretch of the recording is backward: no step is found in it."


def _is_mostly_unknown(step: StepDone) -> bool:
    return step.unknown_s > 0.5 * ((step.end_s or 0.0) - (step.start_s or 0.0))


def _by_laps(planned: Sequence[Step], laps: Sequence[Lap]) -> list[Stretch | None] | None:
    """Give each step its lap; None where the laps are not those of a workout. An early end leaves the rest empty."""
    own = [lap for lap in laps if lap.step_index is not None]
    if len(own) < len(laps) or not own:
        return None
    runs: list[Stretch] = []
    index: int | None = None
    for lap in own:
        if lap.step_index == index and runs:  # a long step that the watch also cut at every kilometre
            runs[-1] = (runs[-1][0], lap.end_s)
        else:
            runs.append((lap.start_s, lap.end_s))
        index = lap.step_index
    found: list[Stretch | None] = [*runs[: len(planned)]]
    return found + [None] * (len(planned) - len(found))


def _by_bouts(planned: Sequence[Step], bouts: Sequence[BoutFacts]) -> list[Stretch | None]:
    """Give each backward step the next backward bout; forward ones lie before, between and after them."""
    backward = [(bout.bout.start_s, bout.bout.end_s) for bout in bouts if bout.bout.direction is Direction.BACKWARD]
    ends = [0.0, *(end for _, end in backward)]
    starts = [*(start for start, _ in backward), bouts[-1].bout.end_s if bouts else 0.0]
    found: list[Stretch | None] = []
    used = 0
    for number, step in enumerate(planned):
        if step.direction is Direction.BACKWARD:
            found.append(backward[used] if used < len(backward) else None)
            used += 1
            continue
        follows_backward = number == 0 or planned[number - 1].direction is Direction.BACKWARD
        between = (ends[used], starts[used]) if used < len(starts) and follows_backward else None
        found.append(between if between is not None and between[1] > between[0] else None)
    return found


def _step_done(step: Step, number: int, stretch: Stretch | None, bouts: Sequence[BoutFacts]) -> StepDone:
    if stretch is None:
        return StepDone(step, number, step.planned_s, verdict="Not in the recording.")
    seconds = dict.fromkeys(Direction, 0.0)
    metres = moving_s = 0.0
    for fact, shared_s in _shared(stretch, bouts):
        seconds[fact.bout.direction] += shared_s
        if fact.bout.direction is step.direction and fact.distance_m is not None and fact.bout.duration_s > 0:
            share = shared_s / fact.bout.duration_s
            metres, moving_s = metres + share * fact.distance_m, moving_s + share * fact.moving_s
    speed_mps = metres / moving_s if moving_s > 0 else None
    made = StepDone(
        step=step,
        number=number,
        planned_s=step.planned_s,
        start_s=stretch[0],
        end_s=stretch[1],
        forward_s=seconds[Direction.FORWARD],
        backward_s=seconds[Direction.BACKWARD],
        unknown_s=seconds[Direction.UNKNOWN],
        speed_mps=speed_mps,
        within_cap=None
        if speed_mps is None or step.speed_high_mps is None
        else plans.within_cap(speed_mps, step.speed_high_mps),
    )
    return replace(made, verdict=_step_verdict(made))


def _shared(stretch: Stretch, bouts: Sequence[BoutFacts]) -> Iterator[tuple[BoutFacts, float]]:
    for bout in bouts:
        shared_s = min(stretch[1], bout.bout.end_s) - max(stretch[0], bout.bout.start_s)
        if shared_s > 0:
            yield bout, shared_s


def _step_verdict(step: StepDone) -> str:
    whole_s = (step.end_s or 0.0) - (step.start_s or 0.0)
    if _is_mostly_unknown(step):
        return "The recording does not show which way you went."
    if step.step.direction is Direction.BACKWARD and step.forward_s > 0.5 * whole_s:
        return "You went forward here."
    if step.step.direction is Direction.FORWARD and step.backward_s > 0.5 * whole_s:
        return "You went backward here."
    if step.within_cap is False:
        return "Faster than its cap."
    if step.is_short and step.planned_s is not None:
        return f"{step.in_planned_direction_s:.0f} of {step.planned_s:.0f} s."
    return "As planned."


def _verdict(workout: Workout, match: Matched, steps: Sequence[StepDone]) -> str:
    planned_min = workout.duration_s(Direction.BACKWARD) / 60
    fast = sum(step.within_cap is False and step.step.direction is Direction.BACKWARD for step in steps)
    faster = f" {fast} of the backward steps {noun_of(fast, 'was', 'were')} faster than their cap." if fast else ""
    if match.complete:
        planned = f"{planned_min:.0f} {noun_of(round(planned_min), 'minute')}"
        return f"Done: {match.backward_s / 60:.0f} of {planned} backward.{faster}"
    if match.unknown_s > match.backward_s:
        return (
            "The recording does not show which way you ran, so it does not count as done. Paint the backward stretches "
            "to say so."
        )
    by_word = f", {match.said_backward_s / 60:.1f} of them by your word" if match.said_backward_s else ""
    return f"{match.backward_s / 60:.1f} of {planned_min:.1f} minutes backward were done{by_word}.{faster}"
