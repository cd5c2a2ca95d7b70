"""What the app does beside answering, one recording after another.

It judges anew what does not match any more, and looks into runs of which pages want to know more than rows say.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from backward_running.apps.web.beside import Beside
from backward_running.core.ports import Judging
from backward_running.flows import anew

#: How often it is seen whether something became due, here or by another program on the same store.
LOOKS_EVERY_S = 2.0
#: How long it looks into runs before it sees again whether something is due, and how long it rests after each.
LOOKS_FOR_S, RESTS_S = 5.0, 0.02


class Worker(Beside):
    """One thread that derives anew. It ends between two recordings; what is due then stays due.

    Parameters
    ----------
    store : Judging
        The memory; it may be used from other threads meanwhile.
    looks_every_s : float
        How long to rest when nothing is due.
    look : callable, optional
        Looks into runs, one at each step; it is left when something is due.
    """

    def __init__(
        self, store: Judging, *, looks_every_s: float = LOOKS_EVERY_S, look: Callable[[], Iterable[object]] = tuple
    ) -> None:
        super().__init__("judging anew", looks_every_s)
        self._store = store
        self._look = look

    def round(self) -> None:
        """Catch up, then look into runs."""
        self.attempt(self.catch_up)
        self.attempt(self.look_into)

    def catch_up(self) -> None:
        """Derive what is due, until nothing is or the end has come."""
        for done in anew.derive_anew(self._store):
            if done.problem is not None:
                self.say(f"{done.activity_id} cannot be judged anew, and keeps its numbers of before: {done.problem}")
            if self.ends.is_set():
                return

    def look_into(self) -> None:
        """Look into runs, with a rest after each that leaves the pages their time; judging anew comes first."""
        ends = time.monotonic() + LOOKS_FOR_S
        for _ in self._look():
            if self.ends.wait(RESTS_S) or time.monotonic() > ends:
                return
