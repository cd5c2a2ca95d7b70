"""What a phone told on the way, beside what the whole recording tells."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.core.recording import Recording, Stream
from backward_running.core.session import Bout, BoutFacts
from backward_running.flows.told_live import LIVE, live_view


def recording(shares, *, speed=True):
    seconds = np.arange(len(shares), dtype=float)
    track = Stream("unknown", "earth", seconds, {"speed_mps": np.full(len(shares), 1.5)})
    told = Stream("unknown", "earth", seconds, {LIVE: np.asarray(shares, float)})
    streams = (track, told) if speed else (told,)
    return Recording("0" * 64, datetime(2026, 5, 1, tzinfo=UTC), streams, "phone_session", "2", duration_s=len(shares))


def bout(start_s, end_s, direction, distance_m=None):
    return BoutFacts(Bout(start_s, end_s, direction, None, 0.9, "test"), end_s - start_s, distance_m)


def test_the_two_are_compared_second_by_second():
    bouts = [
        bout(0, 4, Direction.FORWARD), bout(4, 8, Direction.BACKWARD, 6.0), bout(8, 10, Direction.UNKNOWN),
    ]  # fmt: skip
    view = live_view(recording([0.9, 0.9, 0.5, 0.1, 0.2, 0.2, 0.9, 0.5, 0.1, 0.5]), bouts)
    assert (view.forward_s, view.backward_s) == (3, 4)
    assert (view.same_s, view.other_way_s) == (4, 2)
    assert (view.only_at_home_s, view.only_on_the_way_s) == (2, 1)
    assert view.backward_m == pytest.approx(6.0) and view.backward_at_home_m == 6.0


def test_what_is_not_known_is_not_zero():
    view = live_view(recording([0.1, 0.1], speed=False), [bout(0, 2, Direction.FORWARD)])
    assert view.backward_m is None and view.backward_at_home_m is None


def test_a_recording_without_it_has_none():
    plain = recording([0.5])
    assert live_view(Recording(plain.key, plain.started_at, plain.streams[:1], "fit", "1", duration_s=1.0), []) is None
