"""Runner's knee: less force behind the kneecap was measured, no trial was done."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import abdelraouf2019, flynn1995, roos2012, sussman
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import first_run, first_walk, forward_first, longer_walk
from backward_running.rehab.pain_limits import KNEECAP_NRS

CONDITION = Condition(
    key="runners_knee",
    title="Runner’s knee (pain around the kneecap)",
    article_says="It puts less pressure on the knee and helps it.",
    verdict=Verdict.WEAK,
    verdict_words="The force behind the kneecap was measured; whether the knee gets better was not.",
    carries=(
        "Force behind the kneecap was 3.4 times body weight backward and 4.5 forward at equal speed (20 runners), "
        "and 3.0 "
        "against 5.6 at speeds people chose (5 runners).",
        "Walking backward at 3 km/h both vasti worked harder, and the inner one gained on the outer one (20 women with "
        "such pain and 20 without).",
    ),
    does_not=(
        "No trial shows that runner’s knee gets better by running backward.",
        "At 1.0 m/s there was no difference (10 people): slow walking does not spare the knee.",
        "Shorter steps take part of it back: 24 % less in each step can be 8 % more in each kilometre.",
    ),
    modality=(
        "Walking backward first to learn it; then running backward in short pieces at a speed you control, in the "
        "place of minutes you would have run forward, never added to them."
    ),
    walking_only=False,
    beside="Somebody who watches the way behind you; a physiotherapist for the stages.",
    stages=(
        forward_first(
            "Walk, then walk and run forward in minutes, as your physiotherapist says. Ask "
            "which strength work belongs to it.",
            leave="You walk and run forward for 20 minutes in turns.",
        ),
        first_walk("Stairs down hurt no more than 3 of 10."),
        longer_walk("You squat halfway without more pain."),
        first_run(
            what=(
                "Four times 20 seconds of easy running backward on the flat, walking between, at a speed you control. "
                "They take the place of forward minutes: your running time does not grow."
            ),
        ),
    ),
    tissue="the joint behind the kneecap",
    sites=("knee", "front of knee"),
    limit=KNEECAP_NRS,
    red_flags=("locked_knee", "bone_tenderness", "night_pain_or_fever"),
    clinician_decides=(
        "Whether the pain comes from the kneecap at all.",
        "When you run forward again, and when backward running is worth a try.",
    ),
    protocols=("knee_minutes_swapped", "return_to_run"),
    evidence=(abdelraouf2019.VASTI, roos2012.KNEE, flynn1995.KNEE, sussman.KNEE),
)
