"""Walk through XML as a stream, hardened: no entities, no document type, no network, no endless nesting."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from backward_running.core.errors import UnreadableFile

_HEAD_BYTES: Final = 65_536
#: What may stand before the first element: a declaration, instructions, comments, a document type.
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|(?P<doctype><!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>))", re.S | re.I)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)

Event = tuple[str, etree._Element]


def head_text(data: bytes) -> str:
    """Return the beginning of a file as text, whatever its encoding; letters that do not fit are marked."""
    head = data[:_HEAD_BYTES]
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return head.decode(encoding, errors="replace").lstrip("\ufeff")
    return head.decode("utf-8", errors="replace")


def root_name(data: bytes) -> str | None:
    """Return the local name of the first element, or None where the bytes are not XML.

    >>> root_name(b'<?xml version="1.0"?><!-- by hand --><a:gpx xmlns:a="x">')
    'gpx'
    """
    text = head_text(data)
    found = _ROOT.match(text, _prolog_end(text)[0])
    return found["name"] if found else None


def _prolog_end(text: str) -> tuple[int, bool]:
    """Return where the first element begins, and whether a document type stands before it."""
    end, doctype = 0, False
    while piece := _BEFORE_ROOT.match(text, end):
        end, doctype = piece.end(), doctype or piece["doctype"] is not None
    return end, doctype
