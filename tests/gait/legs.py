"""A leg of two links and a foot that walks or runs, and what sensors on it would say. Backward is it played in reverse.

It is made of geometry alone (where the hip is, where the foot is set down, how long the links are): nothing of it was
fitted to a recording, so it tests the mechanics and not a memory.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from backward_running.core.recording import Stream

G = 9.80665
FINE_S = 0.0025
SIX_AXES = ("acc_x_mps2", "acc_y_mps2", "acc_z_mps2", "gyr_x_radps", "gyr_y_radps", "gyr_z_radps")


@dataclass(frozen=True)
class Leg:
    """A person on the move, at a constant speed. Lengths in metres."""

    speed_mps: float = 1.3  #: negative is backward
    stride_s: float = 1.1
    stance_share: float = 0.62
    thigh_m: float = 0.42
    shank_m: float = 0.43
    lift_m: float = 0.12
    toe_down_rad: float = 0.9
    bounce_m: float = 0.02

    @classmethod
    def walks(cls, *, backward: bool = False) -> Leg:
        return cls(speed_mps=-1.0, stride_s=1.2, toe_down_rad=0.6) if backward else cls()

    @classmethod
    def runs(cls, *, backward: bool = False) -> Leg:
        speed = -2.6 if backward else 3.2
        return cls(speed_mps=speed, stride_s=0.68, stance_share=0.38, lift_m=0.22, toe_down_rad=1.1, bounce_m=0.05)

    def sensor(self, place: str, time_s: np.ndarray) -> np.ndarray:
        """(6, n): specific force and angular rate in the segment's own frame, x right, y forward, z up."""
        cycle_s = np.arange(0.0, self.stride_s, FINE_S)
        cycle_s *= self.stride_s / (len(cycle_s) * FINE_S)  # the strides join without a step
        step_s = cycle_s[1] - cycle_s[0]
        along, height, angle = self._point(place, cycle_s)
        travelled = abs(self.speed_mps) * cycle_s  # the point goes round in the frame that travels along
        along = _smooth(along - travelled)
        height, angle = _smooth(height), _smooth(angle)
        push, rise, rate = _second(along, step_s), _second(height, step_s), _first(angle, step_s)
        if self.speed_mps < 0:  # in reverse: accelerations stay, rates change their sign
            push, rise, rate, angle = push[::-1], rise[::-1], -rate[::-1], angle[::-1]
        force_y = np.cos(angle) * push + np.sin(angle) * (rise + G)
        force_z = -np.sin(angle) * push + np.cos(angle) * (rise + G)
        still = np.zeros(len(cycle_s))
        rows = (still, force_y, force_z, rate, still, still)
        return np.array([np.interp(time_s, cycle_s, row, period=self.stride_s) for row in rows])

    def _point(self, place: str, time_s: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where a sensor is and how its segment is pitched (toes or knee up is positive), going forward."""
        phase = time_s / self.stride_s
        swing = np.clip((phase - self.stance_share) / (1 - self.stance_share), 0.0, 1.0)
        stride_m = abs(self.speed_mps) * self.stride_s
        ankle_y = stride_m * (10 * swing**3 - 15 * swing**4 + 6 * swing**5)
        ankle_z = 0.08 + self.lift_m * np.sin(np.pi * swing) ** 2 * (1.0 + 0.5 * np.cos(np.pi * swing))
        foot = -self.toe_down_rad * np.sin(np.pi * swing) ** 2 + 0.3 * np.sin(np.pi * swing**3)
        if place.startswith("foot"):
            return ankle_y + 0.1 * np.cos(foot), ankle_z + 0.1 * np.sin(foot), foot
        hip_y = stride_m * (phase - self.stance_share / 2)
        hip_z = 0.08 + 0.93 * (self.thigh_m + self.shank_m) - self.bounce_m * np.cos(4 * np.pi * phase)
        reach_y, reach_z = hip_y - ankle_y, hip_z - ankle_z
        reach = np.minimum(np.hypot(reach_y, reach_z), 0.995 * (self.thigh_m + self.shank_m))
        lean = np.arctan2(-reach_y, reach_z)  # of the line from ankle to hip
        # The knee bends forward only: seen from the ankle it lies ahead of that line.
        cosine = (self.shank_m**2 + reach**2 - self.thigh_m**2) / (2 * self.shank_m * reach)
        shank = lean - np.arccos(np.clip(cosine, -1.0, 1.0))
        knee_y, knee_z = ankle_y - self.shank_m * np.sin(shank), ankle_z + self.shank_m * np.cos(shank)
        if place.startswith("shank"):
            return ankle_y + 0.6 * (knee_y - ankle_y), ankle_z + 0.6 * (knee_z - ankle_z), shank
        thigh = np.arctan2(-(hip_y - knee_y), hip_z - knee_z)
        return (hip_y + knee_y) / 2, (hip_z + knee_z) / 2, thigh


def _smooth(values: np.ndarray) -> np.ndarray:
    """Take off what is above 12 times the stride: skin and straps do."""
    waves = np.fft.rfft(values)
    waves[13:] = 0.0
    return np.fft.irfft(waves, len(values))


def _first(values: np.ndarray, step_s: float) -> np.ndarray:
    return (np.roll(values, -1) - np.roll(values, 1)) / (2 * step_s)


def _second(values: np.ndarray, step_s: float) -> np.ndarray:
    return (np.roll(values, -1) - 2 * values + np.roll(values, 1)) / step_s**2


def sensor_stream(
    place: str,
    moves: np.ndarray,
    time_s: np.ndarray,
    *,
    mount_known: bool = True,
    turned: np.ndarray | None = None,
    noise: float = 0.0,
    seed: int = 5,
) -> Stream:
    """A stream of a strapped sensor, turned and noisy as asked."""
    rng = np.random.default_rng(seed)
    moves = moves + noise * rng.normal(0.0, 1.0, moves.shape) * np.array([[0.5]] * 3 + [[0.05]] * 3)
    if turned is not None:
        moves = np.concatenate([turned @ moves[:3], turned @ moves[3:]])
    columns = {name: row.copy() for name, row in zip(SIX_AXES, moves, strict=True)}
    return Stream(place, "body" if mount_known else "sensor", time_s, columns, mount_known)


def any_turn(seed: int) -> np.ndarray:
    """A random rotation of three axes."""
    q, r = np.linalg.qr(np.random.default_rng(seed).normal(size=(3, 3)))
    q = q * np.sign(np.diag(r))
    return q if np.linalg.det(q) > 0 else -q
