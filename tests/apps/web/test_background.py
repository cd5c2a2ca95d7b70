"""What does not match is judged anew beside answering, is counted on every page until then, and marked on its run."""

from __future__ import annotations

import threading

from backward_running.apps.web.background import Worker
from backward_running.core.athlete import Athlete
from backward_running.core.errors import StoreBusy
from backward_running.flows import anew, profile

MARK = "numbers from before"


def _changed(full) -> None:
    assert profile.put_athlete(full.store, Athlete(resting_heart_rate_bpm=50.0, maximal_heart_rate_bpm=190.0)) == 2


def test_pages_count_what_is_due_and_mark_it_in_words(full):
    assert "judged anew" not in full.get("/").text
    assert MARK not in full.get("/runs").text
    _changed(full)
    for address in ("/", "/load", "/plan", "/settings"):
        assert "2 of 2 activities are being judged anew" in full.get(address).text
    assert full.get("/runs").text.count(f">{MARK}<") == 2
    assert "This run is being judged anew" in full.get(f"/runs/{full.ids[0]}").text
    before = full.store.session(full.ids[0])
    Worker(full.store).catch_up()
    assert full.store.session(full.ids[0]) != before
    assert "judged anew" not in full.get("/runs").text + full.get(f"/runs/{full.ids[0]}").text
    assert MARK not in full.get("/runs").text


def test_a_change_answers_at_once_however_much_follows_from_it(full, monkeypatch):
    def never(*_given, **_more):
        raise AssertionError("a run was judged while its runner waited")

    monkeypatch.setattr("backward_running.flows.deriving.analyse", never)
    assert full.submit("/settings/you", {"resting_heart_rate_bpm": "51"}).status_code == 303
    assert anew.due(full.store) == anew.Due(2, 2)


def test_the_thread_works_beside_and_ends(full):
    caught_up = threading.Event()

    class Telling(Worker):
        def catch_up(self) -> None:
            super().catch_up()
            caught_up.set()

    _changed(full)
    with Telling(full.store).working():
        assert caught_up.wait(60)
    assert anew.due(full.store).activities == 0


def test_one_that_is_damaged_is_told_once_and_hinders_no_other(full, caplog):
    damage(full.store, full.ids[0])
    _changed(full)
    worker = Worker(full.store)
    for _ in range(2):
        worker.catch_up()
    assert anew.due_of(full.store, full.ids) == {full.ids[0]}
    assert [record.args[0].partition(" ")[0] for record in caplog.records] == [full.ids[0]]
    assert "1 of 2 activities is being judged anew" in full.get("/runs").text


def damage(store, activity_id: str) -> None:
    from sqlalchemy import update

    from backward_running.store.schema import stream

    with store._database.writing() as connection:
        of_it = (stream.c.athlete_id == store.athlete_id, stream.c.activity_id == activity_id)
        connection.execute(update(stream).where(*of_it).values(content=b"damaged"))
    store._at_hand.__init__()


def test_a_store_that_is_busy_is_tried_again(full, monkeypatch, caplog):
    _changed(full)
    worker, asked = Worker(full.store, looks_every_s=0.0), []

    def busy(_store):
        asked.append(1)
        if len(asked) == 3:
            worker.ends.set()
        raise StoreBusy("Another program holds the store.")

    monkeypatch.setattr(anew, "derive_anew", busy)
    worker._work()
    assert len(asked) == 3
    assert len(caplog.records) == 1
    monkeypatch.undo()
    assert anew.due(full.store).activities == 2
