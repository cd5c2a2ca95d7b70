"""Hold what sessions contain to the safety rules: treadmill, bouts, sprints, places, races, the young.

Nothing here is shared with the makers but the numbers, so that a fault of theirs is not a fault of this check.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Reason, Step, Workout
from backward_running.plans import _racing, _sprints, dose
from backward_running.plans._advice import LANE_LONG_M, LANE_SHORT_M
from backward_running.plans._block import SHORTEST_BOUT_S
from backward_running.plans._days import day_words
from backward_running.plans._fitting import EXPERIENCED_S, YOUNG_TO_YEARS
from backward_running.plans._stage_zero import FIRST_BOUT_S, LONG_FROM_S, LONG_GROWTH_RATIO, SHORT_GROWTH_RATIO
from backward_running.plans.base import Answers

_SLACK = 1e-6
NAME_LETTERS = 15
#: Words that have no place in a session on a belt. "Return" and "in turn" are no turns.
_TURNS = re.compile(r"\b(turn|turns|turning|shoulder|shoulders)\b(?<!in turn)", re.IGNORECASE)
#: What is never said to somebody with one of these conditions: what they cannot do, or what hurts or turns them dizzy.
_RULED_OUT: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = (
    (
        frozenset({"stiff_neck", "vertigo", "sight", "vestibular_or_visual"}),
        re.compile(r"(?<!need not )\blook round\b|\blook over\b|\bover a shoulder\b", re.IGNORECASE),
    ),
    (
        frozenset({"acute_calf_or_foot"}),
        re.compile(r"\bheel raises\b|\blift your heels\b|\bon your toes\b", re.IGNORECASE),
    ),
)
_ONE_LEG = re.compile(r"\bswing your legs\b", re.IGNORECASE)
_CALLED_SAFE = re.compile(r"\b(safe|safely)\b", re.IGNORECASE)


def broken_session_rules(workouts: Sequence[Workout], answers: Answers, *, words: bool = True) -> tuple[str, ...]:
    """Hold the content of sessions to rules 6 to 12, 18 and 19; one sentence for each break, none where all hold.

    Parameters
    ----------
    workouts : sequence of Workout
        Of a plan, in the order of their days. Those in `restart.kept` are facts: they count, but are never a break.
    answers : Answers
        Of whom they are for.
    words : bool
        Whether cues, titles and advice are held to the rules too. A plan that stands is not made anew for its words.

    Returns
    -------
    tuple of str
        Whether a race is prepared is said by the notes of a plan: see :func:`broken_race_line`.
    """
    stands = {(workout.week, workout.ordinal, workout.on) for workout in answers.restart.kept}
    every = sorted(
        {
            (workout.week, workout.ordinal, workout.on): workout for workout in (*answers.restart.kept, *workouts)
        }.values(),
        key=_in_time,
    )
    new = [workout for workout in every if (workout.week, workout.ordinal, workout.on) not in stands]
    checks: tuple[Callable[[Workout, Answers], Iterator[str]], ...] = (
        _treadmill,
        _held,
        _place,
        _young,
        _too_fast,
        *((_lane_end, _look, _said, _ruled_out) if words else ()),
    )
    found = [
        f"{said} on {day_words(workout.on)}" for workout in new for check in checks for said in check(workout, answers)
    ]
    found += _bout_growth(every, new, answers)
    found += _sprint_steps(every, new, answers)
    if new and answers.goal == "race" and (answers.race_distance_m or 0.0) > _racing.LONGEST_M.value:
        found.append("a marathon is prepared")
    return tuple(found)


def broken_race_line(workouts: Sequence[Workout], notes: Sequence[Reason], answers: Answers) -> tuple[str, ...]:
    """Hold the first line of a plan for a race to what its sessions reach."""
    if answers.goal != "race" or not workouts:
        return ()
    first = notes[0].text if notes else ""
    denies = "does not prepare" in first
    race_m = answers.race_distance_m
    short = race_m is not None and race_m <= _racing.SHORT_TO_M.value
    share = (_racing.SHORT_SHARE if short else _racing.LONG_SHARE).value
    longest_m = max((_metres(step) for workout in workouts for step in _backward(workout)), default=0.0)
    prepared = race_m is not None and longest_m + 1 >= share * race_m
    if race_m is not None and race_m <= _racing.SPRINT_TO_M.value:
        own_mps = _own_mps(answers)
        fast_mps = max(
            (s.speed_high_mps or 0 for workout in workouts for s in _backward(workout) if s.is_sprint), default=0
        )
        prepared = prepared and own_mps is not None and fast_mps > _sprints.NEXT_SHARE.value * own_mps + 0.01
    if not prepared and not denies:
        return (f"a plan whose longest bout is {longest_m:.0f} m does not say first that it does not prepare the race",)
    return ()


def _in_time(workout: Workout) -> tuple[date, int, int]:
    return (workout.on, workout.week, workout.ordinal)


def _backward(workout: Workout) -> list[Step]:
    return [step for step in workout.each_step() if step.direction is Direction.BACKWARD]


def _metres(step: Step) -> float:
    return step.distance_m or (step.duration_s or 0.0) * (step.speed_high_mps or 0.0)


def _longest_s(workout: Workout) -> float:
    return max((step.planned_s or 0.0 for step in _backward(workout)), default=0.0)


def _own_mps(answers: Answers) -> float | None:
    return _sprints.TIMED_M.value / answers.backward_20_m_s if answers.backward_20_m_s else None


def _texts(workout: Workout) -> list[str]:
    cues = [step.cue for step in workout.each_step() if step.cue]
    return [
        workout.title,
        workout.summary,
        workout.with_whom,
        *cues,
        *workout.advice,
        *(reason.text for reason in workout.reasons),
    ]


# Rule 10


def _treadmill(workout: Workout, answers: Answers) -> Iterator[str]:
    if workout.place is not Place.TREADMILL or not _backward(workout):
        return
    for step in workout.each_step():
        if step.direction not in (Direction.BACKWARD, Direction.STILL):
            yield f"a step {step.direction.value} on the belt, {step.name}"
        if step.part in (Part.WARM_UP, Part.COOL_DOWN) and not step.name.startswith("OFFBELT"):
            yield f"{step.name} is not named as off the belt"
    yield from (f"a session on the belt says “{text}”" for text in _texts(workout) if _TURNS.search(text))
    said = " ".join(_texts(workout)).lower()
    holds = answers.facts.holds or answers.stage_zero
    if holds and "let go" in said:
        yield "a session on the belt says “let go” to somebody who holds on"
    for must in ("belt stands", "rail", "clip", "both hands" if holds else "", "stop the belt", "start"):
        if must not in said:
            yield f"a session on the belt does not say “{must}”"
    if workout.grade_high_ratio > 0:
        yield "a session on the belt has a grade"


# Rule 2: a rail or a person


def _held(workout: Workout, answers: Answers) -> Iterator[str]:
    """Who holds on does so on a belt or beside a person, whatever the programme; and what goes forward is walked."""
    if answers.facts.holds and _backward(workout):
        if workout.place not in (Place.RAIL, Place.TREADMILL):
            yield "nothing to hold for somebody who holds on"
        if any("let go" in (step.cue or "").lower() for step in workout.steps()):
            yield "a step that says “let go” to somebody who holds on"
    forward = (step for step in workout.steps() if step.direction is Direction.FORWARD)
    if answers.facts.no_running and any(step.gait is Gait.RUN for step in forward):
        yield "a run forward for somebody who is not to run"


# Rules 8, 9 and 11


def _place(workout: Workout, answers: Answers) -> Iterator[str]:
    backward = _backward(workout)
    if not backward:
        return
    longest_m = max(map(_metres, backward))
    beside = answers.has_spotter or answers.has_supervisor
    if workout.place in (Place.TRACK_OR_GRASS, Place.GENTLE_GRASS_UPHILL) and not beside:
        yield "a track without a spotter"
    if workout.place is Place.FLAT_CLOSED and longest_m > LANE_LONG_M.value and beside:
        yield f"a bout of {longest_m:.0f} m on a short lane"
    if workout.place is Place.EVEN_ROUTE:
        yield "a backward step on an open route"
    if workout.place is Place.TREADMILL and not answers.has_treadmill:
        yield "a treadmill that nobody has"
    flat_only = workout.place in (Place.FLAT_CLOSED, Place.RAIL, Place.TREADMILL)
    if flat_only and (workout.grade_low_ratio < 0 or workout.grade_high_ratio > 0):
        yield "a slope where there is none"


def _lane_end(workout: Workout, answers: Answers) -> Iterator[str]:  # noqa: ARG001
    """Say what is done at the end of a lane that a bout is longer than."""
    backward = _backward(workout)
    longest_m = max(map(_metres, backward), default=0.0)
    told = any("stop" in (step.cue or "") and "turn" in (step.cue or "") for step in backward)
    if workout.place is Place.FLAT_CLOSED and longest_m > LANE_SHORT_M.value and not told:
        yield f"a bout of {longest_m:.0f} m on a short lane without a word on its end"


def _look(workout: Workout, answers: Answers) -> Iterator[str]:  # noqa: ARG001
    """Outdoors every bout comes with a word on looking round; who holds on has somebody who looks."""
    if workout.place is Place.TREADMILL or not _backward(workout):
        return
    for step in _backward(workout):
        held = workout.place is Place.RAIL and "watches the way" in (step.cue or "")
        if "shoulder" not in (step.cue or "") and not held:
            yield f"step {step.name} says nothing on looking round"
            return


def _ruled_out(workout: Workout, answers: Answers) -> Iterator[str]:
    """No advice asks for what a condition rules out, or for one leg where somebody holds on."""
    patterns = [pattern for keys, pattern in _RULED_OUT if not keys.isdisjoint(answers.conditions)]
    patterns += [_ONE_LEG] if answers.facts.holds or answers.stage_zero else []
    yield from (
        f"“{text}” is ruled out" for text in _texts(workout) for ruled_out in patterns if ruled_out.search(text)
    )


# Rule 7 and the programmes of the young


def _young(workout: Workout, answers: Answers) -> Iterator[str]:
    if answers.birth_year is None:
        yield "a session for somebody whose age is not known"
        return
    age = answers.starts_on.year - answers.birth_year - 1
    if age < dose.SUPERVISED_FROM_YEARS.value:
        yield f"a session for a runner of {age}"
    elif age < dose.ALONE_FROM_YEARS.value and not (
        answers.has_supervisor
        and any(who in workout.with_whom for who in (answers.supervisor_name or "adult", "adult", "trained person"))
    ):
        yield f"a session of a runner of {age} without an adult beside"
    oldest = answers.starts_on.year - answers.birth_year
    if oldest > YOUNG_TO_YEARS.value and any(
        key in (r.evidence_key or "") for r in workout.reasons for key in ("uthoff2020", "bouguezzi2024")
    ):
        yield f"a programme of the young for a runner of {oldest}"


# Rule 12


def _too_fast(workout: Workout, answers: Answers) -> Iterator[str]:
    for step in _backward(workout):
        if step.speed_high_mps is None:
            yield f"step {step.name} has no cap"
        elif not step.is_sprint and step.speed_high_mps > dose.SPEED_CAP_SHARE.value * answers.easy_speed_mps + _SLACK:
            yield f"step {step.name} is faster than 0.8 of the easy pace and no sprint"


def _said(workout: Workout, answers: Answers) -> Iterator[str]:  # noqa: ARG001
    """Titles come from content, nothing is called safe, names fit a watch."""
    yield from (f"“{text}” is said" for text in _texts(workout) if _CALLED_SAFE.search(text))
    for step in workout.each_step():
        if len(step.name) > NAME_LETTERS or not step.name.isascii():
            yield f"the name {step.name} does not fit a watch"
    lengths = {f"{s.distance_m:g} m" if s.distance_m else _span(s.duration_s or 0) for s in _backward(workout)}
    yield from (
        f"the title “{workout.title}” leaves out {length}" for length in sorted(lengths) if length not in workout.title
    )


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return " ".join(([f"{minutes} min"] if minutes else []) + ([f"{rest} s"] if rest or not minutes else []))


# Rule 6


def _bout_growth(every: Sequence[Workout], new: Sequence[Workout], answers: Answers) -> Iterator[str]:
    if not answers.stage_zero:
        return
    done = list(answers.facts.bout_history)
    for workout in every:
        longest_s = _longest_s(workout)
        if workout in new and longest_s:
            first = workout.on - timedelta(days=int(dose.WINDOW_DAYS_COUNT.value))
            before_s = max((seconds for day, seconds in done if first <= day < workout.on), default=0.0)
            if not before_s:
                limit_s = FIRST_BOUT_S.value
            else:
                ratio = SHORT_GROWTH_RATIO if before_s < LONG_FROM_S.value else LONG_GROWTH_RATIO
                limit_s = max(SHORTEST_BOUT_S.value, ratio.value * before_s)
            if longest_s > limit_s + _SLACK:
                yield (
                    f"a bout of {longest_s:.0f} s on {day_words(workout.on)}, {limit_s:.0f} s are allowed in stage zero"
                )
            if any(step.gait is Gait.RUN for step in _backward(workout)) and not before_s:
                yield f"a first session of stage zero that runs on {day_words(workout.on)}"
        # What stands was done, and its bouts are known, or it was missed, and then no bout of it was tolerated.
        if workout in new:
            done.append((workout.on, longest_s))


# Rule 18


def _sprint_steps(every: Sequence[Workout], new: Sequence[Workout], answers: Answers) -> Iterator[str]:
    with_sprints = [workout for workout in every if any(step.is_sprint for step in workout.each_step())]
    own_mps = _own_mps(answers)
    first_week = min((workout.week for workout in with_sprints), default=0)
    begun_earlier = answers.restart.first_week > 1 or answers.restart.first_stage > 1
    last_sets = None
    for workout in with_sprints:
        sprints = [step for step in workout.steps() if step.is_sprint]
        if workout in new:
            weeks = workout.week - first_week
            share = math.inf if begun_earlier else _allowed_share(weeks)
            yield from (
                f"{said} on {day_words(workout.on)}"
                for said in _sprint_session(workout, sprints, own_mps, share, answers)
            )
            if last_sets is not None and _sets(sprints) > last_sets + 1:
                yield f"more than one set of sprints more than last time on {day_words(workout.on)}"
        last_sets = _sets(sprints)


def _sets(sprints: Sequence[Step]) -> int:
    """Return how many sets of seven there are; one that a limit cut short is a set, too."""
    return math.ceil(len(sprints) / 7)


def _allowed_share(weeks: int) -> float:
    """Return the share of the measured speed after so many weeks of sprinting."""
    each = int(_sprints.WEEKS_AT_EACH_COUNT.value)
    if weeks < each:
        return _sprints.FIRST_SHARE.value
    return _sprints.NEXT_SHARE.value if weeks < each + each else 1.0


def _sprint_session(
    workout: Workout, sprints: Sequence[Step], own_mps: float | None, share: float, answers: Answers
) -> Iterator[str]:
    if own_mps is None:
        yield "sprints without a timed 20 m"
        return
    fastest_mps = max(step.speed_high_mps or math.inf for step in sprints)
    if fastest_mps > min(share, 1.0) * own_mps + 0.011:
        yield f"sprints at {fastest_mps:.2f} m/s, {min(share, 1.0) * own_mps:.2f} are allowed"
    if len(sprints) > 7 * _sprints.MOST_SETS_COUNT.value:
        yield "more than four sets of sprints"
    if any(step.distance_m is None or step.distance_m > _sprints.SPRINT_M.value for step in sprints):
        yield "a sprint over more than 20 m"
    told_s = 60 * answers.backward_experience_min
    recorded_s = sum(seconds for _, seconds in answers.facts.backward_history)
    if (
        max(told_s, recorded_s) < EXPERIENCED_S.value
        and (workout.stage or workout.week) <= dose.WEEKS_UNTIL_EXPERIENCED_COUNT.value
    ):
        yield "sprints before the ninth week"
    if workout.place is not Place.TRACK_OR_GRASS:
        yield f"sprints on {workout.place.value}"
    if answers.facts.walking_only or answers.stage_zero:
        yield "sprints for somebody who is held to walking or short bouts"
