"""The first running backward of a programme is short, whatever week it falls into; a skill day does not wither."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from tests.plans.test_beginner import RUNNER, all_of, back_s, bout_s

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Workout
from backward_running.plans import all_protocols
from backward_running.plans.base import Answers

PACES_S_PER_KM = (240, 300, 330, 345, 360, 380, 400, 420, 440, 455, 480, 510)


def runs(workout: Workout) -> list[float]:
    """Return the bouts of a session that are run backward, in seconds."""
    steps = (step for step in workout.each_step() if step.direction is Direction.BACKWARD and step.gait is Gait.RUN)
    return [step.planned_s or 0.0 for step in steps]


def runner(pace_s_per_km: int, **changed: object) -> Answers:
    return replace(RUNNER, easy_speed_mps=1000 / pace_s_per_km, **changed)


@pytest.mark.parametrize("programme", ["beginner", "article_method", "knee_minutes_swapped"])
@pytest.mark.parametrize("pace_s_per_km", PACES_S_PER_KM)
def test_nobody_runs_backward_for_the_first_time_in_bouts_of_minutes(programme: str, pace_s_per_km: int) -> None:
    goal = "rehab:runners_knee" if programme == "knee_minutes_swapped" else "try"
    weeks = all_protocols()[programme].weeks(runner(pace_s_per_km, goal=goal))
    assert weeks
    by_week: dict[int, list[float]] = defaultdict(list)
    for workout in all_of(weeks):
        by_week[workout.week] += runs(workout)
    running = [bouts for _, bouts in sorted(by_week.items()) if bouts]
    if running:
        assert max(running[0]) <= 30
        assert all(max(later) <= 2.5 * max(early) for early, later in pairwise(running)), "bouts grow step by step"
    if programme == "beginner":
        assert bool(running) == (pace_s_per_km <= 455), "who is faster than 2.17 m/s gets to run in week 8"


def test_the_day_for_skill_does_not_wither_where_the_cap_of_the_week_holds() -> None:
    """The longest session took from it what it had lost: 5:00, 4:05, 3:00 while Saturday went to 17 minutes."""
    for pace_s_per_km in PACES_S_PER_KM:
        answers = runner(pace_s_per_km, weekly_running_s=6000.0, days=(0, 2, 5))
        skill = [workout for workout in all_of(all_protocols()["beginner"].weeks(answers)) if workout.ordinal == 2]
        late = [workout for workout in skill if workout.stage >= 10]
        told = list(map(back_s, late))
        assert told[-1] >= told[0], told
        assert all(later >= 0.8 * early for early, later in pairwise(told)), f"whole bouts leave a little: {told}"


def test_bouts_are_told_as_a_watch_is_read() -> None:
    for pace_s_per_km in PACES_S_PER_KM:
        for workout in all_of(all_protocols()["beginner"].weeks(runner(pace_s_per_km, longest_run_s=3000))):
            longest_s = bout_s(workout)
            bouts = [step.duration_s for step in workout.steps() if step.direction is Direction.BACKWARD]
            assert all(seconds % 15 == 0 for seconds in bouts if seconds >= 150), bouts
            assert all(seconds % 5 == 0 for seconds in bouts) and longest_s >= 30
