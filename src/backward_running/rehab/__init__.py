"""Rehab: check-ins and answers → gates and red flags. One file is one rule.

``ask_rules`` asks all of them, red flags first. A rule is one file with a constant ``RULE``. A rule never diagnoses,
and nothing is ever called safe: an open gate only says that no rule of this program speaks against the next session.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from backward_running.core.adaptation import Setback
from backward_running.core.plan import GateState
from backward_running.core.screening import CONDITIONS, RED_FLAGS
from backward_running.rehab._clearances import uncleared_conditions, was_mistake
from backward_running.rehab._facts import fell_in_last_year
from backward_running.rehab._felt import with_ratings
from backward_running.rehab._mistakes import TAKEN_BACK_WITHIN_S, Part, corrected, key_of, parts_of
from backward_running.rehab._pain_words import pain_rule
from backward_running.rehab.base import Condition, Facts, Rule
from backward_running.rehab.parq_plus import is_old as parq_is_old
from backward_running.rehab.red_flags import ONE_MISTAKE_WITHIN_S
from backward_running.rehab.red_flags import standing as standing_flags
from backward_running.rehab.see_somebody import KEY as SEE_SOMEBODY
from backward_running.rehab.see_somebody import is_for_a_clinician
from backward_running.rehab.see_somebody import moment as pain_moment
from backward_running.rehab.staging import Suggested, suggested

__all__ = [
    "CONDITIONS",
    "ONE_MISTAKE_WITHIN_S",
    "RED_FLAGS",
    "SEE_SOMEBODY",
    "TAKEN_BACK_WITHIN_S",
    "Condition",
    "Facts",
    "Part",
    "Rule",
    "Suggested",
    "all_conditions",
    "all_rules",
    "ask_rules",
    "clean_since",
    "corrected",
    "every_setback",
    "fell_in_last_year",
    "is_for_a_clinician",
    "key_of",
    "pain_moment",
    "pain_rule",
    "parq_is_old",
    "parts_of",
    "setbacks",
    "standing_flags",
    "suggested_stage",
    "uncleared_conditions",
    "was_mistake",
    "with_ratings",
]


def all_rules() -> dict[str, Rule]:
    """Every rule, by key."""
    import backward_running.rehab as room
    from backward_running.core.plugs import discover

    return discover(room, Rule)


def all_conditions() -> dict[str, Condition]:
    """Every condition of the article, by key, in the order in which a runner is offered them; others follow."""
    from backward_running.core.goals import REHAB_CONDITIONS
    from backward_running.core.plugs import discover
    from backward_running.rehab import conditions

    found = discover(conditions, Condition)
    order = [key for key, _ in REHAB_CONDITIONS if key in found]
    return {key: found[key] for key in [*order, *(key for key in found if key not in order)]}


@lru_cache(maxsize=16)
def ask_rules(facts: Facts) -> tuple[GateState, ...]:
    """Ask every rule, red flags first, then by key. A red flag that is closed stops everything behind it."""
    rules = sorted(all_rules().values(), key=lambda rule: (not rule.is_red_flag, rule.key))
    return tuple(rule.ask(facts) for rule in rules)


@lru_cache(maxsize=16)
def setbacks(facts: Facts) -> tuple[Setback, ...]:
    """Return what in the check-ins keeps a plan from growing today, oldest first."""
    from backward_running.rehab._in_force import in_force

    return in_force(all_rules().values(), facts)


def clean_since(facts: Facts, setback: Setback) -> tuple[int, int]:
    """Return how many clean days lie after a setback, and how many of them end it."""
    from backward_running.rehab import _in_force

    return _in_force.clean_since(all_rules().values(), facts, setback)


def told_gates(facts: Facts) -> tuple[GateState, ...]:
    """Return what check-ins close, whether there is a plan or none: what stops all, and what a setback holds up."""
    tells = {key for key, rule in all_rules().items() if rule.finds_setbacks}
    return tuple(gate for gate in ask_rules(facts) if gate.stops_all or (not gate.open and gate.key in tells))


@lru_cache(maxsize=16)
def every_setback(facts: Facts) -> tuple[Setback, ...]:
    """Return every setback that the check-ins tell of, in force or behind: one that was taken back is none."""
    from backward_running.rehab._in_force import every

    return every(all_rules().values(), facts)


def suggested_stage(condition: Condition, facts: Facts, *, stage: int, since: date) -> Suggested:
    """Return the stage of a condition that check-ins and recorded sessions speak for; a person decides."""
    return suggested(all_rules().values(), condition, facts, stage=stage, since=since)
