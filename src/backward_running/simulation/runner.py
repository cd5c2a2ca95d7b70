"""A seeded beginner: what they ran, week by week, as real FIT files, with what they felt and what was true."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np

from backward_running.core.athlete import Athlete, CheckIn, Moment, Sex
from backward_running.core.clock import from_wall, in_zone, utc_offset_s_in
from backward_running.core.direction import Direction
from backward_running.core.plan import Workout
from backward_running.core.session import Bout
from backward_running.simulation._body import Body
from backward_running.simulation._recorder import Outing, write
from backward_running.simulation._script import free_run, pieces_of_workout, playful_run

#: The simulated person. Nobody's data: chosen so that the beginner programme leads to running by its fourth week.
EASY_SPEED_MPS = 3.0
BODY = Body(
    resting_heart_rate_bpm=56.0,
    maximal_heart_rate_bpm=187.0,
    maximal_uptake_ml_per_kg_min=47.0,
    mass_kg=66.0,
    height_m=1.71,
)
BIRTH_YEAR = 1988
#: Where the made-up courses lie.
ZONE = "Europe/Helsinki"

#: In these weeks a forward run gets some unplanned backward minutes; in one of them the chest sensor sees them.
PLAYFUL_WEEKS = (7, 10)
SENSOR_ON_PLAYFUL_WEEK = 10

#: In the fifth week the calf gets sore after the first session: the rest of the week goes without running backward.
SORE_WEEK = 5
SORE_NRS = 5.0
#: What the runner then says of the calf: days after that session, soreness. On the last day it is over.
SORE_CALF_SAYS: tuple[tuple[int, float], ...] = ((1, 4.0), (2, SORE_NRS), (6, 1.0))


@dataclass(frozen=True, slots=True)
class SimulatedRunner:
    """Everything the simulator made. All of it is simulated and says so."""

    athlete: Athlete
    files: tuple[tuple[str, bytes], ...]
    truths: tuple[tuple[Bout, ...], ...]  #: for each file, what was really done
    check_ins: tuple[CheckIn, ...]


def athlete() -> Athlete:
    """Return the simulated person."""
    return Athlete(
        name="Demo runner",
        birth_year=BIRTH_YEAR,
        sex=Sex.FEMALE,
        mass_kg=BODY.mass_kg,
        height_m=BODY.height_m,
        resting_heart_rate_bpm=BODY.resting_heart_rate_bpm,
        maximal_heart_rate_bpm=BODY.maximal_heart_rate_bpm,
        backward_experience_min=0.0,
        simulated=True,
    )


def demo_answers(starts_on: date) -> dict[str, object]:
    """Return what the simulated person answers to the questions before a plan, SI units."""
    return {
        "forward_runs_per_week": 4,
        "easy_speed_mps": EASY_SPEED_MPS,
        "longest_run_s": 48 * 60.0,
        "backward_experience_min": 0.0,
        "birth_year": BIRTH_YEAR,
        "goal": "try",
        "days": ["0", "2", "4"],
        "have": ["spotter", "treadmill", "known_spot"],
        "starts_on": starts_on,
        "parq": "all_no",
        "health": ["none"],
    }


def simulate_runner(
    seed: int,
    *,
    weeks: int,
    until: date,
    workouts: Sequence[Workout] = (),
    first_day: date | None = None,
    now: datetime | None = None,
) -> SimulatedRunner:
    """Simulate a beginner who follows `workouts` and runs forward besides.

    Parameters
    ----------
    seed : int
        The same seed, dates and workouts give the same bytes.
    weeks : int
        How many weeks to simulate, 1 to 520.
    until : date
        The last day. Workouts after it are not done.
    workouts : sequence of Workout
        The plan to follow, as made by ``plans``.
    first_day : date, optional
        A Monday; by default `weeks` weeks before the end of the week of `until`.
    now : datetime, optional
        Aware. What is not over by then was not run yet, and nothing was said of it.
    """
    monday = first_day or until - timedelta(days=until.weekday(), weeks=weeks - 1)
    rng = np.random.default_rng(seed)
    files: list[tuple[str, bytes]] = []
    truths: list[tuple[Bout, ...]] = []
    check_ins: list[CheckIn] = []
    for outing in _outings(monday, weeks, until, workouts, rng):
        data, truth = write(outing, BODY, rng)
        if now is not None and outing.started_at + timedelta(seconds=truth[-1].end_s) > now:
            continue
        activity_id = f"{hashlib.sha256(data).hexdigest()[:16]}-0"
        files.append((f"{outing.started_at:%Y-%m-%d-%H%M}-simulated.fit", data))
        truths.append(truth)
        felt = _felt(outing, truth, activity_id, until, rng)
        check_ins.extend(said for said in felt if now is None or said.made_at <= now)
    check_ins.sort(key=lambda check_in: check_in.made_at)
    return SimulatedRunner(athlete(), tuple(files), tuple(truths), tuple(check_ins))


def _outings(
    monday: date, weeks: int, until: date, workouts: Sequence[Workout], rng: np.random.Generator
) -> Iterator[Outing]:
    """Yield what is run, day by day: the planned sessions, and forward runs on days without one."""
    planned = {workout.on: workout for workout in workouts}
    skipped_until = date.min
    for day_number in range(weeks * 7):
        day = monday + timedelta(days=day_number)
        if day > until:
            return
        week = day_number // 7 + 1
        workout = planned.get(day)
        if workout is not None and day > skipped_until:
            if workout.week == SORE_WEEK and workout.ordinal == 1:
                skipped_until = day + timedelta(days=6)
            yield _planned_outing(day, workout, rng)
        elif workout is None and day.weekday() in (1, 6):
            yield _free_outing(day, week, rng)


def _planned_outing(day: date, workout: Workout, rng: np.random.Generator) -> Outing:
    pieces, steps = pieces_of_workout(workout, EASY_SPEED_MPS, rng)
    on_treadmill = workout.week >= 3 and workout.ordinal == 3
    uphill = workout.grade_high_ratio > 0.0 and workout.ordinal == 2
    started_at = _clock(day, time(17, 40), rng)
    return Outing(
        started_at=started_at,
        utc_offset_s=utc_offset_s_in(ZONE, started_at),
        pieces=pieces,
        steps=steps,
        course_key="grass_slope" if uphill else "track",
        on_treadmill=on_treadmill,
        with_chest_sensor=workout.ordinal == 1 and not on_treadmill,
        title=f"Week {workout.week}, run {workout.ordinal}",  # a watch shows 15 characters
        week=workout.week,
    )


def _free_outing(day: date, week: int, rng: np.random.Generator) -> Outing:
    """Return a forward run; now and then some backward minutes slip in that nobody told the watch."""
    playful = week in PLAYFUL_WEEKS and day.weekday() == 1
    long_run = day.weekday() == 6
    minutes = (48.0 if long_run else 34.0) + rng.uniform(-4, 4)
    pieces = playful_run(EASY_SPEED_MPS, 2.1, rng) if playful else free_run(minutes, EASY_SPEED_MPS, rng)
    started_at = _clock(day, time(9, 5) if long_run else time(6, 50), rng)
    return Outing(
        started_at=started_at,
        utc_offset_s=utc_offset_s_in(ZONE, started_at),
        pieces=pieces,
        steps=(),
        course_key="park_loop",
        on_treadmill=False,
        with_chest_sensor=long_run or week == SENSOR_ON_PLAYFUL_WEEK,
        title=None,
        week=week,
    )


def _clock(day: date, at: time, rng: np.random.Generator) -> datetime:
    return in_zone(from_wall(datetime.combine(day, at), ZONE), ZONE) + timedelta(seconds=int(rng.integers(0, 1500)))


def _felt(
    outing: Outing, truth: tuple[Bout, ...], activity_id: str, until: date, rng: np.random.Generator
) -> Iterator[CheckIn]:
    """Yield what the runner says afterwards, and about the calves one and two days later."""
    ended = outing.started_at + timedelta(seconds=truth[-1].end_s)
    backward_min = sum(bout.duration_s for bout in truth if bout.direction is Direction.BACKWARD) / 60.0
    exertion = float(np.clip(np.round(3.0 + 0.12 * backward_min + rng.normal(0.0, 0.6)), 1, 8))
    yield CheckIn(
        ended + timedelta(minutes=10), Moment.AFTER, activity_id=activity_id, perceived_exertion_cr10=exertion
    )
    if backward_min <= 0.0:
        return
    # Drawn in every week, so that what comes after does not hang on which week is the sore one.
    usual = max(0.0, np.round(2.4 - 0.2 * outing.week + rng.normal(0, 0.7)))
    says = SORE_CALF_SAYS if outing.week == SORE_WEEK else ((1, np.round(0.8 * usual)), (2, usual))
    moments = (Moment.DAY_1, Moment.DAY_2, Moment.OTHER)
    for (days, nrs), moment in zip(says, moments, strict=False):
        said_at = ended + timedelta(days=days)
        if said_at.date() <= until:
            yield CheckIn(said_at, moment, activity_id=activity_id, calf_soreness_nrs=float(nrs))
