"""Notes, shoes and photos beside a run."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image
from tests.apps.browsing import track_file

from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import keepsakes
from backward_running.flows.intake import import_file


def photo(colour=0) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (4, 4), (colour, 0, 0)).save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def runs(store, now):
    files = [track_file(day=day) for day in (17, 18)]
    return [import_file(store, f"{at}.fit", data, now=now)[0].activity_ids[0] for at, data in enumerate(files)]


def test_shoes_count_what_was_run_in_them(store, runs):
    shoe = keepsakes.add_shoe(store, " Old ones ", 100_000.0)
    other = keepsakes.add_shoe(store, "New ones")
    assert keepsakes.shoes(store)[0].distance_m is None, "of shoes nobody ran in nothing is known"
    for run in runs:
        keepsakes.wear(store, run, shoe.shoe_id)
    (new, old) = keepsakes.shoes(store)
    assert (old.runs, new.runs) == (2, 0)
    both_m = sum(store.row(run).distance_m for run in runs)
    assert old.distance_m == pytest.approx(100_000.0 + both_m)
    assert old.backward_m == pytest.approx(sum(store.row(run).backward_m for run in runs))
    keepsakes.wear(store, runs[0], other.shoe_id)
    keepsakes.wear(store, runs[1], "")
    assert {one.shoe.name: one.runs for one in keepsakes.shoes(store)} == {"Old ones": 0, "New ones": 1}
    keepsakes.retire(store, other.shoe_id, date(2026, 11, 22))
    assert keepsakes.shoes(store)[-1].shoe.name == "New ones"
    assert other.shoe_id in {one.shoe_id for one in keepsakes.of_run(store, runs[0]).shoes}
    assert other.shoe_id not in {one.shoe_id for one in keepsakes.of_run(store, runs[1]).shoes}


def test_a_note_is_kept_changed_and_taken_away(store, runs):
    keepsakes.write_note(store, runs[0], " wind\r\nfrom the north ")
    assert keepsakes.of_run(store, runs[0]).note.text == "wind\nfrom the north"
    keepsakes.write_note(store, runs[0], " ")
    assert keepsakes.of_run(store, runs[0]).note.text is None
    with pytest.raises(BadValue):
        keepsakes.write_note(store, runs[0], "x" * 5000)
    with pytest.raises(NotFound):
        keepsakes.write_note(store, "nothing-0", "x")


def test_photos_are_bounded_and_kept_once(store, runs):
    first = keepsakes.add_photo(store, runs[0], photo())
    assert keepsakes.add_photo(store, runs[0], photo()) == first
    for colour in range(1, keepsakes.MOST_PHOTOS):
        keepsakes.add_photo(store, runs[0], photo(colour))
    assert len(store.photos(runs[0])) == keepsakes.MOST_PHOTOS
    with pytest.raises(BadValue, match="at most"):
        keepsakes.add_photo(store, runs[0], photo(200))
    store.delete_photo(runs[0], first)
    with pytest.raises(NotFound):
        store.photo(runs[0], first)
    with pytest.raises(NotFound):
        keepsakes.add_photo(store, "nothing-0", photo())


def test_shoes_that_are_not_there_or_here_already_are_refused(store, runs):
    keepsakes.add_shoe(store, "A")
    for wrong in ("A", " "):
        with pytest.raises(BadValue):
            keepsakes.add_shoe(store, wrong)
    with pytest.raises(NotFound):
        keepsakes.wear(store, runs[0], "nothing")
