"""Experiments on oneself: frozen before they begin, answered at their end and not before, ended by a red flag."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BadValue, NotFound, StoreError
from backward_running.flows import experiments, works
from backward_running.store import open_store

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
BEGINS = date(2026, 6, 8)
END = NOW + timedelta(weeks=14)


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "home")
    yield store
    store.close()


def _register(store, **more):
    return experiments.register(store, "pairs_of_weeks", "enjoyment", now=NOW, begins_on=BEGINS, **more)


def _like(store, experiment, better=3.0):
    for phase in experiment.phases:
        for number in range(7):
            value = 4.0 + better * phase.backward + 0.2 * (number % 3)
            works.keep(store, "enjoyment", value, now=END, on=phase.begins_on + timedelta(days=number))


def test_there_is_no_answer_before_the_end_and_one_at_it(store):
    made = _register(store)
    assert made.is_open and made.found is None and len(made.phases) == 12
    _like(store, made)
    (before,) = experiments.experiments(store, now=NOW + timedelta(weeks=11))
    assert before.found is None and before.readings == 84
    (after,) = experiments.experiments(store, now=END)
    assert after.found.works and after.found.p == 2 / 64 and not after.is_open
    assert after.found.effect == pytest.approx(3.0)


def test_what_was_frozen_is_what_is_analysed_or_nothing_is(store):
    made = _register(store)
    kept = json.loads(store.setting(experiments.SETTING))
    assert kept[0]["sha256"] == made.sha256
    kept[0]["text"] = kept[0]["text"].replace('"better":1', '"better":-1')
    store.put_setting(experiments.SETTING, json.dumps(kept))
    with pytest.raises(StoreError, match="not as it was frozen"):
        experiments.experiments(store, now=END)


def test_a_red_flag_ends_it_and_the_readings_stay(store):
    made = _register(store)
    _like(store, made)
    store.add_check_in(CheckIn(NOW + timedelta(days=20), red_flags=("chest_pain",)))
    (stopped,) = experiments.experiments(store, now=END)
    assert stopped.stopped_for_safety and stopped.found is None and not stopped.is_open
    assert stopped.readings == 84


def test_a_red_flag_from_before_or_after_ends_nothing(store):
    store.add_check_in(CheckIn(NOW - timedelta(days=20), red_flags=("chest_pain",)))
    made = _register(store)
    _like(store, made)
    store.add_check_in(CheckIn(END, red_flags=("chest_pain",)))
    (done,) = experiments.experiments(store, now=END)
    assert not done.stopped_for_safety and done.found.works


def test_one_at_a_time_and_never_in_the_past(store):
    with pytest.raises(BadValue, match="before today"):
        experiments.register(store, "pairs_of_weeks", "enjoyment", now=NOW, begins_on=date(2026, 5, 1))
    _register(store)
    with pytest.raises(BadValue, match="end it first"):
        _register(store)
    ended = experiments.end(store, now=NOW)
    assert ended.ended_on == NOW.date() and not ended.stopped_for_safety
    with pytest.raises(NotFound):
        experiments.end(store, now=NOW)
    _register(store)


def test_how_long_it_takes_is_said_first_and_where_it_cannot_be_told(store):
    assert experiments.needed_units(store, "pairs_of_weeks", "enjoyment") is None
    for number in range(60):
        works.keep(store, "enjoyment", 5.0 + (number // 7) % 2, now=NOW, on=date(2026, 4, 1) + timedelta(days=number))
    assert experiments.needed_units(store, "pairs_of_weeks", "enjoyment") >= 6
    wild = (0.0, 10.0)
    for number in range(0, 56, 7):
        works.keep(store, "variety", wild[number // 7 % 2], now=NOW, on=date(2026, 4, 1) + timedelta(days=number))
    assert experiments.needed_units(store, "pairs_of_weeks", "variety") is None
