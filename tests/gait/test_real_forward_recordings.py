"""False alarms: no real recording without plan and heading may hold one backward second."""

from __future__ import annotations

from dataclasses import replace

import pytest

from backward_running import formats
from backward_running.core.direction import Direction
from backward_running.core.errors import BackwardRunningError
from backward_running.gait import find_bouts, measure
from backward_running.signals import working_stream


def recordings_in(folder):
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix in {".md", ".tsv"}:
            continue
        try:
            yield from (
                (path.name, one)
                for name, data in formats.unwrap(path.name, path.read_bytes())
                for one in formats.read(data)
            )
        except BackwardRunningError:
            continue  # whether that is right is a question for tests/formats


@pytest.mark.slow
def test_not_one_backward_second(shared_data):
    asked = 0
    for name, one in recordings_in(shared_data / "activities"):
        without_plan = replace(one, steps=(), marks=(), laps=tuple(replace(lap, label=None) for lap in one.laps))
        working = working_stream(without_plan)
        bouts = find_bouts(without_plan, working)
        if not bouts:
            assert one.duration_s <= 0, name
            continue
        assert {bout.direction for bout in bouts} <= {Direction.UNKNOWN, Direction.STILL}, name
        assert (bouts[0].start_s, bouts[-1].end_s) == (0.0, one.duration_s), name
        facts = measure(without_plan, working, bouts)
        assert sum(one_fact.moving_s for one_fact in facts) <= one.duration_s * (1 + 1e-9) + 1e-6, name
        # The names that people give to steps and laps are left in: none of them went backward either.
        as_named = find_bouts(one, working)
        assert Direction.BACKWARD not in {bout.direction for bout in as_named}, name
        asked += one.on_foot
    assert asked > 40
