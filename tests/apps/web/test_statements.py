"""How often a page asks the database: each time is a journey to a server and back, however fast the server is."""

from __future__ import annotations

import itertools

import pytest
from benchmarks._measure import counted
from benchmarks._years import multiply

#: Page → statements it may send just after something changed. Who needs more, asks for several things at once instead.
MOST = {
    "/": 24, "/runs": 12, "/load": 18, "/plan": 22, "/calendar": 16, "/settings": 8, "/runs/{run}": 24, "/check-in": 22,
    "/import": 13, "/said": 13, "/cost": 9, "/import/log": 13, "/trash": 9, "/shoes": 8, "/plan/changes": 22,
}  # fmt: skip
_TURNS = itertools.count()


def _asked(browser, address: str, *, changed: bool) -> list[str]:
    """Return what is asked for a page when something changed just before, or when nothing did."""
    assert browser.get(address).status_code == 200
    if changed:
        browser.store.put_setting("draft_answers", str(next(_TURNS)))
    with counted(browser.store) as sent:
        assert browser.get(address).status_code == 200
    return [words for words in sent if words.lstrip().startswith("SELECT")]


@pytest.mark.parametrize("page", MOST)
def test_a_page_sends_no_more_statements_than_it_is_allowed(full, page):
    asked = _asked(full, page.format(run=full.ids[0]), changed=True)
    assert len(asked) <= MOST[page], "\n".join(asked)


@pytest.mark.parametrize("page", sorted(set(MOST) - {"/runs/{run}"}))
def test_a_page_asks_only_whether_anything_changed_where_nothing_did(full, page):
    for _ in range(2):  # the first after a start may still look into runs
        full.get(page)
    asked = _asked(full, page, changed=False)
    assert len(asked) == 1 and "person.revision" in asked[0], "\n".join(asked)


def test_no_page_asks_more_often_because_there_are_more_runs(full):
    """Neither where nothing changed nor where something did, and whatever was run and said of it."""
    multiply(full.store, 40)
    for _ in range(20):  # until each run was looked into once
        full.get("/")
    few = {page: _asked(full, page.format(run=full.ids[0]), changed=True) for page in MOST}
    multiply(full.store, 80, first=40)
    for _ in range(40):
        full.get("/")
    for page, before in few.items():
        more = _asked(full, page.format(run=full.ids[0]), changed=True)
        assert len(more) <= len(before), f"{page}\n" + "\n".join(more)


def _sent(store, act) -> list[tuple[str, int]]:
    """Return every statement that is sent meanwhile, and how many rows it changed or gave."""
    from sqlalchemy import event

    found: list[tuple[str, int]] = []
    engine = store._database.engine

    def note(_connection, cursor, words, *_more):
        found.append((words, max(cursor.rowcount, 0)))

    event.listen(engine, "after_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "after_cursor_execute", note)
    return found


@pytest.mark.parametrize(
    "form", [{"resting_heart_rate_bpm": "51"}, {"mass_kg": "71.5"}, {"maximal_heart_rate_bpm": "192"}]
)
def test_a_change_of_the_profile_touches_as_many_rows_whatever_follows_from_it(full, form):
    """Every session follows from the profile: what a change does of them while its runner waits is not to look at one."""
    from backward_running.flows import anew

    counts = []
    for more, first in ((40, 0), (400, 40)):
        multiply(full.store, more, first=first)
        full.submit("/settings/you", dict.fromkeys(form, "60"))  # so that there is something to change
        list(anew.derive_anew(full.store)) if not first else None
        sent = _sent(full.store, lambda: full.submit("/settings/you", form))
        changed = [words for words, _ in sent if not words.lstrip().startswith(("SELECT", "BEGIN", "PRAGMA", "COMMIT"))]
        assert not [words for words in changed if "derived" in words or "activity" in words], changed
        assert sum(rows for words, rows in sent if words in changed) <= 4
        counts.append((len(sent), len(changed)))
    assert anew.due(full.store).activities == full.store.counts().activities >= 440
    assert counts[0] == counts[1], "more runs, more statements"
