"""Pain that rises from week to week: sessions go on, the plan stays where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from backward_running.core.adaptation import Setback, SetbackKind
from backward_running.core.athlete import CheckIn
from backward_running.core.plan import GateState, Reason
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.silbernagel2007 import STUDY as SILBERNAGEL_2007
from backward_running.rehab._facts import day_spoken_of, opened
from backward_running.rehab.base import Facts, Rule
from backward_running.rehab.pain_limits import plain_site

TREND = Evidence(
    key="silbernagel2007.trend",
    says="People with a painful Achilles tendon went on as long as pain did not rise from week to week.",
    study=SILBERNAGEL_2007,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
SIZE = own_proposal(
    "rule.pain_trend",
    "For every tissue the highest pain of a week is compared with that of the week before; a rise by one point "
    "holds the plan: a proposal of this project.",
)
RISE_NRS = Number("weekly_pain_rise_nrs", 1.0, "1", SIZE)
KEY = "pain_trend"
TITLE = "Pain from week to week"


def monday_of(day: date) -> date:
    """Return the first day of the week of a day.

    >>> monday_of(date(2026, 5, 6))
    datetime.date(2026, 5, 4)
    """
    return day - timedelta(days=day.weekday())


def highest_by_week(check_ins: Iterable[CheckIn]) -> dict[tuple[str, date], float]:
    """Return the highest pain (0–10) by body site without its side, and first day of the week.

    A week without a word is absent: it is not known, and never 0.
    """
    highest: dict[tuple[str, date], float] = {}
    for check_in in check_ins:
        week = monday_of(day_spoken_of(check_in))
        for site, pain in check_in.pain_nrs.items():
            where = (plain_site(site), week)
            highest[where] = max(highest.get(where, 0.0), pain)
    return highest


def ask(facts: Facts) -> GateState:
    """Stay open, and say where pain rose from last week to this one."""
    this_week = monday_of(facts.today)
    rises = [reason for on, reason in _rises(facts) if monday_of(on) == this_week]
    if rises:
        return opened(KEY, TITLE, f"{rises[-1].text} The plan does not grow until it has settled.", TREND)
    return opened(KEY, TITLE, "You have reported no pain that rose since last week.", TREND)


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every week whose pain stood a point above the week before: the stage is held. Its moment is its end."""
    for on, reason in _rises(facts):
        yield Setback(SetbackKind.TREND, monday_of(on) + timedelta(weeks=1) - timedelta(days=1), reason)


def _rises(facts: Facts) -> Iterator[tuple[date, Reason]]:
    highest = highest_by_week(facts.of_pain)
    for check_in in facts.of_pain:
        on = day_spoken_of(check_in)
        for name, pain in sorted(check_in.pain_nrs.items()):
            site = plain_site(name)
            before = highest.get((site, monday_of(on) - timedelta(days=7)))
            if before is not None and pain - before >= RISE_NRS.value:
                text = f"Pain at your {site} rose from one week to the next ({before:g} → {pain:g} of 10)."
                yield on, Reason(text, TREND.key)


RULE = Rule(
    key=KEY,
    title=TITLE,
    is_red_flag=False,
    ask=ask,
    evidence=(TREND, SIZE),
    setbacks=setbacks,
    can_close=False,
)
