"""Recordings to judge, made of a few plain numbers."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.recording import Recording, Stream


def make_recording(seconds=600.0, columns=None, *, step_s=1.0, mount_known=False, **more) -> Recording:
    time_s = np.arange(0.0, seconds, step_s)
    columns = {
        name: np.broadcast_to(np.asarray(values, dtype=float), time_s.shape).copy()
        for name, values in (columns or {}).items()
    }
    streams = (Stream("chest", "earth", time_s, columns, mount_known),) if columns else ()
    more = {"sport": "running", "duration_s": float(seconds)} | more
    return Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), more.pop("streams", streams), "test", "1", **more)


@pytest.fixture
def recording():
    return make_recording
