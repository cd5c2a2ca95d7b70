"""A hamstring strain: a plausible drill for the middle of the way back, no substitute for eccentric work."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import backward_excursion, whitley2011
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import first_run, first_walk, forward_first, longer_walk
from backward_running.rehab.pain_limits import MUSCLE_NRS

CONDITION = Condition(
    key="hamstring",
    title="A hamstring strain",
    article_says="It helps the hamstring.",
    verdict=Verdict.WEAK,
    verdict_words="A drill for the middle of the way back; no substitute for eccentric work.",
    carries=(
        "Hip and knee travel less far in a backward stride, so the hamstring is stretched less.",
        "Hamstring flexibility rose in 10 women after four weeks of backward walking.",
    ),
    does_not=(
        "No trial tested it after a strain.",
        "It is no substitute for eccentric work.",
        "Flexible is not strong.",
    ),
    modality="Walking backward first; running backward in short pieces, as a drill of the return to running.",
    walking_only=False,
    beside="Somebody who watches the way behind you; a physiotherapist for the stages.",
    stages=(
        forward_first(
            "Walk, then jog forward without a limp, as your physiotherapist says. Eccentric work goes on throughout.",
            leave="You jog forward without a limp.",
        ),
        first_walk("You bend forward without more pain."),
        longer_walk("Eccentric work goes on beside it."),
        first_run(
            "You jog forward for 20 minutes.",
            what=(
                "Four times 20 seconds of easy running backward on the flat, walking between. No sprint, no hill down."
            ),
        ),
    ),
    tissue="muscle",
    sites=("hamstring",),
    limit=MUSCLE_NRS,
    red_flags=("calf_swelling", "saddle_numbness", "night_pain_or_fever"),
    clinician_decides=(
        "How bad the strain is, and which eccentric work you do.",
        "When you sprint forward again; backward running does not decide that.",
    ),
    protocols=("return_to_run",),
    evidence=(backward_excursion.EXCURSION, whitley2011.HAMSTRING),
)
