"""Every number the program uses, where it comes from, how sure."""

from __future__ import annotations

import click

from backward_running.apps.cli._shared import json_option, say_json, say_table
from backward_running.flows.views import ClaimView, EvidenceNumber


@click.command("evidence")
@click.argument("text", required=False)
@click.option("--article", "--claims", is_flag=True, help="The article, audited: its claims with verdict and sources.")
@json_option
def evidence_command(text: str | None, article: bool, as_json: bool) -> None:
    """Print every number the program uses, with file and line, source, standing and tag.

    TEXT keeps those that mention it. Tags: A read in the abstract, B from memory, D derived, P a proposal.
    """
    from backward_running.flows import sources

    if article:
        claims = [one for one in sources.article_claims() if _mentions(one, text)]
        if as_json:
            say_json(claims)
            return
        for claim in claims:
            _say_claim(claim)
        return
    page = sources.evidence_page()
    if as_json:
        say_json(page)
        return
    numbers = [one for one in page.numbers if _mentions(one, text)]
    say_table(
        ("number", "value", "", "tag", "standing", "source", "where"),
        [
            (one.key, _value(one), one.unit, one.tag.value, one.standing.value, one.citation, one.used_in)
            for one in numbers
        ],
        right=(1,),
    )
    click.echo(f"{len(numbers)} numbers and findings, {len(page.studies)} sources, {len(page.claims)} claims")


def _say_claim(claim: ClaimView) -> None:
    click.secho(f"{claim.ordinal}. {claim.article_says}", bold=True)
    click.echo(f"   Verdict: {claim.verdict_words}. {claim.studies_say}")
    click.echo(f"   Here: {claim.we_do}")
    for one in claim.findings:
        count = f", n = {one.n}" if one.n is not None else ""
        click.echo(f"   [{one.tag.value}, {one.standing.value}] {one.citation} ({one.who}{count}; read: {one.read})")


def _mentions(one: object, text: str | None) -> bool:
    return text is None or text.lower() in f"{one}".lower()


def _value(one: EvidenceNumber) -> str:
    if one.value is None:
        return ""
    interval = f" ({one.low:g}–{one.high:g})" if one.low is not None and one.high is not None else ""
    return f"{one.value:g}{interval}"
