"""The judge that runs along: forward, backward or unknown for every second, from what has arrived until then."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass

from backward_running.core.direction import Direction
from backward_running.evidence import proposed_number
from backward_running.gait.detectors.facing_against_course import LEAST_COHERENCE
from backward_running.gait.detectors.yaw.yaw_against_course import SLOWEST, TURNING_RATE, UNREST, YAW_SPREAD
from backward_running.gait.live.attitude import Axes
from backward_running.gait.live.pocket import Pocket
from backward_running.gait.live.stated_sides import SETTLED, StatedSides
from backward_running.gait.live.turning import Turning
from backward_running.gait.live.two_sides import TwoSides
from backward_running.gait.steps.time_odd_reference import THIGH_WALKING

CELL_S = 0.25  #: four looks a second: a cue may come no later than a second after what it is about
COURSE_NOISE = proposed_number(
    "live_course_noise_mps", 0.3, "m s⁻¹", "A phone's velocity errs by some 0.3 m/s across its course."
)
COURSE_LAG = proposed_number("live_course_lag_s", 0.5, "s", "A course is that of half a second before its fix.")
COURSE_HOLDS = proposed_number("live_course_holds_s", 3.0, "s", "After three seconds without a fix a course is old.")
MOST_TURNED = proposed_number(
    "live_most_turned_rad",
    1.0,
    "rad",
    "Who turned by more than 57° since the last fix goes on as before, or the other way: the next fix tells which.",
)
STATED_TURN = proposed_number(
    "live_stated_turn_s", 15.0, "s", "A turn within a quarter of a minute of a step that asks for one is that turn."
)
STRONGEST_CELL = proposed_number(
    "live_strongest_cell_nat",
    4.0,
    "nat",
    "A quarter of a second speaks 55 to 1 at most: of 2, 3 and 4 the one that told changes soonest, chosen on "
    "the simulated sessions of docs/validation/live.md.",
)
CHANGES = proposed_number("live_changes_share", 0.01, "1", "In one cell of a hundred, 25 s, somebody turns round.")
CHANGES_UNSEEN = proposed_number(
    "live_changes_unseen_share",
    0.004,
    "1",
    "Who is not seen to turn while there is no course goes on for a minute; after 15 s nothing is said any more.",
)
SURE = proposed_number("live_sure_share", 0.8, "1", "A direction is told from four to one on.")
DISAGREES_AFTER = proposed_number(
    "live_disagrees_after_s", 4.0, "s", "Four seconds on end the other way than the step says are no slip of a sensor."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one second."""

    second: int  #: since the session began
    direction: Direction
    forward_share: float  #: how sure; ½ where nothing is known
    backward_m: float  #: gone backward so far, as far as it was seen
    disagrees: bool  #: whether it goes on to be the other way than the step says


class LiveJudge:
    """Tells the direction of every second from a phone's motion, its course and the steps of a plan.

    Everything is handed over in the order in which it arrives, with the seconds since the session began.

    Notes
    -----
    Yaw minus course lies on one of two sides (:mod:`.two_sides`), followed by a hidden Markov model of two states
    that knows no future. Which side is forward the steps of the plan say (:mod:`.stated_sides`), and a walking pocket
    (:mod:`.pocket`), which answers alone, some seconds late, where there is no course: without both nothing is told.
    Whoever turned since the last fix either changed the direction or went round; until the next fix that is open, but
    where the step has just asked for a turn.

    Valid for a phone that stays where it is on the body, with a gyroscope of 10 Hz and more and fixes on foot.
    """

    def __init__(self, *, in_a_pocket: bool = False) -> None:
        self.backward_m = 0.0
        self.forward_share = 0.5  #: in the last quarter of a second
        self._turning, self._sides, self._stated = Turning(), TwoSides(), StatedSides()
        self._pocket = Pocket() if in_a_pocket else None
        self._same_side_s, self._pocket_nat, self._pocket_s = 0.0, 0.0, 0.0
        self._piece, self._cells, self._first_nat = 0, 0, 0.0
        self._yaws: deque[tuple[float, float]] = deque()  #: the mean yaw of the last seconds, by its middle
        self._course: tuple[float, float, float, float] | None = None  #: when, speed, course, the yaw then
        self._speed_mps: tuple[float, float] | None = None
        self._other_way_s, self._shares, self._paused = 0.0, [0.0, 0.0], False

    def begin_step(self, at_s: float, direction: Direction) -> list[Told]:
        """Begin a planned step; return the seconds that ended before."""
        told = self.advance(at_s)
        self._stated.begin(at_s, direction)
        self._other_way_s = 0.0
        return told

    def pause(self, at_s: float, *, begins: bool) -> list[Told]:
        """Pause, or go on; while paused the plan says nothing, and nothing is counted."""
        told = self.advance(at_s)
        self._paused = begins
        return told

    def take_motion(self, at_s: float, force_mps2: Axes, rate_radps: Axes) -> list[Told]:
        """Take a sample of motion; parameters as of :meth:`.turning.Turning.take`."""
        told = self.advance(at_s)
        self._turning.take(at_s, force_mps2, rate_radps)
        if self._pocket is not None:
            self._pocket.take(at_s, force_mps2, rate_radps)
        return told

    def take_fix(self, now_s: float, at_s: float, speed_mps: float | None, course_deg: float | None) -> list[Told]:
        """Take a fix that arrives at `now_s` and is of `at_s`; None is not known."""
        told = self.advance(now_s)
        if speed_mps is None:
            return told
        self._speed_mps = (at_s, speed_mps)
        yaw = self._yaw_at(at_s - COURSE_LAG.value)
        if course_deg is None or speed_mps < SLOWEST.value or yaw is None:
            return told
        if self._course is not None and at_s <= self._course[0]:
            return told
        # Yaw counts anticlockwise, a course clockwise: their sum is what stays.
        course_rad = -math.radians(course_deg)
        self._course = (at_s, speed_mps, course_rad, yaw[0])
        if yaw[1] < math.radians(TURNING_RATE.value):
            self._sides.take(at_s, yaw[0] - course_rad)
        return told

    def advance(self, now_s: float) -> list[Told]:
        """Let time pass until `now_s`; return the whole seconds that ended."""
        told = []
        while (self._cells + 1) * CELL_S <= now_s:
            self._cells += 1
            share = self._cell(self._cells * CELL_S)
            self._shares = [self._shares[0] + share, self._shares[1] + 1.0]
            if self._shares[1] * CELL_S >= 1.0:
                told.append(self._second(self._shares[0] / self._shares[1]))
                self._shares = [0.0, 0.0]
        return told

    @property
    def now(self) -> Direction:
        """What the last quarter of a second says: for a cue that may not wait for the second to end."""
        return told_by(self.forward_share)

    def _cell(self, now_s: float) -> float:
        if self._turning.piece != self._piece:
            self._lose()
            self._piece = self._turning.piece
        mean = self._turning.mean_yaw_rad()
        is_fresh = self._turning.last_s is not None and now_s - self._turning.last_s <= CELL_S * 2.0
        if mean is None or not is_fresh:
            self.forward_share = 0.5
            return 0.5
        if not self._yaws or mean[0] > self._yaws[-1][0]:
            self._yaws.append(mean)
        while self._yaws[0][0] < now_s - COURSE_HOLDS.value - 2.0:
            self._yaws.popleft()
        self._follow(now_s, mean[1])
        self.forward_share = self._forward_share(now_s)
        return self.forward_share

    def _follow(self, now_s: float, yaw_rad: float) -> None:
        """Move the belief of which side it is by a cell."""
        seen = self._seen_nat(now_s, yaw_rad)
        changes = (CHANGES_UNSEEN if seen is None else CHANGES).value
        share = 1.0 / (1.0 + math.exp(-self._first_nat))
        share = share * (1.0 - changes) + (1.0 - share) * changes
        self._first_nat = math.log(share / (1.0 - share)) + (seen or 0.0)
        if self._sides.coherence < LEAST_COHERENCE.value:
            self._first_nat = 0.0
        elif abs(self._first_nat) >= _SURE_NAT and seen is not None and not self._paused:
            self._stated.count(now_s, CELL_S, first=self._first_nat > 0.0)
        self._follow_pocket()

    def _follow_pocket(self) -> None:
        """Let a pocket say which side is forward, where one side lasted as long as what it pools.

        It is one piece of evidence, however long it speaks: what it says is averaged, and does not add up.
        """
        side = 0.0 if abs(self._first_nat) < _SURE_NAT else math.copysign(1.0, self._first_nat)
        goes_on = side != 0.0 and side * self._same_side_s >= 0.0
        self._same_side_s = (self._same_side_s if goes_on else 0.0) + side * CELL_S
        if self._pocket is None or self._pocket.forward_nat == 0.0:
            return
        if abs(self._same_side_s) >= THIGH_WALKING.pooled_s.value:
            self._pocket_s += CELL_S
            self._pocket_nat += CELL_S / self._pocket_s * (side * self._pocket.forward_nat - self._pocket_nat)

    def _seen_nat(self, now_s: float, yaw_rad: float) -> float | None:
        """Return what yaw against course says for the first side; None where there is no course to compare with."""
        if self._course is None:
            return None
        at_s, speed_mps, course_rad, yaw_then = self._course
        turned = abs(yaw_rad - yaw_then)
        if turned > MOST_TURNED.value and not self._is_asked_to_turn(now_s):
            self._first_nat = 0.0
            return None
        if now_s - at_s > COURSE_HOLDS.value and turned <= MOST_TURNED.value:
            return None
        spread = math.radians(YAW_SPREAD.value) ** 2 + (COURSE_NOISE.value / speed_mps) ** 2
        nat = 2.0 / spread * self._sides.first_side(now_s, yaw_rad - course_rad)
        return max(-STRONGEST_CELL.value, min(STRONGEST_CELL.value, nat))

    def _is_asked_to_turn(self, now_s: float) -> bool:
        stated = self._stated
        return not self._paused and stated.direction is not None and now_s - stated.begun_s <= STATED_TURN.value

    def _forward_share(self, now_s: float) -> float:
        """Return how sure it is that it goes forward."""
        stands = self._speed_mps is not None and (
            now_s - self._speed_mps[0] <= COURSE_HOLDS.value and self._speed_mps[1] < SLOWEST.value
        )
        if stands or self._turning.unrest_mps2 < UNREST.value:
            return 0.5
        first = 1.0 / (1.0 + math.exp(-self._first_nat))
        forward = 1.0 / (1.0 + math.exp(-self._stated.first_is_forward_nat() - self._pocket_nat))
        share = first * forward + (1.0 - first) * (1.0 - forward)
        if self._pocket is None or told_by(share) is not Direction.UNKNOWN or self._has_just_turned():
            return share
        return 1.0 / (1.0 + math.exp(-self._pocket.forward_nat)) if self._pocket.forward_nat else share

    def _has_just_turned(self) -> bool:
        """Say whether the body turned in the last seconds: what a pocket pools is then half of before."""
        return abs(self._yaws[-1][1] - self._yaws[0][1]) > MOST_TURNED.value

    def _second(self, share: float) -> Told:
        second = round(self._cells * CELL_S) - 1
        direction = Direction.UNKNOWN if self._paused else told_by(share)
        if direction is Direction.BACKWARD and self._speed_mps is not None:
            age_s = second + 1.0 - self._speed_mps[0]
            self.backward_m += self._speed_mps[1] if age_s <= COURSE_HOLDS.value else 0.0
        wanted = self._stated.direction
        other = wanted is not None and direction is not Direction.UNKNOWN and direction is not wanted
        settled = second + 1.0 >= self._stated.begun_s + SETTLED.value
        self._other_way_s = self._other_way_s + 1.0 if other and settled else 0.0
        return Told(second, direction, share, self.backward_m, self._other_way_s >= DISAGREES_AFTER.value)

    def _yaw_at(self, at_s: float) -> tuple[float, float] | None:
        """Return the mean yaw about a moment and how fast it turned there; None where it is not kept."""
        if len(self._yaws) < 2:
            return None
        nearest = min(range(len(self._yaws)), key=lambda index: abs(self._yaws[index][0] - at_s))
        if abs(self._yaws[nearest][0] - at_s) > 1.0:
            return None
        left, right = self._yaws[max(nearest - 1, 0)], self._yaws[min(nearest + 1, len(self._yaws) - 1)]
        return self._yaws[nearest][1], abs(right[1] - left[1]) / (right[0] - left[0])

    def _lose(self) -> None:
        """Forget the yaw: between the two sides of a hole nothing is known."""
        self._sides, self._course, self._first_nat = TwoSides(), None, 0.0
        self._yaws.clear()
        self._stated.forget()
        self._same_side_s = self._pocket_nat = self._pocket_s = 0.0


def told_by(forward_share: float) -> Direction:
    """Return the direction where it is sure, and unknown elsewhere."""
    if forward_share >= SURE.value:
        return Direction.FORWARD
    return Direction.BACKWARD if forward_share <= 1.0 - SURE.value else Direction.UNKNOWN


_SURE_NAT = math.log(SURE.value / (1.0 - SURE.value))
