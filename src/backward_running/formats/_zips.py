"""What every reader of zips keeps to: how much may come out of one, what cannot be opened, and what is no archive."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from backward_running.formats.base import LARGEST_BYTES

#: What no kind reads is not unpacked either, and a refusal names the same number whatever the file came in.
MEMBER_LIMIT_BYTES = LARGEST_BYTES
#: All tables of one log: they are held together. Our own limit; an hour of a phone with all its sensors is 320 MB.
LOG_LIMIT_BYTES = 5 * LARGEST_BYTES
#: Everything a service kept of somebody in twenty years, its archives unpacked one after the other.
TOTAL_LIMIT_BYTES = 60_000_000_000
MEMBERS_LIMIT = 500_000
#: The most repetitive XML recordings pack 40 : 1; archives made to attack reach 1,000 : 1 and more.
RATIO_LIMIT = 250
#: Below this size the ratio means nothing: a page of zeros is harmless.
RATIO_MATTERS_ABOVE_BYTES = 20_000_000
#: What zipfile says of archives that it cannot open: damaged ones, and ones of versions that there are not.
NOT_OPENED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
#: Members that betray a document which merely is a zip inside: it is handed on whole, and named by the sniffer.
_DOCUMENT_MEMBERS = frozenset({"[Content_Types].xml", "mimetype", "AndroidManifest.xml", "doc.kml"})


def is_document(file: BinaryIO) -> bool:
    """Say whether a zip is really a document: an office file, an e-book, an app, a map of places."""
    try:
        with zipfile.ZipFile(file) as archive:
            return not _DOCUMENT_MEMBERS.isdisjoint(archive.NameToInfo)
    except NOT_OPENED:
        return False
