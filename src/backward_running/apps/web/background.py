"""What the app does beside answering: it judges anew what does not match any more, one recording after another."""

from __future__ import annotations

from backward_running.apps.web.beside import Beside
from backward_running.core.faulted import told_of
from backward_running.core.ports import LoadFilling, People
from backward_running.flows import anew, people

#: How often it is seen whether something became due, here or by another program on the same store.
LOOKS_EVERY_S = 2.0


class Worker(Beside):
    """One thread that derives anew. It ends between two recordings; what is due then stays due.

    Parameters
    ----------
    store : People
        The memory of somebody of a store: all of its people are caught up, one after the other. It may be used from
        other threads meanwhile.
    looks_every_s : float
        How long to rest when nothing is due.
    """

    def __init__(self, store: People, *, looks_every_s: float = LOOKS_EVERY_S) -> None:
        super().__init__("judging anew", looks_every_s)
        self._store = store

    def round(self) -> None:
        """Catch up."""
        self.attempt(self.catch_up)

    def catch_up(self) -> None:
        """Derive what is due of everybody, until nothing is or the end has come."""
        for memory in people.everybody(self._store):
            self._catch_up(memory)

    def _catch_up(self, store: LoadFilling) -> None:
        for done in anew.derive_anew(store):
            if done.problem is not None:
                why = told_of(done.problem)
                self.say(f"{done.activity_id} cannot be judged anew, and keeps its numbers of before: {why}")
            if self.ends.is_set():
                return
