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


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str] | None:
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=WITHIN_S)
    except (OSError, subprocess.TimeoutExpired):
        return None


def _of_python(lock: str) -> tuple[int, list[str]]:
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--disable-pip", "--require-hashes", "-r", lock]
    ran = _run(command, ROOT)
    try:
        packages = json.loads(ran.stdout)["dependencies"] if ran is not None else None
    except (ValueError, KeyError):
        packages = None
    if packages is None:
        return 0, [
            f"{lock}: not audited; pip-audit is not installed, or no database of vulnerabilities can be reached."
        ]
    lines = [_python_line(lock, package, known) for package in packages for known in package.get("vulns", ())]
    return (1, lines) if lines else (0, [f"{lock}: {len(packages)} packages, nothing known against them."])


def _python_line(lock: str, package: dict[str, Any], known: dict[str, Any]) -> str:
    mended = ", ".join(known.get("fix_versions", ())) or "no version yet"
    return f"{lock}: {package['name']} {package['version']}: {known['id']}, mended in {mended}"


def _of_javascript() -> tuple[int, list[str]]:
    ran = _run(["npm", "audit", "--json"], ROOT / "frontend")
    try:
        said = json.loads(ran.stdout) if ran is not None else {}
    except ValueError:
        said = {}
    if "vulnerabilities" not in said:
        return 0, ["frontend: not audited; npm is missing, or no database of vulnerabilities can be reached."]
    lines = [
        f"frontend: {name}: {package.get('severity')}" for name, package in sorted(said["vulnerabilities"].items())
    ]
    return (1, lines) if lines else (0, ["frontend: nothing known against its packages."])


if __name__ == "__main__":
    sys.exit(main())
