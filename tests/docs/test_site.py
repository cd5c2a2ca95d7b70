"""The documentation as a site: whole, in order, and read and searched without a network."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
import yaml
from tests.conftest import ROOT

import backward_running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

DOCS = ROOT / "docs"
NOTEBOOKS = sorted(DOCS.rglob("*.ipynb"))


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    return load(DOCS / "site_hooks.py")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` does."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def pages(nav: object) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    entries = nav.values() if isinstance(nav, dict) else nav
    return [page for entry in entries for page in pages(entry)]


def test_every_page_is_in_the_list_of_its_folder(hooks: ModuleType) -> None:
    listed = pages(hooks.nav())
    assert len(listed) == len(set(listed))
    assert set(listed) == {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}


def test_a_page_that_loads_something_from_elsewhere_is_refused(hooks: ModuleType) -> None:
    for html in ('<script async src="https://cdn.example/x.js">', '<img alt="" src="//example/x.png">'):
        with pytest.raises(hooks.PluginError, match="network"):
            hooks.offline(html, depth=0)
    assert "https://example" in hooks.offline('<a href="https://example">a link may lead out</a>', depth=0)


def test_the_site_of_the_theme_has_no_fonts_of_others() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    assert config["theme"]["font"] is False
    assert {"search", "offline"} <= set(config["plugins"])


@pytest.mark.slow
def test_the_site_is_built_and_loads_nothing_from_elsewhere(site: Path) -> None:
    html = {page: page.read_text(encoding="utf-8") for page in site.rglob("*.html")}
    assert len(html) > 40
    loaded = re.compile(r'<(?:script|img|iframe|link)[^>]+(?:src|href)="((?:https?:)?//[^"]+)"')
    assert [(page.name, one) for page, text in html.items() for one in loaded.findall(text)] == []
    assert (site / "notebooks" / "which_way.ipynb").exists()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.xdist_group("journeys")
def test_somebody_without_a_network_finds_a_page_by_a_word(site: Path, chromium: Browser) -> None:
    from playwright.sync_api import expect

    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.locator("input.md-search__input").first.fill("zero-day achilles")
    page.locator("input.md-search__input").first.fill("achilles")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_on_the_shared_recording(path: Path, shared_data: Path, monkeypatch) -> None:
    monkeypatch.setenv("BACKWARD_DATA", str(shared_data))
    runner = load(DOCS / "notebooks" / "run.py")
    made = runner.run(json.loads(path.read_text(encoding="utf-8")))
    said = "".join(runner.texts(made))
    assert "backward  run" in said and "forward   run" in said and "(simulated)" not in said
    assert any("image/png" in one.get("data", {}) for cell in made["cells"] for one in cell.get("outputs", ()))


@pytest.mark.slow
def test_what_a_notebook_keeps_is_what_comes_out() -> None:
    checked = subprocess.run(
        [sys.executable, DOCS / "notebooks" / "run.py", "--check"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_one_version_stands_everywhere() -> None:
    version = backward_running.__version__
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert str(citation["version"]) == version == released[0][0]
    assert str(citation["date-released"]) == released[0][1]
    assert 'version = "' not in (ROOT / "pyproject.toml").read_text().split("[tool.")[0]
