"""After a stroke: seven studies of supervised walking backward, never of running."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import stroke_review2024, wen2022
from backward_running.rehab.base import Condition, Stage
from backward_running.rehab.conditions._stages import NO_FLAG, PROPOSAL
from backward_running.rehab.pain_limits import UNKNOWN_NRS

CONDITION = Condition(
    key="stroke",
    title="After a stroke",
    article_says="It is effective for stroke patients.",
    verdict=Verdict.WALKING,
    verdict_words="For supervised backward walking only, never for running.",
    carries=(
        "In seven studies of people after a stroke, supervised backward walking went with 0.11 m/s more over 10 m "
        "(0.01 to 0.21) and 4.38 more on the Berg balance scale.",
        "Instead of forward training it gave 0.16 m/s more (0.06 to 0.27).",
    ),
    does_not=(
        "Added to forward training it gave only 0.03 m/s more (0.01 to 0.04), and whether anything lasts is uncertain.",
        "No study of running backward after a stroke was found, and a fall costs too much.",
        "All of it was supervised; nothing speaks for walking backward at home alone.",
        "How much was done is not in what was read; this project names no dose.",
    ),
    modality="Walking backward in a harness or with a therapist’s hands. Never running backward, never alone.",
    walking_only=True,
    beside="A physiotherapist, every time.",
    stages=(
        Stage(
            title="Ask your stroke team",
            what="Take this page along. The team knows how you stand, turn and see.",
            enter=("Your stroke is past its first weeks and you are in treatment.",),
            leave=("The team wants backward walking in your treatment.", NO_FLAG),
            evidence=PROPOSAL,
        ),
        Stage(
            title="With a harness or hands",
            what=(
                "Steps backward with a harness or a therapist holding you, as in the studies. How much is theirs "
                "to say."
            ),
            enter=("The team wants it and stands beside you.", "You stand with help."),
            leave=("The therapist says that you need the harness no longer.", "No fall, no dizziness."),
            evidence=wen2022.WALK,
        ),
        Stage(
            title="Beside you, without a harness",
            what="Walking backward on a flat floor with the therapist beside you.",
            enter=("The therapist says so.",),
            leave=("There is no next stage here: running backward is not one of them.",),
            evidence=PROPOSAL,
        ),
    ),
    tissue="no one tissue",
    sites=(),
    limit=UNKNOWN_NRS,
    red_flags=("stroke_signs", "dizziness", "head_strike", "chest_pain"),
    clinician_decides=("Everything: whether, when, how much, and with which support.",),
    protocols=(),
    evidence=(wen2022.WALK, stroke_review2024.INSTEAD),
    instead=(
        "Ask the physiotherapist of your stroke team about backward walking; without their word this program makes no "
        "plan for it."
    ),
)
