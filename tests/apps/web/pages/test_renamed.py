"""A bookmark of an address that was renamed leads on."""

import pytest

from backward_running.apps.web.pages.renamed import RENAMED


@pytest.mark.parametrize("old", RENAMED)
def test_a_bookmark_leads_on(full, old):
    reply = full.get(f"{old}?from=there")
    assert reply.status_code == 308
    assert reply.headers["location"] == f"{RENAMED[old]}?from=there"
    assert full.get(reply.headers["location"]).status_code == 200
