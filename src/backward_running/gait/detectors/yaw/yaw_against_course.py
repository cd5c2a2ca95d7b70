"""How the body turns against where it travels: half a turn of one without the other is a change of direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.habits import Habits
from backward_running.core.names import ACCELERATION, ANGULAR_RATE, MAGNETIC_FIELD
from backward_running.core.recording import Recording, Stream
from backward_running.evidence import proposed_number
from backward_running.gait.base import Detector, DirectionHint, Opinion, State
from backward_running.gait.detectors._direction_angle import (
    BACKWARD_IS,
    SIDEWAYS_RARER,
    direction_densities,
    state_log_likelihood,
)
from backward_running.gait.detectors.yaw._borne_out import borne_nat, carried
from backward_running.gait.detectors.yaw._offset_chains import LONGEST_SILENCE, Chains, chains_of
from backward_running.gait.detectors.yaw._same_gait import Pace
from backward_running.gait.detectors.yaw._sign_ambiguity import forward_reasons
from backward_running.gait.detectors.yaw._travel import LEAST_NOISE, travel_of
from backward_running.gait.detectors.yaw._turning_points import at_turning_points
from backward_running.gait.labels.claims import claimed
from backward_running.gait.person.prior import RunnerModel, prior_of
from backward_running.gait.segment.time_base import cell_means, step_of
from backward_running.gait.segment.viterbi import most_likely_path
from backward_running.gait.steps.initial_contacts import find_steps
from backward_running.signals.window import whole_window_means
from backward_running.signals.yaw import Yaw, yaw

YAW_SPREAD = proposed_number(
    "yaw_spread_deg",
    20.0,
    "deg",
    "The swing of a limb, a soft pocket and what is left of the drift turn the body's yaw by about 20°.",
)
SLOWEST = proposed_number(
    "yaw_slowest_mps", 0.4, "m s⁻¹", "Slower than 0.4 m/s the course is too poor to compare anything with."
)
UNREST = proposed_number(
    "yaw_least_unrest_mps2",
    0.4,
    "m s⁻²",
    "A sensor whose acceleration varies by less than 0.4 m/s² lies on a table: its wearer is not known.",
)
TURNING_RATE = proposed_number(
    "yaw_turning_rate_degps",
    70.0,
    "deg s⁻¹",
    "A body that turns about the plumb line faster than 70° a second, its gait averaged out, is turning.",
)
WEAKEST = proposed_number(
    "yaw_weakest_nat",
    0.62,
    "nat",
    "Which of the two constants is forward must be 1.86 to 1 (65 %) before anything is said.",
)
LEAST_HINT = proposed_number(
    "yaw_least_hint_nat", 0.2, "nat", "Of two directions the runner is asked about one that is backward by 11 to 9."
)
COURSE_EVIDENCE = proposed_number(
    "yaw_course_evidence_s", 0.5, "s", "Courses over 2 s, taken half a second apart, count as separate observations."
)
SHORT_BOUT = proposed_number(
    "yaw_expected_bout_s", 20.0, "s", "Before odd moments are taken out, a direction is expected to last 20 s."
)
SHORTEST_BOUT = proposed_number(
    "yaw_shortest_bout_s", 2.0, "s", "A change of direction for 2 s is to be seen even where the odds are low."
)
HELD_SILENCE = proposed_number(
    "yaw_held_silence_s",
    3600.0,
    "s",
    "A yaw that the magnetic field holds is carried over an hour without a course, as in a tunnel or a hall.",
)
#: Which sensor to ask where there are several: the trunk swings least.
PLACES = ("chest", "waist", "lower_back", "back", "unknown", "head", "pocket", "thigh")


def judge(recording: Recording, time_s: FloatArray) -> Opinion | None:
    """Compare the body's yaw with the course, cell by cell, up to one constant that is learned on the way.

    Parameters
    ----------
    recording : Recording
        With acceleration and angular rate in one stream, anyhow mounted anywhere on the body, and fixes or
        ``course_deg`` with ``speed_mps`` in any stream.
    time_s : ndarray, shape (n,)
        A time base.

    Returns
    -------
    Opinion or None
        None without six axes or without a course.

    Valid for
    ---------
    The open air, at speeds at which fixes show a course; recordings in which the direction changes, or is told by
    something else: which of two directions is forward it does not know by itself.

    Notes
    -----
    Yaw minus course is one constant while the person travels forward and the constant 180° away while backward.
    Doubled, the two are one angle, that drifts slowly with the gyroscope and is followed by moving averages; where
    it cannot be followed the chain ends and a new one begins. A magnetometer holds the drift where it is
    believable, and carries a chain over holes and through long silences. A change is placed where the turn, or the
    change of velocity, is half done (``_turning_points``). Within a chain it is certain
    which moments share a direction. Which of the two is forward is told by what was planned and marked, else by other
    sensors that tell directions by themselves, else by the runner's own cadence, where three recordings taught it, and
    by what nobody runs backward. It holds for the whole chain. Which direction was faster, quicker in step or longer is
    no sign: it asks (below :data:`WEAKEST`), and outvotes nobody.
    """
    return judge_person(recording, time_s, None)


def judge_person(recording: Recording, time_s: FloatArray, habits: Habits | None) -> Opinion | None:
    """Judge a person by their own forward speed and cadence too; parameters and answer as of :func:`judge`."""
    if not any(stream.has(*ACCELERATION, *ANGULAR_RATE) for stream in recording.streams):
        return None  # a watch alone: its course is not looked at either
    travel = travel_of(recording, time_s)  # far cheaper than the yaw, which is of no use without it
    turned = None if travel is None else _yaw_of(recording)
    if turned is None or travel is None:
        return None
    angle_rad, piece, rate_degps = _cells_of(turned, time_s)
    speed_mps = np.hypot(travel.east_mps, travel.north_mps)
    # Anticlockwise from east, as the yaw.
    gap_rad = angle_rad - np.arctan2(travel.north_mps, travel.east_mps)
    with np.errstate(invalid="ignore", divide="ignore"):
        spread_rad = np.hypot(np.radians(YAW_SPREAD.value), travel.noise_mps / speed_mps)
        known = np.isfinite(gap_rad) & (speed_mps >= SLOWEST.value)
    # A yaw that is held by the magnetic field does not drift while there is no course.
    silence_s = HELD_SILENCE.value if turned.held.all() else LONGEST_SILENCE.value
    chains = chains_of(gap_rad, 1.0 / spread_rad**2, known, piece, step_of(time_s), longest_silence_s=silence_s)
    settled, changes, is_open = at_turning_points(
        _settled(chains, spread_rad, step_of(time_s)), angle_rad, *travel.near_mps, step_of(time_s), travel.fixes
    )
    spread_rad = np.where(changes, np.radians(YAW_SPREAD.value), spread_rad)
    rate_degps[changes] = 0.0  # half a turn that changes the direction is that change, and no turning beside it
    others = None if habits is None else habits.of(simulated=recording.simulated).without(recording.activity_id)
    prior = prior_of(others) if others is not None and others.traits else None
    borne = borne_nat(chains, settled, speed_mps, travel.error, step_of(time_s))
    settled = carried(settled, borne, step_of(time_s))
    settled = replace(settled, number=np.where(is_open, -1, settled.number))
    waiting = _Waiting(
        settled,
        borne,
        spread_rad,
        rate_degps,
        _pace(recording, time_s, settled, speed_mps, _unrest_of(turned, time_s)),
        _claimed_nat(recording, time_s),
        step_of(time_s),
        prior,
    )
    return waiting.opinion(())


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    """Two directions told apart; which of them is forward is open until all others have spoken."""

    chains: Chains
    borne_nat: FloatArray  #: how surely each stretch lies in its direction, by what the fixes can carry
    spread_rad: FloatArray
    rate_degps: FloatArray
    pace: Pace
    claimed_nat: FloatArray
    step_s: float
    prior: RunnerModel | None

    def opinion(self, others: Sequence[Opinion]) -> Opinion:
        """Return what is known after hearing others.

        Where another sensor answers by itself nothing is added to it: it is not made worse by a track. But the
        runner's own word stands against it.
        """
        sensed_nat = _sensed_nat(others, len(self.claimed_nat))
        told_nat, asked_nat = forward_reasons(
            self.chains, self.pace, self.claimed_nat, self.step_s, self.prior, sensed_nat
        )
        odds = np.where(told_nat != 0.0, told_nat, asked_nat)
        odds = np.clip(odds, -self.borne_nat, self.borne_nat)
        speaks = (self.chains.number >= 0) & (np.abs(odds) >= WEAKEST.value)
        hint = _hint(self.chains, np.where(speaks, 0.0, odds))
        speaks &= (sensed_nat == 0.0) | self._is_stated()
        log_likelihood = np.zeros((len(odds), len(State)))
        log_likelihood[speaks] = _log_likelihood(
            self.chains.gap_rad[speaks], 1.0 / self.spread_rad[speaks] ** 2, odds[speaks], self.rate_degps[speaks]
        )
        evidence_s = _evidence_s(odds[speaks] if speaks.any() else odds)
        return Opinion(DETECTOR.key, log_likelihood, speaks, evidence_s, hint=hint, heard=self.opinion)

    def _is_stated(self) -> BoolArray:
        """Say where the runner said something of the same chain."""
        named = np.unique(self.chains.number[self.claimed_nat != 0.0])
        return np.asarray(np.isin(self.chains.number, named[named >= 0]))


def _sensed_nat(others: Sequence[Opinion], cells: int) -> FloatArray:
    """Return what sensors that tell directions say for forward against backward; what was stated counts elsewhere."""
    total = np.zeros(cells)
    for other in others:
        if other.statement is None and other.speaks.any():
            forward, backward = (
                other.log_likelihood[:, states].max(axis=1)
                for states in ([State.FORWARD_WALK, State.FORWARD_RUN], [State.BACKWARD_WALK, State.BACKWARD_RUN])
            )
            total += np.where(other.speaks, forward - backward, 0.0)
    return total


def _hint(chains: Chains, odds_nat: FloatArray) -> DirectionHint | None:
    """Return the log-odds of backward where there are two directions, and which is which is asked but not told."""
    hint = np.full(len(odds_nat), np.nan)
    open_ = (chains.number >= 0) & (np.abs(odds_nat) >= LEAST_HINT.value)
    for number in np.unique(chains.number[open_]):
        cells = open_ & (chains.number == number)
        first = chains.first[cells]
        if 0 < np.count_nonzero(first) < len(first):
            hint[cells] = np.where(first, -odds_nat[cells], odds_nat[cells])
    return DirectionHint(hint) if np.isfinite(hint).any() else None


def _settled(chains: Chains, spread_rad: FloatArray, step_s: float) -> Chains:
    """Take out odd moments: put the gap of each moment onto the side where its neighbours are."""
    at = np.flatnonzero(chains.number >= 0)
    if len(at) == 0:
        return chains
    first, second, aside = direction_densities(chains.gap_rad[at], 1.0 / spread_rad[at] ** 2)
    scores = np.log(np.column_stack([first, second, aside * np.exp(-SIDEWAYS_RARER.value)]))
    scores *= min(step_s / COURSE_EVIDENCE.value, 1.0)
    path = most_likely_path(scores, np.log(SHORT_BOUT.value / step_s * 2.0))
    side = np.array([0.0, np.pi, np.pi / 2])[path]
    gap = chains.gap_rad.copy()
    strayed = np.where(path == 2, np.abs(np.sin(gap[at])), np.cos(gap[at] - side)) < np.sqrt(0.5)
    gap[at] = np.where(strayed, side, gap[at])
    return Chains(chains.number, gap)


def _evidence_s(odds_nat: FloatArray) -> float:
    """Return how long a row must hold: that a direction changed is far more certain than which of the two it is."""
    if len(odds_nat) == 0:
        return 1.0
    return float(np.clip(SHORTEST_BOUT.value * np.median(np.abs(odds_nat)) / 15.0, 0.1, 1.0))


def _yaw_of(recording: Recording) -> Yaw | None:
    """Return the yaw of the sensor that is best placed and works."""
    able = [stream for stream in recording.streams if stream.has(*ACCELERATION, *ANGULAR_RATE)]
    for stream in sorted(able, key=_rank):
        field = next(
            (other for other in recording.streams if other.place == stream.place and other.has(*MAGNETIC_FIELD)), None
        )
        turned = yaw(stream, stream if stream.has(*MAGNETIC_FIELD) else field)
        if turned is not None:
            return turned
    return None


def _rank(stream: Stream) -> int:
    place = stream.place.split("_left")[0].split("_right")[0]
    return PLACES.index(place) if place in PLACES else len(PLACES)


def _cells_of(turned: Yaw, time_s: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return yaw in the middle of each cell with the gait averaged out, the piece it is of, and how fast it turns."""
    step_s = step_of(time_s)
    usual_s = float(np.median(np.diff(turned.time_s)))
    smooth = whole_window_means(turned.yaw_rad, max(round(1.0 / usual_s), 1))
    middle_s = time_s + step_s / 2.0
    at = np.clip(np.searchsorted(turned.time_s, middle_s), 1, len(turned.time_s) - 1)
    near = np.where(middle_s - turned.time_s[at - 1] < turned.time_s[at] - middle_s, at - 1, at)
    within = np.abs(turned.time_s[near] - middle_s) <= max(step_s / 2.0, 2.0 * usual_s)
    worn = within & (turned.unrest_mps2[near] >= UNREST.value)
    angle = np.where(worn, smooth[near], np.nan)
    reach = max(round(0.5 / usual_s), 1)
    after, before = np.minimum(near + reach, len(smooth) - 1), np.maximum(near - reach, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = (smooth[after] - smooth[before]) / (turned.time_s[after] - turned.time_s[before])
    return angle, turned.piece[near].astype(np.float64), np.nan_to_num(np.abs(np.degrees(rate)), nan=0.0)


def _unrest_of(turned: Yaw, time_s: FloatArray) -> FloatArray:
    """Return how much the sensor is shaken in every cell."""
    at = np.searchsorted(turned.time_s, time_s + step_of(time_s) / 2.0)
    return np.asarray(turned.unrest_mps2[np.minimum(at, len(turned.time_s) - 1)])


def _claimed_nat(recording: Recording, time_s: FloatArray) -> FloatArray:
    found = claimed(recording, time_s)
    return np.zeros(len(time_s)) if found is None else found.forward_nat


def _pace(
    recording: Recording, time_s: FloatArray, chains: Chains, speed_mps: FloatArray, unrest_mps2: FloatArray
) -> Pace:
    """Return how each cell is gone."""
    stepping = recording.stream_with("cadence_spm")
    cadence = np.full(len(time_s), np.nan)
    if stepping is not None:
        cadence = cell_means(stepping.time_s, stepping.columns["cadence_spm"], time_s)
    elif _goes_both_ways(chains) and (steps := find_steps(recording)) is not None:
        cadence = steps.cadence_spm(time_s)
    return Pace(speed_mps, cadence, unrest_mps2)


def _goes_both_ways(chains: Chains) -> bool:
    """Say whether any chain holds two directions: only then is there something to compare."""
    held = chains.number >= 0
    return len(np.unique(chains.number[held] * 2 + chains.first[held])) > len(np.unique(chains.number[held]))


def _log_likelihood(
    gap_rad: FloatArray, concentration: FloatArray, odds_nat: FloatArray, rate_degps: FloatArray
) -> FloatArray:
    """Return the seven columns: two hypotheses about what is forward, weighed by their odds."""
    first, second, aside = direction_densities(gap_rad, concentration)
    share = 1.0 / (1.0 + np.exp(-odds_nat))
    forward, backward = share * first + (1.0 - share) * second, share * second + (1.0 - share) * first
    spinning_nat = np.clip((rate_degps - TURNING_RATE.value) / 10.0, -4.0, 2.0)
    return state_log_likelihood(forward, backward, aside, spinning_nat)


DETECTOR = Detector(
    key="yaw_against_course",
    title="turns against course",
    explains=(
        "Compares how your body turns with how your course turns. It needs a gyroscope anywhere on you, however it "
        "sits, and GNSS; a magnetometer steadies it where its field is believable. A plan, a mark, another sensor or "
        "your own habits tell it which way is forward; without them it asks you."
    ),
    version="4",
    needs=(*ACCELERATION, *ANGULAR_RATE, "course_deg", "speed_mps"),
    uses_mount=False,
    judge=judge,
    evidence=(BACKWARD_IS, YAW_SPREAD.evidence, LEAST_NOISE.evidence),
    judge_person=judge_person,
)
