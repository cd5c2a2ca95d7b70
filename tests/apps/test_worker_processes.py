"""A process that reads files may die, hang or eat memory: that costs the one file, and nothing else."""

from __future__ import annotations

import ctypes
import io
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.apps import work_done_beside as beside
from tests.store.test_never_stale import fit

from backward_running.apps import worker_processes
from backward_running.apps.worker_pipe import receive, send
from backward_running.apps.worker_processes import Limits, WorkerProcesses
from backward_running.core.errors import BadValue, BrokeOff, UnnamedColumns, UnreadableFile
from backward_running.core.habits import Habits, Traits
from backward_running.core.ports import ActivityQuery
from backward_running.flows import intake
from backward_running.store import open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
forks = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="this system has no limits on a process"
)


@pytest.fixture(scope="module")
def workers():
    with WorkerProcesses(1, Limits(memory_bytes=200 << 20, cpu_s=1, wall_s=600.0)) as made:
        yield made


def test_what_is_worked_out_beside_is_what_is_worked_out_here(workers):
    numbers = np.arange(2_000_000.0)
    assert workers.begin(beside.doubled, numbers)().sum() == 2 * numbers.sum()
    assert workers.begin(os.getpid)() != os.getpid()
    assert workers.at_once == 1 and WorkerProcesses(0).begin(os.getpid)() == os.getpid()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UnreadableFile("Cut short.", offset=1234), {"offset": 1234}),
        (BadValue("columns", "name columns", 3, "Look again."), {"name": "columns", "got": 3, "hint": "Look again."}),
        (UnnamedColumns(("t", "ax")), {"columns": ("t", "ax")}),
    ],
)
def test_errors_come_through_as_they_were(workers, error, said):
    with pytest.raises(type(error)) as caught:
        workers.begin(beside.raising, error)()
    assert str(caught.value) == str(error)
    assert {name: getattr(caught.value, name) for name in said} == said


def test_a_fault_of_a_reader_is_one_sentence_and_says_to_the_log_where(workers):
    with pytest.raises(BrokeOff, match=r"^The reader broke off \(ZeroDivisionError\)") as caught:
        workers.begin(beside.divided, 1, 0)()
    assert "ZeroDivisionError at" in caught.value.where


@forks
def test_who_has_nothing_to_do_ends_and_the_next_file_starts_another():
    with WorkerProcesses(1, Limits(idle_s=0.05)) as workers:
        first = workers.begin(os.getpid)()
        (process,) = (worker._process for worker in workers._all)
        process.join(600.0)
        assert process.exitcode == 0
        assert workers.begin(os.getpid)() != first


@forks
def test_what_was_taught_comes_as_it_went_however_often_and_however_much():
    ours, theirs = multiprocessing.Pipe()
    kept = Traits("kept", datetime(2026, 1, 1, tzinfo=UTC), told_forward_s=1.5)
    for number in range(2000):  # more than are remembered, and each at a place in memory where another was before
        send(ours, Habits((kept, Traits(f"{number}", datetime(2026, 1, 1, tzinfo=UTC), told_backward_s=number / 7))))
        came = receive(theirs)
        assert came.traits[0] == kept and came.traits[1].told_backward_s == number / 7


def test_large_bytes_and_arrays_come_as_they_went(workers):
    data, numbers = bytes(range(256)) * 4_000, np.arange(300_000.0)
    assert workers.begin(beside.doubled, data)() == 2 * data
    assert np.array_equal(workers.begin(beside.doubled, numbers)(), 2 * numbers)


@forks
@pytest.mark.parametrize(
    ("function", "argument", "words"),
    [
        (os._exit, 7, "What reads this file died"),
        (ctypes.string_at, 1, f"signal {int(signal.SIGSEGV)}"),
        (beside.spin, 60, "more than 1 s"),
        (bytearray, 900 << 20, "more than 0.2 GB of memory"),
    ],
)
def test_one_that_dies_hangs_or_eats_memory_costs_that_one(workers, function, argument, words):
    ill, well = workers.begin(function, argument), workers.begin(divmod, 7, 2)
    with pytest.raises(BrokeOff) as caught:
        ill()
    assert words in str(caught.value) and "\n" not in str(caught.value)
    assert well() == (3, 1)


def test_one_that_waits_for_ever_is_ended():
    with WorkerProcesses(1, Limits(wall_s=0.2)) as workers:
        with pytest.raises(BrokeOff, match=r"more than 0 s"):
            workers.begin(time.sleep, 3600)()
        assert workers.begin(divmod, 7, 2)() == (3, 1)


def test_one_that_is_killed_for_no_fault_of_the_file_is_asked_again(tmp_path):
    """A system short of memory ends whom it likes: the file is read once more, in a process of its own."""
    with WorkerProcesses(1) as workers:
        result = workers.begin(beside.wait_once, str(tmp_path / "seen"))
        deadline = time.monotonic() + 60
        while not (tmp_path / "seen").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        (pid,) = workers.pids
        os.kill(pid, signal.SIGKILL)
        assert result() == "read"


def test_where_no_process_can_be_had_it_is_worked_out_here(monkeypatch, caplog):
    def none():
        raise OSError("no more processes")

    monkeypatch.setattr(worker_processes, "_context", lambda: type("None", (), {"Pipe": staticmethod(none)}))
    with WorkerProcesses(2) as workers:
        assert workers.begin(os.getpid)() == os.getpid()
        assert workers.at_once == 0
        assert "no more processes" in caplog.text


def there(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="who is there is read from /proc")
def test_workers_end_with_the_program_however_it_ends():
    program = (
        "import sys, time; from backward_running.apps.worker_processes import WorkerProcesses\n"
        "workers = WorkerProcesses(2); [waits() for waits in [workers.begin(divmod, 7, 2) for _ in range(9)]]\n"
        "print(*workers.pids, flush=True); time.sleep(3600)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as started:
        pids = [int(word) for word in started.stdout.readline().split()]
        assert pids and all(there(pid) for pid in pids)
        started.kill()
    deadline = time.monotonic() + 60
    while any(there(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def archive():
    """Runs of three days, one of them twice, a damaged one, a picture and one that nobody can read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as members:
        for place, number in enumerate((1, 2, 1, 0, 3)):
            members.writestr(f"{place}.fit", fit(number))
        members.writestr("cut.fit", fit(4)[:9000])
        members.writestr("beach.jpg", b"\xff\xd8\xff\xe0" + bytes(99))
        members.writestr("zeros.fit", bytes(99))
    return packed.getvalue()


def came(store, workers):
    entries = intake.import_file(store, "all.zip", archive(), now=NOW, workers=workers)
    runs = sorted(store.activities(ActivityQuery(limit=100)), key=lambda row: row.activity_id)
    return entries, runs, [store.session(row.activity_id) for row in runs], store.habits()


def test_an_archive_comes_in_the_same_with_and_without_workers(new_home, tmp_path):
    alone = open_store(Path(shutil.copytree(new_home, tmp_path / "alone")))
    store = open_store(new_home)
    with WorkerProcesses(2) as workers:
        got, asked = came(store, workers), came(alone, WorkerProcesses(0))
    assert [entry.status for entry in got[0]] == ["new", "new", "same", "new", "new", "partly", "failed", "left_out"]
    assert repr(got) == repr(asked)
    store.close(), alone.close()


@forks
def test_a_reader_that_dies_fails_one_file_of_many(new_home, monkeypatch):
    store = open_store(new_home)
    monkeypatch.setattr(intake, "read_and_pack", beside.read_or_die)
    files = [("1.fit", fit(1)), ("2.fit", b"die"), ("3.fit", b"spin"), ("4.fit", fit(2))]
    with WorkerProcesses(1, Limits(cpu_s=1)) as workers:
        entries = list(intake.import_many(store, iter(files), now=NOW, workers=workers))
    assert [entry.status for entry in entries] == ["new", "failed", "failed", "new"]
    assert "died" in entries[1].message and "more than 1 s" in entries[2].message
    assert [entry.message for entry in reversed(store.import_log())] == [entry.message for entry in entries]
    store.close()
