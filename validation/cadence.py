"""Cadence and contact time as the program measures them, against motion capture and marked steps of real walkers."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np

from backward_running.core.recording import FloatArray
from backward_running.core.session import BoutFacts
from backward_running.gait import find_bouts, measure
from backward_running.gait.steps.initial_contacts import find_steps
from backward_running.signals import working_stream
from validation import _labelled as data
from validation._labelled import SITES, Labelled
from validation._scores import cadence_error_ratio
from validation._tables import number, table
from validation.peers import cadence_spm, loops

NEEDS = ("imu",)  #: folders of the shared data
INTRODUCTION = """# Cadence from inertial sensors

Cadence of the longest bout, against the truth. Made by `make validate`.

- **Simulated**: loops of a minute of one man's motion capture; true is the strongest rhythm of the rise and fall of the
  waist. His running in the clips is very quick for his speed: they are starts and short bursts.
- **ipol**: real sensors, five people, steps marked by hand; true is the mean over the way to the turn.
"""


CONTACT = """## Contact time, walking

How long a foot is on the ground, from a sensor on it, in any mounting; real sensors, walking forward. A single step is
as far off as the standard deviation says; a bout has the median of its steps, so the worst recording says more.

- **ipol**: foot down to foot off as marked by hand. The limit of speed below which a foot stands was chosen on these
  five people.
- **gaitmap**: the events that library found, one person who was not used to choose anything. It puts the end of a
  contact later: the two do not mean quite the same moment.

No recording here has a foot sensor on somebody who runs, or goes backward, with the contacts known: running forward
rests on a study (Falbriard 2018), and running backward is left unknown."""


def page() -> str:
    """Return the page as Markdown."""
    parts = [
        INTRODUCTION,
        "## Simulated",
        table(("recording", "true", *SITES), _simulated()),
        "## Real walkers (ipol)",
        table(("place", "recordings", "with a cadence", "median error", "90 % of errors below"), _ipol()),
        CONTACT,
        table(("recordings", "steps", "true mean", "mean error", "standard deviation", "worst recording"), _contacts()),
    ]
    return "\n\n".join(parts) + "\n"


def _simulated() -> Iterator[tuple[str, ...]]:
    for name, motion in loops():
        true = cadence_spm(motion)
        cells = []
        for place in SITES:
            found = _cadence(data.labelled(motion, place))
            error = cadence_error_ratio(found, true)
            cells.append("–" if found is None else f"{found:.0f} ({100 * error:.1f} %)")
        yield name, number(true, 0), *cells


def _ipol() -> Iterator[tuple[str, ...]]:
    every = list(data.ipol(mount_known=False))
    for place in ("foot_left", "foot_right", "waist"):
        chosen = [
            labelled
            for labelled in every
            if labelled.recording.streams[0].place == place and labelled.cadence_spm is not None
        ]
        errors = [cadence_error_ratio(_cadence(labelled), labelled.cadence_spm or np.nan) for labelled in chosen]
        known = [100 * error for error in errors if np.isfinite(error)]
        worst = f"{np.percentile(known, 90):.1f} %" if known else "–"
        middle = f"{np.median(known):.1f} %" if known else "–"
        yield place, str(len(chosen)), str(len(known)), middle, worst


def _contacts() -> Iterator[tuple[str, ...]]:
    for name in [*(f"ipol, person {person}" for person in range(1, 6)), "gaitmap"]:
        told = [pair for key, pair in _contact_pairs() if key == name]
        errors = np.concatenate([found - true for found, true in told])
        worst = max((float(np.median(found) - np.median(true)) for found, true in told), key=abs)
        true_s = np.concatenate([true for _, true in told]).mean()
        yield (
            f"{name}, {len(told)}",
            str(len(errors)),
            f"{number(true_s, 3)} s",
            f"{number(float(errors.mean()), 3)} s",
            f"{number(float(errors.std()), 3)} s",
            f"{number(worst, 3)} s",
        )


@cache
def _contact_pairs() -> tuple[tuple[str, tuple[FloatArray, ...]], ...]:
    """Return for each foot of each recording the contact times found and true, step by step."""
    pairs = []
    for labelled in data.ipol(mount_known=False):
        place, stem = labelled.recording.streams[0].place, labelled.name.split()[1]
        if place == "waist":
            continue
        facts = json.loads((data.data_folder() / "imu" / "ipol_gait" / f"{stem}.json").read_text(encoding="utf-8"))
        steps = np.array(facts["LeftFootEvents" if place == "foot_left" else "RightFootEvents"]) / data.RATE_HZ
        pairs.append((f"ipol, person {stem[0]}", _paired(labelled, steps[:-1, 1], steps[1:, 0])))
    for labelled in data.gaitmap_feet(mount_known=True):
        side = labelled.recording.streams[0].place.removeprefix("foot_")
        with (data.data_folder() / "imu" / "gaitmap_foot" / "stride_events_sample.csv").open(encoding="utf-8") as file:
            events = [row for row in csv.DictReader(file) if row["foot"] == side]
        downs, offs = (np.array([float(row[name]) for row in events]) / 204.8 for name in ("pre_ic", "tc"))
        pairs.append(("gaitmap", _paired(labelled, downs, offs)))
    return tuple(pairs)


def _paired(
    labelled: Labelled, downs_s: FloatArray, offs_s: FloatArray, reach_s: float = 0.3
) -> tuple[FloatArray, ...]:
    """Return contact times found and true of the contacts that lie within reach of each other."""
    steps = find_steps(labelled.recording)
    if steps is None:
        return np.zeros(0), np.zeros(0)
    nearest = np.abs(steps.contact_s[:, None] - downs_s).argmin(axis=0)
    found, true = steps.ground_s[nearest], offs_s - downs_s
    near = (np.abs(steps.contact_s[nearest] - downs_s) < reach_s) & np.isfinite(found) & (true < 1.5)
    return found[near], true[near]


def _cadence(labelled: Labelled) -> float | None:
    """Return the cadence of the longest bout that has one."""
    working = working_stream(labelled.recording)
    facts: Sequence[BoutFacts] = measure(labelled.recording, working, find_bouts(labelled.recording, working))
    known = [fact for fact in facts if fact.cadence_spm is not None]
    return max(known, key=lambda fact: fact.bout.duration_s).cadence_spm if known else None
