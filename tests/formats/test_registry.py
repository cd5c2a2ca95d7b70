"""The door of the room: which format reads what, and what strangers are told."""

from __future__ import annotations

import pytest

from backward_running import formats
from backward_running.core.errors import UnknownFormat
from backward_running.formats._sniff import seems_to_be


def test_formats_are_found_by_their_key():
    found = formats.all_formats()
    assert {"gpx", "tcx"} <= set(found)
    assert all(key == form.key for key, form in found.items())


def test_the_list_handed_out_is_a_copy():
    formats.all_formats().clear()
    assert formats.all_formats()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty"),
        (bytes(500), "only zeros"),
        (b"\xff\xd8\xff\xe1\x00\x18Exif\0\0", "looks like a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "looks like a PNG picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "looks like a HEIC picture"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "looks like a video"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "looks like a WebP picture"),
        (b"%PDF-1.7\n%\xe2\xe3", "looks like a PDF document"),
        (b"PK\x05\x06" + bytes(18), "looks like a zip inside other archives"),
        (b"SQLite format 3\0", "looks like a SQLite database"),
        (b"MZ\x90\0\x03", "looks like a program"),
        (b"Dear diary, today I ran backward.\n", "looks like plain text"),
        ("Liebes Tagebuch, ich lief rückwärts.".encode("cp1252"), "looks like plain text"),
        ("Dear diary".encode("utf-16"), "looks like plain text"),
        (b"time,heart\n1,2\n3,4\n", "looks like a table"),
        (b'{"type": "FeatureCollection"}', "looks like JSON"),
        (b"BEGIN:VCALENDAR\r\n", "looks like a calendar"),
        (b'<?xml version="1.0"?><kml xmlns="x"/>', "looks like a KML map"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "looks like a web page"),
        (b"<novel><chapter/></novel>", "it begins with <novel>"),
        (bytes(range(128, 256)) * 4 + b"\x01\x02", "bytes of an unknown kind"),
    ],
)
def test_strangers_are_named_and_told_what_can_be_read(data, words):
    with pytest.raises(UnknownFormat) as refusal:
        formats.read(data)
    sentence = str(refusal.value)
    assert words in sentence
    assert sentence.split("; ")[1].startswith("Backward reads FIT, TCX and GPX recordings, and sensor logs of ")
    assert sentence.count(". ") == 0


def test_a_long_text_cut_within_a_letter_is_still_text():
    assert seems_to_be(("ä" * 5000).encode()).said == "looks like plain text"
    assert seems_to_be(b"a" + ("ä" * 5000).encode()).said == "looks like plain text"


def test_the_name_of_a_strange_element_is_kept_short_and_plain():
    assert len(seems_to_be(b"<" + b"a" * 9999 + b">").said) < 120
    assert "<" not in seems_to_be(b"<3 you").said
