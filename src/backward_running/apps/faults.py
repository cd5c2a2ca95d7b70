"""What the log says of a fault: which route, what kind of error and where in our own code; never what was in it.

The text of an error may hold a place, a name or a line of somebody's file, and an address may hold a secret. So
neither is written down: a route is named by its template, and frames by file and line.
"""

from __future__ import annotations

import logging
from collections import Counter

from starlette.requests import Request

from backward_running.core.faulted import told_of

LOG = logging.getLogger("backward_running.web")


class Faults:
    """Writes faults down; of the same one again only the 1st, the 10th, the 100th time."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def note(self, request: Request, error: BaseException) -> None:
        """Write one line."""
        line = f"{request.method} {route_of(request)}: {told_of(error)}"
        self._seen[line] += 1
        times = self._seen[line]
        if str(times).strip("0") == "1":
            LOG.error("fault while answering %s%s", line, f" ({times} times)" if times > 1 else "")


def route_of(request: Request) -> str:
    """Name a route by its template: what stands in its place in an address is somebody's."""
    route = request.scope.get("route")
    return str(getattr(route, "path", "an address that is none of ours"))
