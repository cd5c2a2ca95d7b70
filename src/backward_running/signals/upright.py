"""How far from up a sensor's z axis lies while its wearer walks or runs: gravity tells, whichever way they go."""

from __future__ import annotations

import numpy as np

from backward_running.core.names import ACCELERATION
from backward_running.core.recording import Stream
from backward_running.evidence import proposed_number
from backward_running.signals.clock import usual_step_s

BLOCK = proposed_number(
    "upright_block_s", 2.0, "s", "Over two seconds, two strides, what a body part is flung about by averages out."
)
STIRRED = proposed_number(
    "upright_stirred_mps2",
    0.5,
    "m s⁻²",
    "Acceleration that spreads by 0.5 m/s² within two seconds is that of somebody who walks, if slowly, or runs: who "
    "sits has a level thigh, and is not asked.",
)
LEAST = proposed_number("upright_least_count", 3.0, "1", "Fewer than three such stretches, by halves, are chance.")

MOST_TILT = proposed_number(
    "mount_most_tilt_deg",
    35.0,
    "deg",
    "Worn as claimed, the upward axis of a body part leans at most 33 degrees in the mean over a walk or a run; "
    "another axis taken for it is 90 or 180 off.",
)
MOST_BLOCKS = 300  #: of a long recording, spread evenly, tell as much as all do


def tilt_rad(stream: Stream) -> float | None:
    """Return the angle between a stream's z axis and up, over the time in which its wearer walks or runs.

    Parameters
    ----------
    stream : Stream
        With three axes of acceleration, gravity included.

    Returns
    -------
    float or None
        The median over stretches of two seconds; 0 is upright, π upside down. None where fewer than :data:`LEAST`
        are of somebody who moves. **Valid for** parts of the body that stay upright in the mean: of 333 recordings
        with a known mounting (feet, shanks, thighs, waists, chests; walking and running) the highest is 33 degrees.
    """
    if not stream.has(*ACCELERATION) or len(stream) < 2:
        return None
    axes = [stream.columns[name] for name in ACCELERATION]
    known = np.flatnonzero(np.isfinite(axes[0]) & np.isfinite(axes[1]) & np.isfinite(axes[2]))
    length = max(round(BLOCK.value / usual_step_s(stream.time_s)), 2)
    begins = np.arange(0, len(known) - length + 1, max(length // 2, 1))
    if len(begins) > MOST_BLOCKS:
        begins = begins[np.linspace(0, len(begins) - 1, MOST_BLOCKS).astype(np.int64)]
    blocks = np.stack([values[known[begins[:, None] + np.arange(length)]] for values in axes], axis=2)
    means = blocks.mean(axis=1)[np.linalg.norm(blocks, axis=2).std(axis=1) > STIRRED.value]
    if len(means) < LEAST.value:
        return None
    return float(np.median(np.arctan2(np.hypot(means[:, 0], means[:, 1]), means[:, 2])))
