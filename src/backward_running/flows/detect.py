"""Judge one file without keeping it: its bouts, and second by second what the person did."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from backward_running import formats, gait, signals
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BackwardRunningError, BadValue, UnnamedColumns
from backward_running.core.habits import Habits
from backward_running.core.recording import Recording
from backward_running.core.session import Bout, BoutFacts
from backward_running.core.supplied_metadata import NOTHING_SUPPLIED, SuppliedMetadata
from backward_running.flows.mounting import contradiction
from backward_running.flows.reading import read_as_told
from backward_running.flows.why import why_unknown
from backward_running.flows.why_mounting import only_claimed
from backward_running.formats.csv_table import write_table

ROW_HEADER = ("time_s", "state", "probability_share", "found_by", "hint", "hint_probability_share")


@dataclass(frozen=True, slots=True)
class Row:
    """One second."""

    time_s: float
    state: str  #: "backward_run", "forward", "still", "unknown", …
    probability_share: float | None
    found_by: str
    hint: str | None
    hint_probability_share: float | None


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found in one recording of a file. Without bouts nothing could be read at all."""

    name: str
    bouts: tuple[BoutFacts, ...]
    unknown_because: str | None  #: why something is unknown, in one sentence; None where all is answered
    losses: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  #: of a table of which nobody said what they are
    only_claimed: str | None = None  #: that directions rest on a mounting which nothing bears out

    def rows(self) -> Iterator[Row]:
        """Yield one row per second, as it is in its middle."""
        at, last = 0, len(self.bouts) - 1
        for second in range(math.ceil(self.bouts[-1].bout.end_s) if self.bouts else 0):
            while at < last and self.bouts[at].bout.end_s <= second + 0.5:
                at += 1
            yield _row(float(second), self.bouts[at].bout)


def detect(
    name: str,
    data: bytes,
    told: SuppliedMetadata = NOTHING_SUPPLIED,
    *,
    laps: str | None = None,
    habits: Habits | None = None,
) -> tuple[Detected, ...]:
    """Judge every recording in a file or archive.

    Parameters
    ----------
    name : str
        Of the file, for the answer.
    data : bytes
        Its content.
    told : SuppliedMetadata
        Place and mounting of the sensor, the columns of a table, and what else the file does not say.
    laps : str, optional
        Pattern of the laps: ``odd-backward`` (:func:`gait.with_stated_laps`).
    habits : Habits, optional
        Of the person who runs.

    Returns
    -------
    tuple of Detected
        At least one. What cannot be read or judged has an ``unknown_because`` and no bouts: never an error.

    Raises
    ------
    BadValue
        What was told cannot be: a unit, a column or a pattern that does not exist, a mounting against gravity.
    """
    try:
        found = list(_recordings(name, data, told))
    except BadValue:
        raise
    except UnnamedColumns as problem:
        return (Detected(name, (), str(problem), columns=problem.columns),)
    except BackwardRunningError as problem:
        return (Detected(name, (), str(problem)),)
    return tuple(judged(inner, recording, laps=laps, habits=habits) for inner, recording in found) or (
        Detected(name, (), "There is no recording in it."),
    )


def rows_csv(detected: Iterable[Detected]) -> bytes:
    """Return the seconds of all recordings as CSV."""
    return write_table(
        ROW_HEADER,
        (
            (row.time_s, row.state, row.probability_share, row.found_by, row.hint, row.hint_probability_share)
            for recording in detected
            for row in recording.rows()
        ),
    )


def recordings(name: str, data: bytes, told: SuppliedMetadata = NOTHING_SUPPLIED) -> tuple[Recording, ...]:
    """Read every recording in a file or archive, its sensors where they were told to sit.

    Raises
    ------
    BackwardRunningError
        It cannot be read; or what was told cannot be.
    """
    return tuple(recording for _, recording in _recordings(name, data, told))


def _recordings(name: str, data: bytes, told: SuppliedMetadata) -> Iterator[tuple[str, Recording]]:
    for inner_name, inner in formats.unwrap(name, data):
        for recording in read_as_told(inner, told):
            worn = recording.worn_as_told()
            problem = contradiction(worn) if told.claims_mount else None
            if problem is not None:
                raise problem
            yield inner_name, worn


def judged(name: str, recording: Recording, *, laps: str | None = None, habits: Habits | None = None) -> Detected:
    """Judge one recording; what cannot be judged says why."""
    try:
        seen = recording if laps is None else gait.with_stated_laps(recording, laps)
        working = signals.working_stream(seen)
        bouts = gait.find_bouts(seen, working, habits)
        facts = gait.measure(seen, working, bouts)
    except BadValue:
        raise
    except BackwardRunningError as problem:
        return Detected(name, (), str(problem), recording.losses)
    doubt = only_claimed(seen, bouts)
    return Detected(name, facts, why_unknown(seen, bouts), recording.losses, only_claimed=doubt)


def _row(time_s: float, bout: Bout) -> Row:
    hint = bout.hint
    return Row(
        time_s,
        state_of(bout.direction, bout.gait),
        bout.probability_share,
        bout.found_by,
        hint.direction.value if hint else None,
        hint.probability_share if hint else None,
    )


def state_of(direction: Direction, gait_found: Gait | None) -> str:
    """Name a state as the rows do.

    >>> state_of(Direction.BACKWARD, Gait.RUN), state_of(Direction.STILL, None)
    ('backward_run', 'still')
    """
    return direction.value if gait_found is None else f"{direction.value}_{gait_found.value}"
