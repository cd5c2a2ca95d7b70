"""Recordings of one strapped sensor: of the geometric leg, of the motion-captured man, of real forward walkers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
from tests.gait.conftest import make_recording
from tests.gait.legs import Leg, any_turn, sensor_stream

from backward_running.core.recording import Recording, Stream
from backward_running.gait import State
from backward_running.gait.base import Detector

STEP_S = 0.2
SITES = {
    "foot_left": "foot_l",
    "foot_right": "foot_r",
    "shank_left": "shank_l",
    "thigh_right": "thigh_r_pocket",
}


def recorded(*streams: Stream) -> Recording:
    return make_recording(max(float(one.time_s[-1]) for one in streams), streams=streams)


def leg_recording(place: str, leg: Leg, *, seconds: float = 30.0, rate_hz: float = 100.0, **how) -> Recording:
    time_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    how = {"noise": 0.05} | how  # an axis without any noise is a dead one
    return recorded(sensor_stream(place, leg.sensor(place, time_s), time_s, **how))


def told(detector: Detector, recording: Recording) -> tuple[Counter[str], np.ndarray]:
    """How many cells were told as what, and the answer of each."""
    time_s = np.arange(0.0, recording.duration_s, STEP_S)
    opinion = detector.judge(recording, time_s)
    if opinion is None:
        return Counter(), np.full(len(time_s), "unknown", dtype=object)
    best = opinion.log_likelihood.argmax(axis=1)
    ways = np.array([State(one).direction.value for one in best], dtype=object)
    ways[~opinion.speaks] = "unknown"
    return Counter(ways.tolist()), ways


def clip_paths(folder: Path) -> list[Path]:
    """The clips that nothing was fitted on: those with an odd number."""
    paths = sorted((folder / "imu" / "virtual_male1").glob("*.csv"))
    return [path for path in paths if int(path.stem.split("_")[1][1:]) % 2 == 1]


def clip(path: Path, place: str, *, rate_hz: float = 100.0, mount_known: bool = True, noise: float = 0.0):
    """One sensor of a clip, and its labels."""
    table = np.genfromtxt(path, delimiter=",", dtype=None, encoding=None, names=True)
    clock_s = table["t"] - table["t"][0]
    time_s = np.arange(0.0, clock_s[-1], 1.0 / rate_hz)
    site = SITES[place]
    moves = np.array([np.interp(time_s, clock_s, table[f"{site}_{kind}{axis}"]) for kind in "ag" for axis in "xyz"])
    turned = None if mount_known else any_turn(11)
    stream = sensor_stream(place, moves, time_s, mount_known=mount_known, turned=turned, noise=noise)
    return recorded(stream), clock_s, table["label"]


def accuracy_and_coverage(detector: Detector, paths: list[Path], place: str, **how) -> tuple[float, float]:
    """Balanced accuracy of what is answered, and share of the moving cells that are."""
    right, asked, moving = Counter(), Counter(), 0
    for path in paths:
        recording, clock_s, labels = clip(path, place, **how)
        _, ways = told(detector, recording)
        at = np.searchsorted(clock_s, np.arange(len(ways)) * STEP_S + STEP_S / 2)
        for way, label in zip(ways, labels[np.minimum(at, len(labels) - 1)], strict=True):
            truth = {"fwd": "forward", "back": "backward"}.get(str(label).split("_")[0])
            if truth is None:
                continue
            moving += 1
            if way != "unknown":
                asked[truth] += 1
                right[truth] += way == truth
    return float(np.mean([right[way] / asked[way] for way in asked])), sum(asked.values()) / moving
