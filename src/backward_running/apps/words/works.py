"""What is said of a promise: amounts in the runner's units, the word, and the sentences beside it."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from backward_running.apps.words.units import Units
from backward_running.core.constants import KILOGRAMS_PER_POUND, KMH_PER_MPS, METRES_PER_MILE
from backward_running.core.counting import counted

KILOMETRES_PER_HOUR, MILES_PER_HOUR = KMH_PER_MPS, 3600.0 / METRES_PER_MILE
SHORT = {
    "works": "works",
    "probably": "probably better",
    "probably worse": "probably worse",
    "no important change": "no important change",
    "cannot tell yet": "cannot tell yet",
    "no number yet": "no number yet",
}
_LACKS = {
    "no backward minutes": (
        "No backward running is known yet. Measure on: what you have before you begin is what counts."
    ),
    "readings before": (
        "There are fewer than 3 readings from before the run-in. They cannot be had any more, so this way "
        "there will be no answer."
    ),
    "time before": (
        "The readings from before the run-in cover less than 21 days, too few to tell a slope. They cannot be had any "
        "more, so this way there will be no answer."
    ),
    "readings after": "There are fewer than 3 readings since the first backward session: measure on.",
    "time after": "The readings since the first backward session cover less than 21 days: measure on.",
    "all alike": "All readings are alike, so nothing can be told from them.",
}
_LEFT_OUT = {
    "pounds": "they look like pounds among kilograms: take them back and type them again",
    "run-in": "of the weeks just before the first backward session: people begin when something is at its worst",
    "implausible": "they can be those of nobody",
}
_EXPLAINED = {
    "slope": "a slope of your own",
    "peak": "a peak you may have begun at",
    "forward": "your forward minutes",
    "season": "the season",
    "jump": "a jump of every reading",
}


def shown(unit: str, units: Units) -> tuple[float, str]:
    """Return by what an amount is multiplied, and the unit it then has on the screen."""
    if unit == "kg" and units.imperial:
        return 1.0 / KILOGRAMS_PER_POUND, "lb"
    if unit == "m/s":
        return (MILES_PER_HOUR, "mph") if units.miles else (KILOMETRES_PER_HOUR, "km/h")
    return 1.0, unit


def amount(value: float, promise: Any, units: Units, *, signed: bool = False) -> str:
    """Say an amount of a promise: "71.5 kg", "+0.4 km/h"."""
    times, unit = shown(promise.unit, units)
    number = f"{value * times:{'+' if signed else ''}.{promise.places}f}".replace("-", "−")
    return f"{number} {unit}".strip()


def between(low: Any, high: Any, promise: Any, units: Units) -> str:
    """Say an interval of changes: "−2.0 to +1.1 kg"."""
    times, unit = shown(promise.unit, units)
    ends = [f"{end * times:+.{promise.places}f}".replace("-", "−") for end in (low, high)]
    return f"{ends[0]} to {ends[1]} {unit}".strip()


def chance(share: Any) -> str:
    """Say a chance without more certainty than there is: "87 %", "over 99 %"."""
    percent = 100.0 * share
    if percent > 99.0:
        return "over 99 %"
    return "under 1 %" if percent < 1.0 else f"{percent:.0f} %"


def tried(value: float, trial: Any, units: Units) -> str:
    """Say one try of a test: "2.73 s"."""
    times, unit = shown(trial.kind.unit, units)
    return f"{value * times:.{trial.places}f} {unit}".replace("-", "−").strip()


def detectable(trial: Any, units: Units) -> str:
    """Say what two tries have to differ by, and whether that comes from one's own."""
    found = trial.detectable
    if found is None:
        return ""
    change = tried(found.change, trial, units)
    if found.repeats:
        return f"Two tries of yours that differ by less than {change} may be alike: so far your own repeats lie apart."
    return (
        f"Two tries that differ by less than {change} may be alike. {trial.error_says} Several tries on the same day "
        "replace it by your own."
    )


def verdict(promise: Any) -> str:
    """Say the answer in one sentence."""
    answer = promise.answer
    if not answer.is_open:
        said = SHORT[answer.word.value]
        return f"{said[0].upper()}{said[1:]}."
    if promise.taken_back:
        return "Cannot tell yet: alone it would look like a change, among so many promises it may be chance."
    if answer.more_weeks is None:
        return "Cannot tell, and not within a year of going on like this: the readings wander too far."
    return f"Cannot tell yet: about {counted(answer.more_weeks, 'more week')}, going on as now."


def lacks(promise: Any) -> list[str]:
    """Say what is missing for a number."""
    return [_LACKS[lack.value] for lack in promise.answer.lacks]


def left_out(promise: Any) -> list[str]:
    """Say what was left out, and why."""
    said = [
        f"{counted(len(left.days), 'reading')} left out, {_LEFT_OUT[left.why.value]} ({_days(left.days)})."
        for left in promise.answer.left_out
    ]
    if promise.answer.effect is not None and not promise.answer.knows_forward:
        said.append(
            "How much you ran forward is not known from the beginning of these readings, so nothing is taken off for "
            "it: if you ran more or less than before, that is in the change."
        )
    return said


def explained(promise: Any) -> str:
    """Say what else may explain the readings and was taken off before: "a slope of your own, the season"."""
    return ", ".join(dict.fromkeys(_EXPLAINED[name] for name in promise.answer.explained_by if name in _EXPLAINED))


def jump(promise: Any) -> date | None:
    """Return the day from which on every reading is another."""
    return None if promise.answer.jump_on is None else date.fromordinal(promise.answer.jump_on)


def expected_false(overview: Any) -> str:
    """Say how many of the claims may be none."""
    if not overview.claims:
        return ""
    most = max(1, math.ceil(overview.expected_false))
    return (
        f"{counted(overview.claims, 'change')} called probable; of twenty such about one is none, so expect at most "
        f"{most} here to be chance."
    )


def _days(ordinals: tuple[int, ...]) -> str:
    first, last = date.fromordinal(ordinals[0]), date.fromordinal(ordinals[-1])
    return f"{first:%d %b %Y}" if first == last else f"{first:%d %b %Y} to {last:%d %b %Y}"
