"""A photo keeps its picture and its way up; where, when and by what it was made goes."""

from __future__ import annotations

import io
import struct

import pytest
from PIL import Image

from backward_running.core.errors import UnreadableFile
from backward_running.formats.photo import LARGEST_PHOTO_BYTES, without_metadata

SECRET = b"SECRET-PLACE"


def picture(kind: str, **more) -> bytes:
    made = io.BytesIO()
    image = Image.new("RGB", (24, 16))
    image.putdata([(x * 10 % 256, x * 7 % 256, x * 3 % 256) for x in range(24 * 16)])
    image.save(made, kind, **more)
    return made.getvalue()


def exif(way_up: int = 6) -> Image.Exif:
    said = Image.Exif()
    said[0x0112], said[0x010F] = way_up, SECRET.decode()
    said.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    return said


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_only_the_picture_stays(kind):
    data = picture(kind, exif=exif())
    assert SECRET in data
    media_type, bare = without_metadata(data)
    assert media_type == f"image/{kind.lower()}"
    assert SECRET not in bare and b"GPS" not in bare
    assert pixels(bare) == pixels(data)
    left = Image.open(io.BytesIO(bare)).getexif()
    assert not left.get_ifd(0x8825) and 0x010F not in left


@pytest.mark.parametrize("order", ["II", "MM"])
def test_a_photo_stays_the_right_way_up(order):
    sign = {"II": "<", "MM": ">"}[order]
    tiff = order.encode() + struct.pack(f"{sign}HIHHHIHHI", 42, 8, 1, 0x0112, 3, 1, 8, 0, 0)
    _, bare = without_metadata(picture("JPEG", exif=b"Exif\0\0" + tiff))
    assert Image.open(io.BytesIO(bare)).getexif()[0x0112] == 8


def test_words_and_what_stands_behind_the_end_go():
    data = picture("JPEG", comment=SECRET, progressive=True) + b"film" + SECRET
    _, bare = without_metadata(data)
    assert SECRET not in bare and bare.endswith(b"\xff\xd9") and pixels(bare) == pixels(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_cut_off_or_broken_is_refused(kind):
    data = picture(kind, exif=exif())
    for end in range(len(data) - 1, 8, -37):
        try:
            without_metadata(data[:end])
        except UnreadableFile:
            continue
        assert kind == "WEBP", "a shorter list of chunks is still one"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"%PDF", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00\x00" * 9])
def test_what_is_no_photo_is_refused(data):
    with pytest.raises(UnreadableFile):
        without_metadata(data)


def test_what_is_too_large_is_refused():
    with pytest.raises(UnreadableFile, match="MB"):
        without_metadata(b"\xff\xd8\xff" + bytes(LARGEST_PHOTO_BYTES))
