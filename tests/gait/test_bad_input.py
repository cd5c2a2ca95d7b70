"""Broken, dead, lying and short sensors: a clear answer, and never an exception."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gait.conftest import make_recording
from tests.gait.legs import SIX_AXES, Leg, any_turn

from backward_running.core.direction import Direction
from backward_running.core.errors import BackwardRunningError
from backward_running.core.names import MAGNETIC_FIELD
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout
from backward_running.gait import find_bouts, measure
from backward_running.signals import working_stream

SECONDS, RATE_HZ = 80.0, 50.0
PLACES = ("foot_left", "shank_left", "thigh_right", "pocket", "waist", "chest", "wrist", "unknown")
MOVING = {Direction.FORWARD, Direction.BACKWARD, Direction.SIDEWAYS, Direction.TURNING}
Rows = np.ndarray  #: (9, n): force, rate, field


def rows_of(place: str, time_s: np.ndarray, *, backward: bool = False) -> Rows:
    """What a person who walks on one bearing would give there."""
    if place in ("waist", "chest", "wrist", "unknown"):
        phase, way = 2 * np.pi * 1.9 * time_s, -1.0 if backward else 1.0
        swing = 0.3 * np.cos(phase / 2)
        moves = np.array(
            [
                0.6 * np.sin(phase / 2),
                -way * 1.2 * np.sin(phase),
                9.81 + 2.5 * np.cos(phase),
                swing / 2,
                way * swing,
                swing,
            ]
        )
    else:
        moves = Leg.walks(backward=backward).sensor(place.replace("pocket", "thigh"), time_s)
    field = np.array([[3.0], [19.0], [-45.0]]) + np.zeros(len(time_s))
    rows = np.concatenate([moves, field])
    scale = np.repeat([0.1, 0.01, 0.4], 3)[:, None]
    return rows + np.random.default_rng(2).normal(0.0, 1.0, rows.shape) * scale


def stream_of(place: str, time_s: np.ndarray, rows: Rows, *, mount_known: bool = True) -> Stream:
    if not mount_known:
        rows = np.concatenate([any_turn(5) @ rows[first : first + 3] for first in (0, 3, 6)])
    columns = dict(zip(SIX_AXES + MAGNETIC_FIELD, rows, strict=True))
    return Stream(place, "body" if mount_known else "sensor", time_s, columns, mount_known)


def fixes(seconds: float) -> Stream:
    clock_s = np.arange(0.0, seconds)
    columns = {
        "latitude_deg": 60.0 + 1.3 * clock_s / 111_320.0,
        "longitude_deg": np.full(len(clock_s), 24.0),
        "speed_mps": np.full(len(clock_s), 1.3),
    }
    return Stream("unknown", "earth", clock_s, columns)


def judged(*streams: Stream, seconds: float = SECONDS) -> tuple[Bout, ...]:
    """Find the bouts and measure them; they tile the time, whatever came in."""
    one: Recording = make_recording(seconds, streams=streams)
    working = working_stream(one)
    bouts = find_bouts(one, working)
    assert (bouts[0].start_s, bouts[-1].end_s) == (0.0, seconds)
    assert all(before.end_s == after.start_s for before, after in pairwise(bouts))
    assert len(measure(one, working, bouts)) == len(bouts)
    return bouts


def seconds_of(bouts: tuple[Bout, ...], *ways: Direction) -> float:
    return sum(bout.duration_s for bout in bouts if bout.direction in ways)


def each_axis(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Rows], list[Rows]]:
    def changed(rows: Rows) -> list[Rows]:
        found = []
        for axis in range(6):
            one = rows.copy()
            one[axis] = change(one[axis])
            found.append(one)
        return found

    return changed


def all_axes(change: Callable[[Rows], Rows]) -> Callable[[Rows], list[Rows]]:
    return lambda rows: [change(rows.copy())]


def some_lost(rows: Rows) -> Rows:
    rng = np.random.default_rng(3)
    rows[:, rng.random(rows.shape[1]) < 0.3] = np.nan
    rows[rng.integers(0, 9, 400), rng.integers(0, rows.shape[1], 400)] = np.nan
    return rows


def spikes(rows: Rows) -> Rows:
    rng = np.random.default_rng(4)
    at = rng.integers(0, rows.shape[1], 60)
    rows[rng.integers(0, 6, 60), at] = rng.choice([-1e9, 1e9, np.inf, -np.inf, 390.0], 60)
    return rows


FAULTS: dict[str, Callable[[Rows], list[Rows]]] = {
    "one axis missing": each_axis(lambda row: np.full(len(row), np.nan)),
    "one axis constant": each_axis(lambda row: np.full(len(row), row[0])),
    "one axis sticks half way": each_axis(lambda row: np.where(np.arange(len(row)) < len(row) // 2, row, row[0])),
    "all missing": all_axes(lambda rows: rows * np.nan),
    "all constant": all_axes(lambda rows: np.repeat(rows[:, :1], rows.shape[1], axis=1)),
    "all zero": all_axes(np.zeros_like),
    "samples lost": all_axes(some_lost),
    "spikes": all_axes(spikes),
    "saturated": all_axes(lambda rows: np.clip(rows, -6.0, 6.0)),
    "hard saturated": all_axes(lambda rows: np.clip(rows, -0.5, 0.5)),
    "written in g": all_axes(lambda rows: rows / 9.81),
    "written in degrees": all_axes(lambda rows: rows * np.repeat([1.0, 57.3, 1.0], 3)[:, None]),
    "white noise": all_axes(lambda rows: np.random.default_rng(5).normal(0.0, 5.0, rows.shape)),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("outdoors", [False, True])
def test_a_broken_sensor_never_makes_a_forward_walk_backward(fault, place, outdoors):
    time_s = np.arange(0.0, SECONDS, 1.0 / RATE_HZ)
    for rows in FAULTS[fault](rows_of(place, time_s)):
        for mount_known in (True, False):
            worn = stream_of(place, time_s, rows, mount_known=mount_known)
            bouts = judged(*([fixes(SECONDS)] if outdoors else []), worn)
            assert seconds_of(bouts, Direction.BACKWARD) == 0.0, mount_known


@pytest.mark.parametrize("names", [SIX_AXES[:3], SIX_AXES[3:], SIX_AXES[:2], MAGNETIC_FIELD, SIX_AXES[1:]])
@pytest.mark.parametrize("place", PLACES)
def test_columns_that_are_not_there_are_unknown(names, place):
    time_s = np.arange(0.0, SECONDS, 1.0 / RATE_HZ)
    whole = stream_of(place, time_s, rows_of(place, time_s))
    worn = Stream(place, "body", time_s, {name: whole.columns[name] for name in names}, True)
    bouts = judged(worn)
    assert {bout.direction for bout in bouts} == {Direction.UNKNOWN}
    assert {bout.found_by for bout in bouts} == {"nothing"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("samples", [1, 2, 3, 20, 100, 101])
def test_two_seconds_and_less(place, samples):
    time_s = np.arange(samples) / RATE_HZ
    bouts = judged(stream_of(place, time_s, rows_of(place, time_s)), seconds=max(samples / RATE_HZ, 0.1))
    assert seconds_of(bouts, Direction.BACKWARD) == 0.0


@pytest.mark.parametrize("back_s", [0.0, 0.02, 30.0])
def test_time_does_not_run_backward(back_s):
    """A stream cannot be made of it: the error is of the family, and readers put samples in order before."""
    time_s = np.arange(0.0, SECONDS, 1.0 / RATE_HZ)
    time_s[2000:] -= back_s + 1.0 / RATE_HZ
    with pytest.raises(BackwardRunningError, match="rise"):
        stream_of("waist", time_s, rows_of("waist", time_s))


@pytest.mark.parametrize("place", ["foot_left", "shank_left", "thigh_right", "waist"])
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("rates_hz", [(100.0, 25.0), (25.0, 100.0), (50.0, 5.0)])
def test_a_rate_that_changes_half_way(place, backward, rates_hz):
    half = SECONDS / 2
    time_s = np.concatenate([np.arange(0.0, half, 1.0 / rates_hz[0]), np.arange(half, SECONDS, 1.0 / rates_hz[1])])
    bouts = judged(stream_of(place, time_s, rows_of(place, time_s, backward=backward)))
    wrong = Direction.FORWARD if backward else Direction.BACKWARD
    assert seconds_of(bouts, wrong) == 0.0


@pytest.mark.parametrize("place", ["pocket", "thigh_right", "waist", "chest", "unknown"])
@pytest.mark.parametrize("mount_known", [True, False])
@pytest.mark.parametrize("outdoors", [False, True])
@pytest.mark.parametrize("tilt", [0, 1])
def test_a_phone_that_is_put_on_a_table_half_way(place, mount_known, outdoors, tilt):
    time_s = np.arange(0.0, 2 * SECONDS, 1.0 / RATE_HZ)
    rows = rows_of(place, time_s)
    rests = time_s > SECONDS
    lying = np.zeros((9, 1))
    lying[2 if tilt else 1], lying[7] = 9.81, 19.0
    rows[:, rests] = lying + np.random.default_rng(6).normal(0.0, 0.01, (9, np.count_nonzero(rests)))
    worn = stream_of(place, time_s, rows, mount_known=mount_known)
    bouts = judged(*([fixes(2 * SECONDS)] if outdoors else []), worn, seconds=2 * SECONDS)
    later = [bout for bout in bouts if bout.start_s > SECONDS + 3.0]
    assert not {bout.direction for bout in later} & (MOVING | {Direction.STILL})
    assert sum(min(bout.end_s, SECONDS) - bout.start_s for bout in bouts if bout.direction is Direction.BACKWARD) == 0.0


def _lost(rows: Rows, rng: np.random.Generator) -> None:
    first = int(rng.integers(rows.shape[1]))
    rows[rng.integers(9), first : first + int(rng.integers(1, 900))] = rng.choice([np.nan, np.inf, 0.0, 1e6])


def _clipped(rows: Rows, rng: np.random.Generator) -> None:
    np.clip(rows, *np.sort(rng.normal(0.0, 10.0, 2)), out=rows)


def _swapped(rows: Rows, rng: np.random.Generator) -> None:
    rows[[0, 1, 2, 3, 4, 5]] = rows[rng.permutation(6)]


def _scaled(rows: Rows, rng: np.random.Generator) -> None:
    rows *= 10.0 ** rng.uniform(-3, 3, (9, 1))


@given(
    place=st.sampled_from(PLACES),
    seed=st.integers(0, 2**32 - 1),
    faults=st.lists(st.sampled_from([_lost, _clipped, _swapped, _scaled]), max_size=4),
    mount_known=st.booleans(),
    outdoors=st.booleans(),
    keep=st.floats(0.02, 1.0),
    seconds=st.floats(0.5, 60.0),
)
@settings(max_examples=60, deadline=None)
def test_anything_tiles(place, seed, faults, mount_known, outdoors, keep, seconds):
    rng = np.random.default_rng(seed)
    time_s = np.arange(0.0, seconds, 1.0 / RATE_HZ)
    rows = rows_of(place, time_s)
    for fault in faults:
        fault(rows, rng)
    kept = rng.random(len(time_s)) < keep
    kept[0] = True
    time_s = time_s[kept] + rng.uniform(0.0, 0.01, np.count_nonzero(kept))
    worn = stream_of(place, time_s, rows[:, kept], mount_known=mount_known)
    end_s = max(seconds, float(time_s[-1]))
    bouts = judged(*([fixes(seconds)] if outdoors else []), worn, seconds=end_s)
    assert seconds_of(bouts, *Direction) == pytest.approx(end_s)
