import gzip
import io
import zipfile
from collections import Counter
from itertools import pairwise

import pytest

from backward_running.core.direction import Direction
from backward_running.core.ports import ActivityQuery
from backward_running.flows import export, intake
from backward_running.flows.intake import import_file, import_log, import_many

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(500)


def test_a_file_comes_in_once(store, session_fit, now):
    (first,) = import_file(store, "run.fit", session_fit, now=now)
    (second,) = import_file(store, "copy of run.fit", session_fit, now=now)
    assert (first.status, second.status) == ("new", "same")
    assert second.activity_ids == first.activity_ids
    assert store.counts().activities == 1
    assert [entry.status for entry in import_log(store)] == ["same", "new"]


def test_the_original_comes_back_to_the_byte(store, session_fit, now):
    (entry,) = import_file(store, "run.fit", session_fit, now=now)
    assert export.original(store, entry.activity_ids[0]) == ("run.fit", session_fit)


def test_what_was_understood_follows_the_workout(store, session_fit, now):
    (entry,) = import_file(store, "run.fit", session_fit, now=now)
    row = store.row(entry.activity_ids[0])
    assert row.backward_s == pytest.approx(3 * 120, abs=10)
    assert row.forward_s == pytest.approx(3 * 360, abs=10)
    assert row.simulated
    assert {piece.direction for piece in row.ribbon} == {Direction.FORWARD, Direction.BACKWARD}
    assert sum(piece.share for piece in row.ribbon) == pytest.approx(1.0)


def test_archives_give_one_line_per_file(store, session_fit, now):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("holiday/run.fit", session_fit)
        archive.writestr("holiday/beach.jpg", PHOTO)
    entries = import_file(store, "export.zip", packed.getvalue(), now=now)
    assert Counter(entry.status for entry in entries) == {"new": 1, "left_out": 1}
    (again,) = import_file(store, "run.fit.gz", gzip.compress(session_fit), now=now)
    assert again.status == "same"


@pytest.mark.parametrize(
    ("name", "data", "status", "says"),
    [
        ("empty.fit", b"", "left_out", "empty"),
        ("beach.jpg", PHOTO, "left_out", "JPEG"),
        ("notes.txt", b"Dear diary today I ran.\n" * 20, "left_out", "text"),
        ("zeros.fit", bytes(99), "failed", "only zeros"),
        ("broken.zip", b"PK\x03\x04" + bytes(60), "failed", "archive|zip|Zip"),
        ("run.fit", b"\x0e\x10\x00\x00\xff\xff\x00\x00.FIT\x00\x00", "failed", "."),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence_and_changes_nothing(store, now, name, data, status, says):
    (entry,) = import_file(store, name, data, now=now)
    assert entry.status == status
    assert entry.message.endswith(".")
    assert len(entry.message) < 200
    import re

    assert re.search(says, entry.message)
    assert store.counts().activities == store.counts().files == 0
    assert store.import_log()[0].message == entry.message


def test_droppings_of_the_system_are_passed_over(store, now):
    assert import_file(store, "folder/.DS_Store", b"anything", now=now) == ()


def test_every_real_file_comes_in_or_says_why(store, shared_data, now):
    """All 172 real files: never an exception, always one readable sentence, nothing lost on the way."""
    paths = sorted(path for kind in ("fit", "tcx", "gpx") for path in (shared_data / "activities" / kind).iterdir())
    assert len(paths) == 172
    entries = list(import_many(store, ((path.name, path.read_bytes()) for path in paths), now=now))
    statuses = Counter(entry.status for entry in entries)
    assert statuses["new"] + statuses["partly"] + statuses["joined"] >= 125
    for entry in entries:
        assert entry.message.strip(), entry
        assert entry.message.rstrip().endswith("."), entry
        assert "Traceback" not in entry.message
        assert (entry.status in ("failed", "left_out")) == (not entry.activity_ids), entry
    for row in store.activities(ActivityQuery(limit=1000)):
        session = store.session(row.activity_id)
        assert session.found[0].start_s == 0.0
        assert all(a.end_s == b.start_s for a, b in pairwise(session.found))
        assert row.backward_s == 0.0, f"{row.file_name}: nobody ran backward here, and no watch said so"


def test_a_fault_of_a_reader_costs_one_line_and_is_told_to_the_log(store, now, monkeypatch, caplog):
    def broken(*_given):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(intake, "read_and_pack", broken)
    with caplog.at_level("DEBUG"):
        (entry,) = intake.import_file(store, "secret_place.fit", b"anything", now=now)
    assert entry.status == "failed" and "ZeroDivisionError" in entry.message
    assert "ZeroDivisionError at flows/intake.py" in caplog.text and "secret_place" not in caplog.text
