"""Definitions as no device should write them: fields of no size, arrays cut off, developer fields of any kind.

A definition message says how long each field of the messages behind it is. Nothing keeps a file from saying 0, or 3 for
a number of 4 bytes, or from describing a developer field with a field that is empty itself. Each must read as missing.
"""

from __future__ import annotations

import struct
from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.formats.test_fit import (
    F4,
    PLAIN_RECORD,
    RECORD,
    T0,
    TEXT,
    U1,
    U4,
    column,
    define,
    developer_field,
    file,
    file_id,
    only,
    record,
    samples,
)

from backward_running.core.errors import UnreadableFile
from backward_running.formats._fit import profile
from backward_running.formats.fit import read

APP, DESCRIPTION = profile.DEVELOPER_DATA_ID, profile.FIELD_DESCRIPTION
#: The messages that the reader looks into, and one that it does not know.
MESSAGES = sorted(
    {*profile.PLAIN_FIELDS, RECORD, APP, profile.HR, profile.SENSOR_CALIBRATION, 0xFF12}
    | {profile.ACCELEROMETER_DATA, profile.GYROSCOPE_DATA, profile.MAGNETOMETER_DATA}
)
NUMBERS = sorted(
    {253, 254, *range(16), *profile.RECORD_FIELDS, *(n for all_ in profile.PLAIN_FIELDS.values() for n in all_)}
)
TYPE_BYTES = [*(kind | high for kind in range(17) for high in (0, 0x80)), 0x1F, 0xFF]
SIZES = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 36, 255]


def app_of_index_size(size: int) -> bytes:
    """Return the message by which an app names itself, with a developer's index of so many bytes (right is one)."""
    return define(4, APP, [(1, 16, 13), (3, size, U1)]) + b"\x04" + b"backward-running" + bytes(size)


@pytest.mark.parametrize("size", [0, 1, 2, 4, 255])
def test_the_index_of_an_app_may_have_any_size(size: int) -> None:
    """The last thing in the message, so that reading beyond its end would show; the samples come in all the same."""
    body = file_id() + app_of_index_size(size) + developer_field(7, F4, b"heading", b"degrees")
    body += define(1, RECORD, PLAIN_RECORD, developer=[(7, 4, 0)])
    body += b"".join(record(T0 + k, 140) + struct.pack("<f", 90.0) for k in range(40))
    found = only(file(body))
    assert column(found, "heart_rate_bpm") == [140.0] * 40
    assert column(found, "heading_deg") == [90.0] * 40
    assert found.main is not None
    assert found.main.mount_known is (size > 0), "an app that cannot be told is nobody's"


@pytest.mark.parametrize("size", [0, 1, 3, 5, 16, 255])
@pytest.mark.parametrize("identity", [0, 1, 3, 15, 17, 255])
def test_an_identity_of_another_length_is_not_ours(identity: int, size: int) -> None:
    words = b"backward-running".ljust(identity, b"\0")[:identity]
    body = file_id() + define(4, APP, [(1, identity, 13), (3, 1, U1)]) + b"\x04" + words + b"\x00"
    body += developer_field(7, F4, b"heading", b"degrees") + define(1, RECORD, PLAIN_RECORD, developer=[(7, size, 0)])
    body += b"".join(record(T0 + k, 140) + bytes(size) for k in range(3))
    found = only(file(body))
    assert column(found, "heart_rate_bpm") == [140.0] * 3
    assert found.main is not None and not found.main.mount_known


@pytest.mark.parametrize("missing", [0, 1, 2, 3])
def test_a_description_with_an_empty_field_describes_nothing_it_does_not_say(missing: int) -> None:
    sizes = {0: 1, 1: 1, 2: 1, 3: 20, 8: 12}
    said = {0: b"\0", 1: b"\x07", 2: bytes((F4,)), 3: b"heading".ljust(20, b"\0"), 8: b"degrees".ljust(12, b"\0")}
    fields = [(n, 0 if n == missing else size, TEXT if size > 1 else U1) for n, size in sizes.items()]
    body = file_id() + define(3, DESCRIPTION, fields) + b"\x03"
    body += b"".join(words for number, words in said.items() if number != missing)
    body += define(1, RECORD, PLAIN_RECORD, developer=[(7, 4, 0)])
    body += b"".join(record(T0 + k, 140) + struct.pack("<f", 90.0) for k in range(3))
    found = only(file(body))
    assert column(found, "heart_rate_bpm") == [140.0] * 3
    assert found.main is not None and "heading_deg" not in found.main.columns


@pytest.mark.parametrize("number", [number for number, size, _ in PLAIN_RECORD if size])
@pytest.mark.parametrize("size", [0, 3, 5])
def test_a_field_of_a_size_that_does_not_fit_is_missing_and_the_rest_comes_in(number: int, size: int) -> None:
    whole = {253: struct.pack("<I", T0), 3: bytes((140,)), 5: struct.pack("<I", 100)}
    fields = [(n, size if n == number else s, kind) for n, s, kind in PLAIN_RECORD]
    body = file_id() + define(1, RECORD, fields) + b"\x01"
    body += b"".join(bytes(size) if n == number else words for n, words in whole.items())
    body += samples(3, T0 + 10)
    found = only(file(body))
    assert found.main is not None and len(found.main) == (3 if number == 253 else 4)


# Made once: to make a strategy anew for each message took longer than to draw from it.
LOCALS, KINDS, BIG, SECONDS = st.integers(0, 15), st.sampled_from(MESSAGES), st.booleans(), st.integers(0, 60)
FIELDS = st.lists(st.tuples(st.sampled_from(NUMBERS), st.sampled_from(SIZES), st.sampled_from(TYPE_BYTES)), max_size=9)
DEVELOPER = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(SIZES), st.integers(0, 2)), max_size=3)


@cache
def _contents(size: int) -> st.SearchStrategy[list[bytes]]:
    """Return the strategy of a few messages of one size."""
    alike = st.sampled_from([bytes(size), b"\xff" * size, b"\x01" * size])
    return st.lists(st.one_of(st.binary(min_size=size, max_size=size), alike), max_size=10)


@st.composite
def _message(draw: st.DrawFn) -> bytes:
    """Draw a definition of any shape and a few messages of that shape."""
    local, kind, big = draw(LOCALS), draw(KINDS), draw(BIG)
    fields, developer = draw(FIELDS), draw(DEVELOPER)
    contents = draw(_contents(sum(one[1] for one in (*fields, *developer))))
    order = ">" if big else "<"
    out = define(local, kind, fields, big=big, developer=developer)
    for content in contents:
        written, offset = bytearray(content), 0
        for number, length, _ in fields:  # a time that lies near the others, or nothing would come of most messages
            if number in (253, 2) and length == 4:
                stamp = T0 + draw(SECONDS)
                written[offset : offset + 4] = struct.pack(order + "I", stamp)
            offset += length
        out += bytes((local,)) + bytes(written)
    return out


SINT64 = 0x8E


def session_of_64_bits(start: int, elapsed: int) -> bytes:
    """Return a session that stores its start and its length in eight bytes each."""
    fields = [(253, 4, U4), (2, 8, SINT64), (7, 8, SINT64)]
    return define(2, 18, fields) + struct.pack("<BIqq", 2, T0 + 60, start, elapsed)


@pytest.mark.parametrize("start", [-(2**63), -1, 2**32, 2**62])
@pytest.mark.parametrize("elapsed", [-(2**63), -1, 60_000, 2**62])
def test_a_time_that_fit_cannot_count_is_missing(start: int, elapsed: int) -> None:
    """Its year would be minus two million."""
    assert column(only(file(file_id() + session_of_64_bits(start, elapsed) + samples(5))), "heart_rate_bpm")
    try:
        assert read(file(file_id() + session_of_64_bits(start, elapsed)))
    except UnreadableFile as problem:
        assert "when it happened" in str(problem)


@given(st.lists(_message(), min_size=1, max_size=8), st.booleans())
@example([app_of_index_size(0)], True)
@example([app_of_index_size(0) * 12], True)  # many alike: they are read by another way than a few
@example([session_of_64_bits(-(2**63), 0)], False)
@settings(max_examples=400)
def test_any_definition_gives_the_error_family_or_a_recording(messages: list[bytes], with_samples: bool) -> None:
    """With sound samples behind them they come in, whatever the definitions before them say."""
    body = file_id() + b"".join(messages)
    if not with_samples:
        try:
            assert read(file(body))
        except UnreadableFile as problem:
            assert str(problem)
        return
    for data in (file(body + samples(5)), file(body) + file(file_id() + samples(5))):
        try:
            assert read(data)
        except UnreadableFile as problem:  # a file_id among the messages may say that it is no activity
            assert str(problem)
