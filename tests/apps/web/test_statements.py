"""How often a page asks the database: each time is a journey to a server and back, however fast the server is."""

from __future__ import annotations

import pytest
from benchmarks.many import counted

#: Page → statements it may send. Who needs more, asks for several things at once instead.
MOST = {"/": 22, "/runs": 9, "/load": 17, "/plan": 22, "/calendar": 16, "/settings": 7, "/runs/{run}": 22}


@pytest.mark.parametrize("page", MOST)
def test_a_page_sends_no_more_statements_than_it_is_allowed(full, page):
    address = page.format(run=full.ids[0])
    full.get(address)  # what is kept at hand is there
    with counted(full.store) as sent:
        assert full.get(address).status_code == 200
    asked = [words for words in sent if words.lstrip().startswith("SELECT")]
    assert len(asked) <= MOST[page], "\n".join(asked)
