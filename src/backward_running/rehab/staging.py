"""Which stage of a condition the recorded facts speak for. A person and their clinician decide; this only suggests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from backward_running.core.plan import Reason
from backward_running.rehab._in_force import EVIDENCE as TWO_CLEAN
from backward_running.rehab._in_force import clean_days, in_force

if TYPE_CHECKING:
    from collections.abc import Iterable

    from backward_running.rehab.base import Condition, Facts, Rule


@dataclass(frozen=True, slots=True)
class Suggested:
    """What the facts speak for."""

    stage: int  #: 1 is the first of the condition
    stopped: bool  #: a red flag or another stop: no stage at all until somebody has looked at it
    reasons: tuple[Reason, ...]


def suggested(rules: Iterable[Rule], condition: Condition, facts: Facts, *, stage: int, since: date) -> Suggested:
    """Return the stage that check-ins and recorded sessions speak for.

    A red flag stops, and so does pain for a clinician to look at or a fall without an answer. A setback since the stage
    began goes a stage back or holds, the strictest first. Where nothing speaks against it, as many clean sessions as
    the stage asks for speak for the next. What the program cannot see (a swollen knee, a clinician's word) it never
    counts: a stage without a number of sessions is never left by itself.

    Parameters
    ----------
    rules : iterable of Rule
        Asked for red flags and setbacks.
    condition : Condition
        Whose stages.
    facts : Facts
        Check-ins and recorded sessions.
    stage : int
        The stage the runner says they are at, from 1.
    since : date
        Since when.

    Returns
    -------
    Suggested
        At most one stage further than `stage`, at least 1.
    """
    rules = tuple(rules)
    stage = min(max(stage, 1), len(condition.stages))
    flags = [state.reason for rule in rules for state in [rule.ask(facts)] if state.stops_all]
    if flags:
        return Suggested(stage, stopped=True, reasons=tuple(flags))
    setbacks = [setback for setback in in_force(rules, facts) if setback.on >= since]
    if setbacks:
        back = max(setback.stages_back for setback in setbacks)
        return Suggested(max(1, stage - back), stopped=False, reasons=tuple(setback.reason for setback in setbacks))
    wanted = condition.stages[stage - 1].clean_sessions
    if wanted is None:
        text = "The program sees none of what this stage asks for. You and your clinician do."
        return Suggested(stage, stopped=False, reasons=(Reason(text, condition.stages[stage - 1].evidence.key),))
    clean = [day for day in clean_days(rules, facts) if day >= since]
    return _by_count(condition, stage, len(clean), int(wanted.value))


def _by_count(condition: Condition, stage: int, clean: int, wanted: int) -> Suggested:
    counted = f"{clean} of {wanted} sessions went by cleanly at this stage."
    if clean < wanted:
        return Suggested(stage, stopped=False, reasons=(Reason(counted, TWO_CLEAN.key),))
    if stage == len(condition.stages):
        return Suggested(stage, stopped=False, reasons=(Reason(f"{counted} It is the last stage.", TWO_CLEAN.key),))
    text = f"{counted} As far as the program can see you may go on; what it cannot see is yours to check."
    return Suggested(stage + 1, stopped=False, reasons=(Reason(text, TWO_CLEAN.key),))
