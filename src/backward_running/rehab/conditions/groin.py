"""Groin pain: nothing was found for going backward, and a bone comes first."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import NONE_FOUND, forward_first, looked_at
from backward_running.rehab.pain_limits import UNKNOWN_NRS

CONDITION = Condition(
    key="groin",
    title="Groin pain",
    article_says="It helps the groin.",
    verdict=Verdict.UNKNOWN,
    verdict_words="No study of going backward for groin pain was found.",
    carries=("Nothing that was found.",),
    does_not=(
        "No study of walking or running backward for groin pain was found.",
        "In somebody who runs, groin pain can come from the neck of the thigh bone. A doctor rules that out first.",
    ),
    modality="Nothing backward as a treatment.",
    walking_only=True,
    beside="A sports doctor who has looked at it.",
    stages=(
        looked_at(
            "Do not run until a sports doctor has looked at it: worse with load or at night means within days.",
            "A doctor has ruled out that it comes from the bone.",
            "None of the warning signs applies.",
        ),
        forward_first(
            "What your clinician gives you first, then walking and running forward in turns.",
            "A doctor has looked at it.",
            leave=(
                "You run forward for 20 minutes; after that running backward is variety like for anybody, not a "
                "treatment."
            ),
        ),
    ),
    tissue="not known",
    sites=("groin", "hip"),
    limit=UNKNOWN_NRS,
    red_flags=("groin_or_hip_pain", "bone_tenderness", "night_pain_or_fever"),
    clinician_decides=("What hurts, whether a picture of the bone is needed, and when you run again.",),
    protocols=(),
    evidence=(NONE_FOUND,),
    instead="See a sports doctor, and do not run until then. This program makes no backward plan for it.",
)
