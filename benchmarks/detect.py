"""Finding directions: an hour of six axes per place, ten hours of a watch, memory, and the peers in the same run."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from backward_running.core.recording import Recording, Stream
from benchmarks._data import simulated_fit
from benchmarks._measure import Row, best_ms, within

HOUR_S, RATE_HZ = 3600.0, 100.0
ASKED_MS, ASKED_RATIO, ASKED_MEMORY, ASKED_WATCH_MS = 300.0, 20.0, 10.0, 20.0
ASKED_SHARE = 0.25
ASKED_GROWTH = 15.0  #: ten, and what no longer fits into the caches of a processor; the square would be a hundred
SHORT_S = 1200.0


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark: in time of the processor, but for the peers, of whom the wall clock is known."""
    from validation._labelled import SITES, data_folder

    if not (data_folder() / "imu" / "virtual_male1").is_dir():
        yield Row(
            "1 h of six axes → bouts", "not measured", f"≤ {ASKED_MS:g} ms", "no labelled data; set BACKWARD_DATA"
        )
    else:
        hours = {place: an_hour(place) for place in SITES}
        times = {place: found_ms(hour) for place, hour in hours.items()}
        for place, took in times.items():
            yield within(f"1 h of six axes at 100 Hz → bouts, {place}", took, ASKED_MS)
        for place, hour in hours.items():
            took = measured_ms(hour)
            share = took / (took + times[place])
            what = f"measuring the bouts of that hour, {place}"
            yield Row(what, f"{took:.1f} ms", f"≤ {100 * ASKED_SHARE:g} % of all", f"{100 * share:.0f} % of all",
                      share <= ASKED_SHARE)  # fmt: skip
        yield from growth()
        yield from memory(hours)
        yield from against_peers(hours, times)
    yield within("10 h at 1 Hz of a watch → bouts", ten_hours_of_a_watch_ms(), ASKED_WATCH_MS)


def found_ms(hour: Recording) -> float:
    """Return the time for finding bouts; every run gets arrays of its own, so that nothing is at hand from before."""
    copies = iter([afresh(hour) for _ in range(6)])
    return best_ms(lambda: bouts(next(copies)), repeats=5, warm=1, clock=time.process_time)


def measured_ms(hour: Recording) -> float:
    """Return the time for measuring the bouts after they were found, as an import does."""
    from backward_running.gait import find_bouts, measure
    from backward_running.signals import working_stream

    ready = []
    for _ in range(4):
        copy = afresh(hour)
        working = working_stream(copy)
        ready.append((copy, working, find_bouts(copy, working)))
    each = iter(ready)
    return best_ms(lambda: measure(*next(each)), repeats=3, warm=1, clock=time.process_time)


def afresh(recording: Recording) -> Recording:
    """Return the recording with copies of its arrays."""
    streams = tuple(
        replace(
            stream,
            time_s=stream.time_s.copy(),
            columns={name: values.copy() for name, values in stream.columns.items()},
        )
        for stream in recording.streams
    )
    return replace(recording, streams=streams)


def bouts(recording: Recording) -> object:
    """Do what an import does with a recording to find its bouts."""
    from backward_running.gait import find_bouts
    from backward_running.signals import working_stream

    return find_bouts(recording, working_stream(recording))


def an_hour(place: str, seconds: float = HOUR_S) -> Recording:
    """Return an hour, or so many seconds, at one place: a medley of directions over and over, every round with its own noise."""
    from validation import _labelled as data
    from validation import _scenes as scenes

    rng = np.random.default_rng(5)
    once = scenes.medley().sensors[place]
    rounds = int(np.ceil(seconds * RATE_HZ / len(once)))
    rows = np.vstack([once + rng.normal(0.0, 0.02, once.shape) for _ in range(rounds)])[: int(seconds * RATE_HZ)]
    return data.recording(data.stream(place, rows), duration_s=seconds)


def growth() -> Iterator[Row]:
    """Yield by how much longer ten times the recording takes, in time of the processor."""
    for place in ("foot_left", "waist"):
        short, long = (found_ms(an_hour(place, seconds)) for seconds in (SHORT_S, 10.0 * SHORT_S))
        yield Row(
            f"ten times the six axes, {place}",
            f"{long / short:.1f} × the time",
            f"≤ {ASKED_GROWTH:g} ×",
            f"{short:.0f} ms for {SHORT_S / 60.0:.0f} min, {long:.0f} ms for ten times that",
            long / short <= ASKED_GROWTH,
        )


def memory(hours: dict[str, Recording]) -> Iterator[Row]:
    """Yield the highest memory above the input, as a multiple of the input."""
    worst, where = 0.0, ""
    for place, hour in hours.items():
        (stream,) = hour.streams
        held = stream.time_s.nbytes + sum(values.nbytes for values in stream.columns.values())
        tracemalloc.start()
        bouts(hour)
        ratio = (tracemalloc.get_traced_memory()[1] + held) / held
        tracemalloc.stop()
        if ratio > worst:
            worst, where = ratio, place
    note = f"{held / 1e6:.0f} MB of input; worst at {where}; input included"
    yield Row("memory while finding bouts of 1 h", f"{worst:.1f} × input", f"≤ {ASKED_MEMORY:g} ×", note, worst <= 10.0)


def against_peers(hours: dict[str, Recording], times: dict[str, float]) -> Iterator[Row]:
    """Yield how much longer each of the three gait libraries takes for the same hour."""
    from validation._faults import rows_of

    from validation import peers

    rows = {f"{place}/hour": rows_of(hours[place].streams[0]) for place in ("foot_left", "waist")}
    answers = peers.asked(rows, timed=True)
    if isinstance(answers, str):
        yield Row("gait libraries on the same hour", "not measured", f"≥ {ASKED_RATIO:g} ×", answers)
        return
    for name, answered in answers["libraries"].items():
        answer, ours_ms = answered["answers"]["hour"], times[answered["place"]]
        ratio = 1000.0 * answer["seconds"] / ours_ms
        what = f"the same hour with {name} {answered['version']}, {answered['place']}"
        counted = next((f"{answer[key]} {key}" for key in ("steps", "strides") if key in answer), "nothing")
        note = answer.get("error", f"the better of two runs after a warm-up; it found {counted}")
        yield Row(
            what, f"{answer['seconds']:.1f} s, {ratio:.0f} × ours", f"≥ {ASKED_RATIO:g} ×", note, ratio >= ASKED_RATIO
        )


def ten_hours_of_a_watch_ms() -> float:
    """Return the time for ten hours of a watch without plan, marks or heading."""
    from backward_running import formats

    (recording,) = formats.read(simulated_fit(10))
    main = recording.streams[0]
    columns = {name: values for name, values in main.columns.items() if name != "heading_deg"}
    plain = Stream(main.place, main.frame, main.time_s, columns, main.mount_known)
    bare = replace(
        recording, streams=(plain,), laps=(), steps=(), marks=(), started_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    return best_ms(lambda: bouts(bare), repeats=20, clock=time.process_time)
