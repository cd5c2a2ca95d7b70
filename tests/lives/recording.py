"""A recording as a watch would bring it, without its samples: only what planning reads of it."""

from __future__ import annotations

import hashlib
import math
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, datetime, timedelta

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Workout
from backward_running.core.ports import ActivityRow, ImportEntry, NewFile, RibbonPiece
from backward_running.core.recording import RecordedStep, Recording
from backward_running.core.session import Bout, BoutFacts, Session
from backward_running.flows import said_done

FORWARD_S = 1200.0


@dataclass(frozen=True, slots=True)
class Made:
    """What comes in."""

    activity_id: str
    file_key: str
    start: datetime  #: aware, on the clock of the place
    backward_s: float
    longest_bout_s: float
    ran: bool = False
    unknown: bool = False
    followed: Workout | None = None  #: the watch followed it, and says so

    @property
    def lasts(self) -> timedelta:
        """How long it is."""
        return timedelta(seconds=FORWARD_S + self.backward_s)


def take_in(store, made: Made) -> None:
    """Take a recording in, as an import would."""
    recording = _filled(
        Recording, key=made.file_key, started_at=made.start.astimezone(UTC), streams=(), reader="lives",
        reader_version="1", duration_s=FORWARD_S + made.backward_s, utc_offset_s=_offset_s(made.start), sport="running",
        steps=_steps(made.followed), zone=str(made.start.tzinfo),
    )  # fmt: skip
    assert recording.activity_id == made.activity_id
    bouts = _bouts(made)
    session = Session(made.activity_id, tuple(one.bout for one in bouts), bouts, ())
    entry = ImportEntry(made.start, "run.fit", made.file_key, "new", "", (made.activity_id,))
    activities = ((recording, session, _row(made)),)
    store.add_files([NewFile(made.file_key, "run.fit", made.file_key.encode(), activities, entry)])


def key_of(text: str) -> tuple[str, str]:
    """Return the key of a file and the name of its activity."""
    key = hashlib.sha256(text.encode()).hexdigest()
    return key, f"{key[:16]}-0"


def _row(made: Made) -> ActivityRow:
    whole = FORWARD_S + made.backward_s
    back = 0.0 if made.unknown else made.backward_s
    rest = max(0.0, back - made.longest_bout_s)
    way = Direction.UNKNOWN if made.unknown else Direction.BACKWARD
    ribbon = [
        RibbonPiece(FORWARD_S / 2 / whole, Direction.FORWARD),
        RibbonPiece((made.backward_s if made.unknown else made.longest_bout_s) / whole, way),
        RibbonPiece(FORWARD_S / 2 / whole, Direction.FORWARD),
    ]
    if rest > 0:  # in bouts that are no longer than the longest
        count = math.ceil(rest / made.longest_bout_s) if made.longest_bout_s > 0 else 1
        ribbon += [RibbonPiece(rest / count / whole, Direction.BACKWARD)] * count
    return _filled(
        ActivityRow, activity_id=made.activity_id, file_key=made.file_key, started_at=made.start.astimezone(UTC),
        utc_offset_s=_offset_s(made.start), title="Run", file_name="run.fit", sport="running", on_foot=True,
        simulated=False, duration_s=whole, moving_s=whole, distance_m=2.5 * whole,
        forward_s=0.0 if made.unknown else FORWARD_S, backward_s=back, unknown_s=whole if made.unknown else 0.0,
        forward_m=2.5 * FORWARD_S, backward_m=1.2 * back, unknown_m=None, ribbon=tuple(ribbon),
        zone=str(made.start.tzinfo), longest_backward_bout_s=0.0 if made.unknown else made.longest_bout_s,
    )  # fmt: skip


def _bouts(made: Made) -> tuple[BoutFacts, ...]:
    gait = Gait.RUN if made.ran else Gait.WALK
    way, share = (Direction.UNKNOWN, None) if made.unknown else (Direction.BACKWARD, 0.95)
    forward = BoutFacts(Bout(0.0, FORWARD_S, Direction.FORWARD, Gait.RUN, 0.95, "lives"), FORWARD_S, 2.5 * FORWARD_S)
    if made.backward_s <= 0:
        return (forward,)
    end = FORWARD_S + made.backward_s
    return (forward, BoutFacts(Bout(FORWARD_S, end, way, gait, share, "lives"), made.backward_s, 1.2 * made.backward_s))


def _steps(workout: Workout | None) -> tuple[RecordedStep, ...]:
    steps = workout.steps() if workout is not None else ()
    return tuple(
        RecordedStep(nth, one.name, duration_s=one.duration_s, distance_m=one.distance_m)
        for nth, one in enumerate(steps)
    )


def _offset_s(moment: datetime) -> int:
    offset = moment.utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _filled(noun, **values):
    """Make a noun of those values that it has a place for; a newer version may have more of them than this one."""
    known = {field.name for field in fields(noun)}
    needed = {field.name for field in fields(noun) if field.default is MISSING and field.default_factory is MISSING}
    assert needed <= set(values), f"{noun.__name__} needs {needed - set(values)}"
    return noun(**{name: value for name, value in values.items() if name in known})


def say_done(store, start: datetime, back: float, workout: Workout, after_min: int) -> tuple[str, datetime]:
    """Say that a session was done, so many minutes after it was over and on its day; return its name, and when."""
    over = over_at(start, back, workout) + timedelta(minutes=after_min)
    now = over if over.date() == start.date() else start.replace(hour=23, minute=59)
    said = said_done.say_done(store, workout, now=now, on=start.date(), backward_s=back)
    return said_done.word_id(said.workout_id), now


def over_at(start: datetime, back: float, workout: Workout) -> datetime:
    """Return when a session is over that was done without a watch."""
    return start + timedelta(seconds=back + workout.duration_s(Direction.FORWARD))
