"""What was said on the phone after a session is read from the same file."""

from __future__ import annotations

import json

import pytest
from tests.formats.test_phone_session import STARTED, STOP, session

from backward_running.formats.phone_answers import answers_in
from backward_running.formats.phone_session import read

TOLD_MS = STARTED.timestamp() * 1000 + 60_000


def answers(**said):
    return {"kind": "answers", "at_s": 60.0, "told_at_ms": TOLD_MS, **said}


def written(*lines):
    """As the page writes them: without a blank."""
    return session(STOP) + b"".join(json.dumps(line, separators=(",", ":")).encode() + b"\n" for line in lines)


def test_what_was_said_is_read_and_what_was_not_is_unknown():
    said = answers_in(
        written(answers(exertion_cr10=4, pain_nrs={"left knee": 2}, fell=False, red_flags=["chest_pain"]))
    )
    assert (said.exertion_cr10, dict(said.pain_nrs), said.fell) == (4.0, {"left knee": 2.0}, False)
    assert (said.concussion_signs, said.broke_off, said.red_flags) == (None, None, ("chest_pain",))
    assert said.told_at.timestamp() * 1000 == TOLD_MS and said.session_on == STARTED and said.not_known == ()


def test_the_last_word_counts():
    assert answers_in(written(answers(exertion_cr10=4), answers(exertion_cr10=6))).exertion_cr10 == 6.0


@pytest.mark.parametrize("data", [b"", b"{}", b'{"kind":"answers"}', session(STOP)])
def test_a_file_without_answers_has_none(data):
    assert answers_in(data) is None


@pytest.mark.parametrize(("said", "words"), [
    ({"exertion_cr10": 11}, "the effort"), ({"exertion_cr10": True}, "the effort"), ({"pain_nrs": {"knee": "x"}}, "a pain"),
    ({"red_flags": ["of_tomorrow"]}, "a warning sign"),
])  # fmt: skip
def test_what_cannot_be_understood_is_named_and_the_rest_stands(said, words):
    found = answers_in(written(answers(fell=True, **said)))
    assert found.fell is True and len(found.not_known) == 1 and words in found.not_known[0]


@pytest.mark.parametrize("line", [
    b'{"kind":"answers"', b'{"kind":"answers","pain_nrs":[1],"red_flags":{},"fell":"yes","told_at_ms":1e400}',
])  # fmt: skip
def test_damaged_answers_break_nothing(line):
    found = answers_in(session(STOP) + line + b"\n")
    assert found is None or (not found.pain_nrs and found.fell is None and found.told_at == STARTED)


def test_answers_are_no_loss_of_the_recording():
    (recording,) = read(written(answers(fell=False)))
    assert recording.losses == ()
