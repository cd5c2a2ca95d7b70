"""Whatever can be plugged in is asked, listed with who brings it, told where it is left out, and written down for strangers."""

from __future__ import annotations

import re

from tests.conftest import ROOT

from backward_running import testing
from backward_running.flows import plugged

EXTEND = (ROOT / "docs" / "how-to" / "extend.md").read_text(encoding="utf-8")
#: The fifteen claims of one article are a table of the house; nobody was promised a second.
NOT_PROMISED = {"ClaimTable"}
_ASKED = re.compile(r"\bdiscover\((?!room: )[^,()]+(?:\([^()]*\))?[^,()]*, (\w+)\)")


def kinds_asked_for() -> set[str]:
    """Return the kinds for which any file of the house looks among the plugs."""
    files = (ROOT / "src" / "backward_running").rglob("*.py")
    return {kind for path in files for kind in _ASKED.findall(path.read_text(encoding="utf-8")) if kind != "kind"}


def test_every_kind_that_is_asked_is_listed_and_told_where_it_is_left_out() -> None:
    asked = kinds_asked_for()
    assert len(asked) > 10
    assert asked == {kind.__name__ for _, kind in plugged._rooms()}


def test_every_kind_is_written_down_for_strangers() -> None:
    assert {kind for kind in kinds_asked_for() if f" = {kind}(…)`" not in EXTEND} == NOT_PROMISED


def test_every_contract_is_exported_and_named_there() -> None:
    written = {
        name
        for path in (ROOT / "src" / "backward_running" / "testing").glob("*.py")
        for name in re.findall(r"^class (\w+Contract)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert len(written) > 7
    assert {name for name in written if name not in testing.__all__ or f"`{name}`" not in EXTEND} == set()
    assert all(getattr(testing, name).__name__ == name for name in written)


def test_the_tests_it_names_are_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", EXTEND)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []
