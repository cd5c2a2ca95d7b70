"""Which programmes may be offered with a condition: only those for which their own evidence, or a rule, speaks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from backward_running.core.goals import BALANCE, REHAB_CONDITIONS, condition_of
from backward_running.core.plan import GateState, Reason
from backward_running.core.screening import CONDITIONS
from backward_running.evidence.proposals import own_proposal
from backward_running.plans.base import Answers

NO_DOSE = own_proposal(
    "fitting.no_dose",
    "Where nothing that was read gives a dose of walking backward for a condition, no programme is made for it: "
    "how much is the clinician’s to say. Once a clinician has agreed to walking, the shortest bouts there are, "
    "held and with somebody beside, are a proposal; running is none.",
)
#: With these walking backward may be possible with a clinician, and nothing that was read gives a dose of it.
WITHOUT_DOSE: frozenset[str] = frozenset(
    {
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
_NO_DOSE_KEY = "no_dose"
#: The rule that says whether a clinician has agreed, and the programme that is walked holding on throughout.
NOT_FOR_BACKWARD, HELD_PROGRAMME = "not_for_backward", "holding_on"
THEIR_WORD = "Do what your doctor or physiotherapist says; this plan waits, for its dose is of other people."
NEW_PLAN = (
    "This plan was made for other people. Start a new one: your clinician has agreed to walking, with a hand held and "
    "somebody beside you."
)


def no_dose(answers: Answers) -> Reason | None:
    """Say kindly why there is no programme with a condition without a dose, and what instead."""
    found = tuple(key for key in answers.conditions if key in WITHOUT_DOSE)
    return _why(found) if found else None


def no_dose_unless_agreed(answers: Answers) -> Reason | None:
    """Say the same for the programme that is walked holding on: once a clinician has agreed it is what there is.

    Then the gates leave walking with a hand held, and no running either way.
    """
    return None if is_held_to_walking(answers) else no_dose(answers)


def is_held_to_walking(answers: Answers) -> bool:
    """Tell whether the gates leave walking with a hand held and no running: then the shortest bouts are for anybody."""
    return answers.facts.walking_only and answers.facts.holds and answers.facts.no_running


def without_dose(
    answers: Mapping[str, object], gates: Sequence[GateState] = (), protocol: str = ""
) -> tuple[GateState, ...]:
    """Return a gate that stops a plan that began before such a condition was told; none where none was.

    None either for a programme that is walked holding on, once a clinician has agreed to walking.
    """
    agreed = any(gate.key == NOT_FOR_BACKWARD and not gate.open and gate.walking_only for gate in gates)
    if agreed and protocol == HELD_PROGRAMME:
        return ()
    health = answers.get("health")
    ticked = {str(key) for key in health} if isinstance(health, list | tuple) else {str(health)}
    found = tuple(sorted(ticked & WITHOUT_DOSE))
    if not found:
        return ()
    return (
        GateState(
            _NO_DOSE_KEY,
            "How much is your clinician’s to say",
            open=False,
            reason=_why(found),
            what_to_do=NEW_PLAN if agreed else THEIR_WORD,
            stops=True,
            no_running=True,
        ),
    )


def _why(keys: Collection[str]) -> Reason:
    words = [words for key, words in CONDITIONS if key in keys]
    return Reason(
        f"You told of: {'; '.join(words)}. Nothing that was read says how much walking backward fits with that, and "
        "the programmes here were tried on other people, so none is made for you. Walk backward as your doctor or "
        "physiotherapist says: how long, how often, what you hold and who stays. What you record and say of it is kept "
        "here all the same.",
        NO_DOSE.key,
        key=_NO_DOSE_KEY,
    )


def is_without_dose(reason: Reason) -> bool:
    """Tell whether that is why nothing fits: a condition for which nobody gives a dose."""
    return reason.key == _NO_DOSE_KEY


def told_of_another(goals: Collection[str], answers: Answers) -> Reason | None:
    """Say that a condition of rehabilitation was told, and this programme is not one for it."""
    told = [condition for condition in answers.conditions if condition_of(condition) not in (None, BALANCE)]
    other = next((condition for condition in told if condition not in goals), None)
    if other is None:
        return None
    words = dict(REHAB_CONDITIONS)[str(condition_of(other))]
    return Reason(
        f"You told of it before: {words[0].lower()}{words[1:]}. Until you take that back in words, only a programme "
        "for it is offered: choose it as your goal.",
        NO_DOSE.key,
    )
