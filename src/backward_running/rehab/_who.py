"""Who may be offered what: the words the rules of screening share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backward_running.core.goals import REHAB, REHAB_CONDITIONS, TICKED_AS, TOLD_BEFORE
from backward_running.core.plan import GateState
from backward_running.core.screening import CONDITIONS
from backward_running.evidence import Evidence
from backward_running.rehab._clearances import word_on
from backward_running.rehab._facts import chosen, closed, ticked
from backward_running.rehab.base import Facts

NAME_THEM = "Type the name of the person who stays with you for every session"


def supervisor(facts: Facts) -> str | None:
    """Return the name of the adult or trained person who stays for the whole session; None without a name."""
    name = (chosen(facts, "supervisor_name") or "").strip()
    return name if name and "supervisor" in (ticked(facts, "have") or ()) else None


def agreed(facts: Facts, key: str) -> bool:
    """Whether a clinician has agreed by today to what a gate keeps closed for a condition."""
    on = word_on(facts, key)
    return on is not None and on <= facts.today


def not_agreed(facts: Facts, keys: Iterable[str]) -> tuple[str, ...]:
    """Return which of these conditions were ticked and no clinician has agreed to."""
    health = ticked(facts, "health") or frozenset()
    return tuple(key for key in keys if key in health and not agreed(facts, key))


def in_words(keys: Iterable[str]) -> str:
    """Say conditions in the runner's words."""
    words = dict(CONDITIONS)
    return "; ".join(words[key] for key in keys)


def said_of(facts: Facts, keys: Iterable[str]) -> str:
    """Say where conditions are known from: what was ticked, and what a goal of rehabilitation counts as."""
    before = facts.answers.get(TOLD_BEFORE)
    goals = {chosen(facts, "goal"), *(before if isinstance(before, (list, tuple)) else ())}
    by_goal = {
        TICKED_AS[condition]: words
        for condition, words in REHAB_CONDITIONS
        if condition in TICKED_AS and REHAB + condition in goals
    }
    every = tuple(keys)
    ticks = [key for key in every if key not in by_goal]
    parts = [f"You ticked: {in_words(ticks)}."] if ticks else []
    parts += [f"You chose “{by_goal[key]}”, which counts as: {in_words([key])}." for key in every if key in by_goal]
    return " ".join(parts)


def has_dose(facts: Facts) -> bool:
    """Whether a clinician limits both the minutes of a session and the sessions of a week, and that holds today."""
    allowed = facts.athlete.ceilings
    if allowed is None or not allowed.holds_on(facts.today):
        return False
    return allowed.backward_session_s is not None and allowed.sessions_per_week_count is not None


def without_dose(key: str, title: str, text: str, evidence: Evidence) -> GateState:
    """Close where no dose was studied and no clinician has written one down."""
    do = "Ask them how many minutes backward a session may have, and how many sessions a week."
    when = "Come back to write both down beside their word: without a dose of theirs this program makes none."
    return no_session(key, title, text, evidence, do, when, no_running=True)


def walking_beside(
    facts: Facts,
    key: str,
    title: str,
    text: str,
    evidence: Evidence,
    *,
    then: str = "",
    come_back: str = "",
    no_running: bool = False,
) -> GateState:
    """Close, and leave walking with the supervisor beside; nothing where nobody is named.

    Parameters
    ----------
    facts : Facts
        Who stays is read from them.
    key, title : str
        Of the rule.
    text : str
        Why it is closed, a sentence.
    evidence : Evidence
        Of that.
    then : str
        What is to do besides, a sentence.
    come_back : str
        When running backward is worth asking for again.
    no_running : bool
        Whether running forward is closed too.
    """
    name = supervisor(facts)
    if name is not None:
        do = f"Walk backward only, with {name} beside you for the whole session."
    elif "supervisor" in (ticked(facts, "have") or ()):
        do = f"{NAME_THEM}: without it there is no session."
    else:
        do = "Find an adult or trained person who stays with you for every session, and type their name."
    state = closed(
        key, title, text, evidence, f"{do} {then}".strip(), walking_only=name is not None, no_running=no_running
    )
    when = (
        come_back if name is not None else "Come back as soon as you have somebody; walking forward is fine till then."
    )
    return replace(state, come_back=when or None)


def no_session(
    key: str, title: str, text: str, evidence: Evidence, what_to_do: str, come_back: str, *, no_running: bool = False
) -> GateState:
    """Close for everything backward, running forward too where that is said, and say when to come back."""
    return replace(closed(key, title, text, evidence, what_to_do, no_running=no_running), come_back=come_back)


def birth_year_unknown(key: str, title: str, evidence: Evidence) -> GateState:
    """Close a rule that goes by age, of whose runner the year of birth is not known."""
    return no_session(
        key,
        title,
        "Your birth year is not known.",
        evidence,
        "Type the year you were born.",
        "Come back to the question whenever you like: what you typed is kept.",
    )
