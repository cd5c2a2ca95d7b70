"""Answer the questions, see the plan."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from backward_running.apps.cli import MISUSED
from backward_running.apps.cli._shared import json_option, now, opened, say_json, say_table, units_of
from backward_running.core.counting import counted
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan, Week, Workout
from backward_running.core.question import Kind, Question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backward_running.apps.words.units import Units
    from backward_running.core.adaptation import Ceilings
    from backward_running.core.ports import Store
    from backward_running.flows.coach import NotNow
    from backward_running.flows.holding import Held
    from backward_running.flows.views import AnswersChecked

#: Every gate that asks for something, so that all follow-ups are known.
ALL_GATES = frozenset({"balance_test", "red_flags"})
#: Follow-ups that are asked without --more where they are asked at all.
ALWAYS_ASKED = ("race_", "backward_20_m_s")


@click.command("start")
@click.option(
    "--answers", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A JSON file of answers, SI units."
)
@click.option("--questions", "only_questions", is_flag=True, help="Print the questions as JSON and stop.")
@click.option("--more", is_flag=True, help="Ask also when to begin, which days are hard, for a race, which programme.")
@json_option
@click.pass_context
def start_command(ctx: click.Context, answers: Path | None, only_questions: bool, more: bool, as_json: bool) -> int:
    """Answer the questions and make a plan. Half a questionnaire is saved for the next time."""
    from backward_running.flows import coach

    if only_questions:
        say_json(coach.questions((), {"goal": "race"} if more else None))
        return 0
    with opened(ctx) as store:
        units = units_of(store)
        made = _made_from(store, answers) if answers else _ask_until_made(store, units, more=more)
    if as_json:
        say_json({"not_now": made} if isinstance(made, coach.NotNow) else made)
    if isinstance(made, coach.NotNow):
        if not as_json:
            say_not_now(made, units)
        return 0
    if not isinstance(made, Plan):
        for key, problem in made.problems.items():
            click.echo(f"{key}: {problem}", err=True)
        return MISUSED
    if as_json:
        return 0
    if any(gate.stops_all for gate in made.gates):
        _say_closed(made, units)
        return 0
    _say_plan(made, units, made.weeks[:1])
    click.echo("`backward plan` shows all weeks; `backward export week 1` is for your watch.")
    return 0


def _made_from(store: Store, file: Path) -> Plan | AnswersChecked | NotNow:
    """Make a plan from a file of answers, checked whole before anything is kept; what stops a runner comes first."""
    from backward_running.flows import answering, coach

    given = answering.read_answers(file.read_bytes())
    checked = answering.problems_of(given, today=now().date())
    if checked is not None and (answering.unknown(given) or coach.screened(store, given, today=now().date()) is None):
        return checked
    made = coach.start_plan(store, given, now=now())
    if isinstance(made, coach.NotNow):
        coach.keep_draft(store, given)
    return made


def _ask_until_made(store: Store, units: Units, *, more: bool) -> Plan | NotNow:
    """Ask about health, then about running where a plan is possible, then again what was wrong."""
    from backward_running.flows import coach

    typed = coach.typed_before(store, today=now().date())
    if not more:
        typed.pop("starts_on", None)  # of an earlier plan, and not asked again here
        typed.pop("protocol", None)
    not_now = _ask_health(store, units, typed)
    if not_now is not None:
        return not_now
    health = {question.key for question in coach.health_questions()}
    _ask_each(store, units, tuple(question for question in coach.questions() if question.key not in health), typed)
    follow = coach.questions((), typed)[len(coach.questions()) :]
    _ask_each(
        store, units, tuple(question for question in follow if more or question.key.startswith(ALWAYS_ASKED)), typed
    )
    offered = coach.choices(store, typed, today=now().date())
    if offered and offered[0].fits and not typed.get("protocol"):
        click.echo(f"Programme: {offered[0].title}. {units.say(offered[0].reason)} (--more lets you choose another.)")
    made = coach.start_plan(store, typed, now=now())
    while not isinstance(made, Plan | coach.NotNow):
        _ask_again(store, units, made.problems, typed)
        made = coach.start_plan(store, typed, now=now())
    return made


def _ask_health(store: Store, units: Units, typed: dict[str, object]) -> NotNow | None:
    """Ask about health until it is complete, and for the balance test where it is due."""
    from backward_running.flows import coach

    first, *others = coach.health_questions()
    _ask_each(store, units, (first,), typed)
    stopped = coach.screened(store, {first.key: typed[first.key]}, today=now().date())
    if stopped is not None:  # a warning sign: nothing else is asked
        return coach.answered(store, {first.key: typed[first.key]}, now=now())
    _ask_each(store, units, tuple(other for other in others if other.key != "supervisor_name"), typed)
    if _has_one(typed):
        _ask_each(store, units, tuple(other for other in others if other.key == "supervisor_name"), typed)
    while problems := coach.health_problems(typed, today=now().date()):
        _ask_again(store, units, problems, typed)
    not_now = coach.answered(store, typed, now=now())
    asks = not_now.asks if not_now is not None else ()
    due = coach.questions(asks)[len(coach.questions()) :]
    if not_now is None or not due:
        return not_now
    for gate in not_now.why:
        click.echo(f"{units.say(gate.reason)} {gate.what_to_do or ''}".rstrip())
    _ask_each(store, units, due, typed)
    return coach.answered(store, typed, now=now())


def _has_one(typed: Mapping[str, object]) -> bool:
    """Whether it was ticked that somebody stays."""
    have = typed.get("have")
    return isinstance(have, list | tuple) and "supervisor" in have


def _ask_again(store: Store, units: Units, problems: Mapping[str, str], typed: dict[str, object]) -> None:
    from backward_running.flows import coach

    for problem in problems.values():
        click.echo(problem)
    every = coach.questions(ALL_GATES, {"goal": "race"})
    for key in problems:
        typed.pop(key, None)
    _ask_each(store, units, tuple(question for question in every if question.key in problems), typed)


def _ask_each(store: Store, units: Units, questions: tuple[Question, ...], typed: dict[str, object]) -> None:
    from backward_running.flows import coach

    for question in questions:
        click.secho(question.text, bold=True)
        if question.help:
            click.echo(question.help)
        if question.link:
            click.echo(question.link)
        typed[question.key] = _ask(question, units, typed.get(question.key))
        coach.keep_draft(store, typed)


def _ask(question: Question, units: Units, before: object) -> object:
    """Ask until the answer has the right form; what it means is checked by the plan."""
    headings = {keys[0]: title for title, keys in question.groups}
    for number, (key, words) in enumerate(question.choices, start=1):
        if key in headings:
            click.echo(f" {headings[key]}")
        click.echo(f"  {number}. {words}")
    prompt = {Kind.PACE: f"m:ss {units.pace_unit}", Kind.DURATION: "minutes", Kind.DATE: "YYYY-MM-DD"}.get(
        question.kind, question.unit or "answer"
    )
    while True:
        text = click.prompt(prompt, default="" if question.optional or before is None else None, show_default=False)
        if not text.strip():
            return before
        try:
            return _read(question, text.strip(), units)
        except BadValue as problem:
            click.echo(str(problem))


def _read(question: Question, text: str, units: Units) -> object:
    from backward_running.apps.words.units import read_number

    if question.kind is Kind.PACE:
        return units.read_pace(text)
    if question.kind is Kind.DURATION:
        return 60.0 * read_number(text, name=question.key)
    if question.kind is Kind.NUMBER:
        return read_number(text, name=question.key)
    if question.kind in (Kind.CHOICE, Kind.CHOICES):
        picked = [part for part in text.replace(",", " ").split() if part]
        if not all(part.isdigit() and 1 <= int(part) <= len(question.choices) for part in picked):
            raise BadValue("answer", f"be numbers from 1 to {len(question.choices)}", text)
        values = [question.choices[int(part) - 1][0] for part in picked]
        return values if question.kind is Kind.CHOICES else values[0]
    return text


@click.command("plan")
@click.option("--week", type=int, help="Only this week.")
@click.option("--changes", is_flag=True, help="Show how it should change after what was done and said.")
@click.option("--accept/--decline", default=None, help="Let the proposed changes take effect, or leave it as it is.")
@click.option("--yes", is_flag=True, help="Accept without asking again.")
@json_option
@click.pass_context
def plan_command(
    ctx: click.Context, week: int | None, changes: bool, accept: bool | None, yes: bool, as_json: bool
) -> int:
    """Show the plan: sessions, steps, reasons, and the safety checks with why they are open or closed."""
    from backward_running.apps.cli import adapt
    from backward_running.flows import clearing, coach, holding

    with opened(ctx) as store:
        if accept is not None:
            return adapt.settle(store, accept=accept, yes=yes, as_json=as_json)
        if changes:
            adapt.show_changes(store, as_json=as_json)
            return 0
        plan = coach.current_plan(store, today=now().date())
        units, holds = units_of(store), holding.held(store, today=now().date())
        limits = store.athlete().ceilings
        stops = clearing.standing_gates(store, now().date()) if plan is None else ()
    if plan is not None and week is not None and week not in {planned.number for planned in plan.weeks}:
        raise BadValue("week", "be a week of the plan", week, f"It has {counted(len(plan.weeks), 'week')}.")
    if as_json:
        say_json(plan)
        return 0
    if plan is None:
        said = [f"{units.say(gate.reason)} {gate.what_to_do or ''}".strip() for gate in stops]
        click.echo("\n".join(said) or "There is no plan yet: `backward start`.")
        return 0
    _say_plan(plan, units, [planned for planned in plan.weeks if week in (None, planned.number)], holds, limits)
    return 0


def say_not_now(made: NotNow, units: Units) -> None:
    """Say kindly that there is no plan for now: why, what instead, when to come back."""
    click.secho("Somebody should look at this first." if made.stopped else "Not now.", bold=True)
    for gate in made.why:
        said = (units.say(gate.reason), gate.what_to_do, gate.come_back)
        click.echo(" ".join(words for words in said if words))
    for words in made.instead:
        click.echo(words)


def _say_closed(plan: Plan, units: Units) -> None:
    for gate in plan.gates:
        if not gate.open:
            click.echo(f"Closed: {gate.title}. {units.say(gate.reason)} {gate.what_to_do or ''}".rstrip())


def _say_plan(
    plan: Plan,
    units: Units,
    weeks: list[Week] | tuple[Week, ...],
    holds: Sequence[Held] = (),
    limits: Ceilings | None = None,
) -> None:
    from backward_running.apps.cli.conditions import say_ceilings
    from backward_running.apps.words.units import clock

    waits = any(gate.stops_all for gate in plan.gates)
    click.secho(plan.title if plan.weeks else "The plan waits." if waits else "Not begun yet.", bold=True)
    _say_closed(plan, units)
    for held in holds:
        click.echo(f"Held: {units.say(held.why)} {held.until}")
    if limits is not None and limits.holds_on(now().date()):
        say_ceilings(limits, units)
    if waits and plan.weeks:
        click.echo("None of the sessions below is to be done until then.")
    for note in plan.notes:
        click.echo(units.say(note))
    for week in weeks:
        click.echo(f"\nWeek {week.number}, from {week.starts_on:%d %B}: {week.focus}")
        say_table(
            ("on", "session", "backward", "all", "not faster than", "id"),
            [
                (
                    f"{workout.on:%a %d %b}",
                    workout.summary,
                    clock(workout.duration_s(Direction.BACKWARD)),
                    clock(workout.duration_s()),
                    units.pace(_backward_cap_mps(workout)),
                    workout.workout_id,
                )
                for workout in week.workouts
            ],
        )


def _backward_cap_mps(workout: Workout) -> float | None:
    caps = [step.speed_high_mps for step in workout.steps() if step.direction is Direction.BACKWARD]
    return max((cap for cap in caps if cap is not None), default=None)
