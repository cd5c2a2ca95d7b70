"""The summaries of activities in the export of a Garmin account: names, and when each began.

The files beside them bear numbers of the upload and not of the activity, so the start is what they are known by.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from backward_running.core.errors import UnreadableFile
from backward_running.formats.base import Catalogue, Described

_KEY = "summarizedActivitiesExport"
#: The names under which it says when an activity began, in milliseconds since 1970, universal time.
_STARTS = ("beginTimestamp", "startTimeGmt", "startTimeGMT")
#: What a watch could have recorded; another number is not one of milliseconds.
_FIRST_MS, _LAST_MS = 946_684_800_000, 4_102_444_800_000


def _looks_like(data: bytes) -> bool:
    return data[:1] in (b"[", b"{") and _KEY.encode() in data[:500]


def _read(data: bytes) -> tuple[Described, ...]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile("The summaries of activities are damaged; export the account again.") from error
    return tuple(_described(summary) for summary in _summaries(content))


def _summaries(content: object) -> Iterator[Mapping[str, object]]:
    for part in content if isinstance(content, list) else [content]:
        found = part.get(_KEY) if isinstance(part, dict) else None
        yield from (summary for summary in found or () if isinstance(summary, dict)) if isinstance(found, list) else ()


def _described(summary: Mapping[str, object]) -> Described:
    starts = (summary.get(name) for name in _STARTS)
    return Described(
        started_at=next((at for at in map(_moment, starts) if at is not None), None),
        title=_text(summary.get("name")),
        note=_text(summary.get("description")),
    )


def _moment(value: object) -> datetime | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not _FIRST_MS <= float(str(value)) <= _LAST_MS:
        return None
    return datetime.fromtimestamp(float(str(value)) / 1000.0, UTC)


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


CATALOGUE = Catalogue("garmin_account", "Garmin account, summaries of activities", _looks_like, _read)
