"""Numbers without a source: what is used in a formula, a threshold or a table, and is no ``evidence.Number``.

``python -m tools.naked_numbers`` names file and line of each, and exits with 1 where there is one.

The source of every module is read as a tree. A number is dressed where it is handed to a ``Number``, to a ``proposal``,
or to a table that is told to a maker of Numbers together with its evidence. Free are small whole numbers that count or
index, units of time, angle and length, powers, and what is so small that it only guards a division. Everything else
needs a source, or a line in ``numbers_allowed`` that says why it needs none.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from backward_running import effort, gait, outcomes, places, plans, rehab, signals
from backward_running.evidence import Number
from backward_running.flows.sources import numbers_in
from tools.numbers_allowed import ALLOWED

#: What is told to a runner, or decides for them: every number has a source.
STRICT: tuple[ModuleType, ...] = (effort, rehab, plans, places, outcomes)
#: What works on samples: a named constant may instead say in its comment why it is so.
LENIENT: tuple[ModuleType, ...] = (signals, gait)
NOT_SEEN = (
    "0, ½, 1, 2, 3, 4, 10 and factors between units, wherever they stand; whole numbers inside functions of signals "
    "and gait; numbers in words; the limits of models; formats, store and the screens, whose numbers are formats and "
    "layout; simulation, which invents on purpose; and whether a source says what it is said to say."
)

DECLARES = frozenset({"Number", "Evidence", "Study", "proposal", "proposed_number", "own_proposal", "Limit"})
#: Arguments of these count, index or shape, and measure nothing; of the second kind the first one may measure.
SHAPES = frozenset({"range", "zeros", "ones", "empty", "eye", "reshape", "islice", "lru_cache"})
FIRST_MEASURES = frozenset({"round"})
PER_UNIT = frozenset({3.6, 7.0, 10.0, 24.0, 60.0, 100.0, 180.0, 360.0, 1000.0, 1440.0, 3600.0, 86400.0})
FREE = frozenset({0.0, 0.5, 1.0, 2.0, 3.0, 4.0}) | PER_UNIT
GUARD = 1e-5


@dataclass(frozen=True, slots=True)
class Naked:
    """A number without a source, or a source that lacks something."""

    where: str  #: "plans/dose.py:41"
    scope: str  #: name of the constant or function: "plans/dose.py:BELT"
    says: str
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check saw."""

    numbers_count: int
    problems: tuple[Naked, ...]


def check(strict: Iterable[ModuleType] | None = None, lenient: Iterable[ModuleType] | None = None) -> Checked:
    """Read every module of the rooms; return what has no source, and how many numbers have one."""
    problems: list[Naked] = []
    counted = 0
    rooms = (STRICT if strict is None else strict, LENIENT if lenient is None else lenient)
    for module, where, found in _read(*rooms):
        problems += [naked for naked in found if not _is_allowed(naked)]
        numbers = [(number, line) for number, line in numbers_in(module) if isinstance(number, Number)]
        counted += len(numbers)
        problems += [lack for number, line in numbers for lack in _lacks(number, f"{where}:{line}")]
    return Checked(counted, tuple(problems))


def stale_allowances() -> tuple[str, ...]:
    """Return what the list of allowances allows and nothing needs any more."""
    seen: dict[str, set[float | None]] = {}
    for _, _, found in _read(STRICT, LENIENT):
        for naked in found:
            seen.setdefault(naked.scope, set()).add(naked.value)
    return tuple(
        sorted(
            scope
            for scope, allowance in ALLOWED.items()
            if scope not in seen or not set(allowance.values) <= seen[scope]
        )
    )


def _read(
    strict: Iterable[ModuleType], lenient: Iterable[ModuleType]
) -> Iterator[tuple[ModuleType, str, tuple[Naked, ...]]]:
    """Yield each module, its place, and the numbers in it that no Number holds."""
    for rooms, is_strict in ((strict, True), (lenient, False)):
        for module in (module for room in rooms for module in _modules(room)):
            where = f"{module.__name__.removeprefix('backward_running.').replace('.', '/')}.py"
            yield module, where, naked_in(inspect.getsource(module), where, strict=is_strict)


def _is_allowed(naked: Naked) -> bool:
    return naked.scope in ALLOWED and ALLOWED[naked.scope].allows(naked.value)


def naked_in(source: str, where: str, *, strict: bool) -> tuple[Naked, ...]:
    """Return the numbers of one module that have no source.

    Parameters
    ----------
    source : str
        The text of the module.
    where : str
        Its place, as it is printed.
    strict : bool
        Whether a comment beside a named constant is not enough, and whole numbers in functions count too.

    Examples
    --------
    >>> naked_in("CAP_MPS = 2.9", "plans/x.py", strict=True)[0].where
    'plans/x.py:1'
    >>> naked_in("CAP_MPS = Number('cap_mps', 2.9, 'm s⁻¹', EVIDENCE)", "plans/x.py", strict=True)
    ()
    """
    return tuple(_Reader(source, where, strict).problems())


class _Reader:
    """One module, read as a tree."""

    def __init__(self, source: str, where: str, strict: bool) -> None:
        self.tree, self.lines = ast.parse(source), source.splitlines()
        self.where, self.strict = where, strict
        self.tables = frozenset(_tables(self.tree))
        self.makers = frozenset(_makers(self.tree))

    def problems(self) -> Iterator[Naked]:
        """Yield what has no source, from the top down."""
        for node in self.tree.body:
            names = _targets(node)
            if names:
                if self.tables & set(names) or (not self.strict and self._is_said(node)):
                    continue
                yield from self._naked(node, names[0], inside=False)
            elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                yield from self._naked(node, node.name, inside=True)
                yield from self._hidden(node)

    def _naked(self, node: ast.AST, name: str, *, inside: bool) -> Iterator[Naked]:
        for line, value in _literals(node, DECLARES | self.makers):
            counts = inside and isinstance(value, int) and not self.strict
            if abs(value) in FREE or abs(value) < GUARD or counts:
                continue
            says = f"{value:g} in {name} has no source."
            yield Naked(f"{self.where}:{line}", f"{self.where}:{name}", says, float(value))

    def _hidden(self, node: ast.FunctionDef | ast.ClassDef) -> Iterator[Naked]:
        """Yield Numbers made inside a function: `backward evidence` could not list them."""
        for function in (inner for inner in ast.walk(node) if isinstance(inner, ast.FunctionDef)):
            returned = ast.unparse(function.returns) if function.returns is not None else ""
            if "Number" in returned or function.name in self.makers:
                continue
            for call in (inner for inner in ast.walk(function) if isinstance(inner, ast.Call)):
                if _called(call) == "Number":
                    yield Naked(
                        f"{self.where}:{call.lineno}",
                        f"{self.where}:{function.name}",
                        "A Number is made inside a function, where nobody can list it.",
                    )

    def _is_said(self, node: ast.stmt) -> bool:
        """Whether a comment beside, within or right above a constant says why it is so."""
        first, last = node.lineno, node.end_lineno or node.lineno
        above = self.lines[first - 2].strip() if first > 1 else ""
        return above.startswith("#") or any("#" in line for line in self.lines[first - 1 : last])


def _modules(room: ModuleType) -> Iterator[ModuleType]:
    yield room
    for name in sorted(info.name for info in pkgutil.walk_packages(room.__path__, room.__name__ + ".")):
        yield importlib.import_module(name)


def _lacks(number: Number, where: str) -> Iterator[Naked]:
    """Yield what a Number's source does not say."""
    said = number.evidence
    parts = {
        "a unit": number.unit,
        "a sentence": said.says,
        "a citation": said.study.citation,
        "who was measured": said.study.who,
        "what was read": said.study.read,
    }
    for part, words in parts.items():
        if not words.strip():
            yield Naked(where, where, f"{number.key} lacks {part}.")


def _targets(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.Assign):
        targets: list[ast.expr] = node.targets
    elif isinstance(node, ast.AnnAssign):
        targets = [node.target]
    else:
        return []
    return [name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)]


def _tables(tree: ast.Module) -> Iterator[str]:
    """Yield tables told to a maker of Numbers with their evidence: ``dose_numbers("x", TABLE, EVIDENCE)``."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if _called(call).endswith("_numbers"):
            yield from (arg.id for arg in call.args if isinstance(arg, ast.Name))


def _makers(tree: ast.Module) -> Iterator[str]:
    """Yield functions that make Numbers and are called while the module is read: what they make can be listed."""
    while_reading = [part for part in tree.body if not isinstance(part, (ast.FunctionDef, ast.ClassDef))]
    called = {_called(node) for part in while_reading for node in ast.walk(part) if isinstance(node, ast.Call)}
    for function in (part for part in tree.body if isinstance(part, ast.FunctionDef) and part.name in called):
        if any(isinstance(node, ast.Call) and _called(node) == "Number" for node in ast.walk(function)):
            yield function.name


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def _literals(node: ast.AST, dressing: frozenset[str] = DECLARES) -> Iterator[tuple[int, int | float]]:
    """Yield the numbers of a tree that may mean something in the world."""
    if isinstance(node, ast.Call):
        name = _called(node)
        if name in dressing or name.endswith("_proposal") or name in SHAPES:
            return
        if name in FIRST_MEASURES and node.args:
            yield from _literals(node.args[0], dressing)
            return
    if isinstance(node, ast.keyword) and node.arg == "ordinal":  # a place in a list
        return
    if isinstance(node, ast.Subscript):  # an index measures nothing
        yield from _literals(node.value, dressing)
        return
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        yield from _literals(node.left, dressing)
        return
    if isinstance(node, (ast.Dict, ast.JoinedStr)):  # keys are names; a format is layout
        yield from (
            literal
            for value in getattr(node, "values", ())
            for literal in _literals(value, dressing)
            if _is_value(value)
        )
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            yield node.lineno, node.value
        return
    for child in ast.iter_child_nodes(node):
        yield from _literals(child, dressing)


def _is_value(node: ast.AST) -> bool:
    return not isinstance(node, ast.FormattedValue)


def main() -> int:
    """Print what has no source; return 1 where there is anything."""
    checked = check()
    for problem in checked.problems:
        print(f"{problem.where}: {problem.says}")
    print(f"{checked.numbers_count} numbers with a source, {len(checked.problems)} without one")
    print(f"Not seen: {NOT_SEEN}")
    return 1 if checked.problems else 0


if __name__ == "__main__":
    sys.exit(main())
