"""The popular article whose method this project implements and audits."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="the_article",
    citation="The popular article on reverse running whose method this project implements",
    who="nobody: a popular article",
    n=None,
    read="full text",
)
