"""How the ranking of spots agrees with a rater's labels, against length alone and other simple ways to rank."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.ground import Grade, GroundKind, Hazard, HazardKind, Spot, Stretch
from backward_running.places import Asked, all_rules, score
from validation._tables import number, table

FILE = Path(__file__).with_name("spots_labelled.json")
FIRST = 10  #: of a list: as many as somebody reads
DRAWN = 1000
SEED = 5150
INTRODUCTION = """# Spots

How the ranking of `backward spots` agrees with what one rater said of {count} stretches of ground in four extracts of
OpenStreetMap (Helsinki, a Finnish suburb, Andorra, Monaco). Made by `make validate`; the labelled stretches lie in
`validation/spots_labelled.json`. Map data © OpenStreetMap contributors, ODbL.

**What was labelled.** A random sample of what `backward region prepare` found, by kind of ground; each line of facts
(kind, length, tags, what stands beside and behind, distance to cars, grade) was read by one rater, who gave 0 *not
here* ({zero}), 1 *poor* ({one}), 2 *usable* ({two}) or 3 *good* ({three}) with a reason, before the sample was
scored; the scores of a dozen of them had been seen in a list. Nobody went there.

**What that is worth.** Who labelled also wrote the rules and their weights: agreement shows that the score does what
was meant, not that the meaning is right. No study of where backward runners fall was found. While labelling two
mistakes of the program came up: tennis courts, with a net across, were proposed as pitches, and so were mountain
paths of 20 to 40 %. Both are mended, and these stretches left the sample. Nothing else was changed by the labels.

**Measures.** *Pairs right*: of all pairs with different labels, the share that the ranking puts in the same order (a
tie counts half; 0.5 is chance); in brackets 95 % of 1,000 draws of the stretches. *NDCG*: how much of the best
possible gain (2^label − 1, discounted by place) the first ten have; the mean over the four extracts.
"""
OPEN = """## What is missing

- A second rater's labels, and anybody's who went there.
- A pedestrian router to compare with: none is a dependency of this project, and the ones that install bring a server
  or a region's graph of their own.
- Places that nobody mapped: they are not in the sample, for they are not in the map.
"""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A stretch and what a rater said of it."""

    extract: str
    label: int
    why: str
    stretch: Stretch


def rows() -> tuple[Labelled, ...]:
    """Read the labelled stretches."""
    told = json.loads(FILE.read_text(encoding="utf-8"))["rows"]
    return tuple(Labelled(row["extract"], row["label"], row["why"], _stretch(dict(row["stretch"]))) for row in told)


def _stretch(said: dict[str, Any]) -> Stretch:
    grade = said.pop("grade")
    return Stretch(
        kind=GroundKind(said.pop("kind")),
        line=tuple((east, north) for east, north in said.pop("line")),
        hazards=tuple(Hazard(HazardKind(kind), along, aside) for kind, along, aside in said.pop("hazards")),
        grade=None if grade is None else Grade(**grade),
        **said,
    )


def _known_only(spot: Spot) -> float:
    known = [part for part in spot.parts if part.known]
    return sum(part.weight * part.score for part in known) / sum(part.weight for part in known)


def rankings() -> dict[str, Callable[[Stretch], float]]:
    """Return the ways to rank, by name: the higher the better."""
    rules = all_rules()

    def ours(stretch: Stretch) -> float:
        return score(stretch, Asked(), rules).score

    return {
        "**the score of the product**": ours,
        "the same, what is unknown left out": lambda stretch: _known_only(score(stretch, Asked(), rules)),
        "length alone": lambda stretch: stretch.length_m,
        "fewest things in the way per 100 m": lambda stretch: -len(stretch.hazards) / stretch.length_m,
        "farthest from cars": lambda stretch: 100.0 if stretch.road_m is None else stretch.road_m,
        "kind of ground alone": lambda stretch: rules["kind_of_ground"].ask(stretch, Asked()).score,
    }


def pairs_right(labels: FloatArray, scores: FloatArray) -> float:
    """Return the share of pairs with different labels that are in the same order.

    >>> pairs_right(np.array([0.0, 1.0, 2.0]), np.array([0.1, 0.5, 0.5]))
    0.8333333333333334
    """
    differ = labels[:, None] > labels[None, :]
    ahead = np.sign(scores[:, None] - scores[None, :])[differ]
    return float((ahead > 0).mean() + (ahead == 0).mean() / 2)


def ndcg(labels: FloatArray, scores: FloatArray, first: int = FIRST) -> float:
    """Return the discounted gain of the first few, of the best possible.

    >>> ndcg(np.array([3.0, 0.0, 1.0]), np.array([0.9, 0.1, 0.5]))
    1.0
    """
    discount = 1.0 / np.log2(np.arange(2, first + 2))

    def gain(order: FloatArray) -> float:
        gains = (2.0**order - 1.0)[:first]
        return float((gains * discount[: len(gains)]).sum())

    return gain(labels[np.argsort(-scores, kind="stable")]) / gain(np.sort(labels)[::-1])


def page() -> str:
    """Return the page as Markdown."""
    read = rows()
    labels = np.array([float(row.label) for row in read])
    counts = {name: int((labels == label).sum()) for label, name in enumerate(("zero", "one", "two", "three"))}
    header = ("ranked by", "pairs right", f"NDCG of the first {FIRST}")
    body = [
        (name, _with_interval(labels, scores), number(_mean_ndcg(read, scores)))
        for name, rank in rankings().items()
        for scores in [np.array([rank(row.stretch) for row in read])]
    ]
    parts = [
        INTRODUCTION.format(count=len(read), **counts),
        table(header, body),
        "## Each rule left out",
        "How much of the labels it carries. A rule that only costs pairs here may still be right: it is one rater's.",
        table(("rule", "weight", "pairs right without it"), _left_out(read, labels)),
        OPEN,
    ]
    return "\n\n".join(parts)


def _with_interval(labels: FloatArray, scores: FloatArray) -> str:
    random = np.random.default_rng(SEED)
    drawn = [random.integers(0, len(labels), len(labels)) for _ in range(DRAWN)]
    low, high = np.percentile([pairs_right(labels[chosen], scores[chosen]) for chosen in drawn], [2.5, 97.5])
    return f"{number(pairs_right(labels, scores))} ({number(float(low))}–{number(float(high))})"


def _mean_ndcg(read: Sequence[Labelled], scores: FloatArray) -> float:
    found = []
    for extract in sorted({row.extract for row in read}):
        of_it = np.array([row.extract == extract for row in read])
        found.append(ndcg(np.array([float(row.label) for row in read])[of_it], scores[of_it]))
    return float(np.mean(found))


def _left_out(read: Sequence[Labelled], labels: FloatArray) -> list[tuple[str, str, str]]:
    rules = all_rules()
    found = []
    for key in rules:
        others = {name: rule for name, rule in rules.items() if name != key}
        scores = np.array([score(row.stretch, Asked(), others).score for row in read])
        found.append((rules[key].title, f"{rules[key].weight.value:g}", number(pairs_right(labels, scores), 3)))
    return found
