"""A stream comes back as it went in, or as near as no sensor can tell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from backward_running.core.errors import StoreError
from backward_running.core.names import COLUMNS
from backward_running.store import _codec
from backward_running.store._codec import GRIDS, decode, encode, names_in, pack, unpack

#: Finest grid of each channel, written down a second time: what the docs promise.
FINEST = {
    "time_s": 1e-6,
    "latitude_deg": 1e-9,
    "longitude_deg": 1e-9,
    "altitude_m": 1e-3,
    "distance_m": 1e-4,
    "speed_mps": 1e-6,
    "heart_rate_bpm": 1e-3,
    "cadence_spm": 1e-3,
    "power_w": 1e-3,
    "temperature_degc": 1e-3,
    "vertical_oscillation_m": 1e-6,
    "contact_time_s": 1e-6,
    "step_length_m": 1e-6,
    "grade_ratio": 1e-6,
    "oxygen_uptake_ml_per_kg_min": 1e-3,
    "carbon_dioxide_output_ml_per_kg_min": 1e-3,
    "course_deg": 1e-4,
    "heading_deg": 1e-4,
    "live_forward_share": 1e-6,
    **{f"acc_{axis}_mps2": 1e-5 for axis in "xyz"},
    **{f"gyr_{axis}_radps": 1e-6 for axis in "xyz"},
    **{f"mag_{axis}_ut": 1e-3 for axis in "xyz"},
    **{f"quat_{axis}_ratio": 1e-6 for axis in "wxyz"},
}


def clock(n: int) -> np.ndarray:
    return np.arange(n, dtype=np.float64)


def round_trip(name: str, values: np.ndarray) -> np.ndarray:
    time_s, columns = decode(encode(clock(len(values)), {name: values}))
    assert np.array_equal(time_s, clock(len(values)))
    return columns[name]


def near(name: str, back: np.ndarray, values: np.ndarray) -> bool:
    """Half a step, and what the last bits of a float64 leave of so large a number."""
    errors, allowed = np.abs(back - values), FINEST[name] / 2 + np.abs(values) * 2**-51
    return bool(np.all((errors <= allowed) | np.isnan(values)))


def test_every_column_has_its_grids_and_no_other():
    assert set(GRIDS) == {"time_s", *COLUMNS}
    for name, grids in GRIDS.items():
        counts, unit = grids[-1]
        assert unit / counts == pytest.approx(FINEST[name])
        assert [c / u for c, u in grids[1:]] == sorted(c / u for c, u in grids[1:])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_plausible_samples_come_back_within_half_a_step(data):
    name = data.draw(st.sampled_from(sorted(COLUMNS)))
    entry = COLUMNS[name]
    plausible = st.floats(entry.lowest, entry.highest) | st.just(np.nan)
    values = data.draw(some.arrays(np.float64, st.integers(0, 300), elements=plausible))
    back = round_trip(name, values)
    assert np.array_equal(np.isnan(back), np.isnan(values))
    assert near(name, back, values)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(COLUMNS)), some.arrays(np.float64, st.integers(0, 50), elements=st.floats(width=64)))
def test_any_float_comes_back(name, values):
    back = round_trip(name, values)
    assert np.array_equal(np.isnan(back), np.isnan(values))
    assert np.array_equal(np.isinf(back), np.isinf(values))
    finite = np.isfinite(values)
    assert near(name, back[finite], values[finite])


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_what_a_device_counts_comes_back_exactly(data):
    name = data.draw(st.sampled_from(sorted(COLUMNS)))
    entry = COLUMNS[name]
    grid = data.draw(st.sampled_from(GRIDS[name]))
    counts, unit = grid
    low, high = int(entry.lowest * counts / unit), int(entry.highest * counts / unit)
    numbers = data.draw(some.arrays(np.int64, st.integers(1, 100), elements=st.integers(low, high)))
    values = numbers.astype(np.float64) * unit / counts
    back = round_trip(name, values)
    assert near(name, back, values)
    if grid == GRIDS[name][0]:  # a few samples of a finer one may by chance lie as good as on a coarser one
        assert np.array_equal(back, values)


def test_what_lies_near_a_coarse_grid_is_not_pulled_onto_it():
    values = np.array([0.99999, 1.00001])  # within a thousandth of a step of 1.00, but a step of the finest away
    assert near("acc_x_mps2", round_trip("acc_x_mps2", values), values)


@pytest.mark.parametrize("digits", [6, 7, 9])
def test_decimal_degrees_come_back_to_the_last_bit(digits):
    values = np.round(48.2 + np.cumsum(np.random.default_rng(0).normal(0, 1e-5, 1000)), digits)
    assert np.array_equal(round_trip("latitude_deg", values), values)


@settings(max_examples=100, deadline=None)
@given(some.arrays(np.float64, st.integers(0, 100), elements=st.floats(1e-12, 1e5)))
def test_times_still_rise(steps):
    time_s = np.unique(np.cumsum(steps))
    back, _ = decode(encode(time_s, {}))
    assert np.all(np.diff(back) > 0)
    assert near("time_s", back, time_s)


def test_times_that_would_fall_together_are_kept_as_they_are():
    time_s = np.array([0.0, 1e-9, 2e-9, 1.0])
    assert np.array_equal(decode(encode(time_s, {}))[0], time_s)


@pytest.mark.parametrize("values", [[], [np.nan] * 3, [np.inf, -np.inf, np.nan], [1e300, 0.1], [-0.0], [7.0] * 1000])
def test_odd_samples(values):
    values = np.array(values, dtype=np.float64)
    assert np.array_equal(round_trip("power_w", values), values, equal_nan=True)


def test_a_name_without_grids_is_kept_as_it_is():
    values = np.random.default_rng(0).normal(size=100)
    values[3] = np.nan
    assert np.array_equal(round_trip("not_yet_named", values), values, equal_nan=True)


def test_one_channel_can_be_read_alone(samples):
    stream = samples.stream()
    blob = encode(stream.time_s, stream.columns)
    assert names_in(blob) == tuple(stream.columns)
    time_s, columns = decode(blob, ["heart_rate_bpm", "not there"])
    assert list(columns) == ["heart_rate_bpm"]
    assert np.array_equal(columns["heart_rate_bpm"], stream.columns["heart_rate_bpm"], equal_nan=True)
    assert len(time_s) == len(stream)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damage_is_said_and_never_decoded(data):
    blob = encode(clock(50), {"power_w": clock(50) % 7, "speed_mps": clock(50) / 3})
    place = data.draw(st.integers(0, len(blob) - 1))
    flipped = bytearray(blob)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    for damaged in (bytes(flipped), blob[:place]):
        with pytest.raises(StoreError):
            decode(damaged)


@pytest.mark.parametrize("place", range(18))
def test_every_bit_of_the_head_is_checked(place):
    blob = encode(clock(50), {"power_w": clock(50)})
    for bit in range(8):
        flipped = bytearray(blob)
        flipped[place] ^= 1 << bit
        with pytest.raises(StoreError):
            decode(bytes(flipped))


def test_a_newer_layout_is_said():
    blob = bytearray(encode(clock(3), {}))
    blob[3] = _codec.CODEC_VERSION + 1
    with pytest.raises(StoreError, match="update the program"):
        decode(bytes(blob))


def test_damaged_bytes_of_a_file_are_said():
    assert unpack(pack(b"bytes" * 100)) == b"bytes" * 100
    with pytest.raises(StoreError, match="damaged"):
        unpack(pack(b"bytes" * 100)[:-3])


def test_an_hour_of_a_watch_is_small(samples):
    stream = samples.stream(3600)
    blob = encode(stream.time_s, stream.columns)
    assert len(blob) < 30_000  # 12 channels; 374 kB as they are
    back = decode(blob)[1]
    for name, values in stream.columns.items():
        assert np.array_equal(back[name], values, equal_nan=True), name
