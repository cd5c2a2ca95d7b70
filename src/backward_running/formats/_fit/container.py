"""The outer shell of a FIT file: header, data, checksum; several of them may stand one after the other."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from fastcrc.crc16 import arc

from backward_running.core.errors import UnreadableFile

MAGIC = b".FIT"
SHORT_HEADER, LONG_HEADER, CHECKSUM = 12, 14, 2
#: A watch that stores a swimmer's heart rate afterwards chains a handful of files; nobody chains hundreds.
MOST_CHAINED_FILES = 256


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the files chained in the bytes: where its messages stand, and what is wrong with its shell."""

    start: int  #: of the first message
    end: int  #: just after the last message, as far as is known
    end_is_known: bool  #: False where the header does not say how long the data is, or says more than there is
    losses: tuple[str, ...]


#: What can be done about a file that was damaged on its way.
_AGAIN = "copy it from the device once more"


def looks_like_fit(data: bytes) -> bool:
    """Say whether the bytes begin with a FIT header."""
    return len(data) >= SHORT_HEADER and data[8:12] == MAGIC and data[0] >= SHORT_HEADER


def segments_of(data: bytes) -> Iterator[Segment]:
    """Walk through the chained files of `data`.

    Raises
    ------
    UnreadableFile
        The bytes do not begin with a FIT header.
    """
    if not looks_like_fit(data):
        raise UnreadableFile(
            "A FIT file begins with a header that says “.FIT”; this one does not. Export it again from the device.",
            offset=0,
        )
    position = 0
    for _ in range(MOST_CHAINED_FILES):
        segment, position = _segment_at(data, position)
        rest, found = _next_header(data, position)
        if found > position:
            left = found - position
            what = f"A part of the file is not FIT and was left out ({left:,} bytes from byte {position:,} on)."
            segment = Segment(segment.start, segment.end, segment.end_is_known, (*segment.losses, what))
        yield segment
        if not rest:
            return
        position = found


def _next_header(data: bytes, position: int) -> tuple[bool, int]:
    """Return whether another file follows, and where it starts (else: where the bytes end)."""
    while (magic := data.find(MAGIC, position + 8)) >= 0:
        if data[magic - 8] in (SHORT_HEADER, LONG_HEADER):
            return True, magic - 8
        position = magic - 7
    return False, len(data)


def _segment_at(data: bytes, position: int) -> tuple[Segment, int]:
    """Read the header at `position`; return the segment and where the bytes behind it begin."""
    header_size = data[position]
    losses = []
    if header_size not in (SHORT_HEADER, LONG_HEADER):
        losses.append(
            "A header says a length that FIT does not have; the usual one is assumed "
            f"({header_size}, at byte {position:,})."
        )
        header_size = LONG_HEADER
    elif header_size == LONG_HEADER and not _header_checksum_holds(data, position):
        losses.append(f"The checksum of a header does not match; {_AGAIN} (at byte {position:,}).")
    (size,) = struct.unpack_from("<I", data, position + 4)
    start = min(position + header_size, len(data))
    end = start + size
    if end > len(data) or (size == 0 and len(data) - start > CHECKSUM):
        return _segment_of_unknown_end(data, start, size, losses)
    after = min(end + CHECKSUM, len(data))
    if end + CHECKSUM > len(data):
        losses.append(f"The checksum at the end of the file is missing, so the last values may be wrong: {_AGAIN}.")
    elif arc(data[position:after]) != 0 and data[end:after] != b"\0\0":
        if after < len(data) and arc(data[position:]) == 0:
            losses.append(
                "All of it was read, though its header says it is shorter "
                f"(the data ends at byte {end:,} by the header and at byte {len(data) - 2:,} by its checksum)."
            )
            end, after = len(data) - CHECKSUM, len(data)
        else:
            losses.append(f"The checksum does not match the data, so some values may be wrong: {_AGAIN}.")
    return Segment(start, end, True, tuple(losses)), after


def _segment_of_unknown_end(data: bytes, start: int, size: int, losses: list[str]) -> tuple[Segment, int]:
    if size:
        missing = start + size - len(data)
        losses.append(
            f"The end of the file is missing; what stands before it is in. If it is longer on the device, {_AGAIN} "
            f"(it breaks off at byte {len(data):,}, {missing:,} before its data should end)."
        )
    else:
        losses.append("The device did not finish the file (its header has no length): what is there was read.")
    return Segment(start, len(data), False, tuple(losses)), len(data)


def _header_checksum_holds(data: bytes, position: int) -> bool:
    """Zero is allowed and means that the device does not compute it."""
    if position + LONG_HEADER > len(data):
        return True
    (stated,) = struct.unpack_from("<H", data, position + SHORT_HEADER)
    return stated in (0, arc(data[position : position + SHORT_HEADER]))
