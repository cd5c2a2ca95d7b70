"""Whether it is light when its runner runs, by the sun or by lamps: never in the dark."""

from __future__ import annotations

from backward_running.core.ground import Daylight, Stretch
from backward_running.evidence.proposals import own_proposal, proposed_number
from backward_running.places._weights import WEIGHTS
from backward_running.places.base import Answer, Asked, PlaceRule, unknown

KEY = "light"
EVIDENCE = own_proposal(
    "rule.light",
    "Never in the dark: by the sun at the hour you usually run (Meeus's formulas), or by lamps, as the map says.",
)
BY_DAY_SCORE = proposed_number("spot_by_day_score", 0.2, "1", "What is known to be unlit serves by day.")
DAYLIGHT_SCORE = proposed_number(
    "spot_daylight_score", 0.8, "1", "Light by the sun at your hour today; in a month it may be dark then."
)


def ask(stretch: Stretch, asked: Asked) -> Answer:
    """Score whether it is lit at night, or light when its runner usually runs."""
    lit = stretch.tags.get("lit")
    is_unlit = lit in ("no", "disused")
    if asked.daylight is Daylight.DAY:
        lamps = "lamps unknown" if lit is None else "not lit" if is_unlit else "lit"
        return Answer(1.0 if lamps == "lit" else DAYLIGHT_SCORE.value, f"light at the hour you usually run; {lamps}")
    if lit is None:
        return unknown(_when(asked, "lighting unknown"))
    if is_unlit:
        score = BY_DAY_SCORE.value if asked.daylight is None else 0.0
        return Answer(score, _when(asked, "not lit: by day only"))
    return Answer(1.0, _when(asked, "lit"))


def _when(asked: Asked, words: str) -> str:
    """Say how dark it is at the usual hour, where there is one."""
    if asked.daylight is None:
        return words
    return f"{words}; {'dark' if asked.daylight is Daylight.DARK else 'twilight'} at the hour you usually run"


RULE = PlaceRule(KEY, "Light", ask, WEIGHTS[KEY], (EVIDENCE,), by_map=False)
