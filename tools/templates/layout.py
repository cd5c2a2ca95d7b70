"""Lay a template out anew: blocks on lines of their own, everything else filled up to the last column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from tools.templates.rules import (
    CLINGS,
    SETTINGS,
    SVG_LEAVES,
    attributes,
    breaks_in_value,
    expression_words,
    flat,
    glued,
    inner_nodes,
    is_block,
    is_flex,
    must_break,
    one_line,
    stripped,
)
from tools.templates.tree import Kind, Node, parse, tag_end

STEP = "  "
#: After a label a field begins a line: the label is a block there.
FIELDS = frozenset(["input", "select", "textarea"])
BOXABLE = frozenset(["label", "button", "a", "span", "b", "abbr"])


def lay_out(text: str) -> str:
    """Return a template in the layout of the house. Raises UnbalancedError."""
    lines: list[str] = []
    rest: list[Node] = []
    for node in parse(text):
        if node.kind is Kind.BODY and node.name in ("macro", "block"):
            lines += _lines(rest, "")
            if lines and lines[-1]:
                lines.append("")
            lines += [*_block(node, ""), ""]
            rest = []
        else:
            rest.append(node)
    lines += _lines(rest, "")
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _fits(text: str, indent: str) -> bool:
    return len(indent) + len(text) <= SETTINGS.columns


def _lines(nodes: Sequence[Node], indent: str, *, flex: bool = False, tight: bool = False) -> list[str]:
    """Lay out the children of a block: blocks apart, runs of text and inline elements filled."""
    lines: list[str] = []
    run: list[Node] = []

    def flush() -> None:
        found = stripped(run)
        run.clear()
        if tight and len(found) == 1 and found[0].kind is Kind.BODY and not _fits(flat(found[0]), indent):
            lines.extend(_block(found[0], indent, flex=flex, tight=True))
        elif found:
            lines.extend(_inline(found, indent, flex=flex))

    nodes = stripped(nodes)
    for at, node in enumerate(nodes):
        if node.kind is Kind.SPACE:
            calls = (Kind.EXPRESSION, Kind.BODY)
            if "\n" in node.text and run and run[-1].kind in calls and nodes[at + 1].kind in calls:
                flush()
            elif run:
                run.append(node)
        elif is_block(node):
            flush()
            lines += _block(node, indent, flex=flex, tight=tight)
        elif flex and node.kind in (Kind.ELEMENT, Kind.VOID, Kind.BODY, Kind.EXPRESSION):
            flush()
            lines += _inline([node], indent, flex=True)
        else:
            if _is_field(node) and any(part.name == "label" for part in stripped(run)[-1:]):
                flush()
            run.append(node)
    flush()
    return lines


def _is_field(node: Node) -> bool:
    return node.name in FIELDS or (node.kind is Kind.RAW and node.text.startswith("<textarea"))


def _block(node: Node, indent: str, *, flex: bool = False, tight: bool = False) -> list[str]:
    if _fits(flat(node), indent) and not must_break(node):
        return [indent + flat(node)]
    if node.kind is Kind.COMMENT:
        return _comment(node.text, indent)
    if node.kind is Kind.ELEMENT:
        return _element(node, indent)
    if node.kind is Kind.VOID:
        return _opening(node.text, indent)
    if node.kind is Kind.BODY:
        return _branches(node, indent, flex=flex, tight=tight or node.name == "macro")
    if node.kind is Kind.STATEMENT:
        return _wrapped(node.text, indent)
    return [indent + node.text] if node.kind is Kind.RAW else _inline([node], indent)


def _element(node: Node, indent: str) -> list[str]:
    opening = _opening(node.text, indent)
    if node.name in SVG_LEAVES or not stripped(node.children):
        opening[-1] += "".join(map(flat, stripped(node.children))) + node.close
        return opening
    lines = [*opening, *_lines(node.children, indent + STEP, flex=is_flex(node))]
    unseen = node.name == "summary" and "sr" in node.children[-1].classes
    if unseen and _fits(lines[-1] + node.close, ""):  # it lies outside the flow: white space after it would be drawn
        lines[-1] += node.close
        return lines
    return [*lines, indent + node.close]


def _branches(node: Node, indent: str, *, flex: bool, tight: bool = False) -> list[str]:
    """Lay out a block tag. A tight one is drawn without white space at its ends, as a macro in the middle of a text."""
    lines: list[str] = []
    clings = False
    for tag, inner in node.branches:
        drawn = [part for part in inner if part.kind not in (Kind.COMMENT, Kind.STATEMENT)]
        opening = _clinging(tag, before=clings, after=tight and bool(drawn) and _is_text(drawn[0]))
        clings = tight and bool(drawn) and _is_text(drawn[-1])
        lines += [*_wrapped(opening, indent), *_lines(inner, indent + STEP, flex=flex, tight=clings)]
    return [*lines, indent + _clinging(node.close, before=clings)]


def _is_text(node: Node) -> bool:
    return node.kind is not Kind.SPACE and not is_block(node)


def _clinging(tag: str, *, before: bool = False, after: bool = False) -> str:
    if before and not tag.startswith("{%-"):
        tag = tag.replace("{%", "{%-", 1)
    return f"{tag[:-2].rstrip()} -%}}" if after and not tag.endswith("-%}") else tag


def _comment(text: str, indent: str) -> list[str]:
    lines, line = [], f"{indent}{{#"
    for word in text[2:-2].split():
        if len(line) + 1 + len(word) > SETTINGS.columns - 3:
            lines.append(line)
            line = f"{indent}  "
        line += f" {word}"
    return [*lines, f"{line} #}}"]


def _opening(tag: str, indent: str) -> list[str]:
    """Lay out an opening tag; where it is too long its attributes stand under it, filled."""
    tag = one_line(tag)
    if _fits(tag, indent):
        return [indent + tag]
    (name, *found), end = attributes(tag)
    lines, line = [indent + name], ""
    for piece in found:
        if line and _fits(line + glued(piece), ""):
            line += glued(piece)
            continue
        folded = _value(piece.removeprefix(CLINGS), indent + STEP)
        lines += [line] * bool(line) + folded[:-1]
        line = folded[-1]
    return [*lines, line, indent + end]


def _value(text: str, indent: str) -> list[str]:
    """Fold an attribute that is longer than a line: an outline before a command, JSON after a comma, expressions."""
    if _fits(text, indent):
        return [indent + text]
    if "{{" not in text and text.startswith('d="'):
        outline = re.sub(r"(?<=\S) (?=[A-Za-z])", "", text)
        return _filled(re.split(r"(?<=[^\s\"])(?=[A-Za-z](?![\w ]*=))", outline), indent, "")
    if text.startswith("content='{"):
        return _filled(re.split(r"(?<=,) *", text), indent, "")
    cuts = [0, *breaks_in_value(text), len(text)]
    return _filled([text[start:end].strip() for start, end in pairwise(cuts)], indent, " ")


def _filled(words: Sequence[str], indent: str, between: str) -> list[str]:
    """Fill lines with words; from the second line on they are indented by a step."""
    lines, line = [], indent
    for word in words:
        space = between if line.strip() else ""
        if line.strip() and not _fits(line + space + word, ""):
            lines.append(line)
            line, space = indent + STEP, ""
        line += space + word
    return [*lines, line]


def _wrapped(tag: str, indent: str) -> list[str]:
    tag = one_line(tag)
    if _fits(tag, indent):
        return [indent + tag]
    first, second, *rest = expression_words(tag)
    return _filled([f"{first} {second}", *rest], indent, " ")


def _inline(run: Sequence[Node], indent: str, *, flex: bool = False) -> list[str]:
    """Lay out text and inline elements."""
    text = "".join(map(flat, run))
    if _fits(text, indent):
        return [indent + text]
    if len(run) == 1 and (alone := _alone(run[0], indent, flex=flex)):
        return alone
    lines: list[str] = []
    line = indent
    for group in _groups(run):
        whole = "".join(group)
        first, *more = [whole] if _fits(whole.lstrip(), indent) else group
        line = _added(lines, line, f" {first.lstrip()}", indent)
        for piece in more:
            line = _added(lines, line, piece, indent + STEP)
    return [*lines, line]


def _added(lines: list[str], line: str, piece: str, indent: str) -> str:
    """Return the line with a piece at its end; where that is too long the piece begins the next line."""
    if not line.strip():
        return line + piece.lstrip()
    if _fits(line + piece, ""):
        return line + piece
    lines.append(line)
    return indent + piece.lstrip()


def _alone(node: Node, indent: str, *, flex: bool) -> list[str]:
    """Lay out what has a line of its own as if it were a block; empty where it cannot be."""
    if node.kind is Kind.RAW:
        end = tag_end(node.text, 0)
        opening = _opening(node.text[:end], indent)
        return [*opening[:-1], opening[-1] + node.text[end:]]
    if node.kind is Kind.VOID:
        return _opening(node.text, indent)
    if node.kind is Kind.BODY:
        popovers = any(part.name == "details" for part in inner_nodes(node))
        single = all(len(stripped(branch)) < 2 for _, branch in node.branches)
        return _branches(node, indent, flex=flex) if flex or (popovers and single) else []
    if node.kind is Kind.ELEMENT and (node.name == "details" or (flex and node.name in BOXABLE)):
        parts = all(child.kind in (Kind.SPACE, Kind.ELEMENT, Kind.VOID, Kind.BODY) for child in node.children)
        inner = _lines(node.children, indent + STEP, flex=node.name == "label" or (node.name == "a" and parts))
        return [*_opening(node.text, indent), *inner, indent + node.close]
    return []


def _groups(run: Sequence[Node]) -> list[list[str]]:
    """Cut a run at its white space; each group can be broken further, inside its tags and expressions."""
    groups: list[list[str]] = [[]]
    ends_with_tag = False
    for node in run:
        for piece in _pieces(node):
            # A line break between two block tags would be eaten by trim_blocks and lstrip_blocks.
            if piece == " " and groups[-1]:
                ends_with_tag = groups[-1][-1].endswith("%}")
                groups.append([])
            elif not groups[-1] and ends_with_tag and piece.startswith("{%") and len(groups) > 1:
                groups.pop()
                groups[-1][-1] += f" {piece}"
            elif piece.startswith((" ", CLINGS)) or not groups[-1]:
                groups[-1].append(piece.removeprefix(CLINGS))
            else:
                groups[-1][-1] += piece
    return [group for group in groups if group]


def _pieces(node: Node) -> list[str]:
    """Return an inline node as pieces: a space alone, or text; one that begins with a space may begin a line."""
    if node.kind is Kind.SPACE:
        return [" "]
    if node.kind is Kind.ELEMENT:
        return [*_tag_pieces(node.text), *(piece for child in node.children for piece in _pieces(child)), node.close]
    if node.kind is Kind.BODY:
        found = []
        for tag, inner in node.branches:
            found += [*_spaced(expression_words(tag)), *(piece for part in inner for piece in _pieces(part))]
        return [*found, node.close]
    if node.kind is Kind.VOID:
        return _tag_pieces(node.text)
    return _spaced(expression_words(node.text)) if node.kind in (Kind.EXPRESSION, Kind.STATEMENT) else [node.text]


def _spaced(words: Sequence[str]) -> list[str]:
    return [word if number == 0 else f" {word}" for number, word in enumerate(words)]


def _tag_pieces(tag: str) -> list[str]:
    (name, *found), end = attributes(one_line(tag))
    pieces = [name, *(piece if piece.startswith(CLINGS) else f" {piece}" for piece in found)]
    return [*pieces[:-1], pieces[-1] + end]
