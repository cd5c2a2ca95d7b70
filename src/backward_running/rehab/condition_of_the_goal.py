"""A rehabilitation goal: walking where only walking was studied, no plan where nothing speaks for one."""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.goals import BALANCE, TICKED_AS, TOLD_BEFORE, condition_of
from backward_running.core.plan import GateState
from backward_running.evidence.proposals import own_proposal
from backward_running.rehab._clearances import quoted_words
from backward_running.rehab._facts import chosen, closed, opened, ticked
from backward_running.rehab._who import agreed, has_dose, no_session, walking_beside, without_dose
from backward_running.rehab.base import Facts, Rule

EVIDENCE = own_proposal(
    "rule.condition_of_the_goal",
    "Practically all trials with patients are of backward walking: for a condition this project plans walking "
    "where that was studied, running only as a late stage of a return to running, and nothing where nothing was "
    "found.",
)
KEY = "condition_of_the_goal"
TITLE = "What your goal carries"
#: Conditions whose trials had a trained person beside for every session.
SUPERVISED = frozenset({"knee_osteoarthritis", "stroke"})


def ask(facts: Facts) -> GateState:
    """Close for a condition without a plan; leave walking where only walking was studied.

    A condition that was told before and not taken back counts like that of the goal, the strictest first.
    """
    before = sorted(ticked(facts, TOLD_BEFORE) or ())
    states = [_of(facts, condition_of(goal)) for goal in (chosen(facts, "goal") or "", *before)]
    return min(states, key=lambda state: (state.open, state.walking_only))


def _of(facts: Facts, key: str | None) -> GateState:
    from backward_running.rehab import all_conditions

    if key is None:
        return opened(KEY, TITLE, "Your goal is not rehabilitation.", EVIDENCE)
    condition = all_conditions().get(key)
    if condition is None:
        return no_session(
            KEY,
            TITLE,
            "Your goal is a condition this version does not know.",
            EVIDENCE,
            "Ask your clinician, and choose another goal.",
            "Come back with them.",
        )
    if not condition.protocols:
        text = f"“{condition.title}”: this program makes no backward plan for that."
        instead = condition.instead or condition.beside
        if key in TICKED_AS:
            return _unless_agreed(facts, key, condition.title, instead)
        return no_session(
            KEY,
            TITLE,
            text,
            EVIDENCE,
            instead,
            "Come back to write down what your clinician allows, and to record what you do.",
            no_running=True,
        )
    if key in SUPERVISED:
        text = f"“{condition.title}”: only walking backward with somebody beside was studied."
        return walking_beside(facts, KEY, TITLE, text, EVIDENCE, no_running=True)
    if condition.walking_only:
        return closed(
            KEY,
            TITLE,
            f"“{condition.title}”: only walking backward was studied.",
            EVIDENCE,
            f"Walk backward only. Beside you: {condition.beside[0].lower()}{condition.beside[1:]}",
            walking_only=True,
            no_running=key != BALANCE,
        )
    return opened(
        KEY, TITLE, f"“{condition.title}”: running backward comes last, beside your clinician’s plan.", EVIDENCE
    )


def _unless_agreed(facts: Facts, key: str, title: str, instead: str) -> GateState:
    """Answer as the rule does that is asked where the same condition was ticked: walking once a clinician agrees."""
    if not agreed(facts, TICKED_AS[key]):
        text = f"“{title}”: this program makes no backward plan for that before a clinician has agreed to walking."
        when = "Come back to write down what your clinician allows, once they agree to walking backward."
        return no_session(KEY, TITLE, text, EVIDENCE, instead, when, no_running=True)
    text = f"“{title}”: no dose was studied. {quoted_words(facts, [TICKED_AS[key]])}"
    if not has_dose(facts):
        return without_dose(KEY, TITLE, text, EVIDENCE)
    state = walking_beside(facts, KEY, TITLE, text, EVIDENCE, no_running=True)
    return replace(state, holding=state.walking_only)


RULE = Rule(key=KEY, title=TITLE, is_red_flag=False, ask=ask, evidence=(EVIDENCE,))
