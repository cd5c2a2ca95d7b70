"""What the phone told on the way beside what the whole recording tells: how far the two differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.direction import Direction
from backward_running.core.recording import Recording
from backward_running.core.session import BoutFacts
from backward_running.signals import working_stream

LIVE = "live_forward_share"
_FORWARD, _BACKWARD, _UNKNOWN = 1, -1, 0


@dataclass(frozen=True, slots=True)
class LiveView:
    """Seconds by what was told on the way and at home, and the metres that either calls backward."""

    forward_s: float  #: told on the way
    backward_s: float
    same_s: float  #: of those told both times
    other_way_s: float
    only_at_home_s: float  #: told at home, unknown on the way
    only_on_the_way_s: float
    backward_m: float | None  #: on the way; None where no speed is known
    backward_at_home_m: float | None


def live_view(recording: Recording, bouts: Sequence[BoutFacts]) -> LiveView | None:
    """Compare what a phone told while it happened with the bouts of the whole recording.

    Parameters
    ----------
    recording : Recording
        As a phone brought it home.
    bouts : sequence of BoutFacts
        What is told of it now, labels of its runner included.

    Returns
    -------
    LiveView or None
        None where nothing was told on the way.
    """
    told = recording.stream_with(LIVE)
    if told is None:
        return None
    share = told.columns[LIVE]
    live = np.where(share > 0.5, _FORWARD, np.where(share < 0.5, _BACKWARD, _UNKNOWN))
    home = _home(bouts, told.time_s + 0.5)

    def seconds(where: np.ndarray) -> float:
        return float(np.count_nonzero(where))

    return LiveView(
        forward_s=seconds(live == _FORWARD),
        backward_s=seconds(live == _BACKWARD),
        same_s=seconds((live == home) & (live != _UNKNOWN)),
        other_way_s=seconds(live * home == -1),
        only_at_home_s=seconds((live == _UNKNOWN) & (home != _UNKNOWN)),
        only_on_the_way_s=seconds((live != _UNKNOWN) & (home == _UNKNOWN)),
        backward_m=_metres(recording, told.time_s + 0.5, live == _BACKWARD),
        backward_at_home_m=_backward_m(bouts),
    )


def _home(bouts: Sequence[BoutFacts], at_s: FloatArray) -> np.ndarray:
    home = np.zeros(len(at_s), dtype=int)
    for facts in bouts:
        inside = (at_s >= facts.bout.start_s) & (at_s < facts.bout.end_s)
        if facts.bout.direction is Direction.FORWARD:
            home[inside] = _FORWARD
        elif facts.bout.direction is Direction.BACKWARD:
            home[inside] = _BACKWARD
    return home


def _metres(recording: Recording, at_s: FloatArray, where: np.ndarray) -> float | None:
    working = working_stream(recording)
    if working is None or not working.has("speed_mps"):
        return None
    speed = np.interp(at_s, working.time_s, np.nan_to_num(working.columns["speed_mps"]))
    return float(speed[where].sum())


def _backward_m(bouts: Sequence[BoutFacts]) -> float | None:
    known = [
        facts.distance_m
        for facts in bouts
        if facts.bout.direction is Direction.BACKWARD and facts.distance_m is not None
    ]
    return sum(known) if known else None
