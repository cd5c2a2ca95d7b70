"""What a runner is asked before a plan: ten questions, two that follow only where a gate asks for them."""

from __future__ import annotations

from collections.abc import Collection

from backward_running.core.question import Kind, Question
from backward_running.core.screening import (
    CONDITIONS,
    NOTHING_APPLIES,
    PARQ_LINK,
    PARQ_OUTCOMES,
    RECENT_FALL,
    RED_FLAGS,
)

#: Values of the question "have". (value, words)
WHAT_YOU_HAVE: tuple[tuple[str, str], ...] = (
    ("spotter", "A friend who comes along and looks ahead for me"),
    ("treadmill", "A treadmill with a rail and a safety clip"),
    ("known_spot", "A flat, closed stretch of 20–50 m that I know well"),
    ("supervisor", "An adult or trained person who stays for the whole session"),
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

QUESTIONS: tuple[Question, ...] = (
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
        help="In minutes. The first programme is for people who already run for 20 minutes.",
        kind=Kind.DURATION,
        unit="min",
        lowest=0,
        highest=24 * 3600,
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
        key="birth_year",
        text="In which year were you born?",
        help="Under 16 you run backward only with an adult beside you; from 65 a balance test comes first.",
        kind=Kind.NUMBER,
        unit="year",
        lowest=1900,
        highest=2100,
    ),
    Question(
        key="days",
        text="Which days are free for a session?",
        help="Sessions need two days between them at first, so three days that are spread out work best.",
        kind=Kind.CHOICES,
        choices=tuple((str(number), name) for number, name in enumerate(_DAYS)),
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
        key="starts_on",
        text="When do you want to start?",
        help="Today or later, at most a year ahead.",
        kind=Kind.DATE,
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
        key="health",
        text="Does any of these apply to you?",
        help="Tick all that do. Nothing here is a diagnosis; some of them mean that someone should look at it first.",
        kind=Kind.CHOICES,
        choices=(
            NOTHING_APPLIES,
            RECENT_FALL,
            *CONDITIONS,
            *((flag.key, flag.words) for flag in RED_FLAGS),
        ),
    ),
)

#: Asked only where the gate of the same place in :data:`FOLLOW_UP_GATES` is closed; never part of the first form.
FOLLOW_UPS: tuple[Question, ...] = (
    Question(
        key="backward_walk_test_s",
        text="How long did you take to walk 3 metres backward?",
        help="Mark 3 metres on a flat floor, have someone beside you, walk as fast as is comfortable, time it.",
        kind=Kind.NUMBER,
        unit="s",
        lowest=1,
        highest=120,
        optional=True,
    ),
    Question(
        key="red_flags_cleared_on",
        text="Has a professional looked at it and cleared you? On which day?",
        help="Signs you reported before that day no longer stop the plan.",
        kind=Kind.DATE,
        optional=True,
    ),
)

FOLLOW_UP_GATES: tuple[str, ...] = ("balance_test", "red_flags")


def questions_for(closed: Collection[str] = ()) -> tuple[Question, ...]:
    """Return the ten questions, and those that follow where a gate is closed.

    Parameters
    ----------
    closed : collection of str
        Keys of the gates that are closed; none for the first form.

    >>> [question.key for question in questions_for({"balance_test"})][10:]
    ['backward_walk_test_s']
    """
    more = tuple(one for one, gate in zip(FOLLOW_UPS, FOLLOW_UP_GATES, strict=True) if gate in closed)
    return QUESTIONS + more
