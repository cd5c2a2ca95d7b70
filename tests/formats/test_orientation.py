"""A fused orientation: believed by gravity whichever way it is written, turned with the axes, and rates follow."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation
from tests.core.test_mounting import EVERY, LINE
from tests.formats.test_phone_logs import UNIX_S, logger_table, zipped

from backward_running import formats
from backward_running.core.mounting import turn_from_body
from backward_running.core.names import ANGULAR_RATE, ORIENTATION
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.formats.csv_named import read_generic_csv

G = 9.80665
RATE_HZ = 100.0


def swing(seed=0, seconds=12.0):
    """A leg's sensor that swings and slowly turns about: times, orientation, force with a push, rates."""
    rng = np.random.default_rng(seed)
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    angles = np.column_stack(
        [0.1 * time_s, 0.6 * np.sin(5 * time_s + rng.uniform(0, 6)), 0.3 * np.sin(3 * time_s + rng.uniform(0, 6))]
    )
    turn = Rotation.from_euler("ZXY", angles)
    push = np.column_stack([np.sin(9 * time_s), np.cos(8 * time_s), 3 * np.sin(11 * time_s)])
    force = turn.inv().apply(push + np.array([0.0, 0.0, G]))
    middle = (turn[:-2].inv() * turn[2:]).as_rotvec() * RATE_HZ / 2
    rates = np.vstack([middle[:1], middle, middle[-1:]])
    return time_s, turn, force, rates


def table(time_s, force, quat, rates=None):
    names = ["t", "ax", "ay", "az", "qw", "qx", "qy", "qz"]
    cells = np.column_stack([time_s, force, quat])
    if rates is not None:
        cells, names = np.column_stack([cells, rates]), [*names, "gx", "gy", "gz"]
    rows = "\n".join(",".join(f"{value:.7f}" for value in row) for row in cells)
    return f"{','.join(names)}\n{rows}\n".encode()


MAPPED = {"time_s": "t"} | {f"acc_{a}_mps2": f"a{a}" for a in "xyz"} | {f"quat_{a}": f"q{a}" for a in "wxyz"}


def wxyz(turn):
    return turn.as_quat()[:, [3, 0, 1, 2]]


@given(st.integers(0, 20), st.booleans(), st.booleans())
def test_either_way_round_it_is_that_of_the_sensor_and_the_rates_follow(seed, back, jumps):
    time_s, turn, force, rates = swing(seed)
    quat = wxyz(turn.inv() if back else turn)
    if jumps:
        quat = quat * np.where(np.arange(len(quat)) % 7 < 3, 1.0, -1.0)[:, None]  # q and −q are one orientation
    (stream,) = read_generic_csv(table(time_s, force, quat), columns=MAPPED).streams
    found = Rotation.from_quat(np.column_stack([stream.columns[name] for name in ORIENTATION])[:, [1, 2, 3, 0]])
    assert (found.inv() * turn).magnitude().max() < 1e-3
    for index, name in enumerate(ANGULAR_RATE):
        assert stream.columns[name][2:-2] == pytest.approx(rates[2:-2, index], abs=0.02)


def test_a_gyroscope_that_is_there_stays():
    time_s, turn, force, rates = swing()
    columns = MAPPED | {f"gyr_{a}_radps": f"g{a}" for a in "xyz"}
    (stream,) = read_generic_csv(table(time_s, force, wxyz(turn), rates * 1.05), columns=columns).streams
    assert stream.columns["gyr_x_radps"] == pytest.approx(rates[:, 0] * 1.05, abs=1e-6)
    assert stream.has(*ORIENTATION)


def test_what_gravity_contradicts_is_left_out_and_said():
    time_s, turn, force, _ = swing()
    tipped = Rotation.from_euler("x", 90, degrees=True) * turn
    run = read_generic_csv(table(time_s, force, wxyz(tipped)), columns=MAPPED)
    assert any("gravity does not point down in it" in loss for loss in run.losses)
    assert not run.streams[0].has("quat_w_ratio")
    assert not run.streams[0].has("gyr_x_radps")
    zeros = read_generic_csv(table(time_s, force, np.zeros((len(time_s), 4))), columns=MAPPED)
    assert not zeros.streams[0].has("quat_w_ratio")


@pytest.mark.parametrize("axes", EVERY, ids="-".join)
def test_said_axes_turn_it_too(axes):
    turn = np.array([LINE[way] for way in axes])
    w, x, y, z = turn_from_body(axes)
    assert Rotation.from_quat([x, y, z, w]).as_matrix() == pytest.approx(turn, abs=1e-9)
    time_s, body, force, rates = swing()
    in_sensor = Rotation.from_matrix(turn.T)
    data = table(time_s, force @ turn.T, wxyz(body * in_sensor))
    run = read_generic_csv(data, columns=MAPPED)
    worn = replace(run, told=SuppliedMetadata(place="shank_left", axes=axes)).worn_as_told().streams[0]
    found = Rotation.from_quat(np.column_stack([worn.columns[name] for name in ORIENTATION])[:, [1, 2, 3, 0]])
    assert (found.inv() * body).magnitude().max() < 1e-3
    assert worn.columns["gyr_x_radps"][2:-2] == pytest.approx(rates[2:-2, 0], abs=0.02)


def test_sensor_logger_writes_it_in_a_table_of_its_own():
    time_s, turn, force, rates = swing()
    rows = "\n".join(
        f"{int((UNIX_S + t) * 1e9)},{t:.4f},{z:.7f},{y:.7f},{x:.7f},{w:.7f},0,0,0"
        for t, (w, x, y, z) in zip(time_s, wxyz(turn.inv()), strict=True)
    )
    members = {
        "TotalAcceleration.csv": logger_table(time_s, force),
        "Orientation.csv": f"time,seconds_elapsed,qz,qy,qx,qw,roll,pitch,yaw\n{rows}\n",
    }
    (run,) = formats.read(zipped(members))
    (stream,) = run.streams
    assert stream.has(*ORIENTATION)
    assert stream.columns["gyr_y_radps"][5:-5] == pytest.approx(rates[5:-5, 1], abs=0.05)
