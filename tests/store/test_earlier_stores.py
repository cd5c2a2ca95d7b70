"""A store of every earlier version opens, loses nothing, and is that of one person from then on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa
from tests.store.earlier import FILLED, STORES, bring_to, connected, copy, rows_of, unpacked, without

from backward_running.core.athlete import Athlete, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.habits import Habits
from backward_running.core.load import Loads, PartLoad
from backward_running.core.ports import ActivityQuery, Counts
from backward_running.core.session import Paint
from backward_running.flows import feed
from backward_running.store import open_store
from backward_running.store._version import SCHEMA_VERSION
from backward_running.store.migrations.steps import steps

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
#: The step by which every row got a person.
WHOSE = "0006"
#: What the program kept among the settings of its runner until then.
OF_THE_PROGRAM = "web_secret"


def test_there_is_a_store_of_every_version_before_this():
    earlier = [step.revision for step in steps().walk_revisions() if step.revision != SCHEMA_VERSION]
    assert [kept.name for kept in FILLED] == [f"filled_{version}.db.gz" for version in sorted(earlier)]


def _version(kept) -> str:
    return kept.name[7:11]


BEFORE_PEOPLE = tuple(kept for kept in FILLED if _version(kept) < WHOSE)


def _laid(kept, address, tmp_path) -> str:
    """Lay a kept store where a new one of either kind may be made, and return its address."""
    old = unpacked(kept, tmp_path)
    if not address.startswith("postgresql"):
        return str(old)
    copy(old, address)
    return address


@pytest.fixture(params=FILLED, ids=map(_version, FILLED))
def earlier(request, address, tmp_path) -> str:
    """The address of a store of an earlier version, of either kind."""
    return _laid(request.param, address, tmp_path)


@pytest.mark.parametrize("kept", BEFORE_PEOPLE, ids=map(_version, BEFORE_PEOPLE))
def test_the_step_to_people_changes_no_byte_of_any_row(kept, address, tmp_path):
    earlier = _laid(kept, address, tmp_path)
    before_step = steps().get_revision(WHOSE).down_revision
    with connected(earlier) as connection:
        version = rows_of(connection)["alembic_version"][0]["version_num"]
    if version >= WHOSE:
        pytest.skip("it has its people")
    if version != before_step:
        bring_to(earlier, before_step)
    with connected(earlier) as connection:
        before = rows_of(connection)
    bring_to(earlier, WHOSE)
    with connected(earlier) as connection:
        after = rows_of(connection)
    (person,) = after.pop("person")
    assert {row["name"]: row["value"] for row in after.pop("meta")} | {"written_by": None} == {
        "written_by": None,
        "opened_for": person["athlete_id"],
        OF_THE_PROGRAM: "ab" * 32,
    }
    del before["meta"], before["alembic_version"], after["alembic_version"]
    before["setting"] = [row for row in before["setting"] if row["name"] != OF_THE_PROGRAM]
    assert before.keys() == after.keys()
    for name, rows in after.items():
        assert {row["athlete_id"] for row in rows} <= {person["athlete_id"]}, name
        assert without(rows, "athlete_id") == without(before[name]), name


def test_what_was_kept_is_there(earlier, samples):
    store = open_store(earlier)
    assert store.counts() == Counts(4, 1, 3)
    titles = {row.file_name: row.title for row in store.activities(ActivityQuery(text="ada"))}
    assert titles == {"mine.fit": "With Ada"}
    row = store.activities(ActivityQuery(text="ada"))[0]
    assert store.paints(row.activity_id) == (
        Paint(0.0, 60.0, Direction.BACKWARD),
        Paint(30.5, 90.25, Direction.FORWARD, Gait.WALK),
    )
    for key in {one.file_key for one in store.activities()}:
        assert sha256(store.original(key)[1]).hexdigest() == key
        assert store.has_file(key)
    for one in store.activities():
        assert len(store.recording(one.activity_id).streams) == 2
        assert store.session(one.activity_id).bouts == samples.session(one.activity_id).bouts
    assert store.athlete() == Athlete("Demo", simulated=True)
    assert [one.plan_id for one in store.plans()][:2] == ["mine", "mine again"]
    assert [one.note for one in store.check_ins()] == ["a\0b\nc", "demo", "better"]
    assert [entry.status for entry in store.import_log()] == ["failed", "new", "new", "new"]
    assert store.setting("units") == "imperial"
    assert store.setting(OF_THE_PROGRAM) is None
    assert store.program_setting(OF_THE_PROGRAM) is None, "a secret does not lie in the database"
    store.delete_simulated()
    assert store.athlete() == Athlete("Me", 1988, Sex.FEMALE, 61.5)
    assert store.counts() == Counts(3, 0, 2)
    store.close()


def test_it_takes_in_more_and_somebody_else(earlier, samples):
    store = open_store(earlier)
    athlete_id = store.athlete_id
    (key,) = {one.file_key for one in store.activities(ActivityQuery(text="ada"))}
    name, data = store.original(key)
    other = store.of(store.add_athlete())
    assert not other.has_file(key)
    assert samples.file(data, name=name).into(other) == store.activity_ids_of(key)[0]
    for one in (store, other):  # the counters go on where they were
        one.add_check_in(samples.check_in(samples.now + timedelta(days=9), note="later"))
        one.put_plan(samples.plan("newest"))
        one.add_paint(one.activity_ids_of(key)[0], Paint(1.0, 2.0, Direction.FORWARD))
    assert store.plan().plan_id == "newest"
    assert store.check_ins()[-1].note == "later"
    assert other.counts() == Counts(1, 0, 1)
    store.close()
    again = open_store(earlier)
    assert again.athlete_id == athlete_id
    assert len(again.check_ins()) == 4
    again.close()


def test_lessons_move_to_their_recordings_and_nothing_that_was_derived_is_believed(address, tmp_path):
    store = open_store(_laid(STORES / "filled_0006.db.gz", address, tmp_path))
    (taught,) = store.habits().traits
    assert taught.told_forward_s == 30.0
    assert [one.activity_id for one in store.habits().pulses] == [taught.activity_id]
    later = datetime(2030, 1, 1, tzinfo=UTC)
    assert [one.backward.seconds_s for one in store.pulses_before(later, "", simulated=False)] == [90.0]
    assert store.setting("habits") is None
    assert store.count_stale("a" * 32) == store.counts().activities == 4
    assert [one.activity_id for one in store.check_ins_of("x-0")] == ["x-0", "x-0"]
    store.delete_activity(taught.activity_id)
    assert store.habits() == Habits()
    store.close()


def test_who_had_all_forgotten_is_not_learned_from_again(tmp_path):
    old = unpacked(STORES / "filled_0006.db.gz", tmp_path)
    with connected(str(old)) as connection:
        connection.exec_driver_sql("""UPDATE setting SET value = '{"traits":[],"pulses":[]}' WHERE name = 'habits'""")
    store = open_store(old)
    assert all(store.is_forgotten(row.activity_id) for row in store.activities())
    store.close()


@pytest.mark.parametrize("kept", FILLED[:1], ids=["0001"])
def test_loads_that_were_never_counted_are_not_known(kept, address, tmp_path, samples):
    old = unpacked(kept, tmp_path)
    if address.startswith("postgresql"):
        copy(old, address)
    store = open_store(address if address.startswith("postgresql") else old)
    assert {row.loads for row in store.load_rows()} == {None}  # not known, and not 0
    assert store.hearts(LONG_AGO) == []
    row = store.activities()[0]
    loads = Loads(forward=PartLoad(60.0, 4.0, None, 60.0))
    store.put_session(replace(store.session(row.activity_id), loads=loads), row)
    assert [one.loads for one in store.load_rows() if one.activity_id == row.activity_id] == [loads]
    store.close()


def test_every_revision_of_a_plan_gets_back_the_day_the_plan_was_made(address, tmp_path, samples):
    old = unpacked(STORES / "filled_0004.db.gz", tmp_path)
    with connected(str(old)) as connection:  # of one more plan, only the third revision was kept
        text = connection.scalar(sa.text("SELECT content FROM plan WHERE version = 3"))
        other = json.dumps({**json.loads(text), "plan_id": "other", "revision": 3})
        values = {"plan_id": "other", "simulated": False, "content": other}
        connection.execute(
            sa.text("INSERT INTO plan (plan_id, simulated, content) VALUES (:plan_id, :simulated, :content)"), values
        )
    if address.startswith("postgresql"):
        copy(old, address)
    store = open_store(address if address.startswith("postgresql") else old)
    day_made, day_changed = samples.plan().made_at, samples.plan().made_at + timedelta(days=3)
    assert [(one.plan_id, one.revision, one.made_at, one.changed_at) for one in store.plans()] == [
        ("mine", 1, day_made, None),
        ("mine again", 1, day_made, None),
        ("mine again", 2, day_made, day_changed),
        ("demo", 1, day_made, None),
        ("other", 3, day_changed, day_changed),
    ]
    store.close()


def test_a_file_does_not_keep_the_room_of_the_tables_of_before(tmp_path, samples):
    import sqlite3

    old = unpacked(BEFORE_PEOPLE[-1], tmp_path)
    with connected(str(old)) as connection:
        connection.exec_driver_sql("UPDATE file SET content = randomblob(2000000)")
    size = old.stat().st_size
    store = open_store(old)
    store.close()
    with sqlite3.connect(old) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert old.stat().st_size < 1.2 * size


def test_an_address_of_a_calendar_goes_on_working_and_is_kept_as_its_hash(address, tmp_path):
    old = unpacked(STORES / "filled_0006.db.gz", tmp_path)
    with connected(str(old)) as connection:
        made = "UPDATE setting SET value = 'the-secret-part' WHERE name = 'calendar_token'"
        assert connection.execute(sa.text(made)).rowcount == 1
    if address.startswith("postgresql"):
        copy(old, address)
    place = address if address.startswith("postgresql") else str(old)
    store = open_store(place)
    assert store.setting("calendar_token") is None
    assert feed.feed(store, "the-secret-part", now=LONG_AGO).startswith(b"BEGIN:VCALENDAR")
    store.close()
    with connected(place) as connection:
        assert "the-secret-part" not in repr(rows_of(connection)) and "ab" * 32 not in repr(rows_of(connection))
    if place == str(old):
        assert b"the-secret-part" not in old.read_bytes(), "nor on a page that is free"


def test_a_copy_is_kept_of_what_was_before_the_step(tmp_path):
    old = unpacked(FILLED[-1], tmp_path)
    with connected(str(old)) as connection:
        before = rows_of(connection)
    open_store(old).close()
    (kept,) = (tmp_path / "old.copies").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600 and kept.name.startswith(f"before-{SCHEMA_VERSION}-from-")
    with connected(str(kept)) as connection:
        assert rows_of(connection) == before
    open_store(old).close()  # the step is not taken twice
    assert len(list((tmp_path / "old.copies").iterdir())) == 1
