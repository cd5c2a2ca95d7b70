"""Does it work, for me: what the estimator says of simulated lives whose truth is known, beside what others say.

``python -m validation outcomes`` writes the page. ``OUTCOME_LIVES`` says how many lives a cell has, ``OUTCOME_JOBS``
how many processes work, ``OUTCOME_RIVALS=0`` that nobody else is asked. What was counted is kept in
``build/outcome_lives.jsonl`` and taken up again.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from backward_running.outcomes.answering import Word, answer
from validation import _outcome_rivals as rivals
from validation._outcome_lives import CELLS, LOOKS, life

TRUTHS = (0.0, 0.5, 1.0, 2.0)
WEEKS = (6, 12, 26)
SEED = 2026
KEPT = Path(__file__).resolve().parent.parent / "build" / "outcome_lives.jsonl"
LIVES = int(os.environ.get("OUTCOME_LIVES", "500"))
#: "0": this program alone is asked, since the others say the same of the same lives.
WITH_RIVALS = os.environ.get("OUTCOME_RIVALS", "1") != "0"
STATE_SPACE_OF = 20  #: one life in so many is asked of the state-space model: it takes twenty times as long
OURS = "this program"


@dataclass
class Count:
    """What one method said of the lives of one cell."""

    cell: str
    truth: float
    weeks: int
    method: str
    lives: int = 0
    told: int = 0  #: of how many there was a number
    held: int = 0  #: in how many the 95 % interval held the truth
    better: int = 0  #: said to be better, at 97.5 %
    worse: int = 0
    always_better: int = 0  #: … by the interval that holds at every look
    no_change: int = 0
    error: float = 0.0  #: sum of estimate minus truth, in important changes, towards the better
    width: float = 0.0  #: sum of widths of the 95 % interval, in important changes


def count(job: tuple[str, float, int, int, int]) -> list[dict[str, Any]]:
    """Live some lives of one cell and ask every method."""
    cell, truth, weeks, first, lives = job
    counts = {name: Count(cell, truth, weeks, name) for name in (OURS, *rivals.METHODS)}
    for number in range(first, first + lives):
        rng = np.random.default_rng([SEED, number, zlib.crc32(cell.encode()), int(10 * truth), weeks])
        lived = life(rng, cell, truth, after=7 * weeks)
        ours = _ours(counts[OURS], lived, cell)
        if weeks != WEEKS[0] or not ours or not WITH_RIVALS:
            continue
        for name, method in rivals.METHODS.items():
            if name not in rivals.SLOW or number % STATE_SPACE_OF == 0:
                _note(counts[name], lived, *method(lived))
    return [{name: _plain(value) for name, value in asdict(told).items()} for told in counts.values() if told.lives]


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value


def _ours(told: Count, lived: Any, cell: str) -> bool:
    looks = [lived.start + look for look in LOOKS] if cell == "five looks" else [None]
    said = [answer(lived.question(until), with_curves=False) for until in looks]
    last = said[-1]
    if last.effect is None:
        told.lives += 1
        return False
    _note(told, lived, last.effect, last.low, last.high)
    told.better += any(each.word is Word.PROBABLY for each in said) - (_sign(lived, last.low, last.high) > 0)
    told.worse += any(each.word is Word.PROBABLY_WORSE for each in said) - (_sign(lived, last.low, last.high) < 0)
    always = [_sign(lived, each.always_low, each.always_high) for each in said if each.effect is not None]
    told.always_better += any(sign > 0 for sign in always)
    told.no_change += last.word is Word.NO_IMPORTANT_CHANGE
    return True


def _sign(lived: Any, low: float, high: float) -> int:
    return lived.better * (int(low > 0) - int(high < 0))


def _note(told: Count, lived: Any, effect: float, low: float, high: float) -> None:
    true = float(lived.effect[int(lived.days[-1])])
    told.lives += 1
    told.told += 1
    told.held += low <= true <= high
    told.better += _sign(lived, low, high) > 0
    told.worse += _sign(lived, low, high) < 0
    told.error += lived.better * (effect - true) / lived.important
    told.width += (high - low) / lived.important


def jobs(lives: int, at_once: int = 20) -> Iterator[tuple[str, float, int, int, int]]:
    """Yield what is to be counted, in small parts, every cell alike far."""
    for first in range(0, lives, at_once):
        some = min(at_once, lives - first)
        for cell, truth in product(CELLS, TRUTHS):
            yield cell, truth, WEEKS[0], first, some
        for weeks, truth in product(WEEKS[1:], TRUTHS):
            for cell in ("plain", "slow effect"):
                yield cell, truth, weeks, first, max(1, some // 2)


def counted(lives: int) -> dict[tuple[str, float, int, str], Count]:
    """Return all counts, taking up what is kept."""
    kept = [json.loads(line) for line in KEPT.read_text("utf-8").splitlines()] if KEPT.exists() else []
    done = {tuple(line["job"]) for line in kept}
    open_jobs = [job for job in jobs(lives) if job not in done]
    KEPT.parent.mkdir(exist_ok=True)
    with (
        KEPT.open("a", encoding="utf-8") as file,
        ProcessPoolExecutor(int(os.environ.get("OUTCOME_JOBS", "1"))) as pool,
    ):
        for job, rows in zip(open_jobs, pool.map(count, open_jobs), strict=True):
            kept.append({"job": job, "rows": rows})
            file.write(json.dumps(kept[-1]) + "\n")
            file.flush()
    return _summed(kept)


def _summed(kept: list[dict[str, Any]]) -> dict[tuple[str, float, int, str], Count]:
    total: dict[tuple[str, float, int, str], Count] = {}
    for row in (row for line in kept for row in line["rows"]):
        key = (row["cell"], row["truth"], row["weeks"], row["method"])
        into = total.setdefault(key, Count(*key))
        for name, value in row.items():
            if name not in ("cell", "truth", "weeks", "method"):
                setattr(into, name, getattr(into, name) + value)
    return total


def page() -> str:
    """Return the page."""
    from validation._outcome_page import written

    return written(counted(LIVES))
