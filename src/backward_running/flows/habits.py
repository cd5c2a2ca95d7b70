"""Learn how the runner moves from what is understood, so that the next recording is judged by their own habits."""

from __future__ import annotations

from backward_running import effort, gait, signals
from backward_running.core.habits import Habits
from backward_running.core.ports import HabitsMemory
from backward_running.core.recording import Recording
from backward_running.core.session import Session


def learn(store: HabitsMemory, recording: Recording, session: Session) -> Habits:
    """Put what a recording shows into the runner's habits, in the place of what it showed before.

    The runner's paint is in the session: what they said was backward teaches their own backward ratios, and what they
    left teaches their forward lines.
    """
    habits = learned(store.habits(), recording, session)
    store.put_habits(habits)
    return habits


def learned(habits: Habits, recording: Recording, session: Session) -> Habits:
    """Return the habits with what a recording shows in them. Pure."""
    before = habits.without(session.activity_id)
    bouts = tuple(bout.bout for bout in session.bouts)
    working = signals.working_stream(recording)
    traits = gait.traits_of(recording, working, bouts, before)
    pulse = effort.pulse_of(recording, working, bouts)
    after = before if pulse is None else before.with_pulse(pulse)
    return after if traits is None else after.with_traits(traits)


def forget(store: HabitsMemory, activity_id: str) -> None:
    """Take back what a deleted recording taught."""
    habits = store.habits()
    if habits.without(activity_id) != habits:
        store.put_habits(habits.without(activity_id))


def forget_simulated(store: HabitsMemory) -> None:
    """Take back what the simulated runner taught."""
    habits = store.habits()
    if habits.of(simulated=False) != habits:
        store.put_habits(habits.of(simulated=False))
