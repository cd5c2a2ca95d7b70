"""Understand a recording that comes in: what it says and teaches, by what was known when it came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple

from backward_running import effort, formats, gait
from backward_running.core.clock import RunClock
from backward_running.core.derivation import Lesson
from backward_running.core.habits import MOST_TRAITS, Habits, Pulse
from backward_running.core.ports import ActivityRow, NewRuns, Originals
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Session
from backward_running.core.work import IN_TURN, Begun, Workers
from backward_running.flows.analyse import Given, analyse
from backward_running.flows.days import clock_in, placed
from backward_running.flows.deriving import Derived, derivation_of, stated_exertion
from backward_running.flows.habits import lesson_of, with_lesson
from backward_running.flows.spoken import said_of_recording
from backward_running.flows.titles import title_of


class Known(NamedTuple):
    """All that a recording is understood with."""

    given: Given
    habits: Habits
    title: str
    file_name: str


def load_all() -> None:
    """Load every reader, detector and model: a process that does so first does not do it with the first file."""
    formats.all_formats()
    gait.all_detectors()
    effort.all_models()


def understood(recording: Recording, known: Known) -> tuple[Session, ActivityRow, Lesson]:
    """Understand a recording, and return what it teaches as well. Pure: it may be worked out anywhere."""
    session, row = analyse(recording, known.given, habits=known.habits, title=known.title, file_name=known.file_name)
    return session, row, lesson_of(known.habits, recording, session)


def understand_new(
    store: NewRuns, name: str, recordings: tuple[Recording, ...], by: Understanding
) -> list[tuple[Recording, Derived]]:
    """Understand the recordings of one file, the oldest first: each is judged and priced by those before it."""
    return by.of(store, name, recordings)


@dataclass(slots=True)
class _Foreseen:
    """A recording that is judged by what will be known when its turn comes, if nothing else happens."""

    worn: Recording
    known: Known
    begun: Begun[tuple[Session, ActivityRow, Lesson]]

    def is_of(self, worn: Recording, known: Known) -> bool:
        return self.known == known and _all_but_samples(self.worn) == _all_but_samples(worn)


def _all_but_samples(recording: Recording) -> list[object]:
    """Return what a recording says beside its samples: those follow from the bytes that its id names."""
    names = (field.name for field in fields(recording) if field.name != "streams")
    return [getattr(recording, name) for name in names]


class Understanding:
    """Understands what comes in, and judges the next recording while one is kept.

    What is taken from such a judgement is the same as without it: where anything that it was judged by turned out
    otherwise, it is judged again.

    Parameters
    ----------
    workers : Workers
        Where recordings are judged.
    next_read : callable
        Returns name and recordings of the file that comes next, if it is read already.
    """

    def __init__(
        self,
        workers: Workers = IN_TURN,
        next_read: Callable[[], tuple[str, tuple[Recording, ...]] | None] | None = None,
    ) -> None:
        self._workers, self._next_read = workers, next_read
        self._foreseen: _Foreseen | None = None
        self._kept: tuple[str, tuple[Stream, ...]] = ("", ())
        self.foreseen_count = 0  #: of those that were judged ahead and taken

    def of(self, store: NewRuns, name: str, recordings: tuple[Recording, ...]) -> list[tuple[Recording, Derived]]:
        """Understand the recordings of one file, the oldest first: each is judged and priced by those before it."""
        habits, new, found = store.habits(), list[Pulse](), []
        for recording in sorted(recordings, key=lambda each: (each.started_at, each.activity_id)):
            worn, known, clock = self._prepared(store, name, recording, habits, new)
            session, row, lesson = self._judged(worn, known)
            habits = with_lesson(habits, lesson)
            if lesson.pulse is not None and lesson.prices:
                new.append(lesson.pulse)
            derived = Derived(session, placed(row, clock), derivation_of(worn, known.given), lesson)
            found.append((recording, derived))
        self._look_ahead(store, habits, new)
        return found

    def _prepared(
        self, store: NewRuns, name: str, recording: Recording, habits: Habits, new: Sequence[Pulse]
    ) -> tuple[Recording, Known, RunClock]:
        worn, clock = self._as_kept(store, recording).worn_as_told(), clock_in(store, recording)
        before = store.pulses_before(recording.started_at, recording.activity_id, simulated=recording.simulated)
        came = (recording.started_at, recording.activity_id)
        earlier = (pulse for pulse in new if (pulse.started_at, pulse.activity_id) < came)
        pulses = sorted({*before, *earlier}, key=lambda pulse: (pulse.started_at, pulse.activity_id))[-MOST_TRAITS:]
        said = stated_exertion(store.check_ins_of(recording.activity_id))
        spoken = said_of_recording(store, worn, clock.utc_offset_s, ())
        given = Given(store.athlete(), pulses=tuple(pulses), perceived_exertion_cr10=said, said=spoken)
        return worn, Known(given, habits, title_of(recording, clock), name), clock

    def _as_kept(self, store: Originals, recording: Recording) -> Recording:
        """Return a recording as it comes back from the store; asked twice in a row, it is worked out once."""
        if self._kept[0] != recording.activity_id:
            self._kept = recording.activity_id, store.as_kept(recording).streams
        return replace(recording, streams=self._kept[1])

    def _judged(self, worn: Recording, known: Known) -> tuple[Session, ActivityRow, Lesson]:
        foreseen, self._foreseen = self._foreseen, None
        if foreseen is not None and foreseen.is_of(worn, known):
            self.foreseen_count += 1
            return foreseen.begun()
        return self._workers.begin(understood, worn, known)()

    def _look_ahead(self, store: NewRuns, habits: Habits, new: Sequence[Pulse]) -> None:
        """Begin to judge the recording of the next file by what will be known once this one is kept."""
        coming = self._next_read() if self._next_read is not None and self._workers.at_once else None
        if coming is None or len(coming[1]) != 1:
            return
        worn, known, _ = self._prepared(store, coming[0], coming[1][0], habits, new)
        self._foreseen = _Foreseen(worn, known, self._workers.begin(understood, worn, known))
