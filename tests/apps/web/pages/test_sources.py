"""Who leads where two sources give the same run is asked on the page of imports, once, and changed in the settings."""

from __future__ import annotations

from tests.apps.browsing import NOW
from tests.flows.test_same_run import by, gpx

from backward_running.flows import source_rules


def test_two_sources_of_one_run_are_asked_about_where_runs_come_in(empty):
    assert "No two sources" in empty.get("/settings/sources").text
    files = [("files", ("a.gpx", by("Watch", gpx(NOW)))), ("files", ("b.gpx", by("Service", gpx(NOW, lat=60.00001))))]
    empty.submit("/import", files=files)
    assert "Service or Watch?" in empty.get("/import").text and "Service or Watch?" in empty.get("/import/log").text
    said = {"first": "Service", "second": "Watch", "leads": "Watch", "back": "/import"}
    assert empty.submit("/settings/sources", said).headers["location"] == "/import"
    assert "Service or Watch?" not in empty.get("/import").text
    assert "Watch leads." in empty.get("/settings/sources").text
    assert (
        empty.submit("/settings/sources", {**said, "leads": "", "back": ""}).headers["location"] == "/settings/sources"
    )
    assert source_rules.unanswered(empty.store) is None
    assert source_rules.rules(empty.store) == (source_rules.SourceRule("Service", "Watch", ""),)
