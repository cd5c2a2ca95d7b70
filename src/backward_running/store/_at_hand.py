"""Recordings kept at hand, by all who look at one database in this process."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from backward_running.core.load import LoadRow
from backward_running.core.recording import Recording

#: How many recordings are kept at hand (a run and its neighbours), and without their streams (the sessions of months).
RECENT, HEADS = 3, 500

#: Whose, and which activity: the same bytes have the same id whoever brings them.
Key = tuple[str, str]


class AtHand:
    """A page asks for the same recording several times within a second, and recordings hardly change."""

    def __init__(self) -> None:
        self._keeping = Lock()
        self._recent: dict[Key, tuple[str, Recording]] = {}
        self._loads: tuple[str, int, tuple[LoadRow, ...]] | None = None
        self._heads: dict[Key, Recording] = {}  # what is read never changes: the id is the hash of the file

    def recording(self, key: Key, text: str) -> Recording | None:
        """Return a recording that was kept, if the store still says the same of it."""
        kept = self._recent.get(key)
        return kept[1] if kept is not None and kept[0] == text else None

    def keep_recording(self, key: Key, text: str, recording: Recording) -> None:
        """Keep it with what the store says of it; the oldest of more than a few goes."""
        with self._keeping:
            self._recent = dict([*self._recent.items(), (key, (text, recording))][-RECENT:])

    def heads(self, athlete_id: str, activity_ids: Iterable[str]) -> dict[str, Recording]:
        """Return those recordings without streams that were kept, by activity."""
        kept = self._heads
        return {
            activity_id: head
            for activity_id in activity_ids
            if (head := kept.get((athlete_id, activity_id))) is not None
        }

    def keep_heads(self, athlete_id: str, heads: Iterable[Recording]) -> None:
        """Keep recordings without streams; the oldest of many go."""
        with self._keeping:
            added = (((athlete_id, head.activity_id), head) for head in heads)
            self._heads = dict([*self._heads.items(), *added][-HEADS:])

    def load_rows(self, athlete_id: str, revision: int) -> tuple[LoadRow, ...] | None:
        """Return what activities loaded, if it was kept at this count of the person's changes."""
        kept = self._loads
        return kept[2] if kept is not None and kept[:2] == (athlete_id, revision) else None

    def keep_load_rows(self, athlete_id: str, revision: int, rows: tuple[LoadRow, ...]) -> None:
        """Keep them for the next page of this person; those of one person are kept, for ten years of them are large."""
        self._loads = (athlete_id, revision, rows)

    def forget_head(self, key: Key) -> None:
        """Forget one of which something else is told now."""
        with self._keeping:
            self._heads.pop(key, None)
