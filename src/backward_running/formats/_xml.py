"""Walk through XML as a stream, hardened: no entities, no document type, no network, no endless nesting."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from lxml import etree

from backward_running.core.errors import UnreadableFile

_HEAD_BYTES: Final = 65_536
_PIECE_BYTES: Final = 1 << 20
_PADDING: Final = b"\x00\x1a \t\r\n"
#: What may stand before the first element: a declaration, instructions, comments, a document type.
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|(?P<doctype><!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>))", re.S | re.I)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)")
#: Prefixes of elements and attributes, and those that are declared.
_PREFIX = re.compile(rb"(?:<|\s)([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*(?=[\s/>]|\s*=)")
_PREFIX_DECLARED = re.compile(rb"\sxmlns:([A-Za-z_][\w.-]*)\s*=")
_ROOT_NAME = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*")
_DECLARED = re.compile(rb"""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_BOMS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)


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


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace; comments and the like have none."""
    return _local(element.tag)


@lru_cache(maxsize=1024)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child_text(element: etree._Element | None, *names: str) -> str | None:
    """Return the cleaned text of the first child with that local name; several names lead down several levels."""
    for name in names:
        if element is None:
            return None
        element = next((child for child in element if local_name(child) == name), None)
    return None if element is None else clean_words(element.text)


def clean_words(text: str | None) -> str | None:
    r"""Make one printable line of what a file says, at most 200 letters; nothing at all becomes None.

    >>> clean_words("  Morning\n run\x00 ")
    'Morning run'
    """
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in (text or "")[:2000]).split())
    return line[:200].rstrip() or None


class Walk:
    """One walk through a file's elements as they end. ``losses`` says afterwards what was wrong.

    Parameters
    ----------
    data : bytes
        The file.
    kind : str
        The format's name, for the messages.
    tags : tuple of str
        Local names of the elements to be handed out.
    around_damage : bool
        Go on behind damage as far as can be guessed, instead of stopping there.
    """

    def __init__(self, data: bytes, *, kind: str, tags: tuple[str, ...], around_damage: bool = False) -> None:
        self.losses: list[str] = []
        self.damaged_line: int | None = None
        self._kind = kind
        self._around_damage = around_damage
        if _prolog_end(head_text(data))[1]:
            raise self._doctype()
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<"))
        encoding = None if wide else self._encoding(data)
        self._parser = etree.iterparse(
            io.BytesIO(data) if wide else _Pieces(_with_prefixes(_stripped(data))),
            events=("end",), tag=[f"{{*}}{tag}" for tag in tags], encoding=encoding,
            resolve_entities=False, load_dtd=False, dtd_validation=False, attribute_defaults=False, no_network=True,
            huge_tree=False, remove_comments=True, remove_pis=True, recover=around_damage,
        )  # fmt: skip

    def __iter__(self) -> Iterator[etree._Element]:
        first = True
        try:
            for _, element in self._parser:
                # The look at the head can be led astray by long comments; the parser cannot.
                if first and element.getroottree().docinfo.internalDTD is not None:
                    raise self._doctype()
                first = False
                yield element
        except etree.XMLSyntaxError as error:
            self._note_damage(error.lineno or 1)
            return
        if self._around_damage and len(self._parser.error_log):
            self._note_damage(self._parser.error_log[0].line)

    def _note_damage(self, line: int) -> None:
        self.damaged_line = line
        kept = "it was read around the damage" if self._around_damage else "what stands before that was read"
        self.losses.append(f"The file is damaged or cut short at line {line:,}; {kept}.")

    def _doctype(self) -> UnreadableFile:
        return UnreadableFile(
            f"This {self._kind} file brings a document type of its own (DOCTYPE), which recordings do not need and "
            "attacks do, so it was not opened; export it again from the app it came from."
        )

    def _encoding(self, data: bytes) -> str | None:
        """Return the encoding to read with where the file states none or a wrong one; None trusts the file."""
        found = _DECLARED.match(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
        stated = found[1].decode().lower() if found else "utf-8"
        if not stated.startswith(("utf", "ucs", "us-ascii", "unicode")) and _known(stated):
            return None
        if not _is_utf8(data):
            self.losses.append("Some letters do not fit the file's encoding; names may look odd.")
            return "iso-8859-1"
        return "utf-8"


def _is_utf8(data: bytes) -> bool:
    """Say whether bytes are UTF-8, without all of them as text in memory."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE_BYTES):
            decoder.decode(data[at : at + _PIECE_BYTES])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _stripped(data: bytes) -> memoryview:
    """Return a file without what some devices pad its end with, and some people its beginning; it is not copied."""
    start, end = 0, len(data)
    while start < end and (piece := data[start : start + _HEAD_BYTES]):
        start += len(piece) - len(piece.lstrip(_PADDING))
        if piece.lstrip(_PADDING):
            break
    while end > start and (piece := data[max(start, end - _HEAD_BYTES) : end]):
        end -= len(piece) - len(piece.rstrip(_PADDING))
        if piece.rstrip(_PADDING):
            break
    return memoryview(data)[start:end]


class _Pieces(io.RawIOBase):
    """Some pieces of memory, read as one file without being put together."""

    def __init__(self, pieces: Sequence[memoryview]) -> None:
        self._pieces, self._at, self._in = pieces, 0, 0

    def read(self, size: int = -1) -> bytes:
        while self._in < len(self._pieces):
            piece = self._pieces[self._in]
            if self._at < len(piece):
                end = len(piece) if size < 0 else min(len(piece), self._at + size)
                found = bytes(piece[self._at : end])
                self._at = end
                return found
            self._in, self._at = self._in + 1, 0
        return b""


def _with_prefixes(data: memoryview) -> tuple[memoryview, ...]:
    """Declare at the root what the head uses without declaring it: editors that cut a file leave them."""
    head = bytes(data[:_HEAD_BYTES])
    used = set(_PREFIX.findall(head)) - set(_PREFIX_DECLARED.findall(head)) - {b"xml", b"xmlns"}
    if not used or len(used) > _MOST_PREFIXES:
        return (data,)
    text_end = _prolog_end(head.decode("latin-1"))[0]
    root = _ROOT_NAME.search(head, text_end)
    if root is None:
        return (data,)
    declared = b"".join(b' xmlns:%b="undeclared:%b"' % (prefix, prefix) for prefix in sorted(used))
    return data[: root.end()], memoryview(declared), data[root.end() :]


#: More prefixes than any file has.
_MOST_PREFIXES = 20


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True
