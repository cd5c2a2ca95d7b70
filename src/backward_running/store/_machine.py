"""What the machine says of itself. The only place that asks which time zone it is set to."""

from __future__ import annotations

import os
import warnings
from datetime import UTC, datetime

from backward_running.core.clock import is_zone

_HOUR_S = 3600
_FURTHEST_HOURS = 12


def machine_zone() -> str:
    """Return the IANA name of this machine's time zone; where it has none, the nearest that is a whole hour off UTC.

    The variable TZ comes first, as for every program: it may change while this one runs.
    """
    chosen = os.environ.get("TZ", "").removeprefix(":")
    return chosen if is_zone(chosen) else _set_up() or _by_offset()


def _set_up() -> str | None:
    """Return the zone the machine was set up with; None where TZ says otherwise, or the machine does not tell."""
    if os.environ.get("TZ"):
        return None
    import tzlocal

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # two settings that contradict each other: the first is taken
            name = tzlocal.get_localzone_name()
    except (LookupError, ValueError, OSError):
        return None
    return name if is_zone(name) else None


def _by_offset() -> str:
    """Return a zone without a place, from what the machine's clock shows now."""
    offset = datetime.now(UTC).astimezone().utcoffset()
    hours = 0 if offset is None else round(offset.total_seconds() / _HOUR_S)
    hours = max(-_FURTHEST_HOURS, min(hours, _FURTHEST_HOURS))
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"  # east of Greenwich these names count down
