"""What was said on the phone comes in with the recording, and a warning sign comes in whatever becomes of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.formats.test_phone_answers import answers, written
from tests.formats.test_phone_session import HEAD, STARTED

from backward_running.core.athlete import Moment
from backward_running.flows.delivery import take_said
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


def test_what_was_said_a_day_and_two_days_after_is_a_check_in_of_its_own(store):
    day_ms = STARTED.timestamp() * 1000 + 86_400_000
    first = answers(exertion_cr10=4)
    day_1 = answers(moment="day_1", calf_soreness_nrs=3, pain_nrs={"left calf": 2}) | {"told_at_ms": day_ms}
    day_2 = answers(moment="day_2", calf_soreness_nrs=0) | {"told_at_ms": 2 * day_ms - STARTED.timestamp() * 1000}
    came(store, written(first))
    said = (
        json.dumps(HEAD).encode()
        + b"\n"
        + b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in (first, day_1, day_2))
    )
    (activity,) = store.activities()
    later = NOW + timedelta(days=3)
    assert "came in as a check-in" in take_said(store, said, activity.activity_id, now=later)
    assert "said before" in take_said(store, said, activity.activity_id, now=later), "twice sent is said once"
    found = {check_in.moment: check_in for check_in in store.check_ins()}
    assert len(store.check_ins()) == 3 and set(found) == {Moment.AFTER, Moment.DAY_1, Moment.DAY_2}
    assert found[Moment.DAY_1].made_at == STARTED + timedelta(days=1)
    assert (found[Moment.DAY_1].calf_soreness_nrs, dict(found[Moment.DAY_1].pain_nrs)) == (3.0, {"left calf": 2.0})
    assert found[Moment.DAY_2].calf_soreness_nrs == 0.0 and found[Moment.AFTER].perceived_exertion_cr10 == 4.0


def test_a_file_in_which_only_the_day_after_was_said_says_it(store):
    day_1 = answers(moment="day_1", calf_soreness_nrs=3) | {"told_at_ms": STARTED.timestamp() * 1000 + 86_400_000}
    (entry,) = came(store, written(day_1), NOW + timedelta(days=2))
    assert "check-in" in entry.message and [said.moment for said in store.check_ins()] == [Moment.DAY_1]
