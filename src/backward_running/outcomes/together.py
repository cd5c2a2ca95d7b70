"""Several promises at once: of ten that do nothing one may look as if it did, so all keep one rate [Benjamini1995]_.

References
----------
.. [Benjamini1995] Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, J. R. Stat. Soc. B 57:289, 1995.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from backward_running.outcomes.answering import Answer, Word
from backward_running.outcomes.choices import FALSE_SHARE

CLAIMS = frozenset({Word.PROBABLY, Word.PROBABLY_WORSE})


@dataclass(frozen=True, slots=True)
class Together:
    """Answers held to one rate of false ones."""

    answers: Mapping[str, Answer]
    claims: int  #: how many say that something changed
    taken_back: tuple[str, ...]  #: which said so alone and do not among the others
    expected_false: float  #: how many of the claims are expected to be none, at most


def together(answers: Mapping[str, Answer]) -> Together:
    """Return the answers with those claims only that hold among all of them.

    Parameters
    ----------
    answers : mapping of str to Answer
        By outcome.

    Returns
    -------
    Together
        The same answers; a claim that does not hold is *cannot tell yet*.

    Valid for
    ---------
    Outcomes that are independent or go together.

    References
    ----------
    [Benjamini1995]_
    """
    chances = sorted(
        (2.0 * min(told.chance_better, 1.0 - told.chance_better), key)
        for key, told in answers.items()
        if told.chance_better is not None
    )
    holds = 0
    for place, (chance, _) in enumerate(chances, 1):
        if chance <= FALSE_SHARE.value * place / len(chances):
            holds = place
    kept = {key for _, key in chances[:holds]}
    taken_back = tuple(key for key, told in answers.items() if told.word in CLAIMS and key not in kept)
    held = {key: replace(told, word=Word.CANNOT_TELL) if key in taken_back else told for key, told in answers.items()}
    claims = sum(told.word in CLAIMS for told in held.values())
    return Together(held, claims, taken_back, FALSE_SHARE.value * claims)
