"""What a runner keeps beside a run: a note, the shoes, photos; and what lies in the trash or was edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from backward_running.core.errors import BadValue
from backward_running.core.recording import Span

#: Longer is a diary, not a note. Our own proposal.
LONGEST_NOTE = 4000


@dataclass(frozen=True, slots=True)
class RunNote:
    """What is written beside a run. None: nothing."""

    text: str | None = None
    shoe_id: str | None = None

    def __post_init__(self) -> None:
        if self.text is not None and len(self.text) > LONGEST_NOTE:
            raise BadValue("note", f"have at most {LONGEST_NOTE} letters", len(self.text), "Write a shorter one.")


@dataclass(frozen=True, slots=True)
class Shoe:
    """A pair of shoes."""

    shoe_id: str
    name: str
    start_m: float = 0.0  #: what it had run before the first run here
    retired_on: date | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadValue("name", "have a letter", self.name, "Give the shoes a name.")
        if not 0.0 <= self.start_m <= 1e8:
            raise BadValue("start_m", "lie between 0 and 100,000 km", self.start_m)


@dataclass(frozen=True, slots=True)
class ShoeSums:
    """What was run in a pair of shoes, by the runs that name it. Missing is None."""

    runs: int
    distance_m: float | None  #: of the runs whose distance is known
    backward_m: float | None


@dataclass(frozen=True, slots=True)
class PhotoHead:
    """A photo without its bytes."""

    photo_id: str  #: SHA-256 of the bytes that are kept
    activity_id: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Trashed:
    """A run that was deleted and can still be restored."""

    activity_id: str
    title: str
    started_at: datetime
    deleted_at: datetime
    file_key: str


@dataclass(frozen=True, slots=True)
class RunSource:
    """One of several recordings of a run that counts once."""

    file_name: str
    device: str | None  #: maker and product, as the file names them
    leads: bool  #: the run has its times, its title and all that it holds
    lent: tuple[str, ...] = ()  #: columns, of core.names, that the one that leads lacked


@dataclass(frozen=True, slots=True)
class RecordingEdit:
    """A change of recordings by hand. What they were before lies aside, whole, until it is undone."""

    edit_id: str
    made_at: datetime
    kind: str  #: "trim", "split", "merge" or "same" (two recordings of one run)
    sources: tuple[str, ...]  #: activities that were changed
    results: tuple[str, ...]  #: what they became
    kept: tuple[Span, ...] = ()  #: of a trim or split: what became of each result, on the clock of the source
    recorded_by: tuple[RunSource, ...] = ()  #: of two recordings of one run: which they were
