"""Treadmill, strap and foot pod by radio, without an adapter: what they say comes in, and nothing moves a belt."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from tests.loops import run_alone

from backward_running.apps.live import bluetooth
from backward_running.apps.live.bluetooth import Radio
from backward_running.core.errors import NotFound
from backward_running.flows.treadmill_session import POD, STRAP, TREADMILL, TreadmillSession

pytest.importorskip("bumble")
from tests.apps.live.gym import Air, Treadmill, pod, strap

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)


async def until(holds):
    """Wait until something holds; a busy machine only makes it later."""
    async with asyncio.timeout(60):
        while not holds():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def followed(machines, take):
    """Switch machines on, find them, and listen to them."""
    scanner, client = machines[0].scanner_and_client
    radio = Radio(scanner, client)
    found = await radio.look(60.0, enough=lambda seen: len(seen) == len(machines))
    ended = asyncio.Event()
    following = asyncio.create_task(radio.follow(found, take, ended))
    try:
        await until(lambda: len(radio.connected) == len(machines))
        yield radio, found
    finally:
        ended.set()
        await following


async def gym(*make):
    air = Air()
    backends = await air.open()
    machines = [await each(air).switch_on() for each in make]
    machines[0].scanner_and_client = backends
    return machines


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(bluetooth, "RETRIED_EVERY_S", 0.01)


def test_three_devices_are_found_by_what_they_say_and_heard():
    async def work():
        machines = await gym(Treadmill, strap, pod)
        belt, heart, foot = machines
        heard = []
        async with followed(machines, lambda kind, data: heard.append((kind, data))) as (_, found):
            assert [(device.name, device.kinds) for device in found] == [
                ("Belt 3", (TREADMILL,)), ("Pod", (POD,)), ("Strap", (STRAP,)),
            ]  # fmt: skip
            await belt.runs(4.2, 1.5)
            await heart.say(bytes.fromhex("008e"))
            await foot.say(bytes.fromhex("040003a8"))
            await until(lambda: len(heard) == 3)
        assert sorted(heard) == [
            (POD, bytes.fromhex("040003a8")), (STRAP, bytes.fromhex("008e")),
            (TREADMILL, bytes.fromhex("0800a4010f00ff7f")),
        ]  # fmt: skip
        assert belt.written == [], "whoever only listens writes nothing"

    run_alone(work())


def test_a_device_that_drops_is_said_and_found_again_and_garbage_is_left_out():
    async def work():
        machines = await gym(Treadmill)
        (belt,) = machines
        session, clock = TreadmillSession(NOW, None, (TREADMILL,)), iter(range(10_000))

        def take(kind, data):
            session.take(kind, data, float(next(clock)) / 100)

        async with followed(machines, take) as (radio, _):
            await belt.runs(5.0)
            await until(lambda: session.now().speed_mps == pytest.approx(5 / 3.6, abs=0.01))
            await belt.drop()
            await until(lambda: TREADMILL not in radio.connected)
            assert "Belt 3" in radio.trouble[TREADMILL]
            with pytest.raises(NotFound, match="safety clip"):
                await radio.stop_belt()
            await belt.advertise()
            await until(lambda: TREADMILL in radio.connected)
            assert not radio.trouble
            for garbage in (b"", b"\x08", b"\xff\xff\x01", bytes(3)):
                await belt.say(garbage)
            await belt.runs(6.0)
            await until(lambda: session.now().speed_mps == pytest.approx(6 / 3.6, abs=0.01))
        assert belt.written == []

    run_alone(work())


@pytest.mark.parametrize(
    ("answers", "said"),
    [(1, None), (5, "only who controls it"), (2, "does not stop by radio"), (None, "did not answer")],
)
def test_stop_is_all_that_is_ever_written_and_a_refusal_sends_to_the_clip(monkeypatch, answers, said):
    monkeypatch.setattr(bluetooth, "STOPS_WITHIN_S", 60.0 if answers is not None else 0.05)

    async def work():
        machines = await gym(lambda air: Treadmill(air, answers))
        (belt,) = machines
        async with followed(machines, lambda *_: None) as (radio, _):
            if said is None:
                assert "says that it does" in await radio.stop_belt()
            else:
                with pytest.raises(NotFound, match=said) as refused:
                    await radio.stop_belt()
                assert "safety clip" in str(refused.value)
        assert belt.written == [b"\x08\x01"]

    run_alone(work())


def test_without_an_adapter_there_is_one_clear_sentence():
    from bleak.backends.scanner import BaseBleakScanner
    from bleak.exc import BleakError

    class Silent(BaseBleakScanner):
        def __init__(self, callback, services, mode, **_more):
            super().__init__(callback, services)

        async def start(self):
            raise (FileNotFoundError(2, "No such file") if self.is_missing else BleakError("powered off"))

        async def stop(self):
            return None

    for Silent.is_missing in (True, False):
        with pytest.raises(NotFound, match="^No Bluetooth answers on this machine"):
            run_alone(Radio(Silent).look(60.0))


def test_without_the_extra_there_is_one_clear_sentence(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "bleak", None)
    with pytest.raises(NotFound, match=r"pip install 'backward-running\[live\]'"):
        run_alone(Radio().look(1.0))
