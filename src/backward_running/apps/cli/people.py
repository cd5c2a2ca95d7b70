"""Several people in one store: who is there, somebody more, a folder for each, and somebody who leaves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli import FAILED, PARTLY
from backward_running.apps.cli._from_disk import files_in, opened_each
from backward_running.apps.cli._shared import json_option, machine_clock, opened, say_json, say_table
from backward_running.core.errors import BadValue, NotFound

if TYPE_CHECKING:
    from backward_running.core.person import Person
    from backward_running.core.ports import Store
    from backward_running.core.work import Workers

#: What can be done, and of what it is done.
ACTIONS = {"list": "", "add": "NAME", "rename": "NAME NEW", "first": "NAME", "erase": "NAME", "import": "FOLDER"}


@click.command("people")
@click.argument("what", type=click.Choice([*ACTIONS]), default="list")
@click.argument("words", nargs=-1, metavar="[NAME]")
@click.option("--written", metavar="NAME", help="With erase: the name once more, written out; else it is asked for.")
@click.option("--add", "adds", is_flag=True, help="With import: whoever is not there yet comes in.")
@json_option
@click.pass_context
def people_command(
    ctx: click.Context, what: str, words: tuple[str, ...], written: str | None, adds: bool, as_json: bool
) -> int:
    """Show who is in this store, and for whom it opens. `backward --person NAME …` is about one of them.

    add NAME makes room for one more; rename NAME NEW; first NAME lets the store open for them where nobody is named;
    erase NAME deletes all that is theirs, for good. import FOLDER takes in a folder for each person: FOLDER/Anna is
    Anna's. Nothing of one is in the totals, records, habits or exports of another.
    """
    wanted = ACTIONS[what].split()
    if len(words) != len(wanted):
        raise click.UsageError(f"`people {what}` takes {' '.join(wanted) or 'nothing more'}.", ctx)
    with opened(ctx) as store:
        if what == "import":
            return _import(store, Path(words[0]), adds=adds, as_json=as_json)
        said = _done(store, what, words, written)
        there = store.people()
    if as_json:
        say_json(there)
    elif said:
        click.echo(said)
    else:
        say_table(("who", ""), [(who.name, "the store opens for them" if who.opens_first else "") for who in there])
    return 0


def _done(store: Store, what: str, words: tuple[str, ...], written: str | None) -> str:
    """Do it, and say what was done; nothing for a look."""
    from backward_running.flows import people

    if what == "list":
        return ""
    if what == "add":
        name = people.add(store, words[0]).name
        return f'{name} is in this store now: `backward --person "{name}" import FILES` takes in theirs.'
    who = people.find(store, words[0])
    if what == "rename":
        return f"{who.name} is called {people.rename(store, who.athlete_id, words[1]).name} now."
    if what == "first":
        people.open_first(store, who.athlete_id)
        return f"The store opens for {who.name} where nobody is named."
    return _erased(store, who, written)


def _erased(store: Store, who: Person, written: str | None) -> str:
    from backward_running.flows import people

    if written is None:
        click.echo(
            f'Everything of {who.name} goes, for good. `backward --person "{who.name}" export-all FILE` saves it.'
        )
        written = click.prompt("Write the name to go on", default="", show_default=False)
    people.erase(store, who.athlete_id, typed=written)
    return f"Everything of {who.name} was deleted. Copies of the store that were made before still hold it."


def _import(store: Store, folder: Path, *, adds: bool, as_json: bool) -> int:
    """Take in a folder for each person; nothing of anybody where one of them is not there and is not to be added."""
    from backward_running.apps.worker_processes import WorkerProcesses
    from backward_running.flows import people

    if not folder.is_dir():
        raise BadValue("FOLDER", "be a folder with a folder in it for each person", str(folder))
    folders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if not folders:
        raise BadValue("FOLDER", "hold a folder for each person, called as they are", str(folder))
    missing = [path.name for path in folders if not _is_there(store, path.name)]
    if missing and not adds:
        raise NotFound(f"Nobody is called {', '.join(missing)}; nothing was taken in. --add lets them come in.")
    with store.transaction():  # all of them, or nobody
        for name in missing:
            people.add(store, name)
    came: dict[str, Counter[str]] = {}
    with WorkerProcesses() as workers:
        for path in folders:
            who = people.find(store, path.name)
            came[who.name] = _taken_in(store.of(who.athlete_id), path, workers)
    if as_json:
        say_json(came)
    else:
        said = {
            name: ", ".join(f"{count} {status}" for status, count in counts.items()) for name, counts in came.items()
        }
        say_table(("whose", "what came of the files"), [(name, words or "no files") for name, words in said.items()])
    counts = sum(came.values(), Counter())
    failed = counts["failed"] + counts["waiting"]
    return 0 if not failed else FAILED if failed == counts.total() else PARTLY


def _taken_in(store: Store, folder: Path, workers: Workers) -> Counter[str]:
    from backward_running.flows import days, intake

    now = days.on_own_clock(store, machine_clock())
    given = opened_each(list(files_in((folder,))), None)
    return Counter(
        entry.status.replace("_", " ") for entry in intake.import_many(store, given, now=now, workers=workers)
    )


def _is_there(store: Store, name: str) -> bool:
    from backward_running.flows import people

    try:
        people.find(store, name)
    except NotFound:
        return False
    return True
