"""A knee after surgery: clinics use backward walking uphill; the surgeon's protocol leads."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import knee_surgery_practice, shen2021
from backward_running.rehab.base import Condition, Stage
from backward_running.rehab.conditions._stages import CLEARED, MORNING, NO_FLAG, NO_RISE, PROPOSAL, UNDER_LIMIT
from backward_running.rehab.pain_limits import UNKNOWN_NRS

CONDITION = Condition(
    key="knee_surgery",
    title="A knee after surgery",
    article_says="It helps the knee after surgery.",
    verdict=Verdict.WEAK,
    verdict_words="One small trial of walking on an incline. The surgeon’s protocol leads.",
    carries=(
        "Four weeks of walking backward after knee ligament surgery gave a better sense of the joint than the control, "
        "more so on an incline of 10 to 15 degrees (52 people, randomised).",
        "Clinics let people walk backward on an incline after knee ligament surgery (from memory, not yet checked).",
    ),
    does_not=(
        "It measured the sense of the joint, not pain, strength or the way back to running.",
        "Nothing here says when after surgery; that depends on what was done to the knee.",
        "No trial of running backward after knee surgery was found.",
    ),
    modality="Walking backward on a gentle incline, on a treadmill with a rail. No running backward.",
    walking_only=True,
    beside="Your physiotherapist.",
    stages=(
        Stage(
            title="The surgeon’s protocol",
            what="Do what it says, in its order. Nothing of this page is earlier than that.",
            enter=("The operation is done.",),
            leave=("Surgeon or physiotherapist names walking backward as the next step.", NO_FLAG),
            evidence=PROPOSAL,
        ),
        Stage(
            title="Backward on an incline",
            what=(
                "Walk backward on a treadmill incline, hands on the rail, your physiotherapist beside you. Time "
                "and incline are theirs."
            ),
            enter=(CLEARED, "The knee is not swollen.", "It bends and straightens as far as the protocol asks."),
            leave=("No swelling the next morning.", UNDER_LIMIT, MORNING, NO_RISE),
            evidence=knee_surgery_practice.INCLINE,
        ),
        Stage(
            title="Beside the return to running",
            what=(
                "Your clinician’s tests decide about forward running. Backward walking stays a part of the "
                "warm-up, or goes."
            ),
            enter=("The tests of your protocol are passed.", CLEARED),
            leave=("There is no next stage here; running backward was not studied after surgery.",),
            evidence=PROPOSAL,
        ),
    ),
    tissue="not known: it depends on what was operated on",
    sites=("knee", "front of knee"),
    limit=UNKNOWN_NRS,
    red_flags=("calf_swelling", "locked_knee", "night_pain_or_fever"),
    clinician_decides=("When, how steep, how long, and whether at all.", "What swelling means for the next day."),
    protocols=(),
    evidence=(shen2021.INCLINE, knee_surgery_practice.INCLINE),
    instead="Follow the protocol of your surgeon and physiotherapist, and ask them about backward walking.",
)
