"""Check what a runner typed: answers, or one sentence per field that says what is accepted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from backward_running.core.goals import TOLD_BEFORE, condition_of
from backward_running.core.question import Kind, Question
from backward_running.core.screening import ASKED_BEFORE, CONDITIONS, NOTHING_APPLIES, PARQ_CLEARED, RECENT_FALL
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans.base import Answers
from backward_running.plans.questions import FOLLOW_UPS, QUESTIONS, with_choices

#: Nobody older is known to run; a year before that is a slip of the finger.
OLDEST_YEARS = 110
FARTHEST_START = timedelta(days=366)
FARTHEST_RACE = timedelta(days=2 * 366)
LONGEST_NAME_LETTERS = 80

VERY_SHORT = own_proposal(
    "answers.very_short",
    "Who is frail, 65 or older, or fell in the last 12 months begins with very short bouts: a proposal.",
)
VERY_SHORT_FROM_YEARS = Number("very_short_bouts_from_age_count", 65, "years", VERY_SHORT)

#: What is said beside a field whose answer cannot be used. {this_year}, {oldest_year} and {today} are filled in.
ACCEPTED: Mapping[str, str] = {
    "forward_runs_per_week": "Type how many runs you do in a usual week, a whole number from 0 to 14.",
    "easy_speed_mps": "Type an easy pace from 3:00 to 15:00 min per km (4:50 to 24:08 per mile), such as 6:30.",
    "longest_run_s": "Type the minutes of your longest run in the last 30 days, from 0 to 1440 (a whole day).",
    "weekly_running_s": "Type the minutes you run in a usual week, from 0 to 10,080 (all of it), or leave it empty.",
    "supervisor_name": "Type the name of who stays beside you, up to 80 letters, or leave it empty.",
    "backward_20_m_s": "Type the seconds you took for 20 metres backward, from 3 to 60, or leave it empty.",
    "backward_experience_min": "Type how many minutes you have gone backward so far, 0 to 100,000; 0 if it is new.",
    "birth_year": "Type the year you were born in four digits, from {oldest_year} to {this_year}, such as 1988.",
    "goal": "Choose one of the goals on the list.",
    "days": "Tick at least one day of the week that is free.",
    "have": "Tick only what is on the list, or leave it empty.",
    "parq": "Choose one outcome; if you have not done the PAR-Q+ yet, choose “Not done yet”.",
    "health": "Tick everything that applies to you, or “None of these” alone.",
    "backward_walk_test_s": "Type the seconds you took for the 3 metres, from 1 to 120, or leave it empty.",
    "backward_walk_test_on": "Pick the day on which you walked the 3 metres, today or earlier, or leave it empty.",
    "red_flags_cleared_on": "Pick the day on which you were cleared, today or earlier, or leave it empty.",
    "starts_on": "Pick a day from {today} on, at most a year ahead, or leave it empty to start today.",
    "hard_days": "Tick days of the week only, or leave it empty.",
    "race_on": "Pick the day of the race, after the day you start and at most two years ahead, or leave it empty.",
    "race_distance_m": "Choose one of the distances on the list, or leave it empty.",
    "protocol": "Choose one of the programmes on the list, or leave it empty for the one that fits best.",
}  # fmt: skip


class _NotAccepted(Exception):
    """What was typed is not an answer to the question."""


def check_answers(typed: Mapping[str, object], *, today: date) -> tuple[Answers | None, dict[str, str]]:
    """Check the answers of a runner.

    Parameters
    ----------
    typed : mapping
        Key of a question → what was typed, in SI units or plain strings, as the door converted it: a string, number,
        list of strings, date or None.
    today : date
        The day on which it was typed.

    Returns
    -------
    answers : Answers or None
        None where anything is wrong.
    problems : dict
        Key of a question → one sentence that says what is accepted. Empty where all is well.

    >>> check_answers({"birth_year": 1823}, today=date(2026, 5, 4))[1]["birth_year"]
    'Type the year you were born in four digits, from 1916 to 2026, such as 1988.'
    """
    read, problems = read_typed(typed, today=today)
    if problems:
        return None, problems
    have = _strings(read["have"])
    racing = read["goal"] == "race"
    return (
        Answers(
            forward_runs_per_week=int(_float(read["forward_runs_per_week"])),
            easy_speed_mps=_float(read["easy_speed_mps"]),
            longest_run_s=_float(read["longest_run_s"]),
            backward_experience_min=_float(read["backward_experience_min"]),
            days=_weekdays(read["days"]),
            has_treadmill="treadmill" in have,
            has_spotter="spotter" in have,
            has_known_spot="known_spot" in have,
            has_supervisor="supervisor" in have,
            supervisor_name=_name(read["supervisor_name"]) if "supervisor" in have else None,
            has_harness="harness" in have,
            birth_year=int(_float(read["birth_year"])),
            starts_on=_date(read["starts_on"]),
            goal=str(read["goal"]),
            hard_days=_weekdays(read["hard_days"]),
            race_on=_date(read["race_on"]) if racing and read["race_on"] is not None else None,
            race_distance_m=_float(read["race_distance_m"]) if racing and read["race_distance_m"] else None,
            weekly_running_s=_known(read["weekly_running_s"]),
            backward_20_m_s=_known(read["backward_20_m_s"]),
            backward_walk_test_s=_known(read["backward_walk_test_s"]),
            stage_zero=_begins_very_short(read, today),
            conditions=_conditions(read, typed),
        ),
        {},
    )


def _known(value: object) -> float | None:
    return None if value is None else _float(value)


def _name(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _conditions(read: Mapping[str, object], typed: Mapping[str, object]) -> tuple[str, ...]:
    """Return what was ticked now or told before, conditions of rehabilitation included."""
    told = typed.get(TOLD_BEFORE)
    before = [str(condition) for condition in told] if isinstance(told, list | tuple) else []
    known = {key for key, _ in CONDITIONS}
    goal = [str(read["goal"])] if condition_of(str(read["goal"])) is not None else []
    return tuple(sorted({*(known & set(_strings(read["health"]))), *before, *goal}))


def _begins_very_short(read: Mapping[str, object], today: date) -> bool:
    """Whether a runner is frail, may be 65 or older, or fell in the last 12 months."""
    oldest = today.year - int(_float(read["birth_year"]))
    return oldest >= VERY_SHORT_FROM_YEARS.value or bool({"frail", RECENT_FALL[0]} & set(_strings(read["health"])))


def read_typed(typed: Mapping[str, object], *, today: date) -> tuple[dict[str, object], dict[str, str]]:
    """Read every answer into its own type: float, date, string or tuple of strings, None where it may be left out.

    Returns what could be read and, for the rest, what is accepted. Keys that are no question are left alone. The day
    to start is today where none was typed.
    """
    read: dict[str, object] = {}
    problems: dict[str, str] = {}
    for question in (*QUESTIONS, *FOLLOW_UPS):
        try:
            read[question.key] = _read(question, typed.get(question.key), today)
        except _NotAccepted:
            problems[question.key] = accepted(question.key, today)
    if "starts_on" in read and read["starts_on"] is None:
        read["starts_on"] = today
    starts_on, race_on = read.get("starts_on"), read.get("race_on")
    if isinstance(starts_on, date) and isinstance(race_on, date) and race_on <= starts_on:
        problems["race_on"] = accepted("race_on", today)
    return read, problems


def accepted(key: str, today: date) -> str:
    """Say in one sentence what the question of that key accepts."""
    return ACCEPTED[key].format(this_year=today.year, oldest_year=today.year - OLDEST_YEARS, today=f"{today:%d %B %Y}")


def plain(value: object) -> object:
    """Return an answer as JSON can hold it, so that a stored plan reads back equal.

    >>> plain((date(2026, 5, 4), "0")), plain(None)
    (['2026-05-04', '0'], None)
    """
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, (str, int, float)) or value is None:
        return value
    return str(value)


def _read(question: Question, value: object, today: date) -> object:
    if value is None or (isinstance(value, (str, list, tuple)) and not value):
        if question.optional:
            return () if question.kind is Kind.CHOICES else None
        raise _NotAccepted
    return _READERS[question.kind](question, value, today)


def _read_number(question: Question, value: object, today: date) -> float:
    number = _float(value)
    low = question.lowest if question.lowest is not None else -math.inf
    high = question.highest if question.highest is not None else math.inf
    if question.key == "birth_year":
        low, high = today.year - OLDEST_YEARS, today.year
    # A pace typed as 15:00 comes back from the door a rounding error below its own limit.
    slack = 1e-9 * max(1.0, abs(number))
    if not low - slack <= number <= high + slack:
        raise _NotAccepted
    if question.key in ("birth_year", "forward_runs_per_week") and number != int(number):
        raise _NotAccepted
    return number


def _read_choice(question: Question, value: object, today: date) -> str:  # noqa: ARG001
    choices = {key for key, _ in with_choices(question).choices} | ({PARQ_CLEARED} if question.key == "parq" else set())
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = f"{value:g}"  # a distance typed as a number
    if not isinstance(value, str) or value not in choices:
        raise _NotAccepted
    return value


def _read_choices(question: Question, value: object, today: date) -> tuple[str, ...]:  # noqa: ARG001
    ticked = tuple(dict.fromkeys(_strings(value)))
    before = ASKED_BEFORE if question.key == "health" else frozenset()
    if not set(ticked) <= {key for key, _ in question.choices} | before:
        raise _NotAccepted
    if NOTHING_APPLIES[0] in ticked and len(ticked) > 1:
        raise _NotAccepted
    return ticked


def _read_date(question: Question, value: object, today: date) -> date:
    day = _date(value)
    first, last = {
        "starts_on": (today, today + FARTHEST_START),
        "race_on": (today, today + FARTHEST_RACE),
    }.get(question.key, (today - timedelta(days=36500), today))
    if not first <= day <= last:
        raise _NotAccepted
    return day


def _read_text(question: Question, value: object, today: date) -> str:  # noqa: ARG001
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not 0 < len(text) <= LONGEST_NAME_LETTERS or not text.isprintable():
        raise _NotAccepted
    return text


_READERS: Mapping[Kind, Callable[[Question, object, date], object]] = {
    Kind.NUMBER: _read_number,
    Kind.PACE: _read_number,
    Kind.DURATION: _read_number,
    Kind.CHOICE: _read_choice,
    Kind.CHOICES: _read_choices,
    Kind.DATE: _read_date,
    Kind.TEXT: _read_text,
}


def _float(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise _NotAccepted
    try:
        number = float(value)
    except (ValueError, OverflowError) as problem:
        raise _NotAccepted from problem
    if not math.isfinite(number):
        raise _NotAccepted
    return number


def _strings(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Sequence) and all(
        isinstance(item, (str, int)) and not isinstance(item, bool) for item in value
    ):
        return tuple(str(item) for item in value)
    raise _NotAccepted


def _weekdays(value: object) -> tuple[int, ...]:
    return tuple(sorted({int(day) for day in _strings(value)}))


def _date(value: object) -> date:
    if isinstance(value, date):
        # A datetime is a date too, and would not compare with one.
        return date(value.year, value.month, value.day)
    if not isinstance(value, str):
        raise _NotAccepted
    try:
        return date.fromisoformat(value.strip())
    except ValueError as problem:
        raise _NotAccepted from problem
