"""What a run is called until its runner calls it something."""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.clock import RunClock, at_offset
from backward_running.core.recording import Recording

#: Until which hour of the day it is called what.
PARTS_OF_DAY = ((5, "Night"), (11, "Morning"), (14, "Midday"), (18, "Afternoon"), (22, "Evening"), (24, "Night"))
DONE = {"running": "run", "walking": "walk", "hiking": "hike", "cycling": "ride", "swimming": "swim"}
#: A longer one is cut: it stands in lists.
LONGEST_TITLE = 120


def title_of(recording: Recording, clock: RunClock) -> str:
    """Return the title the file gives, or make one from the sport and the time of day where the runner was."""
    given = cut(recording.title)
    if given:
        return given
    done = DONE.get(recording.sport or "", recording.sport or "activity").replace("_", " ")
    if not recording.dated:
        return f"{done.capitalize()} without a date"
    hour = at_offset(clock.started_at, clock.utc_offset_s).hour
    part_of_day = next(words for end, words in PARTS_OF_DAY if hour < end)
    return f"{part_of_day} {'treadmill' if recording.indoor and recording.on_foot else done}"


def came_with(recording: Recording, clock: RunClock, title: str) -> bool:
    """Say whether a title is one that a recording came with, or was given here for want of one.

    Parameters
    ----------
    recording : Recording
        As it was read.
    clock : RunClock
        Of where it was.
    title : str
        As it is called now.
    """
    return title in (title_of(recording, clock), title_of(replace(recording, title=None), clock))


def cut(title: str | None) -> str:
    """Return a title as it is kept; nothing where there is none."""
    return (title or "").strip()[:LONGEST_TITLE]
