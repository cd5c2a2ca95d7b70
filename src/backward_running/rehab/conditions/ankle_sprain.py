"""An ankle sprain: a trial was registered, its results were not seen."""

from __future__ import annotations

from backward_running.evidence import Verdict
from backward_running.evidence.studies import ankle_sprain_trial
from backward_running.rehab.base import Condition
from backward_running.rehab.conditions._stages import first_walk, longer_walk, looked_at
from backward_running.rehab.pain_limits import UNKNOWN_NRS

CONDITION = Condition(
    key="ankle_sprain",
    title="An ankle sprain",
    article_says="It helps sprained ankles, and puts less strain on the ankle.",
    verdict=Verdict.UNKNOWN,
    verdict_words="A trial was registered; its results were not seen.",
    carries=("A trial of backward walking after an ankle sprain was registered. That is all.",),
    does_not=(
        "No result was seen.",
        "Less strain on the ankle is not supported: the calf takes over much of the landing.",
        "You do not see the hole you step into.",
    ),
    modality="Walking backward on a closed, even surface. No running backward.",
    walking_only=True,
    beside="Somebody who watches the way behind you; a physiotherapist at the start.",
    stages=(
        looked_at(
            "If you cannot step on it, or a bone hurts when pressed, have it looked at today.",
            "Somebody has looked at it, or it is weeks old and quiet.",
            "You walk forward without a limp.",
        ),
        first_walk(
            "You stand on that leg for a while.", what="Walk backward on an even, closed floor, one minute at a time."
        ),
        longer_walk("The ankle is no thicker the next morning."),
    ),
    tissue="not known",
    sites=("ankle", "foot"),
    limit=UNKNOWN_NRS,
    red_flags=("bone_tenderness", "calf_swelling"),
    clinician_decides=(
        "Whether a bone has to be X-rayed.",
        "Which balance work you do; backward walking is only an addition.",
    ),
    protocols=(),
    evidence=(ankle_sprain_trial.REGISTERED,),
    instead=(
        "Ask a physiotherapist for balance and strength work of the ankle; that comes first. This program makes no "
        "backward plan for it."
    ),
)
