"""Strides: those side by side are those one by one, and what is kept at hand."""

from __future__ import annotations

import weakref
from dataclasses import replace

import numpy as np
import pytest
from tests.gait.leg_recordings import leg_recording
from tests.gait.legs import Leg

from backward_running.gait.steps import strides_by_zupt as strides_module
from backward_running.gait.steps.leg import leg_of


def test_strides_side_by_side_are_those_one_by_one():
    """Strides of unlike length are integrated in one chunk: what follows a short one must not leak into it."""
    leg = leg_of(leg_recording("foot_left", Leg.runs(), seconds=20.0, noise=0.3).streams[0])
    at = np.sort(np.random.default_rng(4).choice(np.arange(50, 1900, 45), 30, replace=False))
    together = strides_module.strides(leg.axes, at)
    assert len(together) > 10
    assert len(set(together.duration_s)) > 2
    for number, (first, last) in enumerate(zip(together.first, together.last, strict=True)):
        alone = strides_module.strides(leg.axes, np.array([first, last]))
        for name in ("gravity_mps2", "way_m", "turn"):
            assert getattr(alone, name)[:, 0] == pytest.approx(getattr(together, name)[:, number]), name
        assert (alone.lift_s[0], alone.land_s[0]) == (together.lift_s[number], together.land_s[number])


def test_strides_are_integrated_once_for_the_same_arrays_and_anew_for_others(monkeypatch):
    stream = leg_recording("foot_left", Leg.walks()).streams[0]
    times = []
    plain = strides_module.strides
    monkeypatch.setattr(strides_module, "strides", lambda axes, at: times.append(1) or plain(axes, at))
    first = leg_of(stream).strides
    assert leg_of(replace(stream, place="foot")).strides is first
    assert len(times) == 1
    other = replace(stream, columns={**stream.columns, "gyr_z_radps": -stream.columns["gyr_z_radps"]})
    assert leg_of(other).strides is not first
    assert leg_of(stream, 0.3).strides is not first
    assert len(times) == 3
    for key, (_, kept) in list(
        strides_module._AT_HAND.items()
    ):  # as if other arrays had come to lie at the same addresses
        strides_module._AT_HAND[key] = (tuple(weakref.ref(np.zeros(1)) for _ in range(7)), kept)
    assert leg_of(stream).strides is not first
    for _ in range(9):
        leg_of(leg_recording("foot_left", Leg.walks()).streams[0])
    assert len(strides_module._AT_HAND) <= strides_module.STREAMS_AT_HAND
