"""Sensors that are claimed to sit as they should and sit the other way round, turned by half about the plumb line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from backward_running.core.names import ACCELERATION, ANGULAR_RATE
from backward_running.core.recording import Stream
from validation import _labelled as data
from validation._left_out import KNOWN_MOUNTS, TRUNKS, Judged, judged_as_it_is, left_out, people
from validation.fit_odd_marks import Part, parts

PLACES = ("foot", "shank", "thigh", "waist", "chest")
LEVEL = (*ACCELERATION[:2], *ANGULAR_RATE[:2])
LONG_S = 60.0
HEADER = (
    "place",
    "gait and way",
    "stretches",
    "as claimed: told right · wrong",
    "nothing told to any of it",
    "the other way round: told right · wrong",
    "wrong bouts of 5 s with p ≥ 0.9",
)


def half_turn(worn: Stream) -> Stream:
    """Return a sensor that sits the other way round and does not say so."""
    columns = {name: -values if name in LEVEL else values for name, values in worn.columns.items()}
    return replace(worn, columns=columns)


@cache
def _both() -> tuple[tuple[Part, Judged, Judged], ...]:
    """Judge everybody as claimed and the other way round; of trunks what one person did, put end to end."""
    found = []
    for person in people():
        if not person.startswith(KNOWN_MOUNTS):
            continue
        mine = [part for part in parts() if part.person == person]
        with left_out(person):
            for part in (*[part for part in mine if not part.place.startswith(TRUNKS)], *_long(mine)):
                found.append((part, judged_as_it_is(part, part.stream), judged_as_it_is(part, half_turn(part.stream))))
    return tuple(found)


def _long(mine: Sequence[Part]) -> Iterator[Part]:
    """Yield the stretches of trunks end to end: what was gone one way in one gait at one place."""
    groups: dict[tuple[str, bool, bool], list[Part]] = {}
    for part in mine:
        if part.place.startswith(TRUNKS):
            groups.setdefault((part.place, part.runs, part.forward), []).append(part)
    for some in groups.values():
        rows = np.vstack([np.stack([part.stream.columns[name] for name in data.AXES], axis=1) for part in some])
        if len(rows) >= LONG_S * data.RATE_HZ:
            yield some[0]._replace(stream=data.stream(some[0].place, rows))


def rows() -> Iterator[tuple[str, ...]]:
    """Yield one row for each place, gait and way."""
    for place in PLACES:
        for runs in (False, True):
            for forward in (True, False):
                some = [
                    (proper, turned)
                    for part, proper, turned in _both()
                    if part.place.startswith(place) and part.runs is runs and part.forward is forward
                ]
                if some and not (runs and place in (*TRUNKS, "thigh")):  # running, these say nothing
                    way = ("running " if runs else "walking ") + ("forward" if forward else "backward")
                    proper, turned = zip(*some, strict=True)
                    silent = sum(judged.right_s + judged.wrong_s == 0.0 for judged in proper)
                    sure = str(sum(judged.sure_mistakes for judged in turned))
                    yield place, way, str(len(some)), _told(proper), str(silent), _told(turned), sure


def _told(some: Sequence[Judged]) -> str:
    asked_s = sum(judged.asked_s for judged in some)
    shares = (sum(judged.right_s for judged in some) / asked_s, sum(judged.wrong_s for judged in some) / asked_s)
    return " · ".join(f"{100.0 * share:.0f} %" for share in shares)
