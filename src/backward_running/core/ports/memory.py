"""What a memory must do, in small ports: a flow asks for those it touches, and only ``store`` knows how it is done.

Every change is atomic: it happens whole or not at all. All is of one person: of nobody else in the same store is
anything seen, counted, changed or deleted through a port.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Protocol

from backward_running.core.arrays import FloatArray
from backward_running.core.derivation import Derivation, Lesson
from backward_running.core.direction import Direction
from backward_running.core.habits import Habits, Pulse
from backward_running.core.load import Hearts, LoadRow
from backward_running.core.load_month import LoadMonth
from backward_running.core.own_ground import RunStraights
from backward_running.core.ports.rows import (
    ActivityQuery,
    ActivityRow,
    BestRun,
    Counts,
    Damage,
    ImportEntry,
    NewFile,
    Packed,
    PeriodLedger,
)
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

    def sums(self, query: ActivityQuery = ActivityQuery()) -> PeriodLedger:  # noqa: B008 -- frozen
        """Sum what of :meth:`activities` was on foot, without its limit."""
        ...

    def count_said(self, unknown_from_s: float) -> tuple[int, int]:
        """Count the real activities on foot that stand on their runner's word: forward, and backward.

        Those with so much unknown time or more are left out: they still ask.
        """
        ...

    def row(self, activity_id: str) -> ActivityRow:
        """Return one row. Raises NotFound."""
        ...

    def neighbours(self, activity_id: str) -> tuple[str | None, str | None]:
        """Return the ids of the activities before and after in time; None at the ends. Raises NotFound."""
        ...

    def days_on_foot(self, since: date, until: date) -> Mapping[date, float]:
        """Return the days on which something on foot began, both ends included, with their backward seconds."""
        ...

    def bests(self, *, simulated: bool, without: tuple[str, ...] = ()) -> tuple[BestRun, ...]:
        """Return the best of each kind over all activities but some; of two alike the earlier one."""
        ...

    def longest_stretches(self, direction: Direction, *, simulated: bool) -> tuple[BestRun, ...]:
        """Return the longest stretch of a direction of every activity that has one, the earliest first."""
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

    def put_session(
        self,
        session: Session,
        row: ActivityRow,
        derivation: Derivation | None = None,
        lesson: Lesson | None = None,
    ) -> None:
        """Replace what was understood, and from what, and what it teaches; None leaves these. Raises NotFound."""
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

    def load_months(self) -> tuple[LoadMonth, ...]:
        """Return what every month loaded, oldest first; a month without an activity is left out."""
        ...

    def sum_load_months(self, *, anyway: bool = False) -> bool:
        """Sum the months anew where those kept do not hold every activity, or anyway; say whether it was done."""
        ...

    def hearts(self, since: datetime) -> list[Hearts]:
        """Return how the heart beat in the activities on foot since a moment, where that was counted."""
        ...


class Straights(Protocol):
    """Where runs kept to a line, found once in each."""

    def straights(self) -> tuple[RunStraights, ...]:
        """Return the straights of every real run on foot that was looked through, oldest first."""
        ...

    def without_straights(self, *, most: int) -> tuple[str, ...]:
        """Return real runs on foot that were not looked through, newest first."""
        ...

    def count_without_straights(self) -> int:
        """Count the real runs on foot that were not looked through."""
        ...

    def put_straights(self, found: Mapping[str, FloatArray]) -> None:
        """Keep what was found in runs, by their ids; of runs that are gone meanwhile nothing is kept."""
        ...


class Originals(Protocol):
    """Files as they came."""

    def has_file(self, key: str) -> bool:
        """Whether an activity came from a file of these bytes."""
        ...

    def activity_ids_of(self, key: str) -> tuple[str, ...]:
        """Return the activities that came from a file."""
        ...

    @property
    def packing(self) -> Callable[[bytes, Sequence[Recording]], Packed]:
        """What packs a file and its recordings for this memory: a function of a module, for any process to do."""
        ...

    def add_files(self, files: Sequence[NewFile]) -> tuple[ImportEntry, ...]:
        """Keep files, what was read from them, what was understood and their log lines, in one transaction.

        Where the same bytes are here already, only the log line is kept, saying "same". Return the lines.
        """
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


class HabitsMemory(Protocol):
    """How the runner moves, learned from their own recordings."""

    def habits(self) -> Habits:
        """Return what was learned of how the runner moves; Habits of nothing at first."""
        ...

    def pulses_before(self, began_at: datetime, activity_id: str, *, simulated: bool) -> tuple[Pulse, ...]:
        """Return what the heart said of backward running in the newest recordings before one, oldest first."""
        ...

    def is_forgotten(self, activity_id: str) -> bool:
        """Whether the runner wants an activity to teach nothing."""
        ...

    def forget_habits(self) -> int:
        """Forget what all recordings taught, until their runner says more of one. Return how many had taught."""
        ...


class Transactions(Protocol):
    """What is done whole or not at all, and seen by whoever worked something out meanwhile."""

    def transaction(self) -> AbstractContextManager[None]:
        """Keep all that is changed inside, or nothing; nobody else changes this person's runs meanwhile."""
        ...

    def revision(self) -> int:
        """Count the changes so far of what sessions are derived from, and of what was derived."""
        ...


class Derivations(Protocol):
    """From what sessions were derived, and which do not match any more."""

    def derivation(self, activity_id: str) -> Derivation:
        """Return from what a session was derived; of nothing where that is not known."""
        ...

    def put_derivation(self, activity_id: str, derivation: Derivation) -> None:
        """Keep that a session as it is also follows from this; nothing happens where there is no such activity."""
        ...

    def doubt(self, activity_ids: Sequence[str]) -> None:
        """Let sessions of these activities no longer match: what was said of them may be another now."""
        ...

    def count_stale(self, basis: str) -> int:
        """Count the activities whose session is of another basis."""
        ...

    def stale(self, basis: str, *, most: int, besides: Sequence[str] = ()) -> tuple[str, ...]:
        """Return activities whose session is of another basis, newest first."""
        ...

    def stale_recipe(self, recipe: str, *, most: int, besides: Sequence[str] = ()) -> tuple[str, ...]:
        """Return activities that were judged by another recipe, oldest first."""
        ...

    def stale_of(self, activity_ids: Sequence[str], basis: str) -> frozenset[str]:
        """Return those of some activities whose session is of another basis."""
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
