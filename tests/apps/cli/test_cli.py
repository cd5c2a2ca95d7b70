import errno
import json
import socket
import sqlite3

import pytest
from benchmarks._data import simulated_fit
from click.testing import CliRunner
from tests.apps.browsing import NOW

from backward_running.apps.cli import COMMANDS, FAILED, MISUSED, PARTLY, PORT, STORE, backward, main


@pytest.fixture
def run(tmp_path, capfd):
    """Run the whole command, exit code and all, on a store of its own."""

    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


@pytest.fixture
def session_file(tmp_path):
    path = tmp_path / "session.fit"
    path.write_bytes(simulated_fit(0.4))
    return path


def test_every_command_explains_itself():
    for name in COMMANDS:
        result = CliRunner().invoke(backward, [name, "--help"])
        assert result.exit_code == 0, (name, result.output)
        assert "Usage: backward" in result.output


def test_the_walk(run, session_file, tmp_path):
    code, out, _ = run("import", str(session_file))
    assert code == 0
    assert "new" in out
    code, out, _ = run("runs", "--json")
    (row,) = json.loads(out)["activities"]
    assert row["simulated"] is True
    assert row["backward_s"] == pytest.approx(360, abs=10)
    code, out, _ = run("show", row["activity_id"][:6])
    assert "Simulated" in out
    assert "backward run" in out
    code, out, _ = run("label", "last", "0:00", "3:20", "backward", "--gait", "walk", "--json")
    assert json.loads(out)["bouts"][0]["bout"]["found_by"] == "paint"
    code, out, _ = run("undo", "last")
    assert "Labels of yours: 0" in out
    code, out, _ = run("label", "last", "--laps", "even-backward")
    assert (code, "Labels of yours: 1" in out) == (0, True)
    code, out, _ = run("show", "last")
    assert "per minute" in out
    assert run("undo", "last")[0] == 0
    assert run("label", "last", "0:00", "--laps", "even-backward")[0] == MISUSED
    assert run("label", "last", "0:00")[0] == MISUSED
    code, out, _ = run("export", "original", "last", "--to", str(tmp_path / "again.fit"))
    assert (tmp_path / "again.fit").read_bytes() == session_file.read_bytes()
    code, out, _ = run("export", "geojson", "last", "--to", "-")
    assert json.loads(out)["type"] == "FeatureCollection"
    code, out, _ = run("calendar", "2026-03")
    assert "Benchmark" in out
    code, out, _ = run("forget", "last", "--yes")
    assert code == 0
    assert json.loads(run("runs", "--json")[1])["count"] == 0


def test_a_plan_from_a_file_of_answers(run, tmp_path):
    answers = tmp_path / "answers.json"
    given = {
        "forward_runs_per_week": 3, "easy_speed_mps": 2.8, "longest_run_s": 2400, "backward_experience_min": 0,
        "birth_year": 1990, "goal": "try", "days": ["0", "3", "5"], "have": ["spotter"], "starts_on": "2100-01-01",
        "parq": "all_no", "health": ["none"],
    }  # fmt: skip
    answers.write_text(json.dumps(given))
    code, _, err = run("start", "--answers", str(answers))
    assert code == MISUSED
    assert "starts_on: " in err
    answers.write_text(json.dumps(given | {"starts_on": NOW.date().isoformat()}))
    code, out, _ = run("start", "--answers", str(answers))
    assert code == 0
    assert "Week 1" in out
    plan = json.loads(run("plan", "--json")[1])
    workout_id = plan["weeks"][0]["workouts"][0]["workout_id"]
    assert run("export", "workout", workout_id, "--to", str(tmp_path / "w.fit"))[0] == 0
    assert (tmp_path / "w.fit").read_bytes()[8:12] == b".FIT"
    assert run("export", "week", "99")[0] == FAILED
    code, out, _ = run("log", "--calf", "6")
    assert code == 0
    assert "calf" in out.lower() or "calves" in out.lower()


def test_exit_codes_of_an_import(run, session_file, tmp_path):
    photos = tmp_path / "holiday"
    photos.mkdir()
    (photos / "beach.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(100))
    (photos / "sea.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    code, out, _ = run("import", str(photos))
    assert code == 0  # nothing in it is a recording, and nothing failed
    assert "No recordings: 1 × JPEG picture, 1 × PNG picture." in out
    (photos / "cut.fit").write_bytes(bytes(99))
    assert run("import", str(photos))[0] == FAILED
    assert run("import", str(photos), str(session_file))[0] == PARTLY
    assert run("import", str(session_file))[0] == 0
    code, out, _ = run("imports")
    assert "same" in out
    assert run("import", str(tmp_path / "nowhere.fit"))[0] == MISUSED


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["show", "nothing"], "backward runs"),
        (["label", "last", "1", "2", "forward"], "backward runs"),
        (["export", "calendar"], "no plan"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(run, arguments, says):
    code, out, err = run(*arguments)
    assert code == FAILED
    assert says in err
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in out + err


def test_a_store_of_a_newer_version_is_left_alone(run, tmp_path):
    assert run("runs")[0] == 0
    database = next((tmp_path / "home").glob("*.db"))
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    connection.close()
    before = database.read_bytes()
    code, _, err = run("runs")
    assert code == STORE
    assert "newer" in err
    assert database.read_bytes() == before


def test_a_store_that_is_no_store(run, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "backward.db").write_bytes(b"these are holiday memories, not a database" * 100)
    code, _, err = run("runs")
    assert code == STORE
    assert "backward.db" in err


def test_a_taken_port_is_said(run, monkeypatch):
    from backward_running.apps.cli import serve

    monkeypatch.setattr(serve, "ANSWERS_WITHIN_S", 0.01)  # who holds the port here says nothing
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        code, _, err = run("serve", "--port", str(port), "--no-open")
    assert code == PORT
    assert f"Port {port} is taken" in err


def test_a_port_that_may_not_be_had_is_said(run, monkeypatch):
    def refuse(self, address):
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    code, _, err = run("serve", "--port", "80", "--no-open")
    assert code == PORT
    assert "Permission denied" in err


def test_evidence_is_printed_with_its_place(run):
    code, out, _ = run("evidence", "hreljac")
    assert code == 0
    assert "1.63" in out
    assert ".py:" in out
    code, out, _ = run("evidence", "--claims")
    assert out.count("Verdict:") == 15


def test_the_simulator_writes_files_and_their_truth(run, tmp_path):
    from backward_running import formats

    code, out, _ = run("simulate", str(tmp_path / "sim"), "--weeks", "1", "--until", "2026-03-08")
    assert code == 0
    assert "simulated" in out
    fits = sorted((tmp_path / "sim").glob("*.fit"))
    assert fits
    assert all(formats.read(path.read_bytes())[0].simulated for path in fits)
    truth = json.loads(fits[0].with_suffix(".truth.json").read_text())
    assert truth["simulated"] is True
    assert truth["bouts"][0]["start_s"] == 0.0


def test_the_questions_come_in_order_and_the_rest_on_request(run):
    first = [one["key"] for one in json.loads(run("start", "--questions")[1])]
    more = [one["key"] for one in json.loads(run("start", "--questions", "--more")[1])]
    assert first[:6] == ["health", "parq", "birth_year", "goal", "have", "supervisor_name"], "health first"
    assert more[: len(first)] == first
    assert more[len(first) :] == [
        "starts_on", "hard_days", "race_on", "race_distance_m", "backward_20_m_s", "protocol",
    ]  # fmt: skip
