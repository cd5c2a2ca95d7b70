"""One from many is known in one place."""

from __future__ import annotations

import re
from pathlib import Path

import backward_running

HOME = Path(backward_running.__file__).parent
#: A plural that is made by hand: `'s' if count > 1 else ''`, and the same the other way round.
BY_HAND = re.compile(r"""(['"])s?\1 if [^\n]*?(?:[=!]= 1|> 1)\b""")


def test_no_plural_is_made_by_hand():
    assert BY_HAND.search("""f"{n} run{'s' if n != 1 else ''}" """) and BY_HAND.search('"" if count == 1 else "s"')
    found = [
        f"{path.relative_to(HOME)}: {line.strip()}"
        for path in sorted(HOME.rglob("*.py"))
        if "formats" not in path.parts  # readers count bytes and samples in a place of their own
        for line in path.read_text(encoding="utf-8").splitlines()
        if BY_HAND.search(line)
    ]
    assert found == []
