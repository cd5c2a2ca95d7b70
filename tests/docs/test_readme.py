"""The README as a package index shows it: without the files beside it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import Any

from tests.conftest import ROOT

ADDRESS = "https://example.org/backward-running"
TARGET = re.compile(r"\]\(([^)]+)\)")


def metadata(**env: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "hatchling", "metadata"]
    around = {key: value for key, value in os.environ.items() if key != "BACKWARD_PROJECT_ADDRESS"} | env
    shown = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(shown.stdout)
    return found


def test_with_an_address_every_link_and_picture_is_whole_and_leads_to_a_file() -> None:
    shown = metadata(BACKWARD_PROJECT_ADDRESS=ADDRESS + "/")
    targets = TARGET.findall(shown["readme"]["text"])
    pictures = [target for target in targets if target.startswith(f"{ADDRESS}/raw/HEAD/")]
    pages = [target for target in targets if target.startswith(f"{ADDRESS}/blob/HEAD/")]
    assert len(pictures) >= 2
    assert len(pictures) + len(pages) == len(targets)
    assert all((ROOT / target.split("/HEAD/", 1)[1].split("#")[0]).exists() for target in targets)
    assert shown["urls"]["Source"] == ADDRESS


def test_without_one_it_is_the_readme_as_it_stands() -> None:
    shown = metadata()
    assert shown["readme"]["text"] == (ROOT / "README.md").read_text(encoding="utf-8")
    assert "urls" not in shown
