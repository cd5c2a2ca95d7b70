"""A moment comes out of the store as it went in, whatever zone the machine is set to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from backward_running.store._utc_moment import UtcMoment

AT = datetime(2026, 5, 1, 6, 30, tzinfo=UTC)


@pytest.fixture
def far_from_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as inside:
        inside.setenv("TZ", "Asia/Kolkata")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.parametrize(
    ("read", "dialect"),
    [
        (AT.replace(tzinfo=None), sqlite.dialect()),  # SQLite keeps no zone
        (AT.astimezone(timezone(timedelta(hours=-4))), postgresql.dialect()),  # PostgreSQL answers in its own
    ],
)
def test_what_is_read_is_in_utc(far_from_utc: None, read: datetime, dialect: object) -> None:
    assert datetime(2026, 5, 1, 6, 30).astimezone(UTC) == AT - timedelta(hours=5.5), "the zone of the machine holds"
    found = UtcMoment().process_result_value(read, dialect)
    assert found == AT and found.utcoffset() == timedelta(0)


def test_what_is_written_is_in_utc(far_from_utc: None) -> None:
    written = UtcMoment().process_bind_param(AT.astimezone(timezone(timedelta(hours=2))), sqlite.dialect())
    assert written == AT and written.utcoffset() == timedelta(0)
