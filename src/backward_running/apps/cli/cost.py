"""What a pace and grade cost, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import SIMULATED_NOTE, json_option, opened, say_json, say_table, units_of
from backward_running.core.counting import counted

if TYPE_CHECKING:
    from backward_running.apps.words.units import Printed, Units
    from backward_running.core.session import Estimate, NotKnown
    from backward_running.flows.cost_views import Calculation, Way, YourFactor


@click.command("cost")
@click.option("--pace", help="Minutes and seconds per kilometre (or mile, by your units), such as 7:30.")
@click.option("--grade", default="0", show_default=True, help="Grade in percent; negative is downhill.")
@click.option("--backward/--forward", "backward", default=True, help="Which way you run; the other stands beside it.")
@click.option("--mass", help="Body mass, such as 70 or 154lb; by default that of your profile.")
@click.option("--you", is_flag=True, help="Your own factor instead: prior, recordings, posterior.")
@json_option
@click.pass_context
def cost_command(
    ctx: click.Context, pace: str | None, grade: str, backward: bool, mass: str | None, you: bool, as_json: bool
) -> None:
    """Say what a pace and grade cost per distance and per minute, backward beside forward.

    Every number has its interval and standing; where nobody has measured, it says "not known".
    """
    from backward_running.apps.words import cost as cost_words
    from backward_running.core.errors import BadValue
    from backward_running.flows import cost, profile
    from backward_running.flows.cost_views import Asked

    with opened(ctx) as store:
        units = units_of(store)
        if you:
            _say_factor(cost.your_factor(store), as_json)
            return
        typed = {"grade": grade, "mass": mass or "", "direction": "backward" if backward else "forward"}
        if pace is None:
            raise click.UsageError("Say a pace, such as: backward cost --pace 7:30")
        asked = cost_words.read(typed | {"pace": pace}, units)
        for name, words in asked.problems.items():
            raise BadValue(name, f"be {cost_words.accepted(name, units)}", (typed | {"pace": pace})[name], words)
        mass_kg = asked.mass_kg if mass else profile.athlete(store).mass_kg
        view = cost.calculate(store, Asked(asked.speed_mps, asked.grade_ratio, asked.direction, mass_kg))
    if as_json:
        say_json(view)
    else:
        _say(view, units)


def _say(view: Calculation, units: Units) -> None:
    from backward_running.core.direction import Gait

    _say_both_ways(view, units)
    _say_compared(view, units)
    click.echo(view.interval)
    if view.simulated:
        click.echo(f"Heart rate and own factor: {SIMULATED_NOTE[0].lower()}{SIMULATED_NOTE[1:]}")
    if view.own_recordings and view.backward.gait is not Gait.WALK:
        click.echo(f"Backward is priced with your own factor, from {counted(view.own_recordings, 'recording')}.")


def _say_both_ways(view: Calculation, units: Units) -> None:
    """Say what each direction costs, side by side, and what goes with the numbers."""
    from backward_running.apps.words import printed

    mass_kg, ways = view.asked.mass_kg, (view.backward, view.forward)
    per_minute = [printed.energy_per_minute(way.power, mass_kg) for way in ways]
    oxygen = [printed.printed(way.oxygen_uptake, printed.decimals(1), "ml/kg/min") for way in ways]
    pulse = [printed.printed(way.heart_rate, printed.decimals(0), "bpm") for way in ways]
    lines: Sequence[tuple[str, list[Estimate | NotKnown], list[Printed]]] = (
        (
            f"per {_long(units)}",
            [way.cost for way in ways],
            [printed.energy_per_distance(way.cost, mass_kg, units) for way in ways],
        ),
        ("per minute", [way.power for way in ways], per_minute),
        ("oxygen", [way.oxygen_uptake for way in ways], oxygen),
        ("heart rate to expect", [way.heart_rate for way in ways], pulse),
        (
            "as hard as, on the level",
            [way.grade_adjusted_speed for way in ways],
            [printed.pace(way.grade_adjusted_speed, units) for way in ways],
        ),
    )
    rows = [
        (title, _cell(said[0]), _standing(found[0]), _cell(said[1]), _standing(found[1]))
        for title, found, said in lines
    ]
    say_table(("", "backward", "", "forward", ""), rows)
    for note in dict.fromkeys(f"{way.direction.value}: {note}" for way in ways for note in _notes(way)):
        click.echo(note)


def _say_compared(view: Calculation, units: Units) -> None:
    """Say how one direction stands to the other: their ratio, the speed of equal effort, the factor."""
    from backward_running.apps.words import printed

    ratio = f"{_words(printed.change(view.ratio))} {_standing(view.ratio)}".rstrip()
    click.echo(f"per {_long(units)}, backward against forward: {ratio}")
    if view.forward.gait is not view.backward.gait:
        gaits = [way.gait.value if way.gait else "walk or run" for way in (view.backward, view.forward)]
        click.echo(f"  ({gaits[0]} backward against {gaits[1]} forward: what one does at that speed)")
    other = "backward" if view.asked.direction.value == "forward" else "forward"
    equal = printed.pace(view.equal_effort_speed, units)
    click.echo(f"as hard, running {other}: {_words(equal)} {_standing(view.equal_effort_speed)}".rstrip())
    click.echo(f"factor of running backward, rest left out: {printed.factor_said(view.factor)}")


def _long(units: Units) -> str:
    return "mile" if units.miles else "kilometre"


def _cell(said: Printed) -> str:
    return _words(said) if said.known else "not known"


def _words(said: Printed) -> str:
    """Print with plain spaces: in a terminal nothing breaks between a number and its unit."""
    from backward_running.apps.words.units import GAP

    return str(said).replace(GAP, " ")


def _notes(way: Way) -> list[str]:
    """Say why numbers are missing, and what stands behind the heart rate."""
    from backward_running.core.session import NotKnown

    found = (way.cost, way.heart_rate, way.grade_adjusted_speed)
    reasons = [estimate.why for estimate in found if isinstance(estimate, NotKnown)]
    return reasons + ([] if isinstance(way.heart_rate, NotKnown) else list(way.heart_rate.caveats))


def _standing(found: Estimate | NotKnown) -> str:
    from backward_running.apps.words.printed import standing_said
    from backward_running.core.session import NotKnown

    return "" if isinstance(found, NotKnown) else standing_said(found)


def _say_factor(view: YourFactor, as_json: bool) -> None:
    if as_json:
        say_json(view)
        return
    if view.simulated:
        click.echo(SIMULATED_NOTE)
    from backward_running.apps.words.printed import factor, factor_said

    prior, posterior = (factor(belief.value, belief.low, belief.high) for belief in (view.prior, view.posterior))
    said = [("studies, at your practice", prior)]
    said += [(seen.title, factor(seen.ratio, seen.low, seen.high)) for seen in view.seen]
    if view.seen:
        said.append(("both together", posterior))
    rows = [(title, shown.value, shown.interval) for title, shown in said]
    say_table(("from", "factor", "80 % between"), rows, right=(1,))
    click.echo(f"factor of running backward, rest left out: {factor_said(view.in_use)}")
    if view.why_none:
        click.echo(view.why_none)
    elif not view.enough:
        click.echo(f"From {view.wanted} recordings with a steady heart rate both ways, your own factor is used.")
