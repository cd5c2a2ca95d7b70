"""Estimates as they are printed, the same in the terminal and on the screen."""

from __future__ import annotations

from collections.abc import Callable

from backward_running.apps.words.units import DASH, GAP, Printed, Units, percent_change, span, whole
from backward_running.core.constants import JOULES_PER_KILOCALORIE
from backward_running.core.session import Estimate, NotKnown
from backward_running.core.standing import Standing

#: Below this a whole number would hide what there is to see.
FINE_BELOW = 10.0


def printed(
    found: Estimate | NotKnown,
    show: Callable[[float], str],
    unit: str = "",
    *,
    join: Callable[[str, str], str] = span,
) -> Printed:
    """Print an estimate.

    Parameters
    ----------
    found : Estimate or NotKnown
        What is printed.
    show : callable
        Prints one number of it.
    unit : str
        The unit of what `show` prints.
    join : callable
        Joins the low end and the high end; the interval is left away where value and ends look the same.

    Returns
    -------
    Printed
        Of what is not known, only why.

    Examples
    --------
    >>> from backward_running.core.standing import Standing
    >>> found = Estimate("heart_rate_bpm", 150.0, 142.0, 158.0, "m", Standing.OPINION)
    >>> str(printed(found, decimals(0), "bpm")).replace(GAP, " ")
    '150 bpm (142–158)'
    >>> str(printed(NotKnown("heart_rate_bpm", "No heart rate was recorded."), decimals(0)))
    'not known: No heart rate was recorded.'
    """
    if isinstance(found, NotKnown):
        return Printed(DASH, why=found.why)
    value, low, high = (show(number) for number in (found.value, found.low, found.high))
    return Printed(value, unit, "" if low == value == high else join(low, high))


def factor(value: float, low: float, high: float) -> Printed:
    """Print a factor of backward over forward.

    >>> factor(1.3, 1.1, 1.45).bare
    '1.30 (1.10–1.45)'
    """
    show = decimals(2)
    return Printed(show(value), "", span(show(low), show(high)))


def factor_said(found: Estimate) -> str:
    """Say a factor, its interval and what it rests on: the same words wherever one is shown.

    >>> from backward_running.core.standing import Standing
    >>> factor_said(Estimate("backward_to_forward_ratio", 1.3, 1.1, 1.45, "m", Standing.REPLICATED))
    '1.30 (1.10–1.45), replicated'
    """
    return f"{factor(found.value, found.low, found.high).bare}, {standing_said(found)}"


def standing_said(found: Estimate) -> str:
    """Say how far a number can be leaned on."""
    return "measured on you" if found.standing is Standing.MEASURED else found.standing.value


def decimals(digits: int, factor: float = 1.0) -> Callable[[float], str]:
    """Return what prints a number times a factor with so many decimals.

    >>> decimals(1, 100.0)(0.1234)
    '12.3'
    """
    return lambda number: f"{number * factor:.{digits}f}"


def energy(found: Estimate | NotKnown, mass_kg: float | None, *, digits_per_kg: int = 1) -> Printed:
    """Print an energy in kilocalories; per kilogram of body where the mass is not known."""
    factor = (mass_kg or 1.0) / JOULES_PER_KILOCALORIE
    return printed(found, decimals(0 if mass_kg else digits_per_kg, factor), "kcal" if mass_kg else "kcal/kg")


def energy_per_distance(cost: Estimate | NotKnown, mass_kg: float | None, units: Units) -> Printed:
    """Print an energy per kilometre or mile; per kilogram of body where the mass is not known."""
    factor = units.long_m / JOULES_PER_KILOCALORIE * (mass_kg or 1.0)
    unit = f"kcal/{units.long_unit}" if mass_kg else f"kcal/kg/{units.long_unit}"
    return printed(cost, decimals(0 if mass_kg else 2, factor), unit)


def energy_per_minute(power: Estimate | NotKnown, mass_kg: float | None) -> Printed:
    """Print an energy per minute; per kilogram of body where the mass is not known."""
    factor = 60.0 / JOULES_PER_KILOCALORIE * (mass_kg or 1.0)
    return printed(power, decimals(1 if mass_kg else 3, factor), "kcal/min" if mass_kg else "kcal/kg/min")


def fine(found: Estimate | NotKnown, factor: float, digits: int) -> Printed:
    """Print an estimate times a factor with so many decimals, and one at least where it is small."""
    small = isinstance(found, Estimate) and found.value * factor < FINE_BELOW
    return printed(found, decimals(max(digits, 1) if small else digits, factor))


def pace(speed: Estimate | NotKnown, units: Units) -> Printed:
    """Print a speed as a pace; the interval runs from the faster to the slower."""
    return printed(
        speed, lambda mps: units.pace(mps).value, units.pace_unit, join=lambda slower, faster: span(faster, slower)
    )


def change(ratio: Estimate | NotKnown) -> Printed:
    """Print a ratio as a change in percent."""
    return printed(ratio, lambda value: percent_change(value).value, "%", join=lambda low, high: f"{low} to {high}")


def multiple(found: Estimate | NotKnown) -> Printed:
    """Print a multiple of a forward step, or a count of forward steps."""
    if found.name.endswith("_count"):
        return printed(found, lambda count: whole(count).value)
    times = printed(found, decimals(2))
    return times._replace(value=f"×{GAP}{times.value}") if times.known else times
