"""The rules of section 6, each as a check of one offered session against what came before it.

A name that ends in a question mark is a reading about which careful people can differ; it is counted on its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.lives.facts import DAY, Book, Content, Recorded, end_of
from tests.lives.setbacks import REST, Setback, ceiling_of_7_days, utc

ROUNDING_S = 10.0
FLOOR_S = 300.0
#: The shortest bout there is: what was broken off before it is no session, and half of less than two is none either.
SESSION_FROM_S = 20.0
#: Programmes that no trial began; the exception of rule 14 is not for them.
OWN = frozenset({"beginner", "article_method", "maintenance_week", "competition_preparation", "return_to_run"})
DOWN = {"trend": "20 stage held by a trend", "cleared": "28 cleared: one stage down"}
#: Rules about whether there may be a session at all: a gate that holds it keeps them.
ABOUT_WHEN = ("20 pause", "1-9", "2-5", "away")
Found = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """A session on the line of time: recorded, or offered and taken as done."""

    day: date
    load_s: float
    longest_s: float  #: as it counts for "longest" of a session
    bout_s: float
    run_s: float
    stage: int | None
    followed: bool  #: the stage is beyond doubt
    rec: Recorded | None
    clean: bool


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule looks at: one offer, all before it, and the person."""

    book: Book
    setbacks: Sequence[Setback]
    offer: Content
    day: date
    at: datetime | None  #: the moment at which it is offered "now"; None for a session of the plan
    now: datetime
    before: Sequence[Item]
    protocol: str
    walks_only_plan: bool

    @property
    def latest(self) -> datetime:
        """When it begins at the latest."""
        return self.at or end_of(self.day, self.now)


def items_of(book: Book, hurt: set[str]) -> list[Item]:
    """The recorded sessions in order; a spike counts as the longest before it (rule 16)."""
    found: list[Item] = []
    shown = {rec.day for rec in book.recorded if rec.backward_s > 0}
    for rec in book.recorded:
        # Of two recordings of a day the one that shows its direction is the session: nobody can see it in the other.
        if rec.backward_s <= 0 and not (rec.unknown and rec.followed and rec.day not in shown):
            continue
        known = 0.0 if rec.unknown else rec.backward_s
        counts = _counted(known, rec.day, found, "longest_s")
        bout = _counted(0.0 if rec.unknown else rec.longest_bout_s, rec.day, found, "bout_s")
        run = rec.load_s if rec.ran else 0.0
        clean = rec.activity_id not in hurt
        found.append(Item(rec.day, rec.load_s, counts, bout, run, rec.stage, rec.followed is not None, rec, clean))
    return found


def _counted(value: float, day: date, before: Sequence[Item], which: str) -> float:
    if not before:
        return value  # the first of all is not "over"
    longest = longest_of(before, day, which)
    return value if value <= max(FLOOR_S, 1.1 * longest) + 0.5 else longest


def longest_of(before: Sequence[Item], day: date, which: str = "longest_s") -> float:
    """The longest of the last 30 days."""
    return max((getattr(one, which) for one in before if 0 <= (day - one.day).days <= 30), default=0.0)


def item_of(offer: Content) -> Item:
    """An offered session, as if it had been done."""
    return Item(
        offer.on, offer.backward_s, offer.backward_s, offer.longest_bout_s, offer.run_s, offer.stage, True, None, True
    )


# Dose (6.4)


def spacing(case: Case) -> Iterator[Found]:
    """Rules 13 and 16."""
    before = [one for one in case.before if one.load_s >= SESSION_FROM_S]
    if not before:
        return
    last = before[-1]
    spike = last.rec is not None and last.rec.backward_s > last.longest_s + 0.5
    early = 1 <= case.offer.stage <= 4 or case.offer.week <= 4
    least = timedelta(hours=48 if early or spike else 24)
    if last.rec is None:
        apart, true_hours = (case.day - last.day) * 1, False
        apart = timedelta(days=(case.day - last.day).days)
    else:
        apart, true_hours = utc(case.latest) - utc(last.rec.start), case.at is not None
    if apart >= least:
        return
    hours = apart.total_seconds() / 3600
    text = f"{hours:.1f} h after the session of {last.day}; at least {least.total_seconds() / 3600:.0f} h"
    days = (case.day - last.day).days
    if case.at is None and last.rec is not None and _is_far(last.rec.start, case.now):
        yield "13 hours apart (after a flight, by day)?", text  # the hour is held by what may be done now
    elif spike:
        yield "16 after a spike", text
    elif 1 <= case.offer.stage <= 4 or not early:
        yield ("13 true hours" if true_hours and days >= least.days else "13 hours apart"), text
    else:
        yield "13 hours apart (week 1-4, stage over 4)?", text


def _is_far(one: datetime, other: datetime) -> bool:
    """Tell whether two clocks are further apart than any change of the clocks makes them."""
    offsets = [moment.utcoffset() or timedelta(0) for moment in (one, other)]
    return abs(offsets[0] - offsets[1]) > timedelta(hours=2)


def per_week(case: Case) -> Iterator[Found]:
    """Rule 13: at most three in any seven days."""
    near = [one for one in case.before if 0 <= (case.day - one.day).days <= 6]
    count = 1 + sum(one.load_s >= SESSION_FROM_S for one in near)
    if count > 3:
        yield "13 sessions in 7 days", f"the {count}th session in the 7 days up to {case.day}"


def running_share(case: Case) -> Iterator[Found]:
    """Rule 13: backward running at most 30 % of running."""
    if case.offer.run_s == 0:
        return
    total = case.offer.run_s + sum(one.run_s for one in case.before if 0 <= (case.day - one.day).days <= 6)
    weekly = case.book.weekly_running_s()
    if total > 0.3 * weekly + ROUNDING_S:
        yield (
            "13 share of running",
            f"{total:.0f} s running backward in 7 days; 30 % of {weekly:.0f} s is {0.3 * weekly:.0f}",
        )


def longest(case: Case) -> Iterator[Found]:
    """Rule 14."""
    offer = case.offer
    ceiling = max(FLOOR_S, 1.1 * longest_of(case.before, case.day))
    if case.walks_only_plan and case.protocol not in OWN and offer.longest_bout_s <= 120.5:
        ceiling = max(ceiling, 600.0)
    if offer.backward_s > ceiling + 0.5:
        yield "14 110 % of the longest", f"{offer.backward_s:.0f} s; ceiling {ceiling:.0f} s"
    bout = max(FLOOR_S, 1.1 * longest_of(case.before, case.day, "bout_s"))
    if offer.stage >= 9 and offer.longest_bout_s > bout + 0.5:
        yield "14 110 % of the longest bout", f"a bout of {offer.longest_bout_s:.0f} s; ceiling {bout:.0f} s"


def gap(case: Case) -> Iterator[Found]:
    """Rule 17."""
    staged = [one for one in case.before if one.stage]
    if not staged or not case.before:
        return
    days = (case.day - case.before[-1].day).days
    if days < 14:
        return
    base = staged[-1].stage
    assert base is not None
    strict, due = after_gap(base, days), after_gap(base + 1, days)
    text = f"stage {case.offer.stage} after {days} days without, from stage {base}: at most {strict}"
    if case.offer.stage > due:
        yield "17 gap", text
    elif case.offer.stage > strict:
        yield "17 gap (counted from the stage that was due)?", text


def after_gap(stage: int, days: int) -> int:
    """The stage after a gap.

    >>> [after_gap(6, days) for days in (13, 14, 21, 28)]
    [6, 5, 4, 3]
    """
    if days >= 28:
        return max(1, min(3, stage - 2))
    return max(1, stage - (2 if days >= 21 else 1 if days >= 14 else 0))


def stages_in_turn(case: Case) -> Iterator[Found]:
    """Section 5: a stage's number counts, not the calendar: none is left out."""
    staged = [one.stage for one in case.before if one.stage]
    if staged and case.offer.stage > max(staged) + 1:
        # Other programmes count their stages towards a race or by the week.
        yield (
            "5 stage left out" if case.protocol == "beginner" else "5 stage left out (another programme)?",
            f"stage {case.offer.stage}, and the highest done is {max(staged)}",
        )


def over_what_nobody_said(case: Case) -> Iterator[Found]:
    """A stage is passed by a session of which somebody said how it felt; within two days it may still be said."""
    staged = [one for one in case.before if one.stage and one.followed]
    if case.protocol != "beginner" or not staged:
        return
    told = [one.stage for one in staged if one.rec is None or _is_told(case, one.rec)]
    most = max(told, default=0) + 1 if told else max(one.stage or 0 for one in staged)
    if case.offer.stage > most:
        yield "stage over what nobody said", f"stage {case.offer.stage}, and told was at most {max(told, default=0)}"


def _is_told(case: Case, rec: Recorded) -> bool:
    if (case.now.date() - rec.day).days <= 2:
        return True
    said = [one for one in case.book.said if one.soreness is not None or one.pain]
    return any(one.about in (None, rec.activity_id) and 0 < (one.at.date() - rec.day).days <= 3 for one in said) or any(
        one.about == rec.activity_id and one.moment in ("next morning", "24 h after") for one in said
    )


# After a setback (6.5)


def after_setbacks(case: Case) -> Iterator[Found]:
    """Rules 20 and 21."""
    for one in case.setbacks:
        if case.day < one.moment.date():
            continue  # a trend is one only at the end of its second week
        after = [item for item in case.before if _is_after(item, one)]
        for name, text in (*_pause(case, one), *_one_down(case, one, after), *_seven_days(case, one, after)):
            yield name, f"{one.kind} of {one.moment:%Y-%m-%d %H:%M}: {text}"


def _is_after(item: Item, one: Setback) -> bool:
    return item.day >= one.moment.date() if item.rec is None else utc(item.rec.start) > utc(one.moment)


def _pause(case: Case, one: Setback) -> Iterator[Found]:
    if one.rests and utc(case.latest) < utc(one.moment) + REST:
        hours = (utc(case.latest) - utc(one.moment)).total_seconds() / 3600
        days = (case.day - one.moment.date()).days
        true_hours = case.at is not None and days >= 2
        yield ("20 pause in true hours" if true_hours else "20 pause of 48 h"), f"offered {hours:.0f} h after it"


def _one_down(case: Case, one: Setback, after: Sequence[Item]) -> Iterator[Found]:
    hurt, offer = one.hurt, case.offer
    if hurt is None:
        return
    doubt = "?" if one.loose or hurt.followed is None else ""
    clean = sum(item.clean for item in after)
    if hurt.stage and clean < 2:
        most = hurt.stage if one.kind == "trend" else max(1, _stage_then(one, hurt.stage) - 1)
        if offer.stage > most:
            name = DOWN.get(one.kind, "20 one stage down")
            yield name + doubt, f"stage {offer.stage} with {clean} clean sessions since, it hurt in {hurt.stage}"
    if after or not one.rests:
        return
    # Half of it is no bout: after the window of rule 14 it no longer keeps every other session away.
    if hurt.load_s < 2 * SESSION_FROM_S and (case.day - hurt.day).days > 30:
        return
    if offer.backward_s >= hurt.load_s:
        yield "6.1 less than the session that hurt" + doubt, f"{offer.backward_s:.0f} s, it was {hurt.load_s:.0f} s"
    if hurt.stage == 1 and hurt.followed and offer.backward_s > hurt.followed.backward_s / 2 + 0.5:
        yield "6.1 half at stage 1" + doubt, f"{offer.backward_s:.0f} s of {hurt.followed.backward_s:.0f} s"
    caps = hurt.followed.cap_mps if hurt.followed else None
    if caps is not None and offer.cap_mps is not None and offer.cap_mps > caps + 0.005:
        yield "6.1 no more speed" + doubt, f"cap {offer.cap_mps:.2f} m/s, it was {caps:.2f}"


def _stage_then(one: Setback, done: int) -> int:
    """The stage somebody was at: of the session that hurt; where a flag stopped the plan, the next one counts too."""
    if one.kind != "cleared":
        return done
    due = [session.stage for session in one.held if session.on >= one.moment.date()]
    return max(done, due[0] if due else 0)


def _seven_days(case: Case, one: Setback, after: Sequence[Item]) -> Iterator[Found]:
    first = after[0].day if after else case.day
    if case.day > first + 6 * DAY:
        return
    most = ceiling_of_7_days(case.book, one, first)
    total = case.offer.backward_s + sum(item.load_s for item in after if item.day <= first + 6 * DAY)
    if most is not None and total > most[0] + ROUNDING_S:
        doubt = "?" if one.loose else ""
        name = "21 what the plan held" if most[1].startswith("what the plan") else "21 last completed week"
        yield name + doubt, f"{total:.0f} s in the 7 days from {first}; at most {most[0]:.0f} s, {most[1]}"


def way_back_up(case: Case) -> Iterator[Found]:
    """The way back up (decision 36): a session grows by a tenth from what was done since, up to the dose that hurt.

    What was longer than that left counts as the longest before it, as in rule 16.
    """
    for one in case.setbacks:
        if not one.rests or one.hurt is None or not 0 <= (case.day - one.moment.date()).days <= 30:
            continue
        free = min(FLOOR_S, one.hurt.load_s)
        since: list[tuple[date, float]] = []
        for item in case.before:
            if _is_after(item, one):
                longest = _longest_since(since, item.day)
                over = item.load_s > max(free, 1.1 * longest) + 0.5
                since.append((item.day, longest if over else item.load_s))
        most = max(free, 1.1 * _longest_since(since, case.day))
        if case.offer.backward_s > most + ROUNDING_S:
            doubt = "?" if one.loose or one.hurt.followed is None or one.hurt.unknown else ""
            text = f"{case.offer.backward_s:.0f} s; {most:.0f} s after {one.kind} of {one.moment:%Y-%m-%d} at {one.hurt.load_s:.0f} s"
            yield "36 the way back up" + doubt, text


def _longest_since(since: Sequence[tuple[date, float]], day: date) -> float:
    return max((seconds for on, seconds in since if 0 <= (day - on).days <= 30), default=0.0)


DOSE = (
    spacing,
    per_week,
    running_share,
    longest,
    gap,
    stages_in_turn,
    over_what_nobody_said,
    after_setbacks,
    way_back_up,
)
