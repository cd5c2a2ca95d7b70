"""What is told at the command line: at import, and on the page of a run."""

from __future__ import annotations

import json

import pytest
from tests.apps.browsing import runs_before, unplanned_file
from tests.flows.foot_logs import FOREIGN, as_table, foot_rows, foot_table

from backward_running.apps.cli import FAILED, MISUSED, PARTLY, main
from backward_running.apps.cli.detect import detect_command
from backward_running.apps.cli.intake import import_command

COLUMNS = "acc_x=ax,acc_y=ay,acc_z=az,gyr_x=wx,gyr_y=wy,gyr_z=wz"
TABLE = ("--columns", COLUMNS, "--unit", "acc=mps2,gyr=radps", "--rate-hz", "100")


@pytest.fixture
def run(tmp_path, capfd):
    """Run the whole command on a store of its own."""

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *map(str, arguments)])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def foot(tmp_path):
    path = tmp_path / "foot.csv"
    path.write_bytes(foot_table())
    return path


def shown(run):
    return json.loads(run("show", "last", "--json")[1])


def test_a_body_sensor_comes_in_with_all_that_is_known_of_it(run, foot):
    date = ("--date", "2026-11-20T18:00+01:00", "--sport", "running")
    code, out, _ = run("import", foot, "--place", "foot_left", "--mount", "known", *TABLE, *date)
    assert code == 0, out
    page = shown(run)
    assert page["row"]["backward_s"] > 35
    assert page["row"]["title"] == "Evening run"
    assert page["row"]["started_at"].startswith("2026-11-20T17:00")
    assert page["unknown_because"] is None


def test_the_same_file_with_a_place_later(run, foot):
    run("import", foot, *TABLE)
    assert "Unknown in part, because: Nothing says where on the body" in run("show", "last")[1]
    code, out, _ = run("import", foot, "--place", "foot_left", "--mount", "known")
    assert (code, "taken over" in out) == (0, True)
    assert shown(run)["row"]["backward_s"] > 35
    run("import", foot, "--place", "unknown", "--mount", "unknown")
    assert shown(run)["row"]["backward_s"] == 0


def test_a_table_that_nobody_explained_says_what_to_do(run, foot, tmp_path):
    code, out, _ = run("import", foot)
    assert code == FAILED
    assert "waiting" in out
    assert "ax, ay, az, wx, wy, wz; say which column is what" in out
    assert "--columns time_s=t,acc_x=ax" in out
    other = tmp_path / "watch.fit"
    other.write_bytes(unplanned_file())
    code, out, _ = run("import", foot, other)
    assert (code, "1 new, 1 waiting" in out) == (PARTLY, True)
    assert run("import", foot, *TABLE)[0] == 0


def test_a_bad_date_is_refused_before_anything_is_read(run, foot):
    code, _, err = run("import", foot, "--date", "yesterday")
    assert (code, "2026-11-20T18:00" in err) == (MISUSED, True)
    assert json.loads(run("runs", "--json")[1])["count"] == 0


def test_both_commands_share_their_options():
    names = {"place", "mount", "columns", "units", "rate_hz"}
    for command in (detect_command, import_command):
        assert names <= {one.name for one in command.params}


def test_axes_are_said_by_where_they_point(run, foot):
    code, out, _ = run("detect", foot, "--place", "foot_left", "--mount", "x=right,z=up", *TABLE)
    assert (code, "backward walk" in out) == (0, True)
    code, _, err = run("detect", foot, "--place", "foot_left", "--mount", "x=right,y=forward,z=down", *TABLE)
    assert (code, "of a right hand" in err) == (MISUSED, True)
    code, _, err = run("detect", foot, "--mount", "upright", *TABLE)
    assert (code, "x=up,y=left,z=back" in err) == (MISUSED, True)
    upside_down = ("--mount", "x=left,y=forward,z=down")
    code, _, err = run("detect", foot, "--place", "foot_left", *upside_down, *TABLE)
    assert (code, "must agree with gravity" in err, "--mount unknown" in err) == (MISUSED, True, True)
    code, out, _ = run("import", foot, "--place", "foot_left", *upside_down, *TABLE)
    assert (code, "Its mounting was not believed" in out) == (0, True)


def test_a_minus_turns_an_axis_round(run, foot):
    signed = COLUMNS.replace("=ay", "=-ay").replace("=az", "=-az").replace("=wy", "=-wy").replace("=wz", "=-wz")
    table = ("--columns", signed, *TABLE[2:], "--place", "foot_left")
    assert "must agree with gravity" in run("detect", foot, "--mount", "known", *table)[2]
    code, out, _ = run("detect", foot, "--mount", "x=right,y=back,z=down", *table)
    assert (code, "backward walk" in out) == (0, True)


def test_two_files_of_a_phone_are_one_run(run, tmp_path):
    rows = foot_rows()
    for name, kept in (("acc.csv", slice(0, 3)), ("gyr.csv", slice(3, 6))):
        (tmp_path / name).write_bytes(as_table(rows[:, kept], FOREIGN[kept]))
    acc, gyr = tmp_path / "acc.csv", tmp_path / "gyr.csv"
    told = (*TABLE, "--place", "foot_left", "--mount", "known")
    code, out, _ = run("detect", acc, "--with", gyr, *told)
    assert (code, "backward walk" in out) == (0, True)
    code, out, _ = run("import", acc, "--with", f"foot_left={gyr}", *told)
    assert (code, "acc.csv + gyr.csv" in out) == (0, True)
    assert shown(run)["row"]["backward_s"] > 35
    code, _, err = run("detect", acc, "--with", "nose.csv", *told)
    assert (code, "name a file, after a place or without one" in err) == (MISUSED, True)
    code, _, err = run("import", acc, gyr, "--with", gyr, *told)
    assert (code, "go along with one file" in err) == (MISUSED, True)


def test_show_asks_as_the_page_does(run, tmp_path):
    for name, data in (*runs_before(), ("watch.fit", unplanned_file())):
        (tmp_path / name).write_bytes(data)
        run("import", tmp_path / name)
    out = run("show", "last")[1]
    assert out.count("Was this backward? Steps and speed") == 1
    assert "Unknown in part, because: Nothing in it shows" in out
