"""What is so by definition has one home: constants in ``core.constants``, the earth in ``signals.earth``, arrays' names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

from backward_running.core import constants
from backward_running.signals import earth

SOURCES = ROOT / "src" / "backward_running"
#: Number → the file in which it may stand.
HOMES = {
    **{value: "core/constants.py" for name, value in vars(constants).items() if name.isupper()},
    earth.SEMI_MAJOR_AXIS_M: "signals/earth.py",
    1.0 / earth.FLATTENING: "signals/earth.py",
}
#: Fitted and measured numbers; one happens to be an inch, others what a metre per second is in km/h.
MEASURED = ("gait/steps/time_even_reference.py", "effort/cost_minetti_2002.py", "evidence/points.py")
_ARRAY = re.compile(r"NDArray\[np\.(?:float64|bool_|int64|intp|complex128)\]")
FILES = [path for path in sorted(SOURCES.rglob("*.py")) if path.relative_to(SOURCES).as_posix() not in MEASURED]


def astray(source: str, where: str) -> list[str]:
    """Return the definitions that stand in a file that is not their home, and the arrays that are named by their kind."""
    found = [] if where == "core/arrays.py" else _ARRAY.findall(source) and ["an array has a name in core.arrays"]
    if not any(f"{value:.9g}" in source.replace("_", "") for value in HOMES):
        return list(found)  # parsing every file would take seconds
    numbers = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    known = (number for number in numbers if isinstance(number, float | int) and number in HOMES)
    return [*found, *(f"{number} of {HOMES[number]}" for number in known if HOMES[number] != where)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_a_definition_stands_in_one_file(path: Path) -> None:
    assert astray(path.read_text(encoding="utf-8"), path.relative_to(SOURCES).as_posix()) == []


def test_the_check_can_fail() -> None:
    assert astray("x = 2.0 * 111_320.0", "formats/_track.py") == ["111320.0 of core/constants.py"]
    assert astray("SEMI = 6_378_137.0", "core/constants.py") == ["6378137.0 of signals/earth.py"]
    assert astray("def f(x: npt.NDArray[np.bool_]): ...", "gait/base.py") == ["an array has a name in core.arrays"]
    assert astray("x = 12 / 3.6; day_s = 24 * 3600 + 86_400", "effort/new.py") == [
        "3.6 of core/constants.py",
        "86400 of core/constants.py",
    ]
    assert astray("g = 9.80665", "core/constants.py") == []
