"""Treadmill Data, characteristic 0x2ACD of the Fitness Machine Service 1.0: speed, distance, grade, heart rate."""

from __future__ import annotations

from dataclasses import dataclass

from backward_running.formats.bluetooth._fields import Fields

_PER_MPS = 360.0  #: 0.01 km/h
_PER_RATIO = 1000.0  #: 0.1 %
_NO_GRADE = 0x7FFF
#: Bits of the flags, in the order of their fields. The first is upside down: where it is set, there is no speed.
_NO_SPEED, _AVERAGE, _DISTANCE, _GRADE, _ELEVATION, _PACE, _AVERAGE_PACE, _ENERGY, _HEART = (
    1 << bit for bit in range(9)
)
_METABOLIC, _ELAPSED, _REMAINING, _FORCE = (1 << bit for bit in range(9, 13))
#: How many bytes stand for the fields behind the heart rate.
_BEHIND = {_METABOLIC: 1, _ELAPSED: 2, _REMAINING: 2, _FORCE: 4}
_RESERVED = 0xE000


@dataclass(frozen=True, slots=True)
class TreadmillData:
    """What a treadmill says of itself; None is not said."""

    speed_mps: float | None = None  #: of the belt; whoever stands on it may face either way
    grade_ratio: float | None = None  #: rise over run of the belt
    distance_m: float | None = None  #: since the machine was started
    heart_rate_bpm: float | None = None


def read_treadmill_data(data: bytes) -> TreadmillData:
    """Read one notification of a treadmill.

    Parameters
    ----------
    data : bytes
        Flags (16 bit), then the fields they name, little-endian: speed and its mean (0.01 km/h), distance (24 bit, m),
        grade and the angle of the ramp (0.1 %, 0.1°), rise and fall (0.1 m), pace and its mean (8 bit each), energy
        (three numbers), heart rate (8 bit), and others that are not read.

    Returns
    -------
    TreadmillData
        Speed in m/s, grade as rise over run. What two messages share out comes in two.

    Raises
    ------
    UnreadableFile
        It is shorter than its flags say.

    Valid for
    ---------
    Version 1.0 of the service. Where a machine sends a pace and more bytes than version 1.0 has, the heart rate behind
    it is left out: makers do not agree on how long a pace is.

    Examples
    --------
    >>> read_treadmill_data(bytes.fromhex("0000 f401"))
    TreadmillData(speed_mps=1.3888888888888888, grade_ratio=None, distance_m=None, heart_rate_bpm=None)
    """
    fields = Fields(data, "treadmill")
    flags = fields.take(2)
    speed = None if flags & _NO_SPEED else fields.take(2)
    if flags & _AVERAGE:
        fields.take(2)
    distance = fields.take(3) if flags & _DISTANCE else None
    grade = _grade(fields) if flags & _GRADE else None
    if flags & _ELEVATION:
        fields.take(4)
    has_pace = flags & (_PACE | _AVERAGE_PACE)
    fields.take(has_pace.bit_count())
    if flags & _ENERGY:
        fields.take(5)
    heart = fields.take(1) if flags & _HEART else None
    for flag, size in _BEHIND.items():
        fields.take(size if flags & flag else 0)
    unsure = bool(has_pace and fields.left and not flags & _RESERVED)
    return TreadmillData(
        None if speed is None else speed / _PER_MPS,
        grade,
        None if distance is None else float(distance),
        float(heart) if heart and not unsure else None,
    )


def _grade(fields: Fields) -> float | None:
    grade = fields.take(2, signed=True)
    fields.take(2)  # the angle of the ramp says the same in degrees, where it says anything
    return None if grade == _NO_GRADE else grade / _PER_RATIO
