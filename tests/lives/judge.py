"""The judge: holds what is offered at a door to the rules, with nothing but the book of this person in hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tests.lives import person, rules
from tests.lives.facts import DAY, Book, Content, Said, content
from tests.lives.setbacks import Setback, blocked_until_cleared, calves_sore, setbacks, utc

#: So far ahead a plan is read at each look; what lies behind is read on another day.
AHEAD = timedelta(days=35)
#: So long a plan remembers what lowered it (rule 14).
WAY_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Violation:
    """One offer that breaks one rule."""

    rule: str
    door: str
    at: datetime
    text: str
    session: str = ""

    def __str__(self) -> str:
        return f"{self.at:%a %Y-%m-%d %H:%M} {self.door}: [{self.rule}] {self.session} {self.text}"


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as a door shows it on a moment."""

    protocol: str
    sessions: tuple[Content, ...]  #: all, past ones too
    waiting: frozenset[str]  #: of those, the ones that are held by a gate

    def coming(self, today: date) -> list[Content]:
        return sorted((one for one in self.sessions if one.on >= today), key=lambda one: (one.on, one.workout_id))


class Judge:
    """Reads looks of one life."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.found: list[Violation] = []
        self._calm: tuple[int, Shown] | None = None
        self._read: tuple[int, list[Setback], list[rules.Item]] | None = None

    def note(self, rule: str, door: str, at: datetime, text: str, session: str = "") -> None:
        """Keep the first violation of a rule at a door."""
        if not any(one.rule == rule and one.door == door for one in self.found):
            self.found.append(Violation(rule, door, at, text, session))

    # What a look offers

    def offers(self, shown: Shown, now: datetime, *, door: str) -> None:
        """Hold every session to come, as if all before it were done as planned."""
        before = list(self._items())
        recorded_today = any(rec.day == now.date() for rec in self.book.recorded)
        done = self.book.done_ids()
        unplanned = [rec.day for rec in self.book.recorded if rec.followed is None or rec.planned_share < 0.95]
        walks_only = all(one.walks_only for one in shown.sessions)
        # Of a session of yesterday its runner is still being asked (decision 35). That it was done is open, so it
        # adds no load; what lies two days on is put right tomorrow where it was not.
        open_ = [one for one in shown.sessions if one.on == now.date() - DAY and one.workout_id not in done]
        begun = {rec.day for rec in self.book.recorded if rec.followed or rec.load_s >= rules.SESSION_FROM_S}
        open_ = [one for one in open_ if one.on not in begun]
        before += [replace(rules.item_of(one), load_s=0.0, run_s=0.0) for one in open_]
        for one in shown.coming(now.date()):
            if one.on > now.date() + AHEAD:
                break
            # What is done stays in the plan; that it is not offered again is held at the door of Today.
            taken = one.workout_id in done or (one.on == now.date() and recorded_today)
            if taken or any(abs(one.on - day) <= DAY for day in unplanned):
                continue
            held = one.workout_id in shown.waiting
            self._hold(one, None, now, before, shown, walks_only, f"{door} (on hold)" if held else door, held=held)
            before.append(rules.item_of(one))

    def offered_now(self, offer: Content, shown: Shown, now: datetime, *, door: str) -> None:
        """Hold a session that a door says may be done at this moment."""
        book = self.book
        if offer.workout_id in book.done_ids():
            self.note("15 done and offered again", door, now, "this session is done", offer.workout_id)
        walks_only = all(one.walks_only for one in shown.sessions)
        self._hold(replace(offer, on=now.date()), now, now, self._items(), shown, walks_only, door)

    def _hold(
        self,
        offer: Content,
        at: datetime | None,
        now: datetime,
        before: Sequence[rules.Item],
        shown: Shown,
        walks_only: bool,
        door: str,
        *,
        held: bool = False,
    ) -> None:
        told = [one for one in self._setbacks() if max(utc(one.told), utc(one.moment)) <= utc(now)]
        case = rules.Case(self.book, told, offer, offer.on, at, now, before, shown.protocol, walks_only)
        words = f"{offer.workout_id} on {offer.on} (stage {offer.stage}, {offer.backward_s:.0f} s)"
        # A day on which nothing goes backward spends nothing of the dose.
        for check in (*(rules.DOSE if offer.backward_s else ()), *person.PERSON):
            for rule, text in check(case):
                # What waits behind a gate is not offered yet; what it would hold must be right all the same.
                if not (held and rule.startswith(rules.ABOUT_WHEN)):
                    self.note(rule, door, now, text, words)
        if not held:
            self._presence(offer, now, door, words)

    def _presence(self, offer: Content, now: datetime, door: str, words: str) -> None:
        why = blocked_until_cleared(self.book)
        if why:
            self.note("22 until a clinician has cleared it", door, now, why, words)
        if calves_sore(self.book) and offer.run_s:
            self.note("23 sore calves", door, now, "running, and nobody said 2 or less since", words)
        if self.book.flagged:
            self.note("26 red flag", door, now, "a session is offered while a red flag stands", words)

    # Red flags

    def taken_back(self, told: Said, now: datetime, *, done: bool) -> None:
        """Rule 27: on the same day, and not a second time within 7 days."""
        second = any(now - before < 7 * DAY for before in self.book.taken_back)
        may = told.at.date() == now.date() and not second
        if done and not may:
            self.note("27 taken back too late or twice", "clearing", now, f"the flag is of {told.at:%Y-%m-%d}")
        if may and not done:
            self.note("27 taking back refused", "clearing", now, f"the flag is of {told.at:%Y-%m-%d}")
        if done:
            self.book.taken_back.append(now)
            self.book.flagged = False
            self.book.said = [replace(one, flags=()) for one in self.book.said]
            self.book.version += 1

    def as_before(self, told: Said, shown: Shown, now: datetime) -> None:
        """Rule 27: everything is as it was, but for what was done meanwhile."""
        if any(rec.start >= told.at for rec in self.book.recorded):
            return
        was = {(one.workout_id, one.on, one.signature) for one in told.held if one.on >= now.date()}
        if was and was != {(one.workout_id, one.on, one.signature) for one in shown.coming(now.date())}:
            self.note("27 not as before", "plan", now, "the plan is not what it was before the flag")

    # What changes

    def wished(self, before: Shown, after: Shown, now: datetime, kind: str, target: str | None) -> None:
        """Rule 15: for what is left out or moved no session grows; what is moved keeps its content."""
        self._grown(before, after, now, f"15 {kind} makes another longer", {target} if kind == "move" else set())
        if kind != "move" or target is None:
            return
        was = next((one for one in before.sessions if one.workout_id == target), None)
        now_is = next((one for one in after.sessions if one.workout_id == target), None)
        if was is None or now_is is None or self._setbacks():
            return
        if now_is.backward_s > was.backward_s + rules.ROUNDING_S:
            self.note(
                "15 moved and longer", "plan", now, f"{was.backward_s:.0f} s to {now_is.backward_s:.0f} s", target
            )
        elif now_is.signature != was.signature:
            self.note(
                "15 moved and changed?", "plan", now, f"{was.backward_s:.0f} s to {now_is.backward_s:.0f} s", target
            )

    def watch_calm(self, shown: Shown, now: datetime, *, settled: bool) -> None:
        """Rule 15: where nothing happened but misses, no session grows. `settled`: no proposal is open."""
        if self.book.allowed is not None and self.book.allowed.until is not None:
            self._calm = None  # a ceiling that ends lets sessions grow again
        elif self._calm is not None and self._calm[0] == self.book.version:
            self._grown(self._calm[1], shown, now, "15 missed makes another longer", set())
        elif settled:
            self._calm = (self.book.version, shown)

    def accepted(self, now: datetime) -> None:
        """What lowered a plan was taken back, and its runner took the way back: then sessions may grow.

        The offer waits until a setback is behind, so what was taken back counts for the window of rule 14.
        """
        if any(timedelta(0) <= now - at <= WAY_BACK for at in self.book.gave_back):
            self._calm = None

    def _grown(self, before: Shown, after: Shown, now: datetime, rule: str, but: set[str | None]) -> None:
        was = {one.workout_id: one for one in before.sessions}
        for one in after.coming(now.date()):
            old = was.get(one.workout_id)
            if old is None or one.workout_id in but:
                continue
            if one.backward_s > old.backward_s + rules.ROUNDING_S:
                text = f"{old.backward_s:.0f} s to {one.backward_s:.0f} s"
                self.note(rule, "plan", now, text, one.workout_id)

    # Reading, once for each state of the book

    def _items(self) -> list[rules.Item]:
        return self._state()[2]

    def _setbacks(self) -> list[Setback]:
        return self._state()[1]

    def _state(self) -> tuple[int, list[Setback], list[rules.Item]]:
        if self._read is None or self._read[0] != self.book.version:
            told = setbacks(self.book)
            hurt = {one.hurt.activity_id for one in told if one.hurt is not None and not one.loose}
            self._read = (self.book.version, told, rules.items_of(self.book, hurt))
        return self._read


def shown_of(plan: object, waiting: Iterable[str] = ()) -> Shown:
    """Count a plan as a door shows it."""
    workouts = tuple(content(one) for one in plan.workouts())  # type: ignore[attr-defined]
    return Shown(plan.protocol, workouts, frozenset(waiting))  # type: ignore[attr-defined]
