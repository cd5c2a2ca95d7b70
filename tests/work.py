"""How much work a call does, counted in lines of this program: the same on every machine, however busy it is.

A clock in a test says how busy the machine is. What such a test wants to know is whether somebody wrote a loop over
every sample, and that shows in the number of lines that are run. How fast it is in milliseconds, `make bench` says.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import backward_running

_OURS = str(Path(backward_running.__file__).parent)


def lines_run(act: Callable[[], object]) -> int:
    """Run `act` and return how many lines of this program it took; a loop counts in every round."""
    count = 0

    def each_line(frame: FrameType, event: str, argument: Any) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return each_line

    def each_call(frame: FrameType, event: str, argument: Any) -> Callable[..., Any] | None:
        return each_line if frame.f_code.co_filename.startswith(_OURS) else None

    before = sys.gettrace()
    sys.settrace(each_call)
    try:
        act()
    finally:
        sys.settrace(before)
    return count
