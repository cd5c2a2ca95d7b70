"""The small failing inputs of the shared cases: each stands for a kind of fault, and has a right value."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from backward_running import formats
from backward_running.core.errors import UnreadableFile
from backward_running.core.recording import Recording
from backward_running.signals.working import working_stream


@pytest.fixture
def one(shared_cases: Path):
    def read(name: str) -> Recording:
        (recording,) = formats.read((shared_cases / "readers" / name).read_bytes())
        return recording

    return read


def known(recording: Recording, name: str) -> np.ndarray:
    values = recording.main.columns.get(name, np.zeros(0))
    return values[np.isfinite(values)]


def test_a_developer_index_of_no_size(one):
    run = one("fit_zero_size_developer_index.fit")
    assert len(run.main) == 40
    assert set(known(run, "heart_rate_bpm")) == {140.0}


def test_a_date_that_the_watch_learned_on_the_way(one):
    run = one("fit_date_set_on_the_way.fit")
    assert (len(run.main), known(run, "distance_m")[-1], run.duration_s) == (500, 1497.0, 500.0)
    assert run.started_at == datetime(2024, 11, 28, 11, 31, 40, tzinfo=UTC)  # 500 s before its end at 11:40
    assert [(lap.start_s, lap.end_s) for lap in run.laps] == [(0.0, 500.0)]


def test_an_empty_sample_long_after_the_stop(one):
    assert one("fit_trailing_empty_record.fit").duration_s == 300.0


def test_a_treadmill_run_that_its_runner_put_right(one):
    run = one("fit_treadmill_calibrated.fit")
    working = working_stream(run)
    assert working.columns["distance_m"][-1] == pytest.approx(250.0)
    assert np.nanmedian(working.columns["speed_mps"]) == pytest.approx(3.0 * 250 / 297)


def test_a_speed_that_contradicts_distance_and_positions(one):
    working = working_stream(one("fit_speed_contradicts.fit"))
    assert np.nanmedian(working.columns["speed_mps"]) == pytest.approx(3.0, abs=0.01)


def test_laps_that_end_after_the_next_leg_began(shared_cases):
    legs = formats.read((shared_cases / "readers/fit_multisport_lap_slivers.fit").read_bytes())
    assert [len(leg.laps) for leg in legs] == [1, 1, 1]


def test_a_developer_field_that_claims_the_heart_rate(one):
    assert set(known(one("fit_dev_claims_hr_bpm.fit"), "heart_rate_bpm")) == {140.0}


def test_heart_rate_that_the_strap_stored(one):
    run = one("fit_hr_messages.fit")
    assert set(known(run, "heart_rate_bpm")) == {140.0}
    assert run.losses == ()


def test_points_newest_first(one):
    run = one("gpx_newest_first.gpx")
    assert run.duration_s == 59.0
    assert working_stream(run).columns["distance_m"][-1] == pytest.approx(177.0, abs=1.0)


def test_a_cadence_of_one_foot_without_a_sport(one):
    assert set(known(one("gpx_no_type_cadence.gpx"), "cadence_spm")) == {170.0}


def test_decimal_commas(one):
    run = one("gpx_decimal_comma.gpx")
    assert len(known(run, "latitude_deg")) == 40
    assert run.losses == ()


def test_a_prefix_that_nothing_declares(one):
    run = one("gpx_undeclared_prefix.gpx")
    assert set(known(run, "heart_rate_bpm")) == {150.0}
    assert run.losses == ()


def test_times_in_seconds_since_1970(one):
    run = one("gpx_epoch_times.gpx")
    assert (run.started_at, run.duration_s) == (datetime(2024, 5, 1, 6, tzinfo=UTC), 39.0)


def test_a_pause_that_only_the_timer_of_the_lap_tells(one):
    pauses = one("tcx_pause_inside_track.tcx").pauses
    assert [(pause.start_s, pause.end_s) for pause in pauses] == [(40.0, 640.0)]


def test_a_watch_beside_a_phone_log_are_two_recordings(shared_cases):
    data = (shared_cases / "readers/zip_fit_beside_sensorlogger.zip").read_bytes()
    found = {name: formats.read(one)[0].reader for name, one in formats.unwrap("all.zip", data)}
    assert found == {"phone.zip": "sensor_logger", "watch.fit": "fit"}


def test_two_logs_in_one_zip_are_two_recordings(shared_cases):
    data = (shared_cases / "readers/sensorlogger_two_recordings.zip").read_bytes()
    starts = [formats.read(one)[0].started_at.day for _, one in formats.unwrap("all.zip", data)]
    assert starts == [1, 2]


def test_a_member_without_a_name_is_refused(shared_cases):
    data = (shared_cases / "readers/zip_member_without_name.zip").read_bytes()
    with pytest.raises(UnreadableFile, match="without a name"):
        list(formats.unwrap("all.zip", data))
