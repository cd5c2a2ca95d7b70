"""Run the quick suite on the newest Python there is, where it is not the one that runs this (`make newest`).

`make test` runs a part of it so: one test in ten, the same ones each time, of every room.

Written for 3.11 and used on every newer one. Where the machine has no newer interpreter this says so, and that is all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Newest first. What is newer than the last that was tried is tried by hand: make quick PYTHON=python3.15 VENV=.venv-3.15
MINORS = (14, 13, 12)
#: Where CI unpacks one (`.ci/newest-python`).
FETCHED = ROOT / "build" / "python" / "usr" / "bin"
NONE = "No newer Python was found ({looked}); the suite ran on {own} alone."


def candidates(minor: int) -> Iterator[str]:
    """Yield where a Python may lie: on the path, where CI puts one, where pyenv keeps those that are not switched on."""
    found = shutil.which(f"python3.{minor}")
    if found:
        yield found
    fetched = FETCHED / f"python3.{minor}"
    if fetched.exists():
        yield str(fetched)
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from sorted(map(str, kept.glob(f"3.{minor}.*/bin/python3.{minor}")), reverse=True)


def works(python: str, minor: int) -> bool:
    """Whether a program is that Python: a shim may stand there for one that is switched off."""
    asked = [python, "-c", "import sys, venv; print(sys.version_info.minor)"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False)
    return said.returncode == 0 and said.stdout.strip() == str(minor)


def newest() -> tuple[int, str] | None:
    """Return the newest Python above the one that runs this; None where there is none."""
    for minor in MINORS:
        if minor <= sys.version_info.minor:
            return None
        for python in candidates(minor):
            if works(python, minor):
                return minor, python
    return None


def main(arguments: Sequence[str] = ()) -> int:
    """Run the quick suite on it, or a part."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--one-in", type=int, default=1, metavar="N", help="only one test in N")
    sample = options.parse_args(arguments).one_in
    found = newest()
    if found is None:
        looked = ", ".join(f"3.{minor}" for minor in MINORS if minor > sys.version_info.minor) or "none is newer"
        print(NONE.format(looked=looked, own=f"{sys.version_info.major}.{sys.version_info.minor}"))
        return 0
    minor, python = found
    part = "once more" if sample == 1 else f"in part, one test in {sample},"
    print(f"The quick suite {part} on Python 3.{minor}.", flush=True)
    settings = [f"PYTHON={python}", f"VENV=.venv-3.{minor}", f"SAMPLE=--one-in {sample}"]
    return subprocess.run(["make", "--no-print-directory", "quick", *settings], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
