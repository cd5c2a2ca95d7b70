"""How far a number can be leaned on, and how it reached this program."""

from __future__ import annotations

import enum


class Standing(enum.Enum):
    """How far a claim can be leaned on, weakest first. There is no default on purpose."""

    OPINION = "opinion"
    EXTRAPOLATED = "extrapolated"
    SINGLE_STUDY = "single study"
    REPLICATED = "replicated"
    REVIEWED = "reviewed"
    MEASURED = "measured"  #: not from studies at all: measured on this runner, in this recording

    @property
    def rank(self) -> int:
        """Return 0 for the weakest.

        >>> Standing.OPINION.rank < Standing.REVIEWED.rank
        True
        """
        return _RANKS[self]


_RANKS = {standing: number for number, standing in enumerate(Standing)}  # asked thousands of times for a long run


def weakest(*standings: Standing) -> Standing:
    """Return the weakest of several: a chain holds no better than that.

    >>> weakest(Standing.REVIEWED, Standing.SINGLE_STUDY)
    <Standing.SINGLE_STUDY: 'single study'>
    """
    return min(standings, key=lambda standing: standing.rank)


class Tag(enum.Enum):
    """How a number was obtained. It travels with the number to the screen."""

    READ = "A"  #: read in the study's abstract or an official page
    MEMORY = "B"  #: from memory or a secondary source: check before leaning on it
    DERIVED = "D"  #: derived here; the arithmetic is shown
    PROPOSED = "P"  #: a proposal of this project: an engineering or coaching default, not evidence

    @property
    def words(self) -> str:
        """Say the tag to a runner."""
        return {
            "A": "read in the study's abstract or an official page",
            "B": "from memory or a secondary source, not yet checked",
            "D": "derived here, the arithmetic is shown",
            "P": "a proposal of this project, not evidence",
        }[self.value]
