"""The layout of the templates: nothing over 120 columns, and a line is broken only where nobody sees it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.templates.__main__ import TEMPLATES
from tools.templates.layout import lay_out
from tools.templates.tree import UnbalancedError

ALL = sorted(TEMPLATES.rglob("*.html"))
LONG = "words " * 30


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_no_template_is_wider_than_the_law(path: Path):
    text = path.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 120
    assert lay_out(text) == text


def test_blocks_stand_on_lines_of_their_own():
    assert lay_out("<ul><li>one</li><li>two</li></ul>") == "<ul>\n  <li>one</li>\n  <li>two</li>\n</ul>\n"


def test_a_block_tag_with_blocks_is_a_block():
    laid = lay_out(f"<div>{{% if a %}}<p>{LONG}</p>{{% else %}}<p>b</p>{{% endif %}}</div>")
    assert [line.strip() for line in laid.splitlines() if "{%" in line] == ["{% if a %}", "{% else %}", "{% endif %}"]


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{LONG}<b>a</b><i>b</i>{{% if c %}}, d{{% endif %}}. {LONG}</p>",
        f'<p>{LONG}<a href="/{{{{ one.address }}}}?to={{{{ two }}}}" class="btn" rel="next">a</a>{{{{ b }}}}.</p>',
    ],
)
def test_what_touches_stays_together(text: str):
    """Between inline neighbours white space is drawn: none may come, none may go."""

    def seen(markup: str) -> str:
        tags = [re.sub(r"\s+", " ", part) for part in re.split(r"(<[^>]*>|\{[{%].*?[}%]\})", markup, flags=re.DOTALL)]
        return "".join(tags).replace("<p> ", "<p>").replace(" </p>", "</p>").strip()

    laid = lay_out(text)
    assert len(laid.splitlines()) > 3
    assert seen(laid) == seen(text)


def test_a_break_between_two_block_tags_would_be_eaten():
    laid = lay_out(f"<p>{LONG}{{% if a %}}b{{% endif %}} {{% if c %}}d{{% endif %}}</p>")
    assert "{% endif %} {% if c %}" in laid


def test_a_macro_in_the_middle_of_a_text_brings_no_white_space():
    laid = lay_out(f'{{% macro mark(a) %}}<i class="{{{{ a }}}}" aria-label="{LONG}"></i>{{% endmacro %}}')
    assert laid.startswith("{% macro mark(a) -%}\n")
    assert laid.endswith("\n{%- endmacro %}\n")


def test_attributes_fold_under_their_tag():
    laid = lay_out(
        f'<section id="a" class="b" aria-label="{LONG[:90]}"{{% if c %}} hidden{{% endif %}}><p>d</p></section>'
    )
    assert laid.splitlines()[0] == "<section"
    assert laid.splitlines()[-4:] == ["  {% if c %} hidden{% endif %}", ">", "  <p>d</p>", "</section>"]


def test_what_is_open_in_one_branch_alone_is_refused():
    with pytest.raises(UnbalancedError, match="stands inside <p>"):
        lay_out("{% if a %}<p>{% else %}<p class='b'>{% endif %}c</p>")
