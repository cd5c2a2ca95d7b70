"""Out: the original file, tables, the track, workouts for a watch, the calendar. Each returns (file name, bytes)."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime

from backward_running import signals
from backward_running.core.errors import NotEnoughData, NotFound
from backward_running.core.plan import Plan, Workout
from backward_running.core.ports import ActivityQuery, ActivityRow, Store
from backward_running.core.recording import Stream
from backward_running.core.session import BoutFacts, Estimate
from backward_running.flows.coach import workout as find_workout
from backward_running.formats.csv_table import write_table
from backward_running.formats.fit_workout import write_workout
from backward_running.formats.geojson import write_track
from backward_running.formats.ics import write_calendar

CALENDAR_NAME = "Running backward"

BOUT_HEADER = (
    "start_s", "end_s", "direction", "gait", "probability_share", "found_by", "moving_s", "distance_m", "steps_count",
    "heart_rate_bpm", "cadence_spm", "ascent_m", "energy_j_per_kg", "energy_low_j_per_kg", "energy_high_j_per_kg",
    "energy_model", "energy_standing", "step_length_m", "contact_time_s", "flight_time_s",
)  # fmt: skip

RUN_HEADER = (
    "activity_id", "started_at", "title", "sport", "simulated", "duration_s", "moving_s", "distance_m", "forward_s",
    "backward_s", "unknown_s", "forward_m", "backward_m", "unknown_m", "file_name",
)  # fmt: skip

#: A fixed time inside archives, so that the same plan gives the same bytes.
ARCHIVE_TIME = (1980, 1, 1, 0, 0, 0)


def original(store: Store, activity_id: str) -> tuple[str, bytes]:
    """Return the file as it came, to the byte. Raises NotFound."""
    return store.original(store.row(activity_id).file_key)


def bouts_csv(store: Store, activity_id: str) -> tuple[str, bytes]:
    """Return the bouts as a table. Raises NotFound."""
    row, session = store.row(activity_id), store.session(activity_id)
    return _named(row, "bouts.csv"), write_table(BOUT_HEADER, map(_bout_cells, session.bouts))


def samples_csv(store: Store, activity_id: str) -> tuple[str, bytes]:
    """Return every sample with its direction as a table. Raises NotFound, NotEnoughData without samples."""
    row, session = store.row(activity_id), store.session(activity_id)
    working = signals.working_stream(store.recording(activity_id))
    if working is None:
        raise NotEnoughData("This activity has no samples, only totals: there is nothing to put into a table.")
    names = list(working.columns)
    table = write_table(["time_s", *names, "direction", "gait"], _sample_rows(working, names, session.bouts))
    return _named(row, "samples.csv"), table


def track_geojson(store: Store, activity_id: str) -> tuple[str, bytes]:
    """Return the track as GeoJSON, one feature per bout. Raises NotFound, NotEnoughData without positions."""
    row, session = store.row(activity_id), store.session(activity_id)
    stream = store.recording(activity_id).stream_with("latitude_deg", "longitude_deg")
    if stream is None:
        raise NotEnoughData("This activity has no positions: there is no track to give out.")
    return _named(row, "geojson"), write_track(stream, session.bouts)


def runs_csv(store: Store, query: ActivityQuery) -> tuple[str, bytes]:
    """Return the list of activities as a table."""
    rows = store.activities(query)
    return "runs.csv", write_table(RUN_HEADER, ([getattr(row, name) for name in RUN_HEADER] for row in rows))


def workout_fit(store: Store, workout_id: str) -> tuple[str, bytes]:
    """Return one workout as a FIT file for a watch. Raises NotFound."""
    workout = find_workout(store, workout_id)
    return _workout_name(workout), write_workout(workout)


def week_fit_zip(store: Store, week: int) -> tuple[str, bytes]:
    """Return the workouts of one week as FIT files in an archive: watches cap how many they hold. Raises NotFound."""
    plan = _plan(store)
    workouts = [one for one in plan.workouts() if one.week == week]
    if not workouts:
        raise NotFound(f"The plan has no workouts in week {week}; it has weeks 1 to {len(plan.weeks)}.")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for workout in workouts:
            archive.writestr(zipfile.ZipInfo(_workout_name(workout), ARCHIVE_TIME), write_workout(workout))
    return f"backward-week-{week}.zip", packed.getvalue()


def plan_ics(store: Store, *, now: datetime) -> tuple[str, bytes]:
    """Return the plan as a calendar file. Raises NotFound without a plan."""
    plan = _plan(store)
    calendar = write_calendar(tuple(plan.workouts()), now=now, calendar_name=CALENDAR_NAME)
    return "backward-plan.ics", calendar


def plan_csv(store: Store) -> tuple[str, bytes]:
    """Return the plan as a table, one row per step. Raises NotFound without a plan."""
    header = (
        "on", "week", "session", "title", "step", "part", "direction", "gait", "duration_s", "distance_m",
        "speed_high_mps", "place", "with_whom",
    )  # fmt: skip
    rows = (
        (
            workout.on, workout.week, workout.ordinal, workout.title, step.name, step.part.value, step.direction.value,
            step.gait.value, step.duration_s, step.distance_m, step.speed_high_mps, workout.place.value,
            workout.with_whom,
        )
        for workout in _plan(store).workouts()
        for step in workout.steps()
    )  # fmt: skip
    return "backward-plan.csv", write_table(header, rows)


def _plan(store: Store) -> Plan:
    plan = store.plan()
    if plan is None:
        raise NotFound("There is no plan yet; start one first.")
    return plan


def _bout_cells(one: BoutFacts) -> list[object]:
    energy = one.energy_j_per_kg
    known = energy if isinstance(energy, Estimate) else None
    return [
        one.bout.start_s,
        one.bout.end_s,
        one.bout.direction.value,
        one.bout.gait.value if one.bout.gait else None,
        one.bout.probability_share,
        one.bout.found_by,
        one.moving_s,
        one.distance_m,
        one.steps_count,
        one.heart_rate_bpm,
        one.cadence_spm,
        one.ascent_m,
        known.value if known else None,
        known.low if known else None,
        known.high if known else None,
        known.model if known else None,
        known.standing.value if known else None,
        one.step_length_m,
        one.contact_time_s,
        one.flight_time_s,
    ]


def _sample_rows(working: Stream, names: list[str], facts: Iterable[BoutFacts]) -> Iterable[list[object]]:
    bouts = [one.bout for one in facts]
    at = 0
    columns = [working.columns[name].tolist() for name in names]
    for number, time_s in enumerate(working.time_s.tolist()):
        while at + 1 < len(bouts) and time_s >= bouts[at].end_s:
            at += 1
        cells = [None if column[number] != column[number] else column[number] for column in columns]
        gait = bouts[at].gait
        yield [time_s, *cells, bouts[at].direction.value, gait.value if gait else None]


def _named(row: ActivityRow, ending: str) -> str:
    """Make a file name from day and title: letters, digits and dashes only, so that every system takes it."""
    words = re.sub(r"[^A-Za-z0-9]+", "-", row.title).strip("-").lower()[:40] or "run"
    dot = "." if "." not in ending else "-"
    return f"{row.started_at:%Y-%m-%d}-{words}{dot}{ending}"


def _workout_name(workout: Workout) -> str:
    return f"{workout.on:%Y-%m-%d}-backward-w{workout.week}-{workout.ordinal}.fit"
