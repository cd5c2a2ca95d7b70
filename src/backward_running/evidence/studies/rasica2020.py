"""What backward running costs uphill."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="rasica2020",
    citation="Rasica 2020, Eur J Appl Physiol 120:2507",
    who="8 runners at grades from 0 to +25 %",
    n=8,
    read="abstract",
    doi="10.1007/s00421-020-04474-7",
    year=2020,
)
