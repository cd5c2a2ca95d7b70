"""Who cleared what, and the moment a check-in speaks of: shared by the rules that only a clinician's word ends."""

from __future__ import annotations

from datetime import date

from backward_running.core.athlete import CheckIn
from backward_running.core.clearance import CONDITION, Clearance, ClearanceKind
from backward_running.rehab.base import Facts


def moment_day(facts: Facts, check_in: CheckIn) -> date:
    """Return the day a check-in speaks of: that of the session it belongs to, else the day on which it was told."""
    told = check_in.made_at.date()
    if check_in.activity_id is None:
        return told
    return min([told, *(one.on for one in facts.done if one.activity_id == check_in.activity_id)])


def cleared_by(facts: Facts, key: str, check_in: CheckIn) -> Clearance | None:
    """Return what ended a sign of a check-in, the first that did; None while it stands.

    A clinician's word counts for what was told before it was, and happened no later than the day of the word: a sign
    that comes again stands again. A mistake is taken back on the day it was told, or not at all.
    """
    moment, told = moment_day(facts, check_in), check_in.made_at
    for one in sorted(facts.clearances, key=lambda each: each.made_at):
        if key not in one.of or one.made_at < told:
            continue
        if one.kind is ClearanceKind.CLINICIAN and one.on >= moment:
            return one
        if one.kind is ClearanceKind.MISTAKE and one.on == told.astimezone(one.made_at.tzinfo).date():
            return one
    return None


def agreed(facts: Facts, condition: str) -> bool:
    """Whether a clinician has agreed by today in spite of a condition; what was taken back as a mistake is no word."""
    key = CONDITION + condition
    return any(
        key in one.of and one.kind is ClearanceKind.CLINICIAN and one.on <= facts.today for one in facts.clearances
    )
