"""What goes in and out of a memory beside the nouns themselves: rows of lists, filters, lines of the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from backward_running.core.clock import ZoneFrom
from backward_running.core.derivation import Derivation, Lesson
from backward_running.core.direction import Direction
from backward_running.core.recording import Recording
from backward_running.core.session import BestEffort, Session


@dataclass(frozen=True, slots=True)
class RibbonPiece:
    """One colour of the small direction ribbon in lists: share of the whole, 0…1."""

    share: float
    direction: Direction
    said: bool = False  #: as the runner says of whole recordings; seen otherwise, or labelled


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
    said_forward_s: float = 0.0  #: of `forward_s`: what stands on the runner's word on whole recordings
    said_backward_s: float = 0.0  #: of `backward_s`, likewise


@dataclass(frozen=True, slots=True)
class BestRun:
    """The best of one kind over all activities, and in which it was."""

    effort: BestEffort
    activity_id: str
    title: str
    started_at: datetime
    utc_offset_s: int | None


@dataclass(frozen=True, slots=True)
class ActivityQuery:
    """Filters of the list. None means: do not filter."""

    text: str | None = None  #: part of the title, file name or sport
    direction: Direction | None = None  #: holds at least one second of it
    sport: str | None = None
    since: date | None = None  #: inclusive; days on the clock of where each activity was
    until: date | None = None  #: inclusive
    simulated: bool | None = None
    on_foot: bool | None = None
    limit: int = 50
    offset: int = 0
    unknown_from_s: float | None = None  #: of so many seconds or more nobody knows which way they went


@dataclass(frozen=True, slots=True)
class PeriodLedger:
    """Sums of a list, by direction, on foot only. Missing is None."""

    activities: int
    forward_s: float
    backward_s: float
    unknown_s: float
    forward_m: float | None
    backward_m: float | None
    unknown_m: float | None
    said_forward_s: float = 0.0  #: of `forward_s`: by the runner's word, on a whole run or on one without a recording
    said_backward_s: float = 0.0  #: of `backward_s`, likewise
    by_hand: int = 0  #: runs without a recording among them; they are in no count of activities


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One line of the import log."""

    at: datetime
    file_name: str
    file_key: str | None
    #: "new", "joined" (with the same run from elsewhere), "same", "partly", "waiting" (for columns to be named),
    #: "listed" (a list of names, read), "left_out" (no recording) or "failed"
    status: str
    message: str  #: one sentence: what came in, or why not and what to do
    activity_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Packed:
    """A file as it will be kept, packed once and wherever there is time for it."""

    recordings: tuple[Recording, ...]  #: as they will be read again: their samples on the grids on which they are kept
    content: bytes
    streams: Mapping[str, tuple[bytes, ...]]  #: by activity


@dataclass(frozen=True, slots=True, eq=False)
class NewFile:
    """A file, what was read from it, what was understood, and its line of the import log."""

    key: str  #: SHA-256 of the bytes
    name: str
    data: bytes
    activities: tuple[tuple[Recording, Session, ActivityRow], ...]
    entry: ImportEntry
    #: From what the session of an activity follows, and what it teaches; of others that is not known.
    derived: Mapping[str, tuple[Derivation, Lesson]] = field(default_factory=dict)
    packed: Packed | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the memory holds."""

    activities: int
    simulated: int
    files: int


class Damaged(Enum):
    """What of a store is not as it was kept, in the order in which it is put back: each rests on those before."""

    DATABASE = "database"
    ORIGINAL = "original"
    RECORDING = "recording"
    SESSION = "session"
    DERIVED = "derived"
    LOADS = "loads"


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing in a store that is not as it was kept."""

    kind: Damaged
    thing: str  #: key of a file, id of an activity or first day of a month; empty for the database itself
    name: str  #: of the file, title of the activity, or name of the month
    message: str


#: Settings and what they may be.
SETTINGS: dict[str, tuple[str, ...]] = {
    "units": ("metric", "imperial", "mixed"),
    "week_starts": ("monday", "sunday"),
    "theme": ("auto", "light", "dark"),
    "acute_chronic_ratio": ("off", "on"),
    "copies": ("off", "daily"),
}
