"""Who runs, and the units."""

from __future__ import annotations

from dataclasses import replace

import click

from backward_running.apps.cli._shared import Number, json_option, now, opened, say_due, say_json, say_table
from backward_running.core.athlete import Sex
from backward_running.core.ports import SETTINGS

#: Option → field of Athlete.
FIELDS = {
    "birth_year": "birth_year",
    "mass_kg": "mass_kg",
    "height_m": "height_m",
    "resting_heart_rate": "resting_heart_rate_bpm",
    "maximal_heart_rate": "maximal_heart_rate_bpm",
    "maximal_oxygen_uptake": "maximal_oxygen_uptake_ml_per_kg_min",
    "backward_minutes": "backward_experience_min",
}

#: The word for: do not name a zone, take this machine's.
MACHINE = "machine"


@click.command("about")
@click.option("--birth-year", type=int)
@click.option("--sex", type=click.Choice([sex.value for sex in Sex]), help="Some equations differ by it.")
@click.option("--mass-kg", type=Number())
@click.option("--height-m", type=Number())
@click.option("--resting-heart-rate", type=Number(), help="Beats per minute.")
@click.option("--maximal-heart-rate", type=Number(), help="Beats per minute.")
@click.option("--maximal-oxygen-uptake", type=Number(), help="VO2max, ml/kg/min.")
@click.option("--backward-minutes", type=Number(), help="Minutes of running or walking backward so far.")
@click.option("--units", type=click.Choice(SETTINGS["units"]), help="`mixed`: miles, and metres on the track.")
@click.option("--week-starts", type=click.Choice(SETTINGS["week_starts"]), help="Of calendars and of Today.")
@click.option("--zone", help="Time zone you live in, such as Europe/Berlin; `machine` for that of this machine.")
@json_option
@click.pass_context
def about_command(
    ctx: click.Context,
    /,
    sex: str | None,
    units: str | None,
    week_starts: str | None,
    zone: str | None,
    as_json: bool,
    **given: float | None,
) -> None:
    """Show what is known of you, or change it. All of it is optional and stays on this machine."""
    from backward_running.flows import profile, zones

    with opened(ctx) as store:
        changes: dict[str, object] = {FIELDS[name]: value for name, value in given.items() if value is not None}
        if sex is not None:
            changes["sex"] = Sex(sex)
        changed = replace(profile.athlete(store), **changes)  # type: ignore[arg-type]
        profile.check(changed, today=now().date())
        if zone is not None:  # what can be refused comes first: all of it is kept, or nothing
            zones.put_zone(store, "" if zone == MACHINE else zone)
        if changes:
            profile.put_athlete(store, changed)
            say_due(store)
        for name, chosen in (("units", units), ("week_starts", week_starts)):
            if chosen is not None:
                profile.put_setting(store, name, chosen)
        athlete, own = profile.known(store), zones.own(store)
        looks = {name: profile.setting(store, name) for name in ("units", "week_starts")}
    if as_json:
        say_json({"athlete": athlete, **looks, "zone": own.zone, "zone_named": own.named})
        return
    rows = [(name.replace("_", " "), _said(getattr(athlete, name))) for name in ("sex", *FIELDS.values())]
    shown_zone = own.zone if own.named else f"{own.zone}, as this machine is set"
    say_table(
        ("about you", ""),
        [*rows, *((name.replace("_", " "), words) for name, words in looks.items()), ("time zone", shown_zone)],
    )


def _said(value: object) -> str:
    if value is None:
        return "not said"
    return value.value if isinstance(value, Sex) else f"{value}"
