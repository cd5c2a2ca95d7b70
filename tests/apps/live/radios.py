"""A radio without an adapter and without a radio: what it hears is told to it by the test."""

from __future__ import annotations

from backward_running.apps.live.bluetooth import NO_BELT, Found
from backward_running.core.errors import NotFound
from backward_running.flows.treadmill_session import STRAP, TREADMILL

BELT, HEART = Found("F1", "Belt 3", (TREADMILL,), None), Found("F2", "Strap", (STRAP,), None)


class ToldRadio:
    """Finds a belt and a strap; each says what it was told to say as soon as somebody listens."""

    found = (BELT, HEART)
    says = ((TREADMILL, bytes.fromhex("0800 6801 0f00 ff7f")), (STRAP, bytes.fromhex("0080")))  # 3.6 km/h, 1.5 %, 128
    refuses = None

    def __init__(self):
        self.trouble = {}

    async def look(self, within_s=0.0):
        if self.refuses:
            raise NotFound(self.refuses)
        return list(self.found)

    async def follow(self, devices, take, ended):
        for kind, data in self.says:
            if any(kind in device.kinds for device in devices):
                take(kind, data)
        await ended.wait()

    async def stop_belt(self):
        raise NotFound(NO_BELT)
