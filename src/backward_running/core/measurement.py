"""What somebody measured of themselves and typed: a weight, a test, how much they liked it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime

from backward_running.core.errors import BadValue

_KIND = re.compile(r"[a-z0-9][a-z0-9_]*(:[a-z0-9_]+)?")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One reading of one kind, in the unit of its kind."""

    measurement_id: str
    kind: str  #: key of what was measured: "weight", "backward_walk_3m"; of pain with its site: "pain:knee"
    measured_at: datetime
    value: float  #: in SI, or on the scale of its kind
    note: str | None = None  #: in the runner's words: another scale, after a meal

    def __post_init__(self) -> None:
        if not _KIND.fullmatch(self.kind):
            raise BadValue("kind", "be a key such as weight", self.kind)
        if self.measured_at.tzinfo is None:
            raise BadValue("measured_at", "carry a time zone", self.measured_at.isoformat())
        if not math.isfinite(self.value):
            raise BadValue("value", "be a number", self.value)
