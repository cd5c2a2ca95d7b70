"""Run all benchmarks and print one table; with --write also into docs/benchmarks.md.

python -m benchmarks [fit_decode|intake|start|page|detect|plan|effort|load ...] [--write]
"""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path

from benchmarks._measure import Row

ALL = ("fit_decode", "intake", "start", "page", "detect", "plan", "effort", "load")


def main() -> None:
    """Run, print, write."""
    chosen = [name for name in sys.argv[1:] if not name.startswith("-")] or list(ALL)
    lines = ["| what | got | asked | reached | note |", "|---|---|---|---|---|"]
    print("\n".join(lines))
    for name in chosen:
        for row in importlib.import_module(f"benchmarks.{name}").run():
            lines.append(_line(row))
            print(lines[-1], flush=True)
    if "--write" in sys.argv:
        machine = f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}, two shared cores"
        head = f"# Benchmarks\n\nWritten by `make bench`. {machine}; the recordings are simulated. Ratios travel, milliseconds do not.\n\n"
        path = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
        path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def _line(row: Row) -> str:
    reached = {True: "yes", False: "NO", None: ""}[row.reached]
    return f"| {row.what} | {row.got} | {row.asked} | {reached} | {row.note} |"


if __name__ == "__main__":
    main()
