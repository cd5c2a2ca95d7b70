"""A request that is not answered, with the sentence that says why."""

from __future__ import annotations

from backward_running.core.errors import BackwardRunningError


class Refused(BackwardRunningError):
    """A request that does not come from a page of this app, or asks for more than it may. Nothing was changed."""

    def __init__(self, message: str, status: int = 403) -> None:
        self.status = status
        super().__init__(message)


class Closed(Refused):
    """A request of somebody who did not bring the key."""

    def __init__(self) -> None:
        super().__init__(
            "Only who started Backward may look in: open the address that `backward serve` printed, or type "
            "`backward open` in a terminal."
        )


class Turned(Refused):
    """A page of somebody else than this browser shows by now asks for a part of itself."""

    def __init__(self) -> None:
        super().__init__("This browser shows somebody else by now; reload the page.", 409)
