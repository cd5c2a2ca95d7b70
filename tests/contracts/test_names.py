"""A variable is named by what it holds. ``one`` is bound only beside its ``other``, where two of a kind are compared, or its ``many``, where words are chosen by number."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

ROOMS = ("src", "tools", "docs", "benchmarks", "validation", "examples", "frontend")
NAMELESS, PARTNERS = "one", ("other", "many")
TEMPLATES = ROOT / "src" / "backward_running" / "apps" / "web" / "templates"
SCRIPTS = ROOT / "frontend"
_JINJA = re.compile(r"\{%-?\s*(?:for|set|macro|call|with)\b[^%]*?%\}", re.DOTALL)
_BOUND_IN_JINJA = re.compile(
    rf"\bfor [\w, ]*\b{NAMELESS}\b[\w, ]* in\b|\bset {NAMELESS}\b|\bmacro \w+\([^)]*\b{NAMELESS}\b"
)
_BOUND_IN_SCRIPT = re.compile(
    rf"\b(?:const|let) {NAMELESS}\b|[(,]\s*{NAMELESS}(?:: [^,)]+)?(?=[,)])[^()]*\)\s*(?::|=>|\{{)"
)


def _outer_functions(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what holds names of its own: the functions and methods of a module, and the module's other lines."""
    for node in tree.body:
        yield from node.body if isinstance(node, ast.ClassDef) else (node,)


def _bound(node: ast.AST) -> dict[str, int]:
    """Return every name that is bound in a piece of code, with the first line that does."""
    found: dict[str, int] = {}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found.setdefault(part.id, part.lineno)
        elif isinstance(part, ast.arg):
            found.setdefault(part.arg, part.lineno)
    return found


def nameless_in_python(source: str) -> list[int]:
    """Return the lines on which ``one`` is bound without its partner."""
    if not re.search(rf"\b{NAMELESS}\b *(?:in\b|[=,:)])", source):
        return []  # parsing every file would take seconds
    bound = [_bound(node) for node in _outer_functions(ast.parse(source))]
    return [names[NAMELESS] for names in bound if NAMELESS in names and not any(name in names for name in PARTNERS)]


def nameless_in_template(source: str) -> list[int]:
    """Return the lines of a template that loop over ``one``, set it or take it."""
    blocks = (block for block in _JINJA.finditer(source) if _BOUND_IN_JINJA.search(block[0]))
    return [source.count("\n", 0, block.start()) + 1 for block in blocks]


def nameless_in_script(source: str) -> list[int]:
    """Return the lines of TypeScript that bind ``one`` without its partner."""
    lines = enumerate(source.splitlines(), 1)
    return [
        number for number, line in lines if _BOUND_IN_SCRIPT.search(line) and not any(name in line for name in PARTNERS)
    ]


def _all() -> Iterator[tuple[Path, list[int]]]:
    for room in ROOMS:
        files = [path for path in (ROOT / room).rglob("*.py") if "node_modules" not in path.parts]
        yield from ((path, nameless_in_python(path.read_text(encoding="utf-8"))) for path in files)
    yield from ((path, nameless_in_template(path.read_text(encoding="utf-8"))) for path in TEMPLATES.rglob("*.html"))
    for folder in ("src", "test"):
        files = list((SCRIPTS / folder).rglob("*.ts"))
        yield from ((path, nameless_in_script(path.read_text(encoding="utf-8"))) for path in files)


def test_nothing_is_called_one() -> None:
    every = list(_all())
    assert len(every) > 800  # all rooms are found
    assert [f"{path.relative_to(ROOT)}:{line}" for path, lines in every for line in lines] == []


@pytest.mark.parametrize(
    "source",
    [
        "def f(runs):\n    return [one.title for one in runs]",
        "def f(runs):\n    one = runs[0]\n    return one",
        "key = lambda one: one.title",
        "class A:\n    def f(self, one):\n        return one\n    def g(self, other):\n        return other",
    ],
)
def test_the_check_sees_python(source: str) -> None:
    assert nameless_in_python(source)


def test_two_of_a_kind_may_be_one_and_other() -> None:
    assert not nameless_in_python("def alike(one, other):\n    return one == other")
    assert not nameless_in_script("function sameKind(one: Bout, other: Bout): boolean {")


def test_the_check_sees_templates_and_scripts() -> None:
    assert nameless_in_template("<p>{% for one in runs %}{{ one }}{% endfor %}")
    assert nameless_in_template("{% for one, day, until in lying %}")
    assert nameless_in_template("{% macro did(one, shut=False) %}")
    assert not nameless_in_template("<p>Move or leave out one in {{ two }}.</p>")
    assert nameless_in_script("for (const one of marks) show(one);")
    assert nameless_in_script("runs.filter((one) => one.kind)")
    assert nameless_in_script("const known = (one: Way | null) => one !== null;")
    assert nameless_in_script("private answer(one: Happening): void {")
    assert not nameless_in_script("  // one after the other")
