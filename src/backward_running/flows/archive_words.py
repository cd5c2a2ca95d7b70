"""What an archive says of the runs in it: their names, and what was written beside them.

A service keeps these in a list beside the files. The runner gave them there, so they go above what a file is called;
what they wrote here goes above both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

from backward_running import formats
from backward_running.core.counting import counted
from backward_running.core.keepsakes import LONGEST_NOTE, RunNote
from backward_running.core.ports import ActivityQuery, ActivityRow, ImportEntry, Matching, RunsAndKeepsakes, Shoes
from backward_running.core.recording import Recording
from backward_running.flows import keepsakes, titles
from backward_running.flows.days import clock_in

#: The status of a list: it holds no recording, and was read.
LISTED = "listed"
#: More runs than a life has days.
_EVERY = 100_000
_COMMUTE = "A way to work or from it."
#: A list and a file say the same start, but for what was cut off of a second.
_SAME_START_S = 1


@dataclass(slots=True)
class ArchiveWords:
    """The lists of one import."""

    by_file: dict[str, formats.Described] = field(default_factory=dict)
    by_second: dict[int, formats.Described] = field(default_factory=dict)
    lists: list[str] = field(default_factory=list)
    by_hand: int = 0  #: activities without a file and without a start: written down, not recorded
    used: set[int] = field(default_factory=set)

    def take(self, name: str, data: bytes) -> bool:
        """Read a list; say whether it was one. Raises UnreadableFile where it is damaged."""
        described = formats.described_in(data)
        if described is None:
            return False
        self.lists.append(PurePosixPath(name).name)
        for run in described:
            if run.file_name is not None:
                self.by_file[run.file_name.lower()] = run
            elif run.started_at is not None:
                self.by_second[int(run.started_at.timestamp())] = run
            else:
                self.by_hand += 1
        return True

    def named(self, name: str, recordings: tuple[Recording, ...]) -> tuple[Recording, ...]:
        """Give a recording the name that its archive gives it; one of several in a file keeps its own."""
        if not self.lists or len(recordings) != 1:
            return recordings
        said = self.of(name, recordings[0].started_at if recordings[0].dated else None)
        return recordings if said is None or said.title is None else (replace(recordings[0], title=said.title),)

    def of(self, name: str, started_at: datetime | None) -> formats.Described | None:
        """Return what is said of a run, by the name of its file, else by its start."""
        found = self.by_file.get(PurePosixPath(name).name.lower().removesuffix(".gz"))
        if found is not None or started_at is None:
            return found
        second = int(started_at.timestamp())
        near = range(-_SAME_START_S, _SAME_START_S + 1)
        return next((self.by_second[second + by] for by in near if second + by in self.by_second), None)

    def told(self) -> str:
        """Say what became of the lists."""
        listed = len(self.by_file) + len(self.by_second)
        told = f"It lists {counted(listed, 'activity', 'activities')}: {counted(len(self.used), 'run')} here "
        told += (
            "has its name and what was written beside it from there."
            if len(self.used) == 1
            else ("have their names and what was written beside them from there.")
        )
        if self.by_hand:
            sole = self.by_hand == 1
            told += (
                f" {counted(self.by_hand, 'activity', 'activities')} in it {'was' if sole else 'were'} written down by "
                f"hand and never recorded: write down here what you ran backward in {'it' if sole else 'them'}."
            )
        return told


def settle(words: ArchiveWords, store: RunsAndKeepsakes, now: datetime) -> ImportEntry | None:
    """Write down what is said of the runs that are here, whenever they came in; None without a list.

    The name is taken where a run has none that its runner gave it here.
    """
    if not words.lists:
        return None
    for row in store.activities(ActivityQuery(limit=_EVERY)):
        _settle(words, store, row)
    return ImportEntry(now, ", ".join(words.lists), None, LISTED, words.told())


def _settle(words: ArchiveWords, store: RunsAndKeepsakes, row: ActivityRow) -> None:
    said = words.of(row.file_name, row.started_at)
    if said is None:
        return
    words.used.add(id(said))
    title = titles.cut(said.title)
    if title and title != row.title and _came_with(store, row):
        store.rename(row.activity_id, title)
    note = store.note(row.activity_id)
    text = said.note or (_COMMUTE if said.is_commute else None)
    fresh = RunNote(
        (text or "")[:LONGEST_NOTE] or None if note.text is None else note.text,
        _shoe_id(store, said.gear) if note.shoe_id is None and said.gear and row.on_foot else note.shoe_id,
    )
    if fresh != note:
        store.put_note(row.activity_id, fresh)


def _shoe_id(store: Shoes, gear: str) -> str:
    """Return the shoes of a name, made where there are none: a pair that was put away here stays put away."""
    name = keepsakes.shoe_name(gear)
    known = next((shoe for shoe in store.shoes() if shoe.name == name), None)
    return (known or keepsakes.add_shoe(store, name)).shoe_id


def _came_with(store: Matching, row: ActivityRow) -> bool:
    recording = store.recording(row.activity_id)
    return titles.came_with(recording, clock_in(store, recording), row.title)
