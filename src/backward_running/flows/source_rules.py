"""Who leads where two sources give the same run: asked once for each two of them, kept, changed at will.

A source is what wrote the file, as the file names it: the maker of a watch, a service, an app. Without a word of the
runner the richer recording leads. A rule holds for what comes in from then on; what was joined before stays.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backward_running.core.errors import BadValue
from backward_running.core.ports import Settings
from backward_running.core.recording import Recording

#: The setting under which the rules are kept, as a list of [first, second, who leads or "" or null].
RULES = "source_rules"
#: The answer by which the richer one leads, each time.
RICHER = ""
#: More sources than somebody has devices, services and apps.
_MOST = 60


@dataclass(frozen=True, slots=True)
class SourceRule:
    """Which of two sources leads."""

    first: str
    second: str  #: in the order of the alphabet
    leads: str | None  #: one of them, RICHER, or None: nobody said yet


def source_of(recording: Recording) -> str:
    """Return what wrote a recording, in few words.

    A maker or, where none is named, an app or a service; else the kind of the file.
    """
    device = recording.device
    named = " ".join((device.maker or device.product or f"{recording.reader.upper()} file").split())[:60]
    return named if any(letter.isupper() for letter in named) else named.capitalize()


def rules(store: Settings) -> tuple[SourceRule, ...]:
    """Return every rule, and every two sources of which none is made yet."""
    kept = json.loads(store.setting(RULES) or "[]")
    return tuple(SourceRule(*each) for each in kept)


def unanswered(store: Settings) -> SourceRule | None:
    """Return two sources that gave the same run, and of which the runner did not say yet who leads."""
    return next((rule for rule in rules(store) if rule.leads is None), None)


def leading(store: Settings, recordings: Sequence[Recording]) -> int | None:
    """Return which of two recordings leads by a rule; None where none says, or both are of one source."""
    sources = [source_of(recording) for recording in recordings]
    rule = _found(rules(store), sources)
    return sources.index(rule.leads) if rule is not None and rule.leads in sources else None


def ask(store: Settings, recordings: Sequence[Recording]) -> None:
    """Have the runner asked of two sources, once; nothing happens where they are of one, or were asked before."""
    sources = sorted({source_of(recording) for recording in recordings})
    kept = rules(store)
    if len(sources) == 2 and _found(kept, sources) is None and len(kept) < _MOST:
        _keep(store, (*kept, SourceRule(sources[0], sources[1], None)))


def answer(store: Settings, first: str, second: str, leads: str) -> None:
    """Keep which of two sources leads from now on; RICHER: the richer recording, each time.

    Raises
    ------
    BadValue
        They never gave the same run, or who is to lead is neither of them.
    """
    kept = rules(store)
    rule = _found(kept, [first, second])
    if rule is None:
        raise BadValue("first", "be a source that gave the same run as another", f"{first} and {second}")
    if leads not in (rule.first, rule.second, RICHER):
        raise BadValue("leads", f"be {rule.first}, {rule.second} or empty", leads)
    _keep(store, tuple(replace(each, leads=leads) if each == rule else each for each in kept))


def _found(kept: Sequence[SourceRule], sources: Sequence[str]) -> SourceRule | None:
    wanted = sorted(sources)
    return next((rule for rule in kept if [rule.first, rule.second] == wanted), None)


def _keep(store: Settings, kept: Sequence[SourceRule]) -> None:
    store.put_setting(RULES, json.dumps([[rule.first, rule.second, rule.leads] for rule in kept]))
