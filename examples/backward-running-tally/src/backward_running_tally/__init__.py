"""A companion's tally: a format, a detector and what they rest on. Importing it has no effect but these names."""

from backward_running_tally.detector import DETECTOR, RIGHT
from backward_running_tally.study import STUDY
from backward_running_tally.tally import FORMAT

__all__ = ["DETECTOR", "FORMAT", "RIGHT", "STUDY"]
