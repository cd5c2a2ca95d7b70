"""A function fits a screen, and so does what a file is about: 45 lines without the docstring, and 400 lines."""

from __future__ import annotations

import ast
import re

import pytest
from tests.conftest import ROOT

SOURCES = ROOT / "src" / "backward_running"
MOST_LINES, MOST_LINES_OF_A_FILE = 45, 400
#: Longer for now: what is done in them is one decision after another, and each has been read as a whole.
ALLOWED = {("plans/adapting.py", "_course"), ("plans/allowance.py", "allowance_of")}
_DEF = re.compile(r"^( *)(?:async )?def ", re.MULTILINE)


def may_be_long(source: str) -> bool:
    """Say whether any two definitions of a file lie so far apart that one may be long; parsing all would take seconds."""
    lines = [source.count("\n", 0, found.start()) for found in _DEF.finditer(source)]
    ends = [*lines[1:], source.count("\n") + 1]
    holds_another = re.search(
        r"^ {8,}(?:async )?def |^    (?:async )?def (?!\w+\((?:self|cls)\b)", source, re.MULTILINE
    )
    return holds_another is not None or any(end - start > MOST_LINES for start, end in zip(lines, ends, strict=False))


def long_functions(source: str) -> set[str]:
    """Return the functions of a file that are longer than a screen, their docstrings left out."""
    found = set()
    for node in ast.walk(ast.parse(source)) if may_be_long(source) else ():
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[0]
            said = first.end_lineno - first.lineno + 1 if ast.get_docstring(node) else 0  # type: ignore[operator]
            if node.end_lineno - node.lineno + 1 - said > MOST_LINES:  # type: ignore[operator]
                found.add(node.name)
    return found


def test_no_function_and_no_file_is_longer_than_can_be_seen() -> None:
    long, large = set(), []
    for path in sorted(SOURCES.rglob("*.py")):
        where, source = path.relative_to(SOURCES).as_posix(), path.read_text(encoding="utf-8")
        long |= {(where, name) for name in long_functions(source)}
        if source.count("\n") > MOST_LINES_OF_A_FILE:
            large.append(where)
    assert long - ALLOWED == set()
    assert large == []


@pytest.mark.parametrize(("lines", "is_long"), [(MOST_LINES - 1, False), (MOST_LINES, True)])
def test_the_check_can_fail_and_counts_no_docstring(lines: int, is_long: bool) -> None:
    body = "    x = 1\n" * lines
    assert long_functions(f'def f():\n    """Say.\n\n    More.\n    """\n{body}') == ({"f"} if is_long else set())
