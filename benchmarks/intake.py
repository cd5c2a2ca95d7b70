"""Importing: from bytes to stored and labelled."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks._data import simulated_fit
from benchmarks._measure import Row, median_ms, within

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def run() -> Iterator[Row]:
    """Yield the lines of this benchmark."""
    from backward_running.flows.activity import activity_page, chart_data
    from backward_running.flows.intake import import_file
    from backward_running.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        files = {hours: [simulated_fit(hours, seed) for seed in range(9)] for hours in (1, 10)}
        times = {}
        for hours, datas in files.items():
            queue = iter(datas)
            times[hours] = median_ms(lambda q=queue: import_file(store, "run.fit", next(q), now=NOW), repeats=6, warm=3)
        yield within("import 1 h: read, label, cost, store", times[1], 60.0)
        yield Row(
            "import 10 h",
            f"{times[10]:.1f} ms",
            "≤ 10.5 × 1 h",
            f"× {times[10] / times[1]:.1f}",
            times[10] <= 10.5 * times[1],
        )
        row = max(store.activities(), key=lambda candidate: candidate.duration_s)
        yield Row(
            "view of a 10-h activity (flow)", f"{median_ms(lambda: activity_page(store, row.activity_id)):.1f} ms"
        )
        yield Row("series of a 10-h activity (flow)", f"{median_ms(lambda: chart_data(store, row.activity_id)):.1f} ms")
        store.close()
