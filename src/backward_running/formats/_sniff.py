"""Say in a few words what foreign bytes seem to be, so that a refusal teaches something."""

from __future__ import annotations

import io
from typing import NamedTuple

from backward_running.formats._xml import root_name
from backward_running.formats._zips import is_document

#: (offset, bytes there, what it looks like), the first that fits wins.
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"II*\x00", "a TIFF or raw picture"),
    (0, b"MM\x00*", "a TIFF or raw picture"),
    (8, b"WEBP", "a WebP picture"),
    (4, b"ftyphei", "a HEIC picture"),
    (4, b"ftyphev", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIC picture"),
    (4, b"ftypavif", "an AVIF picture"),
    (4, b"ftypM4A", "a sound recording"),
    (4, b"ftyp", "a video"),
    (4, b"moov", "a video"),
    (0, b"\x1a\x45\xdf\xa3", "a video"),
    (8, b"AVI ", "a video"),
    (8, b"WAVE", "a sound recording"),
    (0, b"ID3", "a sound recording"),
    (0, b"OggS", "a sound recording"),
    (0, b"fLaC", "a sound recording"),
    (0, b"%PDF", "a PDF document"),
    (0, b"{\\rtf", "a text document (RTF)"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (0, b"\x1f\x8b", "a gzip archive inside other archives"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive (unpack it first)"),
    (0, b"Rar!\x1a\x07", "a RAR archive (unpack it first)"),
    (0, b"BZh", "a bzip2 archive (unpack it first)"),
    (0, b"\xfd7zXZ\x00", "an xz archive (unpack it first)"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive (unpack it first)"),
    (257, b"ustar", "a tar archive (unpack it first)"),
    (0, b"SQLite format 3\x00", "a SQLite database"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"bplist00", "an Apple property list"),
    (0, b"BM", "a bitmap picture"),
)

_XML_ROOTS: dict[str, str] = {
    "kml": "a KML map of places without a recording's times",
    "html": "a web page",
    "svg": "an SVG drawing",
    "healthdata": "an Apple Health export",
    "plist": "an Apple property list",
    "osm": "an OpenStreetMap extract",
    "rss": "a news feed",
    "feed": "a news feed",
    "pwx": "a PWX recording (export it as FIT, TCX or GPX)",
    "sml": "a Suunto SML recording (export it as FIT or GPX)",
    "fitnessworkbook": "an old FitnessWorkbook recording (export it as TCX)",
}


class Seems(NamedTuple):
    """What foreign bytes are taken for."""

    said: str  #: as the predicate of "This …"
    kind: str  #: what is counted in a list of many files: "JPEG picture"


def seems_to_be(data: bytes) -> Seems:
    """Describe foreign bytes.

    >>> seems_to_be(bytes.fromhex("ffd8ffe000104a464946"))
    Seems(said='looks like a JPEG picture', kind='JPEG picture')
    >>> seems_to_be(b"").said
    'file is empty'
    >>> seems_to_be(b"Dear diary, today I ran.").said
    'looks like plain text'
    """
    for empty, said in (
        (not data, "file is empty"),
        (not data.strip(b"\x00"), "file holds only zeros (a copy that was cut off)"),
    ):
        if empty:
            return Seems(said, said)
    noun = _noun(data)
    return Seems(f"looks like {noun}", noun.removeprefix("a ").removeprefix("an "))


def _noun(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return (
            "an office document, an app or a KMZ map"
            if is_document(io.BytesIO(data))
            else "a zip inside other archives"
        )
    signs = (words for offset, sign, words in _SIGNS if data[offset : offset + len(sign)] == sign)
    return next(signs, None) or _text_kind(data)


def has_sign(head: bytes) -> bool:
    """Say whether bytes begin as a picture, a video, a document or a program does, none of which is a recording.

    >>> has_sign(bytes.fromhex("ffd8ffe0")), has_sign(b"<gpx>")
    (True, False)
    """
    return any(head[offset : offset + len(sign)] == sign for offset, sign, _ in _SIGNS)


def _text_kind(data: bytes) -> str:
    root = root_name(data)
    if root:
        return _XML_ROOTS.get(root.lower(), f"an XML file of another kind (it begins with <{root[:40]}>)")
    text = _as_text(data[:4096])
    if text is None:
        return "bytes of an unknown kind"
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped.startswith(("{", "[")):
        return "JSON text"
    if stripped.startswith("BEGIN:VCALENDAR"):
        return "a calendar"
    lines = [line for line in stripped.splitlines()[:5] if line]
    for separator in (",", ";", "\t"):
        counts = {line.count(separator) for line in lines[:-1] or lines}
        if len(lines) > 1 and len(counts) == 1 and counts != {0}:
            return "a table (CSV)"
    return "plain text"


def _as_text(head: bytes) -> str | None:
    """Return the head as text, or None where it is not: control bytes, or no encoding fits."""
    for encoding in ("utf-16", "utf-8-sig") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252"):
        try:
            # Four bytes less: the cut may have split a letter.
            text = head.decode(encoding) if len(head) < 4096 else head[:-4].decode(encoding, errors="ignore")
        except UnicodeDecodeError:
            continue
        odd = sum(1 for letter in text if not letter.isprintable() and letter not in "\t\r\n\ufeff")
        return text if odd <= len(text) // 100 else None
    return None
