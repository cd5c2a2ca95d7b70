"""`backward detect`: judge a file without a store."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest
from click.testing import CliRunner
from tests.apps.browsing import track_file, unplanned_file

from backward_running.apps.cli import FAILED, MISUSED, backward, main
from backward_running.apps.cli.detect import detect_command
from backward_running.core.recording import Lap
from backward_running.core.supplied_metadata import PLACES


@pytest.fixture
def run(tmp_path, capfd, monkeypatch):
    """Run the command where there is no store, and none comes to be."""
    home = tmp_path / "nowhere"
    monkeypatch.setenv("BACKWARD_HOME", str(home))

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["detect", *map(str, arguments)])
        said = capfd.readouterr()
        assert not home.exists()
        return stop.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def hill(tmp_path):
    path = tmp_path / "hill.fit"
    path.write_bytes(track_file())
    return path


def test_bouts_in_words(run, hill):
    code, out, _ = run(hill)
    assert code == 0
    assert "backward run" in out
    assert "facing against course" in out
    assert "3:2" in out


def test_bouts_as_json(run, hill):
    code, out, _ = run(hill, "--json")
    assert code == 0
    (found,) = json.loads(out)
    assert [one["bout"]["direction"] for one in found["bouts"]] == ["forward", "backward", "forward"]
    assert found["bouts"][1]["bout"]["start_s"] == pytest.approx(200, abs=3)
    assert 0.65 <= found["bouts"][1]["bout"]["probability_share"] <= 1.0
    assert found["unknown_because"] is None
    second = found["bouts"][1]
    assert {"step_length_m", "contact_time_s", "flight_time_s", "cadence_spm"} <= set(second)
    if second["steps_count"]:
        assert second["step_length_m"] == pytest.approx(second["distance_m"] / second["steps_count"])


def test_a_row_for_every_second(run, hill):
    code, out, _ = run(hill, "--rows")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [float(row["time_s"]) for row in rows] == list(range(len(rows)))
    assert len(rows) == pytest.approx(600, abs=1)
    assert {row["state"] for row in rows} == {"forward_run", "backward_run"}
    assert sum(row["state"] == "backward_run" for row in rows) == pytest.approx(100, abs=5)
    assert all(0.5 < float(row["probability_share"]) <= 1.0 for row in rows)


def test_a_watch_asks_in_words(run, tmp_path):
    path = tmp_path / "watch.fit"
    path.write_bytes(unplanned_file())
    code, out, _ = run(path)
    assert code == 0
    assert "Was this backward?" not in out  # of a stranger that is not likely enough
    assert "Unknown in part, because: Nothing in it shows" in out
    rows = list(csv.DictReader(io.StringIO(run(path, "--rows")[1])))
    assert {row["state"].split("_")[0] for row in rows} == {"unknown"}
    assert {row["probability_share"] for row in rows} == {""}
    assert sum(row["hint"] == "backward" for row in rows) == pytest.approx(100, abs=15)
    assert max(float(row["hint_probability_share"]) for row in rows if row["hint"] == "backward") <= 0.6


def test_laps_that_you_know_of(run, tmp_path):
    path = tmp_path / "laps.fit"
    path.write_bytes(unplanned_file(laps=(Lap(0.0, 700.0), Lap(700.0, 800.0), Lap(800.0, 1500.0))))
    _, out, _ = run(path, "--laps", "even-backward", "--json")
    assert [one["bout"]["direction"] for one in json.loads(out)[0]["bouts"]] == ["forward", "backward", "forward"]
    code, _, err = run(path, "--laps", "sometimes")
    assert code == MISUSED
    assert "odd-backward" in err


def sensor_table(path, seconds=4.0):
    rng = np.random.default_rng(1)
    lines = ["ax;ay;az;wx;wy;wz"]
    lines += [";".join(f"{value:.4f}" for value in (*rng.normal((0, 0, 1), 0.002), *rng.normal(0, 0.2, 3)))
              for _ in range(int(seconds * 100))]  # fmt: skip
    path.write_text("\n".join(lines))
    return path


def test_any_csv_whose_columns_you_name(run, tmp_path):
    path = sensor_table(tmp_path / "log.csv")
    columns = "acc_x=ax,acc_y=ay,acc_z=az,gyr_x=wx,gyr_y=wy,gyr_z=wz"
    common = (path, "--columns", columns, "--rate-hz", "100", "--unit", "acc=g,gyr=degps", "--json")
    code, out, _ = run(*common, "--place", "foot_left", "--mount", "known")
    assert code == 0
    (found,) = json.loads(out)
    assert {one["bout"]["direction"] for one in found["bouts"]} <= {"still", "unknown"}
    code, _, err = run(*common[:-1], "--columns", "acc_x:ax")
    assert code == MISUSED
    assert "acc_x_mps2=ax" in err


@pytest.mark.parametrize("flag", [None, "--json", "--rows"])
def test_what_cannot_be_read_is_unknown_with_a_reason(run, tmp_path, flag):
    path = tmp_path / "notes.txt"
    path.write_text("I ran backward yesterday.")
    code, out, err = run(path, *filter(None, [flag]))
    assert code == FAILED
    assert "unknown, because: " in (err if flag else out)
    assert "Backward reads FIT" in err + out


@pytest.mark.parametrize("flag", [None, "--json", "--rows"])
def test_a_table_without_a_mapping_says_how_to_map_it(run, tmp_path, flag):
    code, out, err = run(sensor_table(tmp_path / "log.csv"), *filter(None, [flag]))
    assert code == FAILED
    said = err if flag else out
    assert "ax, ay, az, wx, wy, wz; say which column is what" in said
    assert "--columns time_s=t,acc_x=ax" in said


@pytest.mark.parametrize(
    ("arguments", "option"),
    [
        (("--columns", "acc_x=ax", "--rate-hz", "100"), "--unit acc=g"),
        (("--columns", "acc_x_g=ax"), "--rate-hz 100"),
        (("--columns", "acc_x_g=ax", "--rate-hz", "0"), "--rate-hz 100"),
        (("--columns", "acc_x_g=nose", "--rate-hz", "100"), "--columns time_s=t"),
        (("--columns", "speed=ax", "--rate-hz", "100"), "--columns time_s=t"),
    ],
)
def test_a_refusal_names_the_option_that_helps(run, tmp_path, arguments, option):
    code, _, err = run(sensor_table(tmp_path / "log.csv"), *arguments)
    assert code == MISUSED
    assert option in err
    assert "core.names" not in err
    assert "rate_hz" not in err


def test_rows_as_json(run, hill):
    code, out, _ = run(hill, "--rows", "--json")
    assert code == 0
    (found,) = json.loads(out)
    rows = found["rows"]
    assert [row["time_s"] for row in rows] == list(range(len(rows)))
    assert sum(row["state"] == "backward_run" for row in rows) == pytest.approx(100, abs=5)
    assert set(rows[0]) == {"time_s", "state", "probability_share", "found_by", "hint", "hint_probability_share"}


def test_places_are_those_of_the_flow():
    (place,) = [one for one in detect_command.params if one.name == "place"]
    assert tuple(place.type.choices) == PLACES


def test_a_log_comes_in_by_pipe(hill):
    result = CliRunner().invoke(backward, ["detect", "-", "--json"], input=hill.read_bytes(), standalone_mode=False)
    assert result.exception is None
    assert json.loads(result.output)[0]["bouts"]


def test_the_own_habits_only_when_asked_for(tmp_path, capfd, monkeypatch):
    """With nothing learned it says so; what was learned reaches the flow."""
    from backward_running.flows import detect as flow

    monkeypatch.setenv("BACKWARD_HOME", str(tmp_path / "home"))
    path = tmp_path / "watch.fit"
    path.write_bytes(unplanned_file())
    asked, judge = [], flow.detect
    monkeypatch.setattr(flow, "detect", lambda *a, **more: asked.append(more["habits"]) or judge(*a, **more))

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(list(map(str, arguments)))
        assert not stop.value.code
        return capfd.readouterr().err

    assert "Nothing was learned of you yet" in call("detect", path, "--me")
    call("import", path)
    call("label", "last", "0", "end", "forward")
    assert call("detect", path, "--me") == ""
    call("detect", path)
    assert [habits and len(habits.traits) for habits in asked] == [0, 1, None]
