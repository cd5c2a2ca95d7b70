"""Does it work, for me: what is measured and typed, and every promise answered from one's own months."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._shared import DAY, json_option, now, opened, say_json, say_table, units_of

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.core.ports import Store
    from backward_running.flows.works import Overview, Promise


@click.command("measure")
@click.argument("kind", required=False)
@click.argument("value", required=False)
@click.option("--on", "day", type=DAY, help="The day it was measured, where that is not today.")
@click.option("--note", default="", help="In your words: another scale, after a meal.")
@click.option("--new-device", type=DAY, help="Since this day another scale, watch or tape is used.")
@click.option("--same-device", type=DAY, help="On this day nothing was exchanged, though it looks so.")
@click.option("--answers", metavar="NUMBERS", help='Answers to a questionnaire, one each, - for none: "3 3 2 -".')
@click.option("--take-back", metavar="ID", help="Take a measurement back; `backward measure KIND` lists them.")
@json_option
@click.pass_context
def measure_command(  # noqa: PLR0913 -- each is an option
    ctx: click.Context,
    *,
    kind: str | None,
    value: str | None,
    day: datetime | None,
    note: str,
    new_device: datetime | None,
    same_device: datetime | None,
    take_back: str | None,
    answers: str | None,
    as_json: bool,
) -> None:
    """Write down what you measured, such as: backward measure weight 71.5.

    Without a value it lists what you measured of a kind; without a kind, what can be measured. Negative values stand
    behind --, such as: backward measure sit_and_reach -- -3. Questions are printed by --answers "".
    """
    from backward_running.apps.words.measured import read
    from backward_running.flows import measuring

    with opened(ctx) as store:
        units = units_of(store)
        if take_back:
            measuring.take_back(store, take_back)
            click.echo("Taken back.")
        elif (said := new_device or same_device) is not None:
            if kind is None:
                raise click.UsageError("Name what the device measures: backward measure weight --new-device DAY")
            measuring.say_device(store, kind, said.date(), changed=new_device is not None, today=now().date())
            click.echo("Saved. `backward works` reckons with it.")
        elif answers is not None:
            _ask(store, kind or "", answers, day.date() if day else None, as_json=as_json)
        elif kind is None:
            rows = [(each.key, each.title, each.unit, each.how) for each in measuring.kinds()]
            say_json([dict(zip(("kind", "title", "unit", "how"), row, strict=True)) for row in rows]) if as_json else (
                say_table(("kind", "what it is", "unit", "how"), rows)
            )
        elif value is None:
            _list(measuring.kept(store, measuring.kind(kind).key), as_json=as_json)
        else:
            wanted = measuring.kind(kind)
            made = measuring.keep(
                store, kind, read(value, wanted, units), now=now(), on=day.date() if day else None, note=note
            )
            say_json(made) if as_json else click.echo(f"Saved: {wanted.title}, {value}. `backward works` answers.")


def _ask(store: Store, kind: str, answers: str, on: date | None, *, as_json: bool) -> None:
    """Print the questions where nothing is answered, else keep the answers."""
    from backward_running.apps.words.measured import read_answers
    from backward_running.flows import measuring

    asked = measuring.questionnaire(kind)
    if answers.strip():
        made = measuring.keep_answers(store, kind, read_answers(answers), now=now(), on=on)
        say_json(made) if as_json else click.echo(f"Saved: {made.value:.1f} of 100.")
        return
    if as_json:
        say_json(asked)
        return
    click.echo(asked.asks)
    for number, item in enumerate(asked.items, 1):
        click.echo(f"{number}. {item.text}")
        click.echo("   " + ", ".join(f"{place} {words}" for place, (words, _) in enumerate(item.choices, 1)))
    click.echo(asked.credit)


def _list(kept: Any, *, as_json: bool) -> None:
    if as_json:
        say_json(list(kept))
        return
    rows = [
        (f"{each.measured_at:%Y-%m-%d %H:%M}", f"{each.value:g}", each.note or "", each.measurement_id) for each in kept
    ]
    if rows:
        say_table(("when", "value", "note", "id"), rows)
    else:
        click.echo("Nothing of it was measured yet.")


@click.command("works")
@click.argument("promise", required=False)
@json_option
@click.pass_context
def works_command(ctx: click.Context, promise: str | None, as_json: bool) -> None:
    """Say whether it works for you: every promise of the article, from your own months.

    With a PROMISE (weight, fitness, "pain:left knee") it says all that is known of one.
    """
    from backward_running.flows import works

    with opened(ctx) as store:
        units = units_of(store)
        whole = works.overview(store)
        found = works.among(whole, promise) if promise else None
    if as_json:
        say_json(found or whole)
    elif found is None:
        _say_all(whole, units)
    else:
        _say(found, units)


def _say_all(whole: Overview, units: Units) -> None:
    from backward_running.apps.words import works as say

    if whole.is_simulated:
        click.echo("Simulated: these are the months of nobody.")
    if whole.first_on is None:
        click.echo("No backward running is known yet. What you measure before you begin is what counts later.")
    rows = []
    for promise in whole.promises:
        answer = promise.answer
        change = "" if answer.effect is None else say.amount(answer.effect, promise, units, signed=True)
        wide = "" if answer.low is None else say.between(answer.low, answer.high, promise, units)
        rows.append((promise.address, say.verdict(promise), change, wide))
    if rows:
        say_table(("promise", "answer", "change", "95 % interval"), rows)
    if whole.unmeasured:
        click.echo(f"Not measured yet: {', '.join(each.address for each in whole.unmeasured)}.")
        click.echo("`backward measure` says how each is measured.")
    if said := say.expected_false(whole):
        click.echo(said)


def _say(promise: Promise, units: Units) -> None:
    from backward_running.apps.words import works as say

    answer = promise.answer
    click.echo(f"{promise.title}: {say.verdict(promise)}")
    for line in say.lacks(promise):
        click.echo(line)
    if answer.effect is not None:
        change, wide = say.amount(answer.effect, promise, units, signed=True), (answer.low, answer.high)
        click.echo(f"By your last reading: {change} (95 %: {say.between(*wide, promise, units)}).")
        always = say.between(answer.always_low, answer.always_high, promise, units)
        click.echo(f"However often you look, with 95 %: {always}.")
        click.echo(f"Chance that it is better: {say.chance(answer.chance_better)}.")
        enough = say.amount(promise.important, promise, units)
        click.echo(f"Chance that it is better by {enough} or more: {say.chance(answer.chance_enough)}.")
        click.echo(f"Taken off before: {say.explained(promise)}.")
    for line in say.left_out(promise):
        click.echo(line)
    if (day := say.jump(promise)) is not None:
        click.echo(f"Was the device changed? From about {day:%d %B %Y} on every reading is another.")
        click.echo(f"Say so: `backward measure {promise.key} --new-device {day}`, or --same-device.")
    for row in promise.forest:
        wide_row = "" if row.low is None or row.high is None else f" ({say.between(row.low, row.high, promise, units)})"
        click.echo(f"  {row.name}: {say.amount(row.effect, promise, units, signed=True)}{wide_row}")
    if promise.is_claim_false:
        click.echo("The article's claim is false, so studies are not joined with it.")
    click.echo(f"What matters: {promise.important_says} ({promise.important_tag}.)")
    click.echo(promise.warning)
