"""Signals: stream → better stream. One file is one transformation."""

from backward_running.signals.cut import cut
from backward_running.signals.parts import joined, part
from backward_running.signals.time_zone import zone_of
from backward_running.signals.working import working_stream

__all__ = ["cut", "joined", "part", "working_stream", "zone_of"]
