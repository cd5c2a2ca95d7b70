"""Signals: stream → better stream. One file is one transformation."""

from backward_running.signals.cut import cut
from backward_running.signals.distance import filled_distance_m
from backward_running.signals.fastest import Ways, fastest_over
from backward_running.signals.parts import joined, part
from backward_running.signals.same_run import only_moves, richest, same_run, with_lent
from backward_running.signals.time_zone import zone_of
from backward_running.signals.working import working_stream

__all__ = [
    "Ways",
    "cut",
    "fastest_over",
    "filled_distance_m",
    "joined",
    "only_moves",
    "part",
    "richest",
    "same_run",
    "with_lent",
    "working_stream",
    "zone_of",
]
