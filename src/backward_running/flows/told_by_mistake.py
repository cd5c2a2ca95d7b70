"""A fall, a pain, sore calves or a session broken off that was told by mistake: taken back within 7 days, in words.

What was told stays in the store, and so does the word that took it back; the rules read what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from backward_running import rehab
from backward_running.core.athlete import CheckIn
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.core.errors import BadValue
from backward_running.rehab import Part

WITHIN = timedelta(seconds=rehab.TAKEN_BACK_WITHIN_S.value)
WORDS = {
    Part.FALL: "a fall",
    Part.PAIN: "pain",
    Part.SORENESS: "sore calves",
    Part.BROKEN_OFF: "a session broken off",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Something of the last 7 days that lowered the plan, or may have, and that can be taken back."""

    key: str  #: "fall:2026-05-04T18:30:00Z"
    words: str
    at: datetime  #: when it was told, on the runner's clock


def is_key(key: str) -> bool:
    """Tell whether a key names something that was told, and not a sign or a condition."""
    return key.partition(":")[0] in {part.value for part in Part} and ":" in key


def words_of(key: str) -> str:
    """Say in words what a key names."""
    part, _, moment = key.partition(":")
    return f"{WORDS[Part(part)]}, told on {moment[:10]}"


def told_lately(facts: rehab.Facts, now: datetime) -> tuple[Told, ...]:
    """Return what was told in the last 7 days and may be taken back, newest first.

    Pain that waits for a clinician, or was cleared by one, stays: a slip cannot be told from second thoughts there. So
    does what was told with a warning sign that nobody took back.
    """
    found = [
        Told(rehab.key_of(part, check_in), _words(part, check_in), check_in.made_at)
        for check_in in facts.check_ins
        if timedelta(0) <= now - check_in.made_at <= WITHIN
        for part in _free_parts(facts, check_in)
    ]
    return tuple(sorted(found, key=lambda told: told.at, reverse=True))


def spelled_out(facts: rehab.Facts, key: str, now: datetime) -> str:
    """Return the key that is meant where only its kind was named: "fall" is the one fall that can be taken back.

    Raises
    ------
    BadValue
        More than one of that kind was told.
    """
    found = [told.key for told in told_lately(facts, now) if told.key.partition(":")[0] == key]
    if len(found) > 1:
        hint = f"More than one was told in the last 7 days: name which, {' or '.join(found)}."
        raise BadValue("report", "name one of what was told", key, hint)
    return found[0] if found else key


def take_back(facts: rehab.Facts, keys: Sequence[str], *, reason: str, now: datetime) -> Clearance:
    """Return the word that takes back what was told; it is not kept yet.

    Raises
    ------
    BadValue
        It was not told in the last 7 days, may not be taken back, another of its kind was, or no reason was written.
    """
    there = {told.key: told for told in told_lately(facts, now)}
    unknown = [key for key in keys if key not in there]
    if unknown:
        hint = f"“{words_of(unknown[0])}” is not among what can be taken back: only what was told in the last 7 days, "
        raise BadValue("report", "name what was told", list(keys), hint + "and no pain that is for a clinician.")
    if not reason.strip():
        raise BadValue("reason", "say why it was a mistake", reason, "Write in a few words why it was a mistake.")
    for part in {Part(key.partition(":")[0]) for key in keys}:
        before = _before(facts, part, now)
        if before is not None:
            hint = (
                f"You took {WORDS[part]} back on {before.on.day} {before.on:%B}; within 7 days of that another one "
                "stays. It ends by itself: after its rest and two sessions that went well."
            )
            raise BadValue("report", "be the first of its kind within 7 days", list(keys), hint)
    own = tuple(dict.fromkeys(keys))
    return Clearance(ClearanceKind.MISTAKE, now, own, "you", now.date(), reason=reason.strip())


def _free_parts(facts: rehab.Facts, check_in: CheckIn) -> Iterator[Part]:
    if any(not rehab.was_mistake(facts, key, check_in) for key in check_in.red_flags):
        return
    for part in rehab.parts_of(check_in):
        if part is not Part.PAIN or not rehab.is_for_a_clinician(facts, check_in):
            yield part


def _words(part: Part, check_in: CheckIn) -> str:
    if part is Part.PAIN:
        return ", ".join(
            f"{site.replace('_', ' ')} {nrs:g} of 10" for site, nrs in check_in.pain_nrs.items() if nrs > 0
        )
    if part is Part.SORENESS:
        return f"{WORDS[part]}, {check_in.calf_soreness_nrs:g} of 10"
    return WORDS[part]


def _before(facts: rehab.Facts, part: Part, now: datetime) -> Clearance | None:
    """Return the mistake of that kind that was taken back within the last 7 days; None where none was."""
    mistakes = [
        clearance
        for clearance in facts.clearances
        if clearance.kind is ClearanceKind.MISTAKE and now - clearance.made_at < WITHIN
    ]
    return next((mistake for mistake in mistakes if any(key.startswith(f"{part.value}:") for key in mistake.of)), None)
