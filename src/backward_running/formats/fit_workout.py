"""Write a workout as a FIT file for a watch: steps with names, cues and speed ranges, repeats as real repeats."""

from __future__ import annotations

import math
import zlib
from datetime import UTC, datetime, time

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.names import NAMES
from backward_running.core.plan import Part, Repeat, Step, Workout
from backward_running.formats._fit import profile
from backward_running.formats._fit.encode import Told, Writer, ascii_text, fit_seconds, padded

_NAME_LETTERS, _NOTE_LETTERS = 15, 200
_NAME_BYTES = _NAME_LETTERS + 1
_RUNNING = 1
_INTENSITY = {Part.WORK: 0, Part.WARM_UP: 2, Part.COOL_DOWN: 3, Part.RECOVERY: 4}
#: FIT writes beats per minute with 100 added, to tell them from percents of the maximum.
_BEATS_OFFSET = 100
#: A range needs a lower end. Where a step only has a cap, it is so low that the watch never says "faster".
_NO_LOWER_END_MPS = 0.1
#: What watches with the least room take in one workout.
_MOST_STEPS = 50

#: What a step looks like when nothing is set: field → (type, value).
_BLANK: dict[int, tuple[int, int | None]] = {
    1: (profile.ENUM, None),  # what ends it
    2: (profile.UINT32, None),  # after how much
    3: (profile.ENUM, profile.AIMS_OPEN),
    4: (profile.UINT32, 0),
    5: (profile.UINT32, None),  # lower and upper end of the aim
    6: (profile.UINT32, None),
    7: (profile.ENUM, None),  # intensity
    19: (profile.ENUM, None),  # a second aim
    20: (profile.UINT32, None),
    21: (profile.UINT32, None),
    22: (profile.UINT32, None),
}


def write_workout(workout: Workout, *, flat: bool = False) -> bytes:
    """Write a workout as a FIT file that a watch can guide through.

    Parameters
    ----------
    workout : Workout
        Names longer than 15 letters are cut, and letters outside ASCII are replaced: older watches show no others.
    flat : bool
        Write every repetition out, its number in the name ("BACK WALK 1/6"). The steps of a group cannot have numbers:
        a watch has them once, and counts the rounds itself. Groups stay where more than 50 steps would come out.

    Returns
    -------
    bytes
        The file. The same workout gives the same bytes; its date of creation is the day of the workout.

    Raises
    ------
    BadValue
        There is no step, a repeat has no steps or is done less than once, or a step has a duration and a distance.

    Notes
    -----
    A group done several times becomes its steps followed by FIT's "repeat until steps complete". A cap on speed is a
    speed range in mm/s; a heart-rate ceiling is a second aim beside it, or the only one. A walked step has no range
    unless its programme asks for a lower end too: its cap stands in the note (see :func:`_speed_range`).
    """
    rows = _rows(workout, flat=flat)
    writer = Writer()
    writer.message(
        profile.FILE_ID,
        [
            Told(0, profile.ENUM, profile.WORKOUT_FILE),
            Told(1, profile.UINT16, profile.DEVELOPMENT),
            Told(2, profile.UINT16, 0),
            Told(3, profile.UINT32Z, zlib.crc32(workout.workout_id.encode()) or 1),
            Told(4, profile.UINT32, fit_seconds(datetime.combine(workout.on, time(), UTC))),
        ],
    )
    writer.message(
        profile.WORKOUT,
        [
            Told(4, profile.ENUM, _RUNNING),
            Told(6, profile.UINT16, len(rows)),
            Told(8, profile.STRING, padded(ascii_text(workout.title, _NAME_LETTERS), _NAME_BYTES)),
        ],
    )
    notes_bytes = 1 + max(len(ascii_text(note or "", _NOTE_LETTERS)) for _, note, _ in rows)
    for index, (name, note, told) in enumerate(rows):
        fields = [Told(profile.MESSAGE_INDEX, profile.UINT16, index)]
        fields.append(Told(0, profile.STRING, padded(ascii_text(name, _NAME_LETTERS), _NAME_BYTES)))
        fields += [Told(number, kind, told.get(number, value)) for number, (kind, value) in _BLANK.items()]
        fields.append(Told(8, profile.STRING, padded(ascii_text(note or "", _NOTE_LETTERS), notes_bytes)))
        writer.message(profile.WORKOUT_STEP, fields)
    return writer.file()


_Row = tuple[str, str | None, dict[int, int]]


def _rows(workout: Workout, *, flat: bool) -> list[_Row]:
    """Return name, cue and fields of each step as FIT counts them: a repeat is a step of its own, behind its group."""
    flat = flat and sum(1 for _ in workout.steps()) <= _MOST_STEPS
    rows: list[_Row] = []
    for piece in workout.pieces:
        if isinstance(piece, Step):
            rows.append(_row(piece))
            continue
        if piece.times < 1 or not piece.steps:
            raise BadValue("pieces", "repeat at least one step at least once", piece)
        rows += map(_row, piece.numbered()) if flat and piece.times > 1 else _repeat(piece, first=len(rows))
    if not rows:
        raise BadValue("pieces", "hold at least one step", workout.pieces)
    return rows


def _repeat(piece: Repeat, *, first: int) -> list[_Row]:
    rows = [_row(step) for step in piece.steps]
    if piece.times > 1:
        rows.append(("", None, {1: profile.ENDS_REPEAT_STEPS, 2: first, 4: piece.times, 7: 0}))
    return rows


def _row(step: Step) -> _Row:
    return step.name, _note(step), _step(step)


def _note(step: Step) -> str | None:
    """Return the cue, before it the cap that no range holds."""
    if step.speed_high_mps is None or step.direction is not Direction.BACKWARD or _speed_range(step) is not None:
        return step.cue
    seconds = math.ceil(1000.0 / step.speed_high_mps)
    cap = f"At most {step.speed_high_mps * KMH_PER_MPS:.1f} km/h ({seconds // 60}:{seconds % 60:02d} per km)."
    return cap if step.cue is None else f"{cap} {step.cue}"


def _step(step: Step) -> dict[int, int]:
    if step.duration_s is not None and step.distance_m is not None:
        raise BadValue(step.name, "end after a duration or a distance, not both", (step.duration_s, step.distance_m))
    told = {7: _INTENSITY[step.part]}
    if step.duration_s is not None:
        told |= {1: profile.ENDS_TIME, 2: round(step.duration_s * 1000)}
    elif step.distance_m is not None:
        told |= {1: profile.ENDS_DISTANCE, 2: round(step.distance_m * 100)}
    else:
        told |= {1: profile.ENDS_OPEN}
    speed, heart = _speed_range(step), _heart_range(step)
    if speed is not None:
        told |= {3: profile.AIMS_SPEED, 4: 0, 5: speed[0], 6: speed[1]}
        if heart is not None:
            told |= {19: profile.AIMS_HEART_RATE, 20: 0, 21: heart[0], 22: heart[1]}
    elif heart is not None:
        told |= {3: profile.AIMS_HEART_RATE, 4: 0, 5: heart[0], 6: heart[1]}
    return told


def _speed_range(step: Step) -> tuple[int, int] | None:
    """Return the ends of the range in mm/s; None where the step is open.

    A watch shows the speed of a few seconds, a few tenths of a metre per second off: at 1 m/s that is a third of the
    speed, and a walk close under its cap would beep without end. People cannot walk backward fast for long; the note
    says the cap, and the recording is held against it afterwards.
    """
    low, high = step.speed_low_mps, step.speed_high_mps
    if low is None and (high is None or step.gait is Gait.WALK):
        return None
    low_mps = _NO_LOWER_END_MPS if low is None else low
    high_mps = NAMES["speed_mps"].highest if high is None else high
    return round(low_mps * 1000), round(high_mps * 1000)


def _heart_range(step: Step) -> tuple[int, int] | None:
    if step.heart_rate_high_bpm is None:
        return None
    lowest = round(NAMES["heart_rate_bpm"].lowest)
    return lowest + _BEATS_OFFSET, round(step.heart_rate_high_bpm) + _BEATS_OFFSET
