"""What a runner wants of running backward, as keys and as they read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

#: Conditions for which the article recommends running backward. (key, words)
REHAB_CONDITIONS: Final[tuple[tuple[str, str], ...]] = (
    ("knee_osteoarthritis", "Knee osteoarthritis"),
    ("runners_knee", "Runner’s knee (pain around the kneecap)"),
    ("knee_surgery", "A knee after surgery"),
    ("hip", "Hip pain"),
    ("low_back", "Low back pain, posture"),
    ("hamstring", "A hamstring strain"),
    ("groin", "Groin pain"),
    ("shin_splints", "Shin splints"),
    ("ankle_sprain", "An ankle sprain"),
    ("achilles", "A painful Achilles tendon"),
    ("stroke", "After a stroke"),
    ("balance", "Better balance"),
)
#: Condition of a goal → what it ticks in the question about health: one fact, whichever way it was told.
TICKED_AS: Final[Mapping[str, str]] = {"stroke": "parkinson_or_stroke", "achilles": "acute_calf_or_foot"}
#: A wish and no ailment: it need not be taken back before another goal is chosen.
BALANCE: Final = "balance"
REHAB: Final = "rehab:"  #: what a rehabilitation goal begins with, its condition follows

#: Values of the question "goal". (value, words)
GOALS: Final[tuple[tuple[str, str], ...]] = (
    ("try", "Try it, carefully"),
    ("variety", "More variety in my running"),
    ("economy", "Economy and speed"),
    ("race", "A race run backward"),
    *((REHAB + key, f"Rehabilitation: {words[0].lower()}{words[1:]}") for key, words in REHAB_CONDITIONS),
)

#: Under this key answers hold the rehabilitation goals that were told before and not taken back in words.
TOLD_BEFORE: Final = "told_before"


def condition_of(goal: str) -> str | None:
    """Return the key of the condition of a rehabilitation goal, None for any other goal.

    >>> condition_of("rehab:stroke"), condition_of("try")
    ('stroke', None)
    """
    return goal.removeprefix(REHAB) if goal.startswith(REHAB) else None
