"""What all contracts share: the plugs they are held to, and what gold asks of every one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from backward_running.core.standing import Standing
from backward_running.testing.scale import Grade, asks

#: Words that no plug may say to a runner.
FORBIDDEN = re.compile(
    r"\b(safe|safely|retro|diagnos\w*|you suffer|you have (a|an|the) (tear|fracture|clot|concussion|condition))\b", re.I
)


class Contract:
    """Tests that run once for each of ``plugs``."""

    kind: ClassVar[str] = "plug"
    plugs: ClassVar[Sequence[Any]] = ()
    #: Key of a plug → the page that publishes its accuracy or its review. Without one there is no gold.
    published: ClassVar[Mapping[str, Path]] = {}

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Hand each plug to each test that asks for one."""
        for name, plugs in self.chosen().items():
            if name in metafunc.fixturenames:
                metafunc.parametrize(name, plugs, ids=[plug.key for plug in plugs])

    def chosen(self) -> Mapping[str, Sequence[Any]]:
        """Return the plugs that a test gets, by the name of its argument."""
        return {"plug": list(self.plugs)}

    @asks(Grade.BRONZE)
    def test_it_has_a_key_a_title_and_a_place(self, plug: Any) -> None:
        """Its key is lower case without spaces, and it has a title."""
        assert re.fullmatch(r"[a-z0-9][a-z0-9_]*", plug.key), "letters, digits and underscores: keys are stored"
        assert plug.title.strip()
        assert not FORBIDDEN.search(plug.title)

    @asks(Grade.GOLD)
    def test_what_it_can_do_is_published(self, plug: Any) -> None:
        """A page names it and says what was measured, or who reviewed it."""
        page = self.published.get(plug.key)
        if page is None:
            pytest.skip("gold asks for a published page; name it in `published`")
        assert plug.key in page.read_text(encoding="utf-8"), f"{page} does not name {plug.key}"

    @asks(Grade.GOLD)
    def test_it_rests_on_more_than_an_opinion(self, plug: Any) -> None:
        """Some of its evidence was measured on people."""
        if plug.key not in self.published:
            pytest.skip("asked of a plug with a published page")
        evidence = getattr(plug, "evidence", None)
        assert evidence is None or any(source.standing.rank > Standing.OPINION.rank for source in evidence)
