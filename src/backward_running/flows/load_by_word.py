"""What was written down and has no recording, as the page of loads counts it: minutes by the runner's word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import CheckIn
from backward_running.core.load import LoadRow
from backward_running.core.ports import PlanHistory
from backward_running.effort.load_by_direction import loads_by_word
from backward_running.flows import by_word, days
from backward_running.flows.deriving import stated_exertion
from backward_running.flows.said_done import began_at, word_id


def said_rows(store: PlanHistory) -> list[LoadRow]:
    """Return what was said to be done and has no recording, oldest first.

    Parameters
    ----------
    store : PlanHistory
        With the words, the check-ins that say how hard each felt, the plan and the recordings.

    Returns
    -------
    list of LoadRow
        At the hour at which it can have begun at the latest. What was written down as a distance alone has no minutes,
        and is none of them.
    """
    found = [one for one in by_word.alone(store, since=None, until=None) if one.forward_s + one.backward_s > 0]
    told = days.check_ins(store) if found else ()
    return [_row(one, told) for one in reversed(found)]


def _row(said: SaidDone, check_ins: Sequence[CheckIn]) -> LoadRow:
    activity_id = word_id(said.workout_id)
    felt = stated_exertion([one for one in check_ins if one.activity_id == activity_id])
    loads = loads_by_word(said.forward_s, said.backward_s, perceived_exertion_cr10=felt)
    began = began_at(said, check_ins)
    offset = began.utcoffset() or timedelta()
    return LoadRow(
        activity_id=activity_id,
        started_at=began.astimezone(UTC),
        utc_offset_s=int(offset.total_seconds()),
        title=said.title,
        simulated=said.simulated,
        forward_s=said.forward_s,
        backward_s=said.backward_s,
        unknown_s=0.0,
        forward_m=None,
        backward_m=None,
        unknown_m=None,
        loads=loads,
    )
