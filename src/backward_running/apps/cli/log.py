"""The check-in in a terminal: how the runner feels, as options or one question after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import click

from backward_running.apps.cli._shared import DAY, Number, find_id, now, opened, say_table, units_of
from backward_running.apps.words.body_sites import PLACES, sites
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.counting import counted
from backward_running.core.errors import BackwardRunningError, BadValue, NotFound
from backward_running.core.names import NAMES
from backward_running.core.screening import CONCUSSION_QUESTION

if TYPE_CHECKING:
    from backward_running.apps.words.units import Units
    from backward_running.core.ports import Store

#: Answers to the questions about the head after a fall.
CONCUSSION = {"none": False, "yes": True}
LONGEST_NIGHT = timedelta(hours=24)
ASKED = ("exertion", "calf", "pain", "mass", "sleep", "fell", "concussion", "broke_off", "red_flag", "note", "beside")


class SignsFirst(click.Command):
    """A command that keeps the warning signs among its arguments even where another argument cannot be read."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; where that fails, keep the signs and say what is wrong."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.UsageError:
            keys, hit_head = _signs_among(given)
            if keys or hit_head:
                with opened(ctx) as store:
                    _keep_signs(store, keys, hit_head)
            raise


def _signs_among(args: Sequence[str]) -> tuple[list[str], bool]:
    """Return the red flags that arguments name, and whether they say that the head was hit."""
    pairs = [part for arg in args for part in arg.split("=", 1)]
    after = list(pairwise(pairs))
    keys = [value for option, value in after if option == "--red-flag"]
    return keys, "--hit-head" in pairs or ("--concussion", "yes") in after


@click.command("log", cls=SignsFirst)
@click.option(
    "--run", "activity", help="The activity it speaks of: its id, `last`, or `said:` and a session you said was done."
)
@click.option(
    "--on", "day", type=DAY, help="The day it speaks of, where that is not today: a session of it, or the day."
)
@click.option("--moment", type=click.Choice([moment.value for moment in Moment]), default=Moment.OTHER.value)
@click.option("--exertion", type=Number(0, 10), help="How hard it felt, 0 to 10.")
@click.option("--calf", type=Number(0, 10), help="How sore your calves are, 0 to 10.")
@click.option("--pain", multiple=True, metavar="SITE=N", help="Pain 0 to 10 at a site: 'left knee=2'. Repeatable.")
@click.option("--sites", "list_sites", is_flag=True, help="List the sites of the body map and stop.")
@click.option("--mass", metavar="MASS", help="Body mass in your units, or with its unit: '72.5', '160 lb'.")
@click.option("--sleep", metavar="HOURS", help="How long you slept: 7.5 or 7:30.")
@click.option("--fell/--did-not-fall", default=None)
@click.option(
    "--concussion",
    type=click.Choice(list(CONCUSSION)),
    help="After a fall: yes where you hit your head, or had a headache, confusion, vomiting or new dizziness since.",
)
@click.option("--hit-head", is_flag=True, help="Another way to say --concussion yes.")
@click.option(
    "--broke-off/--did-not-break-off", default=None, help="Whether you broke the session off because of a symptom."
)
@click.option("--red-flag", multiple=True, help="Key of a red flag; `backward log --red-flags` lists them.")
@click.option("--red-flags", "list_flags", is_flag=True, help="List the red flags and stop.")
@click.option("--beside", metavar="NAME", help="Who stayed beside you for that whole run; goes with --run.")
@click.option("--note")
@click.option("--backward", metavar="TIME", help="Write a run down: how long of it you went backward, 5:00 (minutes).")
@click.option("--time", "whole", metavar="TIME", help="Write a run down: how long it was in all, 42:00.")
@click.option("--distance", metavar="WAY", help="Write a run down: how far it was, in your units.")
@click.option("--place", metavar="WORDS", help="Write a run down: where.")
@click.pass_context
def log_command(ctx: click.Context, /, list_flags: bool, list_sites: bool, activity: str | None, **said: Any) -> None:
    """Say how it felt. Everything is optional; nothing you leave out counts as zero. A red flag is saved at once.

    With --backward, --time or --distance it writes a run down that has no recording, of today or of --on.
    Without any option you are asked one question after the other; Enter leaves one out.
    """
    from backward_running.apps.cli import _by_hand
    from backward_running.flows import by_hand, coach

    if list_flags:
        say_table(("key", "what it is"), coach.red_flags())
        return
    if list_sites:
        say_table(("site", "where"), list(sites().items()))
        return
    with opened(ctx) as store:
        units = units_of(store)
        if _by_hand.is_meant(said):
            _by_hand.write_down(store, units, said)
            return
        nothing = all(said[name] in (None, ()) for name in ASKED) and not said["hit_head"]
        told = _ask_all(units) if nothing else said
        if nothing and not told["hit_head"] and all(told.get(name) in (None, ()) for name in ASKED):
            click.echo("Nothing was said, so nothing was kept.")
            return
        day = said["day"].date() if said["day"] else None
        try:
            check_in = _check_in(store, units, activity, said["moment"], {**told, "day": day})
        except (click.UsageError, BackwardRunningError):
            _keep_signs(store, told["red_flag"] or (), bool(told["hit_head"]) or told["concussion"] == "yes")
            raise
        coach.add_check_in(store, check_in)
        _by_hand.say_counted(by_hand.counts_as_done(store, check_in, now=now()))
        _say_what_follows(store)


check_in_command = log_command


def _keep_signs(store: Store, keys: Sequence[str], hit_head: bool) -> None:
    """Keep the warning signs beside something that cannot be meant: that is asked again, a sign is not."""
    from backward_running.flows import clearing

    if clearing.tell_flags(store, keys, now=now(), hit_head=hit_head):
        click.echo("The warning sign is saved; what else you told is not yet.")
        _say_what_follows(store)


def _check_in(store: Store, units: Units, activity: str | None, moment: str, told: dict[str, Any]) -> CheckIn:
    head = True if told["hit_head"] else CONCUSSION.get(told["concussion"] or "")
    beside = " ".join((told.get("beside") or "").split())[:80] or None
    if told["day"] is not None and activity:
        raise click.UsageError("Name a run with --run or a day with --on, not both.")
    if beside and not activity:
        raise click.UsageError("--beside speaks of one run: name it with --run, such as --run last.")
    return CheckIn(
        now(),
        Moment(moment),
        activity_id=_spoken_of(store, activity) if activity else None,
        pain_nrs=dict(map(_pain, told["pain"])),
        calf_soreness_nrs=told["calf"],
        perceived_exertion_cr10=told["exertion"],
        mass_kg=_mass_kg(told["mass"], units) if told["mass"] else None,
        sleep_s=_sleep_s(told["sleep"]) if told["sleep"] else None,
        fell=True if head and told["fell"] is None else told["fell"],
        red_flags=tuple(dict.fromkeys(map(_red_flag, told["red_flag"]))),
        note=told["note"] or None,
        supervised_by=beside,
        concussion_signs=head,
        broke_off=told["broke_off"],
        on=told["day"],
    )


def _spoken_of(store: Store, given: str) -> str:
    """Return the id of a recording, or of a session that was said to be done.

    "last" is whichever was done last; the ending of a said session's id is enough, with "said:" before it or not.
    """
    from backward_running.flows import said_done

    if given == "last":
        return said_done.last_id(store) or find_id(store, given)
    words = [said_done.word_id(word.workout_id) for word in store.said_done()]
    meant = [word for word in words if word.endswith(given.removeprefix(said_done.WORD))]
    if len(meant) == 1 and (given.startswith(said_done.WORD) or "-" in given):
        return meant[0]
    if given.startswith(said_done.WORD):
        raise NotFound(f"Nothing was said of {given!r}: `backward done` says that a session was done, or name a day.")
    return find_id(store, given)


def _say_what_follows(store: Store) -> None:
    """Say which gates are closed now, and whether the plan would change."""
    from backward_running.flows import coach

    view, units = coach.today(store, now=now()), units_of(store)
    click.echo("Kept.")
    for gate in view.gates:
        if not gate.open:
            click.echo(f"{gate.title}: {units.say(gate.reason)} {gate.what_to_do or ''}".rstrip())
    if view.proposal is not None:
        count = len(view.proposal.changes)
        how = "got lighter" if view.proposal.in_force else "would change"
        click.echo(f"Your plan {how} in {counted(count, 'session')}: `backward plan --changes` shows it.")


def _pain(text: str) -> tuple[str, float]:
    """Read `left knee=2`."""
    from backward_running.apps.words.units import read_number

    site, equals, number = text.partition("=")
    plain = " ".join(site.replace("_", " ").lower().split())
    if not equals or not plain:
        raise BadValue("pain", "look like 'left knee=2'", text)
    if plain not in sites() and plain not in {place.key for place in PLACES}:
        raise click.UsageError(f"{plain!r} is no site of the body map; `backward log --sites` lists them.")
    return plain, read_number(number, name="pain")


def _red_flag(key: str) -> str:
    from backward_running.flows import coach

    if key not in {known for known, _ in coach.red_flags()}:
        raise click.UsageError(f"{key!r} is no red flag; --red-flags lists them.")
    return key


def _mass_kg(text: str, units: Units) -> float:
    mass_kg, entry = units.read_mass(text), NAMES["mass_kg"]
    if not entry.lowest <= mass_kg <= entry.highest:
        raise BadValue("mass", f"lie between {units.mass(entry.lowest)} and {units.mass(entry.highest)}", text)
    return mass_kg


def _sleep_s(text: str) -> float:
    from backward_running.apps.words.units import read_clock, read_number

    hint = "Write hours such as 7.5 or 7:30, from 0 to 24."
    if ":" in text:
        sleep_s = read_clock(f"{text}:00", name="sleep", hint=hint)
    else:
        sleep_s = 3600 * read_number(text, name="sleep", hint=hint)
    if not 0 <= sleep_s <= LONGEST_NIGHT.total_seconds():
        raise BadValue("sleep", "lie between 0 and 24 hours", text, hint)
    return sleep_s


# One question after the other


def _ask_all(units: Units) -> dict[str, Any]:
    click.echo("Enter leaves a question out. 0 is none, 10 the most you can imagine.")
    told: dict[str, Any] = {"hit_head": False, "concussion": None}
    told["exertion"] = _ask("How hard did the run feel, 0 to 10", _scale)
    told["calf"] = _ask("How sore are your calves, 0 to 10", _scale)
    told["pain"] = _ask_pains()
    told["fell"] = _ask("Did you fall, yes or no", _yes_or_no)
    if told["fell"]:
        told["hit_head"], told["concussion"] = False, _ask(f"{CONCUSSION_QUESTION} yes or no", _head)
    told["broke_off"] = _ask("Did you break the session off because of a symptom, yes or no", _yes_or_no)
    told["sleep"] = _ask("Hours of sleep, such as 7:30", _checked(_sleep_s))
    told["mass"] = _ask(f"Body mass, {units.mass_unit}", _checked(lambda text: _mass_kg(text, units)))
    told["red_flag"] = _ask_red_flags()
    told["note"] = _ask("Note", str)
    return told


def _ask_red_flags() -> tuple[str, ...]:
    """Ask for warning signs by their numbers."""
    from backward_running.flows import coach

    flags = coach.red_flags()
    for number, (_, words) in enumerate(flags, start=1):
        click.echo(f"  {number}. {words}")

    def read(text: str) -> tuple[str, ...]:
        picked = text.replace(",", " ").split()
        if not all(number.isdecimal() and 1 <= int(number) <= len(flags) for number in picked):
            raise BadValue("answer", f"be numbers from 1 to {len(flags)}", text)
        return tuple(flags[int(number) - 1][0] for number in picked)

    return _ask("Does any of these apply? Their numbers", read) or ()


def _ask_pains() -> tuple[str, ...]:
    """Ask for one site after the other, until none is named."""
    pains: list[str] = []
    while text := _ask("Where does it hurt, such as left knee=2", _checked(_pain)):
        pains.append(text)
    return tuple(pains)


def _ask(words: str, read: Callable[[str], Any]) -> Any:
    """Ask until the answer can be read; None where it is left out."""
    while True:
        text = click.prompt(words, default="", show_default=False).strip()
        if not text:
            return None
        try:
            return read(text)
        except BadValue as problem:
            click.echo(problem.hint or str(problem))
        except click.UsageError as problem:
            click.echo(problem.message)


def _checked(read: Callable[[str], object]) -> Callable[[str], str]:
    """Keep an answer as it was typed once it can be read."""

    def keep(text: str) -> str:
        read(text)
        return text

    return keep


def _scale(text: str) -> float:
    from backward_running.apps.words.units import read_number

    hint = "Write a number from 0 to 10."
    value = read_number(text, name="answer", hint=hint)
    if not 0 <= value <= 10:
        raise BadValue("answer", "lie between 0 and 10", text, hint)
    return value


def _head(text: str) -> str:
    return "yes" if _yes_or_no(text) else "none"


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("y", "yes", "n", "no"):
        raise BadValue("answer", "be yes or no", text, "Write yes or no.")
    return text.lower() in ("y", "yes")
