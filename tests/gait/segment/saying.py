"""Detectors that say what they are told to, for tests of what is made of it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from backward_running.gait.base import Opinion, Role, State, Statement


def scores(cells, *spans, other=-6.0):
    """Log-likelihoods: in spans of (first, last, {state: number}) what they say, and everywhere else nothing."""
    said = np.zeros((cells, len(State)))
    for first, last, told in spans:
        said[first:last] = other
        for state, number in told.items():
            said[first:last, state] = number
    return said


def opinion(key, said, *, speaks=True, evidence_s=1.0, hint=None, statement=None):
    """An opinion that speaks everywhere, nowhere, or where it is said."""
    where = np.broadcast_to(np.asarray(speaks, dtype=bool), len(said)).copy()
    return Opinion(key, said, where, evidence_s, hint, statement)


def stretches(cells, *spans, borders_s=()):
    """A statement that numbers stretches of (first, last)."""
    numbers = np.full(cells, -1)
    for number, (first, last) in enumerate(spans):
        numbers[first:last] = number
    return Statement(numbers, np.asarray(borders_s, dtype=float))


def detectors(*opinions, roles=None):
    """One detector for each opinion."""
    roles = roles or {}
    return {
        one.detector: SimpleNamespace(
            judge=lambda _seen, _time_s, one=one: one,
            judge_person=None,
            role=roles.get(one.detector, Role.DIRECTION),
        )
        for one in opinions
    }
