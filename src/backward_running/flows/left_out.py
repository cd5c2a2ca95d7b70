"""What came along and is no recording: pictures, all-day monitoring, plans. Left out, counted by kind and told once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from backward_running.core.counting import counted
from backward_running.core.errors import BackwardRunningError, NotAnActivity, UnknownFormat, UnnamedColumns
from backward_running.core.ports import ImportEntry

LEFT_OUT = "left_out"
#: A file with one of these endings was meant to be a recording: where its bytes are none, it failed.
_RECORDINGS = (".fit", ".tcx", ".gpx")
_EMPTY = "empty file"
#: So many kinds are named.
_NAMED = 12


@dataclass(slots=True)
class LeftOut:
    """What one import left out."""

    kinds: Counter[str] = field(default_factory=Counter)
    first: tuple[str, str] = ("", "")  #: name and reason of the first, which is told by itself where it is alone

    def take(self, name: str, data: bytes, problem: BackwardRunningError | None = None) -> bool:
        """Count a file that is no recording; say whether it is one to leave out.

        Parameters
        ----------
        name, data : str, bytes
            The file.
        problem : BackwardRunningError, optional
            Why it could not be read.

        Examples
        --------
        >>> left = LeftOut()
        >>> left.take("a.jpg", b"x", UnknownFormat("This looks like a JPEG picture.", kind="JPEG picture"))
        True
        >>> left.take("cut.fit", b"x", UnknownFormat("This looks like bytes of an unknown kind."))
        False
        """
        if not data:
            kind, reason = _EMPTY, "This file is empty."
        elif problem is not None and _is_no_recording(name, problem):
            kind, reason = getattr(problem, "kind", "") or "something else", str(problem)
        else:
            return False
        if not self.kinds:
            self.first = (name, reason)
        self.kinds[kind] += 1
        return True

    def entry(self, now: datetime) -> ImportEntry | None:
        """Return one line for all of it; None where nothing was left out."""
        count = self.kinds.total()
        if count == 0:
            return None
        if count == 1:
            return ImportEntry(now, self.first[0], None, LEFT_OUT, self.first[1])
        return ImportEntry(now, counted(count, "file"), None, LEFT_OUT, f"No recordings: {self.words()}.")

    def words(self) -> str:
        """Say how many of which kind, the most first."""
        named = [f"{number:,} × {kind}" for kind, number in self.kinds.most_common(_NAMED)]
        more = len(self.kinds) - len(named)
        return ", ".join(named) + (f" and {counted(more, 'other kind')}" if more else "")


def _is_no_recording(name: str, problem: BackwardRunningError) -> bool:
    if isinstance(problem, NotAnActivity):
        return True
    foreign = isinstance(problem, UnknownFormat) and not isinstance(problem, UnnamedColumns)
    return foreign and not name.lower().endswith(_RECORDINGS)
