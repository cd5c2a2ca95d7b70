"""A gym without an adapter: Bumble plays treadmill, strap and foot pod, and bleak speaks to them in the same process."""

from __future__ import annotations

import asyncio
import struct

from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.client import BaseBleakClient
from bleak.backends.scanner import AdvertisementData, BaseBleakScanner
from bleak.backends.service import BleakGATTService, BleakGATTServiceCollection
from bleak.exc import BleakError
from bumble.controller import Controller
from bumble.core import UUID, AdvertisingData, ProtocolError
from bumble.device import Device, Peer
from bumble.gatt import Characteristic, CharacteristicValue, Service
from bumble.hci import Address
from bumble.host import Host
from bumble.link import LocalLink
from bumble.transport.common import AsyncPipeSink

FTMS, HEART, RSC = UUID.from_16_bits(0x1826), UUID.from_16_bits(0x180D), UUID.from_16_bits(0x1814)
CONTROL = UUID.from_16_bits(0x2AD9)
NOTIFY, WRITE, INDICATE = (
    Characteristic.Properties.NOTIFY,
    Characteristic.Properties.WRITE,
    Characteristic.Properties.INDICATE,
)


def long_uuid(short: UUID) -> str:
    return f"0000{short.to_bytes()[::-1].hex()}-0000-1000-8000-00805f9b34fb"


class Air:
    """One link, on which a laptop and the machines of a gym meet."""

    def __init__(self):
        self.link = LocalLink()
        self.laptop = None
        self._many = 0

    def device(self, name):
        self._many += 1
        address = ":".join([f"F{self._many}"] * 6)
        controller = Controller(name, link=self.link, public_address=address)
        return Device(name=name, address=Address(address), host=Host(controller, AsyncPipeSink(controller)))

    async def open(self):
        self.laptop = self.device("laptop")
        await self.laptop.power_on()
        air = self

        class Scanner(BaseBleakScanner):
            """Bleak's scanner over Bumble."""

            def __init__(self, detection_callback, service_uuids, scanning_mode, **_more):
                super().__init__(detection_callback, service_uuids)

            async def start(self):
                air.laptop.on("advertisement", self._heard)
                await air.laptop.start_scanning(legacy=True)

            async def stop(self):
                air.laptop.remove_listener("advertisement", self._heard)
                await air.laptop.stop_scanning(legacy=True)

            def _heard(self, told):
                name = told.data.get(AdvertisingData.Type.COMPLETE_LOCAL_NAME)
                raw = told.data.get(AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS, raw=True) or b""
                services = [long_uuid(UUID.from_bytes(raw[k : k + 2])) for k in range(0, len(raw) - 1, 2)]
                address = str(told.address)
                data = AdvertisementData(name, {}, {}, services, None, -50, ())
                device = self.create_or_update_device(address, address, name, told.address, data)
                if self.is_allowed_uuid(services):
                    self.call_detection_callbacks(device, data)

        class Client(BaseBleakClient):
            """Bleak's client over Bumble."""

            def __init__(self, device, **more):
                super().__init__(device, **more)
                self._address, self._connection, self._peer = device.details, None, None

            mtu_size = 23
            name = "over Bumble"

            @property
            def is_connected(self):
                return self._connection is not None

            async def connect(self, pair, **_more):
                try:
                    self._connection = await air.laptop.connect(self._address, timeout=self._timeout)
                except Exception as problem:
                    raise BleakError(f"no answer ({type(problem).__name__})") from problem
                self._connection.once("disconnection", self._gone)
                self._peer = Peer(self._connection)
                found = BleakGATTServiceCollection()
                await self._peer.discover_services()
                for service in self._peer.services:
                    await service.discover_characteristics()
                    of = BleakGATTService(service, service.handle, long_uuid(service.uuid))
                    found.add_service(of)
                    for each in service.characteristics:
                        found.add_characteristic(
                            BleakGATTCharacteristic(each, each.handle, long_uuid(each.uuid), [], lambda: 20, of)
                        )
                self.services = found

            def _gone(self, _reason):
                self._connection = None
                if self._disconnected_callback:
                    self._disconnected_callback()

            async def disconnect(self):
                if self._connection is not None:
                    await self._connection.disconnect()

            async def start_notify(self, characteristic, callback, **_more):
                proxy = characteristic.obj
                notifies = bool(proxy.properties & NOTIFY)
                await proxy.subscribe(lambda value: callback(bytearray(value)), prefer_notify=notifies)

            async def write_gatt_char(self, characteristic, data, response):
                try:
                    await characteristic.obj.write_value(bytes(data), with_response=response)
                except ProtocolError as problem:
                    raise BleakError("the write was refused") from problem

            async def pair(self, *_told):
                raise AssertionError("nothing is paired")

            async def unpair(self):
                raise AssertionError("nothing is paired")

            async def read_gatt_char(self, *_told, **_more):
                raise AssertionError("nothing is read")

            async def read_gatt_descriptor(self, *_told, **_more):
                raise AssertionError("nothing is read")

            async def write_gatt_descriptor(self, *_told):
                raise AssertionError("no descriptor is written")

            async def stop_notify(self, *_told):
                return None

        return Scanner, Client


class Machine:
    """Something that advertises a service and notifies."""

    def __init__(self, air, name, service, short, extra=()):
        self.device = air.device(name)
        self.says = Characteristic(UUID.from_16_bits(short), NOTIFY, Characteristic.Permissions(0), b"")
        self.device.add_service(Service(service, [self.says, *extra]))
        self._told = bytes(
            AdvertisingData([
                (AdvertisingData.Type.COMPLETE_LOCAL_NAME, name.encode()),
                (AdvertisingData.Type.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS, service.to_bytes()),
            ])
        )  # fmt: skip
        self.connections = []
        self.device.on("connection", self.connections.append)

    async def switch_on(self):
        await self.device.power_on()
        await self.advertise()
        return self

    async def advertise(self):
        await self.device.start_advertising(advertising_data=self._told, advertising_interval_min=20.0)

    async def say(self, data):
        await self.device.notify_subscribers(self.says, data, force=True)

    async def drop(self):
        await self.connections[-1].disconnect()
        self.connections.clear()


class Treadmill(Machine):
    """A belt. It keeps everything that was ever written to its control point."""

    def __init__(self, air, answers=1):
        self.written, self.answers = [], answers
        self.control = Characteristic(
            CONTROL, WRITE | INDICATE, Characteristic.WRITEABLE, CharacteristicValue(write=self._write)
        )
        super().__init__(air, "Belt 3", FTMS, 0x2ACD, (self.control,))

    def _write(self, _connection, value):
        self.written.append(bytes(value))
        if self.answers is not None:
            answer = bytes((0x80, value[0], self.answers))
            self._answering = asyncio.ensure_future(self.device.indicate_subscribers(self.control, answer, force=True))

    async def runs(self, kmh, grade_percent=0.0):
        await self.say(struct.pack("<HHhh", 0x0008, round(kmh * 100), round(grade_percent * 10), 0x7FFF))


def strap(air):
    return Machine(air, "Strap", HEART, 0x2A37)


def pod(air):
    return Machine(air, "Pod", RSC, 0x2A53)
