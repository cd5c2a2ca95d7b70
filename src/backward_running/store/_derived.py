"""From what sessions were derived, and what each recording teaches of its runner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Select, and_, func, literal, or_, select, union_all, update
from sqlalchemy.engine import Connection

from backward_running.core.derivation import FINGERPRINT_LENGTH, Derivation, Lesson
from backward_running.core.glance import once
from backward_running.core.habits import MOST_TRAITS, Habits, Pulse, Traits
from backward_running.core.recording import Recording
from backward_running.store import _wire
from backward_running.store._bound import AT_ONCE, Bound
from backward_running.store.schema import activity, derived, person

T = TypeVar("T")

#: How a row says that nothing is known of what it was derived from.
NOTHING = Derivation("", "", "")

#: Behind every letter of a fingerprint, in whatever order a database has them.
_LAST = "g"

_BEGAN = (derived.c.began_at, derived.c.activity_id)
_NEWEST_FIRST = (activity.c.started_at.desc(), activity.c.activity_id)


class SqlDerived(Bound):
    """What matches and what does not; habits are read off the lessons, so none of them is lost between two writers."""

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is changed inside, or nothing; nobody else changes this person's runs meanwhile."""
        with self._together() as connection:
            connection.execute(select(person.c.revision).where(self._me()).with_for_update())
            yield

    @once
    def count_stale(self, basis: str) -> int:
        """Count the activities whose session is of another basis."""
        # Two ends of an index: where all match, neither is read. Every activity has its row, whoever put it in.
        each = (derived.c.basis < basis, derived.c.basis > basis)
        counted = (select(func.count()).where(self._mine(derived), outdated).scalar_subquery() for outdated in each)
        with self._reading() as connection:
            return sum(connection.execute(select(*counted)).one())

    def stale(self, basis: str, *, most: int, besides: Sequence[str] = ()) -> tuple[str, ...]:
        """Return activities whose session is of another basis, newest first."""
        return self._stale(_other(basis), besides, _NEWEST_FIRST, most)

    def stale_recipe(self, recipe: str, *, most: int, besides: Sequence[str] = ()) -> tuple[str, ...]:
        """Return activities that were judged by another recipe, oldest first."""
        other = or_(derived.c.basis < recipe, derived.c.basis > recipe + _LAST)  # what begins with it lies between
        return self._stale(other, besides, _BEGAN, most)

    def stale_of(self, activity_ids: Sequence[str], basis: str) -> frozenset[str]:
        """Return those of some activities whose session is of another basis."""
        return self._stale_of(tuple(activity_ids), basis)

    @once
    def _stale_of(self, activity_ids: tuple[str, ...], basis: str) -> frozenset[str]:
        wanted = select(derived.c.activity_id).where(self._mine(derived), _other(basis))
        found: set[str] = set()
        with self._reading() as connection:
            for first in range(0, len(activity_ids), AT_ONCE):
                some = activity_ids[first : first + AT_ONCE]
                found.update(connection.scalars(wanted.where(derived.c.activity_id.in_(some))))
        return frozenset(found)

    @once
    def derivation(self, activity_id: str) -> Derivation:
        """Return from what a session was derived; of nothing where that is not known."""
        wanted = select(derived.c.basis, derived.c.inputs).where(self._is_derived(activity_id))
        with self._reading() as connection:
            found = connection.execute(wanted).first()
        if found is None:
            return NOTHING
        return Derivation(found.basis[:FINGERPRINT_LENGTH], found.basis[FINGERPRINT_LENGTH:], found.inputs)

    def put_derivation(self, activity_id: str, derivation: Derivation) -> None:
        """Keep that a session as it is also follows from this; nothing happens where there is no such activity."""
        values = {"basis": derivation.basis, "inputs": derivation.inputs}
        with self._changing() as connection:
            connection.execute(update(derived).where(self._is_derived(activity_id)).values(values))

    def doubt(self, activity_ids: Sequence[str]) -> None:
        """Let sessions of these activities no longer match: what was said of them may be another now."""
        with self._changing() as connection:
            for first in range(0, len(activity_ids), AT_ONCE):
                some = derived.c.activity_id.in_(activity_ids[first : first + AT_ONCE])
                connection.execute(update(derived).where(self._mine(derived), some).values(basis=_UNPRICED))

    @once
    def habits(self) -> Habits:
        """Return what was learned of how the runner moves, from the newest recordings that teach it."""
        newest = [
            self._lessons(column, simulated=simulated)
            for column in (derived.c.traits, derived.c.pulse)
            for simulated in (False, True)
        ]
        with self._reading() as connection:
            found = connection.execute(union_all(*(select(wanted.subquery()) for wanted in newest))).all()
        traits = self._made(Traits, [row.lesson for row in found if row.kind == derived.c.traits.name])
        pulses = self._made(Pulse, [row.lesson for row in found if row.kind == derived.c.pulse.name])
        return Habits(
            tuple(sorted(traits, key=lambda trait: (trait.started_at, trait.activity_id))),
            tuple(sorted(pulses, key=lambda pulse: (pulse.started_at, pulse.activity_id))),
        )

    def pulses_before(self, began_at: datetime, activity_id: str, *, simulated: bool) -> tuple[Pulse, ...]:
        """Return what the heart said of backward running in the newest recordings before one, oldest first."""
        earlier = or_(
            derived.c.began_at < began_at, and_(derived.c.began_at == began_at, derived.c.activity_id < activity_id)
        )
        wanted = (
            select(derived.c.pulse)
            .where(self._mine(derived), derived.c.simulated.is_(simulated), derived.c.prices.is_(True), earlier)
            .order_by(*(column.desc() for column in _BEGAN))
            .limit(MOST_TRAITS)
        )
        with self._reading() as connection:
            texts = list(connection.scalars(wanted))
        return tuple(reversed(self._made(Pulse, texts)))

    @once
    def is_forgotten(self, activity_id: str) -> bool:
        """Whether the runner wants an activity to teach nothing."""
        with self._reading() as connection:
            return bool(connection.scalar(select(derived.c.forgotten).where(self._is_derived(activity_id))))

    def forget_habits(self) -> int:
        """Forget what all recordings taught, until their runner says more of one. Return how many had taught."""
        taught = select(func.count()).where(self._mine(derived), derived.c.traits.is_not(None))
        values = {"traits": None, "pulse": None, "prices": False, "forgotten": True}
        with self._changing() as connection:
            count = connection.execute(taught).scalar_one()
            if connection.scalar(select(derived.c.activity_id).where(self._mine(derived), derived.c.prices).limit(1)):
                connection.execute(update(derived).where(self._mine(derived)).values(basis=_UNPRICED))
            connection.execute(update(derived).where(self._mine(derived)).values(values))
        return int(count)

    def _made(self, kind: type[T], texts: Sequence[str]) -> list[T]:
        """Read nouns; of which the store still says what it said are not made anew."""
        return self._at_hand.made(
            self.athlete_id, kind.__name__, texts, lambda new: [_wire.loads(kind, text) for text in new]
        )

    def _insert_derived(self, connection: Connection, came: Sequence[tuple[Recording, Derivation, Lesson]]) -> None:
        """Keep of new recordings, as they came, from what they follow and what they teach.

        A later recording that was there before one that prices backward running is priced anew.
        """
        for simulated in (False, True):
            pricing = (
                (made.started_at, made.activity_id)
                for made, _, lesson in came
                if lesson.prices and made.simulated is simulated
            )
            first = min(pricing, default=None)
            if first is not None:
                self._price_anew_after(connection, *first, simulated=simulated)
        self._insert(
            connection,
            derived,
            (
                {
                    "activity_id": recording.activity_id,
                    "began_at": recording.started_at,
                    "simulated": recording.simulated,
                    "basis": derivation.recipe if is_late else derivation.basis,
                    "inputs": derivation.inputs,
                    "forgotten": False,
                    **_taught(lesson),
                }
                for (recording, derivation, lesson), is_late in zip(came, _priced_late(came), strict=True)
            ),
        )

    def _put_lesson(self, connection: Connection, activity_id: str, lesson: Lesson) -> None:
        """Keep what a recording teaches. Where it prices backward running otherwise now, later ones are priced anew."""
        kept = connection.execute(select(derived).where(self._is_derived(activity_id))).mappings().first()
        if kept is None:
            return
        values = _taught(lesson)
        if (kept["prices"] or lesson.prices) and kept["pulse"] != values["pulse"]:
            self._price_later_anew(connection, activity_id)
        connection.execute(update(derived).where(self._is_derived(activity_id)).values(forgotten=False, **values))

    def _doubt_prices(self, connection: Connection, activity_id: str) -> None:
        """Have a recording that came back priced anew, and those after it where it prices backward running."""
        kept = connection.execute(select(derived.c.prices).where(self._is_derived(activity_id))).first()
        if kept is not None and kept.prices:
            self._price_later_anew(connection, activity_id)
        connection.execute(update(derived).where(self._is_derived(activity_id)).values(basis=_UNPRICED))

    def _price_later_anew(self, connection: Connection, activity_id: str) -> None:
        """Take the mark of the profile off every recording after one: what it is priced with is another now."""
        wanted = select(derived.c.began_at, derived.c.simulated).where(self._is_derived(activity_id))
        row = connection.execute(wanted).first()
        if row is not None:
            self._price_anew_after(connection, row.began_at, activity_id, simulated=row.simulated)

    def _price_anew_after(
        self, connection: Connection, began_at: datetime, activity_id: str, *, simulated: bool
    ) -> None:
        same = derived.c.began_at == began_at
        later = or_(derived.c.began_at > began_at, and_(same, derived.c.activity_id > activity_id))
        priced = func.length(derived.c.basis) > FINGERPRINT_LENGTH
        of_person = update(derived).where(self._mine(derived), derived.c.simulated.is_(simulated))
        connection.execute(of_person.where(later, priced).values(basis=_UNPRICED))

    def _stale(
        self, other: ColumnElement[bool], besides: Sequence[str], order: tuple[ColumnElement[Any], ...], most: int
    ) -> tuple[str, ...]:
        wanted = select(derived.c.activity_id).join_from(derived, activity).where(self._mine(derived), other)
        if besides:
            wanted = wanted.where(derived.c.activity_id.not_in(besides))
        with self._reading() as connection:
            return tuple(connection.scalars(wanted.order_by(*order).limit(most)))

    def _lessons(self, column: Column[Any], *, simulated: bool) -> Select[Any]:
        """Select what the newest recordings teach of one kind."""
        named = select(literal(column.name).label("kind"), column.label("lesson"))
        mine = (self._mine(derived), derived.c.simulated.is_(simulated), column.is_not(None))
        return named.where(*mine).order_by(*(column.desc() for column in _BEGAN)).limit(MOST_TRAITS)

    def _is_derived(self, activity_id: str) -> ColumnElement[bool]:
        return and_(self._mine(derived), derived.c.activity_id == activity_id)

    def _me(self) -> ColumnElement[bool]:
        return person.c.athlete_id == self._athlete_id


#: A basis without its profile: what was found stays as it is, and is priced anew.
_UNPRICED = func.substr(derived.c.basis, 1, FINGERPRINT_LENGTH)


def _priced_late(came: Sequence[tuple[Recording, Derivation, Lesson]]) -> list[bool]:
    """Say of each recording whether it was priced before an earlier one came that prices backward running."""
    first: dict[bool, tuple[datetime, str]] = {}
    late = []
    for recording, _, lesson in reversed(came):
        began, simulated = (recording.started_at, recording.activity_id), recording.simulated
        late.append(simulated in first and first[simulated] < began)
        if lesson.prices:
            first[simulated] = min(began, first.get(simulated, began))
    return late[::-1]


def _taught(lesson: Lesson) -> dict[str, Any]:
    """Return the columns of what a recording teaches."""
    return {
        "traits": None if lesson.traits is None else _wire.dumps(lesson.traits),
        "pulse": None if lesson.pulse is None else _wire.dumps(lesson.pulse),
        "prices": lesson.prices,
    }


def _other(basis: str) -> ColumnElement[bool]:
    return or_(derived.c.basis < basis, derived.c.basis > basis)
