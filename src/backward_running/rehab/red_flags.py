"""Red flags stop all coaching and say whom to see. Nothing here is a diagnosis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from backward_running.core.adaptation import Setback, SetbackKind
from backward_running.core.athlete import CheckIn
from backward_running.core.clearance import ClearanceKind
from backward_running.core.plan import GateState, Reason
from backward_running.core.screening import CONDITIONS, NOTHING_APPLIES, RECENT_FALL, RED_FLAGS, RedFlag
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._clearances import cleared_by, moment_day
from backward_running.rehab._facts import closed, day, opened, ticked
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.red_flags",
    "Signs that ask for a professional before any more running; a cautious list of this project after common "
    "sports-medicine advice, not a test.",
)
MISTAKES = own_proposal(
    "rule.mistakes",
    "A red flag ticked by mistake may be taken back on the same day with a written reason; a second time within 7 "
    "days only a clinician’s word clears one: a proposal of this project.",
)
ONE_MISTAKE_WITHIN_S = Number("one_mistake_within_s", 604_800.0, "s", MISTAKES)
KEY = "red_flags"
TITLE = "Signs that need somebody to look"
_KNOWN = {flag.key: flag for flag in RED_FLAGS}
_HARMLESS = frozenset({NOTHING_APPLIES[0], RECENT_FALL[0], *(key for key, _ in CONDITIONS)})


@dataclass(frozen=True, slots=True)
class StandingFlag:
    """A red flag that nobody has cleared yet."""

    key: str
    told: CheckIn | None  #: with which check-in; None where it stands in the answers alone
    on: date | None  #: the day of its moment; None where that is not known


def ask(facts: Facts) -> GateState:
    """Close everything where a red flag was ticked in the answers or in a check-in that nobody has cleared since."""
    keys = {flag.key for flag in standing(facts)}
    if keys:
        return _stop(keys)
    if ticked(facts, "health") is None:
        return closed(
            KEY,
            TITLE,
            "You have not said whether any of the warning signs applies to you.",
            EVIDENCE,
            "Answer “Does any of these apply to you?” before you begin.",
        )
    return opened(KEY, TITLE, "You ticked none of the warning signs, or they were cleared.", EVIDENCE)


def standing(facts: Facts) -> tuple[StandingFlag, ...]:
    """Return the red flags that stand, those of check-ins first, oldest first."""
    found = [
        StandingFlag(key, check_in, moment_day(facts, check_in))
        for check_in in facts.check_ins
        for key in check_in.red_flags
        if not _cleared_in_answers(facts, check_in) and cleared_by(facts, key, check_in) is None
    ]
    told = {flag.key for flag in found}
    # A key nobody knows may be a sign that a newer version added: it stops just the same.
    answered = sorted((ticked(facts, "health") or frozenset()) - _HARMLESS - told)
    return (*found, *(StandingFlag(key, None, None) for key in answered if not _ever_cleared(facts, key)))


def _cleared_in_answers(facts: Facts, check_in: CheckIn) -> bool:
    """Whether a plan of an earlier version holds the day on which everything before it was cleared."""
    cleared = day(facts, "red_flags_cleared_on")
    return cleared is not None and check_in.made_at.date() < cleared <= facts.today


def _ever_cleared(facts: Facts, key: str) -> bool:
    # A flag ticked in the answers is kept as a check-in too, with its moment; the answer alone says nothing of when.
    return any(key in clearance.of for clearance in facts.clearances)


def setbacks(facts: Facts) -> Iterator[Setback]:
    """Yield every red flag that a clinician has cleared: from that day on, one stage back. A mistake is none."""
    for check_in in facts.check_ins:
        for key in check_in.red_flags:
            word = cleared_by(facts, key, check_in)
            if word is None or word.kind is not ClearanceKind.CLINICIAN:
                continue
            on = moment_day(facts, check_in)
            sign = _KNOWN[key].words if key in _KNOWN else f"“{key}”"
            yield Setback(
                SetbackKind.RED_FLAG,
                on,
                Reason(
                    f"You ticked on {on.day} {on:%B}: {sign}. It was cleared by {word.quoted}. The plan goes "
                    "on one stage down.",
                    EVIDENCE.key,
                ),
                stages_back=1,
                rest_until=word.on,
                activity_id=check_in.activity_id,
                stood_from=check_in.made_at if check_in.made_at.date() == on else None,
            )


def _stop(keys: set[str]) -> GateState:
    known = sorted((_KNOWN[key] for key in keys if key in _KNOWN), key=lambda flag: (not flag.emergency, flag.key))
    unknown = sorted(keys - set(_KNOWN))
    said = [flag.words for flag in known] + [f"“{key}”, a sign this version does not know" for key in unknown]
    return GateState(
        KEY,
        TITLE,
        open=False,
        reason=Reason(f"You ticked: {'; '.join(said)}. Coaching stops until somebody has looked at it.", EVIDENCE.key),
        what_to_do=_whom(known) if known else "See a doctor before you go on.",
        is_red_flag=True,
    )


def _whom(flags: list[RedFlag]) -> str:
    """Say whom to see, the most urgent first, each person once."""
    return " ".join(dict.fromkeys(f"See {flag.whom_to_see}." for flag in flags)).replace(
        "See the emergency number", "Call the emergency number"
    )


RULE = Rule(key=KEY, title=TITLE, is_red_flag=True, ask=ask, evidence=(EVIDENCE, MISTAKES), setbacks=setbacks)
