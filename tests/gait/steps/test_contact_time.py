"""Contact times: by hand, by geometry, against real walkers."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gait.leg_recordings import leg_recording, recorded
from tests.gait.legs import SIX_AXES, Leg

from backward_running.core.direction import Direction, Gait
from backward_running.core.recording import Stream
from backward_running.core.session import Bout
from backward_running.gait.steps.contact_time import contact_times_s
from backward_running.gait.steps.initial_contacts import find_steps
from backward_running.gait.steps.medians import medians

STRIDE_S, LANDS_S, LEAVES_S = 0.70, 0.22, 0.45  # after mid-swing


def a_bout(end_s, direction=Direction.FORWARD, gait=Gait.RUN):
    return Bout(0.0, end_s, direction, gait, 0.9, "foot_sensor")


def running_foot(*, seconds=30.0, rate_hz=200.0, mount_known=True):
    """A foot whose pitch rate does what the study says: up in mid-swing, lowest where it lands and where it leaves."""
    time_s = np.arange(0.0, seconds, 1.0 / rate_hz)
    phase_s = time_s % STRIDE_S
    pitch = np.zeros_like(time_s)
    for at_s, height, width_s in (
        (0.0, 7.0, 0.06), (STRIDE_S, 7.0, 0.06), (LANDS_S, -5.0, 0.02), (LEAVES_S, -9.0, 0.04),
    ):  # fmt: skip
        pitch += height * np.exp(-(((phase_s - at_s) / width_s) ** 2))
    noise = np.random.default_rng(1).normal(0.0, 0.05, (6, len(time_s)))
    rows = noise + np.array([0.0, 0.0, 9.81, 0.0, 0.0, 0.0])[:, None]
    rows[3] += pitch
    frame = "body" if mount_known else "sensor"
    return recorded(Stream("foot_left", frame, time_s, dict(zip(SIX_AXES, rows, strict=True)), mount_known))


def contact_of(recording, bout):
    found = find_steps(recording)
    return contact_times_s(recording, found, [bout], np.array([bout.start_s, bout.end_s]))[0]


@pytest.mark.parametrize("rate_hz", [100.0, 200.0, 500.0])
def test_running_forward_by_the_two_lowest_pitch_rates(rate_hz):
    foot = running_foot(rate_hz=rate_hz)
    assert contact_of(foot, a_bout(30.0)) == pytest.approx(LEAVES_S - LANDS_S, abs=0.011)


@pytest.mark.parametrize(
    ("foot", "bout"),
    [
        (running_foot(), a_bout(30.0, Direction.BACKWARD)),
        (running_foot(mount_known=False), a_bout(30.0)),
        (running_foot(rate_hz=50.0), a_bout(30.0)),
        (running_foot(), a_bout(30.0, gait=None)),
        (running_foot(), a_bout(1.5)),  # two contacts are chance
    ],
    ids=["backward", "mount", "slow", "no gait", "short"],
)
def test_what_cannot_be_timed_is_unknown(foot, bout):
    assert np.isnan(contact_of(foot, bout))


def test_a_hole_is_not_a_landing():
    foot = running_foot()
    (stream,) = foot.streams
    rate = stream.columns["gyr_x_radps"].copy()
    rate[1000:1200] = np.nan
    holed = replace(foot, streams=(replace(stream, columns={**stream.columns, "gyr_x_radps": rate}),))
    assert contact_of(holed, a_bout(30.0)) == pytest.approx(LEAVES_S - LANDS_S, abs=0.011)


@pytest.mark.parametrize("backward", [False, True])
def test_walking_in_either_direction(backward):
    leg = Leg.walks(backward=backward)
    way = Direction.BACKWARD if backward else Direction.FORWARD
    found = contact_of(leg_recording("foot_left", leg), a_bout(30.0, way, Gait.WALK))
    # The foot of the geometric leg starts and stops softer than a real one: that much the limit of speed is late.
    assert found == pytest.approx(leg.stance_share * leg.stride_s, abs=0.16)


def test_no_foot_no_contact():
    shank = leg_recording("shank_left", Leg.walks())
    assert np.isnan(contact_of(shank, a_bout(30.0, Direction.FORWARD, Gait.WALK)))


def test_real_walkers_by_hand(shared_data):
    """ipol: five people, both feet, steps marked by hand."""
    errors = []
    for path in sorted((shared_data / "imu" / "ipol_gait").glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        for suffix, key in (("lf", "LeftFootEvents"), ("rf", "RightFootEvents")):
            rows = np.loadtxt(path.with_name(f"{path.stem}_{suffix}.txt"), skiprows=2)[:, 1:7].T
            time_s = np.arange(rows.shape[1]) / 100.0
            worn = recorded(Stream("foot", "sensor", time_s, dict(zip(SIX_AXES, rows, strict=True)), False))
            steps = np.array(facts[key]) / 100.0
            true_s = np.median(steps[1:, 0] - steps[:-1, 1])
            errors.append(contact_of(worn, a_bout(time_s[-1], Direction.FORWARD, Gait.WALK)) - true_s)
    assert len(errors) == 56
    assert np.mean(errors) == pytest.approx(0.0, abs=0.03)
    assert np.percentile(np.abs(errors), 90) < 0.10


def test_another_library_puts_leaving_the_ground_later(shared_data):
    """gaitmap: one person, events of that library."""
    folder = shared_data / "imu" / "gaitmap_foot"
    with (folder / "stride_events_sample.csv").open(encoding="utf-8") as file:
        events = [one for one in csv.DictReader(file) if one["foot"] == "left"]
    theirs_s = np.median([(float(one["tc"]) - float(one["pre_ic"])) / 204.8 for one in events])
    table = np.genfromtxt(folder / "imu_sample.csv", delimiter=",", skip_header=2)[:, 1::2].T
    table[3:] = np.radians(table[3:])
    time_s = np.arange(table.shape[1]) / 204.8
    worn = recorded(Stream("foot_left", "sensor", time_s, dict(zip(SIX_AXES, table, strict=True)), False))
    ours_s = contact_of(worn, a_bout(time_s[-1], Direction.FORWARD, Gait.WALK))
    assert ours_s - theirs_s == pytest.approx(-0.075, abs=0.03)


@given(
    st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 1.0) | st.just(float("nan"))), max_size=60),
    st.lists(st.floats(0.5, 99.5), max_size=6, unique=True),
)
def test_medians_are_medians(pairs, cuts):
    pairs = sorted(pairs)
    at_s, values = np.array([one[0] for one in pairs]), np.array([one[1] for one in pairs])
    borders_s = np.array([0.0, *sorted(cuts), 101.0])
    for number, found in enumerate(medians(at_s, values, borders_s, 3)):
        inside = values[(at_s >= borders_s[number]) & (at_s < borders_s[number + 1])]
        inside = inside[np.isfinite(inside)]
        if len(inside) < 3:
            assert np.isnan(found)
        else:
            assert found == pytest.approx(np.median(inside))
