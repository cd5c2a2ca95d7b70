"""Nouns come back from JSON equal."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running.core.athlete import Athlete, CheckIn, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import StoreError
from backward_running.core.plan import Part, Plan, Reason, Step
from backward_running.core.ports import ImportEntry
from backward_running.core.recording import Recording
from backward_running.core.session import Bout, BoutFacts, Estimate, NotKnown, Session
from backward_running.core.standing import Standing
from backward_running.plans import _notes
from backward_running.plans._block import LOOK
from backward_running.store._wire import dumps, loads

numbers = st.floats(allow_nan=False, allow_infinity=False)
known = st.floats(0, 1e9)
words = st.text(max_size=8)
gaits = st.sampled_from([None, *Gait])


@st.composite
def bouts(draw):
    start = draw(st.floats(0, 1e6))
    way = draw(st.sampled_from(Direction))
    return Bout(
        start, start + draw(st.floats(0.1, 1e4)), way, draw(gaits), draw(st.none() | st.floats(0, 1)), draw(words)
    )


@st.composite
def estimates(draw):
    low, value, high = sorted(draw(st.tuples(numbers, numbers, numbers)))
    caveats = tuple(draw(st.lists(words, max_size=2)))
    return Estimate("energy_j_per_kg", value, low, high, draw(words), draw(st.sampled_from(Standing)), caveats)


energies = estimates() | st.builds(NotKnown, words, words)
facts = st.builds(BoutFacts, bouts(), known, st.none() | known, st.none() | known, energy_j_per_kg=energies)
sessions = st.builds(
    Session,
    words,
    st.lists(bouts(), max_size=3).map(tuple),
    st.lists(facts, max_size=3).map(tuple),
    st.lists(energies, max_size=3).map(tuple),
    st.dictionaries(words, words, max_size=3),
)
simple = st.none() | st.booleans() | st.integers() | numbers | words | st.dates() | st.datetimes(timezones=st.just(UTC))
anything = st.recursive(
    simple | st.sampled_from([*Direction, *Gait, *Sex, *Standing]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(words | st.integers(), inner, max_size=3)
        | st.frozensets(words, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(sessions)
def test_sessions(session):
    text = dumps(session)
    assert text.isascii()
    assert loads(Session, text) == session


def deep_types(value):
    """The types all the way down: 1 == True and [] != (), but equality alone would not tell 1 from 1.0."""
    if isinstance(value, dict):
        return dict, [(deep_types(key), deep_types(one)) for key, one in value.items()]
    if isinstance(value, (list, tuple)):
        return type(value), [deep_types(one) for one in value]
    return type(value)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(words, anything, max_size=4))
def test_answers_may_be_anything(answers):
    back = loads(Plan, dumps(Plan("p", "x", "t", datetime(2026, 1, 1, tzinfo=UTC), answers))).answers
    assert back == answers
    assert deep_types(dict(back)) == deep_types(answers)


def test_whole_nouns(samples):
    assert loads(Plan, dumps(samples.plan())) == samples.plan()
    assert loads(CheckIn, dumps(samples.check_in())) == samples.check_in()
    who = Athlete("Äthlete", 1988, Sex.FEMALE, 61.5, simulated=True)
    assert loads(Athlete, dumps(who)) == who
    entry = ImportEntry(samples.now, "a.fit", None, "failed", "why", ("a", "b"))
    assert loads(ImportEntry, dumps(entry)) == entry


def test_a_recording_without_its_samples(samples):
    recording = samples.recording("ab" * 32)
    text = dumps(recording)
    assert "streams" not in json.loads(text)
    back = loads(Recording, text, streams=recording.streams)
    assert all(getattr(back, field.name) == getattr(recording, field.name) for field in fields(Recording))


def test_every_noun_of_the_store_is_exact_in_its_tuples_and_offsets(samples):
    recording = samples.recording("ab" * 32)
    back = loads(Recording, dumps(recording), streams=())
    assert back.started_at.utcoffset() == recording.started_at.utcoffset()
    assert isinstance(back.laps, tuple)


def test_fields_may_come_and_go():
    text = json.dumps({"start_s": 0.0, "end_s": 1.0, "direction": "forward", "gone": [1]})
    assert loads(
        Bout, json.dumps({**json.loads(text), "gait": None, "probability_share": None, "found_by": "x"})
    ) == Bout(0.0, 1.0, Direction.FORWARD, None, None, "x")
    assert loads(Athlete, "{}") == Athlete()


def test_a_session_of_before_contact_times_still_opens():
    facts = BoutFacts(Bout(0.0, 1.0, Direction.FORWARD, None, None, "x"), 1.0, contact_time_s=0.2, flight_time_s=0.1)
    stored = json.loads(dumps(Session("id", (), (facts,), ())))
    assert loads(Session, json.dumps(stored)).bouts == (facts,)
    for name in ("contact_time_s", "flight_time_s"):
        del stored["bouts"][0][name]
    (old,) = loads(Session, json.dumps(stored)).bouts
    assert (old.contact_time_s, old.flight_time_s, old.moving_s) == (None, None, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"activity_id": "a"}',
        '{"activity_id": "a", "found": [{}], "bouts": [], "estimates": []}',
        '{"activity_id": "a", "found": [], "bouts": [], "estimates": [{"is": "Other"}]}',
        '{"activity_id": "a", "found": [], "bouts": [], "estimates": [{"name": "x"}]}',
    ],
)
def test_damage_is_said_in_one_sentence(text):
    with pytest.raises(StoreError, match="A stored Session cannot be read"):
        loads(Session, text)


def test_what_no_json_can_hold_is_refused_and_named():
    with pytest.raises(TypeError, match="teach store/_wire"):
        dumps(Plan("p", "x", "t", datetime(2026, 1, 1, tzinfo=UTC), {"a": object()}))

    @dataclass(frozen=True)
    class Odd:
        both: int | str

    with pytest.raises(TypeError, match=r"a union must be|is not defined"):
        dumps(Odd(1))


def test_numbers_of_numpy_become_plain():
    bout = Bout(np.float64(0.5), np.float32(1.5), Direction.BACKWARD, None, np.float64(0.25), "x")
    back = loads(Bout, dumps(bout))
    assert back == bout
    assert type(back.end_s) is float
    assert loads(Athlete, dumps(Athlete(birth_year=np.int64(1990)))).birth_year == 1990


def test_an_estimate_of_an_older_version_comes_back_with_what_is_not_in_it():
    older = (
        '{"name":"energy_j_per_kg","value":1.0,"low":0.5,"high":2.0,"model":"a + b","standing":"opinion",'
        '"caveats":["Left out: It was dark.","It was taken as level."]}'
    )
    found = loads(Estimate, older)
    assert found.models == ("a", "b")
    assert found.caveats == ("It was taken as level.",)
    assert found.left_out == ("It was dark.",)
    assert found.remarks == ("It was taken as level.", "Left out: It was dark.")
    assert loads(Estimate, dumps(found)) == found


@pytest.mark.parametrize(
    ("losses", "refused", "dated"),
    [
        ([], {}, True),
        (
            ["The accelerometer was left out: its unit cannot be right: 3."],
            {"acc": "its unit cannot be right: 3"},
            True,
        ),
        (["The file does not say when it was recorded; it is filed under 1 January 1970."], {}, False),
    ],
)
def test_a_recording_of_an_older_version_says_what_its_losses_said(losses, refused, dated):
    today = Recording("k", datetime(1970, 1, 1, tzinfo=UTC), (), "fit", "1", losses=tuple(losses))
    older = {name: value for name, value in json.loads(dumps(today)).items() if name not in ("refused", "dated")}
    found = loads(Recording, json.dumps(older), streams=())
    assert (found.refused, found.dated, found.losses) == (refused, dated, tuple(losses))
    assert loads(Recording, dumps(found), streams=()).refused == refused


@pytest.mark.parametrize(
    ("note", "key"),
    [
        (_notes.first_run(3, "dose.x"), "first_run"),
        (_notes.walks("dose.x"), "walks"),
        (replace(_notes.walks("dose.x"), text="As the plan stands now you walk backward throughout."), "walks"),
        (_notes.holds(5, "your cap is 12 min a week.", "dose.x"), "holds"),
        (Reason("You sleep a little."), None),
    ],
)
def test_a_note_of_an_older_version_is_known_by_its_key(note, key):
    older = {name: value for name, value in json.loads(dumps(note)).items() if name not in ("key", "names_week")}
    found = loads(Reason, json.dumps(older))
    assert found == note and found.key == key
    assert loads(Reason, dumps(replace(note, key=None))).key is None  # a version that writes keys is believed


@pytest.mark.parametrize("cue", [f"{LOOK} At the end stand.", "Hands on the rail.", None])
def test_a_step_of_an_older_version_looks_round_where_its_cue_says_so(cue):
    step = Step(
        "BACK",
        Part.WORK,
        Direction.BACKWARD,
        Gait.WALK,
        duration_s=60.0,
        cue=cue,
        looks_round=cue is not None and LOOK in cue,
    )
    older = {name: value for name, value in json.loads(dumps(step)).items() if name != "looks_round"}
    assert loads(Step, json.dumps(older)) == step
