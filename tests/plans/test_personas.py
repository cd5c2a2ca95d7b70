"""Twelve people, from their answers to every step of their plan, as a coach and a physiotherapist would read it.

Each is a golden text in ``personas``. After a change on purpose write them anew with ``PERSONAS=write pytest
tests/plans/test_personas.py``, and read each one before it is kept.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import fill

import pytest
from tests.plans.altering import altered

from backward_running import plans, rehab
from backward_running.apps.words.units import Units
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Repeat, Step, Workout
from backward_running.plans.checking_sessions import broken_race_line, broken_session_rules
from backward_running.rehab.base import Facts

FOLDER = Path(__file__).parent / "personas"
#: A Monday.
TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
USUAL: Mapping[str, object] = {
    "health": ["none"], "parq": "all_no", "birth_year": 1990, "goal": "try", "have": ["spotter", "known_spot"],
    "forward_runs_per_week": 3, "easy_speed_mps": 1000 / 360, "longest_run_s": 3000, "backward_experience_min": 0,
    "days": ["0", "2", "5"],
}  # fmt: skip


@dataclass(frozen=True)
class Persona:
    """Who somebody is, what they type, and what a door would fill in."""

    who: str
    typed: Mapping[str, object]
    filled: Mapping[str, object] = field(default_factory=dict)  #: fields that an earlier form of the questions lacks


PERSONAS: Mapping[str, Persona] = {
    "novice": Persona("A healthy runner of 36, 6:00 /km, three runs a week, the longest 50 min, a friend as spotter.", {}),
    "slow_novice": Persona(
        "A runner of 41, 8:30 /km, three runs a week, 40 min the longest, alone on a lane she knows.",
        {"easy_speed_mps": 1000 / 510, "longest_run_s": 2400, "birth_year": 1985, "have": ["known_spot"],
         "weekly_running_s": 5400},
        {"weekly_running_s": 5400.0},
    ),
    "sixty_eight_with_a_fall": Persona(
        "68, one fall last winter, jogs twice a week for 25 min, 4.9 s for 3 m backward, her daughter stays.",
        {"birth_year": 1958, "health": ["fell_12_months"], "backward_walk_test_s": 4.9, "easy_speed_mps": 1000 / 480,
         "forward_runs_per_week": 2, "longest_run_s": 1500, "have": ["spotter", "known_spot", "supervisor"],
         "supervisor_name": "Anna", "days": ["1", "4"]},
        {"stage_zero": True},
    ),
    "ninety": Persona(
        "90, does not run, has walked backward for 200 min by his own count, 3.0 s for 3 m, nobody beside, a lane.",
        {"birth_year": 1936, "backward_walk_test_s": 3.0, "backward_experience_min": 200, "forward_runs_per_week": 0,
         "longest_run_s": 0, "easy_speed_mps": 1000 / 800, "have": ["known_spot"]},
        {"stage_zero": True},
    ),
    "ninety_with_somebody": Persona(
        "The same with his physiotherapist beside.",
        {"birth_year": 1936, "backward_walk_test_s": 3.0, "backward_experience_min": 200, "forward_runs_per_week": 0,
         "longest_run_s": 0, "easy_speed_mps": 1000 / 800, "have": ["known_spot", "supervisor"],
         "supervisor_name": "The physiotherapist", "days": ["1", "4"]},
        {"stage_zero": True},
    ),
    "fifteen": Persona(
        "15, runs four times a week with a club, the trainer stays.",
        {"birth_year": 2010, "forward_runs_per_week": 4, "easy_speed_mps": 1000 / 330, "longest_run_s": 3600,
         "have": ["spotter", "known_spot", "supervisor"], "supervisor_name": "The trainer", "goal": "variety"},
    ),
    "economy_at_thirty_six": Persona(
        "36, wants to run more economically, five runs a week, treadmill and friend, new to running backward.",
        {"goal": "economy", "forward_runs_per_week": 5, "easy_speed_mps": 1000 / 300, "longest_run_s": 5400,
         "have": ["spotter", "treadmill", "known_spot"], "weekly_running_s": 15_600},
        {"weekly_running_s": 15_600.0},
    ),
    "sprints_with_a_timed_20_m": Persona(
        "27, 300 min backward behind him, a race over 100 m in ten weeks, 20 m backward in 6.0 s, a friend watches.",
        {"goal": "race", "race_distance_m": "100", "race_on": "2026-07-12", "birth_year": 1999,
         "backward_experience_min": 300, "easy_speed_mps": 1000 / 320, "forward_runs_per_week": 4,
         "longest_run_s": 3600, "backward_20_m_s": 6.0},
        {"backward_20_m_s": 6.0},
    ),
    "race_over_5_km": Persona(
        "33, 300 min backward behind her, a race over 5 km in ten weeks, five runs a week, 90 min the longest.",
        {"goal": "race", "race_distance_m": "5000", "race_on": "2026-07-12", "birth_year": 1993,
         "backward_experience_min": 300, "easy_speed_mps": 1000 / 330, "forward_runs_per_week": 5,
         "longest_run_s": 5400},
    ),
    "marathon_asked_for": Persona(
        "29, 300 min backward behind him, wants a marathon in September.",
        {"goal": "race", "race_distance_m": "42195", "race_on": "2026-09-27", "birth_year": 1997,
         "backward_experience_min": 300, "easy_speed_mps": 1000 / 300, "forward_runs_per_week": 6,
         "longest_run_s": 7200},
    ),
    "runners_knee": Persona(
        "31, pain around the kneecap, runs three times 40 min, cleared by her physiotherapist, a friend as spotter.",
        {"goal": "rehab:runners_knee", "birth_year": 1995, "easy_speed_mps": 1000 / 340, "longest_run_s": 3000,
         "weekly_running_s": 7200},
        {"weekly_running_s": 7200.0},
    ),
    "knee_osteoarthritis_on_a_treadmill": Persona(
        "58, knee osteoarthritis, does not run, a treadmill at the practice, a therapist beside.",
        {"goal": "rehab:knee_osteoarthritis", "birth_year": 1968, "forward_runs_per_week": 0, "longest_run_s": 0,
         "easy_speed_mps": 1000 / 700, "have": ["treadmill", "supervisor"], "supervisor_name": "The therapist"},
    ),
    "experienced_every_other_day": Persona(
        "44, has gone backward for 20 min every other day for months (recorded), runs five times a week, 240 min in all.",
        {"goal": "variety", "birth_year": 1982, "backward_experience_min": 1500, "forward_runs_per_week": 5,
         "longest_run_s": 4500, "weekly_running_s": 14_400, "easy_speed_mps": 1000 / 315, "days": ["0", "2", "4", "6"]},
        {"weekly_running_s": 14_400.0,
         "backward_history": tuple((TODAY - timedelta(days=ago), 1200.0) for ago in range(28, 0, -2)),
         "bout_history": tuple((TODAY - timedelta(days=ago), 300.0) for ago in range(28, 0, -2))},
    ),
}  # fmt: skip


@pytest.mark.parametrize("key", PERSONAS)
def test_what_somebody_gets_is_what_was_read_and_signed(key: str) -> None:
    told = "\n".join(told_of(PERSONAS[key])) + "\n"
    file = FOLDER / f"{key}.txt"
    if os.environ.get("PERSONAS") == "write":
        file.write_text(told, encoding="utf-8")
    kept = file.read_text(encoding="utf-8") if file.exists() else ""
    changed = "\n".join(difflib.unified_diff(kept.splitlines(), told.splitlines(), "kept", "now", lineterm="", n=2))
    assert told == kept, f"\n{changed}\nRead it; if it is right, keep it with PERSONAS=write."


def test_nobody_is_left_without_a_text_and_no_text_without_somebody() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(PERSONAS)


@pytest.mark.parametrize("key", PERSONAS)
def test_what_somebody_gets_keeps_the_rules(key: str) -> None:
    answers, plan = plan_of(PERSONAS[key])
    workouts = tuple(plan.workouts())
    assert broken_session_rules(workouts, answers) == ()
    assert broken_race_line(workouts, plan.notes, answers) == ()


def test_sessions_that_are_alike_do_not_see_saw() -> None:
    """Of somebody of 68 under a cap of 11 minutes: the second session of a week takes nothing up from the first."""
    _, plan = plan_of(PERSONAS["sixty_eight_with_a_fall"])
    for week in plan.weeks:
        first, second = (one.duration_s(Direction.BACKWARD) for one in week.workouts)
        assert first == second, week.number


def plan_of(persona: Persona) -> tuple[plans.Answers, Plan]:
    """Go the way a runner goes: answers, gates, the best programme, the plan."""
    typed = {**USUAL, **persona.typed}
    answers, problems = plans.check_answers(typed, today=TODAY)
    assert answers is not None, problems
    given = answers.as_flat()
    answers = altered(answers, **{name: value for name, value in persona.filled.items() if not given[name]})
    gates = rehab.ask_rules(Facts(TODAY, Athlete(birth_year=answers.birth_year), typed, ()))
    choosing = plans.under_gates(answers, gates)
    best = plans.choose(choosing)[0].protocol
    plan = plans.make_plan(answers, {**typed, "protocol": best}, gates, protocol=best, made_at=NOW)
    return (choosing if plans.walks_only(plans.needed(gates, best)) else answers), plan


# The text


def told_of(persona: Persona) -> Iterator[str]:
    """Write down all that a runner sees of their plan."""
    _, plan = plan_of(persona)
    units = Units("metric")
    yield from lines(persona.who)
    yield ""
    yield "SCREENING"
    for gate in plan.gates:
        if not gate.open:
            state = "closed, walking may go on" if gate.walking_only else "closed"
            yield from lines(f"{gate.title}: {state}. {units.say(gate.reason)}", gate.what_to_do or "", begin="- ")
    if all(gate.open for gate in plan.gates):
        yield "- every gate is open"
    if not plan.weeks:
        yield ""
        yield "NO PLAN"
        return
    yield ""
    yield f"PLAN  {plan.title}"
    for note in plan.notes:
        yield from lines(units.say(note), begin="- ")
    seen: set[str] = set()
    for week in plan.weeks:
        yield ""
        yield f"WEEK {week.number}  {week.focus}"
        for one in week.workouts:
            yield from session(one, units, seen)


def session(one: Workout, units: Units, seen: set[str]) -> Iterator[str]:
    """Write a session down; advice and reasons that stood before are not said again."""
    yield ""
    minutes, backward = one.duration_s() / 60, one.duration_s(Direction.BACKWARD) / 60
    yield f"  {one.on:%a %d %b}  {one.title}"
    yield f"    {minutes:.0f} min, {backward:.1f} of them backward: {one.summary}"
    slope = f", up to {one.grade_high_ratio * 100:g} % uphill" if one.grade_high_ratio else ""
    yield from lines(f"where: {one.place.value}{slope}; with: {one.with_whom}", begin="    ")
    for piece in one.pieces:
        if isinstance(piece, Repeat):
            if piece.times > 1:
                yield f"    {piece.times} times"
            indent = "      " if piece.times > 1 else "    "
            for step in piece.steps:
                yield from step_lines(step, units, indent)
        else:
            yield from step_lines(piece, units, "    ")
    for kind, said in (("why", [units.say(reason) for reason in one.reasons]), ("also", list(one.advice))):
        for text in said:
            if text not in seen:
                seen.add(text)
                yield from lines(text, begin=f"    {kind}: ")


def step_lines(step: Step, units: Units, indent: str) -> Iterator[str]:
    """Write a step with its cap and its cue."""
    length = f"{step.distance_m:g} m" if step.distance_m is not None else f"{step.duration_s:g} s"
    cap = (
        f", at most {units.speed(step.speed_high_mps)} ({units.pace(step.speed_high_mps)})"
        if step.speed_high_mps
        else ""
    )
    sprint = ", a sprint" if step.is_sprint else ""
    cue = f" “{step.cue}”" if step.cue else ""
    yield from lines(f"{step.name}: {length} {step.direction.value} {step.gait.value}{cap}{sprint}{cue}", begin=indent)


def lines(*texts: str, begin: str = "") -> list[str]:
    """Wrap text at 110 letters, without the narrow spaces of the screen."""
    text = " ".join(one for one in texts if one).replace("\u00a0", " ").replace("\u202f", " ")
    return fill(text, 110, initial_indent=begin, subsequent_indent=" " * len(begin)).splitlines()
