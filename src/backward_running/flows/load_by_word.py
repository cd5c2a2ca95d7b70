"""What was written down and has no recording, as the page of loads counts it: minutes by the runner's word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta

from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import CheckIn
from backward_running.core.load import LoadRow, PartLoad, sum_known
from backward_running.core.ports import PlanHistory, PlannedAndDone
from backward_running.effort.load_by_direction import loads_by_word
from backward_running.flows import by_word, days
from backward_running.flows.deriving import stated_exertion
from backward_running.flows.plan_views import Matched
from backward_running.flows.said_and_recorded import began_at
from backward_running.flows.said_done import DONE_WITHIN, shown_title, word_id


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
    found = [word for word in by_word.alone(store, since=None, until=None) if word.forward_s + word.backward_s > 0]
    told = days.check_ins(store, since=found[-1].on - DONE_WITHIN) if found else ()
    return [_row(word, told) for word in reversed(found)]


def as_filled(store: PlannedAndDone, rows: Sequence[LoadRow]) -> list[LoadRow]:
    """Return recordings with the backward seconds that their runner's word adds to what they show.

    Parameters
    ----------
    store : PlannedAndDone
        With the words, the plan and the recordings.
    rows : sequence of LoadRow
        As recorded.

    Returns
    -------
    list of LoadRow
        The seconds, and the share of the load that goes with them, come from what has no direction, then from what the
        runner had said to be forward: none counts twice.
    """
    filled = by_word.filled(store, rows)
    return [_filled(row, filled[row.activity_id]) if row.activity_id in filled else row for row in rows]


def _filled(row: LoadRow, said: Matched) -> LoadRow:
    of_unknown_s, of_forward_s = row.unknown_s - said.unknown_s, row.forward_s - said.forward_s
    loads = row.loads
    if loads is not None:
        unknown, more = _split(loads.unknown, of_unknown_s)
        forward, others = _split(loads.forward, of_forward_s)
        loads = replace(loads, forward=forward, unknown=unknown, backward=_sum([loads.backward, more, others]))
    return replace(
        row,
        forward_s=said.forward_s,
        backward_s=said.backward_s,
        unknown_s=said.unknown_s,
        backward_m=None,
        loads=loads,
    )


def _split(part: PartLoad | None, seconds: float) -> tuple[PartLoad | None, PartLoad | None]:
    """Return what is left of a part, and what goes to another one with so many of its seconds."""
    if part is None or seconds <= 0 or part.duration_s <= 0:
        return part, None
    share = min(seconds / part.duration_s, 1.0)
    return _scaled(part, 1.0 - share), _scaled(part, share)


def _scaled(part: PartLoad, share: float) -> PartLoad | None:
    if share <= 0:
        return None
    felt, beats = (None if load is None else share * load for load in (part.session_load_au, part.trimp_au))
    return PartLoad(share * part.duration_s, felt, beats, share * part.heart_rate_lacks_s)


def _sum(parts: Sequence[PartLoad | None]) -> PartLoad | None:
    known = [part for part in parts if part is not None]
    if not known:
        return None
    return PartLoad(
        sum(part.duration_s for part in known),
        sum_known(part.session_load_au for part in known),
        sum_known(part.trimp_au for part in known),
        sum(part.heart_rate_lacks_s for part in known),
    )


def _row(said: SaidDone, check_ins: Sequence[CheckIn]) -> LoadRow:
    activity_id = word_id(said.workout_id)
    felt = stated_exertion([check_in for check_in in check_ins if check_in.activity_id == activity_id])
    loads = loads_by_word(said.forward_s, said.backward_s, perceived_exertion_cr10=felt)
    began = began_at(said, check_ins)
    offset = began.utcoffset() or timedelta()
    return LoadRow(
        activity_id=activity_id,
        started_at=began.astimezone(UTC),
        utc_offset_s=int(offset.total_seconds()),
        title=shown_title(said),
        simulated=said.simulated,
        forward_s=said.forward_s,
        backward_s=said.backward_s,
        unknown_s=0.0,
        forward_m=None,
        backward_m=None,
        unknown_m=None,
        loads=loads,
    )
