"""Low back and posture: hints from small, short trials of walking backward."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import ahmad2023, low_back_trials, trunk_muscles
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import first_walk, longer_walk, looked_at
from backward_running.rehab.pain_limits import UNKNOWN_NRS

CONDITION = Condition(
    key="low_back",
    title="Low back pain, posture",
    article_says="It restores your posture and helps the back.",
    verdict=Verdict.WEAK,
    verdict_words="Small, short trials of walking only.",
    carries=(
        "Small, short trials of backward walking for the low back and posture; they carry no more than a hint.",
        "In one of them, three weeks of it added to treatment, people slept better (31, randomised); what it did to "
        "their pain was not in the part that was read.",
        "The back extensors work more in backward walking than in forward walking (42 people).",
    ),
    does_not=(
        "A muscle that works more is not a back that hurts less.",
        "Whether posture gets better is barely tested.",
        "No trial of running backward for a painful back was found.",
    ),
    modality="Walking backward. No running backward for the back’s sake.",
    walking_only=True,
    beside="Somebody who watches the way behind you; a physiotherapist where pain is new.",
    stages=(
        looked_at(
            "Back pain that is new, goes down a leg or wakes you belongs to a clinician first.",
            "A clinician has looked at it, or it is an old, quiet pain you know.",
            "None of the warning signs applies.",
        ),
        first_walk("You walk forward for 10 minutes without more pain."),
        longer_walk("You still turn to look over your shoulder without pain."),
    ),
    tissue="not known",
    sites=("back",),
    limit=UNKNOWN_NRS,
    red_flags=("saddle_numbness", "night_pain_or_fever", "bone_tenderness"),
    clinician_decides=(
        "What the pain is, and whether walking backward belongs to its care.",
        "Whether looking over the shoulder is good for your back and neck.",
    ),
    protocols=("holding_on", "heath_2001"),
    evidence=(low_back_trials.BACK, ahmad2023.BACK, trunk_muscles.TRUNK),
)
