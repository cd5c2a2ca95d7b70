"""Out, of the plan: for a watch, a treadmill, a calendar, a table, paper. Each returns (file name, bytes).

Each first calls ``clearing.refuse_while_stopped``: while a red flag stands, or pain waits for a clinician, nothing of
the plan leaves. What a watch would show waits too where its session does: a test that is due, sore calves, two days
after a fall. Calendar, paper and data say beside each session what it waits for, or hold the gates.
"""

from __future__ import annotations

import enum
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from backward_running.core.errors import NotFound, Stopped
from backward_running.core.plan import GateState, Place, Plan, Workout
from backward_running.core.ports import Coaching
from backward_running.core.screening import RED_FLAGS, RedFlag
from backward_running.flows import conditions, feed
from backward_running.flows.clearing import refuse_while_stopped
from backward_running.flows.coach import next_week, waits_for, workout_in
from backward_running.flows.in_force import current_plan
from backward_running.formats.csv_table import write_table
from backward_running.formats.fit_workout import write_workout
from backward_running.formats.intervals_icu import write_workout_text
from backward_running.formats.plan_pdf import write_pdf
from backward_running.formats.zwo import write_zwo

#: A fixed time inside archives, so that the same plan gives the same bytes.
ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)

#: What one workout can be written as: ending → writer.
ICS_NAME = "backward-plan.ics"
WRITERS: Mapping[str, Callable[[Workout], bytes]] = {
    "fit": write_workout,
    "numbered": lambda workout: write_workout(workout, flat=True),
    "zwo": write_zwo,
    "txt": lambda workout: write_workout_text(workout).encode(),
}

#: Written of sessions on a treadmill alone: of one beside a rail or on a track it would drop who holds and who looks.
FOR_THE_BELT = "zwo"
NO_PLAN = "There is no plan yet; start one first."

CSV_HEADER = (
    "on", "week", "session", "title", "step", "part", "direction", "gait", "duration_s", "distance_m",
    "speed_high_mps", "place", "with_whom", "waits_for",
)  # fmt: skip


def workout_file(store: Coaching, workout_id: str, ending: str = "fit", *, today: date) -> tuple[str, bytes]:
    """Return one workout for a watch (``fit``), a treadmill app (``zwo``) or intervals.icu (``txt``).

    ``numbered`` is for a watch too, with every repetition written out and its number in the name.

    Raises
    ------
    NotFound
        The plan has no such workout, there is no such ending, or a file for a treadmill is asked of another session.
    Stopped
        Something stops the plan, or the session waits behind a closed gate.
    """
    refuse_while_stopped(store, today)
    if ending not in WRITERS:
        raise NotFound(f"A workout is written as {', '.join(WRITERS)}, not as {ending!r}.")
    plan = _asked(store, today)
    workout = workout_in(plan, workout_id)
    if not _may_be_written(workout, ending):
        raise NotFound(
            f"This session is for {workout.place.value}, and a file for a treadmill is written of one on a treadmill "
            "alone: take the file for a watch, the calendar or the paper."
        )
    _refuse_what_waits(plan, (workout,))
    return _name(workout, ending), WRITERS[ending](workout)


def week_zip(store: Coaching, week: int, ending: str = "fit", *, today: date) -> tuple[str, bytes]:
    """Return the workouts of one week in an archive: watches cap how many they hold. Raises NotFound, Stopped."""
    refuse_while_stopped(store, today)
    plan = _asked(store, today)
    workouts = [workout for workout in plan.workouts() if workout.week == week]
    if not workouts or ending not in WRITERS:
        numbers = [week.number for week in plan.weeks if week.workouts]
        held = f"weeks {numbers[0]} to {numbers[-1]}" if numbers else "none yet"
        raise NotFound(f"The plan has no workouts in week {week}; it has {held}.")
    workouts = [workout for workout in workouts if _may_be_written(workout, ending)]
    if not workouts:
        raise NotFound(
            f"Week {week} has no session on a treadmill: take the files for a watch, the calendar or the paper."
        )
    _refuse_what_waits(plan, workouts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for workout in workouts:
            archive.writestr(zipfile.ZipInfo(_name(workout, ending), ARCHIVE_TIME), WRITERS[ending](workout))
    return f"backward-week-{week}{'' if ending == 'fit' else '-' + ending}.zip", packed.getvalue()


def _may_be_written(workout: Workout, ending: str) -> bool:
    return ending != FOR_THE_BELT or workout.place is Place.TREADMILL


def plan_ics(store: Coaching, *, now: datetime) -> tuple[str, bytes]:
    """Return the plan as a calendar file. Raises NotFound without a plan, Stopped."""
    refuse_while_stopped(store, now.date())
    _asked(store, now.date())
    return ICS_NAME, feed.calendar(store, now=now)


def plan_csv(store: Coaching, *, today: date) -> tuple[str, bytes]:
    """Return the plan as a table, one row per step. Raises NotFound without a plan, Stopped."""
    refuse_while_stopped(store, today)
    plan = _asked(store, today)
    rows = (
        (
            workout.on, workout.week, workout.ordinal, workout.title, step.name, step.part.value, step.direction.value,
            step.gait.value, step.duration_s, step.distance_m, step.speed_high_mps, workout.place.value,
            workout.with_whom, "; ".join(gate.title for gate in _holding(plan, workout, today)),
        )
        for workout in plan.workouts()
        for step in workout.steps()
    )  # fmt: skip
    return "backward-plan.csv", write_table(CSV_HEADER, rows)


def plan_json(store: Coaching, *, today: date) -> tuple[str, bytes]:
    """Return the whole plan as JSON, with its gates as they stand today. Raises NotFound without a plan, Stopped."""
    refuse_while_stopped(store, today)
    plan = _asked(store, today)
    return "backward-plan.json", json.dumps(asdict(plan), default=_plain, ensure_ascii=False, indent=1).encode()


def plan_pdf(store: Coaching, *, today: date, speed_words: Callable[[float], str]) -> tuple[str, bytes]:
    """Return the plan from the running week on, for paper.

    Raises
    ------
    NotFound
        There is no plan.
    Stopped
        Something stops the plan: nothing is printed that somebody might follow.
    """
    refuse_while_stopped(store, today)
    plan = _asked(store, today)
    week = next_week(plan, today)
    before = {
        "Pain, 0 to 10": [conditions.pain_rule(plan).text],
        "Stop at once, and see somebody": [f"{flag.words}: {flag.whom_to_see}" for flag in _urgent_first()],
    }
    written = write_pdf(plan, first_week=week.number if week else 1, speed_words=speed_words, before=before)
    return "backward-plan.pdf", written


def _urgent_first() -> list[RedFlag]:
    return sorted(RED_FLAGS, key=lambda flag: not flag.emergency)


def _holding(plan: Plan, workout: Workout, today: date) -> tuple[GateState, ...]:
    return waits_for(workout, plan.gates) if workout.on >= today else ()


def _refuse_what_waits(plan: Plan, workouts: Sequence[Workout]) -> None:
    """Raise where a session waits behind a closed gate: a watch shows its steps, and not what it waits for."""
    gates = dict.fromkeys(gate for workout in workouts for gate in waits_for(workout, plan.gates))
    if gates:
        told = " ".join(f"{gate.reason.text} {gate.what_to_do or ''}".strip() for gate in gates)
        raise Stopped(f"It waits, so no file for a watch is written. {told} The plan can be read meanwhile.")


def _asked(store: Coaching, today: date) -> Plan:
    """Return the plan in force, with its gates as they stand today: an export never holds another one."""
    plan = current_plan(store, today=today)
    if plan is None:
        raise NotFound(NO_PLAN)
    return plan


def _plain(value: object) -> object:
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _name(workout: Workout, ending: str) -> str:
    last = "-numbered.fit" if ending == "numbered" else f".{ending}"
    return f"{workout.on:%Y-%m-%d}-backward-w{workout.week}-{workout.ordinal}{last}"
