"""What the app does now and then while it is open: look into the watched folder, keep the calendar elsewhere up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from backward_running.apps.live.under_way import take_in_left_over
from backward_running.apps.watched import LOOKS_EVERY_S, Watched
from backward_running.apps.web.beside import Beside
from backward_running.core.ports import PlannedEvents, Store
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows import days, people, push, trash, watching

#: A look into the folder is cheap, asking what the plan says now is not: so many looks to one of these.
LOOKS_PER_PUSH = 12


class Errands(Beside):
    """One thread beside the server, for all people of the store.

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
    folder : Path, optional
        Of the store: what a program that died was recording is taken in from there.
    """

    def __init__(
        self,
        store: Store,
        remote: Callable[[str], PlannedEvents],
        now: Callable[[], datetime],
        *,
        workers: Workers = IN_TURN,
        every_s: float = LOOKS_EVERY_S,
        folder: Path | None = None,
    ) -> None:
        super().__init__("errands", every_s)
        self._store, self._remote = store, remote
        self._clock, self._workers = now, workers
        self._watched: dict[str, Watched] = {}
        self._rounds = 0
        self._folder = folder

    def round(self) -> None:
        """Look into the folder, and now and then at the calendar and the trash."""
        self.attempt(self.look)
        self.attempt(self.take_in_left_over)
        if self._rounds % LOOKS_PER_PUSH == 0:
            self.attempt(self.keep_up)
            self.attempt(self.tidy)
        self._rounds += 1

    def look(self) -> None:
        """Look into the folders that are watched, each for who chose it."""
        for memory in people.everybody(self._store):
            self._look(memory)

    def take_in_left_over(self) -> None:
        """Take in what was being recorded when a program died."""
        if self._folder is not None:
            now = days.on_own_clock(self._store, self._clock())
            take_in_left_over(self._folder, self._store, now=now, workers=self._workers)

    def _look(self, store: Store) -> None:
        chosen = watching.folder(store)
        if chosen is None:
            self._watched.pop(store.athlete_id, None)
            return
        watched = self._watched.get(store.athlete_id)
        if watched is None or watched.folder != Path(chosen):
            self._watched[store.athlete_id] = watched = Watched(Path(chosen))
        for _ in watched.look(store, lambda: self._now(store), self._workers):
            if self.ends.is_set():
                return

    def keep_up(self) -> None:
        """Bring the calendars elsewhere to what each plan says now, where that is on."""
        for memory in people.everybody(self._store):
            key = memory.secret(push.KEY) if push.state(memory).on else None
            if key is not None:
                push.keep_up(memory, self._remote(key), now=self._now(memory))

    def tidy(self) -> None:
        """Forget what lay in the trash too long."""
        for memory in people.everybody(self._store):
            trash.purge(memory, now=self._now(memory))

    def _now(self, store: Store) -> datetime:
        return days.on_own_clock(store, self._clock())
