"""Every code block of the documentation is run, or at least read by what it is written for."""

from __future__ import annotations

import doctest
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
from tests.conftest import ROOT

from backward_running.apps.cli import backward

PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
#: Pages whose blocks are written by a program that has read the command itself.
GENERATED = {"commands.md"}
CHECKED = {"python", "sh", "toml", "json"}


class Block(NamedTuple):
    page: Path
    language: str
    code: str
    line: int

    @property
    def id(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks() -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            yield Block(page, found[1], found[2], text[: found.start()].count("\n") + 2)


ALL = list(blocks())
WITH_PYTHON = sorted({block.page for block in ALL if block.language == "python"})


def of(language: str) -> list[Block]:
    return [block for block in ALL if block.language == language]


@pytest.mark.parametrize("page", WITH_PYTHON, ids=lambda page: str(page.relative_to(ROOT)))
def test_python_runs_and_says_what_the_page_says(page: Path) -> None:
    """The blocks of a page run one after the other, as a reader would run them."""
    names: dict[str, object] = {"__name__": "page"}
    said: list[str] = []
    for block in ALL:
        if block.page != page or block.language != "python":
            continue
        if ">>>" not in block.code:
            exec(compile(block.code, block.id, "exec"), names)
            continue
        example = doctest.DocTestParser().get_doctest(block.code, names, block.id, str(page), block.line)
        runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
        runner.run(example, out=said.append, clear_globs=False)
        names = example.globs
    assert not said, "".join(said)


def commands_in(code: str) -> Iterator[list[str]]:
    """Yield the calls of `backward` in a shell block, comments and pipes left out."""
    joined = code.replace("\\\n", " ")
    for line in joined.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["backward"]:
            ends = [words.index(word) for word in ("|", ">", ">>", "&&") if word in words]
            yield words[1 : min(ends, default=len(words))]


@pytest.mark.parametrize("block", of("sh"), ids=lambda block: block.id)
def test_a_call_in_a_shell_block_is_understood(block: Block) -> None:
    """Each command is there and takes each option; nothing is run."""
    for words in commands_in(block.code):
        context = click.Context(backward, info_name="backward", resilient_parsing=True)
        name = next(word for word in words if not word.startswith("-"))
        command = backward.get_command(context, name)
        assert command is not None, f"there is no `backward {name}`"
        options = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
        used = {word.split("=")[0] for word in words[words.index(name) + 1 :] if re.match(r"--?[a-z]", word)}
        assert used <= options | {"--help", "-h"}, f"`backward {name}` takes no {used - options}"


@pytest.mark.parametrize("block", [*of("toml"), *of("json")], ids=lambda block: block.id)
def test_data_in_a_block_can_be_read(block: Block) -> None:
    assert (tomllib if block.language == "toml" else json).loads(block.code), "there is something in it"


def test_every_block_says_what_it_is() -> None:
    unnamed = [block.id for block in ALL if block.language not in CHECKED | {"text"}]
    assert unnamed == []


def test_the_search_finds_calls_and_refuses_made_up_ones() -> None:
    assert list(commands_in("backward runs | head  # list\npip install x\nbackward cost \\\n  --pace 7:30\n")) == [
        ["runs"],
        ["cost", "--pace", "7:30"],
    ]
    with pytest.raises(AssertionError, match="--made-up"):
        test_a_call_in_a_shell_block_is_understood(Block(PAGES[0], "sh", "backward runs --made-up\n", 1))
