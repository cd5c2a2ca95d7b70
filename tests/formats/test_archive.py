"""Archives: what is inside comes out, what attacks or is broken is refused in a sentence."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backward_running import formats
from backward_running.core.errors import UnknownFormat, UnreadableFile
from backward_running.formats import _archive, unwrap


def zipped(members, method=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return content.getvalue()


def test_a_plain_file_yields_itself_whatever_its_name():
    assert list(unwrap("run.zip", b"not a zip")) == [("run.zip", b"not a zip")]


def test_gzip_loses_its_ending():
    assert list(unwrap("run.fit.gz", gzip.compress(b"abc"))) == [("run.fit", b"abc")]
    assert list(unwrap("RUN.GZ", gzip.compress(b"abc") + gzip.compress(b"def"))) == [("RUN", b"abcdef")]
    assert list(unwrap("run.fit", gzip.compress(b"abc") + b"\0" * 9)) == [("run.fit", b"abc")]


def test_a_zip_yields_its_files_without_folders_and_the_desktops_own():
    data = zipped({
        "a/": b"", "a/one.gpx": b"1", "__MACOSX/a/._one.gpx": b"x", "a/.DS_Store": b"x", "b\\two.tcx": b"2",
        "Thumbs.db": b"x", "../../etc/three\n.fit": b"3", "a/one.fit": b"4",
    })  # fmt: skip
    assert list(unwrap("all.zip", data)) == [
        ("one.gpx", b"1"),
        ("two.tcx", b"2"),
        ("three.fit", b"3"),
        ("one.fit", b"4"),
    ]


def test_archives_inside_are_opened_once_more_and_not_deeper():
    inner = zipped({"one.fit.gz": gzip.compress(b"1")})
    data = zipped({"more.zip": inner, "two.fit.gz": gzip.compress(b"2")})
    assert list(unwrap("all.zip", data)) == [("one.fit.gz", gzip.compress(b"1")), ("two.fit", b"2")]
    with pytest.raises(UnknownFormat, match="gzip archive inside other archives"):
        formats.read(gzip.compress(b"1"))


@pytest.mark.parametrize("ending", [-1, -5, -8, -9, 12, 3])
def test_a_cut_gzip_is_damaged(ending):
    data = gzip.compress(bytes(range(256)) * 9)
    if ending == 3:
        data = data[:3]
    with pytest.raises(UnreadableFile, match="“a.gz” is damaged or cut short"):
        list(unwrap("a.gz", data[:ending] if ending != 3 else data))


def test_a_gzip_with_a_wrong_checksum_is_damaged():
    data = bytearray(gzip.compress(b"abc" * 99))
    data[-6] ^= 1
    with pytest.raises(UnreadableFile, match="damaged"):
        list(unwrap("a.gz", bytes(data)))


def test_a_cut_zip_is_damaged():
    with pytest.raises(UnreadableFile, match="“all.zip” is damaged or cut short"):
        list(unwrap("all.zip", zipped({"one.gpx": b"1" * 99})[:-9]))


def test_an_empty_zip_says_so():
    with pytest.raises(UnreadableFile, match="holds no files"):
        list(unwrap("all.zip", zipped({})))


def test_sound_members_come_out_before_the_damaged_ones_are_told():
    data = zipped({"one.gpx": b"1" * 99, "two.gpx": b"unique-content", "three.gpx": b"3"}, zipfile.ZIP_STORED)
    members = unwrap("all.zip", data.replace(b"unique-content", b"another-string"))
    assert [next(members), next(members)] == [("one.gpx", b"1" * 99), ("three.gpx", b"3")]
    with pytest.raises(UnreadableFile, match=r"1 of the 3 files in “all.zip” .* “two.gpx” is damaged"):
        next(members)


def test_a_locked_zip_asks_to_be_unpacked():
    data = bytearray(zipped({"one.gpx": b"1"}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(sign) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    with pytest.raises(UnreadableFile, match="locked with a password"):
        list(unwrap("all.zip", bytes(data)))


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(_archive, "RATIO_MATTERS_ABOVE_BYTES", 100_000)
    zeros = bytes(1_000_000)
    for name, bomb in (("a.zip", zipped({"zeros": zeros})), ("a.gz", gzip.compress(zeros))):
        with pytest.raises(UnreadableFile, match="over 250 times its size"):
            list(unwrap(name, bomb))


def test_too_much_in_all_ends_the_unpacking(monkeypatch):
    monkeypatch.setattr(_archive, "TOTAL_LIMIT_BYTES", 1000)
    members = unwrap("a.zip", zipped({"one": b"1" * 600, "two": b"2" * 600, "three": b"3"}))
    with pytest.raises(UnreadableFile, match="in all"):
        list(members)


def test_a_member_that_is_too_big_is_left_packed(monkeypatch):
    monkeypatch.setattr(_archive, "MEMBER_LIMIT_BYTES", 500)
    with pytest.raises(UnreadableFile, match="far more than recordings do"):
        list(unwrap("a.gz", gzip.compress(b"1" * 600)))
    with pytest.raises(UnreadableFile, match="far more than recordings do"):
        list(unwrap("a.zip", zipped({"one": b"1" * 600})))


def test_a_directory_that_understates_sizes_is_caught():
    data = bytearray(zipped({"one.gpx": b"1" * 5000}))
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(UnreadableFile, match="damaged"):
        list(unwrap("all.zip", bytes(data)))


def test_a_document_that_is_a_zip_inside_stays_whole():
    data = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})
    assert list(unwrap("letter.docx", data)) == [("letter.docx", data)]
    with pytest.raises(UnknownFormat, match="office document"):
        formats.read(data)


@given(cut=st.integers(0, 400), flip=st.integers(0, 399), bit=st.integers(0, 7), packed=st.sampled_from(["zip", "gz"]))
@settings(max_examples=150, deadline=None)
def test_damage_never_leaves_the_family_of_errors(cut, flip, bit, packed):
    whole = zipped({"a/one.gpx": b"<gpx/>" * 20, "two.fit": zlib.compress(b"x" * 50)})
    data = bytearray(whole if packed == "zip" else gzip.compress(whole))
    data[flip % len(data)] ^= 1 << bit
    try:
        members = list(unwrap("all", bytes(data[: max(cut, 1)] if cut < len(data) else data)))
    except UnreadableFile as refusal:
        assert "\n" not in str(refusal)
    else:
        assert members


def test_the_real_archives_open(shared_data):
    folder = shared_data / "activities"
    archives = [file for file in folder.rglob("*") if file.suffix in {".gz", ".zip"}]
    assert archives
    for file in archives:
        members = list(unwrap(file.name, file.read_bytes()))
        assert members
        assert all(data for _, data in members)


def test_no_sentence_names_a_limit_that_the_next_one_takes_back():
    """Who cuts a file down to what one refusal names is not refused with a smaller number afterwards."""
    largest = max(form.largest_bytes for form in formats.all_formats().values())
    assert largest == _archive.MEMBER_LIMIT_BYTES

    class Large(io.BytesIO):
        def seek(self, offset, whence=0):
            return largest + 1 if whence == io.SEEK_END else super().seek(offset, whence)

        def read(self, size=-1):
            assert size >= 0, "nothing of it is read to the end"
            return super().read(size)

    with pytest.raises(UnreadableFile, match=f"at most {largest // 1_000_000} MB"):
        list(unwrap("years.csv", Large(b"time_s,x\n")))
