"""Setbacks, as sections 6.1, 6.5 and 7 of the rules say it, read from what was recorded and said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from tests.lives.facts import DAY, Book, Content, Recorded, Said

#: Section 7: by tissue, 0–10. The places are those of which the tissue is beyond doubt.
LIMITS = {"achilles": 5.0, "calf": 3.0, "hamstring": 3.0, "thigh": 3.0, "front of knee": 3.0, "knee": 3.0}
UNKNOWN = 2.0
OSTEOARTHRITIS = 4.0
OF_A_SESSION = frozenset({"during", "after", "next morning", "24 h after", "48 h after"})
REACH = timedelta(hours=72)
REST = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Setback:
    """One setback with its moment and the session that hurt."""

    kind: str  #: "pain", "fall", "soreness", "broken off", "trend" or "cleared" (a red flag)
    moment: datetime
    told: datetime
    hurt: Recorded | None
    loose: bool  #: it belongs to no session: the one before it stands for the session that hurt
    held: tuple[Content, ...]  #: the plan as it was shown before this was told

    @property
    def rests(self) -> bool:
        """A rising trend holds the stage and asks for no pause (rule 20), a red flag has had its own."""
        return self.kind not in ("trend", "cleared")


def utc(moment: datetime) -> datetime:
    """True time: two moments of one zone would else be told apart by their clocks."""
    return moment.astimezone(UTC)


def limit(site: str, goal: str) -> float:
    """The pain limit of a place."""
    plain = site.removeprefix("left ").removeprefix("right ")
    if goal == "rehab:knee_osteoarthritis" and "knee" in plain:
        return OSTEOARTHRITIS
    if goal == "rehab:knee_surgery" and "knee" in plain:
        return UNKNOWN
    return LIMITS.get(plain, UNKNOWN)


def over(said: Said, goal: str) -> bool:
    """Whether a pain is over its limit."""
    return any(nrs > limit(site, goal) for site, nrs in said.pain.items())


def session_of(book: Book, said: Said) -> Recorded | None:
    """The session that something said belongs to."""
    named = next((rec for rec in book.recorded if rec.activity_id == said.about), None)
    if named is not None or said.moment not in OF_A_SESSION:
        return named
    before = [rec for rec in book.recorded if utc(rec.start) <= utc(said.at) and utc(said.at) - utc(rec.start) <= REACH]
    return before[-1] if before else None


def setbacks(book: Book) -> list[Setback]:
    """All setbacks so far, each once."""
    found: dict[tuple[str, datetime], Setback] = {}
    for one in (*_told(book), *_trends(book), *_cleared(book)):
        # The same calves a day later are the same soreness: what the plan held before it is what it was then.
        sore = [other for other in found.values() if other.kind == one.kind == "soreness"]
        near = [other for other in sore if timedelta(0) <= utc(one.told) - utc(other.told) <= REACH]
        found.setdefault((one.kind, utc(one.moment)), replace(one, held=near[-1].held) if near else one)
    return list(found.values())


def _told(book: Book) -> Iterator[Setback]:
    goal = str(book.answers["goal"])
    for said in book.said:
        of = session_of(book, said)
        moment = of.start if of is not None else said.at
        hurt = of or _last_before(book, moment)
        # What was said of a session of this day, and a session of it that is only told, may be of each other.
        by_word = any(rec.activity_id.startswith("said:") and rec.day == said.at.date() for rec in book.recorded)
        unsure = of is None or (said.about is None and said.moment in ("during", "after") and by_word)
        kinds = (
            ("pain", over(said, goal)),
            ("fall", said.fell),
            ("soreness", (said.soreness or 0) >= 4),
            ("broken off", said.broken_off),
        )
        for kind, happened in kinds:
            if happened:
                yield Setback(kind, moment, said.at, hurt, unsure, said.held)


def _cleared(book: Book) -> Iterator[Setback]:
    """Rule 28: after a clinician's word on a red flag the plan goes on one stage down, and rule 21 holds."""
    for at, what in book.cleared:
        flags = [said for said in book.said if said.flags and utc(said.at) <= utc(at)]
        if what == "flag" and flags:
            last = _last_before(book, flags[-1].at)
            yield Setback("cleared", flags[-1].at, at, last, last is None or last.followed is None, flags[-1].held)


def _last_before(book: Book, moment: datetime) -> Recorded | None:
    before = [rec for rec in book.recorded if utc(rec.start) <= utc(moment)]
    return before[-1] if before else None


def _trends(book: Book) -> Iterator[Setback]:
    """Pain at one place that rises from one week to the next: only where Monday weeks and plan weeks agree."""
    if not any(said.pain for said in book.said) or not book.plan_starts or book.plan_starts[-1].weekday() != 0:
        return
    worst: dict[tuple[str, date], tuple[float, Said]] = {}
    for said in book.said:
        of = session_of(book, said)
        day = (of.start if of is not None else said.at).date()
        # A week by the session and a week by the day of telling must be the same, or the trend is a matter of reading.
        if _monday(day) != _monday(said.at.date()):
            continue
        for site, nrs in said.pain.items():
            key = (site, _monday(day))
            if key not in worst or worst[key][0] < nrs:
                worst[key] = (nrs, said)
    for (site, week), (nrs, said) in worst.items():
        before = worst.get((site, week - 7 * DAY))
        if before is not None and 0 < before[0] <= nrs - 1 and book.plan_starts[-1] <= week - 7 * DAY:
            end = datetime.combine(week + 7 * DAY, datetime.min.time(), said.at.tzinfo)
            yield Setback("trend", end, said.at, _last_before(book, end), False, said.held)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def blocked_until_cleared(book: Book) -> str | None:
    """Rule 22: why there is no session until a clinician has cleared it; None where nothing is in the way."""
    goal = str(book.answers["goal"])
    cleared = max((at for at, what in book.cleared if what == "pain"), default=None)
    open_now = [said for said in book.said if cleared is None or utc(said.at) > utc(cleared)]
    if any(nrs >= 7 for said in open_now for nrs in said.pain.values()):
        return "pain of 7/10 or more"
    days = []
    for said in open_now:
        if over(said, goal):
            of = session_of(book, said)
            days.append((of.start if of is not None else said.at).date())
    days = sorted(set(days))
    twice = any(after - before <= 6 * DAY for before, after in pairwise(days))
    return "pain over its limit twice in 7 days" if twice else None


def calves_sore(book: Book) -> bool:
    """Rule 23: 4/10 or more was said and nothing of 2 or less since."""
    sore = False
    for said in sorted((one for one in book.said if one.soreness is not None), key=lambda one: utc(one.at)):
        assert said.soreness is not None
        sore = said.soreness >= 4 or (sore and said.soreness > 2)
    return sore


def ceiling_of_7_days(book: Book, setback: Setback, first: date) -> tuple[float, str] | None:
    """Rule 21: the most backward time in the seven days from `first`, and why; None where nothing can be said."""
    week = book.week_of(setback.moment)
    candidates: list[tuple[float, str]] = []
    if week is not None:
        start = max(one for one in book.plan_starts if one <= setback.moment.date())
        if week == start:
            so_far = sum(
                rec.load_s for rec in book.recorded if rec.day >= start and utc(rec.start) <= utc(setback.moment)
            )
            # Who began anew did not begin with nothing: of a later plan's week 1 it is the seven days before it, too.
            before = book.between(setback.moment.date() - 7 * DAY, setback.moment.date() - DAY)
            last = max(so_far, before) if len(book.plan_starts) > 1 else so_far
            why = "what was done so far in week 1"
        else:
            last, why = book.between(week - 7 * DAY, week - DAY), "the last completed week"
        if last > 0:
            candidates.append((last, why))
        elif setback.hurt is not None:
            candidates.append((setback.hurt.load_s / 2, "half of the session that hurt"))
    held = sum(one.backward_s for one in setback.held if first <= one.on <= first + 6 * DAY)
    if held > 0:
        candidates.append((held, "what the plan held for those days"))
    return min(candidates) if candidates else None
