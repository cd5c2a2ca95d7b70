"""A product that is broken on purpose is found out: the lives and their judge still bite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from backward_running import plans, rehab
from backward_running.flows import making
from backward_running.plans import adapting, allowance, checking_history
from backward_running.rehab import _felt
from tests.lives.events import life
from tests.lives.living import live

pytestmark = pytest.mark.slow

CACHED = (adapting._answer, rehab.ask_rules, rehab.setbacks, rehab.every_setback, _felt.with_ratings)


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Answers of a broken product are nobody else's."""
    for one in CACHED:
        one.cache_clear()
    yield
    for one in CACHED:
        one.cache_clear()


def _no_setbacks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rehab, "setbacks", lambda facts: ())


def _no_hours(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(plans, "gates_of", lambda done, **told: ())


def _never_lowered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(making, "adapted", lambda store, found, wishes, *, now: plans.Adapted(found.plan, (), ()))


def _flags_forgotten(patch: pytest.MonkeyPatch) -> None:
    asked = rehab.ask_rules
    patch.setattr(
        rehab, "ask_rules", lambda facts: tuple(replace(gate, open=True, stops=False) for gate in asked(facts))
    )


def _stale(patch: pytest.MonkeyPatch) -> None:
    """An answer that is kept although the facts changed: the fault that remembering answers invites."""
    kept: dict[tuple[str, int], plans.Adapted] = {}
    asked = making.adapted

    def adapted(store, found, wishes, *, now):
        if wishes:
            return asked(store, found, wishes, now=now)
        return kept.setdefault((found.plan.plan_id, found.plan.revision), asked(store, found, wishes, now=now))

    patch.setattr(making, "adapted", adapted)


def _no_way_back_up(patch: pytest.MonkeyPatch) -> None:
    """Neither the maker nor its checker looks at what was done since a setback."""
    patch.setattr(allowance, "rises_of", lambda *told: ())
    patch.setattr(checking_history, "_growth_after_setback", lambda case: iter(()))


#: What is broken, and the seed of a life in which it shows.
BROKEN: dict[str, tuple[Callable[[pytest.MonkeyPatch], None], int]] = {
    "setbacks count for nothing": (_no_setbacks, 2000),
    "no hours between sessions": (_no_hours, 2006),
    "a plan is never lowered": (_never_lowered, 2000),
    "red flags are forgotten": (_flags_forgotten, 2003),
    "the way back up leads past what hurt": (_no_way_back_up, 2006),
    "an answer outlives its facts": (_stale, 2000),
}


def test_none_of_these_lives_breaks_a_rule_of_the_whole_product() -> None:
    for seed in sorted({seed for _, seed in BROKEN.values()}):
        assert [str(one) for one in live(life(seed)) if not one.rule.endswith("?")] == []


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_product_is_found_out(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    breaks, seed = BROKEN[what]
    breaks(monkeypatch)
    assert {one.rule for one in live(life(seed)) if not one.rule.endswith("?")}
