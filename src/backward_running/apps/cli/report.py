"""A report for a physician, a physiotherapist or a coach."""

from __future__ import annotations

from pathlib import Path

import click

from backward_running.apps.cli._shared import now, opened, units_of
from backward_running.apps.cli.export import save

KINDS = ("pdf", "weeks", "days", "fhir")


@click.command("report")
@click.option("--as", "kind", type=click.Choice(KINDS), default="pdf", show_default=True, help="What is written.")
@click.option("--to", type=click.Path(path_type=Path), help="File or folder; `-` is the terminal. By default here.")
@click.option("--force", is_flag=True, help="Overwrite a file that is there.")
@click.pass_context
def report_command(ctx: click.Context, kind: str, to: Path | None, force: bool) -> None:
    r"""Write a report of the last twelve weeks, for who treats or trains you.

    \b
    pdf     two pages: what was done, pain against its limits, falls, what was measured
    weeks   the weeks as CSV
    days    what was told and measured as CSV, one row a value
    fhir    the same as a FHIR R4 bundle

    It holds the past only, so it may be written while a warning sign stands.
    """
    from backward_running.apps.words import report as say
    from backward_running.flows import report

    with opened(ctx) as store:
        told = report.report(store, now=now())
        if kind == "pdf":
            units = units_of(store)
            name, data = report.pdf(say.TITLE, say.lead(told, units), say.sections(told, units), told=told)
        elif kind == "fhir":
            name, data = report.fhir_bundle(store, told)
        else:
            name, data = (report.weeks_csv if kind == "weeks" else report.days_csv)(told)
    save(name, data, to, force=force)
