"""What was asked for beside what was measured, everybody judged by a fit without them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from validation import _satellites as satellites
from validation._left_out import Judged, Sum, judged, people, summed
from validation._tables import number, pair, reached

Line = tuple[str, str, str, str, str, str]
HEADER = ("source", "asked", "measured, people count equally", "worst person", "calibration error", "reached")
FOOT, SHANK, THIGH, TRUNK = ("foot",), ("shank",), ("thigh",), ("waist", "chest")
PER_PERSON = (
    "person",
    "place",
    "gait and way",
    "mounting",
    "hours",
    "accuracy · coverage",
    "calibration error",
    "sure",
)


def by_person(wanted: Callable[[Judged], bool], rate_hz: float = 100.0) -> dict[str, Sum]:
    """Return what was answered to each person where it was asked at all."""
    found = {
        person: [found for found in judged(rate_hz) if found.part.person == person and wanted(found)]
        for person in people()
    }
    return {person: summed(some) for person, some in found.items() if some}


def lines() -> Iterator[Line]:
    """Yield one line for each number that was asked for of bodies."""
    for places in (FOOT, SHANK):
        for known in (True, False):
            yield _line(f"{places[0]}, mounting {_said(known)}", places, known, None, 0.98, 0.95)
            yield _line(f"{places[0]}, mounting {_said(known)}, running, 25 Hz", places, known, True, 0.98, 0.95, 25.0)
    yield _line("thigh or pocket, walking, mounting known", THIGH, True, False, 0.97, 0.90)
    yield _line("thigh or pocket, walking, mounting unknown", THIGH, False, False, 0.95, 0.80)
    yield _unknown("thigh or pocket, running", THIGH, (True, False))
    yield _line("waist, chest, walking, mounting known", TRUNK, True, False, 0.92, 0.85)
    yield _unknown("waist, chest, running", TRUNK, (True, False))
    yield from _with_satellites()
    mistakes = sum(found.sure_mistakes for found in judged()) + satellites.worst()[3]
    yield (
        "bouts of 5 s, wrong with p ≥ 0.9, sensors that sit as claimed",
        "0",
        str(mistakes),
        "",
        "",
        reached(mistakes == 0),
    )
    yield from _calibrated()
    name, error = worst_calibration()
    yield (
        "calibration error, worst place, gait and mounting",
        "≤ 0.05",
        name,
        "",
        number(error, 3),
        reached(error <= 0.05),
    )


def _said(known: bool) -> str:
    return "known" if known else "unknown"


def _line(
    name: str,
    places: tuple[str, ...],
    known: bool,
    runs: bool | None,
    accuracy: float,
    covered: float,
    hz: float = 100.0,
) -> Line:
    each = by_person(
        lambda found: (
            found.part.place.startswith(places) and found.mount_known is known and runs in (None, found.part.runs)
        ),
        hz,
    )
    got, seen = (
        _mean([outcome.accuracy for outcome in each.values()]),
        _mean([outcome.coverage for outcome in each.values()]),
    )
    worst = min(each, key=lambda person: (_or_one(each[person].accuracy), each[person].coverage))
    thin = min(each, key=lambda person: each[person].coverage)
    error = _mean([outcome.calibration_error for outcome in each.values()])
    return (
        name,
        f"≥ {accuracy:g} · ≥ {100 * covered:.0f} %",
        pair(got, seen),
        f"{worst} {pair(each[worst].accuracy, each[worst].coverage)}; least covered {thin} "
        f"{100 * each[thin].coverage:.0f} %; {_of(each)}",
        number(error, 3),
        reached(got >= accuracy and seen >= covered),
    )


def _of(each: Mapping[str, Sum]) -> str:
    """Say of how many people and hours a line is, so that nobody reads certainty into 1.000."""
    return f"n = {len(each)}, {number(sum(outcome.hours for outcome in each.values()))} h"


def _unknown(name: str, places: tuple[str, ...], mounts: tuple[bool, ...]) -> Line:
    each = by_person(
        lambda found: found.part.place.startswith(places) and found.part.runs and found.mount_known in mounts
    )
    unknown = 1.0 - _mean([outcome.coverage for outcome in each.values()])
    worst = max(each, key=lambda person: each[person].coverage)
    said = f"unknown {100 * unknown:.0f} %"
    return (
        name,
        "unknown ≥ 90 %",
        said,
        f"{worst} {100 - 100 * each[worst].coverage:.0f} %",
        "",
        reached(unknown >= 0.9),
    )


def _with_satellites() -> Iterator[Line]:
    (least_name, least), (thin_name, thin), reversed_s, _ = satellites.worst()
    yield (
        "unknown mounting, satellites and gyroscope, worst scene after one mark",
        "≥ 0.97 · ≥ 90 %",
        f"{number(least.accuracy, 3)} ({least_name}) · {100 * thin.coverage:.0f} % ({thin_name})",
        "",
        "",
        reached(least.accuracy >= 0.97 and thin.coverage >= 0.9),
    )
    yield "before it, reversed above 0.6", "0 s", f"{reversed_s} s", "", "", reached(reversed_s == 0)
    other = satellites.other_draws()
    yield (
        f"{other.runs} runs of other draws, before · after",
        "0 s · ≥ 0.97 · ≥ 90 %",
        f"{other.reversed_s} s · {number(other.accuracy, 3)} · {100 * other.least_coverage:.0f} % the least",
        f"{other.sure_mistakes} sure mistakes",
        "",
        reached(other.reversed_s == 0 and other.accuracy >= 0.97 and other.least_coverage >= 0.9),
    )
    for place in satellites.ALONE:
        alone, beside = satellites.alone_and_together(place)
        ok = beside.accuracy >= alone.accuracy - 0.001 and beside.coverage >= alone.coverage - 0.001
        said = f"{pair(alone.accuracy, alone.coverage)} → {pair(beside.accuracy, beside.coverage)}"
        yield f"{place} alone → with a poor track, unknown mounting", "no worse", said, "", "", reached(ok)


def _calibrated() -> Iterator[Line]:
    """Yield the calibration error of each place, gait and mounting by itself."""
    for name, (error, hours) in calibration().items():
        if not math.isnan(error):
            said = f"{number(hours)} h answered"
            yield f"calibration error, {name}", "≤ 0.05", said, "", number(error, 3), reached(error <= 0.05)


def worst_calibration() -> tuple[str, float]:
    """Return the place, gait and mounting whose statements are farthest from what came true, people pooled."""
    errors = {name: error for name, (error, _) in calibration().items() if not math.isnan(error)}
    name = max(errors, key=lambda name: errors[name])
    return name, errors[name]


@cache
def calibration() -> dict[str, tuple[float, float]]:
    """Return of each place, gait and mounting the calibration error and the hours that were answered, people pooled."""
    groups: dict[str, list[Judged]] = {}
    for found in judged():
        place, gait = found.part.place.split("_")[0], "running" if found.part.runs else "walking"
        groups.setdefault(f"{place}, {gait}, mounting {_said(found.mount_known)}", []).append(found)
    sums = {name: summed(some) for name, some in groups.items()}
    return {name: (found.calibration_error, found.coverage * found.hours) for name, found in sums.items()}


def each_person() -> Iterator[tuple[str, ...]]:
    """Yield one row for each person, place, gait, way and mounting; of the actor's styles the sum."""
    groups: dict[tuple[str, str, str, bool], list[Judged]] = {}
    for found in judged():
        way = ("running" if found.part.runs else "walking") + (" forward" if found.part.forward else " backward")
        groups.setdefault((found.part.person, found.part.place.split("_")[0], way, found.mount_known), []).append(found)
    for (person, place, way, known), some in groups.items():
        got = summed(some)
        yield (
            person,
            place,
            way,
            _said(known),
            number(got.hours),
            pair(got.accuracy, got.coverage),
            number(got.calibration_error, 3),
            str(got.sure_mistakes),
        )


def signs() -> Iterator[tuple[str, ...]]:
    """Yield the forward sign test: of each person with real sensors, how far along their marks lie, left out."""
    from validation import fit_odd_marks as fit

    for name, model, places, runs in fit.GROUPS:
        for person in people():
            mine = [found for found in fit.chosen(places, runs=runs) if found.person == person]
            if mine:
                others = [found for found in fit.chosen(places, runs=runs) if found.person != person]
                yield name.lower().replace("_", " "), person, *fit.sign_test(fit.fitted(model, others), mine)


def _mean(values: list[float]) -> float:
    known = [value for value in values if not math.isnan(value)]
    return sum(known) / len(known) if known else math.nan


def _or_one(value: float) -> float:
    return 1.0 if math.isnan(value) else value
