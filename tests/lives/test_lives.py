"""Random lives hold to the rules at every door; whatever breaks one is printed as its smallest life."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lives.__main__ import smallest_with, told
from tests.lives.events import Life, life, smallest
from tests.lives.living import Living, live
from tests.lives.memory_store import MemoryStore

#: Of the quick suite: among them a red flag, a gap, pain, a fall, a treadmill, an illness, and somebody of 68.
FEW = (1, 21, 38, 48, 113, 179, 250, 301)
#: Of the slow suite; ``python -m tests.lives --lives 50000`` lives the rest.
FIRST, MANY, EACH = 1000, 80, 10
#: Smallest lives that once broke a rule; whatever is found later is added here once it is mended.
KEPT = [json.loads(line) for line in (Path(__file__).parent / "kept.jsonl").read_text(encoding="utf-8").splitlines()]


def first_broken(seeds: range | tuple[int, ...]) -> str | None:
    """Return the smallest life of the first rule that is broken, None where none is."""
    for seed in seeds:
        broken = [one for one in live(life(seed)) if not one.rule.endswith("?")]
        if broken:
            rule = broken[0].rule
            return f"{len(broken)} rules broken by seed {seed}\n{told(rule, smallest_with(seed, rule, tries=120))}"
    return None


@pytest.mark.parametrize("seed", FEW)
def test_a_few_lives(seed):
    assert first_broken((seed,)) is None


@pytest.mark.parametrize("kept", KEPT, ids=[f"{kept['life'][0]} {kept['broke']}" for kept in KEPT])
def test_what_once_broke_a_rule_does_no_more(kept):
    assert [
        str(found) for found in live(Life.from_json(json.dumps(kept["life"]))) if not found.rule.endswith("?")
    ] == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FIRST, FIRST + MANY, EACH))
def test_many_lives(first):
    assert first_broken(range(first, first + EACH)) is None


@pytest.mark.parametrize("seed", [38, pytest.param(48, marks=pytest.mark.slow)])
def test_a_life_in_memory_is_the_life_in_a_database(new_home, seed):
    """The lives are lived in memory for speed: the same life on the real store sees the same offers."""
    from backward_running.store import open_store

    short = life(seed)
    short = Life(short.seed, short.start, short.zone, short.answers, tuple(e for e in short.events if e.day < 40))
    store = open_store(new_home)
    try:
        real, quick = Living(short, store), Living(short, MemoryStore())
        real.run()
        quick.run()
    finally:
        store.close()
    assert real.log == quick.log and len(real.log) > 5
    assert list(map(str, real.judge.found)) == list(map(str, quick.judge.found))


def test_a_seed_is_a_life_and_a_script_can_be_lived_again():
    whole = life(7)
    assert whole == life(7)
    again = Life.from_json(whole.to_json())
    assert again.events == whole.events and again.script() == whole.script()
    assert list(map(str, live(again))) == list(map(str, live(whole)))


def test_the_smallest_life_keeps_what_goes_wrong_and_nothing_else():
    whole = life(7)
    wanted = [one for one in whole.events if one.kind == "do"][3]
    small = smallest(whole, lambda one: wanted.day in {event.day for event in one.events if event.kind == "do"})
    assert [(one.day, one.kind) for one in small.events] == [(wanted.day, "do")]
