"""What an installation brings is imported by the product, and what the product imports is brought."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "src" / "backward_running"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

#: Needed without an import of ours → by whom.
NEEDED_BY: dict[str, str] = {
    "python-multipart": "starlette reads forms with it",
    "tzdata": "zoneinfo reads its zones where the system has none",
}

#: Imported as a part of what is declared, which pins its version.
PART_OF = {"anyio": "fastapi", "markupsafe": "jinja2", "pydantic-core": "pydantic", "starlette": "fastapi"}
#: Of the standard library on a newer Python than the oldest that is supported.
NEWER = {"compression"}


def names(requirements: list[str]) -> set[str]:
    """Return the names of distributions, without versions, extras and markers."""
    return {canonical(re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0]) for requirement in requirements}


def canonical(name: str) -> str:
    """Return a name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> set[str]:
    """Return the top-level modules that the product's files import, wherever in the file."""
    found: set[str] = set()
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.fixture(scope="module")
def distributions() -> set[str]:
    """Distributions of what is imported."""
    of_module = packages_distributions()
    tops = {name.split(".")[0] for name in imported()} - set(sys.stdlib_module_names) - NEWER - {"backward_running"}
    # A module that several share (backports) is told by nothing but its name.
    shared = {canonical(".".join(name.split(".")[:2])) for name in imported() if name.startswith("backports.")}
    found = shared | {canonical(name) for top in tops - {"backports"} for name in of_module.get(top, [top])}
    return {PART_OF.get(name, name) for name in found}


def test_nothing_is_installed_that_the_product_never_imports(distributions: set[str]) -> None:
    unused = names(PROJECT["dependencies"]) - distributions - NEEDED_BY.keys()
    assert not unused, f"not imported in src: {sorted(unused)}; tools and validation have a group of their own"


def test_nothing_is_imported_that_is_not_declared(distributions: set[str]) -> None:
    extras = [requirement for group in PROJECT["optional-dependencies"].values() for requirement in group]
    missing = distributions - names(PROJECT["dependencies"]) - names(extras)
    assert not missing, f"imported in src, but comes only by way of something else: {sorted(missing)}"
