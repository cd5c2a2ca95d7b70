"""Bluetooth devices beside this machine: a treadmill, a heart rate strap, a foot pod. They are listened to.

READ ONLY: somebody may stand on that belt and face backward. Nothing here starts it, makes it faster or tilts it; it is
not even asked for control. The one thing that is ever written is *stop*; ``tests/contracts/test_read_only_belt.py``
holds the whole program to that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backward_running.core.errors import BackwardRunningError, NotFound
from backward_running.flows.treadmill_session import POD, STRAP, TREADMILL

if TYPE_CHECKING:
    from bleak import BleakClient

#: By kind of device: its service, and the characteristic that it notifies.
SPOKEN = {TREADMILL: (0x1826, 0x2ACD), STRAP: (0x180D, 0x2A37), POD: (0x1814, 0x2A53)}
CONTROL_POINT = "00002ad9-0000-1000-8000-00805f9b34fb"
#: Stop Or Pause, with the parameter Stop. No other command exists in this program.
STOP = b"\x08\x01"
_ANSWERED, _DONE, _NOT_PERMITTED = 0x80, 0x01, 0x05
#: Our own proposals.
LOOKS_FOR_S, RETRIED_EVERY_S, CONNECTS_WITHIN_S, STOPS_WITHIN_S = 8.0, 2.0, 15.0, 2.0
NO_ADAPTER = (
    "No Bluetooth answers on this machine: switch it on, or plug in an adapter, and allow this program to use it."
)
NOT_INSTALLED = "Bluetooth needs a part that is not installed: pip install 'backward-running[live]'."
NO_BELT = "No treadmill is connected now: use its own stop, or pull the safety clip."


@dataclass(frozen=True, slots=True)
class Found:
    """A device that says what it is."""

    address: str
    name: str
    kinds: tuple[str, ...]
    handle: Any = field(repr=False, compare=False)  #: by which bleak knows it


class Radio:
    """Looks for devices and listens to those that were chosen.

    Parameters
    ----------
    scanner, client : type, optional
        Other backends of bleak than that of this system: for tests.
    """

    def __init__(self, scanner: type | None = None, client: type | None = None) -> None:
        self._scanner = {} if scanner is None else {"backend": scanner}
        self._client = {} if client is None else {"backend": client}
        self._belt: BleakClient | None = None
        self._answers: asyncio.Queue[bytes] = asyncio.Queue()
        self._connecting = asyncio.Lock()
        self.connected: set[str] = set()  #: kinds that are
        self.trouble: dict[str, str] = {}  #: by kind: why it is not

    async def look(
        self,
        within_s: float = LOOKS_FOR_S,
        enough: Callable[[list[Found]], bool] = lambda found: False,  # noqa: ARG005
    ) -> list[Found]:
        """Return the devices that are near.

        Raises
        ------
        NotFound
            There is no Bluetooth here.
        """
        bleak = _bleak()
        seen: dict[str, Found] = {}
        services = [_uuid(service) for service, _ in SPOKEN.values()]
        try:
            async with bleak.BleakScanner(service_uuids=services, **self._scanner) as scanner:
                with suppress(TimeoutError):
                    async with asyncio.timeout(within_s):
                        async for device, told in scanner.advertisement_data():
                            kinds = tuple(
                                kind for kind, (service, _) in SPOKEN.items() if _uuid(service) in told.service_uuids
                            )
                            name = "".join(c for c in told.local_name or device.name or "" if c.isprintable())[:40]
                            seen[device.address] = Found(device.address, name or "without a name", kinds, device)
                            if enough(list(seen.values())):
                                break
        except (bleak.exc.BleakError, OSError) as problem:
            raise NotFound(NO_ADAPTER) from problem
        return sorted((found for found in seen.values() if found.kinds), key=lambda found: found.name)

    async def follow(self, devices: Iterable[Found], take: Callable[[str, bytes], None], ended: asyncio.Event) -> None:
        """Listen to devices until it is ended; one that goes away is looked for again."""
        async with asyncio.TaskGroup() as group:
            for device in devices:
                group.create_task(self._follow(device, take, ended))

    async def stop_belt(self) -> str:
        """Ask the belt to stop, and return in a sentence what it answered.

        Raises
        ------
        NotFound
            No treadmill is connected, or it does not answer.
        """
        client = self._belt
        if client is None:
            raise NotFound(NO_BELT)
        bleak = _bleak()
        while not self._answers.empty():
            self._answers.get_nowait()
        try:
            async with asyncio.timeout(STOPS_WITHIN_S):
                await client.write_gatt_char(CONTROL_POINT, STOP, response=True)
                answer = await self._answers.get()
        except (bleak.exc.BleakError, OSError, TimeoutError) as problem:
            raise NotFound("The treadmill did not answer: use its own stop, or pull the safety clip.") from problem
        if answer[:3] == bytes((_ANSWERED, STOP[0], _DONE)):
            return "The treadmill was asked to stop, and says that it does."
        why = (
            "lets only who controls it stop it" if answer[2:3] == bytes((_NOT_PERMITTED,)) else "does not stop by radio"
        )
        raise NotFound(f"This treadmill {why}: use its own stop, or pull the safety clip.")

    async def _follow(self, device: Found, take: Callable[[str, bytes], None], ended: asyncio.Event) -> None:
        bleak = _bleak()
        while not ended.is_set():
            lost = asyncio.Event()
            try:
                client = bleak.BleakClient(
                    device.handle, disconnected_callback=lambda _, lost=lost: lost.set(), timeout=CONNECTS_WITHIN_S,
                    **self._client,
                )  # fmt: skip
                async with self._connecting:  # adapters make one connection after the other
                    await client.connect()
                try:
                    await self._listen(client, device, take)
                    await _first_of(lost, ended)
                finally:
                    await client.disconnect()
            except (bleak.exc.BleakError, OSError, TimeoutError) as problem:
                self._lose(device, f"{device.name} cannot be reached: is it switched on, and near? ({problem})")
            else:
                self._lose(device, f"{device.name} went away; it is looked for again.")
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRIED_EVERY_S):
                    await ended.wait()

    async def _listen(self, client: BleakClient, device: Found, take: Callable[[str, bytes], None]) -> None:
        for kind in device.kinds:

            def heard(_: object, data: bytearray, kind: str = kind) -> None:
                with suppress(BackwardRunningError):  # a damaged message is left out
                    take(kind, bytes(data))

            await client.start_notify(_uuid(SPOKEN[kind][1]), heard)
            if kind == TREADMILL and client.services.get_characteristic(CONTROL_POINT) is not None:
                await client.start_notify(CONTROL_POINT, lambda _, data: self._answers.put_nowait(bytes(data)))
                self._belt = client
            self.connected.add(kind)
            self.trouble.pop(kind, None)

    def _lose(self, device: Found, words: str) -> None:
        for kind in device.kinds:
            self.connected.discard(kind)
            self.trouble[kind] = words
        if TREADMILL in device.kinds:
            self._belt = None


async def _first_of(*events: asyncio.Event) -> None:
    waiting = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


def _uuid(short: int) -> str:
    return f"0000{short:04x}-0000-1000-8000-00805f9b34fb"


def _bleak() -> Any:
    """Return bleak. It is imported here and nowhere else. Raises NotFound."""
    try:
        import bleak
        import bleak.exc
    except ImportError as problem:
        raise NotFound(NOT_INSTALLED) from problem
    return bleak
