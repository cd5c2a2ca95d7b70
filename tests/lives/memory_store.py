"""A store in plain memory: what the coach asks of a store, without a database, so that a life costs milliseconds.

It keeps nouns as they are (they are frozen) and answers as the SQL store does; ``test_lives.py`` lives the same lives on
both. What the coach never asks for is left out and fails loudly.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clock import day_at, in_zone
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.habits import Habits
from backward_running.core.person import NAME_SETTING, UNNAMED, Person
from backward_running.core.plan import Plan
from backward_running.core.ports import ActivityQuery, ActivityRow, Counts, ImportEntry
from backward_running.core.recording import Recording
from backward_running.core.session import Session


@dataclass
class _Shared:
    """What all people of one memory share: each other, and the settings of the program."""

    people: dict[str, MemoryStore] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    first: str = "0"


class MemoryStore:
    """The part of :class:`backward_running.core.ports.Store` that planning needs."""

    def __init__(self, shared: _Shared | None = None) -> None:
        self._shared = shared or _Shared()
        self.athlete_id = str(len(self._shared.people))
        self._shared.people[self.athlete_id] = self
        self._rows: dict[str, ActivityRow] = {}
        self._heads: dict[str, Recording] = {}
        self._sessions: dict[str, Session] = {}
        self._check_ins: list[CheckIn] = []
        self._clearances: list[object] = []
        self._said_done: dict[str, SaidDone] = {}
        self._plans: list[Plan] = []
        self._settings: dict[str, str] = {}
        self._athlete = Athlete()

    # People and the program

    def of(self, athlete_id: str) -> MemoryStore:
        if athlete_id not in self._shared.people:
            raise NotFound(f"Nobody is known here under {athlete_id!r}.")
        return self._shared.people[athlete_id]

    def add_athlete(self, name: str | None = None) -> str:
        athlete_id = MemoryStore(self._shared).athlete_id
        if name is not None:
            self.name_athlete(athlete_id, name)
        return athlete_id

    def name_athlete(self, athlete_id: str, name: str) -> None:
        self.of(athlete_id).put_setting(NAME_SETTING, name)

    def people(self) -> tuple[Person, ...]:
        named = [(key, store.setting(NAME_SETTING)) for key, store in self._shared.people.items()]
        found = [Person(key, name or UNNAMED, bool(name), key == self._shared.first) for key, name in named]
        return tuple(sorted(found, key=lambda who: (who.is_named, who.name.casefold(), who.athlete_id)))

    def open_first(self, athlete_id: str) -> None:
        self._shared.first = self.of(athlete_id).athlete_id

    def erase_athlete(self, athlete_id: str) -> None:
        self.of(athlete_id)
        if self._shared.first == athlete_id:
            raise ValueError("The store opens for this person.")
        del self._shared.people[athlete_id]

    def program_setting(self, name: str) -> str | None:
        return self._shared.settings.get(name)

    def put_program_setting(self, name: str, value: str) -> None:
        self._shared.settings[name] = value

    # Recordings

    def add_recording(self, recording: Recording, session: Session, row: ActivityRow) -> None:
        """Keep a recording as `add_files` would."""
        self._rows[row.activity_id] = row
        self._heads[row.activity_id] = replace(recording, streams=())
        self._sessions[row.activity_id] = session

    def add_files(self, files) -> tuple[ImportEntry, ...]:
        for new in files:
            for one in new.activities:
                self.add_recording(*one)
        return tuple(new.entry for new in files)

    def counts(self) -> Counts:
        rows = self._rows.values()
        return Counts(len(rows), sum(row.simulated for row in rows), len({row.file_key for row in rows}))

    def has_file(self, key: str) -> bool:
        return any(row.file_key == key for row in self._rows.values())

    def activity_ids_of(self, key: str) -> tuple[str, ...]:
        return tuple(row.activity_id for row in self._rows.values() if row.file_key == key)

    def activities(self, query: ActivityQuery = ActivityQuery()) -> list[ActivityRow]:  # noqa: B008 -- frozen
        found = [row for row in self._rows.values() if _wanted(row, query)]
        found.sort(key=lambda row: (-row.started_at.timestamp(), row.activity_id))
        return found[query.offset : query.offset + query.limit]

    def count_activities(self, query: ActivityQuery = ActivityQuery()) -> int:  # noqa: B008 -- frozen
        return sum(_wanted(row, query) for row in self._rows.values())

    def count_said(self, unknown_from_s: float) -> tuple[int, int]:
        real = (row for row in self._rows.values() if row.on_foot and not row.simulated)
        said = [row for row in real if row.unknown_s < unknown_from_s and row.said_forward_s + row.said_backward_s > 0]
        backward = sum(row.said_backward_s > row.said_forward_s for row in said)
        return len(said) - backward, backward

    def row(self, activity_id: str) -> ActivityRow:
        return self._one(self._rows, activity_id)

    def session(self, activity_id: str) -> Session:
        return self._one(self._sessions, activity_id)

    def put_session(self, session: Session, row: ActivityRow, derivation=None, lesson=None) -> None:
        self._one(self._rows, row.activity_id)
        self._sessions[row.activity_id], self._rows[row.activity_id] = session, row

    def recording(self, activity_id: str) -> Recording:
        return self._one(self._heads, activity_id)

    def recording_heads(self, activity_ids: Sequence[str]) -> tuple[Recording, ...]:
        return tuple(self._heads[one] for one in activity_ids if one in self._heads)

    def delete_activity(self, activity_id: str) -> None:
        self._one(self._rows, activity_id)
        for kept in (self._rows, self._heads, self._sessions):
            kept.pop(activity_id, None)

    def paints(self, activity_id: str) -> tuple[()]:
        return ()

    def days_on_foot(self, since: date, until: date) -> dict[date, float]:
        found: dict[date, float] = {}
        for row in self._rows.values():
            day = day_at(row.started_at, row.utc_offset_s)
            if row.on_foot and since <= day <= until:
                found[day] = found.get(day, 0.0) + row.backward_s
        return found

    def bests(self, *, simulated: bool, without: tuple[str, ...] = ()) -> tuple[()]:
        return ()

    def longest_stretches(self, direction: Direction, *, simulated: bool) -> tuple[()]:
        return ()

    def load_months(self) -> tuple[()]:
        return ()

    def sum_load_months(self, *, anyway: bool = False) -> bool:
        return False

    def load_rows(self, since: datetime | None = None, until: datetime | None = None) -> list[object]:
        return []

    def hearts(self, since: datetime) -> list[object]:
        return []

    # The person and the plan

    def athlete(self) -> Athlete:
        return self._athlete

    def put_athlete(self, athlete: Athlete) -> None:
        self._athlete = athlete

    def check_ins(self, since: datetime | None = None, *, most: int | None = None) -> tuple[CheckIn, ...]:
        ordered = sorted(self._check_ins, key=lambda told: told.made_at)
        found = [told for told in ordered if since is None or told.made_at >= since]
        return tuple(found if most is None else found[len(found) - min(most, len(found)) :])

    def telling_check_ins(self, zone: str) -> tuple[CheckIn, ...]:
        told = (check_in for check_in in self.check_ins() if check_in.is_telling)
        return tuple(replace(check_in, made_at=in_zone(check_in.made_at, zone)) for check_in in told)

    def told_at(self, since: datetime) -> tuple[datetime, ...]:
        return tuple(check_in.made_at for check_in in self.check_ins(since))

    def check_ins_of(self, activity_id: str) -> tuple[CheckIn, ...]:
        return tuple(one for one in self.check_ins() if one.activity_id == activity_id)

    def add_check_in(self, check_in: CheckIn, *, simulated: bool = False) -> None:
        self._check_ins.append(check_in)

    def statements(self) -> tuple[()]:
        return ()

    def said_done(self) -> tuple[SaidDone, ...]:
        return tuple(sorted(self._said_done.values(), key=lambda one: (one.on, one.workout_id)))

    def put_said_done(self, said: SaidDone) -> None:
        self._said_done[said.workout_id] = said

    def take_back_said_done(self, workout_id: str) -> None:
        self._said_done.pop(workout_id, None)

    def clearances(self) -> tuple[object, ...]:
        return tuple(self._clearances)

    def add_clearance(self, clearance: object, *, simulated: bool = False) -> None:
        self._clearances.append(clearance)

    def plan(self) -> Plan | None:
        return self._plans[-1] if self._plans else None

    def plans(self) -> tuple[Plan, ...]:
        return tuple(self._plans)

    def put_plan(self, plan: Plan, *, simulated: bool = False) -> None:
        self._plans.append(plan)

    def setting(self, name: str) -> str | None:
        return self._settings.get(name)

    def put_setting(self, name: str, value: str) -> None:
        self._settings[name] = value

    def transaction(self) -> AbstractContextManager[None]:
        return nullcontext()

    def revision(self) -> int:
        return 0

    def count_stale(self, basis: str) -> int:
        return 0

    def pulses_before(self, began_at: datetime, activity_id: str, *, simulated: bool) -> tuple[()]:
        return ()

    def habits(self) -> Habits:
        return Habits()

    def log_import(self, entry: ImportEntry) -> None:
        pass

    def import_log(self, limit: int = 200) -> list[ImportEntry]:
        return []

    def machine_zone(self) -> str:
        return "UTC"

    def close(self) -> None:
        pass

    @staticmethod
    def _one(kept, activity_id):
        if activity_id not in kept:
            raise NotFound(f"There is no activity {activity_id!r}; the list of runs shows those that are there.")
        return kept[activity_id]


def _wanted(row: ActivityRow, query: ActivityQuery) -> bool:
    if query.simulated is not None and row.simulated != query.simulated:
        return False
    if query.on_foot is not None and row.on_foot != query.on_foot:
        return False
    if query.sport is not None and row.sport != query.sport:
        return False
    if query.direction is not None and getattr(row, f"{query.direction.value}_s", 0.0) < 1.0:
        return False
    if query.unknown_from_s is not None and row.unknown_s < query.unknown_from_s:
        return False
    on = day_at(row.started_at, row.utc_offset_s)
    return (query.since is None or on >= query.since) and (query.until is None or on <= query.until)
