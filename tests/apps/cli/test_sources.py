"""``backward sources``: who leads where two sources give the same run."""

from __future__ import annotations

import json

import pytest
from tests.apps.browsing import NOW
from tests.flows.test_same_run import by, gpx

from backward_running.apps.cli import main


@pytest.fixture
def run(tmp_path, capfd):
    def call(*arguments):
        with pytest.raises(SystemExit) as stop:
            main(["--home", str(tmp_path / "home"), *arguments])
        said = capfd.readouterr()
        return stop.value.code or 0, said.out, said.err

    return call


def test_who_leads_is_shown_and_said(run, tmp_path):
    assert "No two sources" in run("sources")[1]
    for name, data in (("a.gpx", by("Watch", gpx(NOW))), ("b.gpx", by("Service", gpx(NOW, lat=60.00001)))):
        (tmp_path / name).write_bytes(data)
        assert run("import", str(tmp_path / name))[0] == 0
    assert "you did not say yet" in run("sources")[1]
    code, out, _ = run("sources", "--leads", "Watch", "--over", "Service")
    assert code == 0 and out.split()[-3:] == ["Service", "Watch", "Watch"]
    assert json.loads(run("sources", "--leads", "richer", "--over", "Watch", "--over", "Service", "--json")[1]) == [
        {"first": "Service", "second": "Watch", "leads": ""}
    ]
