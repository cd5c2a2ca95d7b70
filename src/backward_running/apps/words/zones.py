"""What said in which time zone a run was, in words."""

from __future__ import annotations

from collections.abc import Mapping

from backward_running.core.clock import ZoneFrom
from backward_running.core.ports import ActivityRow

_WORDS: Mapping[ZoneFrom, str] = {
    ZoneFrom.RUNNER: "by your word",
    ZoneFrom.FILE: "from the file",
    ZoneFrom.POSITION: "from where it began",
    ZoneFrom.PROFILE: "your own zone",
    ZoneFrom.MACHINE: "the zone of this machine, since nothing else says it",
}


def zone_from_words(row: ActivityRow) -> str:
    """Say what said in which time zone a run was."""
    return _WORDS[row.zone_from]
