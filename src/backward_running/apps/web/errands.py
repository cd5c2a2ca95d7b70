"""What the app does now and then while it is open: look into the watched folder, keep the calendar elsewhere up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from backward_running.apps.watched import LOOKS_EVERY_S, Watched
from backward_running.core.errors import BackwardRunningError
from backward_running.core.ports import PlannedEvents, Store
from backward_running.flows import days, push, trash, watching

LOG = logging.getLogger("backward_running.web")

#: A look into the folder is cheap, asking what the plan says now is not: so many looks to one of these.
LOOKS_PER_PUSH = 12


class Errands:
    """One thread beside the server. What goes wrong is logged once and tried again.

    Parameters
    ----------
    store : Store
        The memory; it may be used from other threads meanwhile.
    remote : callable
        Reaches the calendar elsewhere with a key.
    now : callable
        The clock.
    every_s : float
        How long to rest between two rounds.
    """

    def __init__(
        self,
        store: Store,
        remote: Callable[[str], PlannedEvents],
        now: Callable[[], datetime],
        *,
        every_s: float = LOOKS_EVERY_S,
    ) -> None:
        self._store, self._remote, self._every_s = store, remote, every_s
        self._clock = now
        self._watched: Watched | None = None
        self._ends = threading.Event()
        self._told: set[str] = set()
        self._thread = threading.Thread(target=self._work, name="errands", daemon=True)

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
        round_ = 0
        while not self._ends.is_set():
            self._do(self.look)
            if round_ % LOOKS_PER_PUSH == 0:
                self._do(self.keep_up)
                self._do(self.tidy)
            round_ += 1
            self._ends.wait(self._every_s)

    def look(self) -> None:
        """Look into the folder that is watched, if one is."""
        chosen = watching.folder(self._store)
        if chosen is None:
            self._watched = None
            return
        if self._watched is None or self._watched.folder != Path(chosen):
            self._watched = Watched(Path(chosen))
        for _ in self._watched.look(self._store, self._now):
            if self._ends.is_set():
                return

    def keep_up(self) -> None:
        """Bring the calendar elsewhere to what the plan says now, if that is on."""
        key = self._store.secret(push.KEY) if push.state(self._store).on else None
        if key is not None:
            push.keep_up(self._store, self._remote(key), now=self._now())

    def tidy(self) -> None:
        """Forget what lay in the trash too long."""
        trash.purge(self._store, now=self._now())

    def _now(self) -> datetime:
        return days.on_own_clock(self._store, self._clock())

    def _do(self, errand: Callable[[], None]) -> None:
        try:
            errand()
        except BackwardRunningError as problem:
            if str(problem) not in self._told:
                self._told.add(str(problem))
                LOG.warning("%s", problem)
