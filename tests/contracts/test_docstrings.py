"""What gait computes says of itself what it takes, what it gives, where it holds and on whose method it rests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.conftest import ROOT

GAIT = ROOT / "src" / "backward_running" / "gait"
FILES = sorted(GAIT.rglob("*.py"))
#: Families of methods → the file whose head tells the method in a paragraph, and the work that must be cited there.
FAMILIES = {
    "steps/strides_by_zupt.py": ("Foxlin", "Skog", "Mariani"),
    "segment/viterbi.py": ("Viterbi", "Forney"),
    "detectors/watch/_mixture.py": ("Dempster",),
    "detectors/yaw/_offset_chains.py": ("Mardia",),
    "detectors/yaw/_sign_ambiguity.py": ("Pearl",),
    "detectors/_direction_angle.py": ("Mardia",),
    "person/regression.py": ("Gelman",),
    "steps/time_odd_features.py": ("Mehdizadeh",),
    "steps/trunk_contacts.py": ("Moe-Nilssen",),
    "steps/novelty.py": ("Mahalanobis",),
}
#: Functions of such a file that compute nothing.
HELPERS = {"row"}
_CITED = re.compile(r"\[(\w+\d{4})\]_")
_LISTED = re.compile(r"^\.\. \[(\w+\d{4})\] (?=\S)", re.MULTILINE)
_AS_ANOTHER = re.compile(r"parameters and answer as of :func:", re.IGNORECASE)


def _has(section: str, docstring: str) -> bool:
    return f"\n{section}\n{'-' * len(section)}\n" in docstring


def known(*docstrings: str) -> set[str]:
    """Return the works that are listed."""
    return {key for docstring in docstrings for key in _LISTED.findall(docstring)}


def missing_in(source: str) -> list[str]:
    """Return what the public functions of a module do not say of themselves."""
    tree = ast.parse(source)
    head = ast.get_docstring(tree) or ""
    cites = _has("References", head)
    found = []
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")):
        docstring = ast.get_docstring(function) or ""
        parameters = len(function.args.args) + len(function.args.kwonlyargs)
        asked = ["Parameters", "Returns"] if parameters >= 2 and not _AS_ANOTHER.search(docstring) else []
        if function.name == "judge":
            asked.append("Valid for")
        elif cites and _has("Parameters", docstring) and function.name not in HELPERS:
            asked += ["Valid for", "References"]
        found += [f"{function.name}: {section}" for section in asked if not _has(section, docstring)]
        found += [
            f"{function.name}: [{key}] is not listed" for key in set(_CITED.findall(docstring)) - known(head, docstring)
        ]
    unused = known(head) - set(_CITED.findall(source))
    return found + [f"[{key}] is listed and not cited" for key in sorted(unused)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(GAIT)))
def test_a_public_function_says_what_it_takes_gives_and_rests_on(path: Path) -> None:
    assert missing_in(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("name", FAMILIES)
def test_each_family_of_methods_is_told_with_its_reference(name: str) -> None:
    head = ast.get_docstring(ast.parse((GAIT / name).read_text(encoding="utf-8"))) or ""
    told, _, listed = head.partition("\nReferences\n")
    assert len(told.split("\n\n")) >= 2, "a sentence, and a paragraph of method"
    assert all(author in listed for author in FAMILIES[name])


def test_the_check_can_fail() -> None:
    bare = '"""Head.\n\nReferences\n----------\n.. [Doe2001] Doe J. 2001.\n"""\n'
    assert missing_in(f'{bare}def f(a, b):\n    """Do."""') == [
        "f: Parameters", "f: Returns", "[Doe2001] is listed and not cited",
    ]  # fmt: skip
    told = '    """Do [Roe2002]_.\n\n    Parameters\n    ----------\n    a : int\n    """'
    assert missing_in(f"{bare}def f(a):\n{told}")[:3] == [
        "f: Valid for", "f: References", "f: [Roe2002] is not listed",
    ]  # fmt: skip
    assert missing_in("def judge(a):\n    pass") == ["judge: Valid for"]
