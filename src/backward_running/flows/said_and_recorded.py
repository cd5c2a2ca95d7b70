"""What was said to be done beside what was recorded: a word fills a recording or stands alone.

No second counts twice. Where a recording of the same session comes later, it takes the place of the word.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from backward_running import plans
from backward_running.core.adaptation import Done, SaidDone
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.direction import Direction
from backward_running.core.plan import Plan, Workout
from backward_running.core.ports import ActivityRow, Diary, SessionsSaidDone
from backward_running.flows import days
from backward_running.flows.plan_views import Matched, MatchedBy
from backward_running.flows.said_done import is_extra, word_id

#: The hour taken for a session that is told on a later day: nobody asked, and a day has a middle. Our own proposal.
NO_HOUR_TOLD = time(12)
#: Moments of a check-in that lie within a session or follow it.
OF_A_SESSION = (Moment.DURING, Moment.AFTER)


def matched_by_word(
    store: SessionsSaidDone, plan: Plan, workouts: Sequence[Workout], recorded: Collection[str]
) -> tuple[Matched, ...]:
    """Return the sessions that were said to be done and have no recording: one that comes later replaces the word."""
    known = {workout.workout_id: workout for workout in workouts if workout.workout_id not in recorded}
    return tuple(
        _matched(word, known[word.workout_id])
        for word in store.said_done()
        if word.was_done and word.workout_id in known and word.simulated == plan.simulated
    )


def filled_by_word(matched: Matched, said: SaidDone, workout: Workout) -> Matched:
    """Return what a recording and a word on the same session come to: none of its seconds counts twice.

    What the recording shows stands. Of what it does not show, as much is backward as the runner said more.
    """
    more_s = min(max(said.backward_s - matched.backward_s, 0.0), matched.unseen_s)
    if more_s <= 0.0:
        return matched
    of_unknown_s = min(more_s, matched.unknown_s)
    of_forward_s = more_s - of_unknown_s
    backward_s = matched.backward_s + more_s
    return replace(
        matched,
        complete=plans.is_complete(backward_s, workout.duration_s(Direction.BACKWARD)),
        forward_s=matched.forward_s - of_forward_s,
        backward_s=backward_s,
        unknown_s=matched.unknown_s - of_unknown_s,
        said_backward_s=matched.said_backward_s + more_s,
        said_forward_s=matched.said_forward_s - of_forward_s,
        longest_said_bout_s=min(said.longest_backward_bout_s, more_s),
    )


def _matched(said: SaidDone, workout: Workout) -> Matched:
    complete = plans.is_complete(said.backward_s, workout.duration_s(Direction.BACKWARD))
    return Matched(
        said.workout_id,
        word_id(said.workout_id),
        said.on,
        MatchedBy.WORD,
        complete,
        said.forward_s,
        said.backward_s,
        0.0,
        said_backward_s=said.backward_s,
        said_forward_s=said.forward_s,
    )


def done_by_word(
    store: Diary,
    matched: Mapping[str, Matched],
    rows: Sequence[ActivityRow],
    *,
    simulated: bool,
    of_plan: Collection[str],
) -> list[Done]:
    """Return what was said to be done as a plan looks back on it, that of earlier plans included.

    Parameters
    ----------
    store : Diary
        With what was said.
    matched : mapping
        Session of the plan → what it was matched to, word or recording.
    rows : sequence of ActivityRow
        Recordings: of a session of an earlier plan nobody knows any more which recording it was matched to, so one with
        backward time on that day replaces it.
    simulated : bool
        Whose sessions.
    of_plan : collection of str
        The sessions of the plan.
    """
    told = [word for word in store.said_done() if word.was_done and word.simulated == simulated]
    check_ins = days.check_ins(store, since=min(word.on for word in told)) if told else ()
    alone = without_recording(told, matched, rows, of_plan=of_plan)
    return [_done(word, matched.get(word.workout_id), began_at(word, check_ins)) for word in alone]


def without_recording(
    told: Sequence[SaidDone],
    matched: Mapping[str, Matched],
    rows: Sequence[ActivityRow],
    *,
    of_plan: Collection[str],
) -> list[SaidDone]:
    """Return of what was said to be done all that no recording has taken the place of; see :func:`done_by_word`."""
    sessions = {session.activity_id for session in matched.values()}
    # What was told beside the plan is another one than the recording of that day's session.
    others: dict[date, list[ActivityRow]] = {}
    for row in rows:
        if row.on_foot and row.activity_id not in sessions:
            others.setdefault(days.local_day(row), []).append(row)
    backward = [row for row in rows if row.on_foot and row.backward_s > 0]
    found = []
    for word in told:
        match = matched.get(word.workout_id)
        if word.workout_id in of_plan and (match is None or match.how is not MatchedBy.WORD):
            continue
        if is_extra(word.workout_id):
            if any(_takes_the_place(row, word) for row in others.get(word.on, ())):
                continue
        elif word.workout_id not in of_plan and any(may_be_of(row, word) for row in backward):
            continue
        found.append(word)
    return found


def may_be_of(row: ActivityRow, said: SaidDone) -> bool:
    """Tell whether a recording can be of what was said to be done: of its day, and begun before it was said.

    What was over when its runner told of it was not begun later: that is another run, and both count (decision 0044).
    """
    return days.local_day(row) == said.on and row.started_at <= said.said_at


def _takes_the_place(row: ActivityRow, said: SaidDone) -> bool:
    """Whether a recording of its day is that of a run written down: it came later, and goes backward where that did."""
    other = row.activity_id in said.besides or not may_be_of(row, said)
    return not other and (row.backward_s > 0 or said.backward_s <= 0)


def _done(said: SaidDone, match: Matched | None, began_at: datetime) -> Done:
    return Done(
        on=said.on,
        activity_id=word_id(said.workout_id),
        forward_s=said.forward_s,
        backward_s=said.backward_s,
        longest_backward_bout_s=said.longest_backward_bout_s,
        workout_id=match.workout_id if match is not None else None,
        complete=match.complete if match is not None else True,
        started_at=began_at,
        is_said=True,
    )


def began_at(said: SaidDone, check_ins: Sequence[CheckIn]) -> datetime:
    """Return an hour at which something that was said to be done can have begun at the latest.

    Told on its day, it was over by then, and before anything was reported during or after a session of that day. Told
    later, noon is taken.
    """
    noon = datetime.combine(said.on, NO_HOUR_TOLD, said.said_at.tzinfo)
    over_at = said.said_at if said.said_at.date() == said.on else noon + _length(said)
    of_it = [check_in for check_in in check_ins if check_in.activity_id in (None, word_id(said.workout_id))]
    told = [
        check_in.made_at for check_in in of_it if check_in.made_at.date() == said.on and check_in.moment in OF_A_SESSION
    ]
    return min([over_at, *told]) - _length(said)


def _length(said: SaidDone) -> timedelta:
    return timedelta(seconds=said.forward_s + said.backward_s)


def spoken_of_recordings(check_ins: Sequence[CheckIn], done: Sequence[Done]) -> tuple[CheckIn, ...]:
    """Return check-ins so that those about a said session speak of the recording that has replaced it."""
    recorded = {word_id(session.workout_id): session.activity_id for session in done if session.workout_id is not None}
    if not recorded:
        return tuple(check_ins)
    return tuple(
        replace(check_in, activity_id=recorded[check_in.activity_id]) if check_in.activity_id in recorded else check_in
        for check_in in check_ins
    )
