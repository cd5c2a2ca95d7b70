"""``python -m tools.templates --check`` or ``--write``."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.templates.layout import lay_out
from tools.templates.rules import ROOT, SETTINGS
from tools.templates.tree import UnbalancedError

TEMPLATES = ROOT / "src" / "backward_running" / "apps" / "web" / "templates"


def problem_of(path: Path, *, write: bool) -> str | None:
    """Return what is wrong with the layout of a template, after having written it where that was asked."""
    text = path.read_text(encoding="utf-8")
    try:
        wanted = lay_out(text)
    except UnbalancedError as problem:
        return f"{problem}: open and close it in the same branch"
    if write and wanted != text:
        path.write_text(wanted, encoding="utf-8")
    elif wanted != text:
        return "is laid out otherwise: `make format` writes the layout"
    long = [number for number, line in enumerate(wanted.splitlines(), 1) if len(line) > SETTINGS.columns]
    return f"line {long[0]} is over {SETTINGS.columns} columns: make it a macro, or name a part of it" if long else None


def main(arguments: list[str]) -> int:
    """Check or write every template."""
    problems = {path: problem_of(path, write="--write" in arguments) for path in sorted(TEMPLATES.rglob("*.html"))}
    for path, problem in problems.items():
        if problem:
            print(f"{path.relative_to(ROOT)} {problem}")
    return 1 if any(problems.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
