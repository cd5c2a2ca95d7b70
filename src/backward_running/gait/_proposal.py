"""A short way to declare a number that is this project's own engineering choice."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT


def proposal(key: str, value: float, unit: str, says: str) -> Number:
    """Return a number that rests on nothing but our own judgement, and says so.

    Parameters
    ----------
    key : str
        Name of the number, unit last.
    value : float
        The number.
    unit : str
        Its unit as printed.
    says : str
        One sentence: what it is and why it is so.
    """
    return Number(key, value, unit, Evidence(f"gait.{key}", says, THIS_PROJECT, Standing.OPINION, Tag.PROPOSED))
