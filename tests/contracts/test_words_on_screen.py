"""Screens and commands speak as a runner, a coach and a physiotherapist do: words of the house stay in the house."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from backward_running.apps import cli

SOURCE = Path(cli.__file__).parents[1]
TEMPLATES = sorted((SOURCE / "web" / "templates").glob("*.html"))
TABLES = sorted((SOURCE / "words").glob("*.py"))

#: A private word, and what people say instead.
PRIVATE = {
    r"\bgates?\b": "safety check",
    r"\bbouts?\b": "stretch",
    r"\bledgers?\b": "the sums, forward and backward apart",
    r"\bau\b": "the name of the unit, or nothing",
    r"\blet (?:the demo runner|it) in\b|\blet in\b": "try, open",
    r"\btake (?:it|the demo runner) (?:along|out)\b": "export, leave",
    r"\btake with you\b": "export",
    r"\bwitness(?:es)?\b": "sensor",
    r"\banother look\b": "say what is wrong",
    r"\blook around\b": "try the demo",
    r"\banswers are kept\b|\bis kept\b|\bKeep\b": "saved, Save",
    r"\bany standing\b|<dt>standing</dt>": "how sure",
}
_CODE = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_VALUE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_QUOTED = re.compile(r'"([^"]*)"')
_SPOKEN = re.compile(r'\b(?:aria-label|placeholder|title|alt)="([^"]*)"')
_TAG = re.compile(r"<[^>]*>", re.DOTALL)


def seen_in(template: str) -> str:
    """Return what of a template a person reads or hears."""
    text = _VALUE.sub(
        lambda found: " ".join(one for one in _QUOTED.findall(found[1]) if " " in one), _CODE.sub(" ", template)
    )
    return f"{' '.join(_SPOKEN.findall(text))} {_TAG.sub(' ', text)}"


def private_in(text: str) -> list[str]:
    """Name the private words in a text, with what to say instead."""
    text = re.sub(r"original(?:\||, )bouts", "original", text)  # the name of an export, which programs type
    return [f"{found[0]!r}: say {instead}" for word, instead in PRIVATE.items() if (found := re.search(word, text))]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_say_what_people_say(path):
    assert private_in(seen_in(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_tables_of_words_say_what_people_say(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    spoken = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    documents = {
        ast.get_docstring(node, clean=False)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module)
    }
    assert [found for text in spoken - documents if " " in text for found in private_in(text)] == []


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_commands_say_what_people_say(name):
    command = cli.backward.get_command(click.Context(cli.backward), name)
    context = click.Context(command, info_name=name)
    assert private_in(f"{cli.COMMANDS[name][1]} {command.get_help(context)}") == []


def test_a_private_word_is_found_where_it_is_read_and_not_where_it_is_code():
    assert private_in(seen_in("<p>Every gate is open.</p>"))
    assert private_in(seen_in('<p aria-label="Bouts of it">{{ x }}</p>'.lower()))
    assert private_in(seen_in('{{ plural(n, "one bout of it") }}'))
    assert not private_in(seen_in('<li class="gate">{% for gate in gates %}{{ gate.title }}{% endfor %}</li>'))
