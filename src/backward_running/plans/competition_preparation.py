"""Preparation for a race run backward: bouts that fit its distance, a ramp, a taper. The race is not in the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason, Week
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.irr_distances import RACED
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT
from backward_running.plans import dose
from backward_running.plans._block import Block
from backward_running.plans._fitting import experienced, misfit_of, practised, runs_already, runs_backward_at_all
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._session import Setting
from backward_running.plans.base import Answers, Protocol

WORK_EVIDENCE = Evidence(
    key="competition_preparation.work",
    says=(
        "No study prepared anybody for a race run backward: bouts, metres, ramp and taper are a proposal of this "
        "project. The caps hold in every session; only on the day of the race they do not."
    ),
    study=THIS_PROJECT,
    standing=Standing.OPINION,
    tag=Tag.PROPOSED,
)


@dataclass(frozen=True, slots=True)
class Work:
    """What the fullest session for a race has."""

    bout_m: Number
    total_m: Number


def _work(race_m: float, bout_m: float, total_m: float) -> tuple[float, Work]:
    key = f"competition_{race_m:.0f}_m"
    return race_m, Work(
        Number(f"{key}_bout_m", bout_m, "m", WORK_EVIDENCE), Number(f"{key}_session_m", total_m, "m", WORK_EVIDENCE)
    )


#: Race, m → bouts and metres of the fullest session.
WORK: Mapping[float, Work] = dict(
    (
        _work(100, 40, 400),
        _work(200, 50, 600),
        _work(400, 100, 800),
        _work(800, 200, 1600),
        _work(1500, 300, 2400),
        _work(3000, 500, 3000),
        _work(5000, 800, 4000),
        _work(21_097.5, 1000, 6000),
        _work(42_195, 1000, 8000),
    )
)
NUMBERS = tuple(number for work in WORK.values() for number in (work.bout_m, work.total_m))
USUAL_RACE_M = Number("competition_usual_race_m", 1500.0, "m", WORK_EVIDENCE)
LONG_FROM_M = Number("competition_long_from_m", 3000.0, "m", WORK_EVIDENCE)
USUAL_WEEKS_COUNT = Number("competition_usual_weeks_count", 8, "weeks", WORK_EVIDENCE)
MOST_WEEKS_COUNT = Number("competition_most_weeks_count", 26, "weeks", WORK_EVIDENCE)
FIRST_SHARE = Number("competition_first_week_share", 0.60, "1", WORK_EVIDENCE)
TAPER_SHARES: tuple[Number, ...] = (
    Number("competition_week_before_last_share", 0.70, "1", WORK_EVIDENCE),
    Number("competition_last_week_share", 0.40, "1", WORK_EVIDENCE),
)
SESSIONS_COUNT = Number("competition_sessions_per_week_count", 3, "1", WORK_EVIDENCE, low=2, high=3)
REST_S = Number("competition_rest_s", 90.0, "s", WORK_EVIDENCE)
SHORTEST_S = Number("competition_shortest_backward_s", 30.0, "s", WORK_EVIDENCE)

#: Longer bouts are planned by time, so that they can be cut.
_BY_DISTANCE_TO_M = 100.0
_BOUT_S = (20.0, 300.0)


def programme(answers: Answers) -> Programme:
    """Return as many weeks as lie before the race: a ramp to the fullest session, then two lighter weeks."""
    race_m = answers.race_distance_m or USUAL_RACE_M.value
    shares = week_shares(weeks_before(answers))
    rows = tuple(
        _row(race_m, share, lighter=share < before) for share, before in zip(shares, (0.0, *shares), strict=False)
    )
    return Programme(
        key="competition_preparation",
        rows=tuple(replace(row, blocks=_timed(row, answers)) for row in rows),
        evidence=WORK_EVIDENCE,
        shortest_session_s=SHORTEST_S,
    )


def weeks_before(answers: Answers) -> int:
    """Return how many whole weeks of the plan lie before the race; the usual eight where its day is not known."""
    if answers.race_on is None:
        return int(USUAL_WEEKS_COUNT.value)
    begun_on = answers.starts_on - timedelta(weeks=answers.first_week - 1)
    return min((answers.race_on - begun_on).days // 7, int(MOST_WEEKS_COUNT.value))


def week_shares(weeks: int) -> tuple[float, ...]:
    """Return the share of the fullest session in each week.

    >>> [round(share, 2) for share in week_shares(5)]
    [0.6, 0.8, 1.0, 0.7, 0.4]
    >>> week_shares(1)
    (0.4,)
    """
    taper = tuple(number.value for number in TAPER_SHARES)
    build = weeks - len(taper)
    if build < 1:
        return taper[len(taper) - weeks :]
    first = FIRST_SHARE.value
    ramp = tuple(first + (1.0 - first) * week / max(1, build - 1) for week in range(build))
    return (*ramp, *taper)


def _row(race_m: float, share: float, *, lighter: bool) -> Row:
    work = WORK[race_m]
    times = max(1, round(share * work.total_m.value / work.bout_m.value))
    said = (
        Reason(f"{share * 100:.0f} % of the fullest session for your race.", WORK_EVIDENCE.key),
        Reason("The caps hold here; on the day of the race they do not.", dose.SPEED_CAP_SHARE.evidence.key),
    )
    focus = "Lighter towards the race" if lighter else "Towards the race"
    block = Block(times, 0.0, REST_S.value, Gait.RUN, distance_m=work.bout_m.value)
    low, high = int(SESSIONS_COUNT.low or 2), int(SESSIONS_COUNT.value)
    return Row(
        low,
        low if lighter else high,
        (block,),
        focus,
        cap_share=dose.SPEED_CAP_SHARE.value,
        setting=Setting(reasons=said),
    )


def _timed(row: Row, answers: Answers) -> tuple[Block, ...]:
    """Time the bouts at the runner's cap; those over 100 m are planned by time."""
    cap_mps = dose.SPEED_CAP_SHARE.value * answers.easy_speed_mps
    return tuple(_by_time(replace(block, bout_s=(block.distance_m or 0.0) / cap_mps)) for block in row.blocks)


def _by_time(block: Block) -> Block:
    if (block.distance_m or 0.0) <= _BY_DISTANCE_TO_M:
        return block
    shortest_s, longest_s = _BOUT_S
    bout_s = min(max(shortest_s, 5.0 * round(block.bout_s / 5)), longest_s)
    return replace(block, bout_s=bout_s, distance_m=None, times=max(1, round(block.times * block.bout_s / bout_s)))


def has_a_race(answers: Answers) -> Reason | None:
    """Somebody whose goal it is."""
    return None if answers.goal in GOALS else Reason("It prepares a race, and your goal is another one.", _OWN)


def soon_but_not_tomorrow(answers: Answers) -> Reason | None:
    """Somebody whose race lies at least a week ahead."""
    if weeks_before(answers) >= 1:
        return None
    return Reason("The race is less than a week away: nothing trained now helps. Rest, and walk the course.", _OWN)


def trained_for_the_distance(answers: Answers) -> Reason | None:
    """Long races and sprints ask for more practice than the middle distances."""
    race_m = answers.race_distance_m or USUAL_RACE_M.value
    sprint = WORK[race_m].bout_m.value <= _BY_DISTANCE_TO_M if race_m in WORK else False
    return (experienced if sprint or race_m >= LONG_FROM_M.value else practised)(answers)


_OWN = WORK_EVIDENCE.key
GOALS = ("race",)
MISFIT = misfit_of(
    GOALS, has_a_race, runs_already, trained_for_the_distance, runs_backward_at_all, soon_but_not_tomorrow
)
RULES = Reason(
    "The race itself is not in the plan: travel back first, toes opposite to the way you go, as its rules have it. "
    "The distances offered are from memory.",
    RACED.key,
)
NOTES = (RULES, Reason("Nobody has studied how to prepare for a race run backward.", _OWN))
_weeks = weeks_for(programme, MISFIT)


def weeks(answers: Answers) -> tuple[Week, ...]:
    """Make the weeks; none has a session on the day of the race or after it."""
    made = _weeks(answers)
    return made if answers.race_on is None else tuple(_until(week, answers.race_on) for week in made)


def _until(week: Week, race_on: date) -> Week:
    return replace(week, workouts=tuple(one for one in week.workouts if one.on < race_on))


PROTOCOL = Protocol(
    key="competition_preparation",
    title="Towards a race run backward",
    for_whom="practised runners with a race, 100 m to the marathon",
    version="1",
    goals=GOALS,
    weeks=weeks,
    notes=notes_for(programme, MISFIT, *NOTES),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(WORK_EVIDENCE, RACED, *SHARED_EVIDENCE),
)
