"""Fixtures for all rooms."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real recordings; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("BACKWARD_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "activities").is_dir():
        pytest.skip(f"no real recordings at {folder}; set BACKWARD_DATA")
    return folder
