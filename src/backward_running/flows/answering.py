"""Answers that come as a file: read and checked whole, before anything is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from backward_running import plans
from backward_running.core.errors import BadValue
from backward_running.flows.views import AnswersChecked

_HINT = "`backward start --questions` says what is asked."
_KINDS = {list: "a list", int: "a number", float: "a number", bool: "yes or no", type(None): "nothing"}


def read_answers(data: bytes) -> dict[str, object]:
    """Read a JSON object of answers.

    Raises
    ------
    BadValue
        It is no JSON, no object, or says one thing twice.

    Examples
    --------
    >>> read_answers(b'{"goal": "try"}')
    {'goal': 'try'}
    >>> read_answers(b"[]")
    Traceback (most recent call last):
    backward_running.core.errors.BadValue: `answers` must be a JSON object, key by key; got 'a list'. \
`backward start --questions` says what is asked.
    """
    try:
        read = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except BadValue:
        raise
    except (ValueError, RecursionError) as problem:  # no text, no JSON, a number of thousands of digits
        at = f"line {problem.lineno}" if isinstance(problem, json.JSONDecodeError) else "something else"
        raise BadValue("answers", "be JSON", at, _HINT) from problem
    if not isinstance(read, dict):
        raise BadValue("answers", "be a JSON object, key by key", _KINDS.get(type(read), "text"), _HINT)
    return read


def _once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Gather the pairs of an object; which of two would count nobody could know."""
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            raise BadValue("answers", "say each thing once", key)
        read[key] = value
    return read


def unknown(keys: Iterable[str]) -> dict[str, str]:
    """Return a sentence for each key that is no question."""
    return plans.unknown_answers(keys)


def problems_of(typed: Mapping[str, object], *, today: date) -> AnswersChecked | None:
    """Return what is wrong with answers, one sentence for each: unknown names too. None where a plan can be made."""
    unknown = plans.unknown_answers(typed)
    _, problems = plans.check_answers({key: value for key, value in typed.items() if key not in unknown}, today=today)
    return AnswersChecked(dict(typed), unknown | problems) if unknown or problems else None
