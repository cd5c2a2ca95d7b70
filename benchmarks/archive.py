"""A whole archive: a thousand hours of a watch in one zip, from its bytes to runs that are stored and labelled.

Seconds are of the processor: each process is asked for its own, so that what else the machine does counts little. The
time it takes on quiet cores is at least that of the busiest of them.
"""

from __future__ import annotations

import resource
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from backward_running.core.direction import Direction, Gait
from backward_running.simulation._recorder import Outing, write
from backward_running.simulation._script import Piece
from backward_running.simulation.runner import BODY
from benchmarks._measure import Row

FILES = 1000
NOW = datetime(2026, 3, 2, tzinfo=UTC)


def packed(folder: Path, count: int) -> Path:
    """Write an archive of simulated hours, each on another day."""
    path = folder / "archive.zip"
    pieces = (
        Piece(360.0, Direction.FORWARD, Gait.RUN, 3.0, 0, "FWD"),
        Piece(120.0, Direction.BACKWARD, Gait.RUN, 2.1, 1, "BACK"),
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            begins = datetime(2020, 3, 1, 7, tzinfo=UTC) + timedelta(days=number)
            outing = Outing(begins, 0, pieces * 8, (), "park_loop", False, True, "Benchmark", 1)
            archive.writestr(f"{number}.fit", write(outing, BODY, np.random.default_rng(number))[0])
    return path


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    with tempfile.TemporaryDirectory() as folder:
        path = packed(Path(folder), FILES)
        alone = _imported(path, Path(folder) / "alone", 0)
        beside = _imported(path, Path(folder) / "beside", 2)
    hours = f"{FILES:,} hours of a watch in one zip"
    yield Row(f"{hours}: without workers", f"{alone[0]:.1f} s of processor", "", f"{alone[2]:.0f} MB", None)
    busiest_s = max(beside[0], beside[1] / 2)
    yield Row(
        f"{hours}: writer beside two workers",
        f"{beside[0]:.1f} s and {beside[1]:.1f} s of processor",
        "≤ 20 s for the busiest",
        f"{alone[0] / busiest_s:.2f} × as fast where cores are free; {beside[2]:.0f} MB the writer",
        busiest_s <= 20.0,
    )


def _imported(path: Path, home: Path, workers: int) -> tuple[float, float, float]:
    """Return the seconds of processor of the writer and of all workers, and the largest memory of the writer in MB."""
    import time

    from backward_running.apps.worker_processes import WorkerProcesses
    from backward_running.flows import intake
    from backward_running.store import open_store

    store = open_store(home)
    with WorkerProcesses(workers) as beside, path.open("rb") as file:
        if workers:
            beside.begin(divmod, 7, 2)()
        began_s = time.process_time()
        came = sum(1 for _ in intake.import_many(store, [(path.name, file)], now=NOW, workers=beside))
        spent_s, of_workers_s = time.process_time() - began_s, sum(map(_spent_s, beside.pids))
    store.close()
    assert came == FILES
    return spent_s, of_workers_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _spent_s(pid: int) -> float:
    import os

    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
