"""What a service's archive says of its runs is taken over; what a runner said here stays."""

from __future__ import annotations

import io
import zipfile

import pytest
from tests.apps.browsing import track_file
from tests.formats.test_catalogues import ENGLISH, GERMAN, garmin, strava

from backward_running.core.direction import Direction
from backward_running.flows import activity, first_question, intake, keepsakes
from backward_running.flows.first_question import Before

NAME, NOTE = "Rückwärts am Hügel", "6 × 40 m, Ada hinter mir"


def packed(members: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def archive(header: str = ENGLISH, *, list_first: bool = False) -> bytes:
    listed = {"activities.csv": strava(header, (NAME, NOTE, "activities/123.fit"), ("Typed in", "", ""))}
    run = {"activities/123.fit": track_file(title=None)}
    return packed(listed | run if list_first else run | listed)


@pytest.mark.parametrize("header", [ENGLISH, GERMAN])
@pytest.mark.parametrize("list_first", [False, True])
def test_a_run_is_called_what_it_was_called_there(store, now, header, list_first):
    entries = intake.import_file(store, "export.zip", archive(header, list_first=list_first), now=now)
    assert [entry.status for entry in entries] == ["new", "listed"]
    (run,) = entries[0].activity_ids
    assert store.row(run).title == NAME
    assert store.note(run).text == NOTE
    assert store.recording(run).title == NAME
    assert "1 run here has its name" in entries[1].message
    assert "1 activity in it was written down by hand" in entries[1].message


def test_of_a_folder_the_list_may_come_last(store, now):
    files = [
        ("123.fit", track_file(title=None)),
        ("activities.csv", strava(ENGLISH, (NAME, NOTE, "activities/123.fit.gz"))),
    ]
    first, _ = intake.import_many(store, files, now=now)
    (run,) = first.activity_ids
    assert (store.row(run).title, store.note(run).text) == (NAME, NOTE)


def test_who_imported_the_files_before_gets_the_names_now(store, now):
    (first,) = intake.import_file(store, "123.fit", track_file(title=None), now=now)
    again, _ = intake.import_file(store, "export.zip", archive(), now=now)
    assert again.status == "same"
    assert store.row(first.activity_ids[0]).title == NAME


def test_a_list_alone_names_what_is_here(store, now):
    """A browser sends the files of a folder one by one."""
    (first,) = intake.import_file(store, "123.fit", track_file(title=None), now=now)
    (listed,) = intake.import_file(
        store, "activities.csv", strava(ENGLISH, (NAME, NOTE, "activities/123.fit.gz")), now=now
    )
    assert (listed.status, listed.message[:42]) == ("listed", "It lists 1 activity: 1 run here has its na")
    row = store.row(first.activity_ids[0])
    assert (row.title, store.note(row.activity_id).text) == (NAME, NOTE)


def test_what_its_runner_said_here_stays(store, now):
    (first,) = intake.import_file(store, "123.fit", track_file(title=None), now=now)
    (run,) = first.activity_ids
    activity.rename(store, run, "My own name")
    keepsakes.write_note(store, run, "My own note")
    intake.import_file(store, "export.zip", archive(), now=now)
    assert (store.row(run).title, store.note(run).text) == ("My own name", "My own note")


def test_garmin_names_by_the_start(store, now):
    (first,) = intake.import_file(store, "9.fit", track_file(title=None), now=now)
    row = store.row(first.activity_ids[0])
    at_ms = int(row.started_at.timestamp() * 1000) + 700
    listed = garmin(
        f'{{"name":"{NAME}","beginTimestamp":{at_ms}}}', '{"name":"Another","beginTimestamp":1600000000000}'
    )
    told = intake.import_file(store, "x_summarizedActivities.json", listed, now=now)
    assert "It lists 2 activities" in told[-1].message
    (again, _) = intake.import_file(
        store, "all.zip", packed({"a.json": listed, "9.fit": track_file(title=None)}), now=now
    )
    assert again.status == "same"
    assert store.row(row.activity_id).title == NAME


def test_a_damaged_list_is_one_line_and_the_runs_come_in(store, now):
    entries = intake.import_file(
        store, "all.zip", packed({"a.json": garmin('{"name":"x"}')[:-2], "9.fit": track_file()}), now=now
    )
    assert sorted(entry.status for entry in entries) == ["failed", "new"]


def test_a_name_that_speaks_of_backward_is_a_hint_and_no_verdict(store, now):
    entries = intake.import_file(store, "export.zip", packed({
        "activities.csv": strava(ENGLISH, (NAME, "", "activities/1.fit")),
        "activities/1.fit": track_file(title=None, with_heading=False),
    }), now=now)  # fmt: skip
    page = activity.activity_page(store, entries[0].activity_ids[0])
    assert not any(fact.bout.direction is Direction.BACKWARD for fact in page.bouts)
    assert "Its name speaks of running backward" in page.unknown_because


def test_whose_plain_runs_are_forward_is_not_believed_of_one_that_is_called_backward(store, now):
    first_question.keep(store, Before.UNKNOWN, since=None, plain_forward=True, now=now)
    entries = intake.import_file(store, "export.zip", packed({
        "activities.csv": strava(ENGLISH, (NAME, "", "activities/1.fit"), ("Easy run", "", "activities/2.fit")),
        "activities/1.fit": track_file(title=None, with_heading=False),
        "activities/2.fit": track_file(title=None, with_heading=False, day=18),
    }), now=now)  # fmt: skip
    found = {
        store.row(entry.activity_ids[0]).title: {
            fact.bout.direction for fact in store.session(entry.activity_ids[0]).bouts
        }
        for entry in entries[:2]
    }
    assert found == {NAME: {Direction.UNKNOWN}, "Easy run": {Direction.FORWARD}}


def test_an_apple_export_comes_in_with_names_of_its_workouts_and_once(store, now):
    from tests.formats.test_apple_health import HEARTS, export, reference, track, workout

    whole = export(HEARTS, workout(reference("a.gpx")), workout(kind="Yoga", hour=20), a=track(0, 600))
    entries = intake.import_file(store, "export.zip", whole, now=now)
    assert [entry.status for entry in entries] == ["new", "left_out"]
    assert "workout without a track" in entries[1].message
    row = store.row(entries[0].activity_ids[0])
    assert (row.title, row.sport) == ("Evening run", "running")
    again = intake.import_file(store, "export.zip", whole, now=now)
    assert [entry.status for entry in again] == ["same", "left_out"]


def test_shoes_and_the_way_to_work_come_along_and_what_was_said_here_stays(store, now):
    lines = "".join(
        f'{n},"Nov 1{n}, 2025",Run {n},Run,"",1800,5.0,{"true" if n == 1 else "false"},{gear},activities/{n}.fit,1800,5000\n'
        for n, gear in ((1, "Nimbus 25"), (2, "Nimbus 25"), (3, "Other pair"))
    )
    runs = [(f"{n}.fit", track_file(title=None, day=10 + n)) for n in (1, 2, 3)]
    ids = [entry.activity_ids[0] for entry in intake.import_many(store, runs, now=now)]
    mine = keepsakes.add_shoe(store, "My own pair")
    keepsakes.wear(store, ids[2], mine.shoe_id)
    intake.import_file(store, "activities.csv", (ENGLISH + lines).encode(), now=now)
    shoes = {shoe.shoe_id: shoe.name for shoe in store.shoes()}
    assert sorted(shoes.values()) == ["My own pair", "Nimbus 25"]
    assert [shoes[store.note(run).shoe_id] for run in ids] == ["Nimbus 25", "Nimbus 25", "My own pair"]
    assert [store.note(run).text for run in ids] == ["A way to work or from it.", None, None]
    intake.import_file(store, "activities.csv", (ENGLISH + lines).encode(), now=now)
    assert len(store.shoes()) == 2
