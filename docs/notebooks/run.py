"""Run the notebooks of docs and keep what they show, or check that what is kept is what comes out.

python docs/notebooks/run.py          runs them and writes their outputs
python docs/notebooks/run.py --check  exits with 1 where a text that is kept is not what comes out

The outputs that are kept are those of simulated recordings, so that they are the same on every machine. No Jupyter is
needed: a cell is run as a notebook runs it, its last expression shown, and each figure kept as a small picture.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt

HERE = Path(__file__).resolve().parent
DPI = 72
#: The notebook itself reads a recording from here where there is one; what is kept must not depend on that.
DATA = "BACKWARD_DATA"


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook with the outputs of its cells, run one after the other."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells, count = [], 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        count += 1
        cells.append(cell | {"execution_count": count, "outputs": outputs_of("".join(cell["source"]), names, count)})
    return notebook | {"cells": cells}


def outputs_of(code: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """Run one cell; return what it prints, what its last expression shows, and its figures."""
    tree = ast.parse(code)
    shows = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, f"cell {count}", "exec"), names)
        shown = eval(compile(ast.Expression(shows.value), f"cell {count}", "eval"), names) if shows else None  # type: ignore[attr-defined]
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        found.append({"output_type": "stream", "name": "stdout", "text": printed.getvalue().splitlines(keepends=True)})
    if shown is not None:
        data = {"text/plain": repr(shown).splitlines(keepends=True)}
        if hasattr(shown, "_repr_html_"):
            data["text/html"] = shown._repr_html_().splitlines(keepends=True)
        found.append({"output_type": "execute_result", "execution_count": count, "data": data, "metadata": {}})
    return [*found, *figures()]


def figures() -> list[dict[str, Any]]:
    """Return the open figures as pictures, and close them."""
    found = []
    for number in plt.get_fignums():
        picture = io.BytesIO()
        plt.figure(number).savefig(picture, format="png", dpi=DPI, metadata={"Software": None})
        data = {"image/png": base64.b64encode(picture.getvalue()).decode()}
        found.append({"output_type": "display_data", "data": data, "metadata": {}})
    plt.close("all")
    return found


def texts(notebook: dict[str, Any]) -> list[str]:
    """Return the texts that a notebook shows. A picture may differ by a hair from machine to machine."""
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    return ["".join(output.get("text", output.get("data", {}).get("text/plain", ()))) for output in outputs]


def main() -> int:
    """Write or check."""
    checking = "--check" in sys.argv[1:]
    os.environ[DATA] = os.devnull
    stale = []
    for path in sorted(HERE.glob("*.ipynb")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        made = run(kept)
        if texts(made) == texts(kept):
            continue
        stale.append(path.name)
        if not checking:
            path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if checking and stale:
        print(f"Stale: {', '.join(stale)}. Run `make reference` and commit what it writes.")
        return 1
    print(f"{len(list(HERE.glob('*.ipynb')))} notebook, {len(stale)} {'stale' if checking else 'written'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
