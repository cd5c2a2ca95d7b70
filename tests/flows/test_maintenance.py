"""A plan that holds what is there, made when it gave one session a week, is not raised by itself by what it gives now."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.test_adapt import ANSWERS, TODAY, noon

from backward_running.core.direction import Direction
from backward_running.core.plan import Plan
from backward_running.flows import coach, said_done
from backward_running.plans import maintenance_week

OFTEN = ANSWERS | {
    "goal": "variety", "backward_experience_min": 1500, "weekly_running_s": 14_400.0, "protocol": "maintenance_week",
    "days": ["0", "2", "4"],
}  # fmt: skip


def backward_by_week(plan: Plan) -> list[list[float]]:
    return [[workout.duration_s(Direction.BACKWARD) for workout in week.workouts] for week in plan.weeks]


def test_a_plan_of_one_session_a_week_stays_one_whatever_was_missed(store, monkeypatch):
    for ago in range(28, 0, -2):
        on = TODAY - timedelta(days=ago)
        said_done.say_extra(store, on=on, backward_s=600.0, forward_s=600.0, now=noon(on))
    with monkeypatch.context() as before:
        before.setattr(maintenance_week, "sessions_a_week", lambda _: 1)
        made = coach.start_plan(store, OFTEN, now=noon(TODAY))
    assert isinstance(made, Plan) and all(len(week) == 1 for week in backward_by_week(made))
    for days_later in (1, 8, 10, 16):
        coach.today(store, now=noon(TODAY + timedelta(days=days_later)))
        assert all(len(week) <= 1 for week in backward_by_week(store.plan())), "it was changed, and not raised"
    assert store.plan().revision > 1
    anew = coach.start_plan(store, OFTEN, now=noon(TODAY))
    assert isinstance(anew, Plan) and len(backward_by_week(anew)[1]) == 3, "who starts anew gets what there is now"
