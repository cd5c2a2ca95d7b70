"""Whom the narrower programmes are for: what has to be changed of a practised runner so that one fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from backward_running.plans import Answers
from backward_running.plans.base import Protocol
from backward_running.testing.protocols import PRACTISED

#: Key of a programme → answers to change.
WHOM: Mapping[str, Mapping[str, object]] = {
    "backward_sprints": {"backward_20_m_s": 6.0},
    "bouguezzi_2024": {"backward_20_m_s": 6.0, "birth_year": 2011, "has_supervisor": True},
    "holding_on": {"stage_zero": True},
    "ordway_2016": {"has_harness": True},
    "uthoff_2020": {"birth_year": 2011, "has_supervisor": True},
}


def best_runner(protocol: Protocol) -> Answers:
    """Return somebody whom the protocol fits: practised, and with a goal that it serves."""
    changed: dict[str, Any] = {"goal": protocol.goals[0], **WHOM.get(protocol.key, {})}
    return replace(PRACTISED, **changed)
