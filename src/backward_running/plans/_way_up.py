"""The way back up after a setback: a session grows from what went well since, not from what was done before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from backward_running.core.adaptation import Done, Setback
from backward_running.core.plan import Reason
from backward_running.plans import _after_setback, dose
from backward_running.plans._block import span_words
from backward_running.plans._spikes import Counted
from backward_running.plans.base import Rise


def rises_of(sessions: Sequence[Counted], told: Iterable[Setback], today: date) -> tuple[Rise, ...]:
    """Return what each setback of the last 30 days leaves of the way back up, in force or behind.

    The 110 % rule by itself would look past a setback: a week of short sessions, and the next one is a tenth longer
    than the longest before the one that hurt. So it looks back no further than to the setback, and nobody is bound by
    it below the dose that hurt, or below five minutes where that was more.

    Parameters
    ----------
    sessions : sequence of Counted
        Sessions with backward time, oldest first.
    told : iterable of Setback
        Every one that was told and not taken back.
    today : date
        The day.
    """
    oldest = today - timedelta(days=int(dose.WINDOW_DAYS_COUNT.value))
    late = (
        told_setback
        for told_setback in dict.fromkeys(told)
        if told_setback.on >= oldest and told_setback.kind not in _after_setback.OWN_RULE
    )
    found = (_rise(sessions, setback) for setback in late)
    return tuple(rise for rise in found if rise is not None)


def limit_s(rise: Rise, on: date, made: Iterable[tuple[date, float]] = ()) -> float | None:
    """Return the backward seconds that a session on that day may have on the way back up; None where it is behind.

    >>> rise = Rise(date(2026, 12, 7), 180.0, Reason("pain"), ((date(2026, 12, 12), 120.0),))
    >>> limit_s(rise, date(2026, 12, 14)), round(limit_s(rise, date(2026, 12, 16), [(date(2026, 12, 14), 180.0)]))
    (180.0, 198)
    >>> limit_s(rise, date(2027, 1, 8)) is None
    True
    """
    if not 0 <= (on - rise.since).days <= dose.WINDOW_DAYS_COUNT.value:
        return None
    longest_s = dose.longest_in_window_s(on, (*rise.done, *made)) or 0.0
    return max(min(dose.FIRST_SESSION_S.value, rise.hurt_s), dose.BACKWARD_GROWTH_RATIO.value * longest_s)


def _rise(sessions: Sequence[Counted], setback: Setback) -> Rise | None:
    heeded = [session for session in sessions if not _after_setback.defies(session.done, setback)]
    hurt = next((session for session in heeded if session.done.activity_id == setback.activity_id), None)
    hurt_s = _hurt_s(heeded, setback, hurt)
    if not hurt_s:
        return None
    free_s = dose.FIRST_SESSION_S.value
    most = "the one before it" if hurt_s <= free_s else f"{span_words(free_s)} (it was {span_words(hurt_s)} then)"
    own = f", {span_words(hurt_s)}," if hurt_s <= free_s else ""
    text = (
        f"after {setback.kind.value} on {setback.on:%A} {setback.on.day} {setback.on:%B} no session is longer than "
        f"{most}{own} or than a tenth over your longest since."
    )
    rise = Rise(setback.on, hurt_s, Reason(text, dose.SETBACK.key))
    after = (session.done for session in heeded if _after_setback.is_after(session.done, setback, hurt))
    return _with(rise, after)


def _hurt_s(sessions: Sequence[Counted], setback: Setback, hurt: Counted | None) -> float:
    """Return how long the session that hurt was; where none is named, the longest of the seven days before."""
    if hurt is not None:
        return hurt.done.backward_s
    before = [session for session in sessions if session.done.on <= setback.on]
    if not before:
        return 0.0
    since = before[-1].done.on - timedelta(days=int(_after_setback.LOOK_BACK_DAYS.value))
    return max(session.counts_s for session in before if session.done.on > since)


def _with(rise: Rise, after: Iterable[Done]) -> Rise:
    """Take in what was done since. A session over its limit counts as the longest before it, as in the 110 % rule."""
    told: list[tuple[date, float]] = []
    for done in after:
        most_s = limit_s(rise, done.on, told)
        over = most_s is not None and done.backward_s > most_s + 1e-6
        counts_s = (dose.longest_in_window_s(done.on, told) or 0.0) if over else done.backward_s
        told.append((done.on, counts_s))
    return Rise(rise.since, rise.hurt_s, rise.reason, tuple(told))


def binding(rises: Iterable[Rise], on: date, made: Sequence[tuple[date, float]]) -> Iterator[tuple[float, Reason]]:
    """Yield what the way back up leaves for a session on that day, with why."""
    for rise in rises:
        most_s = limit_s(rise, on, made)
        if most_s is not None:
            yield most_s, rise.reason
