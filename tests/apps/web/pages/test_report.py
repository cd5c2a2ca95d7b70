"""The report in a browser: each file comes as what it is, and the page says where."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("address", "kind", "begins"),
    [
        ("/works/report.pdf", "application/pdf", b"%PDF"),
        ("/works/report/weeks.csv", "text/csv", b"week,"),
        ("/works/report/days.csv", "text/csv", b"on,"),
        ("/works/report/fhir.json", "application/fhir+json", b"{"),
    ],
)
def test_each_file_comes_as_what_it_is(full, address, kind, begins):
    reply = full.get(address)
    assert reply.status_code == 200 and reply.headers["content-type"].startswith(kind)
    assert reply.content.startswith(begins) and "attachment" in reply.headers["content-disposition"]
    assert address in full.get("/works").text
