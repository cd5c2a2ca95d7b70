"""The demo runner lives in a store of its own, beside that of the runner, and is opened beside it.

A browser that tries the demo has a cookie that says so; every page then reads and changes the demo's store and none
other. It is made when it is first asked for, and again where its weeks have become old: the demo's plan begins in the
present. Nothing of it can reach the runner's profile, plan or totals.
"""

from __future__ import annotations

import shutil
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import Request

from backward_running.core.errors import StoreError
from backward_running.core.ports import ActivityQuery, Store
from backward_running.core.ports.ground import Regions
from backward_running.flows import days, demo

#: Folder of the demo's store, in the folder that goes with the runner's own.
FOLDER = "demo"
#: The weeks of the demo end today when it is made; older than this they are made anew.
FRESH = timedelta(days=7)


def cookie_name(port: int | None) -> str:
    """Return the name of the cookie that says: this browser tries the demo.

    >>> cookie_name(8484)
    'backward_demo_8484'
    """
    return f"backward_demo_{port or 80}"


class DemoStore:
    """The store of the demo runner, opened when it is first asked for.

    Parameters
    ----------
    folder : Path
        Where it lies; it is made where it is not there.
    open_store : callable
        Opens the store of a folder.
    ground : callable, optional
        Returns the prepared map of the demo, kept in a folder; without, there is none.
    """

    def __init__(
        self, folder: Path, open_store: Callable[[Path], Store], ground: Callable[[Path], Regions] | None = None
    ) -> None:
        self._folder, self._open_store, self._ground = folder, open_store, ground
        self._regions: Regions | None = None
        self._store: Store | None = None
        self._lock = threading.Lock()

    def store(self, now: datetime) -> Store:
        """Return the store, with the demo runner in it up to about now."""
        today = now.date()
        with self._lock:
            if self._store is None:
                self._store = self._opened()
                newest = self._store.activities(ActivityQuery(limit=1))
                if newest and not timedelta(0) <= today - days.local_day(newest[0]) <= FRESH:
                    self._forget()
                    self._store = self._open_store(self._folder)
                if not self._store.counts().activities:
                    deque(demo.load_demo(self._store, today=today, now=now), maxlen=0)
            return self._store

    def regions(self) -> Regions | None:
        """Return the map of the demo; it is prepared when it is first asked for."""
        with self._lock:
            if self._regions is None and self._ground is not None:
                self._regions = self._ground(self._folder.with_name(f"{self._folder.name}-ground"))
            return self._regions

    def _opened(self) -> Store:
        """Open what is there; where that cannot be used it is made anew, for all in it was made by the program."""
        try:
            return self._open_store(self._folder)
        except StoreError:
            shutil.rmtree(self._folder, ignore_errors=True)
            return self._open_store(self._folder)

    def _forget(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None
        with suppress(FileNotFoundError):
            shutil.rmtree(self._folder)

    def close(self) -> None:
        """Close it; what was changed in it is there again the next time."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


def is_demo(request: Request) -> bool:
    """Whether this browser tries the demo."""
    name = cookie_name((request.scope.get("server") or (None, None))[1])
    return request.app.state.demo is not None and request.cookies.get(name) == "1"
