"""The program as people start it: its own process, its own port."""

import subprocess
from http.client import HTTPConnection

import pytest
from tests.apps.browsing import track_file
from tests.journeys.conftest import COMMAND
from tests.journeys.expecting import PATIENCE_S

from backward_running.apps.cli import PORT, main, serve

pytestmark = pytest.mark.slow


def test_a_second_window_is_told_about_the_first(empty_server, monkeypatch, capfd):
    monkeypatch.setattr(serve, "ANSWERS_WITHIN_S", PATIENCE_S)
    port = empty_server.address.rsplit(":", 1)[1]
    with pytest.raises(SystemExit) as second:
        main(["--home", str(empty_server.home), "serve", "--port", port, "--no-open"])
    said = capfd.readouterr().err
    assert second.value.code == PORT
    assert f"already open at {empty_server.address}" in said
    assert len(said.strip().splitlines()) == 1


def test_the_server_listens_on_this_machine_only(empty_server):
    port = int(empty_server.address.rsplit(":", 1)[1])
    listening = [
        line.split()[1]
        for name in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in open(name).read().splitlines()[1:]  # noqa: SIM115, PTH123
        if line.split()[3] == "0A" and line.split()[1].endswith(f":{port:04X}")
    ]
    assert listening == [f"0100007F:{port:04X}"]


def test_a_foreign_host_is_refused(empty_server):
    connection = HTTPConnection(empty_server.address.removeprefix("http://"), timeout=PATIENCE_S)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    assert connection.getresponse().status in (400, 421)


def test_the_command_line_works_on_the_store_of_a_running_server(empty_server, tmp_path):
    recording = tmp_path / "hill.fit"
    recording.write_bytes(track_file())
    told = subprocess.run(
        [COMMAND, "--home", str(empty_server.home), "import", str(recording), "--json"],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE_S,
    )
    assert "hill.fit" in told.stdout
    assert b"Hill path" in empty_server.get("/runs")[2]


def test_only_who_has_the_key_comes_in(empty_server):
    connection = HTTPConnection(empty_server.address.removeprefix("http://"), timeout=PATIENCE_S)
    connection.request("GET", "/", headers={"Accept": "text/html"})
    answer = connection.getresponse()
    assert answer.status == 403 and b"backward open" in answer.read()
    assert empty_server.get("/")[0] == 200
    page = empty_server.home / f"backward.open-{empty_server.address.rsplit(':', 1)[1]}.html"
    assert page.stat().st_mode & 0o077 == 0 and (empty_server.home / "backward.secret").stat().st_mode & 0o077 == 0
    empty_server.process.terminate()
    empty_server.process.wait(timeout=PATIENCE_S)
    assert not page.exists(), "its key opens nothing any more"
