"""What is kept at hand, by all who look at one database in this process. Nothing of it can be of before a change.

An answer is kept under the count of its person's changes, which goes up with each (``Bound``). What was made of a text
or of columns is kept with them, and holds where the database still says the same: so after a change only that is made
anew which changed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Any, TypeVar

from backward_running.core.glance import Answers
from backward_running.core.recording import Recording

T = TypeVar("T")

#: How many recordings are kept at hand with their samples (a run and its neighbours), without (the sessions of months),
#: and of how many people the answers are.
RECENT, HEADS, PEOPLE = 3, 500, 4

#: Whose, and which activity: the same bytes have the same id whoever brings them.
Key = tuple[str, str]


class AtHand:
    """A page asks for the same things several times within a second, and they hardly change."""

    def __init__(self) -> None:
        self._keeping = Lock()
        self._recent: dict[Key, tuple[str, Recording]] = {}
        self._heads: dict[Key, tuple[str, Recording]] = {}
        self._answers: dict[str, tuple[Hashable, Answers]] = {}
        self._made: dict[tuple[str, str], dict[Hashable, Any]] = {}

    def answers(self, athlete_id: str, moment: Hashable) -> Answers:
        """Return the answers of a person at this count of their changes; those of another are let go."""
        with self._keeping:
            kept = self._answers.pop(athlete_id, None)
            if kept is None or kept[0] != moment:
                kept = moment, Answers()
            self._answers = dict([*self._answers.items(), (athlete_id, kept)][-PEOPLE:])
            return kept[1]

    def made(
        self, athlete_id: str, what: str, sources: Sequence[Hashable], make: Callable[[list[Any]], list[T]]
    ) -> list[T]:
        """Return what is made of each of some sources; made anew is only what was not among those of last time."""
        kept = self._made.get((athlete_id, what), {})
        new = list(dict.fromkeys(source for source in sources if source not in kept))
        if new:
            kept = {**kept, **dict(zip(new, make(new), strict=True))}
        made: list[T] = [kept[source] for source in sources]
        if new or len(kept) > len(made):
            with self._keeping:
                of_others = {key: rows for key, rows in self._made.items() if key[0] != athlete_id}
                own = {key: rows for key, rows in self._made.items() if key[0] == athlete_id}
                people = list(dict.fromkeys(key[0] for key in of_others))[-PEOPLE + 1 :]
                self._made = {key: rows for key, rows in of_others.items() if key[0] in people} | own
                self._made[athlete_id, what] = dict(zip(sources, made, strict=True))
        return made

    def recording(self, key: Key, text: str) -> Recording | None:
        """Return a recording that was kept, if the store still says the same of it."""
        return _same(self._recent.get(key), text)

    def keep_recording(self, key: Key, text: str, recording: Recording) -> None:
        """Keep it with what the store says of it; the oldest of more than a few goes."""
        with self._keeping:
            self._recent = dict([*self._recent.items(), (key, (text, recording))][-RECENT:])

    def head(self, key: Key, text: str) -> Recording | None:
        """Return a recording without its streams that was kept, if the store still says the same of it."""
        return _same(self._heads.get(key), text)

    def keep_heads(self, athlete_id: str, heads: Iterable[tuple[str, Recording]]) -> None:
        """Keep recordings without streams, each with its text; the oldest of many go."""
        with self._keeping:
            added = (((athlete_id, head.activity_id), (text, head)) for text, head in heads)
            self._heads = dict([*self._heads.items(), *added][-HEADS:])


def _same(kept: tuple[str, Recording] | None, text: str) -> Recording | None:
    return kept[1] if kept is not None and kept[0] == text else None
