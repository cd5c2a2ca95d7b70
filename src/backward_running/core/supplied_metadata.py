"""What a runner tells of a recording that its file does not say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from backward_running.core.errors import BadValue
from backward_running.core.mounting import OF_THE_BODY, Axes, axes_of

#: Where a sensor may sit, as a stream names it.
PLACES = (
    "foot_left", "foot_right", "foot", "shank_left", "shank_right", "shank", "thigh_left", "thigh_right", "thigh",
    "waist", "chest", "wrist", "unknown",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SuppliedMetadata:
    """The runner's word on a recording, kept beside what the device wrote and never mixed into it. None: not said.

    Raises
    ------
    BadValue
        There is no such place, or the start carries no time zone.

    Examples
    --------
    >>> SuppliedMetadata(place="waist", mount_known=True).of_sensors, SuppliedMetadata(sport="running").of_sensors
    (True, False)
    """

    place: str | None = None  #: where the sensor sat; one of PLACES
    mount_known: bool | None = None  #: whether its axes are x right, y forward, z up of the body part
    columns: Mapping[str, str] | None = None  #: of a table: our name → its own
    units: Mapping[str, str] | None = None  #: of a table: "acc", "gyr", "mag" or "time" → unit
    rate_hz: float | None = None  #: of a table without a time
    started_at: datetime | None = None  #: aware; where the file does not say
    sport: str | None = None  #: "running", "walking", … where the file does not say
    corrected_sport: str | None = None  #: what it was, by its runner: above what the file says
    axes: Axes | None = None  #: where the sensor's x, y, z point on the body part; its mounting is known by that

    def __post_init__(self) -> None:
        if self.place is not None and self.place not in PLACES:
            raise BadValue("place", f"be one of {', '.join(PLACES)}", self.place)
        if self.started_at is not None and self.started_at.tzinfo is None:
            raise BadValue("date", "carry a time zone", self.started_at.isoformat())
        if self.axes is not None:
            if len(self.axes) != 3:
                raise BadValue("mount", "say where three axes point", ", ".join(map(str, self.axes)))
            axes_of(dict(zip("xyz", self.axes, strict=True)))
            if self.mount_known is False:
                raise BadValue("mount", "be unknown, or say where the axes point", "both", "Say one of the two.")

    @property
    def of_sensors(self) -> bool:
        """Whether it says anything of where a sensor sat and how."""
        return self.place is not None or self.mount_known is not None or self.axes is not None

    @property
    def claims_mount(self) -> bool:
        """Whether it says how the sensor sat: what gravity may contradict."""
        return bool(self.mount_known) or self.axes is not None

    @property
    def axes_on_body(self) -> Axes | None:
        """Where the sensor's axes point; None where that is not known."""
        return self.axes or (OF_THE_BODY if self.mount_known else None)

    @property
    def says_anything(self) -> bool:
        """Whether anything was said at all."""
        return self != NOTHING_SUPPLIED


NOTHING_SUPPLIED = SuppliedMetadata()
