"""Hip pain: nothing was found for going backward."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import NONE_FOUND, forward_first, looked_at
from backward_running.rehab.pain_limits import UNKNOWN_NRS

CONDITION = Condition(
    key="hip",
    title="Hip pain",
    article_says="It helps the hips.",
    verdict=Verdict.UNKNOWN,
    verdict_words="No study of going backward for hip pain was found.",
    carries=("Nothing that was found.",),
    does_not=(
        "No study of walking or running backward for hip pain was found.",
        "Pain in the groin or the front of the hip that grows with load can come from the bone; no exercise page "
        "can tell.",
    ),
    modality="Nothing backward as a treatment.",
    walking_only=True,
    beside="A sports doctor or physiotherapist who has looked at the hip.",
    stages=(
        looked_at("A sports doctor looks at it before you run, forward or backward."),
        forward_first(
            "Walk, then walk and run forward in turns, as your clinician says.",
            "Somebody has looked at the hip.",
            leave=(
                "You run forward for 20 minutes; after that running backward is variety like for anybody, not a "
                "treatment."
            ),
        ),
    ),
    tissue="not known",
    sites=("hip", "groin"),
    limit=UNKNOWN_NRS,
    red_flags=("groin_or_hip_pain", "night_pain_or_fever", "bone_tenderness"),
    clinician_decides=("What hurts, whether a picture of the bone is needed, and when you run again.",),
    protocols=(),
    evidence=(NONE_FOUND,),
    instead="See a sports doctor or physiotherapist about the hip. This program makes no backward plan for it.",
)
