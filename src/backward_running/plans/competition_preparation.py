"""Preparation for a race run backward: bouts that fit its distance, a ramp, a taper. The race is not in the plan."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason, Week
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.irr_distances import RACED
from backward_running.plans import _sprints, dose
from backward_running.plans._block import BOUT_GRAIN_S, Block
from backward_running.plans._fitting import (
    by_word,
    experienced,
    misfit_of,
    practised,
    runs_already,
    runs_backward_at_all,
)
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._racing import RACING, SPRINT_TO_M, needed_m
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

WORK_EVIDENCE = own_proposal(
    "competition_preparation.work",
    "No study prepared anybody for a race run backward: bouts, metres, ramp and taper are a proposal of this "
    "project. The caps hold in every session; only on the day of the race they do not.",
)


@dataclass(frozen=True, slots=True)
class Work:
    """What the fullest session for a race has, apart from the longest bout."""

    bout_m: Number
    total_m: Number


def _work(race_m: float, bout_m: float, total_m: float) -> tuple[float, Work]:
    key = f"competition_{race_m:.0f}_m"
    return race_m, Work(
        Number(f"{key}_bout_m", bout_m, "m", WORK_EVIDENCE), Number(f"{key}_session_m", total_m, "m", WORK_EVIDENCE)
    )


#: Race, m → bouts and metres of the fullest session; up to 400 m other sessions have sprints.
WORK: Mapping[float, Work] = dict(
    (
        _work(100, 60, 360),
        _work(200, 120, 480),
        _work(400, 240, 720),
        _work(800, 150, 1500),
        _work(1500, 200, 2400),
        _work(3000, 300, 3000),
        _work(5000, 400, 4000),
        _work(10_000, 500, 5000),
        _work(21_097.5, 600, 6000),
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
SHORTEST_BOUT_S = Number("competition_shortest_bout_s", 20.0, "s", WORK_EVIDENCE)
#: From the first week on a bout grows by at most 10 %: who prepares a race has eight weeks behind them.
BOUT_RULE_FROM_STAGE = Number("competition_bout_rule_from_week_count", 1, "weeks", WORK_EVIDENCE)


LONGEST_BOUT = Reason("The day for the longest bout: it is what your race asks for.", WORK_EVIDENCE.key)
SHORTER_BOUTS = Reason(
    "A day for metres, with a walk between the bouts so that each of them stays tidy. The last session of the week is "
    "the one for the longest bout.",
    WORK_EVIDENCE.key,
)
SPRINTS_FIRST = Reason(
    "Sprints, while you are fresh: their cap is a share of your timed 20 m. The easy bouts before them warm you up, at "
    f"most at {_sprints.EASY_SHARE.value * 100:.0f} % of your easy pace.",
    _sprints.SPRINTS.key,
)
SPRINT_BOUTS = Reason(
    "Bouts towards the length that your race asks for, without a sprint: their cap is a share of your easy pace, so it "
    "may be another one than on the day of the sprints.",
    WORK_EVIDENCE.key,
)
LAST_DAYS = Reason(
    "After its last session nothing backward is planned until the race: run forward with ease, walk the course, and "
    "rest on the day before.",
    WORK_EVIDENCE.key,
)


def programme(answers: Answers) -> Programme:
    """Return as many weeks as lie before the race: a ramp to the fullest session, then two lighter weeks."""
    race_m = answers.race_distance_m or USUAL_RACE_M.value
    shares = week_shares(weeks_before(answers))
    before = (0.0, *shares)
    rows = tuple(
        _row(answers, race_m, week, share, lighter=share < last)
        for week, (share, last) in enumerate(zip(shares, before, strict=False), 1)
    )
    return Programme(
        key="competition_preparation",
        rows=rows,
        evidence=WORK_EVIDENCE,
        shortest_session_s=SHORTEST_S,
        bout_rule_from_stage=BOUT_RULE_FROM_STAGE,
        least_bout_limit_s=dose.FIRST_SESSION_S,
    )


def weeks_before(answers: Answers) -> int:
    """Return how many whole weeks of the plan lie before the race; the usual eight where its day is not known."""
    if answers.race_on is None:
        return int(USUAL_WEEKS_COUNT.value)
    begun_on = answers.starts_on - timedelta(weeks=answers.restart.first_week - 1)
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


def _row(answers: Answers, race_m: float, week: int, share: float, *, lighter: bool) -> Row:
    """Return a week: one session with its longest bout, the others with shorter bouts or with sprints."""
    said = [
        Reason("The caps hold here; on the day of the race they do not.", dose.SPEED_CAP_SHARE.evidence.key),
    ]
    sprints = race_m <= SPRINT_TO_M.value
    others = _intervals(answers, race_m, share)
    if sprints:
        build = max(1, weeks_before(answers) - len(TAPER_SHARES))
        sets = max(1, int(share * _sprints.sets_of(build))) if week > build else _sprints.sets_of(week)
        others = _sprints.session_blocks(answers, week, sets)
        said += _sprints.why(week)
    elif not lighter:
        said.insert(
            0,
            Reason(f"This stage asks for {share * 100:.0f} % of the fullest session for your race.", WORK_EVIDENCE.key),
        )
    low, high = int(SESSIONS_COUNT.low or 2), int(SESSIONS_COUNT.value)
    return Row(
        low,
        low if lighter or sprints else high,
        (_longest(answers, race_m, share),),
        "Lighter" if lighter else "",
        cap_share=dose.SPEED_CAP_SHARE.value,
        setting=Setting(reasons=tuple(said)),
        others=others,
        sprint_share=_sprints.share_of(week) if sprints else None,
        taper=(share, _lighter(share)) if lighter and not sprints else None,
        why_longest=SPRINT_BOUTS if sprints else LONGEST_BOUT,
        why_others=SPRINTS_FIRST if sprints else SHORTER_BOUTS,
    )


def _lighter(share: float) -> Reason:
    """Say why a session of the last weeks is shorter: the end of a sentence, as every limit's words are."""
    return Reason(
        f"lighter on purpose, {share * 100:.0f} % of your longest session before it, so that you come to the race "
        "rested.",
        WORK_EVIDENCE.key,
    )


def _longest(answers: Answers, race_m: float, share: float) -> Block:
    """Return the bout that is to reach the part of the race a plan has to hold."""
    grain_s = BOUT_GRAIN_S.value
    bout_s = math.ceil(needed_m(race_m) / _cap_mps(answers) / grain_s) * grain_s
    if share < 1:
        bout_s = grain_s * round(share * bout_s / grain_s)
    bout_s = max(SHORTEST_BOUT_S.value, bout_s)
    if race_m > SPRINT_TO_M.value:
        return Block(1, bout_s, REST_S.value, Gait.RUN)
    work = WORK.get(race_m, WORK[USUAL_RACE_M.value])
    return Block(max(2, round(share * work.total_m.value / work.bout_m.value)), bout_s, REST_S.value, Gait.RUN)


def _intervals(answers: Answers, race_m: float, share: float) -> tuple[Block, ...]:
    """Return shorter bouts at the cap, by time, so that they can be cut."""
    work = WORK.get(race_m, WORK[USUAL_RACE_M.value])
    bout_s = max(SHORTEST_BOUT_S.value, _in_grains(work.bout_m.value / _cap_mps(answers)))
    times = max(1, round(share * work.total_m.value / _cap_mps(answers) / bout_s))
    return (Block(times, bout_s, REST_S.value, Gait.RUN),)


def _in_grains(seconds: float) -> float:
    return BOUT_GRAIN_S.value * round(seconds / BOUT_GRAIN_S.value)


def _cap_mps(answers: Answers) -> float:
    """Return the cap outside the race, as it is rounded down in a session."""
    return math.floor(dose.SPEED_CAP_SHARE.value * answers.easy_speed_mps * 100 + 1e-9) / 100


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
    sprint = race_m <= SPRINT_TO_M.value
    why_not = (experienced if sprint or race_m >= LONG_FROM_M.value else practised)(answers)
    if why_not is not None or not sprint:
        return why_not
    checks = (_sprints.too_early, _sprints.has_room, _sprints.timed, _sprints.runs_them)
    return next((reason for reason in (check(answers) for check in checks) if reason is not None), None)


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
NOTES = (RULES, LAST_DAYS, Reason("Nobody has studied how to prepare for a race run backward.", _OWN))
_weeks = weeks_for(programme, MISFIT)


def _typed_before_sprints(answers: Answers) -> Reason | None:
    return by_word(answers) if (answers.race_distance_m or USUAL_RACE_M.value) <= SPRINT_TO_M.value else None


def weeks(answers: Answers) -> tuple[Week, ...]:
    """Make the weeks; none has a session on the day of the race or after it."""
    made = _weeks(answers)
    return made if answers.race_on is None else tuple(_until(week, answers.race_on) for week in made)


def _until(week: Week, race_on: date) -> Week:
    return replace(week, workouts=tuple(workout for workout in week.workouts if workout.on < race_on))


PROTOCOL = Protocol(
    key="competition_preparation",
    title="Towards a race run backward",
    for_whom="practised runners with a race, 100 m to the half marathon",
    version="2",
    goals=GOALS,
    weeks=weeks,
    notes=notes_for(programme, MISFIT, *NOTES, telling=_typed_before_sprints),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(WORK_EVIDENCE, RACED, RACING, _sprints.SPRINTS, *SHARED_EVIDENCE),
)
