"""The bill that is shipped names all that a user gets, and no other; a pin that changes asks for a new one."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import bill_of_materials

ROOT = Path(__file__).parents[2]
LOCKS = (
    "pyproject.toml", "requirements.lock", "requirements-dev.lock", "frontend/package-lock.json",
    "src/backward_running/sbom.cdx.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> dict[str, str]:
    """Return what the shipped bill names: where it comes from, name, version."""
    bill = json.loads((ROOT / "src/backward_running/sbom.cdx.json").read_text(encoding="utf-8"))
    needed = (component for component in bill["components"] if component.get("scope") != "optional")
    return {component["purl"]: component["version"] for component in needed}


def needed(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """Gather what an installed package needs to run here, and what that needs."""
    found: set[str] = set()
    for line in requires(name) or ():
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            found |= {canonicalize_name(wanted.name), *needed(wanted.name, frozenset(wanted.extras))}
    return found


def test_it_names_every_pin_of_the_lock_but_what_only_builds(shipped) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", lock))
    named = {purl.partition("/")[2].partition("@")[0]: version for purl, version in shipped.items() if "pypi" in purl}
    assert len(pinned) > 30
    left_out = pinned.keys() - named.keys()
    assert left_out == bill_of_materials._BUILD_ONLY
    assert named == {name: version for name, version in pinned.items() if name not in left_out}


def test_what_the_installed_program_needs_is_in_it(shipped) -> None:
    """Asked of the packages themselves, and not of the lock."""
    wanted = needed("backward-running")
    named = {purl.partition("/")[2].partition("@")[0] for purl in shipped if "pypi" in purl}
    assert len(wanted) > 20
    assert wanted <= {canonicalize_name(name) for name in named}


def test_what_an_extra_brings_is_named_as_optional() -> None:
    bill = json.loads((ROOT / "src/backward_running/sbom.cdx.json").read_text(encoding="utf-8"))
    optional = {part["name"]: part for part in bill["components"] if part.get("scope") == "optional"}
    asked = [Requirement(line) for line in requires("backward-running") or () if "extra ==" in line]
    assert {canonicalize_name(wanted.name) for wanted in asked} | {"psycopg-binary"} == optional.keys()
    (database,) = [extra["value"] for extra in optional["psycopg-binary"]["properties"]]
    assert database == "club" and not {part["bom-ref"] for part in optional.values()} & {
        *bill["dependencies"][0]["dependsOn"]
    }


def test_it_names_what_the_pages_are_made_with_and_the_notices_do_too(shipped) -> None:
    locked = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
    bundled = {
        (path.rpartition("node_modules/")[2], package["version"])
        for path, package in locked.items()
        if path and not package.get("dev") and not package.get("optional")
    }
    npm = [purl.removeprefix("pkg:npm/").replace("%40", "@").rpartition("@") for purl in shipped if "npm" in purl]
    assert bundled == {(name, version) for name, _, version in npm}
    notices = ROOT / "src/backward_running/apps/web/static/third-party-notices.txt"
    if not notices.is_file():
        pytest.skip("the front end is not built")
    told = notices.read_text(encoding="utf-8")
    for name, version in bundled:
        assert f"{name} {version} (" in told, name


@pytest.mark.parametrize(
    ("lock", "pin"),
    [
        ("requirements.lock", r"(?m)^(rich==)\S+"),
        ("frontend/package-lock.json", r'("node_modules/uplot": {\s+"version": ")[^"]+'),
    ],
)
def test_a_pin_that_changes_asks_for_a_new_bill(lock, pin, tmp_path, monkeypatch, capsys) -> None:
    for name in LOCKS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(bill_of_materials, "ROOT", tmp_path)
    monkeypatch.setattr(bill_of_materials, "WRITTEN", tmp_path / LOCKS[-1])
    monkeypatch.setattr("sys.argv", ["bill_of_materials", "--check"])
    assert bill_of_materials.main() == 0
    text = (tmp_path / lock).read_text(encoding="utf-8")
    changed, count = re.subn(pin, r"\g<1>99.9.9", text)
    assert count == 1
    (tmp_path / lock).write_text(changed, encoding="utf-8")
    assert bill_of_materials.main() == 1
    assert "python -m tools.bill_of_materials" in capsys.readouterr().out
    monkeypatch.setattr("sys.argv", ["bill_of_materials"])
    assert bill_of_materials.main() == 0
    assert "99.9.9" in (tmp_path / LOCKS[-1]).read_text(encoding="utf-8")
