"""How sure we are, and who says so: studies, numbers, the article's claims with verdicts.

A study is one file in ``studies`` (constant ``STUDY``), a table of claims one file in ``claims`` (``CLAIMS``).
A number that the program uses is a :class:`Number`, declared where it is used: it cannot be made without its source.
What is our own proposal is made by :func:`own_proposal` and :func:`proposed_number`, and by nothing else.
"""

from backward_running.evidence.base import DOI, Claim, ClaimTable, Evidence, Number, Study, Verdict, dois_in
from backward_running.evidence.proposals import own_proposal, proposed_number

__all__ = [
    "DOI",
    "Claim",
    "ClaimTable",
    "Evidence",
    "Number",
    "Study",
    "Verdict",
    "all_claims",
    "all_studies",
    "dois_in",
    "own_proposal",
    "proposed_number",
]


def all_studies() -> dict[str, Study]:
    """Every study, by key."""
    from backward_running.core.plugs import discover
    from backward_running.evidence import studies

    return discover(studies, Study)


def all_claims() -> tuple[Claim, ...]:
    """Every claim of the article, in its order."""
    from backward_running.core.plugs import discover
    from backward_running.evidence import claims

    return tuple(claim for table in discover(claims, ClaimTable).values() for claim in table.claims)
