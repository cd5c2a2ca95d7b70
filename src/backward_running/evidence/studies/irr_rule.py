"""The competition rule that defines running backward."""

from __future__ import annotations

from backward_running.evidence.base import Study

STUDY = Study(
    key="irr_rule",
    citation="International Retro Running, competition rule: travel back first, toes opposite to the travel",
    who="nobody: a rule of a sport",
    measured=False,
    n=None,
    read="memory",
)
