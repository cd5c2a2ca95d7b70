"""What a plan may build on: what was recorded, but never more than the 110 % rule left on that day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from backward_running.core.adaptation import Done
from backward_running.core.counting import noun_of
from backward_running.core.plan import Reason
from backward_running.plans import dose


@dataclass(frozen=True, slots=True)
class Counted:
    """One recorded session as the next ones look back on it."""

    done: Done
    counts_s: float  #: backward seconds that raise a ceiling: those of the longest before it where it was over
    limit_s: float  #: what the 110 % rule left on that day

    @property
    def is_over(self) -> bool:
        """Whether it was longer than the rule allowed."""
        return self.counts_s < self.done.backward_s


def sessions_of(done: Iterable[Done]) -> list[Done]:
    """Return what has backward time, oldest first."""
    return sorted((session for session in done if session.backward_s > 0), key=in_time)


def in_time(session: Done) -> tuple[date, datetime, str]:
    """Sort by day, then by hour where it is known."""
    return (session.on, session.started_at or datetime.min.replace(tzinfo=UTC), session.activity_id)


def counted(sessions: Sequence[Done]) -> list[Counted]:
    """Hold each session against the ones before it. The first recording of all is never over.

    The first of those given here is not the first of all where one of them knows that something lies before it.
    """
    told: list[tuple[date, float]] = []
    found: list[Counted] = []
    earlier = any(session.follows_earlier for session in sessions)
    for session in sessions:
        limit_s = dose.backward_limit_s(session.on, told)
        over = (earlier or bool(told)) and session.backward_s > limit_s + 1e-6
        counts_s = (dose.longest_in_window_s(session.on, told) or 0.0) if over else session.backward_s
        told.append((session.on, counts_s))
        found.append(Counted(session, counts_s, limit_s))
    return found


def what_counts(
    history: Iterable[tuple[date, float]], *, earlier: bool = False
) -> tuple[tuple[tuple[date, float], ...], tuple[date, ...]]:
    """Return what a new plan may build on of days and backward seconds, oldest first, and the days that were over.

    One that was over stays a session, at least of the shortest that counts as one. `earlier`: something was done before
    these days, so that the first of them is not the first of all.

    >>> long_ago, now = date(2026, 5, 1), date(2026, 8, 3)
    >>> what_counts([(long_ago, 300.0), (now, 900.0)])
    (((datetime.date(2026, 5, 1), 300.0), (datetime.date(2026, 8, 3), 20.0)), (datetime.date(2026, 8, 3),))
    """
    told: list[tuple[date, float]] = []
    over: list[date] = []
    for on, backward_s in sorted(history):
        too_long = (earlier or bool(told)) and backward_s > dose.backward_limit_s(on, told) + 1e-6
        if too_long:
            over.append(on)
        before_s = max(dose.COUNTS_FROM_S.value, dose.longest_in_window_s(on, told) or 0.0)
        told.append((on, before_s if too_long else backward_s))
    return tuple(told), tuple(over)


def words(counted: Counted) -> Reason:
    """Say that a session was over, with its numbers."""
    return Reason(
        f"On {counted.done.on:%A} you went backward for {minutes(counted.done.backward_s)}, more than the "
        f"{minutes(counted.limit_s)} that 110 % of your longest left: the plan does not build on it.",
        dose.SPIKE_PER_DIRECTION.key,
    )


def minutes(seconds: float) -> str:
    """Say a duration to a tenth of a minute.

    >>> minutes(330), minutes(600), minutes(60)
    ('5.5 minutes', '10 minutes', '1 minute')
    """
    told = f"{seconds / 60:.1f}".removesuffix(".0")
    return f"{told} {noun_of(float(told), 'minute')}"
