"""What is no person on foot: how much of it still gets a verdict, and what the guard costs people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np

from backward_running.core.direction import Direction
from backward_running.gait import all_detectors
from backward_running.gait.segment.bouts import find_bouts_with
from validation import _labelled as data
from validation import fit_manner
from validation._faults import turned
from validation._left_out import SURE
from validation._machines import MACHINES, SECONDS, Machine
from validation._tables import table
from validation.fit_odd_marks import chosen

NEEDS = ("imu", "mocap")
SEEDS = 12
INTRODUCTION = """# What is no person on foot: pedals, machines, vehicles, animals

Made by `make validate`; nothing here passes or fails.

**Simulated**, all of it but the people: what an accelerometer and a gyroscope would say on things that move to and fro,
made by mechanics. Whatever gets a direction here should not have got one. Two things stand before a verdict:

- *A foot has to lie still.* A stride is believed by itself only if at both of its ends the sensor does not turn and
  feels gravity and nothing else, in size and in direction, and is put down as it was put down before.
- *It has to move like somebody.* Fifteen measures that are the same when time runs backward (how often it swings, how
  one-sided its force is, whether it rests between its swings) are compared with everybody known. They cannot prefer a
  direction. Means and spreads come from recordings of people who go forward, and from no machine. Borders lie where
  one window in a hundred of people who are left out lies beyond, of trunks one in 25.

**What was chosen in sight of what.** Which measures are asked, and that of six people no correlation is believed, was
chosen with the machines of the first table in sight. Those marked *later* were made afterwards, but not all was left
alone since: in favour of people a stance may be as restless as its stride on average (0.7 of that before), and fewer
than four windows are not judged; against machines the border of trunks was drawn nearer (one window in 25, a hundred
before), because the robot of the first table and the rider of the second were told. So the rider is no longer unseen.

A sensor moves for 40 s, twelve times with other sizes and rhythms. *Verdict*: share of the time that is called forward
or backward; *sure*: with 90 % and more. *Aside or turning* is in neither, and stands in a column of its own.
"""


class Answer(NamedTuple):
    """Shares of the time."""

    forward: float
    backward: float
    aside: float
    sure: float


@cache
def answered(machine: Machine, place: str, *, mount_known: bool) -> Answer:
    """Return what is answered to a machine that is worn at a place."""
    found = np.array([_once(machine, place, seed, mount_known=mount_known) for seed in range(SEEDS)])
    return Answer(*(found.mean(axis=0) / SECONDS).tolist())


def _once(machine: Machine, place: str, seed: int, *, mount_known: bool) -> tuple[float, float, float, float]:
    rng = np.random.default_rng(seed)
    worn = data.stream(place, machine.make(rng))
    worn = worn if mount_known else turned(worn, rng)
    bouts = find_bouts_with(all_detectors(), data.recording(worn, duration_s=SECONDS), None)

    def lasts(*ways: Direction, least: float = 0.0) -> float:
        return sum(
            bout.duration_s for bout in bouts if bout.direction in ways and (bout.probability_share or 0.0) >= least
        )

    told = Direction.FORWARD, Direction.BACKWARD
    aside = lasts(Direction.SIDEWAYS, Direction.TURNING)
    return lasts(told[0]), lasts(told[1]), aside, lasts(*told, least=SURE)


def mountings(place: str) -> tuple[bool, ...]:
    """Return which mountings are asked at a place: a trunk speaks in a known one only."""
    return (True,) if place in ("waist", "chest") else (True, False)


@cache
def verdict_share(*, unseen: bool) -> tuple[float, float]:
    """Return the mean share that gets a verdict, and a sure one: every generator, place and mounting counts equally."""
    found = [
        answered(machine, place, mount_known=known)
        for machine in MACHINES
        if machine.unseen is unseen
        for place in machine.places
        for known in mountings(place)
    ]
    return float(np.mean([answer.forward + answer.backward for answer in found])), float(
        np.mean([answer.sure for answer in found])
    )


def _machine_rows(*, unseen: bool) -> Iterator[tuple[str, ...]]:
    for machine in MACHINES:
        if machine.unseen is unseen:
            for place in machine.places:
                for known in mountings(place):
                    answer = answered(machine, place, mount_known=known)
                    mounting = "known" if known else "unknown"
                    yield machine.name, place.split("_")[0], mounting, *(f"{100.0 * share:.0f} %" for share in answer)


@cache
def lost() -> tuple[tuple[str, str, str, int, float], ...]:
    """Return of each part of the body, person and way how many windows there are, and the share beyond the border."""
    rows = []
    for _, places, runs, _ in fit_manner.GROUPS:
        border = fit_manner.SHIPPED[places].farthest.value
        for forward in (True, False):
            found = fit_manner.left_out_distances(chosen(places, runs=runs), forward=forward)
            for person, far in found.items():
                way = "forward" if forward else "backward"
                rows.append((" and ".join(places), person, way, len(far), float((far > border).mean())))
    return tuple(rows)


def page() -> str:
    """Return the page as Markdown."""
    header = ("what moves", "worn at", "mounting", "forward", "backward", "aside or turning", "sure")
    all_share, all_sure = verdict_share(unseen=False)
    new_share, new_sure = verdict_share(unseen=True)
    people = [(place, person, way, windows, f"{100.0 * share:.1f} %") for place, person, way, windows, share in lost()]
    forward = [share for _, _, way, _, share in lost() if way == "forward"]
    backward = [share for _, _, way, _, share in lost() if way == "backward"]
    real = [share for _, person, way, _, share in lost() if way == "forward" and person not in ("man", "actor")]
    parts = [
        INTRODUCTION,
        "## In short",
        table(
            ("what", "share of the time"),
            [
                ("machines in sight, a verdict", f"{100 * all_share:.1f} %"),
                ("machines in sight, a sure verdict", f"{100 * all_sure:.1f} %"),
                ("machines made later, a verdict", f"{100 * new_share:.1f} %"),
                ("machines made later, a sure verdict", f"{100 * new_sure:.1f} %"),
                ("people who go forward, beyond the border (left out, each counted once)", _mean(forward)),
                ("of these with real sensors", _mean(real)),
                ("people who go backward, beyond the border (motion capture, left out)", _mean(backward)),
            ],
        ),
        "A person who is beyond the border gets no answer from odd marks, from a swing and from a trunk; strides of a "
        "known mounting that lie still at both ends still count. What still gets a verdict slides slowly on a known "
        "foot, pedals with a phone in the pocket, or is a body of a few sines. How *regular* a rhythm is would find a "
        "motor, but is not asked: the only backward running there is are loops of motion capture, which are as "
        "regular.",
        "## Each of them",
        table(header, _machine_rows(unseen=False)),
        "### Made later",
        table(header, _machine_rows(unseen=True)),
        "## What it costs people",
        "Windows of two seconds, each person by a fit without them. Who walks backward in an odd style, and of whom "
        "no forward recording is known, is lost most.",
        table(("part of the body", "person", "way", "windows", "beyond the border"), people),
    ]
    return "\n\n".join(parts) + "\n"


def _mean(shares: list[float]) -> str:
    return f"{100.0 * float(np.mean(shares)):.1f} %"
