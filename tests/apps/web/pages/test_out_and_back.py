"""The pages of what goes out and comes back: zones, the card, trash, edits, notes, shoes, photos."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from tests.apps.browsing import BASE


def photo() -> bytes:
    made = io.BytesIO()
    said = Image.Exif()
    said[0x010F] = "SECRET"
    Image.new("RGB", (4, 4)).save(made, "JPEG", exif=said)
    return made.getvalue()


def test_a_deleted_run_is_restored_from_the_trash(full):
    run = full.ids[0]
    assert "trash" in full.get(f"/runs/{run}/delete").text
    assert full.submit(f"/runs/{run}/delete", {"sure": "yes"}).headers["location"] == "/trash"
    assert full.get(f"/runs/{run}").status_code == 404
    page = full.get("/trash").text
    assert "Hill path" in page and "until Tuesday 22 December 2026" in page
    assert full.submit("/trash/restore", {"activity_id": run}).headers["location"] == f"/runs/{run}"
    assert full.get(f"/runs/{run}").status_code == 200
    assert full.submit("/trash/restore", {"activity_id": run}).status_code == 422


def test_the_trash_is_emptied_only_where_somebody_is_sure(full):
    full.submit(f"/runs/{full.ids[0]}/delete", {"sure": "yes"})
    assert full.submit("/trash/empty").status_code == 422
    assert full.store.trash()
    assert full.submit("/trash/empty", {"sure": "yes"}).status_code == 303
    assert full.store.trash() == () and "Nothing lies here" in full.get("/trash").text


def test_a_run_is_trimmed_split_merged_and_each_is_taken_back(full):
    run, before = full.ids[0], full.get(f"/runs/{full.ids[0]}").text
    assert full.submit(f"/runs/{run}/trim", {"start_s": "1:00", "end_s": "5:00"}).status_code == 303
    assert full.store.row(run).duration_s == pytest.approx(240, abs=1)
    assert "This run was trimmed" in full.get(f"/runs/{run}").text
    assert "It was trimmed" in full.get(f"/runs/{run}/edit").text
    assert full.submit(f"/runs/{run}/undo-edit").headers["location"] == f"/runs/{run}"
    assert "was trimmed" not in before and full.store.row(run).duration_s == pytest.approx(600, abs=1)
    assert full.submit(f"/runs/{run}/split", {"at_s": "5:00"}).status_code == 303
    assert full.store.counts().activities == 3
    second = full.store.edits()[0].results[1]
    assert "Hill path" in full.get(f"/runs/{run}/edit").text
    assert full.submit(f"/runs/{run}/merge", {"with": second}).headers["location"] == f"/runs/{run}"
    assert full.store.counts().activities == 2
    for _ in range(2):
        assert full.submit(f"/runs/{run}/undo-edit").status_code == 303
    assert full.store.edits() == () and full.store.row(run).duration_s == pytest.approx(600, abs=1)


@pytest.mark.parametrize(
    ("what", "typed"),
    [
        ("trim", {"start_s": "0:00", "end_s": "10:00"}), ("trim", {"start_s": "x", "end_s": "1:00"}),
        ("split", {"at_s": "20:00"}), ("split", {}), ("merge", {}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_was_typed(full, what, typed):
    reply = full.submit(f"/runs/{full.ids[0]}/{what}", typed)
    assert reply.status_code == 422 and 'role="alert"' in reply.text
    assert full.store.edits() == ()
    for value in typed.values():
        assert f'value="{value}"' in reply.text


def test_note_shoes_and_photos_stand_beside_the_run(full):
    run = full.ids[0]
    assert full.submit("/shoes", {"name": "Old ones", "start": "100"}).status_code == 303
    (shoe,) = full.store.shoes()
    assert full.submit(f"/runs/{run}/note", {"note": "<b>wind</b>", "shoe_id": shoe.shoe_id}).status_code == 303
    page = full.get(f"/runs/{run}").text
    assert "&lt;b&gt;wind&lt;/b&gt;" in page and "Old ones" in page
    assert "101" in full.get("/shoes").text and "1 run" in full.get("/shoes").text
    headers = {"Origin": BASE, "Sec-Fetch-Site": "same-origin"}
    files = {"photos": ("a.jpg", photo(), "image/jpeg")}
    sent = full.post(f"/runs/{run}/photos", data={"csrf_token": full.token()}, files=files, headers=headers)
    assert sent.status_code == 303
    (head,) = full.store.photos(run)
    shown = full.get(f"/runs/{run}/photos/{head.photo_id}")
    assert shown.headers["content-type"] == "image/jpeg" and b"SECRET" not in shown.content
    assert shown.headers["x-content-type-options"] == "nosniff"
    wrong = {"photos": ("a.jpg", b"<svg>", "image/jpeg")}
    refused = full.post(f"/runs/{run}/photos", data={"csrf_token": full.token()}, files=wrong, headers=headers)
    assert refused.status_code == 422
    assert full.submit(f"/runs/{run}/photos/remove", {"photo_id": head.photo_id}).status_code == 303
    assert full.store.photos(run) == ()
    assert full.submit("/shoes/retire", {"shoe_id": shoe.shoe_id}).status_code == 303
    assert "not in use since" in full.get("/shoes").text
    assert full.submit("/shoes", {"name": "", "start": "x"}).status_code == 422


def test_zones_are_added_changed_and_removed(full):
    assert "Found by itself" in full.get("/settings/privacy").text
    added = full.submit("/settings/privacy", {"name": "work", "place": "48.2082, 16.3738", "radius_m": "400"})
    assert added.status_code == 303
    page = full.get("/settings/privacy").text
    assert "work" in page and "home" in page and "Found by itself" not in page
    for wrong in ({"place": "here"}, {"radius_m": "5"}, {"place": "99, 200"}, {"name": " "}):
        typed = {"name": "x", "place": "1, 2", "radius_m": "300"} | wrong
        assert full.submit("/settings/privacy", typed).status_code == 422, wrong
    full.submit("/settings/privacy/remove", {"name": "home"})
    assert "<b>home</b>" not in full.get("/settings/privacy").text
    full.submit(f"/runs/{full.ids[0]}/privacy", {"name": "start"})
    assert "start" in full.get("/settings/privacy").text
    full.submit("/settings/privacy/home")
    assert "Found by itself" in full.get("/settings/privacy").text


def test_the_card_is_shown_and_given_out(full):
    run = full.ids[0]
    page = full.get(f"/runs/{run}/card").text
    assert f"/runs/{run}/card.png" in page and "privacy zone" in page
    assert "map=no" in full.get(f"/runs/{run}/card?map=no").text
    assert full.get(f"/runs/{run}/card.svg").headers["content-type"].startswith("image/svg+xml")
    picture = full.get(f"/runs/{run}/card.png?map=no")
    assert picture.content.startswith(b"\x89PNG") and "hill-path" in picture.headers["content-disposition"]


def test_the_page_of_a_run_that_was_recorded_twice_lists_both(empty):
    from tests.apps.browsing import NOW
    from tests.flows.test_same_run import gpx, tcx

    from backward_running.flows import intake

    intake.import_file(empty.store, "watch.gpx", gpx(NOW), now=NOW)
    (entry,) = intake.import_file(empty.store, "service.tcx", tcx(NOW), now=NOW)
    page = " ".join(empty.get(f"/runs/{entry.activity_ids[0]}").text.split())
    assert "recorded by" in page and "leads, with its times" in page
    assert "watch.gpx" in page and "service.tcx" in page and "lends " in page
