"""Whom the narrower programmes are for: what has to be changed of a practised runner so that one fits."""

from __future__ import annotations

from collections.abc import Mapping

#: Key of a programme → answers to change.
WHOM: Mapping[str, Mapping[str, object]] = {
    "backward_sprints": {"backward_20_m_s": 6.0},
    "bouguezzi_2024": {"backward_20_m_s": 6.0, "birth_year": 2011, "has_supervisor": True},
    "holding_on": {"stage_zero": True},
    "ordway_2016": {"has_harness": True},
    "uthoff_2020": {"birth_year": 2011, "has_supervisor": True},
}
