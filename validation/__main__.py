"""Print and write every page of ``docs/validation``: ``python -m validation [name …]``."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import validation
from validation._labelled import data_folder

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "validation"


def main(names: list[str]) -> int:
    """Write the named pages, or all of them."""
    files = sorted(
        module.name for module in pkgutil.iter_modules(validation.__path__) if not module.name.startswith("_")
    )
    known = [name for name in files if hasattr(importlib.import_module(f"validation.{name}"), "page")]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no page {unknown[0]!r}; there are: {', '.join(known)}.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names or known:
        module = importlib.import_module(f"validation.{name}")
        missing = [part for part in getattr(module, "NEEDS", ()) if not (data_folder() / part).is_dir()]
        if missing:
            print(
                f"{name}: kept as it is, there is no {missing[0]} in {data_folder()}; set BACKWARD_DATA.",
                file=sys.stderr,
            )
            continue
        text = module.page()
        (FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
