"""What stands in a store, to hold against what stands there later."""

from __future__ import annotations

import sqlite3
from pathlib import Path

#: Half a questionnaire is kept as it was typed, sound or not: nothing typed in a page is lost.
DRAFT = "draft_answers"


def everything_in(home: Path, *, but: tuple[str, ...] = ()) -> dict[str, list[tuple]]:
    """Return every row of every table of a store, sorted; without the settings of these names."""
    (database,) = home.glob("*.db")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in tables}
    connection.close()
    if but:  # what may change is counted among the changes of the person
        del rows["person"]
    # A setting's name stands behind whose it is.
    return {name: [row for row in found if not set(but) & set(row[:2])] for name, found in rows.items()}
