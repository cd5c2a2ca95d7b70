"""Sore calves: at 4 of 10 or more no backward running, until they are back at 2 or less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from backward_running.core.adaptation import Setback, SetbackKind
from backward_running.core.athlete import CheckIn
from backward_running.core.plan import GateState, Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.calf_damage import CALF
from backward_running.rehab._facts import closed, day_spoken_of, first_day_after_pause, moment_of, opened, session_of
from backward_running.rehab.base import Facts, Rule

LIMITS = own_proposal(
    "rule.calf_soreness", "Stop at 4 of 10, go on at 2 or less: limits of this project, not of a trial."
)
STOP_NRS = Number("calf_soreness_stop_nrs", 4.0, "1", LIMITS)
GO_ON_NRS = Number("calf_soreness_go_on_nrs", 2.0, "1", LIMITS)
KEY = "calf_soreness"
TITLE = "Calf soreness"


def ask(facts: Facts) -> GateState:
    """Close at 4 or more and stay closed until a check-in says 2 or less."""
    last = next((word.calf_soreness_nrs for word in reversed(_words(facts))), None)
    spells = _spells(facts)
    if spells and spells[-1].over_on is None:
        return closed(
            KEY,
            TITLE,
            f"Your calves were at {last:g} of 10 when you last said so. Once at {STOP_NRS.value:g} or more, it takes "
            f"{GO_ON_NRS.value:g} or less to go on; soreness can still grow for 48 hours after a session.",
            CALF,
            f"Nothing backward until you say {GO_ON_NRS.value:g} or less; forward walk, or run easily where that "
            "does not make them sorer.",
        )
    if last is None:
        return opened(KEY, TITLE, "You have not reported sore calves; you will be asked after each session.", LIMITS)
    return opened(KEY, TITLE, f"Your calves were at {last:g} of 10 when you last said so.", LIMITS)


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every spell of sore calves: nothing until they are back at 2 or less, then one stage down."""
    for spell in _spells(facts):
        told = [spell.first] if spell.worst is spell.first else [spell.first, spell.worst]
        yield from (_setback(facts, spell, check_in) for check_in in told)


def _setback(facts: Facts, spell: _Spell, check_in: CheckIn) -> Setback:
    """Return what one word of a spell asks for: it belongs to the session it was told of."""
    session = session_of(facts, check_in)
    on = session.on if session is not None else day_spoken_of(check_in)
    return Setback(
        SetbackKind.SORENESS,
        on,
        Reason(
            f"Your calves were at {spell.worst_nrs:g} of 10: nothing backward until you say "
            f"{GO_ON_NRS.value:g} or less, then one stage down.",
            LIMITS.key,
        ),
        stages_back=1,
        rest_until=max(
            first_day_after_pause(moment_of(facts, spell.worst)),
            spell.over_on or max(spell.last_on, facts.today) + timedelta(days=1),
        ),
        activity_id=session.activity_id if session is not None else None,
    )


class _Spell(NamedTuple):
    began_on: date
    last_on: date
    worst_nrs: float
    over_on: date | None  #: None while it lasts
    first: CheckIn  #: the word with which it began
    worst: CheckIn  #: the last word at which nothing backward may be done


def _words(facts: Facts) -> list[CheckIn]:
    return [check_in for check_in in facts.check_ins if check_in.calf_soreness_nrs is not None]


def _spells(facts: Facts) -> list[_Spell]:
    """Return the stretches between a word of 4 or more and the next of 2 or less, oldest first."""
    spells: list[_Spell] = []
    for check_in in _words(facts):
        nrs, on = check_in.calf_soreness_nrs or 0.0, check_in.made_at.date()
        lasts = bool(spells) and spells[-1].over_on is None
        if lasts:
            last = spells[-1]
            over_on = on if nrs <= GO_ON_NRS.value else None
            worst = check_in if nrs >= STOP_NRS.value else last.worst
            spells[-1] = _Spell(last.began_on, on, max(last.worst_nrs, nrs), over_on, last.first, worst)
        elif nrs >= STOP_NRS.value:
            spells.append(_Spell(on, on, nrs, None, check_in, check_in))
    return spells


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(LIMITS, CALF), setbacks=setbacks)
