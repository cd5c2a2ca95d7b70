"""An import that is killed at any moment, with its workers or a worker alone: nothing lost, doubled, half or untaught.

`make kills` does it at 300 moments; the slow suite at a few.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from tests.store.test_never_stale import fit

from backward_running.core.ports import ActivityQuery
from backward_running.store import open_store

MOMENTS = int(os.environ.get("BACKWARD_KILLS", "6"))
#: Runs in the archive, and how many of them come a second time as another file of the same run.
RUNS, AGAIN = 5, 1


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("archive") / "all.zip"
    with zipfile.ZipFile(path, "w") as members:
        for number in range(RUNS):
            members.writestr(f"{number}.fit", fit(number))
        for number in range(AGAIN):
            members.writestr(
                f"again {number}.fit", fit(number) + b"\0\0"
            )  # a foreign trailer: other bytes, the same run
    return path


def started(home, archive):
    program = "from backward_running.apps.cli import main; main()"
    command = [sys.executable, "-c", program, "--home", str(home), "import", str(archive)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def state(home):
    """Return what is there: each run with what was understood of it, who teaches, what lies aside."""
    store = open_store(home)
    rows = store.activities(ActivityQuery(limit=100))
    for row in rows:
        assert store.recording(row.activity_id).main is not None and store.session(row.activity_id).bouts
    found = (
        sorted((row.started_at, row.distance_m, row.file_key) for row in rows),
        sorted(trait.started_at for trait in store.habits().traits),
    )
    assert not list(store.damages())
    store.close()
    return found


@pytest.fixture(scope="module")
def whole(archive, tmp_path_factory):
    home = open_home(tmp_path_factory.mktemp("whole"))
    began = time.monotonic()
    assert started(home, archive).wait() == 0
    return state(home), time.monotonic() - began


def open_home(folder):
    open_store(folder).close()
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_any_moment_and_begun_again_it_is_as_if_nothing_had_been(moment, archive, whole, tmp_path):
    (runs, taught), took_s = whole
    assert len(runs) == RUNS and taught
    home = open_home(tmp_path)
    importing = started(home, archive)
    try:
        importing.wait(took_s * (moment + random.Random(moment).random()) / MOMENTS)
    except subprocess.TimeoutExpired:
        importing.kill()
        importing.wait()
    half_runs, half_taught = state(home)
    assert len(half_runs) <= RUNS + AGAIN and len(set(half_runs)) == len(half_runs)
    assert len(half_taught) == len(half_runs), "a run came in and taught nothing"
    assert started(home, archive).wait() == 0
    assert state(home) == (runs, taught)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="workers are found in /proc")
def test_workers_that_are_killed_again_and_again_lose_nothing(archive, whole, tmp_path):
    home = open_home(tmp_path)
    importing = started(home, archive)
    killed = 0
    while importing.poll() is None:
        for pid in below(importing.pid):
            if killed < 3 and end(pid):
                killed += 1
    assert killed
    assert started(home, archive).wait() == 0
    assert state(home) == whole[0]


def end(pid):
    """Kill a process and say whether it was still there: between the look and the kill it may have ended by itself."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def below(parent):
    """Return the processes that the fork server of a program started."""
    of = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = path.parent.name, path.read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        of.setdefault(int(rest[1]), []).append(int(pid))
    return [worker for child in of.get(parent, []) for worker in of.get(child, [])]
