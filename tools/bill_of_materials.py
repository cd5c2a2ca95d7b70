"""Write what the program is made of as CycloneDX 1.6, from the lock files: ``python -m tools.bill_of_materials``.

With ``--check`` nothing is written, and a bill that is not of today's locks is an error. It holds what a user gets: the
packages of requirements.lock that are needed at run time, and those that are bundled into the pages; and, as optional,
what an extra names. What such a package needs in turn is settled where it is installed. Nothing is asked of the
network: names, versions and hashes stand in the locks.
"""

from __future__ import annotations

import base64
import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WRITTEN = ROOT / "src" / "backward_running" / "sbom.cdx.json"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")
#: A name, and the extras of it that are asked for.
_REQUIRED = re.compile(r"^[A-Za-z0-9._-]+(\[[^\]]+\])?")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
#: Needed to build the program and not to run it.
_BUILD_ONLY = frozenset({"editables", "hatchling", "packaging", "pathspec", "pluggy", "trove-classifiers"})


def main() -> int:
    """Write the bill, or check it."""
    made = json.dumps(bill(), indent=1, ensure_ascii=False) + "\n"
    if "--check" not in sys.argv[1:]:
        WRITTEN.write_text(made, encoding="utf-8")
        return 0
    if WRITTEN.is_file() and WRITTEN.read_text(encoding="utf-8") == made:
        return 0
    print(f"{WRITTEN.relative_to(ROOT)} is not that of the locks: python -m tools.bill_of_materials")
    return 1


def bill() -> dict[str, Any]:
    """Return the bill of materials."""
    needed = sorted([*_python(), *_javascript()], key=lambda component: str(component["purl"]))
    components = [*needed, *_of_extras()]
    named = "\n".join(str(component["purl"]) for component in components)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "backward-running",
                "name": "backward-running",
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "backward-running", "dependsOn": [component["bom-ref"] for component in needed]}],
    }


def _python() -> Iterator[dict[str, Any]]:
    yield from (made for name, made in _pinned("requirements.lock") if name not in _BUILD_ONLY)


def _of_extras() -> Iterator[dict[str, Any]]:
    """Yield what the extras name, with the version that the tests of the project run on."""
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    extras: dict[str, set[str]] = {}
    for extra, lines in wanted.items():
        for line in lines:
            name, _, inner = str(_REQUIRED.match(line)[0]).lower().rstrip("]").partition("[")  # type: ignore[index]
            for package in (name, *(f"{name}-{part}" for part in inner.split(",") if part)):
                extras.setdefault(package, set()).add(extra)
    for name, made in _pinned("requirements-dev.lock"):
        if name in extras:
            told = [{"name": "backward-running:extra", "value": extra} for extra in sorted(extras[name])]
            yield {**made, "scope": "optional", "properties": told}


def _pinned(lock: str) -> Iterator[tuple[str, dict[str, Any]]]:
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        found = _PINNED.match(line)
        if found:
            hashes = [{"alg": "SHA-256", "content": digest} for digest in _HASH.findall(line)]
            yield found[1].lower(), _component(f"pkg:pypi/{found[1].lower()}@{found[2]}", found[1], found[2], hashes)


def _javascript() -> Iterator[dict[str, Any]]:
    locked = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, package in locked.items():
        if path and not package.get("dev") and not package.get("optional"):
            name = path.rpartition("node_modules/")[2]
            algorithm, _, digest = package["integrity"].partition("-")
            content = base64.b64decode(digest).hex()
            hashes = [{"alg": {"sha512": "SHA-512", "sha1": "SHA-1"}[algorithm], "content": content}]
            found = _component(
                f"pkg:npm/{name.replace('@', '%40')}@{package['version']}", name, package["version"], hashes
            )
            yield {**found, "licenses": [{"expression": package["license"]}]} if package.get("license") else found


def _component(purl: str, name: str, version: str, hashes: list[dict[str, str]]) -> dict[str, Any]:
    # A lock names the hash of every wheel there is; which of them is installed it cannot say, so then none is named.
    known = {"hashes": hashes} if len(hashes) == 1 else {}
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, **known}


if __name__ == "__main__":
    sys.exit(main())
