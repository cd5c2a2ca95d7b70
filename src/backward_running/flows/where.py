"""What ground a session asks for, and which of the spots that its runner knows serve it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from backward_running.core.direction import Direction
from backward_running.core.errors import NotFound
from backward_running.core.ground import Daylight, GroundKind
from backward_running.core.plan import Place, Repeat, Step, Workout
from backward_running.core.ports import OwnGround
from backward_running.core.ports.ground import Regions
from backward_running.flows import spots
from backward_running.flows.spots import FoundSpot

#: Our own proposals: the shortest lane of a session, the longest that it asks for, and what a sprint needs to run out.
SHORTEST_M, LONGEST_M, RUN_OUT_M = 20.0, 100.0, 20.0
#: A session's rise is met where the grade of a spot is at most this far from it.
OFF_RATIO = 0.01
#: What the map calls not lit; and how it is said how dark it is.
UNLIT = frozenset({"no", "disused"})
DARKNESS = {Daylight.TWILIGHT: "in twilight", Daylight.DARK: "dark"}
#: How many spots are named.
MOST = 2

_EVERY = tuple(kind for kind in GroundKind if kind is not GroundKind.SERVICE)
_KINDS: dict[Place, tuple[GroundKind, ...]] = {
    Place.FLAT_CLOSED: _EVERY,
    Place.TRACK_OR_GRASS: (GroundKind.TRACK, GroundKind.PITCH, GroundKind.LAWN, GroundKind.SLOPE),
    Place.GENTLE_GRASS_UPHILL: (GroundKind.SLOPE, GroundKind.LAWN),
    Place.EVEN_ROUTE: _EVERY,
}


@dataclass(frozen=True, slots=True)
class Need:
    """What a session asks of its ground."""

    length_m: float  #: at least so long in a straight line
    kinds: tuple[GroundKind, ...]
    grade_low_ratio: float
    grade_high_ratio: float
    bout_m: float | None  #: at most so far is gone backward at once; None where no speed limits it
    sprints: bool  #: some of it is sprinted: not on a treadmill


@dataclass(frozen=True, slots=True)
class Fit:
    """A spot that its runner knows, for a session."""

    found: FoundSpot
    length_m: float  #: of one length of it
    lengths: int | None  #: that make the longest stretch backward; None where that is not known
    lacks: tuple[str, ...]  #: what of the need it does not meet, as far as is known


def need_of(workout: Workout) -> Need | None:
    """Return what a session asks of its ground.

    Parameters
    ----------
    workout : Workout
        The session.

    Returns
    -------
    Need or None
        None where it is done indoors, or nothing in it goes backward.
    """
    kinds = _KINDS.get(workout.place)
    backward = [step for step in _steps(workout) if step.direction is Direction.BACKWARD]
    if kinds is None or not backward:
        return None
    reaches = [_reach_m(step) for step in backward]
    known = [reach for reach in reaches if reach is not None]
    bout_m = max(known) if len(known) == len(reaches) else None
    sprints = any(step.is_sprint for step in backward)
    run_out_m = RUN_OUT_M if sprints else 0.0
    least = SHORTEST_M if workout.place is Place.FLAT_CLOSED or bout_m is None else min(bout_m + run_out_m, LONGEST_M)
    return Need(max(least, SHORTEST_M), kinds, workout.grade_low_ratio, workout.grade_high_ratio, bout_m, sprints)


def best_for(store: OwnGround, regions: Regions | None, workout: Workout) -> tuple[Fit, ...]:
    """Return the spots that serve a session best: only such as their runner knows and put into the plan.

    Parameters
    ----------
    store : OwnGround
        What was ticked, and the runs.
    regions : Regions or None
        The prepared maps; straights of one's own runs need none.
    workout : Workout
        The session.

    Returns
    -------
    tuple of Fit
        At most two; what lacks least first, then by score. None where the session is done indoors.
    """
    need = need_of(workout)
    if need is None:
        return ()
    fits = []
    for key, said in spots.ticked(store).items():
        if said.known and said.in_plan:
            with suppress(NotFound):  # a newer map may have drawn it anew
                fits.append(_fit(spots.find(store, regions, key, on=workout.on), need))
    return tuple(sorted(fits, key=lambda fit: (len(fit.lacks), -fit.found.spot.score))[:MOST])


def _fit(found: FoundSpot, need: Need) -> Fit:
    stretch = found.spot.stretch
    measured = None if found.ticked is None else found.ticked.length_m
    length_m = measured or stretch.length_m
    lengths = None if need.bout_m is None else max(int(need.bout_m // length_m), 1)
    return Fit(found, length_m, lengths, tuple(_lacks(found, need, length_m)))


def _lacks(found: FoundSpot, need: Need, length_m: float) -> Iterator[str]:
    stretch = found.spot.stretch
    if length_m < need.length_m:
        yield f"shorter than the {need.length_m:.0f} m this session asks for"
    if stretch.kind is GroundKind.OWN:
        yield "what ground it is, is unknown"
    elif stretch.kind not in need.kinds:
        yield f"a {stretch.kind.words}, where the session asks for other ground"
    wants_rise = need.grade_low_ratio > 0.0
    if stretch.grade is None:
        if wants_rise:
            yield "its grade is unknown"
    elif not need.grade_low_ratio - OFF_RATIO <= stretch.grade.ratio <= need.grade_high_ratio + OFF_RATIO:
        yield "its grade is not that of the session"
    if found.daylight in (Daylight.TWILIGHT, Daylight.DARK) and stretch.tags.get("lit", "no") in UNLIT:
        lamps = "and not lit" if "lit" in stretch.tags else "and nobody says whether it is lit"
        yield f"{DARKNESS[found.daylight]} at the hour you usually run, {lamps}"


def _reach_m(step: Step) -> float | None:
    """Return how far a step goes at most, m."""
    if step.distance_m is not None:
        return step.distance_m
    if step.duration_s is None or step.speed_high_mps is None:
        return None
    return step.duration_s * step.speed_high_mps


def _steps(workout: Workout) -> Iterator[Step]:
    for piece in workout.pieces:
        if isinstance(piece, Repeat):
            yield from piece.steps
        else:
            yield piece
