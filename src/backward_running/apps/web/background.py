"""What the app does beside answering: it judges anew what does not match any more, one recording after another."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from backward_running.core.errors import BackwardRunningError
from backward_running.core.ports import Judging
from backward_running.flows import anew

LOG = logging.getLogger("backward_running.web")

#: How often it is seen whether something became due, here or by another program on the same store.
LOOKS_EVERY_S = 2.0


class Worker:
    """One thread that derives anew. It ends between two recordings; what is due then stays due.

    Parameters
    ----------
    store : Judging
        The memory; it may be used from other threads meanwhile.
    looks_every_s : float
        How long to rest when nothing is due.
    """

    def __init__(self, store: Judging, *, looks_every_s: float = LOOKS_EVERY_S) -> None:
        self._store = store
        self._looks_every_s = looks_every_s
        self._ends = threading.Event()
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="judging anew", daemon=True)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work while something else is done; end before the store is closed."""
        self._thread.start()
        try:
            yield
        finally:
            self._ends.set()
            self._thread.join()

    def _work(self) -> None:
        while not self._ends.is_set():
            try:
                self.catch_up()
            except BackwardRunningError as problem:  # locked or full: what is due stays due, and is tried again
                self._say(str(problem))
            self._ends.wait(self._looks_every_s)

    def catch_up(self) -> None:
        """Derive what is due, until nothing is or the end has come."""
        for done in anew.derive_anew(self._store):
            if done.problem is not None:
                self._say(f"{done.activity_id} cannot be judged anew, and keeps its numbers of before: {done.problem}")
            if self._ends.is_set():
                return

    def _say(self, words: str) -> None:
        """Write a line to the log, once."""
        if words not in self._told:
            self._told.add(words)
            LOG.warning("%s", words)
