"""What makes level running cheaper or dearer from one runner to the next."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="lacour2015",
    citation="Lacour & Bourdin 2015, Eur J Appl Physiol 115:651",
    who="nobody anew: a review",
    measured=False,
    n=None,
    read="abstract",
    doi="10.1007/s00421-015-3115-y",
    year=2015,
)

SPREAD = Evidence(
    key="lacour2015.spread",
    says=("Systematic studies show a range of running costs of about 20 % between runners: about 10 % to either side."),
    study=STUDY,
    standing=Standing.REVIEWED,
    tag=Tag.READ,
)
