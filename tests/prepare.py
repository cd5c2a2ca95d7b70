"""Prepare the machine for the tests: a Chromium for the browser journeys.

As root on a Debian-like system a missing Chromium is installed from the system's packages. Anywhere else this says
what to install; the journeys are then skipped with that reason, and everything else runs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = "No Chromium was found: the browser journeys will be skipped. Install it (Debian: apt-get install chromium)."


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None. BACKWARD_CHROMIUM names one by hand."""
    named = os.environ.get("BACKWARD_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> int:
    """Install Chromium where that is possible."""
    if find_chromium():
        return 0
    apt = shutil.which("apt-get")
    if apt is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        print(ADVICE)
        return 0
    print("Installing Chromium for the browser journeys …", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([apt, "update", "-qq"], check=False, env=quiet, stdout=subprocess.DEVNULL)
    command = [apt, "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    installed = subprocess.run(command, check=False, env=quiet, stdout=subprocess.DEVNULL)
    if installed.returncode != 0:
        print(ADVICE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
