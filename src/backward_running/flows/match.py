"""Match recordings to the sessions of the plan, and hold what was done against what was planned."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from backward_running import plans
from backward_running.core.adaptation import Done, SaidDone
from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.plan import Plan, Step, Workout
from backward_running.core.ports import (
    Activities,
    ActivityQuery,
    ActivityRow,
    Matching,
    PlanHistory,
    PlanInDetail,
    PlannedAndDone,
    SessionsSaidDone,
    Settings,
)
from backward_running.core.recording import RecordedStep, Recording
from backward_running.flows import said_and_recorded
from backward_running.flows.days import ALL, local_day, local_start
from backward_running.flows.earlier_backward import with_earlier
from backward_running.flows.plan_views import Comparison, Matched, MatchedBy
from backward_running.flows.planned_and_done import compared

#: The setting under which matches made by hand are kept: workout id → activity id, or null for "none of them".
MATCHES = "matches_by_hand"
#: A watch that followed our workout may have done so on another day of the same week.
FOLLOWED_WITHIN = timedelta(days=6)
NEIGHBOUR_DAY = timedelta(days=1)
#: With less backward time a recording is taken for a forward run, unless most of it is unknown.
LEAST_BACKWARD_S = 30.0
MOSTLY_UNKNOWN_SHARE = 0.5
#: The history a plan may look back on reaches so far before its first day.
BEFORE_PLAN = timedelta(days=30)
NAME_LETTERS = 15  #: watches cut names there


def matched(store: PlannedAndDone, *, since: date, until: date) -> tuple[Matched, ...]:
    """Match the sessions of the current plan in a stretch of days to recordings, in the order of the plan.

    Only rows of the list and the workout steps of a few recordings are read, no samples.

    Parameters
    ----------
    store : PlannedAndDone
        With the plan and the recordings.
    since, until : date
        Both inclusive: the days on which the sessions were planned.

    Returns
    -------
    tuple of Matched
        Each recording at most once, each session at most once. A match made by hand comes first, then the workout
        that the watch followed, then the day.
    """
    plan = store.plan()
    return match_plan(store, plan, since=since, until=until) if plan is not None else ()


def match_plan(store: PlannedAndDone, plan: Plan, *, since: date, until: date) -> tuple[Matched, ...]:
    """Match the sessions of one plan; see :func:`matched`."""
    workouts = sorted(
        (workout for workout in plan.workouts() if since <= workout.on <= until), key=lambda workout: workout.on
    )
    if not workouts:
        return ()
    rows = _rows(store, plan, *_around(workouts))
    return _with_words(store, plan, workouts, _match(store, workouts, rows, _spoken(store)))


def _with_words(
    store: SessionsSaidDone, plan: Plan, workouts: Sequence[Workout], recorded: Sequence[Matched]
) -> tuple[Matched, ...]:
    """Put beside what was matched to recordings what the runner says was done without one, in the order of the plan."""
    words = {word.workout_id: word for word in store.said_done() if word.was_done}
    planned = {workout.workout_id: workout for workout in workouts}
    filled = (
        said_and_recorded.filled_by_word(session, words[session.workout_id], planned[session.workout_id])
        if session.workout_id in words
        else session
        for session in recorded
    )
    by_id = {session.workout_id: session for session in filled}
    alone = said_and_recorded.matched_by_word(store, plan, workouts, by_id)
    by_id |= {session.workout_id: session for session in alone}
    return tuple(by_id[workout.workout_id] for workout in workouts if workout.workout_id in by_id)


def _around(workouts: Sequence[Workout]) -> tuple[date, date]:
    """Return the first and the last day of a recording that may be of these sessions."""
    reach = FOLLOWED_WITHIN + NEIGHBOUR_DAY
    return workouts[0].on - reach, workouts[-1].on + reach


def _spoken(store: SessionsSaidDone) -> dict[str, SaidDone]:
    """Return what was said to be done, by session."""
    return {word.workout_id: word for word in store.said_done() if word.was_done}


def _match(
    store: Matching, workouts: Sequence[Workout], found: Iterable[ActivityRow], spoken: Mapping[str, SaidDone]
) -> tuple[Matched, ...]:
    rows = [row for row in found if row.on_foot]
    table = _Table(workouts, rows, spoken)
    table.by_hand(store, _by_hand(store))
    # A watch that followed our workout says itself that this was the session, however soon it was broken off.
    followed = [row for row in rows if row.backward_s > 0 or _is_mostly_unknown(row)]
    candidates = [row for row in followed if _may_be_a_session(row)]
    heads = {head.activity_id: head for head in store.recording_heads([row.activity_id for row in followed])}
    table.by_workout(followed, heads)
    table.by_day(candidates)
    table.by_neighbour_day(candidates)
    return tuple(table.found[workout.workout_id] for workout in workouts if workout.workout_id in table.found)


def match_by_hand(store: Matching, workout_id: str, activity_id: str | None) -> None:
    """Say which recording is the one of a session; None: none of them. Raises NotFound for an unknown recording."""
    if activity_id is not None:
        store.row(activity_id)
    kept = {activity: other for activity, other in _by_hand(store).items() if other is None or other != activity_id}
    store.put_setting(MATCHES, json.dumps({**kept, workout_id: activity_id}, sort_keys=True))


def forget_match(store: Settings, workout_id: str) -> None:
    """Take a match made by hand back: the session is matched by itself again."""
    kept = _by_hand(store)
    kept.pop(workout_id, None)
    store.put_setting(MATCHES, json.dumps(kept, sort_keys=True))


def compare(store: PlanInDetail, workout_id: str) -> Comparison | None:
    """Hold a session against its recording, step by step; None where it has none. Raises NotFound."""
    plan = store.plan()
    workout = next((workout for workout in plan.workouts() if workout.workout_id == workout_id), None) if plan else None
    if plan is None or workout is None:
        raise NotFound(f"The current plan has no workout {workout_id!r}; open the plan to see those it has.")
    near = match_plan(store, plan, since=workout.on - FOLLOWED_WITHIN, until=workout.on + FOLLOWED_WITHIN)
    match = next((session for session in near if session.workout_id == workout_id), None)
    if match is None or match.is_said:
        return None
    (head,) = store.recording_heads([match.activity_id])
    return compared(workout, match, store.row(match.activity_id), head, store.session(match.activity_id))


def session_of(store: PlannedAndDone, activity_id: str) -> Matched | None:
    """Return the session that a recording was matched to, None where there is none. Raises NotFound."""
    day = local_day(store.row(activity_id))
    reach = FOLLOWED_WITHIN + NEIGHBOUR_DAY
    near = matched(store, since=day - reach, until=day + reach)
    return next((session for session in near if session.activity_id == activity_id), None)


def done(store: PlanHistory, plan: Plan, *, until: date) -> tuple[Done, ...]:
    """Return what was done since a month before the plan, as the plan looks back on it, oldest first.

    Before a plan that has no weeks yet everything of the last month counts.
    """
    first = plan.weeks[0].starts_on if plan.weeks else until
    workouts = sorted(plan.workouts(), key=lambda workout: workout.on)
    begin, end = _around(workouts) if workouts else (first, until)
    # Read once for both: a month before the plan lies before all that can be one of its sessions.
    rows = _rows(store, plan, min(begin, first - BEFORE_PLAN), max(end, until))
    recorded = _match(store, workouts, [row for row in rows if _is_near(row, begin)], _spoken(store))
    matches = {match.workout_id: match for match in _with_words(store, plan, workouts, recorded)}
    sessions = {session.activity_id: session for session in matches.values() if not session.is_said}
    looked = [done_of(row, sessions.get(row.activity_id)) for row in rows if row.on_foot]
    own = {workout.workout_id for workout in workouts}
    looked += said_and_recorded.done_by_word(store, matches, rows, simulated=plan.simulated, of_plan=own)
    counted = [
        session
        for session in looked
        if first - BEFORE_PLAN <= session.on <= until and (session.backward_s > 0 or session.workout_id is not None)
    ]
    in_order = tuple(sorted(counted, key=lambda session: (session.on, session.activity_id)))
    return with_earlier(store, in_order, before=first - BEFORE_PLAN, simulated=plan.simulated)


def _is_near(row: ActivityRow, begin: date) -> bool:
    return local_day(row) >= begin - NEIGHBOUR_DAY


def backward_history(
    store: PlanHistory, *, until: date, simulated: bool = False, within: timedelta = BEFORE_PLAN
) -> tuple[tuple[date, float], ...]:
    """Return day and backward seconds of the days before one, recorded or said: what a new plan builds on."""
    since = until - within
    query = ActivityQuery(since=since, until=until, simulated=simulated, limit=ALL)
    rows = [row for row in store.activities(query) if row.on_foot]
    plan = store.plan()
    own = plan if plan is not None and plan.simulated == simulated else None
    reach = {"since": since - FOLLOWED_WITHIN, "until": until + FOLLOWED_WITHIN}
    matches = {match.workout_id: match for match in match_plan(store, own, **reach)} if own is not None else {}
    of_plan = {workout.workout_id for workout in own.workouts()} if own is not None else set()
    said = said_and_recorded.done_by_word(store, matches, rows, simulated=simulated, of_plan=of_plan)
    backward = (word for word in said if word.backward_s > 0)
    words = ((word.on, word.backward_s) for word in backward if since <= word.on <= until)
    filled = {match.activity_id: match.backward_s for match in matches.values() if not match.is_said}
    recorded = ((local_day(row), filled.get(row.activity_id, row.backward_s)) for row in rows)
    return tuple(sorted([*(session for session in recorded if session[1] > 0), *words]))


def done_of(row: ActivityRow, match: Matched | None = None) -> Done:
    """Return what a recording says was done, and when, on the clock of where it was; of a session where one matches."""
    longest_share = max((piece.share for piece in row.ribbon if piece.direction is Direction.BACKWARD), default=0.0)
    longest_s = longest_share * row.duration_s
    return Done(
        local_day(row),
        row.activity_id,
        match.forward_s if match else row.forward_s,
        match.backward_s if match else row.backward_s,
        match.unknown_s if match else row.unknown_s,
        longest_backward_bout_s=max(longest_s, match.longest_said_bout_s) if match else longest_s,
        workout_id=match.workout_id if match else None,
        complete=match.complete if match else True,
        started_at=local_start(row),
        said_backward_s=match.said_backward_s if match else row.said_backward_s,
    )


def _rows(store: Activities, plan: Plan, since: date, until: date) -> list[ActivityRow]:
    """Return the rows of these days.

    What a simulator made says nothing of a real runner's plan, and the other way round.
    """
    query = ActivityQuery(since=since, until=until, simulated=plan.simulated, limit=ALL)
    return store.activities(query)


def _by_hand(store: Settings) -> dict[str, str | None]:
    kept = store.setting(MATCHES)
    return dict(json.loads(kept)) if kept else {}


def _may_be_a_session(row: ActivityRow) -> bool:
    return row.backward_s >= LEAST_BACKWARD_S or _is_mostly_unknown(row)


def _is_mostly_unknown(row: ActivityRow) -> bool:
    return row.unknown_s > MOSTLY_UNKNOWN_SHARE * max(row.moving_s, 1.0)


_Told = tuple[str, float | None, float | None]


@dataclass
class _Table:
    """Sessions and recordings while they find each other: each method makes the matches of one kind."""

    workouts: Sequence[Workout]  #: rising by day
    rows: Sequence[ActivityRow]
    spoken: Mapping[str, SaidDone]  #: workout → what its runner says of it
    found: dict[str, Matched] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)  #: activities
    settled: set[str] = field(default_factory=set)  #: workouts, those included that have no recording by hand

    def by_hand(self, store: Activities, said: Mapping[str, str | None]) -> None:
        rows = {row.activity_id: row for row in self.rows}
        for workout in self.workouts:
            if workout.workout_id not in said:
                continue
            activity_id = said[workout.workout_id]
            if activity_id is None:
                self.settled.add(workout.workout_id)
                continue
            row = rows.get(activity_id) or _row_or_none(store, activity_id)
            if row is not None:
                self._take(workout, row, MatchedBy.HAND)

    def by_workout(self, rows: Iterable[ActivityRow], heads: Mapping[str, Recording]) -> None:
        """Match the recordings whose watch followed our workout: the same steps, on the nearest day of the week."""
        pairs: list[tuple[timedelta, date, str, Workout, ActivityRow, MatchedBy]] = []
        for row in rows:
            head = heads.get(row.activity_id)
            if head is None or row.activity_id in self.taken:
                continue
            day, recorded = local_day(row), _recorded(head)
            if not recorded and head.title is None:
                continue
            for workout in self._near(day, FOLLOWED_WITHIN):
                how = self._followed(workout, recorded, head.title)
                if how is MatchedBy.STEPS or (how is MatchedBy.NAME and abs(workout.on - day) <= NEIGHBOUR_DAY):
                    pairs.append((abs(workout.on - day), day, row.activity_id, workout, row, how))
        for _, _, _, workout, row, found_by in sorted(pairs, key=lambda pair: pair[:3]):
            self._take(workout, row, found_by)

    def by_day(self, rows: Iterable[ActivityRow]) -> None:
        """Match what was done on the planned day: the most backward time; what is unknown only where it is alone."""
        own: dict[date, list[ActivityRow]] = {}
        for row in rows:
            if row.activity_id not in self.taken:
                own.setdefault(local_day(row), []).append(row)
        for workout in self.workouts:
            there = [
                row
                for row in own.get(workout.on, [])
                if row.activity_id not in self.taken and self._may_be_of(row, workout)
            ]
            best = max(there, key=lambda row: (row.backward_s, row.activity_id), default=None)
            if best is not None and (best.backward_s >= LEAST_BACKWARD_S or len(there) == 1):
                self._take(workout, best, MatchedBy.TIME)

    def by_neighbour_day(self, rows: Iterable[ActivityRow]) -> None:
        """Match what was done a day early or late, where there is only one session and one recording it can be."""
        free = [row for row in rows if row.activity_id not in self.taken and row.backward_s >= LEAST_BACKWARD_S]
        reached = {
            row.activity_id: [
                workout for workout in self._near(local_day(row), NEIGHBOUR_DAY) if self._may_be_of(row, workout)
            ]
            for row in free
        }
        asking: dict[str, list[ActivityRow]] = {}
        for row in free:
            for workout in reached[row.activity_id]:
                asking.setdefault(workout.workout_id, []).append(row)
        for row in free:
            sessions = reached[row.activity_id]
            if len(sessions) == 1 and len(asking[sessions[0].workout_id]) == 1:
                self._take(sessions[0], row, MatchedBy.TIME)

    def _followed(self, workout: Workout, recorded: list[_Told], title: str | None) -> MatchedBy | None:
        """Say by what a recording shows that its watch followed this workout; None where nothing does."""
        if recorded and recorded in _as_watches_keep(workout):
            return MatchedBy.STEPS
        names = {workout.title[:NAME_LETTERS].strip(), workout.workout_id}
        return MatchedBy.NAME if title is not None and title.strip() in names else None

    def _may_be_of(self, row: ActivityRow, workout: Workout) -> bool:
        """Whether a recording may be a session's: not where its runner names another day, or told of it before.

        Two runs that count as one would leave room for a session more.
        """
        said = self.spoken.get(workout.workout_id)
        return said is None or said_and_recorded.may_be_of(row, said)

    def _near(self, day: date, reach: timedelta) -> Iterator[Workout]:
        first = bisect_left(self.workouts, day - reach, key=lambda workout: workout.on)
        last = bisect_right(self.workouts, day + reach, key=lambda workout: workout.on)
        yield from (workout for workout in self.workouts[first:last] if workout.workout_id not in self.settled)

    def _take(self, workout: Workout, row: ActivityRow, how: MatchedBy) -> None:
        if workout.workout_id in self.settled or row.activity_id in self.taken:
            return
        self.settled.add(workout.workout_id)
        self.taken.add(row.activity_id)
        complete = plans.is_complete(row.backward_s, workout.duration_s(Direction.BACKWARD))
        self.found[workout.workout_id] = Matched(
            workout.workout_id,
            row.activity_id,
            local_day(row),
            how,
            complete,
            row.forward_s,
            row.backward_s,
            row.unknown_s,
            row.said_backward_s,
            row.said_forward_s,
        )


def _row_or_none(store: Activities, activity_id: str) -> ActivityRow | None:
    try:
        return store.row(activity_id)
    except NotFound:
        return None  # it was deleted; the session looks for another by itself


def _recorded(head: Recording) -> list[_Told]:
    return [_told(step) for step in head.steps if step.duration_s is not None or step.distance_m is not None]


@lru_cache(maxsize=256)
def _as_watches_keep(workout: Workout) -> tuple[list[_Told], list[_Told]]:
    """Return the steps as they are defined, and as they are done: a watch keeps a repeat the one way or the other."""
    return [_told(step) for step in workout.each_step()], [_told(step) for step in workout.steps()]


def _told(step: Step | RecordedStep) -> _Told:
    """Return the first word of the name, and how long or far; counts such as 1/6 are left to the watch."""
    words = (step.name or "").upper().split()
    return (
        words[0] if words else "",
        None if step.duration_s is None else float(round(step.duration_s)),
        None if step.distance_m is None else float(round(step.distance_m)),
    )
