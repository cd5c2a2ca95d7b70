"""What a memory must do, in small ports: a flow asks for those it touches, and only ``store`` knows how it is done.

Every change is atomic: it happens whole or not at all. All is of one person: of nobody else in the same store is
anything seen, counted, changed or deleted through a port.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.habits import Habits
from backward_running.core.load import Hearts, LoadRow
from backward_running.core.plan import Plan
from backward_running.core.ports.rows import ActivityQuery, ActivityRow, Counts, Damage, ImportEntry
from backward_running.core.recording import Recording
from backward_running.core.session import Paint, Session
from backward_running.core.supplied_metadata import SuppliedMetadata


class Activities(Protocol):
    """What came in and what it comes to, without opening a run."""

    def counts(self) -> Counts:
        """Count what is held."""
        ...

    def activities(self, query: ActivityQuery = ActivityQuery()) -> list[ActivityRow]:  # noqa: B008 -- frozen
        """List activities, newest first."""
        ...

    def count_activities(self, query: ActivityQuery = ActivityQuery()) -> int:  # noqa: B008 -- frozen
        """Count what :meth:`activities` would list without its limit."""
        ...

    def row(self, activity_id: str) -> ActivityRow:
        """Return one row. Raises NotFound."""
        ...

    def neighbours(self, activity_id: str) -> tuple[str | None, str | None]:
        """Return the ids of the activities before and after in time; None at the ends. Raises NotFound."""
        ...

    def rename(self, activity_id: str, title: str) -> None:
        """Change the title. Raises NotFound."""
        ...

    def delete_activity(self, activity_id: str) -> None:
        """Forget an activity, its paint and, with the last activity of it, its file. Raises NotFound."""
        ...


class Recordings(Protocol):
    """What devices wrote."""

    def recording(self, activity_id: str) -> Recording:
        """Return the recording with its streams, worn as the runner told. Raises NotFound."""
        ...

    def recording_heads(self, activity_ids: Sequence[str]) -> tuple[Recording, ...]:
        """Return recordings without their streams (laps, steps, titles), as asked; unknown ids are left out."""
        ...

    def put_told(self, activity_id: str, told: SuppliedMetadata | None) -> None:
        """Keep what the runner tells of a recording, in place of what they told before. Raises NotFound."""
        ...


class Sessions(Protocol):
    """What was understood of recordings."""

    def session(self, activity_id: str) -> Session:
        """Return what was understood. Raises NotFound."""
        ...

    def put_session(self, session: Session, row: ActivityRow) -> None:
        """Replace what was understood. Raises NotFound."""
        ...


class Paints(Protocol):
    """What the runner says by hand of a stretch."""

    def paints(self, activity_id: str) -> tuple[Paint, ...]:
        """Return the runner's paint, oldest first."""
        ...

    def add_paint(self, activity_id: str, paint: Paint) -> None:
        """Add a stroke. Raises NotFound."""
        ...

    def undo_paint(self, activity_id: str) -> Paint | None:
        """Take the newest stroke back and return it; None where there is none."""
        ...


class LoadHistory(Protocol):
    """What activities loaded, without opening them."""

    def load_rows(self, since: datetime | None = None, until: datetime | None = None) -> list[LoadRow]:
        """Return what every activity on foot loaded, oldest first; of those that began between two moments."""
        ...

    def hearts(self, since: datetime) -> list[Hearts]:
        """Return how the heart beat in the activities on foot since a moment, where that was counted."""
        ...


class Originals(Protocol):
    """Files as they came."""

    def has_file(self, key: str) -> bool:
        """Whether an activity came from a file of these bytes."""
        ...

    def activity_ids_of(self, key: str) -> tuple[str, ...]:
        """Return the activities that came from a file."""
        ...

    def add_file(
        self,
        key: str,
        name: str,
        data: bytes,
        activities: Sequence[tuple[Recording, Session, ActivityRow]],
        entry: ImportEntry,
    ) -> None:
        """Keep a file, what was read from it, what was understood and the log line, in one transaction."""
        ...

    def keep_waiting(self, key: str, name: str, data: bytes, at: datetime, *, most: int) -> None:
        """Keep a file of which nothing could be read yet; of all that wait, the newest `most` stay."""
        ...

    def original(self, key: str) -> tuple[str, bytes]:
        """Return name and bytes of an imported file, or of one that waits, as they came. Raises NotFound."""
        ...


class Integrity(Protocol):
    """Whether everything is still as it was kept."""

    def damages(self) -> Iterator[Damage]:
        """Look at the database, every original, recording and session; yield what is not as it was kept."""
        ...

    def put_original(self, key: str, data: bytes) -> None:
        """Put the bytes of a file back under their key. Raises BadValue where it is not their SHA-256."""
        ...

    def put_recording(self, recording: Recording) -> None:
        """Put what was read from a file in place of what is kept of it. Raises NotFound."""
        ...


class ImportLog(Protocol):
    """What came in when, and what did not."""

    def log_import(self, entry: ImportEntry) -> None:
        """Keep a line of the import log that came with no new file."""
        ...

    def import_log(self, limit: int = 200) -> list[ImportEntry]:
        """Return the import log, newest first."""
        ...


class Profile(Protocol):
    """Who runs."""

    def athlete(self) -> Athlete:
        """Return who runs; an Athlete of Nones where nothing is known."""
        ...

    def put_athlete(self, athlete: Athlete) -> None:
        """Replace who runs."""
        ...


class CheckIns(Protocol):
    """How they feel."""

    def check_ins(self, since: datetime | None = None) -> tuple[CheckIn, ...]:
        """Return check-ins, oldest first."""
        ...

    def add_check_in(self, check_in: CheckIn, *, simulated: bool = False) -> None:
        """Keep a check-in."""
        ...


class Clearances(Protocol):
    """What ended stops."""

    def clearances(self) -> tuple[Clearance, ...]:
        """Return what ended a stop (a mistake taken back, a clinician's word), oldest first."""
        ...

    def add_clearance(self, clearance: Clearance, *, simulated: bool = False) -> None:
        """Keep what ended a stop."""
        ...


class SessionsSaidDone(Protocol):
    """Sessions of which only the runner says that they were done."""

    def said_done(self) -> tuple[SaidDone, ...]:
        """Return the sessions that were said to be done without a recording, oldest first."""
        ...

    def put_said_done(self, said: SaidDone) -> None:
        """Keep that a session was done, in place of what was said of it before."""
        ...

    def take_back_said_done(self, workout_id: str) -> None:
        """Forget that a session was said to be done; nothing happens where it was not."""
        ...


class Plans(Protocol):
    """The plan, and every one before it."""

    def plan(self) -> Plan | None:
        """Return the current plan."""
        ...

    def plans(self) -> tuple[Plan, ...]:
        """Return every plan and every revision that was kept, oldest first; the last is the current one."""
        ...

    def put_plan(self, plan: Plan, *, simulated: bool = False) -> None:
        """Make this the current plan; older ones are kept."""
        ...


class HabitsMemory(Protocol):
    """How the runner moves, learned from their own recordings."""

    def habits(self) -> Habits:
        """Return what was learned of how the runner moves; Habits of nothing at first."""
        ...

    def put_habits(self, habits: Habits) -> None:
        """Keep what was learned."""
        ...


class Settings(Protocol):
    """What the runner set, and the zone of the machine where they set none."""

    def setting(self, name: str) -> str | None:
        """Return a setting of this person; None where it was never set."""
        ...

    def put_setting(self, name: str, value: str) -> None:
        """Keep a setting of this person."""
        ...

    def machine_zone(self) -> str:
        """Return the IANA name of the time zone of the machine this runs on."""
        ...


class ProgramSettings(Protocol):
    """What the program keeps for itself: of nobody."""

    def program_setting(self, name: str) -> str | None:
        """Return what the program keeps for itself, of nobody; None where it was never kept."""
        ...

    def put_program_setting(self, name: str, value: str) -> None:
        """Keep something of the program itself."""
        ...


class Simulated(Protocol):
    """The demo runner."""

    def delete_simulated(self) -> int:
        """Forget the demo runner: every simulated activity, check-in, plan, athlete. Return how many activities."""
        ...


class People(Protocol):
    """Whose memory it is, and whose else there is in the same store."""

    @property
    def athlete_id(self) -> str:
        """Whose memory this is."""
        ...

    def of(self, athlete_id: str) -> Store:
        """Return the memory of another person in the same store. Raises NotFound."""
        ...

    def add_athlete(self) -> str:
        """Make room for one more person in the store, and return their id."""
        ...


class Store(
    Activities,
    Recordings,
    Sessions,
    Paints,
    LoadHistory,
    Originals,
    Integrity,
    ImportLog,
    Profile,
    CheckIns,
    Clearances,
    SessionsSaidDone,
    Plans,
    HabitsMemory,
    Settings,
    ProgramSettings,
    Simulated,
    People,
    Protocol,
):
    """The whole memory of one person. Flows that ask for all of it are listed, with reasons, in the contract tests."""

    def close(self) -> None:
        """Let go, for everybody."""
        ...
