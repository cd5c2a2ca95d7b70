"""Everything out, and in again: what comes back is what went out."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from tests.store.cases import fill
from tests.store.earlier import connected, rows_of, without

from backward_running.core.errors import StoreError
from backward_running.core.ports import Counts
from backward_running.store import open_store, transfer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
COUNTERS = ("stroke", "version", "number", "line")


def of_person(address: str, athlete_id: str) -> dict:
    """Every row of one person, without whose it is and what the database counts by itself."""
    with connected(address) as connection:
        tables = rows_of(connection)
    return {
        name: without(
            [
                {key: "" if key == "secret_sha256" else _plain(value) for key, value in one.items()}
                for one in rows
                if one.get("athlete_id") == athlete_id and one.get("name") != "calendar_token_sha256"
            ],
            *("athlete_id", *COUNTERS),
        )
        for name, rows in tables.items()
        if name not in ("person", "meta", "alembic_version")
    }


def _plain(value: object) -> object:
    """Return a moment in UTC without saying so, as SQLite keeps it: the server keeps the zone, too."""
    aware = isinstance(value, datetime) and value.tzinfo is not None
    return value.astimezone(UTC).replace(tzinfo=None) if aware else value


def place_of(address: str) -> str:
    return address if address.startswith("postgresql") else f"{address}/backward.db"


@pytest.fixture
def exported(store, samples, tmp_path):
    """A store with two people, and the export of one of them."""
    fill(store, "mine", samples)
    fill(store.of(store.add_athlete()), "theirs", samples)
    store.put_setting("calendar_token_sha256", "0" * 64)
    transfer.export_all(store, tmp_path / "all.zip", now=NOW)
    return tmp_path / "all.zip"


def test_what_comes_back_is_what_went_out(store, address, exported, tmp_path):
    for other in (open_store(tmp_path / "other"), store.of(store.add_athlete())):
        counts = transfer.import_all(other, exported)
        place = (
            place_of(address)
            if other.athlete_id != store.athlete_id and other._database is store._database
            else str(tmp_path / "other" / "backward.db")
        )
        assert of_person(place, other.athlete_id) == of_person(place_of(address), store.athlete_id)
        assert counts["activity"] == 4 and other.counts() == Counts(4, 1, 3)
        assert other.plan() == store.plan() and other.check_ins() == store.check_ins()
        assert other.setting("calendar_token_sha256") is None
    again = tmp_path / "again.zip"
    transfer.export_all(other, again, now=NOW)
    with zipfile.ZipFile(exported) as one, zipfile.ZipFile(again) as two:
        assert {name: one.read(name) for name in one.namelist()} == {name: two.read(name) for name in two.namelist()}


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_a_server_plans_for_the_rows_that_came(postgres_url, samples, tmp_path):
    """Else it plans for empty tables: the list took 270 ms in place of one, for as long as nobody told it."""
    source = open_store(tmp_path / "source")
    fill(source, "mine", samples)
    transfer.export_all(source, tmp_path / "all.zip", now=NOW)
    source.close()
    store = open_store(postgres_url)
    transfer.import_all(store, tmp_path / "all.zip")
    with store._database.reading() as connection:
        counted = "SELECT reltuples FROM pg_class WHERE relname = 'activity' AND relkind = 'r'"
        assert connection.exec_driver_sql(counted).scalar() == 4
    store.close()


def test_any_program_can_read_it(exported, store):
    with zipfile.ZipFile(exported) as archive:
        assert "originals/KEY/NAME" in archive.read("README.txt").decode()
        keys = {name.split("/")[1] for name in archive.namelist() if name.startswith("originals/")}
        for name in archive.namelist():
            if name.startswith("originals/"):
                assert sha256(archive.read(name)).hexdigest() == name.split("/")[1]
        titles = {json.loads(line)["title"] for line in archive.read("activity.jsonl").splitlines()}
        assert "only mine" in titles and not any("theirs" in title for title in titles)
        samples = json.loads(archive.read(next(name for name in archive.namelist() if name.startswith("streams/"))))
        assert samples["time_s"] == [0.0, 1.0, 2.0, 3.0, 4.0] and samples["columns"]["heart_rate_bpm"] == [150.0] * 5
    assert len(keys) == 6
    assert exported.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "wrong", ["no zip", "another zip", "another version", "an original", "a row", "a line", "cut off"]
)
def test_what_is_no_sound_export_changes_nothing(exported, tmp_path, wrong):
    bad = tmp_path / "bad.zip"
    if wrong == "no zip":
        bad.write_bytes(b"PK nothing")
    elif wrong == "cut off":
        bad.write_bytes(exported.read_bytes()[:-2000])
    else:
        with zipfile.ZipFile(exported) as source, zipfile.ZipFile(bad, "w") as target:
            for name in source.namelist():
                target.writestr(name, _spoiled(wrong, name, source.read(name)))
    other = open_store(tmp_path / "other")
    with pytest.raises(StoreError, match="nothing was changed|as many rows"):
        transfer.import_all(other, bad)
    assert other.counts() == Counts(0, 0, 0) and other.check_ins() == ()
    other.close()


def _spoiled(wrong: str, name: str, data: bytes) -> bytes:
    if wrong == "another zip":
        return b"{}"
    if wrong == "another version" and name == "manifest.json":
        return json.dumps({**json.loads(data), "tables": "0001"}).encode()
    if wrong == "an original" and name.startswith("originals/"):
        return data + b"x"
    if wrong == "a row" and name == "check_in.jsonl":
        return data.split(b"\n", 1)[1]
    if wrong == "a line" and name == "check_in.jsonl":
        return b"{\n" + data
    return data


def test_it_goes_into_no_store_that_holds_something_and_over_no_file(store, exported, samples, tmp_path):
    with pytest.raises(StoreError, match="holds something"):
        transfer.import_all(store, exported)
    with pytest.raises(StoreError, match="is there already"):
        transfer.export_all(store, exported, now=NOW)
    assert store.counts() == Counts(4, 1, 3)
