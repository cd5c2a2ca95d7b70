"""A store with years of runs in it: a few taken in by the front door, and their rows kept many times over in bulk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func, insert, select, update

from backward_running.core.athlete import Athlete, CheckIn, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.keepsakes import RunNote
from backward_running.core.plan import Plan
from backward_running.core.ports import ImportEntry, Store
from backward_running.core.recording import RecordedStep
from backward_running.flows import coach, keepsakes
from backward_running.flows.intake import import_file
from backward_running.simulation._recorder import Outing, write
from backward_running.simulation._script import Piece
from backward_running.simulation.runner import BODY, demo_answers
from backward_running.store import _codec, _rows, _wire, open_store, schema

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
YEARS = timedelta(days=3650)
#: Rows that are sent at once.
AT_ONCE = 1000
#: A check-in of a morning so many days apart, a note beside each so-manieth run, and so many plans of before.
MORNINGS, NOTED, PLANS = 3, 5, 60
#: Minutes forward and backward in turn, and how often: sessions as they are run, and runs that are forward alone.
KINDS = ((6.0, 2.0, 3), (40.0, 0.0, 1), (10.0, 1.0, 4), (5.0, 5.0, 4), (60.0, 0.0, 1), (12.0, 0.5, 3))


@dataclass(frozen=True)
class _Template:
    """The rows of one run that came in by the front door."""

    key: str
    activity_id: str
    began: datetime
    rows: dict[str, dict[str, Any]]


def fill(address: str, count: int) -> None:
    """Fill the store at an address with `count` runs over ten years, check-ins, notes and plans; a full one stays.

    What pages read of a run is there; only the few that came in by the front door have their samples, too.
    """
    store = open_store(address)
    try:
        if store.counts().activities < count:
            begin(store)
            multiply(store, count - len(KINDS))
            _keep(store, list(_mornings(store.athlete_id)))
            store.sum_load_months()
            _counted(store)
    finally:
        store.close()


def multiply(store: Store, count: int, *, first: int = 0, samples: bool = False) -> None:
    """Keep the runs of a store over and over, `count` times in all, each on a day of its own and from its own file.

    Their samples are kept over and over where that is asked for: some 100 MB for a thousand.
    """
    templates = _templates(store, samples=samples)
    for begin in range(0, count, AT_ONCE):
        numbers = range(begin, min(begin + AT_ONCE, count))
        _keep(store, [_copy(templates[number % len(templates)], first + number, first + count) for number in numbers])
        if not begin:  # else a server looks every row up as if there were a handful
            _counted(store)


def _counted(store: Store) -> None:
    """Let the database know how many rows came, as a server does by itself within minutes."""
    with store._database.writing() as connection:  # type: ignore[attr-defined]
        store._database.after_many(connection)  # type: ignore[attr-defined]


def begin(store: Store) -> None:
    """Let somebody run: their profile, a few runs as files, a plan, shoes."""
    store.put_athlete(Athlete(sex=Sex.FEMALE, resting_heart_rate_bpm=55.0, maximal_heart_rate_bpm=185.0, mass_kg=60.0))
    for number, kind in enumerate(KINDS):
        (entry,) = import_file(store, f"{number}.fit", _fit(number, *kind), now=NOW)
        (name,) = entry.activity_ids
        coach.add_check_in(store, CheckIn(NOW, activity_id=name, perceived_exertion_cr10=3.0 + number % 3))
    starts_on = NOW.date() - timedelta(days=21)
    made = coach.start_plan(store, demo_answers(starts_on), now=NOW - timedelta(days=22))
    if not isinstance(made, Plan) or not made.weeks:
        raise TypeError(f"no plan came of the answers: {made}")
    for _ in range(PLANS):
        store.put_plan(made)
    keepsakes.add_shoe(store, "Road")


def _fit(number: int, forward_min: float, backward_min: float, times: int) -> bytes:
    steps = (RecordedStep(0, "FWD"), RecordedStep(1, "BACK"))
    forward = Piece(60.0 * forward_min, Direction.FORWARD, Gait.RUN, 3.0, 0, "FWD")
    backward = Piece(60.0 * backward_min, Direction.BACKWARD, Gait.RUN, 2.1, 1, "BACK")
    pieces = ((forward, backward) if backward_min else (forward,)) * times
    began = NOW - timedelta(days=1 + number, hours=4)
    outing = Outing(began, 0, pieces, steps, "park_loop", False, number % 2 == 0, f"Run {number}", 1)
    return write(outing, BODY, np.random.default_rng(number))[0]


def _templates(store: Store, *, samples: bool = False) -> list[_Template]:
    """Read the rows of the runs that came in; from here on they are of somebody real."""
    found = []
    with store._database.writing() as connection:  # type: ignore[attr-defined]
        for table in (schema.activity, schema.derived, schema.best):
            connection.execute(update(table).values(simulated=False))
        recording = func.replace(schema.activity.c.recording, '"simulated":true', '"simulated":false')
        connection.execute(update(schema.activity).values(recording=recording))
        for activity in connection.execute(select(schema.activity)).mappings().all():
            rows: dict[str, dict[str, Any]] = {"activity": dict(activity)}
            for table in (schema.clock, schema.load, schema.derived):
                of_one = select(table).where(table.c.activity_id == activity["activity_id"])
                rows[table.name] = dict(connection.execute(of_one).mappings().one())
            bests = select(schema.best).where(schema.best.c.activity_id == activity["activity_id"])
            rows |= {f"best {best['kind']}": dict(best) for best in connection.execute(bests).mappings()}
            if samples:
                of_run = select(schema.stream).where(schema.stream.c.activity_id == activity["activity_id"])
                streams = connection.execute(of_run).mappings()
                rows |= {f"stream {stream['ordinal']}": dict(stream) for stream in streams}
            found.append(_Template(activity["file_key"], activity["activity_id"], activity["started_at"], rows))
    return found


def _copy(template: _Template, number: int, count: int) -> dict[str, dict[str, Any]]:
    """Return the rows of a run like another, on a day of its own and from a file of its own."""
    key = hashlib.sha256(b"%d" % number).hexdigest()
    name = f"{key[:16]}-0"
    began = NOW - timedelta(days=8) - (YEARS - timedelta(days=8)) * (number / count)
    of_run = template.rows["activity"]
    texts = {
        "recording": of_run["recording"]
        .replace(template.key, key)
        .replace(template.began.isoformat(), began.isoformat()),
        "session": of_run["session"].replace(template.activity_id, name),
    }
    owned = {"activity_id": name}
    title = {"title": f"Run {number}", "search": f"run {number}\n{number}.fit\nrunning", "file_name": f"{number}.fit"}
    content = _codec.pack(b"run %d" % number)
    entry = ImportEntry(began + timedelta(hours=2), f"{number}.fit", key, "new", "One run came in.", (name,))
    felt = CheckIn(began + timedelta(hours=1), activity_id=name, perceived_exertion_cr10=float(number % 7))
    athlete = {"athlete_id": of_run["athlete_id"]}
    bests = {
        name: row | owned | {"started_at": began} for name, row in template.rows.items() if name.startswith("best ")
    }
    streams = {name: row | owned for name, row in template.rows.items() if name.startswith("stream ")}
    return (
        bests
        | streams
        | {
            "file": athlete
            | {"key": key, "name": f"{number}.fit", "size": 9, "imported_at": began, "content": content},
            "activity": of_run | texts | owned | title | {"file_key": key, "started_at": began},
            "clock": template.rows["clock"] | owned | {"local_day": began.date()},
            "load": template.rows["load"] | owned,
            "derived": template.rows["derived"] | owned | {"began_at": began},
            "import_log": athlete | _rows.entry_values(entry),
            "check_in": athlete | _check_in(felt),
            "note": athlete | owned | {"content": _wire.dumps(RunNote("Windy."))} if not number % NOTED else {},
        }
    )


def _mornings(athlete_id: str) -> Iterator[dict[str, dict[str, Any]]]:
    """Yield what was said on mornings without a run, oldest first."""
    for days in range(YEARS.days, 0, -MORNINGS):
        said = CheckIn(NOW - timedelta(days=days, hours=5), calf_soreness_nrs=float(days % 3))
        yield {"check_in": {"athlete_id": athlete_id} | _check_in(said)}


def _check_in(said: CheckIn) -> dict[str, Any]:
    values = {"made_at": said.made_at, "activity_id": said.activity_id, "simulated": False, "telling": said.is_telling}
    return {**values, "content": _wire.dumps(said)}


def _keep(store: Store, runs: list[dict[str, dict[str, Any]]]) -> None:
    """Insert rows, table by table."""
    with store._database.writing() as connection:  # type: ignore[attr-defined]
        for table in schema.metadata.sorted_tables:
            rows = [row for run in runs for name, row in run.items() if row and name.partition(" ")[0] == table.name]
            if rows:
                connection.execute(insert(table), rows)
