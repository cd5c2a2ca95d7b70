"""Cadence and steps as the program measures them, against motion capture and against marked steps of real walkers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from backward_running.core.session import BoutFacts
from backward_running.gait import find_bouts, measure
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


def page() -> str:
    """Return the page as Markdown."""
    parts = [
        INTRODUCTION,
        "## Simulated",
        table(("recording", "true", *SITES), _simulated()),
        "## Real walkers (ipol)",
        table(("place", "recordings", "with a cadence", "median error", "90 % of errors below"), _ipol()),
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
        chosen = [one for one in every if one.recording.streams[0].place == place and one.cadence_spm is not None]
        errors = [cadence_error_ratio(_cadence(one), one.cadence_spm or np.nan) for one in chosen]
        known = [100 * one for one in errors if np.isfinite(one)]
        worst = f"{np.percentile(known, 90):.1f} %" if known else "–"
        middle = f"{np.median(known):.1f} %" if known else "–"
        yield place, str(len(chosen)), str(len(known)), middle, worst


def _cadence(one: Labelled) -> float | None:
    """Return the cadence of the longest bout that has one."""
    working = working_stream(one.recording)
    facts: Sequence[BoutFacts] = measure(one.recording, working, find_bouts(one.recording, working))
    known = [fact for fact in facts if fact.cadence_spm is not None]
    return max(known, key=lambda fact: fact.bout.duration_s).cadence_spm if known else None
