"""Balance: eleven small studies of walking backward."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import balance_review, heath2001
from backward_running.rehab.balance_test import REFER_FROM_S, SLOW, VERY_SLOW, WALK_ONLY_ABOVE_S
from backward_running.rehab.base import Condition, Stage
from backward_running.rehab.conditions._stages import NO_FLAG, first_walk, longer_walk
from backward_running.rehab.pain_limits import UNKNOWN_NRS

CONDITION = Condition(
    key="balance",
    title="Better balance",
    article_says="It is good for your balance.",
    verdict=Verdict.WALKING,
    verdict_words="For backward walking, by small trials.",
    carries=(
        "Eleven studies of backward walking speak for better balance.",
        "It can be learned: after four weeks of 15 minutes three times a week, the same speed took 19 % less oxygen "
        "(8 men).",
    ),
    does_not=(
        "The trials are small.",
        "Whether it prevents falls is not in what was read.",
        "No trial of running backward for balance was found.",
    ),
    modality="Walking backward. No running backward while balance is the goal.",
    walking_only=True,
    beside=(
        "Somebody within reach. From 65 on, or after a fall in the last 12 months, a trained person, until the "
        "3-metre "
        "backward walk test is done."
    ),
    stages=(
        Stage(
            title="The 3-metre backward walk test",
            what="Walk 3 metres backward as fast as you can, somebody beside you, and time it.",
            enter=("Somebody stands beside you.", NO_FLAG),
            leave=(
                f"You took {WALK_ONLY_ABOVE_S.value:g} s or less: go on with somebody near.",
                f"From {WALK_ONLY_ABOVE_S.value:g} to {REFER_FROM_S.value:g} s: go on only with a trained person "
                f"beside you. From {REFER_FROM_S.value:g} s on: speak with a clinician first.",
            ),
            evidence=SLOW,
        ),
        first_walk(
            "Somebody is within reach, or a wall or rail is at hand.",
            what="Walk backward along a wall or rail you can reach, one minute at a time, looking over a shoulder.",
        ),
        longer_walk("No stumble in the last two sessions.", what="The same, longer, then without the wall."),
    ),
    tissue="no one tissue",
    sites=(),
    limit=UNKNOWN_NRS,
    red_flags=("dizziness", "head_strike", "chest_pain"),
    clinician_decides=(
        "What makes you unsteady, before you train it.",
        "Whether medicines, sight or the inner ear have to be looked at first.",
    ),
    protocols=("holding_on", "heath_2001"),
    evidence=(balance_review.BALANCE, heath2001.PRACTICE, SLOW, VERY_SLOW),
)
