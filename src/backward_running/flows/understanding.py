"""Understand a recording that comes in: what it says and teaches, by what was known when it came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from backward_running import effort, formats, gait, signals
from backward_running.core.clock import RunClock
from backward_running.core.derivation import Lesson
from backward_running.core.glance import at_a_glance
from backward_running.core.habits import MOST_TRAITS, Habits, Pulse
from backward_running.core.ports import ActivityRow, NewRuns
from backward_running.core.recording import Recording
from backward_running.core.session import Session
from backward_running.core.work import IN_TURN, Begun, Workers
from backward_running.flows.analyse import Given, analyse
from backward_running.flows.days import clock_in, placed
from backward_running.flows.deriving import Derived, derivation_of, stated_exertion
from backward_running.flows.habits import lesson_of, with_lesson
from backward_running.flows.mounting import believed
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
    trusted = believed(recording)
    working = signals.working_stream(trusted)
    session, row = analyse(
        trusted, known.given, habits=known.habits, working=working, title=known.title, file_name=known.file_name
    )
    same = working if trusted is recording else None
    return session, row, lesson_of(known.habits, recording, session, same)


def understand_new(
    store: NewRuns, name: str, recordings: tuple[Recording, ...], by: Understanding
) -> list[tuple[Recording, Derived]]:
    """Understand the recordings of one file, the oldest first: each is judged and priced by those before it."""
    return by.of(store, name, recordings)


class _Prepared(NamedTuple):
    """A recording, worn as told, and all that it is judged by."""

    worn: Recording
    known: Known
    clock: RunClock


@dataclass(slots=True)
class _Foreseen:
    """A recording that is judged by what will be known when its turn comes, if nothing else happens."""

    name: str
    recording: Recording
    prepared: _Prepared
    begun: Begun[tuple[Session, ActivityRow, Lesson]]

    def is_of(self, name: str, recording: Recording) -> bool:
        return self.name == name and _all_but_samples(self.recording) == _all_but_samples(recording)


def _all_but_samples(recording: Recording) -> list[object]:
    """Return what a recording says beside its samples: those follow from the bytes that its id names."""
    names = (each.name for each in fields(recording) if each.name != "streams")
    return [getattr(recording, name) for name in names]


@dataclass(slots=True)
class _State:
    """What is known at one count of the runner's changes, and what was learned since and is not kept yet."""

    revision: int
    habits: Habits
    new: list[Pulse] = field(default_factory=list)
    foreseen: _Foreseen | None = None


class Understanding:
    """Understands what comes in, and judges the next recording while one is kept.

    What is known is read once, and grows by what each recording teaches; it holds while nobody else changes anything.
    So several recordings can be understood before the first of them is kept: each by those before it, as if it had
    been kept in between.

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
        self._state: _State | None = None
        self.foreseen_count = 0  #: of those that were judged ahead and taken

    @property
    def revision(self) -> int | None:
        """The count of the runner's changes at which all holds that was understood and is not kept yet."""
        return None if self._state is None else self._state.revision

    def forget(self) -> None:
        """Read anew what is known: something was changed, or what was understood is not kept."""
        self._state = None

    def kept_at(self, revision: int) -> None:
        """Go on with what is known: it was kept, and nothing else was changed up to this count."""
        if self._state is not None:
            self._state.revision, self._state.new = revision, []

    def of(self, store: NewRuns, name: str, recordings: tuple[Recording, ...]) -> list[tuple[Recording, Derived]]:
        """Understand the recordings of one file, the oldest first: each is judged and priced by those before it.

        Parameters
        ----------
        store : NewRuns
            The memory.
        name : str
            Of the file.
        recordings : tuple of Recording
            Their samples as they will be read again (``store.packing``).
        """
        if self._state is None:
            self._state = _State(store.revision(), store.habits())
        state, found = self._state, []
        for recording in sorted(recordings, key=lambda each: (each.started_at, each.activity_id)):
            prepared, (session, row, lesson) = self._judged(store, state, name, recording)
            state.habits = with_lesson(state.habits, lesson)
            if lesson.pulse is not None and lesson.prices:
                state.new.append(lesson.pulse)
            derivation = derivation_of(prepared.worn, prepared.known.given)
            found.append((recording, Derived(session, placed(row, prepared.clock), derivation, lesson)))
        self._look_ahead(store, state)
        return found

    def _judged(
        self, store: NewRuns, state: _State, name: str, recording: Recording
    ) -> tuple[_Prepared, tuple[Session, ActivityRow, Lesson]]:
        foreseen, state.foreseen = state.foreseen, None
        if foreseen is not None and foreseen.is_of(name, recording):
            self.foreseen_count += 1
            return foreseen.prepared, foreseen.begun()
        prepared = _prepared(store, state, name, recording)
        return prepared, self._workers.begin(understood, prepared.worn, prepared.known)()

    def _look_ahead(self, store: NewRuns, state: _State) -> None:
        """Begin to judge the recording of the next file by what will be known once this one is kept."""
        coming = self._next_read() if self._next_read is not None and self._workers.at_once else None
        if coming is None or len(coming[1]) != 1:
            return
        name, (recording,) = coming
        prepared = _prepared(store, state, name, recording)
        begun = self._workers.begin(understood, prepared.worn, prepared.known)
        state.foreseen = _Foreseen(name, recording, prepared, begun)


def _prepared(store: NewRuns, state: _State, name: str, recording: Recording) -> _Prepared:
    with at_a_glance():
        worn, clock = recording.worn_as_told(), clock_in(store, recording)
        before = store.pulses_before(recording.started_at, recording.activity_id, simulated=recording.simulated)
        said = stated_exertion(store.check_ins_of(recording.activity_id))
        spoken = said_of_recording(store, worn, clock.utc_offset_s, ())
        athlete = store.athlete()
    pulses = _newest({*before, *_earlier(state.new, recording)})
    given = Given(athlete, pulses=pulses, perceived_exertion_cr10=said, said=spoken)
    return _Prepared(worn, Known(given, state.habits, title_of(recording, clock), name), clock)


def _earlier(new: Sequence[Pulse], recording: Recording) -> list[Pulse]:
    came = (recording.started_at, recording.activity_id)
    alike = (pulse for pulse in new if pulse.simulated is recording.simulated)
    return [pulse for pulse in alike if (pulse.started_at, pulse.activity_id) < came]


def _newest(pulses: set[Pulse]) -> tuple[Pulse, ...]:
    return tuple(sorted(pulses, key=lambda pulse: (pulse.started_at, pulse.activity_id))[-MOST_TRAITS:])
