"""Hooks of mkdocs: the order of the pages is written once, in the lists of docs; and nothing comes from the network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

DOCS = Path(__file__).resolve().parent
#: A line of a list that begins with a link to a page beside it.
LINK = re.compile(r"^(?:- |\d+\. )\[.+?\]\(([\w./-]+\.md)\)", re.M)
SECTIONS = ("how-to", "understand", "reference", "validation", "decisions")
#: With it a browser can search in pages that lie on a disk. The theme would fetch it from somebody's server.
SHIM = DOCS.parent / "frontend" / "node_modules" / "iframe-worker" / "shim" / "index.js"
FETCHED_SHIM = '"https://unpkg.com/iframe-worker/shim"'
OWN_SHIM = "assets/iframe-worker.js"
#: What a page would load from somewhere else: scripts, styles, pictures, frames.
LOADED = re.compile(
    r'<(?:script|img|iframe|source)[^>]+src="(?:https?:)?//[^"]+"|<link[^>]+stylesheet[^>]+href="(?:https?:)?//'
)


def title_of(page: Path) -> str:
    """Return the first heading of a page."""
    return page.read_text(encoding="utf-8").split("# ", 1)[1].split("\n", 1)[0]


def pages_of(folder: str) -> list[str]:
    """Return the pages that the README of a folder lists, in its order; itself comes first."""
    listed = LINK.findall((DOCS / folder / "README.md").read_text(encoding="utf-8"))
    return [f"{folder}/README.md", *(f"{folder}/{name}" for name in listed)]


def nav() -> list[dict[str, Any]]:
    """Return the whole order: start, then a section for each folder, then what was measured of speed."""
    sections = [{title_of(DOCS / folder / "README.md"): pages_of(folder)} for folder in SECTIONS]
    return [{"Backward": "index.md"}, {"Start": "start.md"}, *sections, {"Benchmarks": "benchmarks.md"}]


def on_config(config: Any) -> Any:
    """Hand mkdocs the order."""
    config.nav = nav()
    return config


def on_files(files: Any, config: Any) -> Any:
    """Put the shim among the files of the site."""
    if not SHIM.exists():
        raise PluginError(f"{SHIM.name} of iframe-worker is not installed; run `make docs`, which installs it.")
    files.append(File.generated(config, OWN_SHIM, content=SHIM.read_text(encoding="utf-8")))
    return files


def on_post_page(output: str, page: Any, config: Any) -> str:  # noqa: ARG001 -- the shape mkdocs calls
    """Use the shim that lies beside the pages, and refuse a page that would load anything from the network."""
    return offline(output, depth=page.url.count("/"))


def on_post_template(output_content: str, template_name: str, config: Any) -> str:  # noqa: ARG001 -- as above
    """Do the same for the page of what was not found."""
    return offline(output_content, depth=0)


def offline(html: str, *, depth: int) -> str:
    """Return a page with everything it loads beside it. Raises PluginError where something is not.

    >>> offline('<script src="https://unpkg.com/iframe-worker/shim"></script>', depth=1)
    '<script src="../assets/iframe-worker.js"></script>'
    """
    html = html.replace(FETCHED_SHIM, f'"{"../" * depth}{OWN_SHIM}"')
    found = LOADED.search(html)
    if found is not None:
        raise PluginError(f"A page would load something from the network: {found[0]}; put it into docs.")
    return html
