"""What a service elsewhere must do for a flow. Only ``apps`` know how it is reached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol


class PlannedEvents(Protocol):
    """The calendar of planned sessions at a service. Each raises ServiceError where it does not answer or refuses."""

    def events(self, oldest: date, newest: date) -> Sequence[Mapping[str, Any]]:
        """Return the events of some days, whoever made them: with ``id``, and ``external_id`` where they have one."""
        ...

    def upsert(self, events: Sequence[Mapping[str, Any]]) -> None:
        """Put events; one with an ``external_id`` that is there already is replaced, and none is doubled."""
        ...

    def delete(self, ids: Sequence[int]) -> None:
        """Delete events by their ``id``; one that is gone already is no hindrance."""
        ...
