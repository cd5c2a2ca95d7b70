"""The statements a transaction of the store is made of. Each is handed the connection it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, insert, select, update
from sqlalchemy.engine import Connection

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.plan import Plan
from backward_running.core.ports import ActivityRow
from backward_running.core.recording import Recording
from backward_running.core.session import Paint, Session
from backward_running.store import _rows, _wire
from backward_running.store.schema import (
    activity,
    athlete,
    check_in,
    clearance,
    clock,
    file,
    paint,
    plan,
    said_done,
    setting,
)

#: How many ids go into one question: databases take only so many parameters.
AT_ONCE = 500


def is_activity(activity_id: str) -> ColumnElement[bool]:
    return activity.c.activity_id == activity_id


def in_parts(connection: Connection, wanted: Select[Any], activity_ids: Sequence[str]) -> Iterator[str]:
    for first in range(0, len(activity_ids), AT_ONCE):
        yield from connection.scalars(wanted.where(activity.c.activity_id.in_(activity_ids[first : first + AT_ONCE])))


def no_activity(activity_id: str) -> NotFound:
    return NotFound(f"No activity is kept under {activity_id!r}; the list of runs shows what is there.")


def hold(connection: Connection, activity_id: str) -> None:
    """Make sure an activity is there, and stays as it is until the transaction ends."""
    if connection.scalar(select(activity.c.activity_id).where(is_activity(activity_id)).with_for_update()) is None:
        raise no_activity(activity_id)


def has_file(connection: Connection, key: str) -> bool:
    return connection.scalar(select(activity.c.file_key).where(activity.c.file_key == key).limit(1)) is not None


def activity_ids_of(connection: Connection, key: str) -> tuple[str, ...]:
    wanted = select(activity.c.activity_id).where(activity.c.file_key == key)
    return tuple(connection.scalars(wanted.order_by(activity.c.started_at, activity.c.activity_id)))


def activity_values(key: str, recording: Recording, session: Session, row: ActivityRow) -> dict[str, Any]:
    if not recording.activity_id == session.activity_id == row.activity_id or row.file_key != key:
        raise BadValue("activities", "belong to the file and to each other", (key, row.activity_id))
    return {**_rows.understood_values(session, row), "recording": _rows.recording_text(recording)}


def listed() -> Select[Any]:
    """Select what the list reads of each activity."""
    return select(*_rows.LISTED).join_from(activity, clock, isouter=True)


def insert_all(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:  # an empty list would mean: one row of defaults
        connection.execute(insert(table), rows)


def delete_files_of(connection: Connection, keys: set[str]) -> list[str]:
    """Delete those of the files that have no activity any more, and say which."""
    left = select(activity.c.activity_id).where(activity.c.file_key == file.c.key).exists()
    return [key for key in keys if connection.execute(delete(file).where(file.c.key == key).where(~left)).rowcount]


def insert_stroke(connection: Connection, activity_id: str, stroke: Paint) -> None:
    connection.execute(insert(paint), {"activity_id": activity_id, "content": _wire.dumps(stroke)})


def replace_athlete(connection: Connection, who: Athlete) -> None:
    connection.execute(delete(athlete).where(athlete.c.simulated.is_(who.simulated)))
    connection.execute(insert(athlete), {"simulated": who.simulated, "content": _wire.dumps(who)})


def insert_check_in(connection: Connection, one: CheckIn, simulated: bool) -> None:
    values = {"made_at": one.made_at, "simulated": simulated, "content": _wire.dumps(one)}
    connection.execute(insert(check_in), values)


def insert_clearance(connection: Connection, one: Clearance, simulated: bool) -> None:
    values = {"made_at": one.made_at, "simulated": simulated, "content": _wire.dumps(one)}
    connection.execute(insert(clearance), values)


def replace_said_done(connection: Connection, one: SaidDone) -> None:
    name = _rows.plain(one.workout_id)
    connection.execute(delete(said_done).where(said_done.c.workout_id == name))
    values = {"workout_id": name, "on_day": one.on, "simulated": one.simulated, "content": _wire.dumps(one)}
    connection.execute(insert(said_done), values)


def insert_plan(connection: Connection, one: Plan, simulated: bool) -> None:
    values = {"plan_id": _rows.plain(one.plan_id), "simulated": simulated, "content": _wire.dumps(one)}
    connection.execute(insert(plan), values)


def put_setting(connection: Connection, name: str, value: str) -> None:
    if not connection.execute(update(setting).where(setting.c.name == name).values(value=value)).rowcount:
        connection.execute(insert(setting), {"name": name, "value": value})
