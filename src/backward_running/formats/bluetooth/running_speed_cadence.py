"""RSC Measurement, characteristic 0x2A53 of the Running Speed and Cadence Service: what a foot pod says."""

from __future__ import annotations

from dataclasses import dataclass

from backward_running.formats.bluetooth._fields import Fields

_PER_MPS = 256.0
_STRIDE, _DISTANCE = 1 << 0, 1 << 1
#: Pods do not agree on what they count, the steps of both feet or those of one. Our own proposals: nobody on a
#: treadmill takes steps as long as this with fewer than so many a minute, and nobody moves with fewer than the last.
LONGEST_STEP_M, FEWEST_LONG_SPM, FEWEST_SPM, MOVES_MPS = 1.2, 125.0, 75.0, 0.7


@dataclass(frozen=True, slots=True)
class FootPod:
    """What a foot pod says."""

    speed_mps: float  #: as its maker fitted it, on people who went forward
    cadence_spm: float | None  #: steps of both feet; None where none were counted


def read_running_speed_cadence(data: bytes) -> FootPod:
    """Read one notification of a foot pod.

    Parameters
    ----------
    data : bytes
        Flags (8 bit), speed (16 bit, 1/256 m/s), cadence (8 bit, per minute), then the length of a stride (16 bit, cm)
        and the distance (32 bit, dm) where the flags name them.

    Returns
    -------
    FootPod
        Where the cadence can only be that of one foot it is doubled.

    Raises
    ------
    UnreadableFile
        It is shorter than its flags say.

    Valid for
    ---------
    Version 1.0 of the service; people on foot.

    Examples
    --------
    >>> read_running_speed_cadence(bytes.fromhex("04 0003 a8"))
    FootPod(speed_mps=3.0, cadence_spm=168.0)
    >>> read_running_speed_cadence(bytes.fromhex("04 0003 54"))
    FootPod(speed_mps=3.0, cadence_spm=168.0)
    """
    fields = Fields(data, "foot pod")
    flags = fields.take(1)
    speed_mps, counted = fields.take(2) / _PER_MPS, float(fields.take(1))
    for flag, size in ((_STRIDE, 2), (_DISTANCE, 4)):
        fields.take(size if flags & flag else 0)
    if not counted:
        return FootPod(speed_mps, None)
    long_steps = speed_mps * 60.0 / counted > LONGEST_STEP_M and counted < FEWEST_LONG_SPM
    of_one_foot = long_steps or (counted < FEWEST_SPM and speed_mps >= MOVES_MPS)
    return FootPod(speed_mps, 2.0 * counted if of_one_foot else counted)
