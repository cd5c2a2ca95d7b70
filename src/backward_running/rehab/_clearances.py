"""Who cleared what, and the moment a check-in speaks of: shared by the rules that only a clinician's word ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from backward_running.core.athlete import CheckIn
from backward_running.core.clearance import CONDITION, Clearance, ClearanceKind
from backward_running.rehab._facts import day_spoken_of, ticked
from backward_running.rehab.base import Facts

#: Keys of core.screening.CONDITIONS whose gate a clinician's word opens: those of the rules that read `word_on`.
CLEARABLE_CONDITIONS: frozenset[str] = frozenset(
    {
        "neuropathy",
        "osteoporosis",
        "seizures_or_fainting",
        "concussion_3_months",
        "pregnancy_first_trimester",
        "vertigo",
        "sight",
        "vestibular_or_visual",
        "parkinson_or_stroke",
        "fragility_fracture",
        "pregnancy",
        "acute_calf_or_foot",
        "stiff_neck",
        "anticoagulation",
    }
)


def moment_day(facts: Facts, check_in: CheckIn) -> date:
    """Return the day a check-in speaks of: that of the session it belongs to, else the day on which it was told."""
    told = day_spoken_of(check_in)
    if check_in.activity_id is None:
        return told
    return min([told, *(session.on for session in facts.done if session.activity_id == check_in.activity_id)])


def cleared_by(facts: Facts, key: str, check_in: CheckIn) -> Clearance | None:
    """Return what ended a sign of a check-in, the first that did; None while it stands.

    A clinician's word counts for what was told before it was, and happened no later than the day of the word: a sign
    that comes again stands again. A mistake is taken back on the day it was told, or not at all.
    """
    moment, told = moment_day(facts, check_in), check_in.made_at
    for clearance in sorted(facts.clearances, key=lambda each: each.made_at):
        if key not in clearance.of or clearance.made_at < told:
            continue
        if clearance.kind is ClearanceKind.CLINICIAN and clearance.on >= moment:
            return clearance
        if clearance.kind is ClearanceKind.MISTAKE and clearance.on == told.astimezone(clearance.made_at.tzinfo).date():
            return clearance
    return None


def was_mistake(facts: Facts, key: str, check_in: CheckIn) -> bool:
    """Tell whether a sign of a check-in was taken back as a mistake."""
    ended = cleared_by(facts, key, check_in)
    return ended is not None and ended.kind is ClearanceKind.MISTAKE


def uncleared_conditions(facts: Facts) -> frozenset[str]:
    """Return the ticked conditions that a clinician's word could clear and none has yet."""
    ticked_ones = (ticked(facts, "health") or frozenset()) & CLEARABLE_CONDITIONS
    return frozenset(key for key in ticked_ones if word_on(facts, key) is None)


def word_on(facts: Facts, condition: str) -> date | None:
    """Return the newest day on which a clinician agreed in spite of a condition; None where none did."""
    word = _newest(facts, condition)
    return None if word is None else word.on


def _newest(facts: Facts, condition: str) -> Clearance | None:
    key = CONDITION + condition
    words = (word for word in facts.clearances if key in word.of and word.kind is ClearanceKind.CLINICIAN)
    return max(words, key=lambda word: (word.on, word.made_at), default=None)


def quoted_words(facts: Facts, conditions: Iterable[str]) -> str:
    """Return what clinicians said of conditions, verbatim, with who and when: each word once."""
    found = (_newest(facts, condition) for condition in conditions)
    return "; ".join(dict.fromkeys(word.quoted for word in found if word is not None)) + "."
