"""What the app does now and then while it is open: look into the watched folder, keep the calendar elsewhere up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from backward_running.apps.watched import LOOKS_EVERY_S, Watched
from backward_running.apps.web.beside import Beside
from backward_running.core.ports import PlannedEvents, Store
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows import days, push, trash, watching

#: A look into the folder is cheap, asking what the plan says now is not: so many looks to one of these.
LOOKS_PER_PUSH = 12


class Errands(Beside):
    """One thread beside the server.

    Parameters
    ----------
    store : Store
        The memory; it may be used from other threads meanwhile.
    remote : callable
        Reaches the calendar elsewhere with a key.
    now : callable
        The clock.
    workers : Workers
        Where files are read and judged.
    every_s : float
        How long to rest between two rounds.
    """

    def __init__(
        self,
        store: Store,
        remote: Callable[[str], PlannedEvents],
        now: Callable[[], datetime],
        *,
        workers: Workers = IN_TURN,
        every_s: float = LOOKS_EVERY_S,
    ) -> None:
        super().__init__("errands", every_s)
        self._store, self._remote = store, remote
        self._clock, self._workers = now, workers
        self._watched: Watched | None = None
        self._rounds = 0

    def round(self) -> None:
        """Look into the folder, and now and then at the calendar and the trash."""
        self.attempt(self.look)
        if self._rounds % LOOKS_PER_PUSH == 0:
            self.attempt(self.keep_up)
            self.attempt(self.tidy)
        self._rounds += 1

    def look(self) -> None:
        """Look into the folder that is watched, if one is."""
        chosen = watching.folder(self._store)
        if chosen is None:
            self._watched = None
            return
        if self._watched is None or self._watched.folder != Path(chosen):
            self._watched = Watched(Path(chosen))
        for _ in self._watched.look(self._store, self._now, self._workers):
            if self.ends.is_set():
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
