"""A template as a tree: elements, block tags with their branches, expressions, words and white space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

JINJA = ("{{", "{%", "{#")
CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
VOID = frozenset(["area", "base", "br", "col", "doctype", "hr", "img", "input", "link", "meta", "source", "wbr"])
#: Elements whose text is not ours to lay out.
RAW = re.compile(r"<(textarea|pre|script|style)\b")
TAG = re.compile(r"</?[a-zA-Z!]")
WITH_BODY = frozenset(["if", "for", "block", "macro", "call", "filter", "with"])


class Kind(Enum):
    """What a node is."""

    ELEMENT = auto()
    VOID = auto()  #: an element without content
    RAW = auto()  #: an element whose text stays as it is
    BODY = auto()  #: a block tag with branches: if, for, macro, …
    STATEMENT = auto()  #: a block tag without: set, import, include, …
    EXPRESSION = auto()
    COMMENT = auto()
    WORD = auto()
    SPACE = auto()


@dataclass
class Node:
    """A piece of a template. ``text`` is the word, the opening tag or the expression."""

    kind: Kind
    text: str = ""
    name: str = ""
    classes: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()  #: classes of the elements just outside
    children: list[Node] = field(default_factory=list)
    branches: list[tuple[str, list[Node]]] = field(default_factory=list)
    close: str = ""


class UnbalancedError(ValueError):
    """A tag closes what was not opened last, or was never closed."""


def jinja_end(text: str, start: int) -> int:
    """Return where the Jinja tag that begins at `start` ends."""
    closing = CLOSING[text[start : start + 2]]
    quote, at = "", start + 2
    while not (quote == "" and text.startswith(closing, at)):
        letter = text[at]
        if quote and letter == "\\":
            at += 1
        elif quote:
            quote = "" if letter == quote else quote
        elif letter in "'\"" and closing != "#}":
            quote = letter
        at += 1
    return at + 2


def tag_end(text: str, start: int) -> int:
    """Return where the HTML tag that begins at `start` ends; Jinja inside it is skipped."""
    quote, at = "", start + 1
    while quote or text[at] != ">":
        if text.startswith(JINJA, at):
            at = jinja_end(text, at)
            continue
        if quote:
            quote = "" if text[at] == quote else quote
        elif text[at] in "'\"":
            quote = text[at]
        at += 1
    return at + 1


def pieces(text: str) -> Iterator[tuple[Kind, str]]:
    """Cut a template into its pieces; a closing tag comes as an element whose text begins with ``</``."""
    at = 0
    while at < len(text):
        if text.startswith(JINJA, at):
            end = jinja_end(text, at)
            kind = {"{{": Kind.EXPRESSION, "{%": Kind.BODY, "{#": Kind.COMMENT}[text[at : at + 2]]
            yield kind, text[at:end]
            at = end if kind is Kind.EXPRESSION else _after_block_tag(text, end)
        elif TAG.match(text, at):
            end = tag_end(text, at)
            raw = RAW.match(text, at)
            if raw:
                end = text.index(f"</{raw[1]}>", end) + len(raw[1]) + 3
            yield (Kind.RAW if raw else Kind.ELEMENT), text[at:end]
            at = end
        else:
            end = _words_end(text, at)
            for found in re.finditer(r"\s+|\S+", text[at:end]):
                yield (Kind.SPACE if found[0].isspace() else Kind.WORD), found[0]
            at = end


def _after_block_tag(text: str, at: int) -> int:
    """Skip what ``trim_blocks`` and ``lstrip_blocks`` take away."""
    if not text.startswith("\n", at):
        return at
    indented = re.compile(r"[ \t]*(?=\{[%#])").match(text, at + 1)
    return indented.end() if indented else at + 1


def _words_end(text: str, at: int) -> int:
    at += 1
    while at < len(text) and not text.startswith(JINJA, at) and not TAG.match(text, at):
        at += 1
    return at


def parse(text: str) -> list[Node]:
    """Return the nodes of a template. Raises UnbalancedError."""
    root = Node(Kind.ELEMENT)
    open_nodes = [root]
    for kind, piece in pieces(text):
        top = open_nodes[-1]
        if kind is Kind.ELEMENT:
            _take_tag(piece, top, open_nodes)
        elif kind is Kind.BODY:
            _take_block_tag(piece, top, open_nodes)
        else:
            _inside(top).append(Node(kind, piece))
    if len(open_nodes) > 1:
        raise UnbalancedError(f"{open_nodes[-1].text} is never closed")
    return root.children


def _inside(node: Node) -> list[Node]:
    return node.branches[-1][1] if node.branches else node.children


def _take_tag(tag: str, top: Node, open_nodes: list[Node]) -> None:
    name = tag.lstrip("</!").rstrip("/>").split(maxsplit=1)[0].split("{")[0].lower()
    if tag.startswith("</"):
        if top.kind is not Kind.ELEMENT or top.name != name:
            raise UnbalancedError(f"{tag} closes {top.text[:80] or 'nothing'}")
        top.close = tag
        open_nodes.pop()
        return
    found = re.search(r'class="([^"{]*)', tag)
    classes = frozenset(found[1].split()) if found else frozenset()
    empty = name in VOID or tag.endswith("/>")
    around = frozenset(name_of_class for outer in open_nodes[-4:] for name_of_class in outer.classes)
    node = Node(Kind.VOID if empty else Kind.ELEMENT, tag, name, classes, around)
    _inside(top).append(node)
    if not empty:
        open_nodes.append(node)


def _take_block_tag(tag: str, top: Node, open_nodes: list[Node]) -> None:
    word = tag[2:].lstrip("-+ ").split(maxsplit=1)[0]
    if word in WITH_BODY:
        node = Node(Kind.BODY, tag, word, branches=[(tag, [])])
        _inside(top).append(node)
        open_nodes.append(node)
    elif word in ("else", "elif") or word.startswith("end"):
        if top.kind is not Kind.BODY:
            raise UnbalancedError(f"{tag} stands inside {top.text[:80] or 'nothing'}")
        if word.startswith("end"):
            top.close = tag
            open_nodes.pop()
        else:
            top.branches.append((tag, []))
    else:
        _inside(top).append(Node(Kind.STATEMENT, tag, word))
