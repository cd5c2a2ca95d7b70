"""A painful Achilles tendon: not supported, and it may get worse."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import calf_damage, tendon_loading
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import first_run, first_walk, forward_first, looked_at
from backward_running.rehab.pain_limits import TENDON, TENDON_NRS

CONDITION = Condition(
    key="achilles",
    title="A painful Achilles tendon",
    article_says="It is effective for Achilles injuries.",
    verdict=Verdict.UNSUPPORTED,
    verdict_words="No trial speaks for it, and it may aggravate the tendon early on.",
    carries=(
        "Nothing speaks for going backward.",
        "What has a study is the way to watch the pain: people with a painful Achilles tendon went on with up to "
        "5 of 10 "
        "that was gone the next morning.",
    ),
    does_not=(
        "No trial of running or walking backward for the Achilles tendon was found.",
        "Landing on the forefoot loads the tendon and the calf.",
        "Downhill backward walking is used in laboratories to damage calves: 20 % less strength, soreness for 48 "
        "hours.",
    ),
    modality=(
        "Nothing backward while the tendon hurts. Walking, then running backward come last, after forward running."
    ),
    walking_only=False,
    beside="A physiotherapist.",
    stages=(
        looked_at(
            "A physiotherapist sets up heavy calf work; that is the care. A sudden kick in the calf is seen today.",
            "The calf work has begun and the tendon bears it.",
            "The morning is no stiffer than the one before.",
        ),
        forward_first(
            "Forward walking and running beside the calf work, under the pain limit.",
            "The calf work goes on.",
            leave="You run forward for 30 minutes on the flat.",
        ),
        first_walk("Forward running went well for weeks."),
        first_run(
            "The calves are not sore at 24 and 48 hours.",
            what="Four times 20 seconds of easy running backward on the flat, walking between. Never downhill.",
        ),
    ),
    tissue="tendon",
    sites=("achilles",),
    limit=TENDON_NRS,
    red_flags=("calf_kick", "calf_swelling", "night_pain_or_fever"),
    clinician_decides=(
        "How heavy the calf work is.",
        "When forward running comes back, and whether backward running is worth it.",
    ),
    protocols=(),
    evidence=(TENDON, tendon_loading.CARE, calf_damage.CALF),
    instead=(
        "Heavy calf work with a physiotherapist is the care. Forward running comes back first; this program "
        "makes no "
        "backward plan for a tendon that hurts."
    ),
)
