"""The models of the house under the contract of all models, and what holds for the room as a whole."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

from backward_running import effort
from backward_running.core.plugs import modules_of
from backward_running.effort import all_models
from backward_running.evidence import Number
from backward_running.testing.models import ModelContract

MODELS = all_models()
FILES = sorted(Path(effort.__path__[0]).glob("*.py"))
#: Unit conversions and rounding guards: the only floats that need no source.
PLAIN = {0.0, 0.5, 1.0, 2.0, 3.6, 10.0, 60.0, 100.0, 1000.0, 4184.0, 1e-9}

#: Keys that stand in stored sessions and in what people have exported: the file says what the model is, the key stays.
KEPT_KEYS = {
    "oxygen_uptake_backward_run_this_project": "oxygen_uptake_backward_run_scaled_leger_mercier",
    "oxygen_uptake_backward_transition_this_project": "oxygen_uptake_backward_transition_interpolated",
    "grade_adjusted_speed_backward_this_project": "grade_adjusted_speed_backward_minetti_slope",
    "tissue_knee_this_project": "tissue_knee_patellofemoral_force",
    **{
        f"tissue_{key}_this_project": "tissue_constant_factors"
        for key in ("calf_and_achilles", "forefoot", "quadriceps", "hamstring", "peak_force")
    },
}


class TestModels(ModelContract):
    plugs = tuple(MODELS.values())
    files = KEPT_KEYS


def test_there_are_models_for_both_directions() -> None:
    assert {"forward", "backward"} <= {one.direction.value for one in MODELS.values() if one.direction}


def test_a_key_that_is_kept_is_kept_for_a_model_that_exists() -> None:
    assert KEPT_KEYS.keys() <= MODELS.keys()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_float_in_the_room_comes_from_a_number(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    makers = {"Number"} | {
        one.name for one in tree.body if isinstance(one, ast.FunctionDef) and "Number(" in ast.unparse(one)
    }
    sourced = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in makers
        for inner in ast.walk(call)
    }
    loose = [
        f"line {node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, float)
        and id(node) not in sourced
        and node.value not in PLAIN
    ]
    assert loose == []


def test_the_search_for_loose_floats_finds_one() -> None:
    tree = ast.parse("x = 0.74")
    assert next(node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)) not in PLAIN


def test_numbers_of_the_room_have_keys_of_their_own_and_keep_their_values() -> None:
    found: dict[str, Number] = {}
    for module in modules_of(effort):
        for thing in vars(module).values():
            for number in _numbers_of(thing):
                assert found.setdefault(number.key, number) is number, number.key
    assert len(found) > 30
    assert found["backward_net_factor_ratio"].low == found["backward_net_factor_low_ratio"].value


def _numbers_of(thing: object) -> list[Number]:
    if isinstance(thing, dict):
        return [number for value in thing.values() for number in _numbers_of(value)]
    if isinstance(thing, tuple):
        return [number for value in thing for number in _numbers_of(value)]
    return [thing] if isinstance(thing, Number) else []


def test_importing_a_model_twice_changes_nothing() -> None:
    before = dict(MODELS)
    importlib.reload(importlib.import_module("backward_running.effort.choices"))
    assert all_models().keys() == before.keys()
