"""Prose is never data: no line of code decides by what a sentence says, but where the sentence itself is the matter."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.conftest import ROOT

SOURCES = ROOT / "src" / "backward_running"
CUTS = {
    "startswith", "endswith", "removeprefix", "removesuffix", "find", "index", "partition", "rpartition", "split", "rsplit",
}  # fmt: skip
#: Where a sentence is asked for itself: file, and what is compared or cut there → why it may.
ALLOWED = {
    (
        "effort/_prices.py",
        "reasons.index(NO_SPEED)",
    ): "the place of a sentence in a table built from the same constants",
    ("effort/_prices.py", "reasons.index(TOO_MUCH)"): "the same",
    ("effort/_prices.py", "reasons.index(OUTSIDE)"): "the same",
    ("evidence/base.py", "self.read == 'full text'"): "a word of a short list: how much of a study was read",
    ("flows/reading.py", "loss != NO_DATE_LOSS"): "the sentence leaves the list when a date is told; `dated` decides",
    ("formats/one_run.py", "loss != NO_DATE_LOSS"): "the same, of several files",
    ("formats/_fit/build.py", "file_id.text(fields.FileId.PRODUCT_NAME) == profile.SIMULATOR"): "a name in a file",
    ("formats/_fit/records.py", "told.name.strip().lower() in profile.HEADING_NAMES"): "names in a file",
    ("formats/phyphox.py", "table.find(_TIME)"): "the heading of a column in a file",
    ("plans/checking_sessions.py", "'does not prepare' in first"): "the rule is that these words are said",
    ("plans/checking_sessions.py", "'let go' in said"): "the rule is that these words are not said",
    ("plans/checking_sessions.py", "'let go' in (step.cue or '').lower()"): "the rule is that these words are not said",
    ("plans/checking_sessions.py", "'watches the way' in (step.cue or '')"): "the rule is that these words are said",
    ("store/transfer.py", "said.get('format') != FORMAT"): "the name of a format, with its version",
    ("testing/conditions.py", "'you have' not in sentence.lower()"): "the rule is that these words are not said",
}
#: Here older versions' sentences become fields while they are read; migrations never change.
PUTS_RIGHT = ("store/_older.py", "store/migrations")


def _value(node: ast.AST, module: ModuleType) -> Any:
    """Return what an operand stands for, as far as it is a constant; None else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return tuple(_value(part, module) for part in node.elts)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None) if node.id.isupper() else None
    if isinstance(node, ast.Attribute) and node.attr.isupper() and isinstance(node.value, ast.Name):
        return getattr(getattr(module, node.value.id, None), node.attr, None)
    return None


def _is_prose(value: object) -> bool:
    """Tell whether a value holds more than one word, or cuts between sentences."""
    if isinstance(value, str):
        return " " in value.strip() or value in (". ", "; ", ": ")
    return isinstance(value, (tuple, list, set, frozenset)) and any(map(_is_prose, value))


def decided_by_prose(source: str, module: ModuleType) -> list[str]:
    """Return what compares with a sentence, or cuts one."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            asked: list[ast.AST] = [node.left, *node.comparators]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CUTS:
            asked = list(node.args[:1])
        else:
            continue
        if any(_is_prose(_value(operand, module)) for operand in asked):
            found.append(ast.unparse(node))
    return found


def _module_of(path: Path) -> ModuleType:
    parts = path.relative_to(SOURCES.parent).with_suffix("").parts
    return importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))


def test_no_line_of_code_decides_by_a_sentence() -> None:
    found = set()
    for path in sorted(SOURCES.rglob("*.py")):
        where = path.relative_to(SOURCES).as_posix()
        if not where.startswith(PUTS_RIGHT):
            found |= {(where, said) for said in decided_by_prose(path.read_text(encoding="utf-8"), _module_of(path))}
    assert found - ALLOWED.keys() == set()
    assert ALLOWED.keys() - found == set(), "allowed, and there no more"


@pytest.mark.parametrize(
    "source",
    [
        "x = note.text.startswith('From week ')",
        "x = note.text in (WALKS, 'b')",
        "x = 'does not' in note.text",
        "x = reason.text.partition('. ')[0]",
        "x = said == f'As {planned} it was.'",
    ],
)
def test_the_check_sees_it(source: str) -> None:
    module = ModuleType("made_up")
    module.WALKS = "You walk."  # type: ignore[attr-defined]
    assert decided_by_prose(source, module)


def test_keys_and_single_words_are_data() -> None:
    assert not decided_by_prose(
        "x = gate.key == 'no_dose' or text.split(',') or text.strip() == ''", ModuleType("made_up")
    )
