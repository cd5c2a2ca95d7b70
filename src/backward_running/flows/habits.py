"""What an understood recording teaches of how its runner moves, so that the next one is judged by their own habits."""

from __future__ import annotations

from backward_running import effort, gait, signals
from backward_running.core.derivation import Lesson
from backward_running.core.habits import Habits
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Session


def lesson_of(habits: Habits, recording: Recording, session: Session, working: Stream | None = None) -> Lesson:
    """Return what a recording teaches beside all others. Pure. `working` is its working stream, where it is made.

    The runner's paint is in the session: what they said was backward teaches their own backward ratios, and what they
    left teaches their forward lines.
    """
    before = habits.without(session.activity_id)
    bouts = tuple(bout.bout for bout in session.bouts)
    working = signals.working_stream(recording) if working is None else working
    traits = gait.traits_of(recording, working, bouts, before)
    return Lesson(traits, effort.pulse_of(recording, working, bouts))


def with_lesson(habits: Habits, lesson: Lesson) -> Habits:
    """Return the habits with one more lesson in them."""
    after = habits if lesson.traits is None else habits.with_traits(lesson.traits)
    return after if lesson.pulse is None else after.with_pulse(lesson.pulse)
