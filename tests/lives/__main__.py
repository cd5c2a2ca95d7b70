"""Live many lives and say what the judge found: ``python -m tests.lives --lives 2000 --seed 1 --jobs 2``."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import timedelta
from pathlib import Path

from tests.lives.events import Life, life, smallest
from tests.lives.living import live

CHUNK = 20


def found_in(first: int, count: int) -> list[tuple[int, list[tuple[str, str, str]]]]:
    """Live some lives; return seed and violations (rule, door, words) of each."""
    return [
        (seed, [(one.rule, one.door, str(one)) for one in live(life(seed))]) for seed in range(first, first + count)
    ]


def smallest_with(seed: int, rule: str, door: str | None = None, tries: int = 300) -> Life:
    """The smallest life that still breaks a rule."""

    def breaks(one: Life) -> bool:
        try:
            return any(found.rule == rule and door in (None, found.door) for found in live(one))
        except Exception:  # noqa: BLE001 -- a life that cannot be lived breaks no rule
            return False

    return smallest(life(seed), breaks, tries=tries)


def told(rule: str, small: Life) -> str:
    """A smallest life as it is printed."""
    said = next((str(one) for one in live(small) if one.rule == rule), "")
    return f"[{rule}]\n  {said}\n{small.script()}\n  again: python -m tests.lives --again '{small.to_json()}'\n"


def main() -> int:
    """Run from the command line."""
    ask = argparse.ArgumentParser(prog="python -m tests.lives", description=__doc__)
    ask.add_argument("--lives", type=int, default=200)
    ask.add_argument("--seed", type=int, default=1, help="of the first life; the others follow")
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument("--smallest", type=int, default=100, help="for how many rules the smallest life is looked for")
    ask.add_argument("--tries", type=int, default=300, help="lives that may be lived to make one smaller")
    ask.add_argument("--log", type=Path, help="a file that keeps each chunk, so that a long run can be gone on with")
    ask.add_argument("--again", help="a life as it was printed: live it and say what is found")
    told_by = ask.parse_args()
    if told_by.again:
        again = Life.from_json(told_by.again)
        print(again.script(), *live(again), sep="\n")
        return 0
    return _many(told_by)


def _many(told_by: argparse.Namespace) -> int:
    by_rule, seeds = Counter(), {}
    lives_with = 0
    began = time.monotonic()
    for seed, found in _lived(told_by):
        lives_with += bool([one for one in found if not one[0].endswith("?")])
        for rule in {one[0] for one in found}:
            by_rule[rule, "any"] += 1
            seeds.setdefault(rule, []).append(seed)
        for rule, door in {(one[0], one[1]) for one in found}:
            by_rule[rule, door] += 1
    spent = time.monotonic() - began
    print(f"{told_by.lives} lives from seed {told_by.seed}: {lives_with} with a violation, {spent:.0f} s")
    certain = sorted((one for one in seeds if not one.endswith("?")), key=lambda rule: -by_rule[rule, "any"])
    doubted = sorted((one for one in seeds if one.endswith("?")), key=lambda rule: -by_rule[rule, "any"])
    for rule in (*certain, *doubted):
        at = ", ".join(
            f"{door} {count}" for (one, door), count in by_rule.most_common() if one == rule and door != "any"
        )
        print(f"{by_rule[rule, 'any']:7d}  {rule:50s} {at}")
    sys.stdout.flush()
    with ProcessPoolExecutor(told_by.jobs) as pool:
        asked = {rule: pool.submit(smallest_with, seeds[rule][0], rule, None, told_by.tries)
                 for rule in (*certain, *doubted)[: told_by.smallest]}  # fmt: skip
        for rule, small in asked.items():
            print("\n" + told(rule, small.result()), flush=True)
    return 1 if certain else 0


def _lived(told_by: argparse.Namespace) -> Iterator[tuple[int, list[tuple[str, str, str]]]]:
    """Yield seed and violations of each life: those that the log has already, then the others as they end."""
    last = told_by.seed + told_by.lives
    kept = {first: found for first, found in _kept(told_by.log) if told_by.seed <= first < last}
    for found in kept.values():
        yield from found
    firsts = [first for first in range(told_by.seed, last, CHUNK) if first not in kept]
    began, done, left = time.monotonic(), 0, sum(min(CHUNK, last - first) for first in firsts)
    with ProcessPoolExecutor(told_by.jobs) as pool:
        asked = {pool.submit(found_in, first, min(CHUNK, last - first)): first for first in firsts}
        for ended in as_completed(asked):
            found = ended.result()
            _keep(told_by.log, asked[ended], found)
            yield from found
            done += len(found)
            rate = done / (time.monotonic() - began)
            to_go = timedelta(seconds=round((left - done) / rate))
            print(f"\r{done} of {left} lives, {rate:.1f} a second, {to_go} left ", end="", file=sys.stderr)
    print(file=sys.stderr)


def _kept(log: Path | None) -> Iterator[tuple[int, list[tuple[int, list[tuple[str, str, str]]]]]]:
    """Read a log: the first seed of each chunk and what was found in it."""
    if log is None or not log.exists():
        return
    for line in log.read_text(encoding="utf-8").splitlines():
        first, found = json.loads(line)
        yield first, [(seed, [(rule, door, words) for rule, door, words in one]) for seed, one in found]


def _keep(log: Path | None, first: int, found: list[tuple[int, list[tuple[str, str, str]]]]) -> None:
    if log is not None:
        with log.open("a", encoding="utf-8") as file:
            file.write(json.dumps([first, found]) + "\n")


if __name__ == "__main__":
    sys.exit(main())
