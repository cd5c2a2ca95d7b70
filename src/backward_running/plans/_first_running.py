"""The first running of a programme comes in short bouts, in whatever week its runner's caps let it begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.direction import Direction, Gait
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans._block import Block
from backward_running.plans._programme import Row, speed_cap_mps
from backward_running.plans.base import Answers
from backward_running.plans.walk_or_run import TRANSITION_MPS

FIRST_RUNNING = own_proposal(
    "first_running.short_bouts",
    "Whoever runs backward for the first time does so in bouts of at most 30 s: calves and feet meet a load they do "
    "not know. Where slower caps put that off, the longer bouts wait as long.",
)
BOUT_S = Number("first_running_bout_s", 30.0, "s", FIRST_RUNNING)
BOUTS_COUNT = Number("first_running_bouts_count", 10, "1", FIRST_RUNNING)
#: The first week of running, for a programme whose own table has none so short: walked forward in between.
SHORT: tuple[Block, ...] = (Block(int(BOUTS_COUNT.value), BOUT_S.value, 60, Gait.RUN),)


def first_running(rows: Sequence[Row], answers: Answers) -> int | None:
    """Return the place of the first row that is run backward, not walked; None where none is.

    Parameters
    ----------
    rows : sequence of Row
        Of a programme.
    answers : Answers
        With the easy pace from which the caps follow.
    """
    return next((place for place, row in enumerate(rows) if _is_run(row, answers)), None)


def _is_run(row: Row, answers: Answers) -> bool:
    runs = any(block.gait is Gait.RUN and block.direction is Direction.BACKWARD for block in row.blocks)
    return runs and speed_cap_mps(row, answers) >= TRANSITION_MPS.value


def short_bouts_first(
    rows: tuple[Row, ...], answers: Answers, *, begins_at: int, running: Sequence[tuple[Block, ...]]
) -> tuple[Row, ...]:
    """Return rows whose running begins with its short bouts; caps and grades stay those of the week.

    Parameters
    ----------
    rows : tuple of Row
        As the table has them.
    answers : Answers
        With the easy pace from which the caps follow.
    begins_at : int
        The place of the row with which running begins for somebody fast enough.
    running : sequence of tuple of Block
        What running goes through from its first week on, the short bouts first.

    Returns
    -------
    tuple of Row
        As many as before. The same where nothing is run, or where running begins sooner.
    """
    first = first_running(rows, answers)
    if first is None or first < begins_at:
        return rows
    later = zip(rows[first:], running, strict=False)
    return (*rows[:first], *(replace(row, blocks=blocks) for row, blocks in later))
