"""What every effort model must keep; a new file in the room is tested the same day."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import math
from pathlib import Path

import numpy as np
import pytest

from backward_running import effort
from backward_running.core.errors import OutsideValidRange
from backward_running.core.names import NAMES
from backward_running.core.plugs import modules_of
from backward_running.core.standing import Standing
from backward_running.effort import Model, all_models
from backward_running.evidence import Number, dois_in

MODELS = all_models()
SECTIONS = ("Returns", "Valid for", "Notes", "Deviations", "References", "Examples")
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


@pytest.fixture(params=MODELS.values(), ids=MODELS.keys())
def model(request: pytest.FixtureRequest) -> Model:
    return request.param


def points_inside(model: Model, count: int = 7) -> dict[str, np.ndarray]:
    """Every corner and the space between, as parallel arrays."""
    if not model.valid:
        return {}
    axes = np.meshgrid(*[np.linspace(low, high, count) for low, high in model.valid.values()])
    points = {name: axis.ravel() for name, axis in zip(model.valid, axes, strict=True)}
    if "duration_s" in inspect.signature(model.best).parameters:
        points["duration_s"] = np.full(len(next(iter(points.values()))), 60.0)
    return points


def is_definition(model: Model) -> bool:
    return model.low is model.best is model.high


def test_there_are_models_for_both_directions() -> None:
    assert {"forward", "backward"} <= {one.direction.value for one in MODELS.values() if one.direction}


def test_the_key_is_the_name_of_the_file(model: Model) -> None:
    module = inspect.getmodule(model.best)
    assert module is not None
    file = module.__name__.rsplit(".", 1)[-1]
    assert file == KEPT_KEYS.get(model.key, model.key)
    declared = [thing for thing in vars(module).values() if thing is model or getattr(thing, "model", None) is model]
    assert declared, "declare it in the file that holds its formula"
    assert model.key in KEPT_KEYS or module.MODEL is model


def test_a_key_that_is_kept_is_kept_for_a_model_that_exists() -> None:
    assert KEPT_KEYS.keys() <= MODELS.keys()


def test_the_examples_of_its_card_hold(model: Model) -> None:
    module = inspect.getmodule(model.best)
    example = doctest.DocTestParser().get_doctest(
        inspect.getdoc(model.best) or "", dict(vars(module)), model.key, None, None
    )
    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(example, out=said.append).failed == 0, "".join(said)


def test_the_docstring_is_an_identity_card(model: Model) -> None:
    text = inspect.getdoc(model.best) or ""
    lines = [line.strip() for line in text.splitlines()]
    wanted = list(SECTIONS)
    if inspect.signature(model.best).parameters:
        wanted.insert(0, "Parameters")
    assert [name for name in wanted if name not in lines] == []
    assert lines[0].endswith(".")
    assert ">>>" in text
    if model.limits:
        assert "Raises" in lines


def test_docstring_and_evidence_name_the_same_dois(model: Model) -> None:
    stated = {one.study.doi for one in model.evidence if one.study.doi}
    assert dois_in(inspect.getdoc(model.best)) == stated


def test_every_citation_of_the_evidence_is_among_the_references(model: Model) -> None:
    text = " ".join((inspect.getdoc(model.best) or "").split())
    for one in model.evidence:
        if one.study.key != "this_project":
            assert one.study.citation.split(",")[0] in text, one.key


def test_names_are_in_the_dictionary(model: Model) -> None:
    assert model.gives in NAMES
    for take in (model.best, model.low, model.high):
        assert [name for name in inspect.signature(take).parameters if name not in NAMES] == []
    assert inspect.signature(model.low).parameters.keys() == inspect.signature(model.best).parameters.keys()
    assert inspect.signature(model.high).parameters.keys() == inspect.signature(model.best).parameters.keys()
    assert set(model.valid) <= set(inspect.signature(model.best).parameters)
    assert set(model.limits) <= set(inspect.signature(model.best).parameters)


def test_low_best_high_are_in_order_and_plausible_inside_the_range(model: Model) -> None:
    where = points_inside(model)
    low, best, high = (np.asarray(take(**where), dtype=float) for take in (model.low, model.best, model.high))
    assert np.isfinite(best).all()
    if is_definition(model):
        assert (low == best).all()
    else:
        assert (low < best).all()
        assert (best < high).all()
    entry = NAMES[model.gives]
    assert (best >= entry.lowest).all()
    # a range per input is a box, and no body reaches its corner of fastest and steepest: the bill leaves that out
    assert np.mean(best <= entry.highest) > 0.25
    if "grade_ratio" in where:
        assert (best[where["grade_ratio"] == 0] <= entry.highest).all()


def test_numbers_and_arrays_agree(model: Model) -> None:
    where = points_inside(model, 3)
    if not where:
        assert model.best() == model.best()
        return
    many = np.asarray(model.best(**where))
    one_by_one = [
        float(model.best(**dict(zip(where, point, strict=True)))) for point in zip(*where.values(), strict=True)
    ]
    assert many == pytest.approx(np.array(one_by_one))


def test_inside_the_range_the_standing_is_that_of_the_weakest_source(model: Model) -> None:
    middle = {name: (low + high) / 2 for name, (low, high) in model.valid.items()}
    assert model.standing_at(**middle) is min((e.standing for e in model.evidence), key=lambda s: s.rank)


def test_outside_the_range_it_is_demoted_or_refused(model: Model) -> None:
    middle = {name: (low + high) / 2 for name, (low, high) in model.valid.items()}
    for name, (low, high) in model.valid.items():
        step = (high - low) / 100
        for value in (low - step, high + step):
            standing = model.standing_at(**{**middle, name: value})
            if model.may_extrapolate:
                assert standing is None or standing.rank <= Standing.EXTRAPOLATED.rank
            else:
                assert standing is None


def test_beyond_a_limit_it_refuses_with_the_limits_own_sentence(model: Model) -> None:
    middle = {name: (low + high) / 2 for name, (low, high) in model.valid.items()}
    for name, limit in model.limits.items():
        for value, words in (
            (math.nextafter(limit.lowest, -math.inf), limit.below),
            (math.nextafter(limit.highest, math.inf), limit.above),
        ):
            assert model.standing_at(**{**middle, name: value}) is None
            for take in (model.best, model.low, model.high):
                with pytest.raises(OutsideValidRange, match=words.split(":")[0]):
                    take(**{**middle, name: value})
        assert limit.below.endswith(".")
        assert limit.above.endswith(".")


def test_the_measured_range_lies_within_the_limits(model: Model) -> None:
    for name, limit in model.limits.items():
        low, high = model.valid[name]
        assert limit.lowest <= low < high <= limit.highest


def test_missing_input_gives_missing_output_and_not_zero(model: Model) -> None:
    where = points_inside(model, 2)
    for name in where:
        holed = {**where, name: np.full_like(where[name], np.nan)}
        assert np.isnan(model.best(**holed)).all()


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
    assert found["backward_net_factor_ratio"].low == 1.10


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
