"""Fit how the odd marks of people who go forward lie, and test every person on a fit without them.

Run it with ``python -m validation.fit_odd_marks``. Only forward recordings are fitted: marks that are odd in time need
no others. Every person counts equally; the actor is one person, however many styles there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.recording import Stream
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.gait.steps.sensor_lag import in_step
from backward_running.gait.steps.time_odd_features import MARKS, OddMarks, odd_marks
from backward_running.gait.steps.time_odd_log_odds import Known, compared
from backward_running.gait.steps.time_odd_reference import LOWER_LEG, THIGH_IN_STEP
from backward_running.signals.six_axis import six_axis
from validation import _labelled as data
from validation import _people as people
from validation._labelled import RATE_HZ, Motion
from validation._loops import OPEN_RAD, best_loops, loop, steady_parts
from validation._scores import Way

LOOP_S = 12.0  #: a steady part of a clip is repeated so long
INDEPENDENT = 2.0  #: windows of a stretch that are worth as much as so many independent ones
LEAST_VARIANCE = 0.005  #: what nobody has measured differs by so much too
LEAST_PART_S = 2.5


class Part(NamedTuple):
    """A steady stretch of one person with one sensor."""

    person: str  #: the man, the actor, ipol 1, …; what is left out is left out whole
    manner: str  #: person and style: what makes the spread between people
    place: str
    runs: bool
    forward: bool
    stream: Stream


@cache
def parts() -> tuple[Part, ...]:
    """Return the steady stretches of everybody."""
    return (*_of_motions(), *_of_walkers(), *_of_pockets())


def _of_motions() -> Iterator[Part]:
    for clip in data.clips():
        yield from _of_motion("man", "man", clip)
    for style in people.STYLES:
        for kind in people.KINDS:
            yield from _of_motion("actor", f"actor {style}", people.actor(style, kind))


def _of_motion(person: str, manner: str, clip: Motion) -> Iterator[Part]:
    for part in steady_parts([clip]):
        if part.way[0] not in (Way.FORWARD, Way.BACKWARD) or not best_loops(part)[0][2] <= OPEN_RAD:
            continue
        whole = loop(part, LOOP_S)
        for place, rows in whole.sensors.items():
            forward = bool(part.way[0] == Way.FORWARD)
            yield Part(person, manner, place, bool(part.runs[0]), forward, data.stream(place, rows))


def _of_walkers() -> Iterator[Part]:
    for walk in [
        *data.ipol(mount_known=True),
        *data.gaitmap_feet(mount_known=True),
        *data.mobgap_backs(mount_known=True),
    ]:
        worn = walk.recording.streams[0]
        person = person_of(walk.name)
        goes = np.flatnonzero(walk.way == Way.FORWARD)
        for at in np.split(goes, np.flatnonzero(np.diff(goes) > 1) + 1):
            if len(at) >= LEAST_PART_S * RATE_HZ:
                yield Part(person, person, worn.place, False, True, _cut(worn, at[50], at[-50]))


def person_of(name: str) -> str:
    """Return who walks in a recording of real sensors, by its name."""
    words = name.split()
    return {"ipol": f"ipol {words[1][0]}", "mobgap": " ".join(words[:3])}.get(words[0], words[0])


def _cut(worn: Stream, first: int, last: int) -> Stream:
    rows = {name: values[first:last].copy() for name, values in worn.columns.items()}
    return Stream(worn.place, worn.frame, worn.time_s[first:last] - worn.time_s[first], rows, worn.mount_known)


def _of_pockets() -> Iterator[Part]:
    for jogging in (False, True):
        for person, walk in people.pockets(jogging=jogging):
            name = f"pocket {person}"
            yield Part(name, name, "thigh_right", jogging, True, walk.recording.streams[0])


def chosen(places: tuple[str, ...], *, runs: bool | None) -> list[Part]:
    """Return the parts of some places: walking, running or, for None, both."""
    return [part for part in parts() if part.place.startswith(places) and runs in (None, part.runs)]


@cache
def measured(part: Part, *, as_it_came: bool = False) -> OddMarks | None:
    """Return what is measured of a part, as the detectors do it: a thigh is moved into step unless it is asked for."""
    axes = six_axis(part.stream)
    if axes is None:
        return None
    is_moved = part.place.startswith("thigh") and not as_it_came
    return odd_marks(in_step(axes) if is_moved else axes, is_in_step=is_moved)


def _marks(part: Part) -> FloatArray:
    found = measured(part)
    return np.zeros((len(MARKS), 0)) if found is None else found.values[:, found.is_limb]


def fitted(model: Known, some: Sequence[Part]) -> Known:
    """Fit the forward parts of some people.

    Parameters
    ----------
    model : Known
        Whose marks, pooling and limits are kept.
    some : sequence of Part
        Only those that go forward are looked at.

    Returns
    -------
    Known
        The spread is that between people and manners, each person counted once, and a share of that within a person.
    """
    rows = [MARKS.index(name) for name in model.marks]
    groups: dict[tuple[str, str, str, bool], list[FloatArray]] = {}
    for part in some:
        if part.forward and _marks(part).shape[1]:
            groups.setdefault((part.person, part.manner, part.place[:4], part.runs), []).append(_marks(part)[rows])
    together = {key: np.concatenate(found, axis=1) for key, found in groups.items()}
    each = Counter(key[0] for key in together)
    weight = np.array([1.0 / each[key[0]] for key in together])
    weight /= weight.sum()
    means = np.stack([found.mean(axis=1) for found in together.values()], axis=1)
    mean = means @ weight
    off = means - mean[:, None]
    between = (off * weight) @ off.T * len(each) / max(len(each) - 1, 1)
    within = sum(
        share * np.atleast_2d(np.cov(found))
        for share, found in zip(weight, together.values(), strict=True)
        if found.shape[1] > len(rows)
    )
    return _as_numbers(model, mean, between + within / INDEPENDENT + LEAST_VARIANCE * np.eye(len(rows)))


def _as_numbers(model: Known, mean: FloatArray, covariance: FloatArray) -> Known:
    source = own_proposal("validation.refit", "Fitted anew.")

    def numbers(values: FloatArray) -> tuple[Number, ...]:
        return tuple(Number(f"refit_{k}", float(value), "1", source) for k, value in enumerate(values))

    return model._replace(typical=numbers(mean), spread=numbers(covariance[np.tril_indices(len(mean))]))


def sign_test(known: Known, some: Sequence[Part]) -> tuple[str, str, str]:
    """Return what single windows of one person show of a fit that has not seen them.

    Parameters
    ----------
    known : Known
        Fitted to others.
    some : sequence of Part
        Of one person.

    Returns
    -------
    tuple of str
        Number of windows, share of them with the right sign, and how far along they lie in the mean (1 is typical).
    """
    rows = [MARKS.index(name) for name in known.marks]
    along = [
        (1.0 if part.forward else -1.0) * compared(_marks(part)[rows], known)[0] for part in some if _marks(part).size
    ]
    every = np.concatenate(along)
    return str(len(every)), f"{(every > 0.0).mean():.3f}", f"{every.mean():.2f}"


#: What is fitted: name, model, places, gait.
GROUPS = (("LOWER_LEG", LOWER_LEG, ("foot", "shank"), None), ("THIGH_IN_STEP", THIGH_IN_STEP, ("thigh",), False))


def main() -> None:
    """Print the fit to everybody, as it stands in ``gait/steps/time_odd_reference.py``."""
    for name, model, places, runs in GROUPS:
        found = fitted(model, chosen(places, runs=runs))
        print(name, model.marks)
        print("   typical", ", ".join(f"{number.value:.3f}" for number in found.typical))
        print("   spread", ", ".join(f"{number.value:.4f}" for number in found.spread))


if __name__ == "__main__":
    main()
