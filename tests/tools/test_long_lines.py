"""TypeScript and styles keep the width that the rest of the house has."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

BUILD = Path(__file__).parents[2] / "frontend" / "build.py"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_build", BUILD)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_line_too_long_is_named_and_a_picture_may_be_long(build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "src" / "css").mkdir(parents=True)
    (tmp_path / "src" / "a.ts").write_text(f"// {'x' * 117}\n// {'x' * 118}\n")
    (tmp_path / "src" / "css" / "b.css").write_text(f'url("data:{"x" * 200}")\n/* {"x" * 200} */\n')
    assert [line.partition(" ")[0] for line in build.long_lines(tmp_path)] == ["src/a.ts:2:", "src/css/b.css:2:"]


def test_no_line_of_the_house_is_too_long(build: ModuleType) -> None:
    assert build.long_lines() == []
