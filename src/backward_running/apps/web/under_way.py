"""What the app is importing now, and what came of the last import: it goes on when its page is left.

Files that a page sends one after the other are one import, as long as the next begins soon after the last. The log in
the store has every line for good; here is how far it is, and a hold and a stop for what is under way.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from backward_running.core.ports import ImportEntry

#: What comes so soon after the last file is of the same import.
_SOON_S = 20.0
#: So many lines are kept to be shown; the log has all.
_LINES = 400


@dataclass(slots=True)
class UnderWay:
    """One import: what came so far, and whether it goes on."""

    began_s: float
    clock: Callable[[], float]
    at_hand: dict[int, tuple[str, float | None]] = field(default_factory=dict)  #: name, and the share that is done
    counts: Counter[str] = field(default_factory=Counter)
    entries: deque[ImportEntry] = field(default_factory=lambda: deque(maxlen=_LINES))
    is_stopped: bool = False
    ended_s: float | None = None
    held_s: float = 0.0
    _held_since_s: float | None = None
    _go: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._go.set()

    @property
    def is_going(self) -> bool:
        """Whether a file is at hand."""
        return bool(self.at_hand)

    @property
    def is_held(self) -> bool:
        """Whether it waits for a word to go on."""
        return self._held_since_s is not None

    def hold(self) -> None:
        """Wait before the next file."""
        if self._held_since_s is None:
            self._held_since_s = self.clock()
            self._go.clear()

    def go_on(self) -> None:
        """Wait no longer."""
        if self._held_since_s is not None:
            self.held_s += self.clock() - self._held_since_s
            self._held_since_s = None
            self._go.set()

    def stop(self) -> None:
        """End before the next file; what is here stays."""
        self.is_stopped = True
        self.go_on()

    def came(self, entry: ImportEntry, key: int, share: float | None) -> None:
        """Note what came of a file."""
        self.counts[entry.status] += 1
        self.entries.appendleft(entry)
        self.at_hand[key] = self.at_hand[key][0], share

    def goes_on(self) -> bool:
        """Say, after a hold, whether the next file may begin."""
        self._go.wait()
        return not self.is_stopped

    @property
    def went_s(self) -> float:
        """Return for how long it went, without what it was held."""
        until_s = self.clock() if self.ended_s is None else self.ended_s
        waits_s = 0.0 if self._held_since_s is None else self.clock() - self._held_since_s
        return max(0.0, until_s - self.began_s - self.held_s - waits_s)

    def left_s(self) -> float | None:
        """Return how long the file at hand still takes; None where that cannot be told."""
        shares = [share for _, share in self.at_hand.values() if share]
        return self.went_s * (1 - shares[0]) / shares[0] if len(shares) == 1 and 0.02 < shares[0] < 1 else None


class Imports:
    """The imports of each store that the app has open.

    Parameters
    ----------
    clock : callable
        Returns seconds that only rise.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._of: dict[int, UnderWay] = {}
        self._guard = threading.Lock()

    def of(self, store: object) -> UnderWay | None:
        """Return the import that is under way, or the last one; None where nothing was imported since the start."""
        return self._of.get(id(store))

    @contextmanager
    def files(self, store: object) -> Iterator[tuple[UnderWay, int]]:
        """Take files to hand: of the import that is under way, or the first of a new one."""
        with self._guard:
            found, now_s = self._of.get(id(store)), self._clock()
            if found is None or not (found.is_going or self._goes_on(found, now_s)):
                found = self._of[id(store)] = UnderWay(now_s, self._clock)
            key = max(found.at_hand, default=0) + 1
            found.at_hand[key] = "", None
            found.ended_s = None
        try:
            yield found, key
        finally:
            with self._guard:
                del found.at_hand[key]
                if not found.at_hand:
                    found.ended_s = self._clock()
                    found.go_on()

    @staticmethod
    def _goes_on(found: UnderWay, now_s: float) -> bool:
        return not found.is_stopped and found.ended_s is not None and now_s - found.ended_s < _SOON_S
