"""What can be true of no recording, whatever its file: refused before the first file is read."""

from __future__ import annotations

from datetime import datetime

from backward_running import formats
from backward_running.core.athlete import Athlete
from backward_running.core.errors import BadValue
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.flows.reading import with_units


def check_metadata(told: SuppliedMetadata, *, now: datetime | None = None, athlete: Athlete | None = None) -> None:
    """Check what a runner tells of a recording.

    Raises
    ------
    BadValue
        A run in the future or before its runner was born, a rate or unit that no sensor has.
    """
    units = told.units or {}
    with_units({}, units)  # is there such a sensor
    formats.check_stated(units, told.rate_hz)  # the columns belong to a table: it waits until they fit
    began = told.started_at
    if began is not None and now is not None and began > now:
        raise BadValue("date", "not lie in the future", f"{began:%Y-%m-%d %H:%M}", "Say when the run began.")
    born = athlete.birth_year if athlete is not None else None
    if began is not None and born is not None and began.year < born:
        raise BadValue("date", f"not lie before you were born ({born})", f"{began:%Y-%m-%d %H:%M}")
