"""The popular article whose method this project implements and audits."""

from __future__ import annotations

from backward_running.core.standing import Standing, Tag
from backward_running.evidence.base import Evidence, Study

STUDY = Study(
    key="the_article",
    citation="The popular article on reverse running whose method this project implements",
    who="nobody: a popular article",
    measured=False,
    n=None,
    read="full text",
)

ADVICE = Evidence(
    key="the_article.advice",
    says=(
        "The article starts on a smooth grassy hill, uphill first, offers a treadmill for the first trial and cuts "
        "the pace by 50 to 70 %."
    ),
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.READ,
)

WORDS = Evidence(
    key="the_article.words",
    says=(
        "The article calls VO2 max a measure of exercise intensity; by definition it is the most oxygen a body can "
        "take up."
    ),
    study=STUDY,
    standing=Standing.OPINION,
    tag=Tag.READ,
)
