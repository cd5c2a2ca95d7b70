"""Photos without what they say beside the picture: no position, no camera, no words.

Only the bytes of the picture itself go on; nothing is decoded or packed anew, so nothing of its quality is lost. Of a
JPEG the way up is kept, in an EXIF block of that alone.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from backward_running.core.errors import UnreadableFile

#: Larger ones are no photo of a phone. Our own proposal.
LARGEST_PHOTO_BYTES = 15 * 1024 * 1024

_PNG = b"\x89PNG\r\n\x1a\n"
#: Chunks of a PNG that hold the picture and how its colours are meant. All others are words, times, EXIF.
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP", b"pHYs")
)
_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_EXIF_BIT, _XMP_BIT = 0x08, 0x04
_SOI, _EOI, _SOS, _APP0, _APP1, _APP2, _APP14, _APP15, _COMMENT = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xEF, 0xFE
_ORIENTATION = 0x0112


def without_metadata(data: bytes) -> tuple[str, bytes]:
    """Return the media type and the bytes of a photo without anything but the picture.

    Parameters
    ----------
    data : bytes
        JPEG, PNG or WebP, at most :data:`LARGEST_PHOTO_BYTES`.

    Raises
    ------
    UnreadableFile
        It is no photo of these kinds, too large, or damaged.

    References
    ----------
    ITU-T T.81 (JPEG), CIPA DC-008 (EXIF), W3C PNG Third Edition, RFC 9649 (WebP).
    """
    if len(data) > LARGEST_PHOTO_BYTES:
        raise UnreadableFile(
            f"This photo has {len(data) // 1_000_000} MB, and at most {LARGEST_PHOTO_BYTES // 1_000_000} MB are kept; "
            "make it smaller first."
        )
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return "image/jpeg", b"".join(_jpeg(data))
        if data.startswith(_PNG):
            return "image/png", _PNG + b"".join(_png(data))
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            body = b"".join(_webp(data))
            return "image/webp", b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WEBP" + body
    except (struct.error, IndexError) as problem:
        raise UnreadableFile("This photo is damaged; choose another, or save it again.") from problem
    raise UnreadableFile("A photo is a JPEG, PNG or WebP file; save it as one of these (iPhones can export JPEG).")


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Yield the segments of the picture; what stands behind its end (a film, a second picture) goes too."""
    yield data[:2]
    at, turned = 2, False
    while True:
        if data[at] != 0xFF:
            raise UnreadableFile("This photo is damaged; choose another, or save it again.")
        kind = data[at + 1]
        if kind == 0xFF:  # a byte to fill
            at += 1
            continue
        if kind == _EOI:
            yield data[at : at + 2]
            return
        (length,) = struct.unpack_from(">H", data, at + 2)
        segment = data[at : at + 2 + length]
        if len(segment) < 2 + length:
            raise UnreadableFile("This photo is damaged: its end is missing.")
        if kind == _APP1 and segment[4:10] == b"Exif\0\0" and not turned:
            way = _way_up(segment[10:])
            turned = way is not None
            yield b"" if way is None else _exif_of(way)
        elif _is_picture(kind, segment):
            yield segment
        at += 2 + length
        if kind == _SOS:
            end = _end_of_scan(data, at)
            yield data[at:end]
            at = end


def _is_picture(kind: int, segment: bytes) -> bool:
    if kind == _APP2:
        return segment[4:16] == b"ICC_PROFILE\0"  # and not the index of further pictures
    return kind in (_APP0, _APP14) or not (_APP0 <= kind <= _APP15 or kind == _COMMENT)


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the next segment begins: in a scan 0xFF is followed by 0, or by a mark to start again."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise UnreadableFile("This photo is damaged: its end is missing.")
        if data[at + 1] not in (0x00, 0xFF) and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 1 if data[at + 1] == 0xFF else 2


def _way_up(tiff: bytes) -> int | None:
    """Return which way up a photo is, by its EXIF; None where that does not say."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return None
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    if first + 2 > len(tiff):
        return None
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(min(count, 200)):
        at = first + 2 + 12 * number
        if at + 12 > len(tiff):
            return None
        tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, at)
        if tag == _ORIENTATION:
            return value if 1 <= value <= 8 else None
    return None


def _exif_of(way_up: int) -> bytes:
    """Return an EXIF segment that says which way up, and nothing else."""
    tiff = struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, _ORIENTATION, 3, 1, way_up, 0, 0)
    body = b"Exif\0\0" + tiff
    return struct.pack(">BBH", 0xFF, _APP1, 2 + len(body)) + body


def _png(data: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while True:
        (length,) = struct.unpack_from(">I", data, at)
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise UnreadableFile("This photo is damaged: its end is missing.")
        if kind in _PNG_KEPT:
            yield data[at:end]
        if kind == b"IEND":
            return
        at = end


def _webp(data: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(data):
        kind, length = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        end = at + 8 + length + length % 2
        if at + 8 + length > len(data):
            raise UnreadableFile("This photo is damaged: its end is missing.")
        chunk = data[at:end]
        if kind == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~(_EXIF_BIT | _XMP_BIT)]) + chunk[9:]
        if kind in _WEBP_KEPT:
            yield chunk
        at = end
