"""Where a line may be broken: what is a block, what lies in a flex row, what a tag and an expression are made of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.templates.tree import JINJA, Kind, Node, jinja_end

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = frozenset(
    [
        "html",
        "head",
        "body",
        "main",
        "header",
        "nav",
        "section",
        "article",
        "aside",
        "footer",
        "div",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "caption",
        "form",
        "fieldset",
        "legend",
        "h1",
        "h2",
        "h3",
        "h4",
        "details",
        "summary",
        "figure",
        "figcaption",
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "line",
        "defs",
        "pattern",
        "select",
        "option",
        "hr",
        "title",
        "meta",
        "link",
        "doctype",
    ]
)
#: With two blocks inside these are never one line.
CONTAINERS = frozenset(
    [
        "section",
        "table",
        "thead",
        "tbody",
        "ul",
        "ol",
        "dl",
        "form",
        "header",
        "main",
        "fieldset",
        "details",
        "article",
        "figure",
        "head",
        "body",
        "html",
    ]
)
SVG_LEAVES = frozenset(["path", "circle", "rect", "text", "use"])
CONDITION = re.compile(r"\{%[-+]?\s*(?:if|for)\b")
END_OF_CONDITION = re.compile(r"\{%[-+]?\s*end(?:if|for)\b")
#: Marks an attribute that clings to what stands before it.
CLINGS = "\0"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is said under ``tool.templates``."""

    columns: int
    flex: frozenset[str]  #: classes between whose children white space is not drawn
    boxes: frozenset[str]  #: classes that make an inline element such a box itself
    flex_children: frozenset[str]  #: classes whose list items or cells are such boxes
    inline: frozenset[str]  #: classes that make a block an inline one
    block_calls: re.Pattern[str]  #: macros that draw a block


def settings() -> Settings:
    """Read the settings of the project."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)["tool"]["templates"]
    names = {name: frozenset(told[name]) for name in ("flex", "boxes", "flex_children", "inline")}
    calls = "|".join(re.escape(name) for name in told["block_calls"])
    return Settings(told["columns"], block_calls=re.compile(rf"\{{\{{-? *(?:{calls})"), **names)


SETTINGS = settings()


def one_line(text: str) -> str:
    """Join the lines of a tag."""
    return re.sub(r"\s*\n\s*", " ", text)


def stripped(nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes without white space at both ends."""
    kept = list(nodes)
    while kept and kept[0].kind is Kind.SPACE:
        kept.pop(0)
    while kept and kept[-1].kind is Kind.SPACE:
        kept.pop()
    return kept


def flat(node: Node) -> str:
    """Return a node in one line."""
    if node.kind is Kind.SPACE:
        return " "
    if node.kind is Kind.ELEMENT:
        inner = stripped(node.children) if node.name in BLOCKS else node.children
        return one_line(node.text) + "".join(map(flat, inner)) + node.close
    if node.kind is Kind.BODY:
        return "".join(one_line(tag) + "".join(map(flat, inner)) for tag, inner in node.branches) + node.close
    return node.text if node.kind in (Kind.RAW, Kind.COMMENT, Kind.WORD) else one_line(node.text)


def inner_nodes(node: Node) -> list[Node]:
    """Return what stands in all branches of a block tag."""
    return [inner for _, branch in node.branches for inner in branch]


def is_block(node: Node) -> bool:
    """Whether white space before and after a node is never drawn."""
    if node.kind in (Kind.ELEMENT, Kind.VOID):
        hidden = node.name == "input" and 'type="hidden"' in node.text
        block = node.name in BLOCKS and not node.classes & SETTINGS.inline
        return block or hidden or bool(node.classes & SETTINGS.boxes)
    if node.kind is Kind.EXPRESSION:
        return SETTINGS.block_calls.match(node.text) is not None
    if node.kind is Kind.BODY:
        inner = [part for part in inner_nodes(node) if part.kind not in (Kind.SPACE, Kind.COMMENT)]
        drawn = [part for part in inner if part.kind is not Kind.STATEMENT]
        return node.name in ("macro", "block", "call") or any(map(is_block, drawn)) or bool(inner and not drawn)
    return node.kind in (Kind.COMMENT, Kind.STATEMENT) or (node.kind is Kind.RAW and node.text.startswith("<script"))


def is_flex(node: Node) -> bool:
    """Whether white space between the children of an element is not drawn."""
    inside = node.name in ("li", "div") and bool(node.around & SETTINGS.flex_children)
    return inside or bool(node.classes & (SETTINGS.flex | SETTINGS.boxes)) or node.name in ("svg", "g", "tr")


def must_break(node: Node) -> bool:
    """Whether a node is never one line, however short."""
    if node.kind is Kind.COMMENT:
        return "\n" in node.text
    if node.kind is Kind.BODY:
        blocks = sum(is_block(part) for part in inner_nodes(node))
        if node.name in ("macro", "block"):
            return "block title" not in node.text and (len(flat(node)) > 60 or blocks > 0)
        return blocks > 2 or any(map(must_break, inner_nodes(node)))
    if node.name in CONTAINERS and sum(is_block(child) for child in node.children) > 1:
        return True
    return any(map(must_break, node.children))


def attributes(tag: str) -> tuple[list[str], str]:
    r"""Split an opening tag into its name, its attributes and conditions, and its end.

    >>> attributes('<a class="b"{% if c %} href="d"{% endif %}>')
    (['<a', 'class="b"', '\x00{% if c %} href="d"{% endif %}'], '>')
    """
    end = "/>" if tag.endswith("/>") else ">"
    found, at, quote, text = [""], 0, "", tag.removesuffix(end)
    while at < len(text):
        until = jinja_end(text, at) if text.startswith(JINJA, at) else at + 1
        piece = text[at:until]
        if not quote and piece.isspace():
            found.append("")
        elif not quote and found[-1] and re.match(r"\{%[-+]?\s*(?:if|elif|else)\b", piece):
            found.append(CLINGS + piece)
        else:
            found[-1] += piece
        if len(piece) == 1 and piece in "'\"":
            quote = piece if not quote else "" if piece == quote else quote
        at = until
    return _joined([piece for piece in found if piece]), end


def _joined(found: list[str]) -> list[str]:
    """Keep a short condition with the attribute it is about."""
    kept: list[str] = []
    for piece in found:
        inside = kept and len(CONDITION.findall(kept[-1])) > len(END_OF_CONDITION.findall(kept[-1]))
        if inside and len(kept[-1]) + len(piece) <= 80:
            kept[-1] += glued(piece)
        else:
            kept.append(piece)
    return kept


def glued(piece: str) -> str:
    """Return an attribute with the space before it, where there is one."""
    return piece[1:] if piece.startswith(CLINGS) else f" {piece}"


def expression_words(text: str) -> list[str]:
    """Split an expression at the spaces outside its strings.

    >>> expression_words('{{ "a b" if c }}')
    ['{{', '"a b"', 'if', 'c', '}}']
    """
    return re.findall(r"(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|[^\s])+", text)


def breaks_in_value(text: str) -> Iterator[int]:
    """Yield where a long attribute may be broken: at the spaces of its expressions, outside their strings."""
    at = 0
    while at < len(text):
        if not text.startswith(JINJA, at):
            at += 1
            continue
        end = jinja_end(text, at)
        for word in expression_words(text[at:end])[:-1]:
            at = text.index(word, at) + len(word)
            yield at
        at = end
