"""What is our own proposal, and says so: the one place where it is called that."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Number
from backward_running.evidence.studies.this_project import STUDY


def own_proposal(key: str, says: str, *, tag: Tag = Tag.PROPOSED) -> Evidence:
    """Return the evidence of what rests on nothing but our own judgement.

    Parameters
    ----------
    key : str
        Unique: "this_project.steady_after".
    says : str
        One sentence: what is proposed, and why.
    tag : Tag
        ``Tag.DERIVED`` where it follows from something by arithmetic.

    Examples
    --------
    >>> own_proposal("this_project.example", "It is so.").standing.value
    'opinion'
    """
    return Evidence(key, says, STUDY, Standing.OPINION, tag)


def proposed_number(key: str, value: float, unit: str, says: str, *, tag: Tag = Tag.PROPOSED) -> Number:
    """Return a number that is our own proposal, with the sentence that says why it is so.

    Parameters
    ----------
    key : str
        Name of the number, unit last.
    value : float
        The number.
    unit : str
        Its unit as printed.
    says : str
        One sentence: what it is, and why.
    tag : Tag
        ``Tag.DERIVED`` where it follows from something by arithmetic.

    Examples
    --------
    >>> proposed_number("example_s", 90.0, "s", "It is so.").evidence.key
    'this_project.example_s'
    """
    return Number(key, value, unit, own_proposal(f"this_project.{key}", says, tag=tag))
