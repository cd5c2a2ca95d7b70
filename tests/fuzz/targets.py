"""What is fuzzed: every door through which bytes of strangers come in.

A target raises where a promise is broken, and says how it ended where it is kept: read, or refused in one sentence.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from backward_running import formats, plans
from backward_running.core.athlete import Athlete
from backward_running.core.errors import BackwardRunningError
from backward_running.core.plan import Plan
from backward_running.flows import screening
from backward_running.formats.csv_named import read_generic_csv
from backward_running.testing.formats import check_recordings

CORPUS = Path(__file__).with_name("corpus")
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
#: More than this no mutation needs: what is longer only takes longer.
MOST_BYTES = 4096
#: How a target ends.
READ, REFUSED = "read", "refused"


def files(data: bytes) -> str:
    """Unpack and read: recordings that hold together, or one sentence."""
    try:
        for _, inner in formats.unwrap("fuzzed", data):
            check_recordings(formats.read(inner), inner)
    except BackwardRunningError as refusal:
        return _one_line(refusal)
    return READ


def readers(data: bytes) -> str:
    """Hand the bytes to one reader, as if it knew them: what looks right at its beginning may be wrong behind it.

    The first line names it, so that a new reader leaves the others what was kept for them; where a mutation spoiled
    the name, any will do.
    """
    name, _, inner = data.partition(b"\n")
    every = formats.all_formats()
    form = every.get(name.decode("latin-1")) or list(every.values())[sum(name) % len(every)]
    try:
        check_recordings(form.read(inner), inner)
    except BackwardRunningError as refusal:
        return _one_line(refusal)
    return READ


def alone(reader: str) -> Callable[[bytes], str]:
    """Return a target that hands everything to one reader, so that every run is one of it."""
    form = formats.all_formats()[reader]

    def aim(data: bytes) -> str:
        try:
            check_recordings(form.read(data), data)
        except BackwardRunningError as refusal:
            return _one_line(refusal)
        return READ

    return aim


def catalogues(data: bytes) -> str:
    """Read a list of an archive: what it says of each activity, or one sentence."""
    try:
        described = formats.described_in(data)
    except BackwardRunningError as refusal:
        return _one_line(refusal)
    for one in described or ():
        assert one.started_at is None or one.started_at.tzinfo is not None
        assert one.file_name is None or "/" not in one.file_name
    return READ if described else REFUSED


def tables(data: bytes) -> str:
    """Read any table, told which column is what; the names come from the bytes, too."""
    head, _, table = data.partition(b"\0")
    names = head.decode("utf-8", errors="replace").split("\n")
    ours = ("time_s", "acc_x_g", "gyr_x_degps", "speed_mps", "heart_rate_bpm")
    try:
        run = read_generic_csv(table, columns=dict(zip(ours, names, strict=False)), rate_hz=None if names else 10.0)
        check_recordings((run,), table)
    except BackwardRunningError as refusal:
        return _one_line(refusal)
    return READ


def answers(data: bytes) -> str:
    """Take whatever JSON for the answers before a plan: a plan within the rules, a reason, or what is wrong, by field."""
    try:
        typed = json.loads(data)
    except (ValueError, RecursionError):
        return REFUSED
    if not isinstance(typed, dict):
        return REFUSED
    made = screening.planned(typed, Athlete(), now=NOW)
    if not isinstance(made, Plan):
        return REFUSED
    checked, _ = plans.check_answers(made.answers, today=NOW.date())
    assert checked is not None, "the answers a plan keeps are answers"
    assert not made.stopped and made.weeks
    return READ


TARGETS: Mapping[str, Callable[[bytes], str]] = {
    "answers": answers,
    "catalogues": catalogues,
    "files": files,
    "readers": readers,
    "tables": tables,
}


def seeds(target: str) -> list[Path]:
    """Return the kept inputs of a target: samples, and what was once found."""
    return sorted(path for path in (CORPUS / target).iterdir() if path.is_file())


def _one_line(refusal: BackwardRunningError) -> str:
    assert "\n" not in str(refusal), f"more than one line: {refusal!s}"
    return REFUSED
