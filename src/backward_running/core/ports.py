"""What a memory must do. Flows are handed one; only ``store`` knows how it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance
from backward_running.core.clock import ZoneFrom
from backward_running.core.direction import Direction
from backward_running.core.habits import Habits
from backward_running.core.load import Hearts, LoadRow
from backward_running.core.plan import Plan
from backward_running.core.recording import Recording
from backward_running.core.session import Paint, Session
from backward_running.core.told import Told


@dataclass(frozen=True, slots=True)
class RibbonPiece:
    """One colour of the small direction ribbon in lists: share of the whole, 0…1."""

    share: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """What the list of activities needs, without opening the streams. Missing is None."""

    activity_id: str
    file_key: str
    started_at: datetime
    utc_offset_s: int | None  #: local time minus UTC at the start
    title: str
    file_name: str
    sport: str | None
    on_foot: bool
    simulated: bool
    duration_s: float
    moving_s: float
    distance_m: float | None
    forward_s: float
    backward_s: float
    unknown_s: float
    forward_m: float | None
    backward_m: float | None
    unknown_m: float | None
    ribbon: tuple[RibbonPiece, ...] = ()
    zone: str | None = None  #: IANA name of where it was; None where only the offset is known
    zone_from: ZoneFrom = ZoneFrom.FILE


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """Filters of the list. None means: do not filter."""

    text: str | None = None  #: part of the title, file name or sport
    direction: Direction | None = None  #: holds at least one second of it
    sport: str | None = None
    since: date | None = None  #: inclusive; days on the clock of where each activity was
    until: date | None = None  #: inclusive
    simulated: bool | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One line of the import log."""

    at: datetime
    file_name: str
    file_key: str | None
    status: str  #: "new", "same", "partly", "waiting" (for the runner to say which column is what) or "failed"
    message: str  #: one sentence: what came in, or why not and what to do
    activity_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the memory holds."""

    activities: int
    simulated: int
    files: int


class Store(Protocol):
    """The memory of one person. Every change is atomic: it happens whole or not at all.

    Of nobody else in the same store is anything seen, counted, changed or deleted through it.
    """

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

    def counts(self) -> Counts:
        """Count what is held."""
        ...

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

    def activities(self, query: ActivityQuery = ActivityQuery()) -> list[ActivityRow]:
        """List activities, newest first."""
        ...

    def count_activities(self, query: ActivityQuery = ActivityQuery()) -> int:
        """Count what :meth:`activities` would list without its limit."""
        ...

    def load_rows(self, since: datetime | None = None, until: datetime | None = None) -> list[LoadRow]:
        """Return what every activity on foot loaded, oldest first; of those that began between two moments."""
        ...

    def hearts(self, since: datetime) -> list[Hearts]:
        """Return how the heart beat in the activities on foot since a moment, where that was counted."""
        ...

    def row(self, activity_id: str) -> ActivityRow:
        """Return one row. Raises NotFound."""
        ...

    def neighbours(self, activity_id: str) -> tuple[str | None, str | None]:
        """Return the ids of the activities before and after in time; None at the ends. Raises NotFound."""
        ...

    def recording(self, activity_id: str) -> Recording:
        """Return the recording with its streams, worn as the runner told. Raises NotFound."""
        ...

    def put_told(self, activity_id: str, told: Told | None) -> None:
        """Keep what the runner tells of a recording, in place of what they told before. Raises NotFound."""
        ...

    def recording_heads(self, activity_ids: Sequence[str]) -> tuple[Recording, ...]:
        """Return recordings without their streams (laps, steps, titles), as asked; unknown ids are left out."""
        ...

    def session(self, activity_id: str) -> Session:
        """Return what was understood. Raises NotFound."""
        ...

    def put_session(self, session: Session, row: ActivityRow) -> None:
        """Replace what was understood. Raises NotFound."""
        ...

    def rename(self, activity_id: str, title: str) -> None:
        """Change the title. Raises NotFound."""
        ...

    def delete_activity(self, activity_id: str) -> None:
        """Forget an activity, its paint and, with the last activity of it, its file. Raises NotFound."""
        ...

    def delete_simulated(self) -> int:
        """Forget the demo runner: every simulated activity, check-in, plan, athlete. Return how many activities."""
        ...

    def paints(self, activity_id: str) -> tuple[Paint, ...]:
        """Return the runner's paint, oldest first."""
        ...

    def add_paint(self, activity_id: str, paint: Paint) -> None:
        """Add a stroke. Raises NotFound."""
        ...

    def undo_paint(self, activity_id: str) -> Paint | None:
        """Take the newest stroke back and return it; None where there is none."""
        ...

    def athlete(self) -> Athlete:
        """Return who runs; an Athlete of Nones where nothing is known."""
        ...

    def put_athlete(self, athlete: Athlete) -> None:
        """Replace who runs."""
        ...

    def check_ins(self, since: datetime | None = None) -> tuple[CheckIn, ...]:
        """Return check-ins, oldest first."""
        ...

    def add_check_in(self, check_in: CheckIn, *, simulated: bool = False) -> None:
        """Keep a check-in."""
        ...

    def clearances(self) -> tuple[Clearance, ...]:
        """Return what ended a stop (a mistake taken back, a clinician's word), oldest first."""
        ...

    def add_clearance(self, clearance: Clearance, *, simulated: bool = False) -> None:
        """Keep what ended a stop."""
        ...

    def said_done(self) -> tuple[SaidDone, ...]:
        """Return the sessions that were said to be done without a recording, oldest first."""
        ...

    def put_said_done(self, said: SaidDone) -> None:
        """Keep that a session was done, in place of what was said of it before."""
        ...

    def take_back_said_done(self, workout_id: str) -> None:
        """Forget that a session was said to be done; nothing happens where it was not."""
        ...

    def plan(self) -> Plan | None:
        """Return the current plan."""
        ...

    def plans(self) -> tuple[Plan, ...]:
        """Return every plan and every revision that was kept, oldest first; the last is the current one."""
        ...

    def put_plan(self, plan: Plan, *, simulated: bool = False) -> None:
        """Make this the current plan; older ones are kept."""
        ...

    def setting(self, name: str) -> str | None:
        """Return a setting of this person; None where it was never set."""
        ...

    def put_setting(self, name: str, value: str) -> None:
        """Keep a setting of this person."""
        ...

    def program_setting(self, name: str) -> str | None:
        """Return what the program keeps for itself, of nobody; None where it was never kept."""
        ...

    def put_program_setting(self, name: str, value: str) -> None:
        """Keep something of the program itself."""
        ...

    def habits(self) -> Habits:
        """Return what was learned of how the runner moves; Habits of nothing at first."""
        ...

    def put_habits(self, habits: Habits) -> None:
        """Keep what was learned."""
        ...

    def log_import(self, entry: ImportEntry) -> None:
        """Keep a line of the import log that came with no new file."""
        ...

    def import_log(self, limit: int = 200) -> list[ImportEntry]:
        """Return the import log, newest first."""
        ...

    def machine_zone(self) -> str:
        """Return the IANA name of the time zone of the machine this runs on."""
        ...

    def close(self) -> None:
        """Let go, for everybody."""
        ...


#: Settings and what they may be.
SETTINGS: dict[str, tuple[str, ...]] = {
    "units": ("metric", "imperial"),
    "theme": ("auto", "light", "dark"),
    "acute_chronic_ratio": ("off", "on"),
}
