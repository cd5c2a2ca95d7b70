"""The command line: ``backward``. Sub-commands are imported when they are called, so that every start is quick.

Exit codes
----------
0  done
1  it could not be done; one sentence on stderr says why and what to do
2  the call could not be understood, or a value in it cannot be; nothing was changed
3  done in part: some of the files could not be read
4  the store cannot be used (locked, full, damaged, of a newer version)
5  the port is taken
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from backward_running import __version__
from backward_running.core.errors import BackwardRunningError, BadValue, StoreError

FAILED, MISUSED, PARTLY, STORE, PORT = 1, 2, 3, 4, 5
#: Matrices here are small: threads of the libraries beneath numpy wait for each other, and cost ten times what they
#: save where the machine is busy. Set before numpy is loaded; whoever set it already is heard.
ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

#: Command → (module in this folder, what it does). The order is that of the walk.
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("serve", "Open the app on this machine."),
    "open": ("serve", "Open the running app in a browser, or say its address."),
    "import": ("intake", "Take in FIT, TCX, GPX, phone logs, archives or whole folders."),
    "watch": ("watch", "Watch a folder, and take in what comes into it."),
    "imports": ("intake", "Show what came of every import."),
    "sources": ("sources", "Show or say which source leads where two give the same run."),
    "runs": ("runs", "List activities."),
    "show": ("runs", "Show one activity: sums by direction, stretches, cost."),
    "calendar": ("runs", "Show a month: planned and done."),
    "load": ("load", "Show what running loads, forward and backward apart: fitness, fatigue, form, weeks, zones."),
    "validate-cost": ("validate_cost", "Compare every model of cost with a metabolic cart's file."),
    "rename": ("runs", "Give an activity another title."),
    "zone": ("zone", "Say in which time zone a run was, where its file is wrong or silent."),
    "forget": ("runs", "Delete an activity; for 30 days it can be restored."),
    "trash": ("trash", "Show what was deleted, restore it, or delete it for good."),
    "edit": ("edit", "Trim, split or merge activities, and take that back; the files stay."),
    "note": ("note", "Write a note beside an activity, say its shoes, add a photo."),
    "shoes": ("note", "Show shoes and what was run in them; add or retire a pair."),
    "detect": ("detect", "Say which way a file was run, without saving it."),
    "label": ("label", "Say which way you ran in a stretch."),
    "undo": ("label", "Take the newest label back."),
    "habits": ("habits", "Show what was learned of how you run, and judge older recordings with it."),
    "recompute": ("recompute", "Judge anew whose stored numbers do not match what is known now."),
    "start": ("coach", "Answer the questions and make a plan."),
    "plan": ("coach", "Show the plan, week by week, with its reasons."),
    "move": ("adapt", "Move a session to another day."),
    "skip": ("adapt", "Leave a session out."),
    "done": ("done", "Say that a session was done without a recording, or take that back."),
    "ill": ("adapt", "Say that you are ill, or well again."),
    "away": ("adapt", "Say on which days you are away."),
    "today": ("today", "Show what to do now."),
    "log": ("log", "Say how it felt: exertion, soreness, pain by body site, sleep, a fall."),
    "check-in": ("log", "Another name of log."),
    "measure": ("works", "Write down what you measured: weight, a balance test, how much you liked it."),
    "works": ("works", "Say whether it works for you, promise by promise, from your own months."),
    "experiment": ("experiment", "Experiment on yourself: written down before, drawn by lot, answered at its end."),
    "progress": ("over_time", "Show what came of it: firsts, years, weeks, your bests beside reported marks."),
    "report": ("report", "Write a report for a physician, a physiotherapist or a coach: PDF, CSV, FHIR."),
    "clearing": ("clearing", "Take a warning sign back that was ticked by mistake, or write down a clinician's word."),
    "conditions": ("conditions", "Say what studies carry for each condition the article names, and your stage."),
    "ceilings": ("conditions", "Show, set or take back what your clinician allows."),
    "backup": ("care", "Copy the whole store, while it is in use; save a copy of every day."),
    "restore": ("care", "Put a copy in place of the store."),
    "export-all": ("transfer", "Write everything of yours as a ZIP of open formats: originals, JSON lines, a README."),
    "import-all": ("transfer", "Take such a ZIP into a store in which nothing is yet."),
    "check": ("care", "Check that everything is as it was kept, and repair what is not."),
    "about": ("about", "Show or change what is known of you, and the units."),
    "export": ("export", "Get things out: original, CSV, GeoJSON, FIT workouts, calendar."),
    "feed": ("feed", "Let a calendar program follow the plan."),
    "live": ("live", "Go through a session on a treadmill, with what belt and straps say by Bluetooth."),
    "phone": ("phone", "Run a session with the phone: write its app, show the coming week as a code."),
    "spots": ("spots", "Find ground to run backward on, near a place."),
    "region": ("region", "Prepare the map of where you run, from an extract on your disk."),
    "people": ("people", "Show who is in this store; add, rename or erase somebody; a folder for each."),
    "privacy": ("privacy", "Show or change the zones in which no position is given out."),
    "push": ("push", "Send the coming week to intervals.icu, which hands it on to your watch."),
    "cost": ("cost", "Say what a pace and grade cost, backward and forward, and what is equally hard."),
    "evidence": ("evidence", "Print every number the program uses, its source, and the article's claims."),
    "simulate": ("simulate", "Write a simulated runner's FIT files into a folder."),
    "demo": ("simulate", "Make the demo, a simulated runner in a store of its own, or delete it."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Name the commands in the order of the walk."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"backward_running.apps.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_") + "_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; where none has the name, ask for the one that was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as problem:
            from backward_running.apps.words.typed import did_you_mean

            near = did_you_mean(args[0], COMMANDS)
            raise click.UsageError(f"No such command {args[0]!r}. {near}".strip(), ctx) from problem

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Print the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="backward")
@click.option(
    "--home",
    metavar="DIR",
    envvar="BACKWARD_HOME",
    help="Folder of your store, or a postgresql:// address. By default the platform's data folder.",
)
@click.option(
    "--person",
    metavar="NAME",
    envvar="BACKWARD_PERSON",
    help="Whose runs it is about, where a store has several people.",
)
@click.pass_context
def backward(ctx: click.Context, home: str | None, person: str | None) -> None:
    """The open system for running backward.

    Import your runs, see which metres were run backward, what they cost, and plan the next week. Everything stays
    on this machine, unless you turn on sending the coming week to intervals.icu.
    """
    from backward_running.flows.plugged import left_out

    ctx.obj = {"home": home, "person": person}
    for line in left_out():
        click.echo(line, err=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and turn every error raised on purpose into one sentence and an exit code."""
    from backward_running.apps.cli._printable import guard_streams

    guard_streams()
    for library in ONE_THREAD:
        os.environ.setdefault(library, "1")
    try:
        result: Any = backward.main(
            args=None if arguments is None else list(arguments), prog_name="backward", standalone_mode=False
        )
    except click.exceptions.Abort:
        click.echo("Stopped; nothing was lost.", err=True)
        sys.exit(FAILED)
    except (click.ClickException, BackwardRunningError, OSError) as problem:
        click.echo(sentence_of(problem), err=True)
        sys.exit(code_of(problem))
    sys.exit(result if isinstance(result, int) else 0)


def sentence_of(problem: Exception) -> str:
    """Say in one line what was wrong with a call, and where more is said."""
    if isinstance(problem, click.ClickException):
        words = " ".join(problem.format_message().split()).rstrip(".")
        context = problem.ctx if isinstance(problem, click.UsageError) else None
        if context is None:
            return f"{words}."
        asks = words.endswith("?")
        return (
            f"{words} See `{context.command_path} --help`."
            if asks
            else f"{words}; see `{context.command_path} --help`."
        )
    if isinstance(problem, OSError):
        named = f"{problem.filename}: " if problem.filename else ""
        return f"{named}{problem.strerror or 'it cannot be read or written'}; choose another file or folder."
    return str(problem)


def code_of(problem: Exception) -> int:
    """Return the exit code of an error that was raised on purpose, or by the system."""
    if isinstance(problem, click.ClickException):
        return problem.exit_code
    if isinstance(problem, StoreError):
        return STORE
    return MISUSED if isinstance(problem, BadValue) else FAILED
