"""What is open to the local network: at which address, for whom, and the parts that its doors share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backward_running.apps.faults import Faults
from backward_running.apps.lan import addresses, authority
from backward_running.apps.lan.deliveries import Deliveries
from backward_running.apps.lan.pairing import Pairing
from backward_running.apps.lan.sensors import SensorDesk
from backward_running.core.ports import Store
from backward_running.core.ports.ground import Regions
from backward_running.core.work import IN_TURN, Workers
from backward_running.flows import days, delivery

if TYPE_CHECKING:
    from backward_running.flows.delivery import Delivered


@dataclass
class LocalNetwork:
    """One laptop in one network."""

    store: Store
    folder: Path  #: of this owner alone: certificate, key, and recordings under way
    address: str
    plain_port: int
    phone_port: int
    clock: Callable[[], datetime]
    workers: Workers = IN_TURN
    regions: Regions | None = None  #: the prepared maps, for the place that was ticked for a session
    pairing: Pairing = field(init=False)
    sensors: SensorDesk = field(init=False)
    deliveries: Deliveries = field(init=False)
    faults: Faults = field(default_factory=Faults)
    _of_others: dict[str, LocalNetwork] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.pairing = Pairing(self.clock)
        self.sensors = SensorDesk(self.now, self.folder)
        self.deliveries = Deliveries(self.folder, self._take, self.clock)

    def of(self, athlete_id: str) -> LocalNetwork:
        """Return the same doors as they are for somebody else of the store. Raises NotFound."""
        if athlete_id == self.store.athlete_id:
            return self
        theirs = self.store.of(athlete_id)  # asked each time: they may have left
        if athlete_id not in self._of_others:
            self._of_others[athlete_id] = other = replace(self, store=theirs)
            other.pairing, other.sensors = self.pairing, self.sensors
        return self._of_others[athlete_id]

    def now(self) -> datetime:
        """Return the time on the runner's own clock."""
        return self.own_clock(self.clock())

    def own_clock(self, at: datetime) -> datetime:
        """Return a moment on the runner's own clock."""
        return days.on_own_clock(self.store, at)

    @property
    def guide_url(self) -> str:
        """Where a phone is led through the certificate."""
        return f"http://{self.address}:{self.plain_port}/"

    @property
    def app_url(self) -> str:
        """Where the app is, once the phone trusts the certificate."""
        return f"https://{self.address}:{self.phone_port}/"

    def names(self, port: int) -> frozenset[str]:
        """Return under which names a door answers."""
        return frozenset(f"{name}:{port}" for name in (self.address, addresses.local_name()))

    def certificate(self) -> authority.Authority:
        """Return what phones are asked to trust. Raises Stopped, StoreError."""
        return authority.authority(self.folder, now=self.clock())

    def _take(self, name: str, packed: bytes) -> Delivered:
        return delivery.take(self.store, name, packed, now=self.now(), workers=self.workers)
