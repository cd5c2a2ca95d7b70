"""What people type, understood as they mean it: days, directions, and a word that is nearly right."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from datetime import date, timedelta

from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue

DAY_HINT = "Write a day such as 2026-11-26, 26 November, 26.11., or yesterday."
#: A word this like one of the list was probably meant: as near as two letters changed places in a short word.
ALIKE = 0.6
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMED = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\.? +(?P<month>[a-z]{3,9})\.?,?(?: +(?P<year>\d{4}))?"),
    re.compile(r"(?P<month>[a-z]{3,9})\.? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,?(?: +(?P<year>\d{4}))?"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})?"),
)
_DIRECTIONS = {
    "f": Direction.FORWARD,
    "fwd": Direction.FORWARD,
    "forwards": Direction.FORWARD,
    "b": Direction.BACKWARD,
    "bwd": Direction.BACKWARD,
    "back": Direction.BACKWARD,
    "backwards": Direction.BACKWARD,
    "reverse": Direction.BACKWARD,
    "side": Direction.SIDEWAYS,
    "u": Direction.UNKNOWN,
}


def read_day(typed: str, *, today: date, ahead: bool = False) -> date:
    """Read a day as people write it. Raises BadValue.

    Parameters
    ----------
    typed : str
        ``2026-11-26``, ``yesterday``, ``12 May``, ``May 12 2026``, ``26.11.``, ``Monday``. A day with slashes is not
        read, for half of the world writes the month first.
    today : date
        For the runner.
    ahead : bool
        Whether a day without a year lies ahead; else it is the last such day up to today.

    >>> read_day("12 May", today=date(2026, 5, 20)), read_day("yesterday", today=date(2026, 5, 20))
    (datetime.date(2026, 5, 12), datetime.date(2026, 5, 19))
    """
    text = " ".join(typed.strip().lower().split())
    try:
        if text in _NEAR:
            return today + timedelta(days=_NEAR[text])
        if text[:3] in _DAYS and re.fullmatch(r"(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?", text):
            back = (today.weekday() - _DAYS.index(text[:3])) % 7
            return today + timedelta(days=(7 - back) % 7 if ahead else -back)
        for pattern in _NAMED:
            if found := pattern.fullmatch(text):
                return _dated(found, today, ahead)
        return date.fromisoformat(text)
    except (ValueError, OverflowError) as problem:
        raise BadValue("day", "be a day", typed, DAY_HINT) from problem


def _dated(found: re.Match[str], today: date, ahead: bool) -> date:
    """Return the day of a match; raises ValueError where there is none such."""
    month = int(found["month"]) if found["month"].isdigit() else _MONTHS.index(_month_key(found["month"])) + 1
    day = int(found["day"])
    if found["year"]:
        return date(int(found["year"]), month, day)
    years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
    for year in years:  # the 29th of February is not in each
        try:
            on = date(year, month, day)
        except ValueError:
            continue
        if (on >= today) if ahead else (on <= today):
            return on
    raise ValueError(found[0])


def _month_key(name: str) -> str:
    """Return the three letters of a month; raises ValueError where it is none.

    >>> _month_key("sept"), _month_key("november")
    ('sep', 'nov')
    """
    fits = [month for month in _FULL_MONTHS if month.startswith(name)]
    if len(fits) != 1:
        raise ValueError(name)
    return fits[0][:3]


def read_direction(typed: str, allowed: Iterable[Direction]) -> Direction:
    """Read a direction: "backwards" and "fwd" are understood. Raises BadValue, with what was probably meant.

    >>> read_direction("Backwards", Direction).value
    'backward'
    """
    text = typed.strip().lower()
    names = {direction.value: direction for direction in allowed}
    found = _DIRECTIONS.get(text)
    if found is not None and found in names.values():
        return found
    if text in names:
        return names[text]
    raise BadValue("direction", f"be one of {', '.join(names)}", typed, did_you_mean(text, names))


def did_you_mean(typed: str, known: Iterable[str]) -> str:
    """Ask for the word that was probably meant; empty where none is like it.

    >>> did_you_mean("rnus", ["runs", "rename"])
    'Did you mean runs?'
    """
    near = difflib.get_close_matches(typed.lower(), list(known), n=1, cutoff=ALIKE)
    return f"Did you mean {near[0]}?" if near else ""
