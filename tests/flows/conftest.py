from datetime import UTC, datetime

import pytest

from backward_running.store import open_store


@pytest.fixture
def store(new_home):
    store = open_store(new_home)
    yield store
    store.close()


@pytest.fixture
def now():
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def session_fit():
    """A simulated session that follows a workout: warm up, three times backward, cool down."""
    from benchmarks._data import simulated_fit

    return simulated_fit(0.4)
