"""Unknown mounting with satellites: each scene on its own, before one word of the runner and after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from validation import _satellite_scenes as scenes
from validation._judge import Outcome, judge, together
from validation._satellite_scenes import PLANS, SKIES, Plan, Sky
from validation._scores import Way
from validation._tables import number

SEEDS = (1,)
OTHER_SEEDS = (4, 5)  #: nothing was chosen on them
OTHER_SKIES = (SKIES[0], SKIES[2], SKIES[3], SKIES[5])
PLACES = ("thigh_right", "waist")
ALONE = ("foot_left", "shank_left")  #: they answer without satellites
MOST_BEFORE = 0.6
SURE, LONG_S = 0.9, 5


@dataclass(frozen=True, slots=True)
class Line:
    """What was answered in one scene."""

    reversed_s: int  #: told the wrong way round with more than 60 % before the word
    before: float  #: coverage before it
    accuracy: float  #: after it
    coverage: float
    sure_mistakes: int  #: stretches of five seconds and more, wrong with 90 % and more, before or after


@cache
def line(plan: Plan, sky: Sky, place: str) -> Line:
    """Judge one scene before and after the runner marked five seconds of going forward."""
    return _line_of([together(_outcome(plan, sky, place, seed, words) for seed in SEEDS) for words in ("", "FWD")])


def _line_of(before_and_after: Sequence[Outcome]) -> Line:
    before, after = before_and_after
    told = _told(after)
    right = told & (after.answer == after.truth)
    return Line(
        int((_wrong(before) & (before.share > MOST_BEFORE)).sum()),
        before.coverage,
        float(right.sum() / max(told.sum(), 1)),
        after.coverage,
        _long_runs(before) + _long_runs(after),
    )


def _outcome(plan: Plan, sky: Sky, place: str, seed: int, words: str) -> Outcome:
    course = scenes.course(plan, seed)
    tap_s = None
    if words:  # in the middle of the second stretch that is gone forward
        forward_s = np.flatnonzero(course.motion.way == Way.FORWARD) / 100.0
        tap_s = float(forward_s[forward_s > sum(stretch.seconds for stretch in plan.stretches) + 20.0][0])
    return judge(scenes.recorded(course, place, sky, seed=seed, tap_s=tap_s, words=words)).pure


def _told(got: Outcome) -> np.ndarray:
    return np.isin(got.truth, (Way.FORWARD, Way.BACKWARD)) & ~np.isin(got.answer, (Way.UNKNOWN, Way.STILL))


def _wrong(got: Outcome) -> np.ndarray:
    return np.asarray(_told(got) & (got.answer != got.truth))


def _long_runs(got: Outcome) -> int:
    """Count answered stretches that are wrong for more than half of their time; a border that lies badly is none."""
    wrong = _wrong(got)
    starts = np.flatnonzero(np.diff(got.answer, prepend=-1))
    count = 0
    for first, last in zip(starts.tolist(), [*starts[1:].tolist(), len(wrong)], strict=True):
        told = wrong[first:last].any() and last - first >= LONG_S
        is_long = told and float(np.nanmean(got.share[first:last])) >= SURE
        count += bool(is_long and wrong[first:last].mean() > 0.5)
    return count


def rows() -> Iterator[tuple[str, ...]]:
    """Yield one row for each scene and place."""
    for plan in PLANS:
        for sky in SKIES:
            for place in PLACES:
                heard = line(plan, sky, place)
                yield (
                    plan.name,
                    f"{sky.wander_m:g} m · {sky.fix_s:g} s · {sky.bias_degps:g} °/s",
                    place,
                    f"{heard.reversed_s} s · {100 * heard.before:.0f} %",
                    f"{number(heard.accuracy, 3)} · {100 * heard.coverage:.0f} %",
                    str(heard.sure_mistakes),
                )


HEADER = (
    "scene",
    "wander · fix every · bias",
    "place",
    "reversed > 0.6 before · told",
    "after one mark",
    "sure mistakes",
)


def worst() -> tuple[tuple[str, Line], tuple[str, Line], int, int]:
    """Return the scene with the lowest accuracy, that with the lowest coverage, reversed seconds and sure mistakes."""
    every = [
        (f"{plan.name}, {place}, {sky.wander_m:g} m, {sky.fix_s:g} s, {sky.bias_degps:g} °/s", line(plan, sky, place))
        for plan in PLANS
        for sky in SKIES
        for place in PLACES
    ]
    return (
        min(every, key=lambda pair: pair[1].accuracy),
        min(every, key=lambda pair: pair[1].coverage),
        sum(judged.reversed_s for _, judged in every),
        sum(judged.sure_mistakes for _, judged in every),
    )


class OtherDraws(NamedTuple):
    """What was answered in runs of which nothing was looked at before."""

    runs: int
    reversed_s: int  #: before the word, with more than 60 %
    accuracy: float  #: after it
    least_coverage: float
    sure_mistakes: int


@cache
def other_draws() -> OtherDraws:
    """Judge the scenes with motions, turns, tracks and mountings of other draws: thighs walking, waists running."""
    lines = []
    for plan in PLANS:
        place = PLACES[1] if plan.stretches[0].runs else PLACES[0]
        for sky in OTHER_SKIES:
            lines += [
                _line_of([_outcome(plan, sky, place, seed, words) for words in ("", "FWD")]) for seed in OTHER_SEEDS
            ]
    return OtherDraws(
        len(lines),
        sum(judged.reversed_s for judged in lines),
        float(np.mean([judged.accuracy for judged in lines])),
        min(judged.coverage for judged in lines),
        sum(judged.sure_mistakes for judged in lines),
    )


@cache
def alone_and_together(place: str) -> tuple[Outcome, Outcome]:
    """Return what a sensor answers by itself, and what with a poor track beside it, over all plans."""
    alone, beside = [], []
    for plan in PLANS:
        found = scenes.recorded(scenes.course(plan, 1), place, Sky(6.0), seed=1)
        lonely = replace(found, recording=replace(found.recording, streams=found.recording.streams[1:]))
        alone.append(judge(lonely).pure)
        beside.append(judge(found).pure)
    return together(alone), together(beside)
