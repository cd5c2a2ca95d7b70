"""What a runner types of a recording: pairs of names, a moment."""

from __future__ import annotations

from datetime import datetime

from backward_running.core.clock import from_wall, in_zone
from backward_running.core.errors import BadValue

#: No recording is older, and none comes from beyond the clocks of the devices.
FIRST_YEAR, LAST_YEAR = 1900, 2200


def pairs_of(text: str, name: str) -> dict[str, str]:
    """Read ``a=b,c=d``.

    >>> pairs_of("acc_x_g=ax, time_ms=t", "columns")
    {'acc_x_g': 'ax', 'time_ms': 't'}
    """
    pairs = {}
    for part in text.replace("\n", ",").split(","):
        ours, equals, theirs = part.partition("=")
        if not part.strip():
            continue
        if not equals or not ours.strip() or not theirs.strip():
            raise BadValue(name, "be pairs such as acc_x_mps2=ax,time_s=t", part.strip())
        pairs[ours.strip()] = theirs.strip()
    return pairs


def moment_of(text: str, zone: str) -> datetime:
    """Read a moment; what names no zone is on the clock of `zone`.

    >>> moment_of("2026-11-20T18:00+01:00", "UTC").isoformat()
    '2026-11-20T18:00:00+01:00'
    >>> moment_of("2026-11-20T18:00", "Asia/Kolkata").isoformat()
    '2026-11-20T18:00:00+05:30'
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as problem:
        raise BadValue("date", "look like 2026-11-20T18:00", text) from problem
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise BadValue("date", f"be of a year from {FIRST_YEAR} to {LAST_YEAR}", text)
    return moment if moment.tzinfo else in_zone(from_wall(moment, zone), zone)
