"""The 3-metre backward walk test and its cut-offs."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="backward_walk_test",
    citation="3-metre backward walk test, published cut-offs",
    who="older people; how many is not stated in what was read",
    n=None,
    read="abstract",
)
