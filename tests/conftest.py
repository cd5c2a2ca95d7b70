"""Fixtures for all rooms."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_FLAGS = [
    "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

# The tests say the same on every machine; those of time set five zones of their own (the fixture `machine`).
os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()

# How long an example takes to draw and to try says how busy the machine is, not whether the code is right. And what is
# drawn follows from the test alone: a clone that was sound stays sound. `HYPOTHESIS_PROFILE=search` looks further, at
# other examples each time; what it finds is then kept as an @example.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("backward", _PATIENT, derandomize=True)
settings.register_profile("search", _PATIENT)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "backward"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer a part of the suite that is the same each time and has some of every room."""
    parser.addoption("--one-in", type=int, default=1, metavar="N", help="run one test in N, chosen by its name")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not of the part that was asked for."""
    every = config.getoption("--one-in")
    kept = [item for item in items if crc32(item.nodeid.encode()) % every == 0]
    if len(kept) < len(items):
        chosen = set(kept)
        config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
        items[:] = kept


def pytest_collection_finish() -> None:
    """Take ten thousand tests out of what is looked through for garbage: each look cost as much as a slow test."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of a worker: Playwright starts once in a process, whoever asks first."""
    from tests.prepare import ADVICE, find_chromium

    path = find_chromium()
    if path is None:
        pytest.skip(ADVICE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Let all databases of a kind share the statements that were compiled: a test opens a new one, and compiles a
    hundred anew, which took a fifth of its time. What is sent to a database stays the same."""
    from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
    from sqlalchemy.engine import Engine
    from sqlalchemy.util import LRUCache

    shared = {kind: LRUCache(2000) for kind in (PGDialect_psycopg, SQLiteDialect_pysqlite)}
    made = Engine.__init__

    def make(engine: Engine, *given: object, **named: object) -> None:
        made(engine, *given, **named)  # type: ignore[arg-type]
        engine._compiled_cache = shared.get(type(engine.dialect), engine._compiled_cache)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Engine, "__init__", make)
        for kind in shared:  # a dialect is a part of the key: two of a kind are the same one here
            patch.setattr(kind, "__hash__", lambda dialect: hash(type(dialect)))
            patch.setattr(kind, "__eq__", lambda dialect, other: type(dialect) is type(other))
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real recordings; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("BACKWARD_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "activities").is_dir():
        pytest.skip(f"no real recordings at {folder}; set BACKWARD_DATA")
    return folder


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store in which nothing is yet, made once: making the tables takes longer than most tests."""
    from backward_running.store import open_store

    folder = tmp_path_factory.mktemp("new_store")
    open_store(folder).close()
    return folder


@pytest.fixture
def new_home(tmp_path: Path, new_store: Path) -> Path:
    """A copy of the new store, for one test."""
    return Path(shutil.copytree(new_store, tmp_path / "home"))


@pytest.fixture(scope="session")
def shared_cases() -> Path:
    """The folder of small failing inputs; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("BACKWARD_CASES", ROOT.parent / "shared" / "cases"))
    if not folder.is_dir():
        pytest.skip(f"no cases at {folder}; set BACKWARD_CASES")
    return folder


@pytest.fixture(params=["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns"])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine set to one of five zones: what a runner sees must not hang on it."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()
