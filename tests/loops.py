"""An event loop of its own for a test, whoever shares the worker.

The synchronous browser of Playwright keeps the loop of its thread running for as long as the worker lives. A test that
opens a loop in that same thread then fails or not by the order in which the worker was given its tests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run_alone(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end in a thread of its own, and return or raise what it does."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, work).result()
