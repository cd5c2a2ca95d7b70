"""What the runner asked of the plan: sessions moved or left out, days on which nothing can be done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from backward_running.core.adaptation import Done, Setback, SetbackKind
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan, Reason, Week, Wish, WishKind, Workout
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans._days import day_words

Away = tuple[tuple[date, date], ...]
#: Kinds that are days on which nothing is planned.
SPELLS = (WishKind.ILL, WishKind.HOLIDAY, WishKind.EXPERIMENT)

ILLNESS = own_proposal(
    "adapt.illness",
    "While you are ill nothing is planned; afterwards a plan goes on one stage back and at most with the last load "
    "less a step of 10 %, until two sessions were done.",
)
STAGES_BACK_COUNT = Number("illness_stages_back_count", 1, "1", ILLNESS)
SESSIONS_AFTER_COUNT = Number("illness_sessions_after_count", 2, "1", ILLNESS)


def problem(plan: Plan, wish: Wish, *, today: date, done_ids: Iterable[str]) -> str | None:
    """Say why a wish cannot be met before any rule is asked, None where it may be.

    Raises
    ------
    BadValue
        It lacks what its kind needs, or names a session the plan does not have.
    """
    if wish.kind in SPELLS:
        _check_days(wish)
        return None
    workout = session_of(plan, wish)
    if workout.workout_id in set(done_ids):
        return f"{day_words(workout.on)} is already done: it stays as it is."
    if workout.on < today and not (wish.kind is WishKind.MOVE and _week_runs(plan, workout, today)):
        return f"{day_words(workout.on)} is past: it stays as it is."
    return None


def _week_runs(plan: Plan, workout: Workout, today: date) -> bool:
    """Tell whether the week of a session still runs: until then what was missed may be moved, and keeps its content."""
    return any(week.number == workout.week and today < week.starts_on + timedelta(weeks=1) for week in plan.weeks)


def session_of(plan: Plan, wish: Wish) -> Workout:
    """Return the session a wish speaks of. Raises BadValue."""
    found = next((workout for workout in plan.workouts() if workout.workout_id == wish.workout_id), None)
    if found is None:
        raise BadValue("workout_id", "name a session of this plan", wish.workout_id)
    if wish.kind is WishKind.MOVE and wish.to is None:
        raise BadValue("to", "be the day to which the session moves", wish.to)
    return found


def _check_days(wish: Wish) -> None:
    if wish.first_on is None:
        raise BadValue("first_on", "be the first day on which nothing can be done", wish.first_on)
    if wish.last_on is None and wish.kind is not WishKind.ILL:
        raise BadValue("last_on", "be the last day on which nothing can be done", wish.last_on)
    if wish.last_on is not None and wish.last_on < wish.first_on:
        raise BadValue("last_on", f"not lie before {day_words(wish.first_on)}", wish.last_on)


def _newest(wishes: Iterable[Wish], kind: WishKind) -> list[Wish]:
    """Return the wishes of a kind; of two that begin on the same day the later word counts."""
    found = {wish.first_on: wish for wish in wishes if wish.kind is kind}
    return [found[first] for first in sorted(day for day in found if day is not None)]


def away(wishes: Sequence[Wish]) -> Away:
    """Return the days on which nothing can be done, both ends inclusive; an illness without an end has none."""
    spells = [wish for kind in SPELLS for wish in _newest(wishes, kind)]
    return tuple(sorted((wish.first_on, wish.last_on or date.max) for wish in spells if wish.first_on is not None))


def is_experimenting(wishes: Iterable[Wish], today: date) -> bool:
    """Tell whether an experiment asks for days without, today or later."""
    return any(wish.kind is WishKind.EXPERIMENT and (wish.last_on or date.max) >= today for wish in wishes)


def first_sessions(weeks: Sequence[Week], count: int, kept: Sequence[Workout]) -> tuple[Week, ...]:
    """Return weeks with so many sessions to come, the first ones; those that are kept stay and are not counted."""
    found = []
    for week in weeks:
        coming = [each for each in sorted(week.workouts, key=lambda each: each.on) if each not in kept]
        gone = coming[max(0, count) :]
        count -= len(coming)
        found.append(replace(week, workouts=tuple(each for each in week.workouts if each not in gone)))
    return tuple(found)


def first_free(day: date, spells: Away) -> date | None:
    """Return the first day from `day` on that lies in no spell, None where there is none.

    >>> first_free(date(2026, 5, 4), ((date(2026, 5, 3), date(2026, 5, 6)),))
    datetime.date(2026, 5, 7)
    """
    for first, last in spells:
        if first <= day <= last:
            if last == date.max:
                return None
            day = last + timedelta(days=1)
    return day


def illnesses(wishes: Sequence[Wish], done: Sequence[Done]) -> tuple[Setback, ...]:
    """Return the illnesses after which the plan does not grow yet."""
    said = []
    for wish in _newest(wishes, WishKind.ILL):
        over_on = wish.last_on
        after = [session for session in done if session.backward_s > 0 and over_on is not None and session.on > over_on]
        if wish.first_on is None or len(after) >= SESSIONS_AFTER_COUNT.value:
            continue
        said.append(
            Setback(
                SetbackKind.ILLNESS,
                wish.first_on,
                Reason("You were ill: one stage back, and a little less than before.", ILLNESS.key),
                stages_back=int(STAGES_BACK_COUNT.value),
                rest_until=None if over_on is None else over_on + timedelta(days=1),
            )
        )
    return tuple(said)


def skipped(wishes: Sequence[Wish]) -> tuple[str, ...]:
    """Return the ids of sessions that are left out."""
    return tuple(wish.workout_id for wish in wishes if wish.kind is WishKind.SKIP and wish.workout_id)


def week_of(plan: Plan, workout_id: str) -> int:
    """Return the week a session belongs to, as its id says.

    >>> from datetime import UTC, datetime
    >>> week_of(Plan("p", "beginner", "", datetime(2026, 5, 4, tzinfo=UTC)), "p-w03-2")
    3
    """
    return int(workout_id.removeprefix(f"{plan.plan_id}-w").partition("-")[0])


def moved(wishes: Sequence[Wish]) -> dict[str, date]:
    """Return the sessions that were moved and where to; the last word counts."""
    return {wish.workout_id: wish.to for wish in wishes if wish.kind is WishKind.MOVE and wish.workout_id and wish.to}


def words(plan: Plan, wish: Wish) -> Reason:
    """Say what was asked, as the reason of a change."""
    if wish.kind is WishKind.MOVE and wish.to is not None:
        return Reason(f"You moved {day_words(session_of(plan, wish).on)} to {day_words(wish.to)}.")
    if wish.kind is WishKind.SKIP:
        return Reason(f"You leave {day_words(session_of(plan, wish).on)} out.")
    until = f"until {wish.last_on.day} {wish.last_on:%B}" if wish.last_on else "until you say that you are well"
    if wish.kind is WishKind.EXPERIMENT:
        span = f"{day_words(wish.first_on)} to {day_words(wish.last_on)}" if wish.first_on and wish.last_on else ""
        return Reason(f"Your experiment asks for days without backward running: {span}.")
    what = "You are ill" if wish.kind is WishKind.ILL else "You are away"
    key = ILLNESS.key if wish.kind is WishKind.ILL else None
    since = f"{wish.first_on.day} {wish.first_on:%B}" if wish.first_on else "today"
    return Reason(f"{what} from {since} {until}: nothing is planned on these days.", key)
