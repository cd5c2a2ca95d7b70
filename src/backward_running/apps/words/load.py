"""The words of load, for the screen and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from backward_running.apps.words.phrases import long_day
from backward_running.apps.words.units import Units, clock, span
from backward_running.core.load import Measure
from backward_running.flows.load_views import Amount, PlannedNext, Spike

MEASURE = {Measure.EXERTION: "how it felt", Measure.HEART_RATE: "heart rate", Measure.MINUTES: "minutes"}
MEANS = {
    Measure.EXERTION: "Session load: how hard it felt (0 to 10) times minutes, split by the minutes of each direction.",
    Measure.HEART_RATE: "Training impulse (TRIMP, Banister): each second by your heart rate, in its direction.",
    Measure.MINUTES: "Minutes only: they say nothing of how hard it was.",
}
NEVER_MERGE = "Nothing here adds forward and backward: a leg that is used to one is not used to the other."


def amount(said: Amount, *, signed: bool = False) -> str:
    """Print a load.

    >>> amount(Amount(57.4)), amount(Amount(57.4, at_least=True)), amount(Amount(None))
    ('57', '≥ 57', '–')
    >>> amount(Amount(-12.3), signed=True), amount(Amount(0.2), signed=True)
    ('−12', '0')
    """
    if said.value_au is None:
        return "–"
    whole = round(said.value_au)
    text = f"{abs(whole)}"
    if signed and whole:
        text = f"{'+' if whole > 0 else '−'}{text}"
    return f"≥ {text}" if said.at_least else text


def two_digits(value: float | None) -> str:
    """Print a ratio.

    >>> two_digits(0.867), two_digits(None)
    ('0.87', '–')
    """
    return "–" if value is None else f"{value:.2f}"


def length(spike: Spike, value: float | None, units: Units) -> str:
    """Print the length of a session as the rule compares it: a distance, or a time."""
    return str(units.short_distance(value)) if spike.unit == "m" else clock(value)


def next_sentence(spike: Spike, units: Units) -> str:
    """Say how long the next session of one direction may be.

    >>> from backward_running.core.direction import Direction
    >>> next_sentence(Spike(Direction.BACKWARD, "s", None, 600.0, 660.0, None), Units())
    'Up to 11:00 backward is no spike: 110 % of the longest of the last 30 days (10:00).'
    """
    way = spike.direction.value
    if spike.stopped:
        return f"What you reported comes first: nothing is said of a next {way} session until it is cleared."
    if spike.planned is not None:
        return _as_planned(spike.planned)
    if spike.longest is None:
        return f"No {way} running in the last 30 days: there is nothing to compare with, so begin short."
    longest, may_be = length(spike, spike.longest, units), length(spike, spike.may_be, units)
    return f"Up to {may_be} {way} is no spike: 110 % of the longest of the last 30 days ({longest})."


def _as_planned(planned: PlannedNext) -> str:
    if planned.waits:
        return "Something you told holds it back: how long it may be is not said before that is behind."
    return "Your plan says how long it is: it knows more than the 110 % rule, such as what went wrong and what waits."


def next_lead(spike: Spike, units: Units) -> str:
    """Say it in one line that a beginner understands.

    >>> from backward_running.core.direction import Direction
    >>> next_lead(Spike(Direction.BACKWARD, "s", None, 600.0, 660.0, None), Units())
    'Next backward run: up to 11:00.'
    """
    way = spike.direction.value
    if spike.stopped:
        return f"Next {way} run: not before what you reported is cleared."
    if spike.planned is not None and spike.planned.waits:
        return f"Next {way} session: it waits. Today says for what."
    if spike.planned is not None:
        return f"Next {way} session: {clock(spike.planned.backward_s)} on {long_day(spike.planned.on)}, by your plan."
    if spike.longest is None:
        return f"Next {way} run: begin short."
    return f"Next {way} run: up to {length(spike, spike.may_be, units)}."


def session_sentence(spike: Spike, units: Units) -> str:
    """Say how one session compares with the longest of the 30 days before.

    >>> from backward_running.core.direction import Direction
    >>> session_sentence(Spike(Direction.FORWARD, "m", 12e3, 10e3, 11e3, 1.64), Units()).replace("\u00a0", " ")
    '12.00 km forward is 120 % of the longest of the 30 days before (10.00 km): a spike, hazard of injury ×1.64.'
    """
    way, own = spike.direction.value, length(spike, spike.session, units)
    if spike.longest is None or spike.session is None:
        return f"{own} {way}, the first {way} running in 30 days: there is nothing to compare with."
    share = f"{spike.session / spike.longest * 100:.0f} %"
    verdict = "no spike." if spike.hazard_ratio is None else f"a spike, hazard of injury ×{spike.hazard_ratio:g}."
    longest = length(spike, spike.longest, units)
    return f"{own} {way} is {share} of the longest of the 30 days before ({longest}): {verdict}"


def zone_names(borders_bpm: Sequence[int]) -> list[tuple[str, str]]:
    """Name the zones and their heart rates, below the first one first.

    >>> zone_names((120, 140))
    [('below', '< 120'), ('1', '120–139'), ('2', '≥ 140')]
    """
    if not borders_bpm:
        return []
    middle = [
        (str(number), span(str(low), str(high - 1)))
        for number, (low, high) in enumerate(pairwise(borders_bpm), start=1)
    ]
    return [("below", f"< {borders_bpm[0]}"), *middle, (str(len(borders_bpm)), f"≥ {borders_bpm[-1]}")]


def one_scale_sentence(low_share: float | None) -> str:
    """Say where a widespread program differs for women; nothing where it does not.

    >>> one_scale_sentence(0.256).split(". ")[1]
    'One widespread program takes 0.64 for everyone: it shows 26 % less.'
    >>> one_scale_sentence(None)
    ''
    """
    if low_share is None:
        return ""
    return (
        "Counted with the coefficients for women (0.86, 1.67). One widespread program takes 0.64 for everyone: it "
        f"shows {low_share * 100:.0f} % less."
    )
