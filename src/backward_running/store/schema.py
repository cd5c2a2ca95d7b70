"""The tables, one schema for every backend. A change here needs a new file in ``migrations/versions``.

Every row is of a person. Only the list of persons itself and what the program keeps of the store are of nobody.
"""

from __future__ import annotations

from backward_running.store._columns import meta, metadata, person
from backward_running.store._tables_of_a_runner import (
    athlete,
    check_in,
    clearance,
    import_log,
    measurement,
    paired_phone,
    plan,
    said_done,
    setting,
    shoe,
    statement,
)
from backward_running.store._tables_of_runs import (
    activity,
    best,
    by_word,
    clock,
    derived,
    edit,
    file,
    load,
    load_month,
    note,
    paint,
    photo,
    straight,
    stream,
    trash,
)
from backward_running.store._version import SCHEMA_VERSION

__all__ = [
    "SCHEMA_VERSION",
    "activity",
    "athlete",
    "best",
    "by_word",
    "check_in",
    "clearance",
    "clock",
    "derived",
    "edit",
    "file",
    "import_log",
    "load",
    "load_month",
    "measurement",
    "meta",
    "metadata",
    "note",
    "paint",
    "paired_phone",
    "person",
    "photo",
    "plan",
    "said_done",
    "setting",
    "shoe",
    "statement",
    "straight",
    "stream",
    "trash",
]
