"""The copy for others holds no backward metre, and what is kept here is not touched."""

from __future__ import annotations

import numpy as np
import pytest

from backward_running.core.direction import Direction
from backward_running.core.errors import NotEnoughData
from backward_running.core.session import Paint
from backward_running.flows import forward_only
from backward_running.flows.forward_only import Backward
from backward_running.flows.intake import import_file
from backward_running.flows.paint import paint
from backward_running.formats.fit import read as read_fit
from backward_running.formats.gpx import read_gpx


@pytest.fixture
def activity_id(store, session_fit, now):
    (entry,) = import_file(store, "s.fit", session_fit, now=now)
    return entry.activity_ids[0]


def backward_spans(store, activity_id):
    bouts = [one.bout for one in store.session(activity_id).bouts if one.bout.direction is Direction.BACKWARD]
    assert bouts, "the simulated session goes backward three times"
    return bouts


def test_cut_leaves_no_backward_sample_and_only_forward_metres(store, activity_id):
    name, data = forward_only.fit(store, activity_id)
    (copy,) = read_fit(data)
    assert name.endswith("forward-only.fit") and copy.simulated
    for bout in backward_spans(store, activity_id):
        inside = (copy.main.time_s >= bout.start_s + 0.5) & (copy.main.time_s < bout.end_s - 0.5)
        assert not inside.any()
    session = store.session(activity_id)
    whole, backward = session.totals().distance_m, session.totals(Direction.BACKWARD).distance_m
    copied = np.nanmax(copy.main.columns["distance_m"])
    assert copied == pytest.approx(whole - backward, abs=8.0), "within a step or two at each border"
    paused = sum(one.end_s - one.start_s for one in copy.pauses)
    assert paused >= sum(bout.duration_s for bout in backward_spans(store, activity_id)) - 5


def test_rest_keeps_every_sample_and_marks_laps(store, activity_id):
    _, data = forward_only.fit(store, activity_id, Backward.REST)
    (copy,) = read_fit(data)
    (whole,) = read_fit(store.original(store.row(activity_id).file_key)[1])
    assert len(copy.main) == len(whole.main)
    rest = [lap for lap in copy.laps if lap.intensity == "rest"]
    assert len(rest) == len(backward_spans(store, activity_id))
    assert {lap.intensity for lap in copy.laps} == {"rest", "active"}
    for lap, bout in zip(rest, backward_spans(store, activity_id), strict=True):
        assert (lap.start_s, lap.end_s) == pytest.approx((bout.start_s, bout.end_s), abs=1.0)


def test_the_track_is_parted_at_each_cut(store, activity_id):
    name, data = forward_only.gpx(store, activity_id)
    (copy,) = read_gpx(data)
    assert name.endswith("forward-only.gpx")
    last = float(store.recording(activity_id).main.time_s[-1])
    inner = [bout for bout in backward_spans(store, activity_id) if bout.end_s <= last]
    assert data.count(b"<trkseg>") == 1 + len(inner) > 1
    for bout in backward_spans(store, activity_id):
        assert not ((copy.main.time_s >= bout.start_s + 0.5) & (copy.main.time_s < bout.end_s - 0.5)).any()


def test_where_nothing_or_everything_is_backward_it_says_so(store, activity_id):
    duration_s = store.row(activity_id).duration_s
    paint(store, activity_id, Paint(0, duration_s, Direction.FORWARD))
    with pytest.raises(NotEnoughData, match="Nothing in this activity"):
        forward_only.fit(store, activity_id)
    with pytest.raises(NotEnoughData, match="Nothing in this activity"):
        forward_only.fit(store, activity_id, Backward.REST)
    paint(store, activity_id, Paint(0, duration_s, Direction.BACKWARD))
    with pytest.raises(NotEnoughData, match="nothing is left"):
        forward_only.gpx(store, activity_id)
