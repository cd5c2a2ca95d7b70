"""Simulated watch data with a known truth: real forward runs into which backward stretches are spliced.

The runs are real, whole and forward; the backward stretches are made here by the ratios of science: slower, at equal
speed with more steps, a faster heart and a shorter contact, each with a person's own size of it. So what is measured
on them holds as far as those ratios do.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from backward_running import formats
from backward_running.core.arrays import BoolArray
from backward_running.core.errors import BackwardRunningError
from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.signals import working_stream

MOST_RUNS = 40
LEAST_S = 600.0


@dataclass(frozen=True, slots=True, eq=False)
class Spliced:
    """One recording and the seconds that are backward in it."""

    name: str
    recording: Recording
    backward: BoolArray  #: one per sample of the main stream
    start_s: tuple[float, ...]
    end_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Runner:
    """How one simulated person is backward."""

    cadence_ratio: float
    heart_rate_ratio: float
    contact_time_ratio: float
    speed_ratio: float
    vertical_oscillation_ratio: float


def a_runner(rng: np.random.Generator) -> Runner:
    """Draw one person within the ranges of science.md."""
    first = (rng.uniform(1.08, 1.11), rng.uniform(1.15, 1.17), rng.uniform(0.72, 0.92), rng.uniform(0.62, 0.80))
    ratio = first[2] * 0.88 / 0.81  # who stays down for less rises less; drawn from what is drawn, to keep the others
    return Runner(*first, vertical_oscillation_ratio=float(np.clip(ratio, 0.78, 0.98)))


def real_forward_runs(folder: Path) -> Iterator[tuple[str, Recording]]:
    """Yield every real recording on foot of at least ten minutes with speed and cadence; each run once."""
    seen: set[tuple[object, float]] = set()
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in {".md", ".tsv"}:
            continue
        try:
            found = [
                recording
                for name, data in formats.unwrap(path.name, path.read_bytes())
                for recording in formats.read(data)
            ]
        except BackwardRunningError:
            continue
        for recording in found:
            again = (recording.started_at.date(), round(recording.duration_s, -2))
            if again in seen or not recording.on_foot or recording.simulated or recording.duration_s < LEAST_S:
                continue
            working = working_stream(recording)
            if working is not None and working.has("speed_mps", "cadence_spm"):
                seen.add(again)
                yield path.name, recording


def spliced(name: str, recording: Recording, runner: Runner, rng: np.random.Generator, share: float) -> Spliced | None:
    """Splice backward stretches of 20 to 180 s into a run until `share` of it is backward; None where it never runs."""
    working = working_stream(recording)
    if working is None:
        return None
    columns = {key: values.copy() for key, values in working.columns.items()}
    columns.pop("latitude_deg", None)
    columns.pop("longitude_deg", None)
    time_s, backward, spans = working.time_s, np.zeros(len(working), dtype=bool), []
    moving_s, done_s = float(time_s[-1] - time_s[0]), 0.0
    for _ in range(200):
        if done_s >= share * moving_s:
            break
        lasts_s = float(np.exp(rng.uniform(np.log(20.0), np.log(180.0))))
        start_s = float(rng.uniform(time_s[0] + 60.0, max(time_s[-1] - lasts_s - 60.0, time_s[0] + 61.0)))
        inside = (time_s >= start_s) & (time_s < start_s + lasts_s)
        near = (time_s >= start_s - 20.0) & (time_s < start_s + lasts_s + 20.0)
        with np.errstate(invalid="ignore"):
            runs = inside.sum() >= 5 and bool(np.nanmean(columns["cadence_spm"][inside] > 140.0) > 0.95)
        if not runs or backward[near].any():
            continue
        backward |= inside
        spans.append((start_s, start_s + lasts_s))
        done_s += lasts_s
    if share > 0.0 and not spans:
        return None
    _turn(columns, time_s, backward, runner, rng)
    return _packed(name, recording, working, columns, backward, sorted(spans))


def _turn(
    columns: dict[str, FloatArray],
    time_s: FloatArray,
    backward: BoolArray,
    runner: Runner,
    rng: np.random.Generator,
) -> None:
    """Make the marked seconds what they would be backward; the heart follows with its lag."""
    was = columns["speed_mps"].copy()
    wander = np.exp(rng.normal(0.0, 0.03, len(was)))
    factor = np.where(backward, runner.speed_ratio * wander, 1.0)
    columns["speed_mps"] = _lagged(time_s, factor, 2.0) * was
    slower = columns["speed_mps"] - was
    at_speed = np.exp(np.clip(0.045 * slower, -0.2, 0.2))
    noise = np.exp(rng.normal(0.0, 0.01, len(was)))
    step = _lagged(time_s, np.where(backward, runner.cadence_ratio, 1.0), 2.0)
    columns["cadence_spm"] = columns["cadence_spm"] * np.where(step > 1.001, step * at_speed * noise, 1.0)
    if "heart_rate_bpm" in columns:
        wanted = np.where(backward, runner.heart_rate_ratio * np.exp(0.13 * slower), 1.0)
        columns["heart_rate_bpm"] = columns["heart_rate_bpm"] * _lagged(time_s, wanted, 30.0)
    if "contact_time_s" in columns:
        shorter = np.where(backward, runner.contact_time_ratio * np.exp(-0.11 * slower), 1.0)
        columns["contact_time_s"] = columns["contact_time_s"] * _lagged(time_s, shorter, 2.0)
    if "vertical_oscillation_m" in columns:
        lower = np.where(backward, runner.vertical_oscillation_ratio, 1.0)
        columns["vertical_oscillation_m"] = columns["vertical_oscillation_m"] * _lagged(time_s, lower, 2.0)
    columns.pop("step_length_m", None)


def _lagged(time_s: FloatArray, wanted: FloatArray, lag_s: float) -> FloatArray:
    followed, now = np.empty(len(wanted)), 1.0
    for number, step_s in enumerate(np.diff(time_s, prepend=time_s[:1]).tolist()):
        now += (float(wanted[number]) - now) * (1.0 - np.exp(-step_s / lag_s))
        followed[number] = now
    return followed


def _packed(
    name: str,
    recording: Recording,
    working: Stream,
    columns: dict[str, FloatArray],
    backward: BoolArray,
    spans: list[tuple[float, float]],
) -> Spliced:
    steps_s = np.diff(working.time_s, append=working.time_s[-1:])
    columns["distance_m"] = np.concatenate([[0.0], np.cumsum(np.nan_to_num(columns["speed_mps"]) * steps_s)[:-1]])
    stream = Stream(working.place, working.frame, working.time_s, columns, working.mount_known)
    key = hashlib.sha256(repr((recording.key, spans)).encode()).hexdigest()
    made = replace(recording, key=key, streams=(stream,), laps=(), steps=(), marks=(), simulated=True)
    return Spliced(name, made, backward, tuple(s for s, _ in spans), tuple(e for _, e in spans))
