"""Which answers belong to no question: a slip of the finger must not be taken for an answer that was left out."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from backward_running.plans.questions import FOLLOW_UPS, QUESTIONS


def unknown_answers(keys: Iterable[str]) -> dict[str, str]:
    """Return a sentence for each key that is no question, with the question that comes nearest.

    >>> unknown_answers(["goal", "birthyear"])["birthyear"]
    '`birthyear` is no question; did you mean `birth_year`?'
    >>> unknown_answers(["goal"])
    {}
    """
    known = [question.key for question in (*QUESTIONS, *FOLLOW_UPS)]
    return {key: _sentence(key, known) for key in keys if key not in known}


def _sentence(key: str, known: list[str]) -> str:
    nearest = get_close_matches(key.lower(), known, n=1)
    if not nearest:
        return f"`{key[:60]}` is no question; `backward start --questions` lists them."
    return f"`{key[:60]}` is no question; did you mean `{nearest[0]}`?"
