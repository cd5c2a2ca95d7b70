"""What a survivor may live by, and what is counted of a run that was not whole."""

from __future__ import annotations

import importlib.util
import re

import pytest
from tests.conftest import ROOT

_SPEC = importlib.util.spec_from_file_location("mutants_page", ROOT / "docs" / "mutants.py")
assert _SPEC is not None and _SPEC.loader is not None
mutants = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(mutants)


@pytest.mark.parametrize(
    ("function", "before", "after", "argued"),
    [
        ("_gait", "if abs(runs) < LEAST.value:", "if abs(runs) <= LEAST.value:", mutants.BORDER),
        ("_part", "return Piece(first, piece.gait)", "return Piece(first, None)", "Only unknown pieces are cut"),
        ("_cut", "zip(a, b, strict=True)", "zip(a, b, strict=None)", "A guard"),
        ("_held", "if holds and x:", "if holds or x:", "Not argued yet"),
        ("_held", "if a < b:", "if a > b:", "Not argued yet"),
    ],
)
def test_a_survivor_is_argued_by_its_function_and_its_line(function, before, after, argued) -> None:
    assert mutants.argument_for(function, before, after).startswith(argued)


def test_shares_are_of_what_was_tried() -> None:
    some = [mutants.Mutant("m", "f", status, "n") for status in ("killed", "timeout", "survived", mutants.OPEN)]
    assert mutants.killed_and_tried(some) == (2, 3)
    assert mutants._row("m", some) == "| m | 4 | 3 | 2 (66.7%) | 1 | 0 |"
    assert mutants._row("m", [some[-1]]) == "| m | 1 | 0 | – | 0 | 0 |"
    assert "1 of 4 were not tried" in "\n".join(mutants.page(some[:2] + some[3:] + [some[0]]))


def test_every_argument_is_a_pattern_and_a_sentence() -> None:
    for pattern, why in mutants.ARGUED:
        assert re.compile(pattern) and why.endswith(".")
