"""How well the 3-metre backward walk test tells older people who fell from those who did not."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="polo_ferrero2025",
    citation="Polo-Ferrero 2025, J Funct Morphol Kinesiol 10:154",
    who="483 people living at home, 76 years on average, 101 of whom had fallen",
    n=483,
    read="abstract",
    doi="10.3390/jfmk10020154",
    year=2025,
)
