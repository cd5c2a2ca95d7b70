"""Shin splints: nothing was found for going backward; forward plans exist, and a bone comes first."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import calf_damage
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import NONE_FOUND, forward_first, looked_at
from backward_running.rehab.pain_limits import BONE_NRS

CONDITION = Condition(
    key="shin_splints",
    title="Shin splints",
    article_says="It helps shin splints.",
    verdict=Verdict.UNKNOWN,
    verdict_words="No study of going backward for shin splints was found.",
    carries=("Nothing that was found. Graded plans back to forward running exist.",),
    does_not=(
        "No study of walking or running backward for shin splints was found.",
        "The calf probably works harder backward; what that does to the shin is not known.",
        "One spot on the bone that hurts when pressed can mean that the bone is hurt. A doctor rules that out.",
    ),
    modality="Nothing backward as a treatment.",
    walking_only=True,
    beside="A sports doctor or physiotherapist who has looked at the shin.",
    stages=(
        looked_at(
            "Pain along the shin is looked at before you run on; one sore spot on the bone within days.",
            "A clinician has ruled out that the bone is hurt.",
            "Walking does not hurt.",
        ),
        forward_first(
            "A graded return to forward running: walking and running in turns, a day of rest between, more only "
            "when the "
            "shin stays quiet.",
            "Walking does not hurt.",
            leave=(
                "You run forward for 20 minutes without pain at the shin; after that running backward is variety, "
                "not a treatment."
            ),
        ),
    ),
    tissue="bone",
    sites=("shin",),
    limit=BONE_NRS,
    red_flags=("bone_tenderness", "calf_swelling", "night_pain_or_fever"),
    clinician_decides=("Whether the bone is hurt.", "When you run again, and how fast it grows."),
    protocols=(),
    evidence=(NONE_FOUND, calf_damage.CALF),
    instead=(
        "Go back by a graded plan of forward running with your physiotherapist; leave running backward out until then."
    ),
)
