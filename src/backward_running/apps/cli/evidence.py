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
        claims = [article_claim for article_claim in sources.article_claims() if _mentions(article_claim, text)]
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
    numbers = [number for number in page.numbers if _mentions(number, text)]
    say_table(
        ("number", "value", "", "tag", "standing", "source", "where"),
        [
            (
                number.key,
                _value(number),
                number.unit,
                number.tag.value,
                number.standing.value,
                number.citation,
                number.used_in,
            )
            for number in numbers
        ],
        right=(1,),
    )
    click.echo(f"{len(numbers)} numbers and findings, {len(page.studies)} sources, {len(page.claims)} claims")


def _say_claim(claim: ClaimView) -> None:
    click.secho(f"{claim.ordinal}. {claim.article_says}", bold=True)
    click.echo(f"   Verdict: {claim.verdict_words}. {claim.studies_say}")
    click.echo(f"   Here: {claim.we_do}")
    for finding in claim.findings:
        count = f", n = {finding.n}" if finding.n is not None else ""
        click.echo(
            f"   [{finding.tag.value}, {finding.standing.value}] {finding.citation} "
            f"({finding.who}{count}; read: {finding.read})"
        )


def _mentions(entry: object, text: str | None) -> bool:
    return text is None or text.lower() in f"{entry}".lower()


def _value(number: EvidenceNumber) -> str:
    if number.value is None:
        return ""
    interval = f" ({number.low:g}–{number.high:g})" if number.low is not None and number.high is not None else ""
    return f"{number.value:g}{interval}"
