"""A life: who runs, where, and what happens on which day; made from a seed, written as a script, made smaller."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = 100
ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland", "Asia/Kolkata", "America/Sao_Paulo", "UTC")
FLAGS = ("chest_pain", "bone_tenderness", "dizziness", "locked_knee", "head_strike")
MORE_HEALTH = (
    "neuropathy", "osteoporosis", "seizures_or_fainting", "concussion_3_months", "pregnancy_first_trimester", "frail",
    "vertigo", "beta_blocker",
)  # fmt: skip
#: Places whose tissue, and so whose limit, is beyond doubt; with pains below and above every reading of it.
PAINS = {
    "left achilles": ((1, 3, 5), (6,)),
    "right calf": ((1, 3), (4, 5)),
    "front of knee": ((1, 2), (5, 6)),
    "left knee": ((1, 2), (5, 6)),
    "elsewhere": ((1, 2), (4, 5)),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens: on a day of the life, at a minute of the day."""

    day: int
    minute: int
    kind: str
    told: Mapping[str, object] = field(default_factory=dict)

    def words(self, start: date) -> str:
        on = start + timedelta(days=self.day)
        told = ", ".join(f"{key}={value}" for key, value in self.told.items())
        return f"day {self.day:3d}  {on:%a %Y-%m-%d} {self.minute // 60:02d}:{self.minute % 60:02d}  {self.kind} {told}"


@dataclass(frozen=True, slots=True)
class Life:
    """A person and a hundred days."""

    seed: int
    start: date
    zone: str
    answers: Mapping[str, object]
    events: tuple[Event, ...]

    def moment(self, event: Event, zone: str | None = None) -> datetime:
        day = self.start + timedelta(days=event.day)
        return datetime.combine(day, time(event.minute // 60, event.minute % 60), ZoneInfo(zone or self.zone))

    def script(self) -> str:
        """The life as a person reads it, and as it can be lived again."""
        who = ", ".join(f"{key}={value}" for key, value in self.answers.items())
        lines = [f"seed {self.seed}, {self.zone}, from {self.start:%a %Y-%m-%d}", f"  {who}"]
        return "\n".join([*lines, *("  " + one.words(self.start) for one in self.events)])

    def to_json(self) -> str:
        events = [[one.day, one.minute, one.kind, dict(one.told)] for one in self.events]
        return json.dumps([self.seed, self.start.isoformat(), self.zone, dict(self.answers), events])

    @classmethod
    def from_json(cls, text: str) -> Life:
        seed, start, zone, answers, events = json.loads(text)
        return cls(seed, date.fromisoformat(start), zone, answers, tuple(Event(*one) for one in events))


def life(seed: int) -> Life:
    """Make a life from a seed."""
    rng = random.Random(seed)
    start = date(2026, 1, 1) + timedelta(days=rng.randrange(365))
    if rng.random() < 0.7:
        start -= timedelta(days=start.weekday())
    answers = _who(rng)
    more = random.Random(f"{seed} more")  # what was added later, so that the lives before stay what they were
    if more.random() < 0.05:
        answers["health"] = [more.choice(MORE_HEALTH)]
    odd = _odd(more, answers)
    told = list(_by_word(random.Random(f"{seed} by word"), _events(rng)))
    later = _said_later(random.Random(f"{seed} said later"), told)
    late = _moved_late(random.Random(f"{seed} moved late"))
    events = sorted([*odd, *told, *later, *late], key=lambda one: (one.day, one.minute))
    return Life(seed, start, rng.choice(ZONES), answers, tuple(events))


def _by_word(rng: random.Random, events: Iterator[Event]) -> Iterator[Event]:
    """Let somebody without a watch say what was done, and others now and then: at once, or later that day."""
    often = rng.choice((0.0, 0.0, 0.0, 0.03, 0.03, 1.0))
    for event in events:
        if event.kind == "do" and rng.random() < often:
            after_min = rng.choice((0, 0, 20, 120))
            yield replace(event, told={**event.told, "watch": False, "unknown": False, "word_after_min": after_min})
            if rng.random() < 0.03:
                yield replace(event, minute=min(event.minute + 180, 23 * 60 + 50), kind="word back", told={})
        else:
            yield event


def _said_later(rng: random.Random, events: list[Event]) -> Iterator[Event]:
    """Say on the next morning how it felt, mostly; do something else and say so; take back what was told by mistake."""
    often = rng.choice((1.0, 1.0, 0.95, 0.95, 0.8, 0.5, 0.0))
    slips = rng.choice((0.0, 0.1, 0.5))
    for event in events:
        if event.kind in ("do", "unplanned") and rng.random() < often:
            yield Event(event.day + 1, 7 * 60 + 20, "felt", {"nrs": rng.choice((0, 0, 1, 2))})
        if event.kind == "do" and rng.random() < 0.03:
            seconds = rng.choice((60, 240, 400, 1200))
            yield Event(event.day + rng.choice((0, 1)), 20 * 60 + 15, "something else", {"backward_s": seconds})
        if event.kind == "something else" or (event.kind == "say" and rng.random() < slips):
            yield Event(event.day + rng.choice((0, 1, 3, 8)), 21 * 60 + 45, "told by mistake", {})
            yield Event(event.day + 3, 21 * 60 + 50, "answer", {"accept": True})


def _moved_late(rng: random.Random) -> Iterator[Event]:
    """Move what was missed to another day of its week, where there is such a session and a day that does."""
    often = rng.choice((0.0, 0.05, 0.3))
    for day in range(DAYS):
        if rng.random() < often:
            yield Event(day, 8 * 60, "move late", {"in_days": rng.randrange(3)})


def _odd(rng: random.Random, answers: dict[str, object]) -> list[Event]:
    """Somebody who runs often and hardly at all, and then goes backward for an hour."""
    if rng.random() > 0.03:
        return []
    answers |= {"forward_runs_per_week": 10, "longest_run_s": 300.0, "have": ["spotter", "supervisor"]}
    backward_s = rng.choice((1800, 3600))
    return [
        Event(1, 15 * 60, "say", {"fell": True, "moment": "other"}),
        Event(2, 15 * 60, "unplanned", {"backward_s": backward_s, "run": False}),
        Event(2, 17 * 60, "look", {}),
    ]


def _who(rng: random.Random) -> dict[str, object]:
    days = rng.choice(
        (["0", "2", "4"], ["0", "2", "5"], ["1", "3", "5"], ["0", "3"], ["0", "1", "2", "3", "4", "5", "6"])
    )
    answers: dict[str, object] = {
        "forward_runs_per_week": rng.choice((0, 2, 3, 3, 4, 5)),
        "easy_speed_mps": rng.choice((2.2, 2.8, 2.8, 3.3, 4.0)),
        "longest_run_s": rng.choice((0.0, 600.0, 1500.0, 3000.0, 3000.0, 5400.0)),
        "backward_experience_min": rng.choice((0.0, 0.0, 0.0, 30.0, 200.0)),
        "birth_year": rng.choice((1990, 1990, 1990, 1990, 1975, 2000, 2012, 1957, 1951, 1936)),
        "days": days,
        "have": rng.choice((["spotter"], ["spotter", "known_spot"], ["treadmill"], ["known_spot"], ["spotter", "supervisor"])),
        "goal": rng.choice(("try", "try", "try", "variety", "economy", "race", "rehab:runners_knee", "rehab:knee_osteoarthritis", "rehab:balance")),
        "parq": "all_no",
        "health": ["none"],
        "supervisor_name": "Ada",
    }  # fmt: skip
    if rng.random() < 0.55:  # most lives are of somebody who runs and is well: there the plans are longest
        answers |= {"forward_runs_per_week": 3, "longest_run_s": 3000.0, "birth_year": 1990, "goal": "try"}
    if rng.random() < 0.06:
        answers["health"] = [rng.choice(("stiff_neck", "fell_12_months", "anticoagulation"))]
    if int(str(answers["birth_year"])) < 1962 or answers["health"] == ["fell_12_months"]:
        answers["backward_walk_test_s"] = rng.choice((3.0, 5.0, 6.5))
    return answers


def _events(rng: random.Random) -> Iterator[Event]:
    trait = Trait(
        follows=rng.choice((0.5, 0.8, 0.95, 1.0)),
        cuts=rng.choice((0.0, 0.05, 0.3)),
        hurts=rng.choice((0.0, 0.02, 0.05)),
        accepts=rng.choice((0.0, 0.3, 0.7, 1.0)),
        hour=rng.choice((7, 12, 18, 20)),
    )
    gone = _absences(rng)
    for day in range(DAYS):
        if any(first <= day < last for first, last in gone):
            continue
        yield from _day(rng, day, trait)
    for _ in range(rng.choice((0, 0, 1, 2))):
        yield from _planned_ahead(rng, rng.randrange(2, DAYS - 5))
    if rng.random() < 0.12:
        yield from _flag(rng, rng.randrange(5, DAYS - 10))


@dataclass(frozen=True, slots=True)
class Trait:
    """How somebody is."""

    follows: float
    cuts: float
    hurts: float
    accepts: float
    hour: int


def _absences(rng: random.Random) -> list[tuple[int, int]]:
    """Stretches of days on which the program is not opened and nothing is done, of which nobody told it."""
    if rng.random() < 0.5:
        return []
    first = rng.randrange(5, DAYS - 20)
    return [(first, first + rng.choice((8, 14, 15, 21, 22, 28, 35)))]


def _day(rng: random.Random, day: int, trait: Trait) -> Iterator[Event]:
    minute = trait.hour * 60 + rng.randrange(0, 90)
    if rng.random() < trait.follows:
        share = round(rng.uniform(0.1, 0.8), 2) if rng.random() < trait.cuts else 1.0
        told = {"share": share, "watch": rng.random() < 0.6, "look": rng.random() < 0.08, "after": rng.random() < 0.03}
        yield Event(day, minute, "do", told | ({"unknown": True} if rng.random() < 0.01 else {}))
    if rng.random() < 0.012:
        seconds = rng.choice((60, 120, 280, 301, 600, 1200, 1800))
        yield Event(
            day, minute + rng.choice((-240, 45, 90)), "unplanned", {"backward_s": seconds, "run": rng.random() < 0.4}
        )
    if rng.random() < 0.006:
        yield Event(day, minute + 60, "do again", {"share": 1.0})
    if rng.random() < trait.hurts:
        yield from _hurt(rng, day, minute + 50, trait)
    if rng.random() < 0.05:
        yield Event(day, rng.choice((7, 12, 21)) * 60 + 5, "look", {})
    if rng.random() < 0.04:
        yield Event(day, 21 * 60 + 30, "answer", {"accept": rng.random() < trait.accepts})
    yield from _seldom(rng, day)


def _seldom(rng: random.Random, day: int) -> Iterator[Event]:
    what = rng.random()
    if what < 0.004:
        yield Event(day, 22 * 60, "late", {"days_ago": rng.randrange(1, 12), "backward_s": rng.choice((120, 300, 900))})
    elif what < 0.008:
        yield Event(day, 22 * 60, "delete", {"nth_last": rng.randrange(3)})
    elif what < 0.011:
        told = rng.choice(
            ({"session_s": 240}, {"per_week": 2}, {"speed_mps": 1.2}, {"walking_only": True}, {"session_s": 0})
        )
        yield Event(day, 9 * 60, "ceiling", {**told, "days": rng.choice((10, 30, None))})
    elif what < 0.012:
        yield Event(day, 9 * 60, "ceiling lifted", {})
    elif what < 0.022:
        yield Event(day, 9 * 60, "skip", {"nth": rng.randrange(3)})
    elif what < 0.032:
        yield Event(day, 9 * 60, "move", {"nth": rng.randrange(3), "by": rng.choice((-2, -1, 1, 2, 3))})
    elif what < 0.037:
        yield Event(day, 10 * 60, "doors", {})
    elif what < 0.052:
        yield Event(day, 17 * 60, "forward", {})
    elif what < 0.054:
        yield Event(day, 10 * 60, "travel", {"zone": rng.choice(ZONES)})
    elif what < 0.0545:
        yield Event(day, 11 * 60, "start anew", {})


def _hurt(rng: random.Random, day: int, minute: int, trait: Trait) -> Iterator[Event]:
    later = rng.choice((0, 0, 1, 2, 4))
    what = rng.random()
    if what < 0.25:
        yield Event(
            day + later, minute, "say", {"fell": True, "moment": rng.choice(("during", "other")), "about": later == 0}
        )
    elif what < 0.45:
        yield Event(day + 1, minute, "say", {"soreness": rng.choice((2, 3, 4, 6)), "moment": "24 h after"})
        yield Event(day + 2, minute, "say", {"soreness": rng.choice((1, 2, 3, 5)), "moment": "48 h after"})
        if rng.random() < 0.7:
            yield Event(day + rng.choice((3, 4, 6)), 7 * 60, "say", {"soreness": 1, "moment": "other"})
    elif what < 0.55:
        yield Event(day + later, minute, "say", {"broken_off": True, "moment": "during", "about": True})
    else:
        site = rng.choice(list(PAINS))
        below, above = PAINS[site]
        nrs = (
            rng.choice(above)
            if rng.random() < 0.75
            else (rng.choice((7, 10)) if rng.random() < 0.2 else rng.choice(below))
        )
        moment = rng.choice(("during", "after")) if nrs in below else rng.choice(("during", "after", "next morning"))
        yield Event(day + later, minute, "say", {"pain": {site: nrs}, "moment": moment, "about": rng.random() < 0.7})
        if nrs not in below and rng.random() < 0.85:  # it goes, and is said to be gone
            yield Event(day + later + rng.choice((1, 2, 3, 5)), 7 * 60, "say", {"pain": {site: 0}, "moment": "other"})
        if nrs in below and rng.random() < 0.7:
            yield Event(day + 7, minute, "say", {"pain": {site: nrs + 1}, "moment": moment, "about": True})
    yield Event(day + later, minute + 5, "look", {})
    yield Event(day + later + 1, 8 * 60, "look", {})
    yield Event(day + later + 1, 8 * 60 + 5, "answer", {"accept": rng.random() < trait.accepts})
    for days in (3, 6):
        yield Event(day + later + days, trait.hour * 60 - 30, "look", {})
    if rng.random() < 0.5:
        yield Event(day + later + rng.randrange(1, 20), 15 * 60, "clear", {"what": "pain"})


def _planned_ahead(rng: random.Random, day: int) -> Iterator[Event]:
    kind = rng.choice(("ill", "holiday"))
    first = rng.choice((0, 3, 9)) if kind == "holiday" else 0
    length = rng.choice((3, 7, 15, 22)) if kind == "holiday" or rng.random() < 0.7 else None
    yield Event(day, 8 * 60, kind, {"in_days": first, "days": length})
    if length is None:
        yield Event(day + rng.choice((4, 10, 20)), 8 * 60, "well", {})
    yield Event(day + 1, 8 * 60, "look", {})


def _flag(rng: random.Random, day: int) -> Iterator[Event]:
    yield Event(day, 16 * 60, "say", {"flags": [rng.choice(FLAGS)], "moment": "other"})
    yield Event(day, 16 * 60 + 5, "look", {})
    yield Event(day + 1, 10 * 60, "doors", {})
    ends = rng.random()
    if ends < 0.3:
        yield Event(day, 17 * 60, "take back", {})
    elif ends < 0.8:
        yield Event(day + rng.choice((2, 9, 16, 30)), 17 * 60, "clear", {"what": "flag"})
    yield Event(day + 3, 18 * 60, "look", {})


# Smaller


def smallest(whole: Life, still: Callable[[Life], bool], *, tries: int = 400) -> Life:
    """Drop events, days and answers as long as it still goes wrong."""
    left = [tries]

    def wrong(one: Life) -> bool:
        left[0] -= 1
        return left[0] >= 0 and still(one)

    best = whole
    size = max(1, len(best.events) // 2)
    while size >= 1 and left[0] > 0:
        best, dropped = _without_runs_of(best, size, wrong)
        if not dropped or size > 1:
            size //= 2
    return _plainer(best, wrong)


def _without_runs_of(best: Life, size: int, wrong: Callable[[Life], bool]) -> tuple[Life, bool]:
    dropped, at = False, len(best.events)
    while at > 0:
        at = max(0, at - size)
        smaller = replace(best, events=best.events[:at] + best.events[at + size :])
        if len(smaller.events) < len(best.events) and wrong(smaller):
            best, dropped = smaller, True
    return best, dropped


PLAIN = {
    "forward_runs_per_week": 3, "easy_speed_mps": 2.8, "longest_run_s": 3000.0, "backward_experience_min": 0.0,
    "birth_year": 1990, "days": ["0", "2", "5"], "have": ["spotter"], "goal": "try", "health": ["none"],
}  # fmt: skip


def _plainer(best: Life, wrong: Callable[[Life], bool]) -> Life:
    for key, value in PLAIN.items():
        if best.answers.get(key) != value:
            plainer = replace(best, answers={**best.answers, key: value})
            best = plainer if wrong(plainer) else best
    for zone in ("UTC",):
        if best.zone != zone and wrong(replace(best, zone=zone)):
            best = replace(best, zone=zone)
    for nth, event in enumerate(best.events):
        for key, value in {"share": 1.0, "watch": True, "after": False, "look": False}.items():
            if key in event.told and event.told[key] != value:
                told = replace(event, told={**event.told, key: value})
                plainer = replace(best, events=(*best.events[:nth], told, *best.events[nth + 1 :]))
                best = plainer if wrong(plainer) else best
    return best
