"""Red flags stop all coaching and say whom to see. Nothing here is a diagnosis."""

from __future__ import annotations

from datetime import date

from backward_running.core.plan import GateState, Reason
from backward_running.core.screening import CONDITIONS, NOTHING_APPLIES, RECENT_FALL, RED_FLAGS, RedFlag
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.rehab._facts import closed, day, opened, ticked
from backward_running.rehab.base import Facts, Rule

EVIDENCE = Evidence(
    key="rule.red_flags",
    says=(
        "Signs that ask for a professional before any more running; a cautious list of this project after common "
        "sports-medicine advice, not a test."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)
KEY = "red_flags"
TITLE = "Signs that need somebody to look"
_KNOWN = {flag.key: flag for flag in RED_FLAGS}
_HARMLESS = frozenset({NOTHING_APPLIES[0], RECENT_FALL[0], *(key for key, _ in CONDITIONS)})


def ask(facts: Facts) -> GateState:
    """Close everything where a red flag was ticked in the answers or in a check-in that nobody has cleared since."""
    health = ticked(facts, "health")
    keys = _ticked_in_answers(health or frozenset()) | _ticked_in_check_ins(facts)
    if keys:
        return _stop(keys)
    if health is None:
        return closed(
            KEY,
            TITLE,
            "You have not said whether any of the warning signs applies to you.",
            EVIDENCE,
            "Answer “Does any of these apply to you?” before you begin.",
        )
    return opened(KEY, TITLE, "You ticked none of the warning signs.", EVIDENCE)


def _ticked_in_answers(health: frozenset[str]) -> set[str]:
    # A key nobody knows may be a sign that a newer version added: it stops just the same.
    return set(health - _HARMLESS)


def _ticked_in_check_ins(facts: Facts) -> set[str]:
    cleared: date | None = day(facts, "red_flags_cleared_on")
    return {
        key
        for check_in in facts.check_ins
        for key in check_in.red_flags
        if cleared is None or check_in.made_at.date() >= cleared or cleared > facts.today
    }


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


RULE = Rule(key=KEY, title=TITLE, is_red_flag=True, ask=ask, evidence=(EVIDENCE,))
