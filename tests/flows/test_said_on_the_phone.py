"""What was said on the phone comes in with the recording, and a warning sign comes in whatever becomes of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.formats.test_phone_answers import answers, written
from tests.formats.test_phone_session import HEAD, STARTED

from backward_running.core.athlete import Moment
from backward_running.flows.intake import import_file
from backward_running.store import open_store

NOW = STARTED + timedelta(hours=3)


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    yield opened
    opened.close()


def came(store, data, now=NOW):
    return import_file(store, "backward-2026-05-01-0800.jsonl", data, now=now)


def test_it_becomes_a_check_in_on_that_session(store):
    said = answers(exertion_cr10=4, pain_nrs={"left knee": 2}, fell=False, broke_off=True)
    (entry,) = came(store, written(said))
    assert entry.status == "new" and "came in as a check-in" in entry.message
    (check_in,) = store.check_ins()
    assert (check_in.activity_id, check_in.moment) == (entry.activity_ids[0], Moment.AFTER)
    assert check_in.made_at == STARTED + timedelta(minutes=1)
    assert (check_in.perceived_exertion_cr10, dict(check_in.pain_nrs)) == (4.0, {"left knee": 2.0})
    assert (check_in.fell, check_in.broke_off, check_in.red_flags) == (False, True, ())


def test_the_same_file_twice_says_it_once(store):
    data = written(answers(exertion_cr10=4))
    came(store, data)
    (entry,) = came(store, data, NOW + timedelta(hours=1))
    assert entry.status == "same" and len(store.check_ins()) == 1


def test_a_warning_sign_stops_from_the_moment_it_comes_in(store):
    came(store, written(answers(red_flags=["chest_pain"])))
    (check_in,) = store.check_ins()
    assert check_in.made_at == NOW and check_in.red_flags == ("chest_pain",)


def test_a_warning_sign_comes_in_twice_only_once(store):
    data = written(answers(red_flags=["chest_pain"]))
    came(store, data)
    came(store, data, NOW + timedelta(days=1))
    assert len(store.check_ins()) == 1


def test_a_warning_sign_counts_where_nothing_was_recorded(store):
    head = json.dumps(HEAD).encode()
    line = json.dumps(answers(fell=True, concussion_signs=True), separators=(",", ":")).encode()
    (entry, *_) = came(store, head + b"\n" + line + b"\n")
    assert "check-in" in entry.message and entry.activity_ids == ()
    (check_in,) = store.check_ins()
    assert check_in.activity_id is None and "head_strike" in check_in.red_flags


def test_a_session_without_a_recording_is_spoken_of_by_its_day(store):
    head = json.dumps(HEAD).encode()
    line = json.dumps(answers(exertion_cr10=3), separators=(",", ":")).encode()
    came(store, head + b"\n" + line + b"\n", NOW + timedelta(days=2))
    (check_in,) = store.check_ins()
    assert check_in.made_at.date() == STARTED.date() and check_in.on is None


def test_a_phone_whose_clock_runs_ahead_says_it_now(store):
    came(store, written(answers(exertion_cr10=3)), STARTED + timedelta(seconds=30))
    assert store.check_ins()[0].made_at == STARTED + timedelta(seconds=30)


def test_what_cannot_be_understood_is_asked_for_again(store):
    (entry,) = came(store, written(answers(red_flags=["of_tomorrow"])))
    assert "say it again on the check-in page: a warning sign" in entry.message
    assert store.check_ins() == ()


def test_a_session_of_which_nothing_was_said_says_nothing(store):
    (entry,) = came(store, written())
    assert "check-in" not in entry.message and store.check_ins() == ()
