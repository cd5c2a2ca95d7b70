"""What a runner is asked before a plan: health first, then running, then what follows from a gate or an answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from backward_running.core.goals import GOALS
from backward_running.core.question import Kind, Question
from backward_running.core.screening import (
    CONDITIONS,
    HEALTH_GROUPS,
    NOTHING_APPLIES,
    PARQ_LINK,
    PARQ_OUTCOMES,
    RECENT_FALL,
    RED_FLAGS,
)
from backward_running.evidence import Number
from backward_running.evidence.studies.irr_distances import RACED

#: Values of the question "have". (value, words)
WHAT_YOU_HAVE: tuple[tuple[str, str], ...] = (
    ("spotter", "A friend who comes along and looks ahead for me"),
    ("treadmill", "A treadmill with a rail and a safety clip"),
    ("harness", "A harness over the treadmill that holds me if I fall"),
    ("known_spot", "A flat, closed stretch of 20–50 m that I know well"),
    ("supervisor", "An adult or trained person who stays for the whole session"),
)

_WORDS = dict((RECENT_FALL, *CONDITIONS, *((flag.key, flag.words) for flag in RED_FLAGS)))
_HEALTH = (NOTHING_APPLIES, *((key, _WORDS[key]) for _, keys in HEALTH_GROUPS for key in keys))

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = tuple((str(number), name) for number, name in enumerate(_DAYS))

RACES: tuple[tuple[Number, str], ...] = (
    *((Number(f"race_{metres}_m", metres, "m", RACED), f"{metres} m") for metres in (100, 200, 400, 800, 1500)),
    *((Number(f"race_{metres}_m", metres, "m", RACED), f"{metres} m") for metres in (3000, 5000)),
    (Number("race_10000_m", 10_000, "m", RACED), "10 km"),
    (Number("race_half_marathon_m", 21_097.5, "m", RACED), "Half marathon"),
    (Number("race_marathon_m", 42_195, "m", RACED), "Marathon"),
)

#: Asked first: with these alone it is known whether there can be a plan at all.
HEALTH_QUESTIONS: tuple[Question, ...] = (
    Question(
        key="health",
        text="Does any of these apply to you?",
        help="Tick all that do. Nothing here is a diagnosis; some of them mean that someone should look at it first.",
        kind=Kind.CHOICES,
        choices=_HEALTH,
        groups=HEALTH_GROUPS,
    ),
    Question(
        key="parq",
        text="What did the PAR-Q+ say?",
        help="A health questionnaire of a few minutes, on its own page. Only the outcome is kept here.",
        kind=Kind.CHOICE,
        choices=PARQ_OUTCOMES,
        link=PARQ_LINK,
    ),
    Question(
        key="birth_year",
        text="In which year were you born?",
        help="Under 16 an adult stays for every session; from 65 a short balance test comes first.",
        kind=Kind.NUMBER,
        unit="year",
        lowest=1900,
        highest=2100,
    ),
    Question(
        key="goal",
        text="What do you want of it?",
        help="It decides which programmes fit. In rehabilitation you walk backward, beside your clinician’s plan.",
        kind=Kind.CHOICE,
        choices=GOALS,
    ),
    Question(
        key="have",
        text="What do you have?",
        help="At least one of them is needed: you cannot see where you are going.",
        kind=Kind.CHOICES,
        choices=WHAT_YOU_HAVE,
        optional=True,
    ),
    Question(
        key="supervisor_name",
        text="Who stays for the whole session?",
        help="Their name. It is needed where a session takes place only with somebody beside you; it stays here.",
        kind=Kind.TEXT,
        optional=True,
    ),
)

RUNNING_QUESTIONS: tuple[Question, ...] = (
    Question(
        key="forward_runs_per_week",
        text="How many times a week do you run now?",
        help="Count the forward runs of a usual week. The plan swaps backward minutes in; it does not add days.",
        kind=Kind.NUMBER,
        unit="runs a week",
        lowest=0,
        highest=14,
    ),
    Question(
        key="easy_speed_mps",
        text="What is your easy running pace?",
        help="The pace at which you can talk. Backward speeds are a share of it.",
        kind=Kind.PACE,
        lowest=1000 / (15 * 60),
        highest=1000 / (3 * 60),
    ),
    Question(
        key="longest_run_s",
        text="How long was your longest run in the last 30 days?",
        help="In minutes. Programmes with running backward are for people who already run for 20 minutes.",
        kind=Kind.DURATION,
        unit="min",
        lowest=0,
        highest=24 * 3600,
    ),
    Question(
        key="weekly_running_s",
        text="How many minutes do you run in a usual week, all runs together?",
        help="It limits the backward minutes. Left empty: guessed from how often and how long you run, and said so.",
        kind=Kind.DURATION,
        unit="min",
        lowest=0,
        highest=7 * 24 * 3600,
        optional=True,
    ),
    Question(
        key="backward_experience_min",
        text="How much have you walked or run backward so far?",
        help="All of it together, in minutes. 0 if this is new to you.",
        kind=Kind.NUMBER,
        unit="min",
        lowest=0,
        highest=100_000,
    ),
    Question(
        key="days",
        text="Which days are free for a session?",
        help="48 hours lie between two sessions at first, so three days that are spread out work best.",
        kind=Kind.CHOICES,
        choices=_WEEKDAYS,
    ),
)

QUESTIONS: tuple[Question, ...] = HEALTH_QUESTIONS + RUNNING_QUESTIONS

#: Asked where something follows from a gate or an answer, or where answers are changed; never part of the first form.
#: Each may be left empty and then has a value of its own.
FOLLOW_UPS: tuple[Question, ...] = (
    Question(
        key="backward_walk_test_s",
        text="How long did you take to walk 3 metres backward?",
        help=(
            "Mark 3 metres on a flat floor with nothing on it, have someone beside you who can hold you, walk as fast "
            "as is comfortable, time it."
        ),
        kind=Kind.NUMBER,
        unit="s",
        lowest=1,
        highest=120,
        optional=True,
    ),
    Question(
        key="backward_walk_test_on",
        text="On which day did you walk the 3 metres?",
        help="After a fall it is walked again, once 48 hours are over. Left empty: today, where the seconds are new.",
        kind=Kind.DATE,
        optional=True,
    ),
    Question(
        key="red_flags_cleared_on",
        text="Has a professional looked at it and cleared you? On which day?",
        help="Signs you reported before that day no longer stop the plan.",
        kind=Kind.DATE,
        optional=True,
    ),
    Question(
        key="starts_on",
        text="When do you want to start?",
        help="Today or later, at most a year ahead. Left empty: today.",
        kind=Kind.DATE,
        optional=True,
    ),
    Question(
        key="hard_days",
        text="On which days do you run hard or long?",
        help="A session keeps away from them where your free days allow it.",
        kind=Kind.CHOICES,
        choices=_WEEKDAYS,
        optional=True,
    ),
    Question(
        key="race_on",
        text="On which day is the race?",
        help="The last weeks get lighter towards it. Left empty: the plan has no race in it.",
        kind=Kind.DATE,
        optional=True,
    ),
    Question(
        key="race_distance_m",
        text="How far is the race?",
        help="The distances of the championships, from memory; the organiser’s list decides.",
        kind=Kind.CHOICE,
        choices=tuple((f"{number.value:g}", words) for number, words in RACES),
        optional=True,
    ),
    Question(
        key="backward_20_m_s",
        text="How long do you take for 20 metres backward, at your fastest?",
        help=(
            "Sprints take their speed from it. After a warm-up, rolling start, on a lane you know, somebody at its end "
            "and a watch: the seconds for 20 m. Only a timed 20 m counts, no speed of a recording. Left empty: sprints "
            "wait until you have it."
        ),
        kind=Kind.NUMBER,
        unit="s",
        lowest=3,
        highest=60,
        optional=True,
    ),
    Question(
        key="protocol",
        text="Which programme?",
        help="Left empty: the one that fits your goal and your answers best.",
        kind=Kind.CHOICE,
        optional=True,
    ),
)

#: Follow-ups that belong to a gate: key of the question → key of the gate.
OF_A_GATE: Mapping[str, str] = {"backward_walk_test_s": "balance_test", "backward_walk_test_on": "balance_test"}
#: Read in plans of earlier versions; what a clinician says is written down as a clearance now.
NO_LONGER_ASKED: frozenset[str] = frozenset({"red_flags_cleared_on"})
OF_A_RACE: frozenset[str] = frozenset({"race_on", "race_distance_m"})
#: Asked of those whose goal may lead to sprints, or who chose such a programme.
OF_SPRINTS: frozenset[str] = frozenset({"backward_20_m_s"})
SPRINT_GOALS: frozenset[str] = frozenset({"economy", "race"})


def questions_for(closed: Collection[str] = (), typed: Mapping[str, object] | None = None) -> tuple[Question, ...]:
    """Return the questions of health and running, and those that follow from closed gates and from what was typed.

    Parameters
    ----------
    closed : collection of str
        Keys of the gates that are closed; none for the first form.
    typed : mapping or None
        What was typed so far, where the last screen or changed answers are meant; None for the first form.

    >>> [question.key for question in questions_for({"balance_test"})][len(QUESTIONS) :]
    ['backward_walk_test_s', 'backward_walk_test_on']
    >>> [question.key for question in questions_for((), {"goal": "race"})][len(QUESTIONS) :]
    ['starts_on', 'hard_days', 'race_on', 'race_distance_m', 'backward_20_m_s', 'protocol']
    """
    return QUESTIONS + follow_ups(closed, typed)


def follow_ups(closed: Collection[str] = (), typed: Mapping[str, object] | None = None) -> tuple[Question, ...]:
    """Return what follows from closed gates and from what was typed, without the questions of health and running.

    >>> [question.key for question in follow_ups((), {"goal": "try"})]
    ['starts_on', 'hard_days', 'protocol']
    """
    return tuple(map(with_choices, (question for question in FOLLOW_UPS if _follows(question, closed, typed))))


def _follows(question: Question, closed: Collection[str], typed: Mapping[str, object] | None) -> bool:
    if question.key in NO_LONGER_ASKED:
        return False
    if question.key in OF_A_GATE:
        return OF_A_GATE[question.key] in closed
    if typed is None:
        return False
    if question.key in OF_SPRINTS:
        return typed.get("goal") in SPRINT_GOALS
    return question.key not in OF_A_RACE or typed.get("goal") == "race"


def with_choices(question: Question) -> Question:
    """Return the question with its choices: the programmes are known only once all files of the room are read."""
    if question.key != "protocol":
        return question
    from backward_running.plans import all_protocols

    return replace(
        question, choices=tuple((protocol.key, protocol.full_title) for protocol in all_protocols().values())
    )
