"""The three gait libraries gaitmap, mobgap and scikit-digital-health on recordings of a man going backward.

They live in an environment of their own in the user's cache, made by ``python -m validation.peers --install``; the
project neither needs nor locks them. Where they are not installed, the page of the last measurement is kept as it is.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from platformdirs import user_cache_path

from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray
from validation import _labelled as data
from validation import _loops
from validation._judge import bouts_of
from validation._scores import Way
from validation._tables import number, table

#: What was measured, and what it needs to load its own trained models.
PINNED = (
    "gaitmap==2.6.0",
    "gaitmap_mad==2.6.0",
    "mobgap==1.2.0",
    "scikit-digital-health==0.17.18",
    "numpy==2.0.2",
    "pandas==2.3.3",
    "scikit-learn==1.6.1",
    "scipy==1.17.1",
    "numba==0.68.1",
)
RUN = Path(__file__).with_name("_peer_run.py")
KEPT = Path(__file__).resolve().parent.parent / "docs" / "validation" / "peers.md"
SCENES = (
    ("walking forward", "B3", Way.FORWARD, False),
    ("walking backward", "B5", Way.BACKWARD, False),
    ("running forward", "C01", Way.FORWARD, True),
    ("running backward", "C07", Way.BACKWARD, True),
)
SECONDS = 60.0
NEEDS = ("imu",)  #: folders of the shared data
INTRODUCTION = """# What other gait libraries answer to backward running

Measured {date} on Python {python}: {versions}. Each library runs its own recommended pipeline on the place of the
body it is made for, in its own environment. The recordings are **simulated**: loops of {seconds:.0f} s of one man's
motion capture, as virtual sensors with known mounting.

None of the three was made for this: they measure the walking of patients, and state so. None of them has a field for
the direction, and each counts and prices backward steps as forward ones or does not see them.
"""
CLOSING = """
**Truth** is what the motion capture says. *Along the toes* is the median displacement of a stride along the foot's own
axis in gaitmap's trajectories: the only number among all answers that carries a sign, and no pipeline reports it.
"""
ABSENT = """# What other gait libraries answer to backward running

Not measured here: {why} Install them with `python -m validation.peers --install`.
"""


def folder() -> Path:
    """Return where the environment of the libraries is, or would be."""
    return Path(os.environ.get("BACKWARD_PEERS", user_cache_path("backward-running") / "peers"))


def python_of(home: Path) -> Path:
    """Return the interpreter of an environment."""
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def install() -> int:
    """Make the environment; say in one sentence what went wrong where it does."""
    home = folder()
    venv.create(home, with_pip=True)
    command = [str(python_of(home)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PINNED]
    done = subprocess.run(command, check=False)
    print(f"Installed into {home}." if done.returncode == 0 else "pip could not install them; see its words above.")
    return done.returncode


def asked(recordings: Mapping[str, FloatArray], *, timed: bool = False) -> dict[str, Any] | str:
    """Return what the libraries answer to recordings, by ``place/name``; a sentence where they could not be asked."""
    if not python_of(folder()).exists():
        return "the libraries are not installed."
    with tempfile.TemporaryDirectory() as there:
        file = Path(there) / "recordings.npz"
        np.savez(file, **recordings)  # type: ignore[arg-type]
        command = [str(python_of(folder())), "-W", "ignore", str(RUN), str(file), *(["--time"] if timed else [])]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        return f"their environment does not run ({done.stderr.strip().splitlines()[-1:] or 'no message'})."
    answers: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answers


def loops() -> Iterator[tuple[str, data.Motion]]:
    """Yield a minute of each direction and gait."""
    for name, clip, way, runs in SCENES:
        part = next(
            part
            for part in _loops.steady_parts(data.held_out_clips())
            if f"_{clip}_" in part.name and part.way[0] == way and bool(part.runs[0]) == runs
        )
        yield name, _loops.loop(part, SECONDS)


def page() -> str:
    """Return the page as Markdown; the last one where the libraries are not installed."""
    motions = dict(loops())
    answers = asked(
        {
            f"{place}/{name}": motion.sensors[place]
            for place in ("foot_left", "waist")
            for name, motion in motions.items()
        }
    )
    if isinstance(answers, str):
        return KEPT.read_text(encoding="utf-8") if KEPT.exists() else ABSENT.format(why=answers)
    libraries = answers["libraries"]
    versions = ", ".join(f"{name} {library['version']}" for name, library in libraries.items())
    head = INTRODUCTION.format(
        date=f"{datetime.now(UTC):%Y-%m-%d}", python=answers["python"], versions=versions, seconds=SECONDS
    )
    columns = ("recording", "asked", "direction", "steps or strides", "cadence /min", "speed m/s", "along the toes")
    return "\n".join([head, table(columns, _rows(libraries, motions)), CLOSING])


def _rows(libraries: Mapping[str, Any], motions: Mapping[str, data.Motion]) -> Iterator[tuple[str, ...]]:
    for name, motion in motions.items():
        speed = number(float(np.abs(motion.forward_mps).mean()))
        yield f"**{name}**", "truth", name.split()[1], "", number(cadence_spm(motion), 0), speed, ""
        for place in ("foot_left", "waist"):
            yield name, f"this program, {place}", _direction(motion, place), "", "", "", ""
        for named, library in libraries.items():
            yield name, f"{named}, {library['place']}", "no such answer", *_answer(library["answers"][name])


def _answer(answered: Mapping[str, Any]) -> tuple[str, str, str, str]:
    if "error" in answered:
        return f"error: {answered['error']}", "", "", ""
    counted = next((f"{answered[key]} {key}" for key in ("steps", "strides") if answered.get(key)), "none found")
    cadence, speed, along = (
        number(float(answered.get(key, np.nan))) for key in ("cadence_spm", "speed_mps", "along_toes_m")
    )
    return counted, cadence.split(".")[0], speed, along if along == "–" else f"{along} m"


def _direction(motion: data.Motion, place: str) -> str:
    """Return the shares of the time that this program gives to each direction."""
    bouts = bouts_of(data.labelled(motion, place))
    whole = sum(bout.duration_s for bout in bouts)
    shares = {way: sum(bout.duration_s for bout in bouts if bout.direction is way) / whole for way in Direction}
    return ", ".join(f"{way.value} {100 * share:.0f} %" for way, share in shares.items() if share > 0.005)


def cadence_spm(motion: data.Motion) -> float:
    """Return steps per minute from the rise and fall of the waist: the strongest period between a fifth and 1.2 s."""
    up = motion.sensors["waist"][:, 2] - motion.sensors["waist"][:, 2].mean()
    spectrum = np.abs(np.fft.rfft(up * np.hanning(len(up)), 8 * len(up)))
    hz = np.fft.rfftfreq(8 * len(up), 1 / data.RATE_HZ)
    stepping = (hz > 1 / 1.2) & (hz < 5.0)
    return float(60.0 * hz[stepping][spectrum[stepping].argmax()])


if __name__ == "__main__":
    sys.exit(install() if "--install" in sys.argv else print(page()))
