"""Two backends, one suite: a store in a folder, and one on a PostgreSQL server that lives as long as the tests."""

from __future__ import annotations

import getpass
import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from tests.store.throw_away import NoServer, database_on, throw_away_server

from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction, Gait
from backward_running.core.load import Hearts, HeartSeconds, Loads, PartLoad
from backward_running.core.plan import GateState, Part, Place, Plan, Reason, Repeat, Step, Week, Workout
from backward_running.core.ports import ActivityRow, ImportEntry, NewFile, RibbonPiece, Store
from backward_running.core.recording import Device, Lap, Mark, RecordedStep, Recording, Span, Stream
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown, Session
from backward_running.core.standing import Standing
from backward_running.store import open_store

NOW = datetime(2026, 5, 3, 7, 30, tzinfo=UTC)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a throw-away server; yield the folder of its socket."""
    try:
        with throw_away_server() as folder:
            yield folder
    except NoServer as why:
        pytest.skip(str(why))


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of a new, empty database."""
    with database_on(postgres_server) as address:
        yield address


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")])]
)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store of either kind may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "home")
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new, empty store of either kind."""
    opened = open_store(address)
    yield opened
    opened.close()


@dataclass(frozen=True)
class File:
    """All that :meth:`Store.add_files` takes of one file."""

    key: str
    name: str
    data: bytes
    activities: tuple[tuple[Recording, Session, ActivityRow], ...]
    entry: ImportEntry

    def into(self, store: Store) -> str:
        """Keep it, and say the id of its first activity."""
        store.add_files([NewFile(self.key, self.name, self.data, self.activities, self.entry)])
        return self.activities[0][2].activity_id


class Samples:
    """Nouns to put in, made by hand."""

    now = NOW

    def stream(self, n: int = 600, seed: int = 0) -> Stream:
        """What a watch writes: on its own grids, with holes."""
        chance = np.random.default_rng(seed)
        heart = np.rint(150 + np.cumsum(chance.normal(0, 0.4, n)))
        heart[5:9] = np.nan
        columns = {
            "latitude_deg": np.rint((48.2 + np.arange(n) * 2.3e-5) * 2**31 / 180) * 180 / 2**31,
            "longitude_deg": np.rint((16.4 + np.arange(n) * 1.1e-5) * 2**31 / 180) * 180 / 2**31,
            "altitude_m": np.rint((180 + np.cumsum(chance.normal(0, 0.1, n))) * 5) / 5,
            "distance_m": np.rint(np.cumsum(2.8 + chance.normal(0, 0.1, n)) * 100) / 100,
            "speed_mps": np.rint((2.8 + chance.normal(0, 0.1, n)) * 1000) / 1000,
            "heart_rate_bpm": heart,
            "cadence_spm": np.rint(168 + chance.normal(0, 2, n)),
            "power_w": np.rint(220 + chance.normal(0, 8, n)),
            "temperature_degc": np.full(n, 18.0),
            "vertical_oscillation_m": np.rint((0.09 + chance.normal(0, 0.004, n)) * 1e4) / 1e4,
            "contact_time_s": np.rint((0.26 + chance.normal(0, 0.006, n)) * 1e3) / 1e3,
            "step_length_m": np.rint((1.0 + chance.normal(0, 0.03, n)) * 1e4) / 1e4,
        }
        return Stream("wrist", "sensor", np.arange(n, dtype=float), columns, False)

    def recording(self, key: str, *, part: int = 0, n: int = 600, **knobs: object) -> Recording:
        """A recording in which every field holds something."""
        compass = Stream(
            "chest", "body", np.arange(4) / 10, {"heading_deg": np.array([0.0, 90.5, np.nan, 359.9])}, True
        )
        full = Recording(
            key=key,
            started_at=datetime(2026, 5, 2, 18, 0, 0, 250_000, tzinfo=timezone(timedelta(hours=2))),
            streams=(self.stream(n), compass),
            reader="fit",
            reader_version="1",
            part=part,
            duration_s=float(n),
            utc_offset_s=7200,
            sport="running",
            sub_sport="track",
            title="Läufe – rückwärts 🏃",
            device=Device("maker", "watch", None),
            laps=(Lap(0.0, 60.0, "manual", 1, "back", 150.5),),
            steps=(RecordedStep(0, "BACK", None, "active", 60.0),),
            marks=(Mark(3.25, "turned\0round"),),
            pauses=(Span(100.0, 110.5),),
            stated={"distance_m": 1680.25},
            losses=("The end is missing.",),
        )
        return replace(full, **knobs)

    def session(self, activity_id: str, *, bouts: int = 3) -> Session:
        """Bouts that know their energy and bouts that do not."""
        ways = itertools.cycle(Direction)
        found = [
            Bout(
                60.0 * i,
                60.0 * i + 60,
                next(ways),
                (Gait.RUN, Gait.WALK, None)[i % 3],
                0.9 if i % 2 else None,
                "course",
            )
            for i in range(bouts)
        ]
        energy = (
            Estimate("energy_j_per_kg", 240.0, 200.0, 300.0, "model", Standing.SINGLE_STUDY, ("few people",)),
            NotKnown("energy_j_per_kg", "no speed"),
        )
        facts = tuple(
            BoutFacts(one, 55.0, 150.3 / (i + 1), energy_j_per_kg=energy[i % 2]) for i, one in enumerate(found)
        )
        loads = Loads(PartLoad(60.0, 4.0, 1.25), PartLoad(60.0, 4.0, None, 60.0), None, None)
        hearts = Hearts(forward=HeartSeconds(148, (10.0, 0.0, 49.5)))
        return Session(activity_id, tuple(found), facts, energy, {"course": "1", "model": "2"}, loads, hearts)

    def row(self, recording: Recording, session: Session, **knobs: object) -> ActivityRow:
        """The row of the list."""
        seconds = {way: session.totals(way).duration_s for way in Direction}
        full = ActivityRow(
            activity_id=recording.activity_id,
            file_key=recording.key,
            started_at=recording.started_at,
            utc_offset_s=recording.utc_offset_s,
            title=recording.title or "Run",
            file_name="a.fit",
            sport=recording.sport,
            on_foot=recording.on_foot,
            simulated=recording.simulated,
            duration_s=recording.duration_s,
            moving_s=recording.duration_s - 10.5,
            distance_m=1680.25,
            forward_s=seconds[Direction.FORWARD],
            backward_s=seconds[Direction.BACKWARD],
            unknown_s=seconds[Direction.UNKNOWN],
            forward_m=100.0,
            backward_m=None,
            unknown_m=0.1,
            ribbon=(RibbonPiece(0.25, Direction.FORWARD), RibbonPiece(0.75, Direction.BACKWARD)),
        )
        return replace(full, **knobs)

    def file(
        self, data: bytes = b"bytes", *, parts: int = 1, n: int = 60, bouts: int = 3, name: str = "a.fit", **row: object
    ) -> File:
        """A file of one or more activities; `row` changes what the list says of them."""
        key = sha256(data).hexdigest()
        activities = []
        for part in range(parts):
            recording = self.recording(key, part=part, n=n, simulated=bool(row.get("simulated", False)))
            session = self.session(recording.activity_id, bouts=bouts)
            activities.append((recording, session, self.row(recording, session, **{"file_name": name, **row})))
        ids = tuple(one[2].activity_id for one in activities)
        return File(key, name, data, tuple(activities), ImportEntry(NOW, name, key, "new", "1 activity.", ids))

    def check_in(self, at: datetime = NOW, **knobs: object) -> CheckIn:
        """How they feel, in full."""
        full = CheckIn(
            at, Moment.NEXT_MORNING, "x-0", {"calf": 2.0, "knee, left": 0.5}, 3.0, 4.5, 70.2, 28_800.0, False
        )
        return replace(full, **{"red_flags": ("chest_pain",), "note": "a\0b\nc", **knobs})

    def plan(self, plan_id: str = "p1") -> Plan:
        """A plan in which every kind of thing occurs."""
        back = Step("BACK 1/6", Part.WORK, Direction.BACKWARD, Gait.RUN, 60.0, speed_high_mps=2.5, cue="Look over")
        walk = Step("WALK", Part.RECOVERY, Direction.FORWARD, Gait.WALK, distance_m=100.0)
        reason = Reason("Because.", "study")
        workout = Workout(
            "w1", 1, 1, "First", date(2026, 5, 4), Place.TREADMILL, "a friend", (walk, Repeat(6, (back, walk)), walk),
            "6 ×", 0.0, 0.04, (reason,), ("warm up",),
        )  # fmt: skip
        answers = {
            "days": ("mon", "thu"),
            "begin": date(2026, 5, 4),
            "asked_at": NOW,
            "minutes": 30.5,
            "weeks": 8,
            "spotter": True,
            "pain": None,
            "gait": Gait.RUN,
            "pain_nrs": {"calf": 2.0, "is": (1, [2, "three"])},
            "sites": frozenset({"calf"}),
        }
        gate = GateState("flag", "Red flag", False, reason, "See a doctor.", True)
        return Plan(
            plan_id, "beginner", "Begin", NOW, answers, (Week(1, date(2026, 5, 4), (workout,)),), (gate,), (reason,)
        )


@pytest.fixture(scope="session")
def samples() -> Samples:
    """Nouns to put in, made by hand."""
    return Samples()


@pytest.fixture
def root_only() -> None:
    """Skip where the test needs to mount or to become somebody else."""
    if os.geteuid() != 0:
        pytest.skip(f"needs root, runs as {getpass.getuser()}")
