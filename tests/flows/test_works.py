"""Does it work, for me: measurements are kept within borders, and promises are answered from runs, words and check-ins."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from backward_running.apps.plain import plain
from backward_running.core.adaptation import SaidDone
from backward_running.core.athlete import CheckIn
from backward_running.core.errors import BadValue, NotFound
from backward_running.flows import measuring, works
from backward_running.outcomes.answering import Lacks, Word
from backward_running.store import open_store

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
BEGAN = date(2026, 3, 2)


@pytest.fixture
def store(tmp_path):
    store = open_store(tmp_path / "home")
    yield store
    store.close()


def _sessions(store):
    """Say that somebody ran backward every third day; no recording."""
    for number in range(0, 90, 3):
        on = BEGAN + timedelta(days=number)
        at = datetime(on.year, on.month, on.day, 18, tzinfo=UTC)
        store.put_said_done(SaidDone(f"hand-{number}", "Backward", on, at, 900.0, 1200.0, 120.0))


def _weights(store, effect=0.0):
    rng = np.random.default_rng(5)
    for number in range(-100, 90, 2):
        on = BEGAN + timedelta(days=number)
        value = 75.0 + effect * (1.0 - np.exp(-max(number, 0) / 24.0)) + rng.normal(0, 0.3)
        measuring.keep(store, "weight", float(value), now=NOW, on=on)


def _of(whole, address):
    return works.among(whole, address)


def test_of_nothing_there_is_no_number_and_nothing_is_invented(store):
    whole = works.overview(store)
    assert whole.promises == () and whole.first_on is None and whole.claims == 0
    assert {each.answer.word for each in whole.unmeasured} == {Word.NO_NUMBER}


def test_what_is_measured_before_the_first_session_counts_and_says_what_is_missing(store):
    _weights(store)
    assert _of(works.overview(store), "weight").answer.lacks == (Lacks.NO_MINUTES,)


def test_sessions_of_which_only_the_runner_says_that_they_were_done_count(store):
    _sessions(store)
    _weights(store, effect=-5.0)
    whole = works.overview(store)
    weight = _of(whole, "weight")
    assert whole.first_on == BEGAN
    assert whole.backward_min == pytest.approx(30 * 15.0)
    assert weight.answer.word is Word.PROBABLY and whole.claims == 1
    assert weight.answer.low < -5.0 < weight.answer.high
    assert [row.name for row in weight.forest] == ["you alone"]


def test_an_answer_can_be_written_as_json_whole(store):
    _sessions(store)
    _weights(store)
    told = json.loads(json.dumps(plain(works.overview(store))))
    (weight,) = told["promises"]
    assert weight["answer"]["word"] in {word.value for word in Word}
    assert len(weight["answer"]["trend"]["with_minutes"]["days"]) == len(weight["answer"]["readings"]["values"])


def test_a_goal_of_rehabilitation_has_a_longer_run_in(store, monkeypatch):
    _sessions(store)
    _weights(store)
    short = _of(works.overview(store), "weight").answer.left_out[0]

    plan = SimpleNamespace(answers={"goal": "rehab:knee"}, workouts=tuple)
    monkeypatch.setattr(store, "plan", lambda: plan)
    long = _of(works.overview(store), "weight").answer.left_out[0]
    assert min(short.days) >= BEGAN.toordinal() - 21 > min(long.days) >= BEGAN.toordinal() - 42


def test_a_weight_of_a_check_in_is_a_reading_and_pain_is_asked_site_by_site(store):
    at = datetime(2026, 5, 30, 8, tzinfo=UTC)
    store.add_check_in(CheckIn(at, mass_kg=71.0, pain_nrs={"left knee": 3.0, "calf": 0.0}))
    whole = works.overview(store)
    assert [reading.value for reading in _of(whole, "weight").readings] == [71.0]
    assert [reading.value for reading in _of(whole, "pain:left knee").readings] == [3.0]
    assert [reading.value for reading in _of(whole, "pain:calf").readings] == [0.0]


def test_what_can_be_that_of_nobody_is_refused_in_words_and_nothing_is_kept(store):
    for key, value in (("weight", 1000.0), ("weight", float("nan")), ("enjoyment", -1.0)):
        with pytest.raises(BadValue, match="lie between"):
            measuring.keep(store, key, value, now=NOW)
    with pytest.raises(BadValue, match="after today"):
        measuring.keep(store, "weight", 70.0, now=NOW, on=date(2026, 6, 2))
    with pytest.raises(NotFound):
        measuring.keep(store, "fitness", 3.0, now=NOW)
    assert measuring.kept(store) == ()


def test_a_measurement_is_taken_back_once(store):
    made = measuring.keep(store, "weight", 70.0, now=NOW, note="  another   scale ")
    assert made.note == "another scale"
    assert measuring.kept(store, "weight")[0].value == 70.0
    measuring.take_back(store, made.measurement_id)
    assert measuring.kept(store) == ()
    with pytest.raises(NotFound):
        measuring.take_back(store, made.measurement_id)
