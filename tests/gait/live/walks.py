"""Walks for the judge that runs along: a phone in a pocket that swings, and fixes, as a page gets them.

Made of geometry alone. ``python -m tests.gait.live.walks`` writes ``tests/vectors/live_direction.json`` anew.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from backward_running.core.direction import Direction
from backward_running.gait.detectors import facing_against_course
from backward_running.gait.detectors.yaw import yaw_against_course
from backward_running.gait.labels import claims
from backward_running.gait.live import judge, stated_sides, turning, two_sides
from backward_running.gait.live import pocket as live_pocket
from backward_running.gait.live.attitude import product, rotated, turned_by
from backward_running.gait.live.judge import LiveJudge, Told
from backward_running.gait.steps import novelty as anybody
from backward_running.gait.steps import time_even_features as manner
from backward_running.gait.steps import time_odd_log_odds as odd_witness
from backward_running.gait.steps.stride_windows import HOP, RATE_HZ, SLOW_SHARE, WINDOW
from backward_running.gait.steps.time_odd_reference import THIGH_WALKING
from backward_running.signals import strapdown

VECTORS = Path(__file__).parents[2] / "vectors" / "live_direction.json"
FORWARD, BACKWARD, UNKNOWN = Direction.FORWARD, Direction.BACKWARD, Direction.UNKNOWN
G = 9.81


@dataclass
class Walk:
    """A way straight on, with turns of the body and of the course at given moments."""

    end_s: float = 60.0
    body: tuple[float, ...] = ()  #: when the body turns by half a turn
    course: tuple[float, ...] = ()  #: when the course reverses
    steps: tuple[tuple[float, Direction], ...] = ((0.0, FORWARD),)
    pauses: tuple[tuple[float, bool], ...] = ()
    rate_hz: float = 25.0
    speed_mps: float = 1.4
    out: tuple[float, float] = (1e9, 1e9)  #: no fixes between
    hole: tuple[float, float] = (1e9, 1e9)  #: no motion between
    rests: tuple[float, float] = (1e9, 1e9)  #: stands between, the phone in the pocket
    seed: int = 1
    in_a_pocket: bool = False  #: moves as pockets do; from the first change of the course on in reverse

    def events(self) -> list[list[Any]]:
        """What a page gets, in order: ["m", at, force, rate], ["f", now, at, speed, course], ["s", at, direction]."""
        found = [["s", at_s, direction.value] for at_s, direction in self.steps]
        found += [["p", at_s, begins] for at_s, begins in self.pauses]
        found += self._fixes() + self._motion()
        return sorted(found, key=lambda event: event[1])

    def _yaw_rad(self, at_s: float) -> float:
        return sum(math.pi * _smooth((at_s - turn_s) / 1.2) for turn_s in self.body) + 0.2 * math.sin(at_s / 9.0)

    def _rests(self, at_s: float) -> bool:
        return self.rests[0] <= at_s < self.rests[1]

    def _motion(self) -> list[list[Any]]:
        rng = np.random.default_rng(self.seed)
        mount = turned_by(tuple(rng.normal(size=3).tolist()), 2.0)
        found = []
        for number in range(int(self.end_s * self.rate_hz)):
            at_s = number / self.rate_hz
            if self.hole[0] <= at_s < self.hole[1]:
                continue
            force, rate = self._felt(at_s)
            force, rate = rotated(mount, force), rotated(mount, rate)
            noise = rng.normal(0.0, [0.05] * 3 + [0.01] * 3)
            found.append([
                "m", at_s,
                [round(value + off, 3) for value, off in zip(force, noise[:3], strict=True)],
                [round(value + off, 4) for value, off in zip(rate, noise[3:], strict=True)],
            ])  # fmt: skip
        return found

    def _felt(self, at_s: float) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
        """Force and rate in the pocket: a swing about the axis across, laid onto the yaw."""
        if self.in_a_pocket:
            return pocket(at_s, 1.0 if not self.course or at_s < self.course[0] else -1.0)
        tiny = 1e-4
        here, there = self._attitude(at_s), self._attitude(at_s + tiny)
        back = (here[0], -here[1], -here[2], -here[3])
        turn = product(back, there)
        rate = tuple(2.0 * part / tiny for part in turn[1:])
        shakes = 0.0 if self._rests(at_s) else 2.5 * math.sin(2.0 * math.pi * 1.8 * at_s)
        return rotated(back, (0.0, 0.0, G + shakes)), (rate[0], rate[1], rate[2])

    def _attitude(self, at_s: float) -> tuple[float, float, float, float]:
        swing = 0.0 if self._rests(at_s) else 0.4 * math.sin(2.0 * math.pi * 0.9 * at_s)
        return product(turned_by((0.0, 0.0, 1.0), self._yaw_rad(at_s)), turned_by((1.0, 0.0, 0.0), swing))

    def _fixes(self) -> list[list[Any]]:
        rng = np.random.default_rng(self.seed + 1)
        found = []
        for at_s in np.arange(0.4, self.end_s - 0.5, 1.0).tolist():
            if self.out[0] <= at_s < self.out[1]:
                continue
            then_s = at_s - 0.5
            reversed_times = sum(_smooth((then_s - turn_s) / 1.0) for turn_s in self.course)
            bend = 0.2 * math.sin(then_s / 9.0)
            speed = self.speed_mps * abs(math.cos(math.pi * reversed_times))
            speed = 0.1 if self._rests(at_s) else max(speed + rng.normal(0.0, 0.1), 0.0)
            course = -math.degrees(bend + math.pi * round(reversed_times)) + rng.normal(0.0, 8.0)
            found.append(["f", round(at_s + 0.3, 3), round(at_s, 3), round(speed, 3), round(course % 360.0, 2)])
        return found


def pocket(at_s: float, sign: float) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Force and rate of a pocket that moves like those of walkers, made of six sines; with −1 played in reverse."""
    w, t = 2.0 * math.pi * 0.832, sign * at_s
    swing = 0.2 * math.sin(w * t) + 0.059 * math.sin(2.0 * w * t + 2.319)
    rate = sign * w * (0.2 * math.cos(w * t) + 0.118 * math.cos(2.0 * w * t + 2.319))
    up = G + 1.004 * math.cos(2.0 * w * t + 1.216) + 1.984 * math.cos(4.0 * w * t + 4.958)
    ahead = 0.682 * math.cos(w * t + 1.422) + 1.58 * math.cos(2.0 * w * t + 5.776)
    yaw, roll = sign * 0.412 * math.cos(w * t + 4.95), sign * 0.173 * math.cos(2.0 * w * t + 3.413)
    force = (
        0.677 * math.cos(w * t + 4.976),
        ahead * math.cos(swing) + up * math.sin(swing),
        up * math.cos(swing) - ahead * math.sin(swing),
    )
    return force, (rate, roll + yaw * math.sin(swing), yaw * math.cos(swing))


def _smooth(share: float) -> float:
    share = min(1.0, max(0.0, share))
    return share - math.sin(2.0 * math.pi * share) / (2.0 * math.pi)


def judged(events: list[list[Any]], end_s: float, *, in_a_pocket: bool = False) -> list[Told]:
    """Let the judge run along."""
    runs = LiveJudge(in_a_pocket=in_a_pocket)
    told: list[Told] = []
    for kind, at_s, *values in events:
        if kind == "m":
            told += runs.take_motion(at_s, tuple(values[0]), tuple(values[1]))
        elif kind == "f":
            told += runs.take_fix(at_s, *values)
        elif kind == "s":
            told += runs.begin_step(at_s, Direction(values[0]))
        else:
            told += runs.pause(at_s, begins=values[0])
    return told + runs.advance(end_s)


def constants() -> dict[str, float]:
    """The numbers that the page has to share."""
    numbers = {
        "hole_s": strapdown.HOLE, "least_gravity_mps2": strapdown.LEAST_GRAVITY,
        "plumb_lag_s": turning.PLUMB_LAG, "posture_lag_s": turning.POSTURE_LAG, "stride_s": turning.STRIDE,
        "offset_gain": two_sides.OFFSET_GAIN, "drift_gain_per_s": two_sides.DRIFT_GAIN,
        "most_drift_radps": two_sides.MOST_DRIFT, "coherence_fixes": two_sides.COHERENCE_LAG,
        "least_coherence": facing_against_course.LEAST_COHERENCE, "settled_s": stated_sides.SETTLED,
        "named_share": claims.NAMED, "turned_share": stated_sides.TURNED,
        "step_full_after_s": stated_sides.FULL_AFTER, "most_stated_nat": stated_sides.MOST_STATED,
        "slowest_mps": yaw_against_course.SLOWEST, "turning_rate_degps": yaw_against_course.TURNING_RATE,
        "unrest_mps2": yaw_against_course.UNREST, "yaw_spread_deg": yaw_against_course.YAW_SPREAD,
        "course_noise_mps": judge.COURSE_NOISE, "course_lag_s": judge.COURSE_LAG,
        "course_holds_s": judge.COURSE_HOLDS, "most_turned_rad": judge.MOST_TURNED,
        "stated_turn_s": judge.STATED_TURN, "strongest_cell_nat": judge.STRONGEST_CELL,
        "changes_share": judge.CHANGES, "changes_unseen_share": judge.CHANGES_UNSEEN, "sure_share": judge.SURE,
        "disagrees_after_s": judge.DISAGREES_AFTER,
    }  # fmt: skip
    values = {name: number.value for name, number in numbers.items()}
    return {"cell_s": judge.CELL_S, "unrest_lag_s": turning.UNREST_LAG_S, **values}


def pocket_constants() -> dict[str, Any]:
    """What the page has to know of walking pockets."""
    known, people = THIGH_WALKING, THIGH_WALKING.people
    assert known.marks == ("A", "C")
    assert np.count_nonzero(people.covariance - np.diag(np.diag(people.covariance))) == 0
    return {
        "step_s": 1.0 / RATE_HZ, "window_s": WINDOW.value, "bridged_cells": live_pocket.BRIDGED,
        "pooled_s": known.pooled_s.value, "pooled_windows": round(known.pooled_s.value / HOP.value),
        "gravity_mps2": STANDARD_GRAVITY_MPS2, "slow_share": SLOW_SHARE.value,
        "calm_mps2": known.calm_mps2.value, "still_radps": known.still_radps.value,
        "hurried_mps3": known.hurried_mps3.value, "typical": known.mean.tolist(),
        "spread": [number.value for number in known.spread], "farthest_squared": odd_witness.FARTHEST.value,
        "least_along": odd_witness.LEAST_ALONG.value, "full_along": odd_witness.FULL_ALONG.value,
        "strongest_nat": odd_witness.STRONGEST.value, "least_heard": odd_witness.LEAST_HEARD,
        "rest_percentile": manner.REST_PERCENTILE, "least_shaking_mps2": manner.LEAST_SHAKING_MPS2,
        "least_swinging_radps": manner.LEAST_SWINGING_RADPS, "least_share": manner.LEAST_SHARE,
        "least_out_of_plane": manner.LEAST_OUT_OF_PLANE, "manner_pooled": anybody.POOLED,
        "manner_least": anybody.LEAST, "manner_farthest_squared": people.farthest.value,
        "manner_typical": people.mean.tolist(), "manner_variance": np.diag(people.covariance).tolist(),
    }  # fmt: skip


WALKS = {
    "a_pocket_alone": Walk(34.0, course=(16.0,), steps=(), out=(0.0, 1e9), hole=(26.0, 26.12), in_a_pocket=True),
    "a_pocket_says_which_side_is_forward": Walk(44.0, course=(28.0,), steps=(), in_a_pocket=True, rate_hz=30.0),
    "turned_as_asked": Walk(48.0, body=(26.0, 38.0), steps=((0.0, FORWARD), (25.0, BACKWARD), (37.0, FORWARD))),
    "not_turned_then_reversed": Walk(
        50.0, course=(40.0,), steps=((0.0, FORWARD), (24.0, BACKWARD)), pauses=((44.0, True), (46.0, False))
    ),
    "hole_outage_and_rest": Walk(46.0, out=(18.0, 24.0), hole=(30.0, 31.2), rests=(37.0, 42.0), rate_hz=20.0),
}


def told_as_rows(told: list[Told]) -> list[list[Any]]:
    """What was told, as the file holds it."""
    return [
        [one.second, one.direction.value, round(one.forward_share, 7), round(one.backward_m, 6), one.disagrees]
        for one in told
    ]


if __name__ == "__main__":
    vectors = [
        {"name": name, "end_s": walk.end_s, "in_a_pocket": walk.in_a_pocket, "events": walk.events(),
         "told": told_as_rows(judged(walk.events(), walk.end_s, in_a_pocket=walk.in_a_pocket))}
        for name, walk in WALKS.items()
    ]  # fmt: skip
    text = json.dumps({"constants": constants(), "pocket": pocket_constants(), "walks": vectors}, separators=(",", ":"))
    VECTORS.write_text(text.replace('["m"', '\n["m"').replace('["f"', '\n["f"') + "\n", encoding="utf-8")
