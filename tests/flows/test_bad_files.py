"""One bad file ends nothing: each costs a line, and the rest comes in."""

from __future__ import annotations

import io
import os
import struct
import zipfile

import pytest
from benchmarks._data import simulated_fit
from tests.store.test_never_stale import fit

from backward_running.apps.cli._from_disk import files_in, opened_each
from backward_running.core.errors import StoreFull
from backward_running.flows import intake


def zip_of_version(version):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("run.gpx", b"<gpx/>")
    data = bytearray(packed.getvalue())
    at = data.index(b"PK\x01\x02") + 6
    data[at : at + 2] = struct.pack("<H", version)
    return bytes(data)


def test_a_folder_of_bad_files_costs_a_line_each(store, tmp_path, now, monkeypatch):
    folder = tmp_path / "all"
    folder.mkdir()
    (folder / "1 gone.fit").symlink_to(tmp_path / "nowhere.fit")
    os.mkfifo(folder / "2 pipe.fit")
    (folder / "3 version.zip").write_bytes(zip_of_version(108))
    (folder / "4 closed.fit").write_bytes(b"x")
    (folder / "5 breaks.fit").write_bytes(b"breaks")
    (folder / "6 good.fit").write_bytes(simulated_fit(0.05))
    opening, reading = type(folder).open, intake.read_and_pack

    def opened(path, *arguments, **named):
        if path.name.startswith("4"):
            raise PermissionError(13, "Permission denied")
        return opening(path, *arguments, **named)

    def read(data, told, packing):
        return reading(data, told, packing) if data != b"breaks" else ()[int(told is None)]

    monkeypatch.setattr(type(folder), "open", opened)
    monkeypatch.setattr(intake, "read_and_pack", read)
    entries = list(intake.import_many(store, opened_each(list(files_in([folder])), None), now=now))
    assert [entry.status for entry in entries] == ["failed"] * 5 + ["new"], entries[-1].message
    for entry, words in zip(
        entries, ("link to a file that is not there", "pipe", "10.8", "Permission denied", "IndexError"), strict=False
    ):
        assert words in entry.message
    assert [entry.message for entry in store.import_log()[::-1]] == [entry.message for entry in entries]


def test_forty_thousand_empty_members_are_one_line(store, now, monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(2_000):
            archive.writestr(f"{number}.fit", b"")
    asked = []
    monkeypatch.setattr(type(store), "has_file", lambda *_: asked.append(1))
    (entry,) = intake.import_file(store, "empty.zip", packed.getvalue(), now=now)
    assert (entry.status, entry.message) == ("left_out", "No recordings: 2,000 × empty file.")
    assert not asked  # nothing of the store is asked for each of them


def test_what_is_no_recording_is_counted_by_kind(store, now):
    picture, words = b"\xff\xd8\xff\xe0" + bytes(99), b"Dear diary today I ran.\n" * 9
    given = [*((f"{number}.jpg", picture) for number in range(3)), ("diary.txt", words), ("cut.fit", bytes(99))]
    entries = list(intake.import_many(store, given, now=now))
    assert [(entry.status, entry.file_name) for entry in entries] == [("failed", "cut.fit"), ("left_out", "4 files")]
    assert entries[-1].message == "No recordings: 3 × JPEG picture, 1 × plain text."


def test_a_full_disk_says_what_came_in_before(store, now, monkeypatch):
    good = [(f"{number}.fit", fit(number)) for number in range(3)]
    add, asked = type(store).add_files, []

    def full(self, files):
        asked.append(len(files))
        if len(asked) != 2:  # there is room for one, and not for all of them at once
            raise StoreFull("The disk is full; nothing was changed.")
        return add(self, files)

    monkeypatch.setattr(type(store), "add_files", full)
    entries = []
    with pytest.raises(StoreFull, match=r"1 file of this import came in before that and stay"):
        entries.extend(intake.import_many(store, iter(good), now=now))
    assert asked == [3, 1, 1] and store.counts().activities == 1


def test_an_archive_is_read_from_the_disk_one_member_at_a_time(store, tmp_path, now):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("run.fit", simulated_fit(0.05))
        archive.writestr("beach.jpg", b"\xff\xd8\xff\xe0" + bytes(99))

    class Watched(io.FileIO):
        most = 0

        def read(self, size=-1):
            data = super().read(size)
            Watched.most = max(Watched.most, len(data))
            return data

    with Watched(path, "rb") as file:
        entries = intake.import_file(store, "all.zip", file, now=now)
    assert [entry.status for entry in entries] == ["new", "left_out"]
    assert Watched.most < path.stat().st_size
