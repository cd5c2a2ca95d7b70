"""Sessions as they leave: counted anew from what a file, a table or a terminal says of their steps."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from unittest.mock import patch

from click.testing import CliRunner

from backward_running.apps.cli import _shared, backward
from backward_running.apps.cli import coach as commands
from tests.lives.facts import Content

Told = Mapping[str, object]


def of_plan(told: Told | None) -> list[Content]:
    """Count the sessions of a plan in JSON."""
    weeks = told["weeks"] if told else []
    return [of_workout(one) for week in weeks for one in week["workouts"]]  # type: ignore[attr-defined]


def of_workout(told: Told) -> Content:
    """Count one session in JSON."""
    pieces: Sequence[Told] = told["pieces"]  # type: ignore[assignment]
    line = [
        step for piece in pieces for _ in range(int(str(piece.get("times", 1)))) for step in piece.get("steps", [piece])
    ]  # type: ignore[attr-defined]
    seen = _counted(line)
    return replace(
        seen, workout_id=str(told["workout_id"]), on=date.fromisoformat(str(told["on"])), stage=int(str(told["stage"])),
        week=int(str(told["week"])), grade=(float(str(told["grade_low_ratio"])), float(str(told["grade_high_ratio"]))),
        treadmill="treadmill" in str(told["place"]),
    )  # fmt: skip


def of_table(data: bytes) -> list[Content]:
    """Count the sessions of the table; it says neither stage nor grade, and names no session but by week and number."""
    rows: dict[tuple[str, str, str], list[Told]] = {}
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"))):
        rows.setdefault((row["on"], row["week"], row["session"]), []).append(row)
    return [
        replace(
            _counted(steps), workout_id=f"w{int(week):02d}-{number}", on=date.fromisoformat(on),
            week=int(week), treadmill="treadmill" in str(steps[0]["place"]),
        )
        for (on, week, number), steps in rows.items()
    ]  # fmt: skip


def _counted(line: Sequence[Told]) -> Content:
    """Count what goes backward in steps, in the order in which they are done."""
    back = [step for step in line if step["direction"] == "backward"]
    caps = [_number(step["speed_high_mps"]) for step in back]
    seconds = [(_seconds(step), step["gait"] == "run") for step in back]
    ways = [str(step["direction"]) for step in line]
    at = [nth for nth, way in enumerate(ways) if way == "backward"]
    return Content(
        "", date.min, 0, 0,
        backward_s=sum(one for one, _ in seconds),
        run_s=sum(one for one, runs in seconds if runs),
        longest_bout_s=max((one for one, _ in seconds), default=0.0),
        bouts_count=len(seconds),
        cap_mps=max((cap for cap in caps if cap is not None), default=None),
        uncapped=any(cap is None and runs for cap, (_, runs) in zip(caps, seconds, strict=True)),
        grade=(0.0, 0.0),
        forward_between=bool(at) and "forward" in ways[at[0] : at[-1]],
        treadmill=False,
    )  # fmt: skip


def _seconds(step: Told) -> float:
    """How long a step takes; one by distance as long as it takes at its cap."""
    seconds, metres, cap = (_number(step[key]) for key in ("duration_s", "distance_m", "speed_high_mps"))
    return seconds if seconds is not None else (metres or 0.0) / cap if cap else 0.0


def _number(told: object) -> float | None:
    return None if told in (None, "") else float(str(told))


def terminal(store, now: datetime, command: str) -> Told | None:
    """Type a command into a terminal over a store and read the JSON it prints."""
    with (
        patch.object(commands, "opened", lambda ctx: nullcontext(store)),
        patch.object(commands, "now", lambda: now),
        patch.object(_shared, "machine_clock", lambda: now),
    ):
        said = CliRunner().invoke(backward, [command, "--json"], standalone_mode=False)
    if said.exception is not None:
        raise said.exception
    return json.loads(said.output)


def on_the_page(told: Iterable[Content], page: Iterable[Content]) -> Iterator[Content]:
    """Yield contents of a door that does not say stage and grade, with those of the session on the page."""
    stages = {one.workout_id.rpartition("-w")[2]: one for one in page}
    for one in told:
        own = stages.get(one.workout_id.removeprefix("w"))
        yield one if own is None else replace(one, workout_id=own.workout_id, stage=own.stage, grade=own.grade)
