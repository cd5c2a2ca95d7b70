"""Which source leads where two give the same run."""

from __future__ import annotations

import click

from backward_running.apps.cli._shared import json_option, opened, say_json, say_table


@click.command("sources")
@click.option("--leads", metavar="SOURCE", help="It leads from now on; with --over. `richer`: whichever knows more.")
@click.option("--over", metavar="SOURCE", multiple=True, help="The other one; for `richer` both are named.")
@json_option
@click.pass_context
def sources_command(ctx: click.Context, leads: str | None, over: tuple[str, ...], as_json: bool) -> None:
    """Show which sources gave the same run and which of them leads, or say it for what comes in from now on."""
    from backward_running.flows import source_rules

    named = over if leads == "richer" else (*over, leads or "")
    if (leads is None) != (not over) or (leads is not None and len(named) != 2):
        raise click.UsageError("Say two sources: --leads A --over B, or --leads richer --over A --over B.")
    with opened(ctx) as store:
        if leads is not None:
            source_rules.answer(store, named[0], named[1], source_rules.RICHER if leads == "richer" else leads)
        rules = source_rules.rules(store)
    if as_json:
        say_json(rules)
    elif not rules:
        click.echo("No two sources gave the same run yet.")
    else:
        said = {None: "whichever knows more; you did not say yet", source_rules.RICHER: "whichever knows more"}
        say_table(
            ("one source", "the other", "leads"),
            [(rule.first, rule.second, said.get(rule.leads, rule.leads or "")) for rule in rules],
        )
