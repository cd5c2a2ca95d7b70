"""Ask the databases of known vulnerabilities about every pinned package: ``python -m tools.audit``.

It is the one step that needs a network, so nothing depends on it: where no database can be reached it says so and ends
with 0. What is found ends with 1, each with its number and the version in which it is mended.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: How long one database may take to answer.
WITHIN_S = 120
PYTHON = ("requirements.lock", "requirements-dev.lock")


def main() -> int:
    """Ask about both languages, and say what came of it."""
    found = [*(_of_python(name) for name in PYTHON), _of_javascript()]
    for said in (line for _, lines in found for line in lines):
        print(said)
    return max(code for code, _ in found)


def _run(command: list[str], folder: Path) -> tuple[dict[str, Any], str]:
    """Run a program that answers in JSON; return what it said, and, where it said nothing, why."""
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=WITHIN_S)
        said = json.loads(ran.stdout)
    except OSError:
        return {}, f"{command[0]} is not installed"
    except subprocess.TimeoutExpired:
        return {}, f"no database of vulnerabilities answered within {WITHIN_S} s"
    except ValueError:
        return {}, "no database of vulnerabilities could be reached"
    return (said, "") if isinstance(said, dict) else ({}, "what the database answered cannot be read")


def _of_python(lock: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--disable-pip", "--require-hashes", "-r", lock]
    said, why_not = _run(command, ROOT)
    packages = said.get("dependencies", [])
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    if len(skipped) == len(packages):  # a database that answers nothing knows nothing against anybody, too
        return 0, [f"{lock}: NOT AUDITED: {why_not or 'the database of vulnerabilities knew none of its packages'}."]
    lines = [_python_line(lock, package, known) for package in packages for known in package.get("vulns", ())]
    asked = f"{lock}: {len(packages) - len(skipped)} of {len(packages)} packages"
    unknown = [f"{lock}: NOT AUDITED, for the database does not know them: {', '.join(skipped)}."] if skipped else []
    return (1, lines + unknown) if lines else (0, [f"{asked}, nothing known against them.", *unknown])


def _python_line(lock: str, package: dict[str, Any], known: dict[str, Any]) -> str:
    mended = ", ".join(known.get("fix_versions", ())) or "no version yet"
    return f"{lock}: {package['name']} {package['version']}: {known['id']}, mended in {mended}"


def _of_javascript() -> tuple[int, list[str]]:
    said, why_not = _run(["npm", "audit", "--json"], ROOT / "frontend")
    if "vulnerabilities" not in said:
        return 0, [f"frontend: NOT AUDITED: {why_not or 'no database of vulnerabilities could be reached'}."]
    lines = [
        f"frontend: {name}: {package.get('severity')}" for name, package in sorted(said["vulnerabilities"].items())
    ]
    return (1, lines) if lines else (0, ["frontend: nothing known against its packages."])


if __name__ == "__main__":
    sys.exit(main())
