"""Seconds on a leg, typed."""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.outcomes.base import Outcome, Timing, measured

IMPORTANT = proposed_number(
    "single_leg_stance_important_s",
    5.0,
    "s",
    "A change of the stance on a leg matters from 5 s on; no smallest important change was read.",
)
ERROR = proposed_number(
    "single_leg_stance_error_s",
    8.0,
    "s",
    "The stance on a leg strays by about 8 s from try to try, more than the change that matters; not from a study.",
)
OUTCOME = Outcome(
    key="single_leg_stance",
    title="Balance: stance on a leg",
    promise="Better balance.",
    unit="s",
    better=1,
    important=IMPORTANT,
    measurement_error=ERROR,
    series=measured("single_leg_stance"),
    evidence=(IMPORTANT.evidence, ERROR.evidence),
    lowest=0.0,
    highest=60.0,
    timing=Timing(
        (
            "Stand beside a wall, shoes off, eyes open, arms crossed.",
            "Start when the foot leaves the floor.",
            "Stop when it comes down, the arms open or the standing foot moves; at 60 s it stops by itself.",
            "Both legs; the worse one counts.",
        ),
        limit_s=60.0,
    ),
    how="Beside a wall, eyes open, arms crossed: until the foot comes down or 60 s are over. The worse leg counts.",
    warning="Its error is larger than the effect: many tries are needed before it says anything.",
)
