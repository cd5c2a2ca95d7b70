"""A companion's tally: a format, a detector, a price, and what they rest on. Importing it only defines names."""

from backward_running_tally.detector import DETECTOR, RIGHT
from backward_running_tally.oxygen_uptake_backward_walk_tally import AT_REST, MODEL, PER_SPEED
from backward_running_tally.study import STUDY
from backward_running_tally.tally import FORMAT

__all__ = ["AT_REST", "DETECTOR", "FORMAT", "MODEL", "PER_SPEED", "RIGHT", "STUDY"]
