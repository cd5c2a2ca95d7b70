"""Run all benchmarks and print one table; with --write also into docs/benchmarks.md.

python -m benchmarks [fit_decode|text_decode|intake|table|archive|start|page|detect|plan|effort|load|spots|store|works ...] [--only PART] [--write]

Where only some parts are run, the lines of the others stay as they are written.
"""

from __future__ import annotations

import importlib
import platform
import re
import sys
from pathlib import Path

from benchmarks._measure import Row

ALL = (
    "fit_decode",
    "intake",
    "table",
    "archive",
    "start",
    "page",
    "detect",
    "plan",
    "effort",
    "load",
    "spots",
    "store",
    "works",
)

HEAD = ("| what | got | asked | reached | note |", "|---|---|---|---|---|")


def main() -> None:
    """Run, print, write."""
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")] or list(ALL)
    print("\n".join(HEAD))
    found: dict[str, list[str]] = {}
    for name in chosen:
        found[name] = []
        for row in importlib.import_module(f"benchmarks.{name}").run():
            found[name].append(_line(row))
            print(found[name][-1], flush=True)
    if "--write" in sys.argv:
        path = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
        path.write_text(_page(_written(path.read_text(encoding="utf-8")) | found), encoding="utf-8")


def _written(page: str) -> dict[str, list[str]]:
    """Read the lines of each part off the page."""
    parts = re.split(r"^## (\w+)\n", page, flags=re.MULTILINE)
    return {
        name: [line for line in text.splitlines() if line.startswith("|") and line not in HEAD]
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def _page(parts: dict[str, list[str]]) -> str:
    machine = f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}, two shared cores"
    head = f"# Benchmarks\n\nWritten by `make bench`. {machine}; the recordings are simulated. Ratios travel, milliseconds do not.\n"
    tables = ("\n".join([f"\n## {name}\n", *HEAD, *parts[name]]) + "\n" for name in ALL if name in parts)
    return head + "".join(tables)


def _line(row: Row) -> str:
    reached = {True: "yes", False: "NO", None: ""}[row.reached]
    return f"| {row.what} | {row.got} | {row.asked} | {reached} | {row.note} |"


if __name__ == "__main__":
    main()
