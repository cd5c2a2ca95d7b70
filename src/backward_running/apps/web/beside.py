"""A thread that works beside the server: it ends before the store is closed, and says what goes wrong once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from backward_running.core.errors import BackwardRunningError
from backward_running.core.faulted import told_of

LOG = logging.getLogger("backward_running.web")


class Beside:
    """One thread that does a round, rests, and does another. What goes wrong is logged once and tried again.

    Parameters
    ----------
    name : str
        Of the thread.
    rests_s : float
        How long it rests between two rounds.
    """

    def __init__(self, name: str, rests_s: float) -> None:
        self.ends = threading.Event()  #: set when it is to end; a long round looks at it
        self._rests_s = rests_s
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    @contextmanager
    def working(self) -> Iterator[None]:
        """Work while something else is done; end before the store is closed."""
        self._thread.start()
        try:
            yield
        finally:
            self.ends.set()
            self._thread.join()

    def round(self) -> None:
        """Do what is due; each kind of work has its own."""
        raise NotImplementedError

    def attempt(self, work: Callable[[], None]) -> None:
        """Do a piece of work; where it fails, say which kind it is and where, and leave it for the next round."""
        try:
            work()
        except BackwardRunningError as problem:  # locked or full: what is due stays due
            self.say(told_of(problem))

    def say(self, words: str) -> None:
        """Write a line to the log, once."""
        if words not in self._told:
            self._told.add(words)
            LOG.warning("%s", words)

    def _work(self) -> None:
        while not self.ends.is_set():
            self.round()
            self.ends.wait(self._rests_s)
