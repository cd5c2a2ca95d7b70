"""Initial contacts with their times, from whatever inertial sensor was worn: steps, cadence, time on the ground."""

from __future__ import annotations

import numpy as np

from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.steps.leg import SLOWEST, leg_of
from backward_running.gait.steps.places import ANKLE_BELOW, ELSEWHERE, FEET, SHANKS, TRUNK
from backward_running.gait.steps.step_series import Steps, worn_s
from backward_running.gait.steps.trunk_contacts import steps_of_trunk

LEGS = FEET | SHANKS
MISSED = proposed_number(
    "step_missed_ratio",
    1.3,
    "1",
    "Legs that show a quarter fewer steps than the trunk missed strides: the trunk counts.",
)


def find_steps(recording: Recording) -> Steps | None:
    """Find the initial contacts from the sensor that shows them best: feet, then shanks, then the trunk.

    Parameters
    ----------
    recording : Recording
        With six axes of a foot, a shank, the trunk, a thigh, or of a phone wherever it is carried, in any mounting.

    Returns
    -------
    Steps or None
        None where no such sensor was worn, or none shows a step.

    Notes
    -----
    A foot is off the ground while it is fast (see ``strides_by_zupt``): when it becomes slow again is its contact,
    whatever the direction, and however softly it lands. A trunk is pushed up once in every step, while it goes to
    and fro sideways once in two: the peaks of its upward force are counted. Up is the mean force of some seconds,
    which needs no mounting. How far apart two peaks have to be follows from the time after which the bounce repeats
    itself, so that neither the quick steps of running backward are taken for strides nor the two pushes of a slow
    step for two steps. The peaks lie within a step of the contact and are not told apart from it.

    A pocket is loaded unequally by its two legs: there the bounce may repeat best after a stride. What is shaken as
    hard as a runner is has at least 130 steps a minute: its rhythm is looked for among those alone, and two pushes
    farther apart are a stride with a step unseen in its middle. A phone whose place is unknown, and which turns like a
    foot or a shank, shows no steps: None.
    """
    for places, lever_m in (
        (FEET, 0.0),
        (SHANKS, ANKLE_BELOW.value),
    ):
        legs = [_of_leg(stream, lever_m) for stream in recording.streams if stream.place in places]
        found = _together([leg for leg in legs if leg is not None])
        if found is not None:
            trunk = _by_trunk(recording)
            missed = trunk is not None and _count(trunk) > MISSED.value * _count(found)
            return trunk if missed else found
    return _by_trunk(recording, elsewhere=True)


def _count(steps: Steps) -> float:
    return len(steps.contact_s) * steps.steps_per_contact


def _by_trunk(recording: Recording, *, elsewhere: bool = False) -> Steps | None:
    """Return the steps that the first trunk shows which shows any; with `elsewhere`, or else what is carried."""
    trunks = [stream for stream in recording.streams if stream.place in TRUNK]
    others = {*TRUNK, *ELSEWHERE, *LEGS}
    carried = [stream for stream in recording.streams if elsewhere and stream.place not in others]
    found_there = (steps_of_trunk(stream) for stream in (*trunks, *carried))
    return next((steps for steps in found_there if steps is not None), None)


def _of_leg(stream: Stream, lever_m: float) -> Steps | None:
    is_known = stream.frame == "body" and stream.mount_known
    leg = leg_of(stream, lever_m if is_known else 0.0)
    if leg is None:
        return None
    some = leg.strides
    way_mps = np.sqrt(np.einsum("ij,ij->j", some.way_m, some.way_m)) / some.duration_s
    goes = np.flatnonzero(way_mps > SLOWEST.value)
    if len(goes) == 0:
        return None
    begin_s = leg.axes.time_s[some.first]
    contact_s = (begin_s + some.land_s)[goes]
    follows = np.zeros(len(goes), dtype=bool)
    follows[:-1] = (goes[1:] == goes[:-1] + 1) & (some.first[goes[1:]] == some.last[goes[:-1]])
    lifted_s, again_s = (np.append(row[goes][1:], np.nan) for row in (begin_s + some.lift_s, begin_s + some.land_s))
    ground_s = np.where(follows, lifted_s - contact_s, np.nan)
    flight_s = np.maximum((again_s - contact_s) / 2 - ground_s, 0.0)
    return Steps(contact_s, 2.0, ground_s, flight_s, worn_s(stream), (stream.place,))


def _together(legs: list[Steps]) -> Steps | None:
    """Put two feet together. Of more than two sensors the first two count: they may sit on the same leg."""
    sides = {leg.places: leg for leg in reversed(legs)}
    chosen = list(sides.values())[:2]
    if not chosen:
        return None
    if len(chosen) == 1 or not all("_" in leg.places[0] for leg in chosen):
        return chosen[0]
    order = np.argsort(np.concatenate([leg.contact_s for leg in chosen]), kind="stable")
    contact_s, ground_s, flight_s = (
        np.concatenate(rows)[order]
        for rows in zip(*((leg.contact_s, leg.ground_s, leg.flight_s) for leg in chosen), strict=True)
    )
    worn_s = (max(leg.worn_s[0] for leg in chosen), min(leg.worn_s[1] for leg in chosen))
    return Steps(contact_s, 1.0, ground_s, flight_s, worn_s, tuple(place for leg in chosen for place in leg.places))
