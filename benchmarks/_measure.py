"""Time things, fairly: warm up, repeat, keep the best."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from backward_running.core.ports import Store

Clock = Callable[[], float]


@dataclass(frozen=True)
class Row:
    """One line of the report."""

    what: str
    got: str
    asked: str = ""
    note: str = ""
    reached: bool | None = None


def best_ms(act: Callable[[], object], *, repeats: int = 7, warm: int = 2, clock: Clock = time.perf_counter) -> float:
    """Return the best of several timings, in milliseconds."""
    return min(timings_ms(act, repeats=repeats, warm=warm, clock=clock))


def median_ms(act: Callable[[], object], *, repeats: int = 7, warm: int = 2) -> float:
    """Return the median of several timings, in milliseconds."""
    return statistics.median(timings_ms(act, repeats=repeats, warm=warm))


def timings_ms(act: Callable[[], object], *, repeats: int, warm: int, clock: Clock = time.perf_counter) -> list[float]:
    """Return several timings, in milliseconds, on a clock in seconds: of the wall, or of the processor."""
    for _ in range(warm):
        act()
    timings = []
    for _ in range(repeats):
        gc.collect()
        began = clock()
        act()
        timings.append(1000.0 * (clock() - began))
    return timings


def within(what: str, got_ms: float, asked_ms: float, note: str = "") -> Row:
    """Make a line for a time that was asked for."""
    return Row(what, f"{got_ms:.1f} ms", f"≤ {asked_ms:g} ms", note, got_ms <= asked_ms)


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """Lend a list of the statements that are sent meanwhile."""
    from sqlalchemy import event

    sent: list[str] = []

    def count(_connection: object, _cursor: object, words: str, *_more: object) -> None:
        sent.append(words)

    engine = store._database.engine  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", count)
