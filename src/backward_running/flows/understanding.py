"""Understand a recording that comes in: what it says and teaches, by what was known when it came."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from backward_running import effort, formats, gait
from backward_running.core.derivation import Lesson
from backward_running.core.habits import MOST_TRAITS, Habits, Pulse
from backward_running.core.ports import ActivityRow, NewRuns
from backward_running.core.recording import Recording
from backward_running.core.session import Session
from backward_running.core.work import Workers
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
    store: NewRuns, name: str, recordings: tuple[Recording, ...], workers: Workers
) -> Iterator[tuple[Recording, Derived]]:
    """Understand the recordings of one file, the oldest first: each is judged and priced by those before it."""
    athlete, habits = store.athlete(), store.habits()
    new: list[Pulse] = []
    for recording in sorted(recordings, key=lambda each: (each.started_at, each.activity_id)):
        worn, clock = store.as_kept(recording).worn_as_told(), clock_in(store, recording)
        kept = store.pulses_before(recording.started_at, recording.activity_id, simulated=recording.simulated)
        pulses = sorted((*kept, *new), key=lambda pulse: (pulse.started_at, pulse.activity_id))[-MOST_TRAITS:]
        said = stated_exertion(store.check_ins_of(recording.activity_id))
        spoken = said_of_recording(store, worn, clock.utc_offset_s, ())
        given = Given(athlete, pulses=pulses, perceived_exertion_cr10=said, said=spoken)
        known = Known(given, habits, title_of(recording, clock), name)
        session, row, lesson = workers.begin(understood, worn, known)()
        habits = with_lesson(habits, lesson)
        if lesson.pulse is not None and lesson.prices:
            new.append(lesson.pulse)
        yield recording, Derived(session, placed(row, clock), derivation_of(worn, given), lesson)
