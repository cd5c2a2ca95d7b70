"""A laboratory's own measurement against every model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli._shared import json_option, say_json, say_table
from backward_running.core.constants import KMH_PER_MPS

if TYPE_CHECKING:
    from backward_running.flows.validate_cost import StageCompared


@click.command("validate-cost")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--backward/--forward", "backward", default=True, help="Which way all of it was moved.")
@click.option("--gait", type=click.Choice(["walk", "run"]), help="How; by default what the speed says.")
@click.option("--mass", "mass_kg", type=float, help="Body mass in kg, where the file has VO2 in ml/min only.")
@click.option("--speed", "speed_kmh", type=float, help="Speed in km/h, where the file has none.")
@click.option("--grade", "grade_percent", type=float, help="Grade in percent, where the file has none.")
@json_option
def validate_cost_command(
    file: Path,
    backward: bool,
    gait: str | None,
    mass_kg: float | None,
    speed_kmh: float | None,
    grade_percent: float | None,
    as_json: bool,
) -> None:
    """Compare every model with what a metabolic cart measured: a FILE of VO2 (and VCO2), COSMED or alike.

    Breath by breath or averaged. Each stage of one speed is averaged from two minutes after it began. Nothing is saved.
    """
    from backward_running.core.athlete import within
    from backward_running.core.direction import Direction, Gait
    from backward_running.flows.validate_cost import validate_cost

    within("mass_kg", mass_kg, "body mass")
    found = validate_cost(
        file.read_bytes(),
        Direction.BACKWARD if backward else Direction.FORWARD,
        gait=None if gait is None else Gait(gait),
        mass_kg=mass_kg,
        speed_mps=None if speed_kmh is None else speed_kmh / KMH_PER_MPS,
        grade_ratio=None if grade_percent is None else grade_percent / 100.0,
    )
    if as_json:
        say_json(found)
        return
    for compared in found:
        _say_stage(compared)


def _say_stage(compared: StageCompared) -> None:
    """Say what was measured at one speed, and a line for each model that answers there."""
    stage = compared.stage
    ratio = "" if stage.exchange_ratio is None else f", RER {stage.exchange_ratio:.2f}"
    click.echo(
        f"{stage.speed_mps * KMH_PER_MPS:.1f} km/h, {stage.grade_ratio * 100:+.1f} %: measured "
        f"{stage.oxygen_uptake_ml_per_kg_min:.1f} ml/kg/min over {stage.duration_s:.0f} s{ratio}".replace("-", "−")
    )
    if stage.exchange_ratio is not None and stage.exchange_ratio > 1.0:
        click.echo("  More carbon dioxide than oxygen: part of it did not come from oxygen; compare with care.")
    rows = [
        (
            f"{'* ' if row.asked else '  '}{row.model}",
            f"{row.best:.1f}",
            f"{row.low:.1f}–{row.high:.1f}",
            f"{row.error_share(stage.oxygen_uptake_ml_per_kg_min) * 100:+.0f} %".replace("-", "−"),
            "yes" if row.low <= stage.oxygen_uptake_ml_per_kg_min <= row.high else "no",
        )
        for row in compared.models
    ]
    if rows:
        say_table(("model (* prices it)", "ml/kg/min", "interval", "error", "inside"), rows, right=(1, 3))
    else:
        click.echo("  No model answers there: what you measured is new. Please tell.")
