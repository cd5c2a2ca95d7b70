"""One session on a treadmill at a time: looks for devices, listens in a thread of its own, writes down, saves."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from backward_running.apps.live.bluetooth import Found, Radio
from backward_running.apps.live.under_way import UnderWay
from backward_running.core.errors import BackwardRunningError, BadValue, NotFound, UnreadableFile
from backward_running.core.plan import Workout
from backward_running.core.ports import ImportEntry, Store
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows import intake
from backward_running.flows.treadmill_session import BeltNow, TreadmillSession

TICKS_EVERY_S = 0.5
_ENDS_WITHIN_S = 20.0
NOTHING_GOES_ON = "No session on a treadmill goes on here; nothing was changed."
T = TypeVar("T")


class TreadmillDesk:
    """Keeps the session that goes on, whichever window looks at it.

    Parameters
    ----------
    folder : Path
        Of the store: what is under way is written there.
    make_radio : callable, optional
        Makes the Bluetooth of this machine; another one for tests.
    rising : callable
        Seconds that only rise, whatever the clock on the wall does.
    """

    def __init__(
        self, folder: Path, make_radio: Callable[[], Radio] | None = None, rising: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder, self._make_radio, self._rising = folder, make_radio or Radio, rising
        self._lock = threading.Lock()
        self._going: _Going | None = None
        self.found: list[Found] = []  #: when it was looked last

    def look(self, within_s: float | None = None) -> list[Found]:
        """Look for devices for some seconds. Raises NotFound where there is no Bluetooth."""

        async def looked() -> list[Found]:
            radio = self._make_radio()
            return await (radio.look() if within_s is None else radio.look(within_s))

        with ThreadPoolExecutor(1) as alone:  # whoever asks may have a loop of their own
            self.found = alone.submit(asyncio.run, looked()).result()
        return self.found

    def begin(self, store: Store, addresses: Iterable[str], workout: Workout | None, *, now: datetime) -> None:
        """Begin a session with devices that were found.

        Parameters
        ----------
        store : Store
            Of whose session it is.
        addresses : iterable of str
            Of the devices.
        workout : Workout or None
            The planned session; None without a plan.
        now : datetime
            The moment, in the runner's zone.

        Raises
        ------
        BadValue
            None of the devices was found, or a session goes on already.
        StoreError
            Nothing can be written.
        """
        wanted = set(addresses)
        chosen = [device for device in self.found if device.address in wanted]
        if not chosen or len(chosen) < len(wanted):
            raise BadValue("devices", "be of those that were found", ", ".join(sorted(wanted)) or "none", "Look again.")
        with self._lock:
            if self._going is not None:
                raise BadValue("session", "be the only one", "another goes on", "End that one first.")
            kinds = [kind for device in chosen for kind in device.kinds]
            session = TreadmillSession(now, workout, dict.fromkeys(kinds))
            file = UnderWay(self._folder, store.athlete_id)
            self._going = _Going(store.athlete_id, session, file, self._make_radio(), chosen, self._rising)
            self._going.start()

    def session_of(self, store: Store) -> TreadmillSession:
        """Return the session that goes on for somebody. Raises NotFound."""
        return self._of(store).session

    def now(self, store: Store) -> BeltNow | None:
        """Return how it stands for somebody; None where nothing goes on for them."""
        going = self._going
        return going.session.now() if going is not None and going.athlete_id == store.athlete_id else None

    def troubles(self) -> list[str]:
        """Return in sentences what is wrong at the moment."""
        going = self._going
        return [] if going is None else going.troubles()

    def stop_belt(self, store: Store) -> str:
        """Ask the belt to stop: the only thing that is ever sent to it. Raises NotFound."""
        return self._of(store).stop_belt()

    def end(self, store: Store, *, now: datetime, workers: Workers = IN_TURN) -> ImportEntry:
        """End the session and take in its recording; return what came of it.

        Raises
        ------
        NotFound
            None goes on.
        UnreadableFile
            No device ever said anything: there is no recording.
        """
        with self._lock:
            going, self._going = self._of(store), None
        going.end()
        try:
            data = going.session.finish()
        except UnreadableFile:
            going.file.delete()
            raise
        going.write()
        going.file.close()
        (entry, *_) = intake.import_file(store, f"backward-{now:%Y-%m-%d-%H%M}.jsonl", data, now=now, workers=workers)
        if entry.activity_ids:
            going.file.delete()
        return entry

    def close(self) -> None:
        """Leave off without saving: what is under way stays on the disk, and is taken in at the next start."""
        with self._lock:
            going, self._going = self._going, None
        if going is not None:
            going.end()
            going.write()
            going.file.close()

    def _of(self, store: Store) -> _Going:
        going = self._going
        if going is None or going.athlete_id != store.athlete_id:
            raise NotFound(NOTHING_GOES_ON)
        return going


class _Going:
    """A session that goes on, and the thread in which its devices are listened to."""

    def __init__(
        self,
        athlete_id: str,
        session: TreadmillSession,
        file: UnderWay,
        radio: Radio,
        devices: list[Found],
        rising: Callable[[], float],
    ) -> None:
        self.athlete_id, self.session, self.file = athlete_id, session, file
        self._radio, self._devices, self._rising = radio, devices, rising
        self._began_s = rising()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()
        self._runs = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), name="treadmill", daemon=True)
        self._disk = ""
        self._writing = threading.Lock()

    def start(self) -> None:
        self.session.tick(0.0)
        self.write()
        self._thread.start()
        self._runs.wait()

    def end(self) -> None:
        self._call(self._set_ended())
        self._thread.join(_ENDS_WITHIN_S)
        self.session.tick(self._now_s())

    def troubles(self) -> list[str]:
        return list(dict.fromkeys([*self._radio.trouble.values(), *([self._disk] if self._disk else [])]))

    def stop_belt(self) -> str:
        return self._call(self._radio.stop_belt())

    def write(self) -> None:
        """Write what is new to the disk; where that fails it is said, and the session goes on in memory."""
        try:
            with self._writing:  # lines stand on the disk in the order in which they were made
                self.file.add(self.session.fresh_lines())
            self._disk = ""
        except BackwardRunningError as problem:
            self._disk = str(problem)

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        if self._loop is None or self._loop.is_closed():
            work.close()
            raise NotFound(NOTHING_GOES_ON)
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_ENDS_WITHIN_S)

    async def _set_ended(self) -> None:
        self._ended.set()

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._runs.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._tick())
            group.create_task(self._listen())

    async def _listen(self) -> None:
        try:
            await self._radio.follow(self._devices, self._take, self._ended)
        except Exception as problem:  # noqa: BLE001 -- whatever breaks in a system's Bluetooth, what came is saved
            self._radio.trouble["Bluetooth"] = f"Bluetooth broke off ({problem}); end the session, and begin another."

    async def _tick(self) -> None:
        while not self._ended.is_set():
            self.session.tick(self._now_s())
            await asyncio.to_thread(self.write)
            await asyncio.sleep(TICKS_EVERY_S)

    def _take(self, kind: str, data: bytes) -> None:
        self.session.take(kind, data, self._now_s())

    def _now_s(self) -> float:
        return self._rising() - self._began_s
