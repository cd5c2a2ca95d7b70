"""The 48 hours after a setback: to the hour where one is known, else to the day on which they have surely passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from backward_running.core.adaptation import Done
from backward_running.rehab._facts import PAUSE_S, first_day_after_pause


@dataclass(frozen=True, slots=True)
class Pause:
    """When something backward may be done again: on a day, and from an hour of it on where that is known."""

    until: date
    until_at: datetime | None = None  #: on the clock of the session it is counted from

    @property
    def words(self) -> str:
        """Say it as the rule has it, to the hour or to the day."""
        day = f"{self.until:%A} {self.until.day} {self.until:%B}"
        if self.until_at is None:
            return f"nothing backward before {day}, when 48 hours have surely passed"
        return f"nothing backward before {day}, {self.until_at:%H:%M}, 48 hours after that session began"

    def later(self, day: date) -> Pause:
        """Return a pause that lasts at least until a day."""
        return self if day <= self.until else Pause(day)


def end_today(pauses: Iterable[Pause], today: date) -> str | None:
    """Say at which hour of today the last of some pauses ends; None where none ends within today."""
    ends = [pause.until_at for pause in pauses if pause.until == today and pause.until_at is not None]
    return f"{max(ends):%H:%M}" if ends else None


def pause_after(session: Done | None, on: date) -> Pause:
    """Return the pause after a session, or after something on a day.

    The hours are true hours. When a session that is only said began is not known to the hour.

    >>> pause_after(None, date(2026, 5, 4)).until
    datetime.date(2026, 5, 7)
    """
    if session is None or session.started_at is None or session.is_said:
        return Pause(first_day_after_pause(on))
    ends_at = session.started_at.astimezone(UTC) + timedelta(seconds=PAUSE_S.value)
    ends_at = ends_at.astimezone(session.started_at.tzinfo)
    return Pause(ends_at.date(), ends_at)
