"""What is written as GPX reads back, segment by segment."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.errors import BadValue, NotEnoughData
from backward_running.core.recording import Span, Stream
from backward_running.formats.gpx import read_gpx
from backward_running.formats.gpx_track import write_gpx

START = datetime(2026, 5, 4, 6, 30, tzinfo=UTC)


def track(count: int = 60, **columns: np.ndarray) -> Stream:
    time_s = np.arange(count, dtype=np.float64)
    fixed = {
        "latitude_deg": 60.17 + time_s * 1e-5,
        "longitude_deg": 24.94 + time_s * 1e-6,
        "altitude_m": 10 + time_s / 10,
        "heart_rate_bpm": np.full(count, 140.0),
        "cadence_spm": np.full(count, 170.0),
    }
    return Stream("wrist", "earth", time_s, fixed | columns)


def test_it_reads_back() -> None:
    (read,) = read_gpx(write_gpx(track(), started_at=START, title="Park & <lane>", sport="running"))
    assert (read.title, read.sport, read.started_at) == ("Park & <lane>", "running", START)
    assert read.main is not None
    for name in ("latitude_deg", "longitude_deg", "altitude_m", "heart_rate_bpm", "cadence_spm"):
        np.testing.assert_allclose(read.main.columns[name], track().columns[name], atol=0.06 if "alt" in name else 1e-6)


def test_a_break_parts_the_segments() -> None:
    data = write_gpx(track(), started_at=START, title="x", breaks=[Span(20, 30), Span(50, 55)])
    assert data.count(b"<trkseg>") == 3


def test_a_sample_without_a_position_or_a_heart_is_left_out() -> None:
    holes = track().columns["latitude_deg"].copy()
    holes[:10] = np.nan
    heart = np.full(60, np.nan)
    data = write_gpx(track(latitude_deg=holes, heart_rate_bpm=heart), started_at=START, title="x")
    assert data.count(b"<trkpt") == 50
    assert b"nan" not in data and b":hr>" not in data


def test_what_cannot_be_written_is_said() -> None:
    bare = Stream("wrist", "earth", np.arange(3.0), {"heart_rate_bpm": np.full(3, 100.0)})
    with pytest.raises(NotEnoughData, match="positions"):
        write_gpx(bare, started_at=START, title="x")
    with pytest.raises(BadValue, match="time zone"):
        write_gpx(track(), started_at=datetime(2026, 5, 4), title="x")  # noqa: DTZ001 -- the point of the test
