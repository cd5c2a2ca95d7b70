"""Initial contacts with their times, from whatever inertial sensor was worn: steps, cadence, time on the ground."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from backward_running.core.recording import FloatArray, Recording, Stream
from backward_running.gait import foot_sensor, shank_and_thigh_sensor
from backward_running.gait._leg import SLOWEST, leg_of
from backward_running.gait._proposal import proposal
from backward_running.signals.six_axis import SixAxis, six_axis
from backward_running.signals.window import moving_mean, moving_minimum

TRUNK_PLACES = frozenset(
    {"waist", "lower_back", "hip", "pelvis", "chest", "back", "upper_back", "sternum"}
)  #: of these any mounting will do
BOUNCE_WINDOW_S, TREND_WINDOW_S = 0.16, 0.8
LEAST_BOUNCE = proposal(
    "step_least_bounce_mps2", 0.45, "m s⁻²", "A trunk that is carried over a slow step is pushed by 0.45 m/s² or more."
)
SHORTEST_STEP = proposal("step_shortest_s", 0.25, "s", "Nobody takes more than four steps a second for long.")
LONGEST_STEP = proposal(
    "step_longest_s", 1.5, "s", "Contacts more than 1.5 s apart do not belong to the same walk: nobody stepped between."
)


class Steps(NamedTuple):
    """Initial contacts in order of time, and what each stands for."""

    contact_s: FloatArray  #: (k,) when a foot met the ground
    steps_per_contact: float  #: 2 where one leg is seen, 1 where both are
    ground_s: FloatArray  #: (k,) how long that foot stayed down; NaN where it cannot be seen
    flight_s: FloatArray  #: (k,) how long no foot was down in each step from there on; 0 walking, NaN unknown
    worn_s: tuple[float, float]  #: from when until when the sensor wrote
    found_by: str  #: the place of the sensor

    def count_until(self, moments_s: FloatArray) -> FloatArray:
        """Return how many steps were taken until each moment; between two contacts of a walk they grow evenly."""
        if len(self.contact_s) == 0:
            return np.zeros(len(moments_s))
        longest_s = LONGEST_STEP.value * self.steps_per_contact
        gap_s = np.diff(self.contact_s, append=np.inf)
        lasts_s = np.where(gap_s <= longest_s, gap_s, np.minimum(np.roll(gap_s, 1), longest_s))
        lasts_s[~np.isfinite(lasts_s) | (lasts_s <= 0.0)] = 0.5 * self.steps_per_contact
        lasts_s = np.minimum(lasts_s, gap_s)
        clock_s = np.column_stack([self.contact_s, self.contact_s + lasts_s]).ravel()
        count = np.repeat(np.arange(len(self.contact_s) + 1), 2)[1:-1] * self.steps_per_contact
        return np.asarray(np.interp(moments_s, clock_s, count))

    def between(self, borders_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the steps, and their median cadence in steps per minute, between each two borders.

        NaN where the sensor was not worn for half of the time; a cadence needs three contacts of one walk.
        """
        starts_s, ends_s = borders_s[:-1], borders_s[1:]
        worn_s = np.minimum(ends_s, self.worn_s[1]) - np.maximum(starts_s, self.worn_s[0])
        was_worn = worn_s >= 0.5 * (ends_s - starts_s)
        steps = np.where(was_worn, np.diff(self.count_until(borders_s)), np.nan)
        first, last = np.searchsorted(self.contact_s, starts_s), np.searchsorted(self.contact_s, ends_s)
        longest_s = LONGEST_STEP.value * self.steps_per_contact
        cadence = np.full(len(starts_s), np.nan)
        for number in np.flatnonzero(was_worn & (last - first >= 3)):
            gaps_s = np.diff(self.contact_s[first[number] : last[number]])
            gaps_s = gaps_s[gaps_s <= longest_s]
            if len(gaps_s) >= 2:
                cadence[number] = 60.0 * self.steps_per_contact / np.median(gaps_s)
        return steps, cadence


def find_steps(recording: Recording) -> Steps | None:
    """Find the initial contacts from the sensor that shows them best: feet, then shanks, then the trunk.

    Parameters
    ----------
    recording : Recording
        With six axes of a foot, a shank or the trunk, in any mounting.

    Returns
    -------
    Steps or None
        None where no such sensor was worn, or none shows a step.

    Notes
    -----
    A foot is off the ground while it is fast (see ``_strides``): when it becomes slow again is its contact, whatever
    the direction, and however softly it lands. A trunk is pushed up once in every step: the peaks of its total force
    are counted, which needs no mounting; they lie within a step of the contact and are not told apart from it.
    """
    for places, lever_m in (
        (foot_sensor.PLACES, 0.0),
        (shank_and_thigh_sensor.SHANKS, shank_and_thigh_sensor.ANKLE_BELOW.value),
    ):
        legs = [_of_leg(stream, lever_m) for stream in recording.streams if stream.place in places]
        found = _together([leg for leg in legs if leg is not None])
        if found is not None:
            return found
    trunks = (_of_trunk(stream) for stream in recording.streams if stream.place in TRUNK_PLACES)
    return next((trunk for trunk in trunks if trunk is not None), None)


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
    return Steps(contact_s, 2.0, ground_s, flight_s, _worn_s(stream), stream.place)


def _together(legs: list[Steps]) -> Steps | None:
    """Put two feet together. Of more than two sensors the first two count: they may sit on the same leg."""
    sides = {leg.found_by: leg for leg in reversed(legs)}
    chosen = list(sides.values())[:2]
    if not chosen:
        return None
    if len(chosen) == 1 or not all("_" in leg.found_by for leg in chosen):
        return chosen[0]
    order = np.argsort(np.concatenate([leg.contact_s for leg in chosen]), kind="stable")
    contact_s, ground_s, flight_s = (
        np.concatenate(rows)[order]
        for rows in zip(*((leg.contact_s, leg.ground_s, leg.flight_s) for leg in chosen), strict=True)
    )
    worn_s = (max(leg.worn_s[0] for leg in chosen), min(leg.worn_s[1] for leg in chosen))
    return Steps(contact_s, 1.0, ground_s, flight_s, worn_s, " and ".join(leg.found_by for leg in chosen))


def _worn_s(stream: Stream) -> tuple[float, float]:
    return float(stream.time_s[0]), float(stream.time_s[-1])


def _of_trunk(stream: Stream) -> Steps | None:
    axes = six_axis(stream)
    if axes is None:
        return None
    contact_s = axes.time_s[_pushes(axes)]
    unknown = np.full(len(contact_s), np.nan)
    return Steps(contact_s, 1.0, unknown, unknown, _worn_s(stream), stream.place) if len(contact_s) else None


def _pushes(axes: SixAxis) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the samples at which the total force peaks, one in each step."""
    total = np.sqrt(np.einsum("ij,ij->j", axes.force_mps2, axes.force_mps2))
    bounce = _passed(total, axes.step_s)
    reach = max(round(SHORTEST_STEP.value / axes.step_s), 1)
    is_peak = (bounce >= -moving_minimum(-bounce, reach)) & (bounce >= LEAST_BOUNCE.value) & axes.known
    at = np.flatnonzero(is_peak)
    return at[np.diff(at, prepend=-reach - 1) > reach]


def _passed(values: FloatArray, step_s: float) -> FloatArray:
    """Keep what lies between the pace of a slow walk and the clatter of a step."""
    smooth = values
    for _ in range(2):
        smooth = moving_mean(smooth, max(round(BOUNCE_WINDOW_S / step_s), 1))
    return smooth - moving_mean(smooth, max(round(TREND_WINDOW_S / step_s), 1))
