"""The style sheet names nothing that no page has."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
APPS = ROOT / "src" / "backward_running" / "apps"
FRONT = ROOT / "frontend" / "src"
#: What a package of others draws.
FOREIGN = "maplibregl-"
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
ID = re.compile(r"#([A-Za-z_][\w-]*)")


def selectors(css: str) -> str:
    """Return what stands before the braces, without comments, addresses and conditions."""
    css = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", css, flags=re.DOTALL)
    return "\n".join(found for found in re.findall(r"([^{};]+)\{", css) if not found.strip().startswith("@"))


def written() -> str:
    """Return everything that writes pages: templates, Python, TypeScript."""
    files = [*APPS.rglob("*.html"), *APPS.rglob("*.py"), *FRONT.rglob("*.ts")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files if "static" not in path.parts)


def is_written(name: str, text: str) -> bool:
    """Whether a page has the name, as it stands or joined from a part before a value: `v-{{ verdict }}`, `is-${way}`."""
    if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
        return True
    cuts = [at.end() for at in re.finditer("-", name)]
    return any(re.search(rf"(?<![\w-]){re.escape(name[:cut])}(?:\{{\{{|\$\{{)", text) for cut in cuts)


def test_every_class_and_id_is_on_a_page():
    text = written()
    css = "\n".join(selectors(path.read_text(encoding="utf-8")) for path in FRONT.rglob("*.css"))
    named = {*CLASS.findall(css), *ID.findall(css)}
    assert len(named) > 300
    assert sorted(name for name in named if not name.startswith(FOREIGN) and not is_written(name, text)) == []


def test_every_style_sheet_is_bundled():
    bundle = (FRONT / "css" / "main.css").read_text(encoding="utf-8")
    imported = {f"{name}.css" for name in re.findall(r'"\./([\w/-]+)\.css"', bundle)}
    assert imported == {path.relative_to(FRONT / "css").as_posix() for path in (FRONT / "css").rglob("*.css")} - {
        "main.css"
    }
