"""Where on the globe a recording begins → the time zone there. Offline: the borders come with the program."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from backward_running.core.clock import is_zone
from backward_running.core.recording import Recording

#: A runner begins at few places; looking one up among all borders takes milliseconds.
_PLACES = 4096


@lru_cache(_PLACES)
def zone_at(latitude_deg: float, longitude_deg: float) -> str | None:
    """Return the IANA name of the zone at a position; None where this machine does not know its rules.

    Borders are simplified: within about a kilometre of one the neighbour's zone may come out.

    >>> zone_at(40.78, -73.97), zone_at(28.6, 77.2), zone_at(-36.85, 174.76), zone_at(47.56, -52.71)
    ('America/New_York', 'Asia/Kolkata', 'Pacific/Auckland', 'America/St_Johns')
    """
    import tzfpy

    name: str = tzfpy.get_tz(longitude_deg, latitude_deg)
    return name if is_zone(name) else None


def zone_of(recording: Recording) -> str | None:
    """Return the zone of the first position of a recording; None where it has none."""
    stream = recording.stream_with("latitude_deg", "longitude_deg")
    if stream is None:
        return None
    latitude, longitude = stream.columns["latitude_deg"], stream.columns["longitude_deg"]
    both = np.flatnonzero(np.isfinite(latitude) & np.isfinite(longitude))
    return zone_at(float(latitude[both[0]]), float(longitude[both[0]])) if len(both) else None
