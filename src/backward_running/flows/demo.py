"""The demo runner: twelve simulated weeks, written as FIT files and read back through the normal door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from backward_running import plans, rehab
from backward_running.core.adaptation import Done
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan, Workout
from backward_running.core.ports import DemoMaking, ImportEntry, Simulated
from backward_running.flows.intake import import_file
from backward_running.rehab.base import Facts
from backward_running.simulation import SORE_CALF_SAYS, SORE_WEEK, SimulatedRunner, demo_answers, simulate_runner
from backward_running.simulation import athlete as simulated_athlete
from backward_running.simulation.measured import measured

#: The demo is the same on every machine.
DEMO_SEED = 8484
DEMO_WEEKS = 12

#: The first week is forward only; the plan begins after it, so that a week of it still lies ahead.
LEAD_IN = timedelta(weeks=1)
FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD


def simulate(*, seed: int, weeks: int, until: date, now: datetime | None = None) -> SimulatedRunner:
    """Simulate a beginner who follows the beginner programme. The same seed and dates give the same bytes.

    Parameters
    ----------
    seed : int
        Of everything that is drawn.
    weeks : int
        How many.
    until : date
        The last day.
    now : datetime, optional
        Aware: what is not over by then was not run yet.
    """
    first_day = first_monday(weeks, until)
    plan = _revisions(first_day + LEAD_IN, until)[-1]
    workouts = tuple(plan.workouts())
    return simulate_runner(seed, weeks=weeks, until=until, workouts=workouts, first_day=first_day, now=now)


def load_demo(store: DemoMaking, *, today: date, now: datetime | None = None) -> Iterator[ImportEntry]:
    """Simulate the demo runner up to `today` and take the files in, yielding each as it comes.

    A real athlete and a real plan in the store are left as they are. No run of theirs is later than `now`, where it is
    given: at ten in the morning nobody has run at six in the evening.
    """
    runner = simulate(seed=DEMO_SEED, weeks=DEMO_WEEKS, until=today, now=now)
    if store.athlete() == Athlete():
        store.put_athlete(runner.athlete)
    if store.plan() is None:
        for plan in _revisions(first_monday(DEMO_WEEKS, today) + LEAD_IN, today):
            store.put_plan(plan, simulated=True)
    for check_in in runner.check_ins:
        store.add_check_in(check_in, simulated=True)
    for reading in measured(DEMO_SEED, first_day=first_monday(DEMO_WEEKS, today), until=today):
        store.put_measurement(reading, simulated=True)
    for name, data in runner.files:
        yield from import_file(store, name, data, now=_noon(today))


def first_monday(weeks: int, until: date) -> date:
    """Return the Monday that begins the last `weeks` weeks."""
    return until - timedelta(days=until.weekday(), weeks=weeks - 1)


def _demo_plan(first_day: date) -> Plan:
    """Make the plan the simulated beginner follows, through the same questions a runner answers."""
    typed = demo_answers(first_day)
    answers, problems = plans.check_answers(typed, today=first_day)
    if answers is None:
        raise BadValue("demo answers", "be accepted by the questions", problems)
    gates = rehab.ask_rules(Facts(first_day, simulated_athlete(), typed, ()))
    return replace(plans.make_plan(answers, typed, gates, made_at=_noon(first_day)), simulated=True)


def _revisions(first_day: date, until: date) -> list[Plan]:
    """Make the plan and adapt it as the simulated beginner goes: the calf that gets sore, and the week after it.

    The runner does all that is planned but in the week of the sore calf. What they say is what the simulator lets them
    say; the last of the plans is the one they follow.
    """
    plans_made = [_demo_plan(first_day)]
    sore = next(
        (workout for workout in plans_made[0].workouts() if (workout.week, workout.ordinal) == (SORE_WEEK, 1)), None
    )
    if sore is None:
        return plans_made
    monday = sore.on + timedelta(days=7 - sore.on.weekday())
    for day in (sore.on + timedelta(days=2), monday, monday + timedelta(weeks=1)):
        if day <= until:
            adapted = _adapted(plans_made[-1], day, sore)
            plans_made += [adapted] if adapted.revision > plans_made[-1].revision else []
    return plans_made


def _adapted(plan: Plan, day: date, sore: Workout) -> Plan:
    done = tuple(
        Done(
            workout.on,
            workout.workout_id,
            workout.duration_s(FORWARD),
            workout.duration_s(BACKWARD),
            workout_id=workout.workout_id,
            is_rated=True,
        )
        for workout in plan.workouts()
        if workout.on < day and not sore.on < workout.on < sore.on + timedelta(weeks=1)
    )
    said = tuple(
        CheckIn(_noon(sore.on + timedelta(days=after)), calf_soreness_nrs=nrs)
        for after, nrs in SORE_CALF_SAYS
        if sore.on + timedelta(days=after) <= day
    )
    facts = Facts(day, simulated_athlete(), plan.answers, said, done)
    answers, _ = plans.check_answers(plan.answers, today=plan.weeks[0].starts_on)
    if answers is None:
        raise BadValue("demo answers", "be accepted by the questions", plan.answers)
    adapted = plans.adapt(
        plan,
        answers,
        today=day,
        done=done,
        setbacks=rehab.setbacks(facts),
        gates=plans.needed(rehab.ask_rules(facts), plan.protocol),
        changed_at=_noon(day),
    )
    return adapted.plan


def clear_demo(store: Simulated) -> int:
    """Forget the demo runner; what is yours stays. Return how many activities were forgotten."""
    return store.delete_simulated()


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
