"""Two people in one store: through the handle of one, nothing of the other is seen, counted, changed or deleted.

Every method of the port is done twice: by somebody whose store holds another person with the same files, the same ids
and the same names of settings, and by the same person alone. Both must answer alike, and leave the same rows; and not
one row of the other may have moved. A method without a case here fails.
"""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from dataclasses import is_dataclass, replace

import pytest
from tests.lives.memory_store import MemoryStore
from tests.store.cases import CASES, SHARED, WAITING, Things, each, fill
from tests.store.throw_away import database_on
from tests.store.whose import watched

from backward_running.core.errors import NotFound
from backward_running.core.glance import at_a_glance
from backward_running.core.ports import Store
from backward_running.core.recording import Recording
from backward_running.store import open_store
from backward_running.store.sql_store import SqlStore


def _members(protocol: type) -> set[str]:
    return {name for kind in protocol.__mro__ for name in vars(kind) if kind not in _BASES and not name.startswith("_")}


_BASES = (object, *Store.__mro__[-3:])


def test_every_method_of_the_store_has_a_case():
    assert not set(CASES) & set(SHARED)
    assert _members(Store) == set(CASES) | set(SHARED)


# Two people, and one alone


def _world(store: Store, names: tuple[str, ...], samples) -> tuple[Store, ...]:
    """Make people in a store, and fill those that have a name."""
    people = (store, *(store.of(store.add_athlete()) for _ in names[1:]))
    for one, who in zip(people, names, strict=True):
        if who:
            fill(one, who, samples)
    return people


#: Who is in the store: of two, the last does what the case says. Nobody has put anything in where there is no name.
WORLDS = {"both": ("theirs", "mine"), "mine": ("mine",), "theirs": ("theirs", ""), "nobody": ("",)}


@pytest.fixture(scope="session")
def sqlite_worlds(tmp_path_factory, samples):
    """Stores that are filled once and copied for every case, and the id of who acts in each."""
    made = {}
    for name, people in WORLDS.items():
        folder = tmp_path_factory.mktemp(name)
        store = open_store(folder)
        made[name] = folder, _world(store, people, samples)[-1].athlete_id
        store.close()
    return made


@pytest.fixture(scope="session")
def postgres_worlds(postgres_server, samples):
    """The same on a server."""
    made = {}
    with ExitStack() as held:
        for name, people in WORLDS.items():
            address = held.enter_context(database_on(postgres_server))
            store = open_store(address)
            made[name] = address.split("/")[3].split("?")[0], _world(store, people, samples)[-1].athlete_id
            store.close()
        yield made


POSTGRES = pytest.param("postgres", marks=[pytest.mark.postgres, pytest.mark.xdist_group("two people on a server")])


@pytest.fixture(params=["sqlite", POSTGRES, "memory"])
def world(request, tmp_path, samples):
    """Open the memory of who acts in a world, and let go of all at the end."""
    held = ExitStack()

    def make(name: str) -> Store:
        if request.param == "memory":
            return _world(MemoryStore(), WORLDS[name], samples)[-1]
        template, athlete_id = request.getfixturevalue(f"{request.param}_worlds")[name]
        if request.param == "sqlite":
            address = shutil.copytree(template, tmp_path / name)
        else:
            address = held.enter_context(database_on(request.getfixturevalue("postgres_server"), template))
        store = open_store(address)
        held.callback(store.close)
        return store.of(athlete_id)

    with held:
        yield make


@pytest.fixture(scope="session")
def things(samples):
    files = [samples.file(data, parts=parts) for data, parts in ((b"shared", 2), (b"demo", 1))]
    files += [samples.file(f"only {who}".encode()) for who in ("mine", "theirs")]
    ids = [one for file in files for one in file.entry.activity_ids]
    return Things(samples, (*ids, "nothing-0"), (*(file.key for file in files), WAITING, "e" * 64))


#: Numbers that count over all rows of a table, whoever's they are.
COUNTERS = {"stroke", "version", "number", "line"}


def _rows(store: Store, *, mine: bool) -> list[str]:
    """Return every row of this person, or of all others, without whose it is and without counters."""
    from sqlalchemy import select

    from backward_running.store.schema import metadata

    found = []
    with store._database.reading() as connection:
        for table in metadata.sorted_tables:
            if "athlete_id" not in table.c or table.name == "person":
                continue
            for row in connection.execute(select(table)).mappings():
                if (row["athlete_id"] == store.athlete_id) is mine:
                    values = [(key, row[key]) for key in row if key not in COUNTERS | {"athlete_id"}]
                    found.append(f"{table.name} {values}")
    return sorted(found)


def _seen(store: Store, things: Things) -> object:
    """Return all that can be read through a handle; of a memory store, what it can be asked."""
    if isinstance(store, MemoryStore):
        asked = ("activities", "row", "session", "athlete", "check_ins", "clearances", "plans", "setting", "counts")
        return [plain(CASES[name](store, things)) for name in asked]
    return _rows(store, mine=True)


def plain(found: object) -> object:
    """Make an answer one that can be compared: samples as their bytes."""
    if isinstance(found, Recording):
        streams = [
            (
                one.place,
                one.frame,
                one.mount_known,
                one.time_s.tobytes(),
                [*one.columns],
                [*map(bytes, one.columns.values())],
            )
            for one in found.streams
        ]
        return repr(replace(found, streams=())), streams
    if isinstance(found, (list, tuple)) and not is_dataclass(found):
        return [plain(one) for one in found]
    return found


def _of_all_others(store: Store, things: Things) -> object:
    if isinstance(store, MemoryStore):
        return [_seen(one, things) for one in store._shared.people.values() if one is not store]
    return _rows(store, mine=False)


@pytest.mark.parametrize("alone", ["mine", "nobody"])
@pytest.mark.parametrize("name", CASES)
def test_a_person_is_as_though_alone(world, things, name, alone):
    beside = world("both" if alone == "mine" else "theirs")
    lone = world(alone)
    if isinstance(beside, MemoryStore) and not hasattr(beside, name):
        pytest.skip("the store in memory leaves it out")
    others = _of_all_others(beside, things)
    assert len(others) > 0
    for athlete_id in _people(beside):  # whatever is kept at hand, the other has asked for it first
        if athlete_id != beside.athlete_id:
            each(beside.of(athlete_id).recording, things.ids)
            beside.of(athlete_id).recording_heads(things.ids)
    with watched(beside):
        found = plain(CASES[name](beside, things))
    assert found == plain(CASES[name](lone, things))
    assert _seen(beside, things) == _seen(lone, things)
    assert _of_all_others(beside, things) == others


# What is shared on purpose


def test_a_store_is_opened_for_the_same_person_every_time(address):
    store = open_store(address)
    first, second = store.athlete_id, store.add_athlete()
    assert store.of(second).athlete_id == second != first
    assert store.of(second).of(first).athlete_id == first
    store.close()
    again = open_store(address)
    assert again.athlete_id == first
    assert again.of(second).athlete_id == second
    again.close()


@pytest.mark.parametrize("wrong", ["", "nobody"])
def test_who_is_not_known_has_no_memory(store, wrong):
    with pytest.raises(NotFound, match="Nobody is known here"):
        store.of(wrong)


def test_what_the_program_keeps_is_of_nobody(world):
    store = world("both")
    (other,) = [one for one in _people(store) if one != store.athlete_id]
    assert store.program_setting("secret") is None
    store.put_program_setting("secret", "1")
    store.of(other).put_program_setting("secret", "2")
    assert store.program_setting("secret") == "2"
    assert store.setting("secret") is None


def test_with_a_person_go_all_their_rows_and_no_other(world, things):
    from sqlalchemy import delete

    from backward_running.store.schema import person

    store = world("both")
    if isinstance(store, MemoryStore):
        pytest.skip("keys that delete are those of a database")
    others = _rows(store, mine=False)
    with store._database.writing() as connection:
        connection.execute(delete(person).where(person.c.athlete_id == store.athlete_id))
    assert _rows(store, mine=True) == []
    assert _rows(store, mine=False) == others


def _people(store: Store) -> list[str]:
    if isinstance(store, MemoryStore):
        return [*store._shared.people]
    from sqlalchemy import select

    from backward_running.store.schema import person

    with store._database.reading() as connection:
        return list(connection.scalars(select(person.c.athlete_id)))


# The tables


def test_every_table_with_rows_of_a_person_says_whose_and_leads_its_lists_with_that():
    from backward_running.store.schema import metadata

    of_nobody = {"meta", "person"}
    for table in metadata.sorted_tables:
        if table.name in of_nobody:
            continue
        assert not table.c.athlete_id.nullable, table.name
        assert table.columns.keys().index("athlete_id") <= 1, table.name
        for index in table.indexes:
            assert index.columns.keys()[0] == "athlete_id", index.name
        pointing = {key.referred_table.name: key.column_keys for key in table.foreign_key_constraints}
        assert all(columns[0] == "athlete_id" for columns in pointing.values()), table.name
        assert pointing, table.name


def test_the_databases_have_the_keys_of_the_schema(store):
    from sqlalchemy import inspect

    from backward_running.store.schema import metadata

    with store._database.reading() as connection:
        look = inspect(connection)
        for table in metadata.sorted_tables:
            assert look.get_pk_constraint(table.name)["constrained_columns"] == table.primary_key.columns.keys()


# The watch over statements bites


def test_a_statement_that_forgets_whose_rows_it_reads_is_seen(store, samples):
    from sqlalchemy import delete, select

    from backward_running.store.schema import activity, clock, file, setting

    mine = activity.c.athlete_id == store.athlete_id
    forgetful = [
        select(setting.c.value),
        select(activity.c.title).where(activity.c.athlete_id == "somebody else"),
        select(activity.c.title).where(mine, ~select(file.c.key).exists()),
        select(activity.c.title).where(mine).join_from(activity, clock, activity.c.activity_id == clock.c.activity_id),
        delete(setting).where(setting.c.name == "units"),
    ]
    for statement in forgetful:
        with pytest.raises(AssertionError, match="whose"), watched(store), store._database.writing() as connection:
            connection.execute(statement)
    samples.file().into(store)
    with watched(store):
        assert len(store.activities()) == 1


#: What is remembered while somebody only looks.
AT_A_GLANCE = (
    "counts", "activities", "count_activities", "count_said", "sums", "row", "athlete", "check_ins", "measurements", "clearances", "said_done",
    "plan", "plans", "setting", "load_rows", "hearts", "neighbours", "session", "paints", "check_ins_of", "statements",
    "bests", "longest_stretches", "days_on_foot", "telling_check_ins", "told_at", "count_stale", "derivation", "habits", "is_forgotten", "note", "shoes", "shoe_sums", "photos", "import_log", "trash", "edits",
)  # fmt: skip
#: These are asked for a list, and remember what they were asked for.
OF_LISTS = ("recording_heads", "stale_of")
#: What may change something: whoever only looks changes nothing that a look could have remembered.
CHANGING = [name for name in CASES if name not in (*AT_A_GLANCE, *OF_LISTS)]


@pytest.mark.parametrize("name", CHANGING)
def test_who_only_looks_sees_what_they_change(world, things, name):
    store = world("mine")
    if isinstance(store, MemoryStore):
        pytest.skip("the store in memory remembers nothing")

    def looked():
        return [plain(CASES[one](store, things)) for one in (*AT_A_GLANCE, *OF_LISTS)]

    with at_a_glance():
        looked()
        CASES[name](store, things)
        within = looked()
    assert within == looked()


@pytest.mark.parametrize("name", CHANGING)
def test_what_is_kept_between_two_looks_is_that_of_now(world, things, name):
    """Another process changes something: the next page shows it, whatever was at hand of before."""
    store = world("mine")
    if isinstance(store, MemoryStore):
        pytest.skip("the store in memory remembers nothing")
    address = (
        store._database.engine.url if store._database.engine.dialect.name == "postgresql" else store._database.name
    )
    other = open_store(address if isinstance(address, str) else address.render_as_string()).of(store.athlete_id)

    def looked(of: Store):
        return [plain(CASES[one](of, things)) for one in (*AT_A_GLANCE, *OF_LISTS)]

    with at_a_glance():
        looked(store)
    CASES[name](other, things)
    with at_a_glance():
        after = looked(store)
    assert after == looked(other)
    other.close()


def test_what_is_remembered_is_all_that_is_marked():
    marked = {name for name in dir(SqlStore) if hasattr(getattr(SqlStore, name), "__wrapped__")}
    assert marked & set(CASES) == {*AT_A_GLANCE, "transaction"}  # which lends, and answers nothing
