"""What is cut is gone, with its metres, and nothing else is touched."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.recording import Span, Stream
from backward_running.signals import cut


def walk(count: int = 100, speed_mps: float = 2.0) -> Stream:
    time_s = np.arange(count, dtype=np.float64)
    return Stream("wrist", "earth", time_s, {"distance_m": time_s * speed_mps, "heart_rate_bpm": time_s + 60})


def test_the_distance_goes_on_where_it_was() -> None:
    short = cut(walk(), [Span(20, 40)])
    assert len(short) == 80
    assert not ((short.time_s >= 20) & (short.time_s < 40)).any()
    distance = short.columns["distance_m"]
    assert distance[19] == 38.0 and distance[20] == 38.0, "the metres from the last sample kept to the next are gone"
    assert distance[-1] == 2.0 * (99 - 21)
    assert short.columns["heart_rate_bpm"][20] == 100.0


def test_holes_in_the_distance_stay_holes() -> None:
    stream = walk()
    distance = stream.columns["distance_m"].copy()
    distance[50:60] = np.nan
    short = cut(Stream("wrist", "earth", stream.time_s, {"distance_m": distance}), [Span(10, 20)])
    assert np.isnan(short.columns["distance_m"]).sum() == 10
    assert short.columns["distance_m"][-1] == 2.0 * (99 - 11)


@given(st.lists(st.tuples(st.integers(0, 98), st.integers(1, 60)), max_size=6))
def test_distance_never_falls_and_cutting_nothing_changes_nothing(spans: list[tuple[int, int]]) -> None:
    whole = walk()
    short = cut(whole, [Span(start, start + length) for start, length in spans])
    assert (np.diff(short.columns["distance_m"]) >= 0).all()
    if not spans:
        assert np.array_equal(short.columns["distance_m"], whole.columns["distance_m"])
