"""Knee osteoarthritis: thirteen trials, all of walking backward."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, Verdict
from backward_running.evidence.studies import alghadir2019, balasukumaran2019, castro2025, lin2025, salaffi2004
from backward_running.rehab._in_force import CLEAN_SESSIONS
from backward_running.rehab.base import Condition, Dose, Stage
from backward_running.rehab.conditions._stages import (
    CLEARED,
    FIRST_MPS,
    MORNING,
    NO_FLAG,
    NO_RISE,
    PROPOSAL,
    UNDER_LIMIT,
    first_walk,
)
from backward_running.rehab.pain_limits import OSTEOARTHRITIS_NRS

DOSE = Evidence(
    key="alghadir2019.dose",
    says="Ten minutes of backward walking, three times a week for six weeks, supervised, beside ordinary treatment.",
    study=alghadir2019.STUDY,
    standing=Standing.SINGLE_STUDY,
    tag=Tag.READ,
)
SESSION_S = Number("knee_osteoarthritis_walk_s", 600.0, "s", DOSE)
PER_WEEK = Number("knee_osteoarthritis_sessions_per_week_count", 3, "1/week", DOSE)
WEEKS = Number("knee_osteoarthritis_weeks_count", 6, "1", DOSE)
SESSIONS = Number(
    "knee_osteoarthritis_sessions_count",
    18,
    "1",
    Evidence(
        key="alghadir2019.sessions",
        says="Three times a week for six weeks: 3 · 6 = 18 sessions.",
        study=alghadir2019.STUDY,
        standing=Standing.SINGLE_STUDY,
        tag=Tag.DERIVED,
    ),
)

CONDITION = Condition(
    key="knee_osteoarthritis",
    title="Knee osteoarthritis",
    article_says="It helps the knee.",
    verdict=Verdict.WALKING,
    verdict_words="For backward walking, as an addition to treatment. Nobody tested running.",
    carries=(
        "Thirteen trials of backward walking, as an addition to other treatment, found less pain (g −1.00, −1.37 to "
        "−0.62) and less disability (g −1.02); how sure that is was not graded.",
        "A second review put it at 1.12 points of 10 less pain (0.62 to 1.61), with low certainty. Patients call 1 "
        "point slightly better and 2 much better: the gain is noticed, and not large.",
        "In one of them, ten minutes three times a week for six weeks, supervised, went with 1.8 less pain, "
        "against 1.0 "
        "less without it.",
    ),
    does_not=(
        "No trial of running backward with knee osteoarthritis was found.",
        "It was an addition to treatment, not a replacement of it.",
        "How long the effect lasts after the weeks of training is not known here.",
    ),
    modality="Walking backward, level. No running backward.",
    walking_only=True,
    beside="A physiotherapist or another trained person, as in the trial.",
    stages=(
        first_walk("Somebody trained stands beside you.", "You walk forward for 10 minutes without more pain."),
        Stage(
            title="The weeks of the trial",
            what=(
                "Ten minutes of walking backward, three times a week, with a trained person beside you. The plan of "
                "this program begins with five where you did none before, and comes to ten by steps of a tenth at most."
            ),
            enter=(CLEARED, NO_FLAG, "The first backward walking went well twice."),
            leave=("Six weeks of it are done.", UNDER_LIMIT, MORNING, NO_RISE),
            evidence=DOSE,
            dose=Dose(SESSION_S, PER_WEEK, WEEKS),
            clean_sessions=SESSIONS,
        ),
        Stage(
            title="Keep it, or leave it",
            what=(
                "Decide with your clinician whether it helped you. Going on is the same ten minutes, at most "
                "three days a week."
            ),
            enter=("The six weeks are done.",),
            leave=("There is no next stage: running backward was not studied.",),
            evidence=PROPOSAL,
            dose=Dose(SESSION_S, PER_WEEK, None, FIRST_MPS),
            clean_sessions=CLEAN_SESSIONS,
        ),
    ),
    tissue="the joint",
    sites=("knee", "front of knee"),
    limit=OSTEOARTHRITIS_NRS,
    red_flags=("locked_knee", "night_pain_or_fever", "calf_swelling"),
    clinician_decides=(
        "Whether backward walking fits beside your treatment, and when to begin.",
        "Whether you may do it without somebody beside you.",
        "What to do when the knee swells.",
    ),
    protocols=("knee_osteoarthritis_walking",),
    evidence=(
        lin2025.PAIN,
        castro2025.PAIN,
        salaffi2004.CHANGE,
        balasukumaran2019.ALL,
        alghadir2019.PAIN,
        DOSE,
    ),
)
