"""What moves and is no person on foot: machines, vehicles, toys, an animal, strapped where a person wears a sensor.

Simulated, all of it, by mechanics alone: where a point goes and how it turns, and from that what six axes say. No
number of the program was fitted on any of them. Each generator draws its sizes and its rhythm from a seed, and no cycle
is quite like the one before: people drive some of these machines, and springs and motors are not exact.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.constants import STANDARD_GRAVITY_MPS2
from validation._labelled import RATE_HZ

SECONDS = 40.0
NOISE_MPS2, NOISE_RADPS = 0.05, 0.01  #: of a usual sensor
_FINE = 4  #: motions are made four times as finely as they are measured


@dataclass(frozen=True, slots=True)
class Machine:
    """A generator, and where on a body somebody might wear the sensor meanwhile."""

    name: str
    places: tuple[str, ...]
    make: Callable[[np.random.Generator], FloatArray]  #: → (n, 6), accelerations then rates, 100 Hz
    unseen: bool = False  #: whether it was made after the guard was done, and nothing was changed for it


def _time_s() -> FloatArray:
    return np.asarray(np.arange(round(SECONDS * RATE_HZ) * _FINE) / (RATE_HZ * _FINE))


def _phase(rng: np.random.Generator, hz: float, unsteady: float = 0.02) -> FloatArray:
    """Return the phase of a rhythm in radians; its period wanders by `unsteady` (a standard deviation)."""
    time_s = _time_s()
    knots_s = np.arange(0.0, time_s[-1] + 2.0 / hz, 1.0 / hz)
    rate = hz * np.exp(unsteady * rng.normal(size=len(knots_s)))
    return np.asarray(2.0 * np.pi * np.cumsum(np.interp(time_s, knots_s, rate)) / (RATE_HZ * _FINE))


def _size(rng: np.random.Generator, hz: float, unsteady: float = 0.03) -> FloatArray:
    """Return a factor about one that wanders from cycle to cycle."""
    time_s = _time_s()
    knots_s = np.arange(0.0, time_s[-1] + 2.0 / hz, 1.0 / hz)
    wandering = np.interp(time_s, knots_s, 1.0 + unsteady * rng.normal(size=len(knots_s)))
    return _smooth(wandering, 0.5 / hz)


def _smooth(values: FloatArray, seconds: float) -> FloatArray:
    width = max(round(seconds * RATE_HZ * _FINE), 1) | 1
    weights = np.hanning(width + 2)[1:-1]
    padded = np.pad(values, width // 2, mode="edge")
    return np.asarray(np.convolve(padded, weights / weights.sum(), mode="valid"))


def felt(
    rng: np.random.Generator,
    position_m: FloatArray,
    pitch_rad: FloatArray,
    roll_rad: FloatArray | None = None,
    yaw_rad: FloatArray | None = None,
) -> FloatArray:
    """Return what a sensor says that goes along a path and turns meanwhile.

    Parameters
    ----------
    rng : Generator
        For the noise.
    position_m : ndarray, shape (3, n)
        Right, ahead, up, four times as finely as it is measured.
    pitch_rad, roll_rad, yaw_rad : ndarray, shape (n,)
        Turns about x (right), y (ahead) and z (up).

    Returns
    -------
    ndarray, shape (m, 6)
    """
    step_s = 1.0 / (RATE_HZ * _FINE)
    count = len(pitch_rad)
    roll = np.zeros(count) if roll_rad is None else roll_rad
    yaw = np.zeros(count) if yaw_rad is None else yaw_rad
    turns = _about(2, yaw) @ _about(0, pitch_rad) @ _about(1, roll)
    change = np.gradient(turns, step_s, axis=0)
    spin = np.swapaxes(turns, 1, 2) @ change
    rate = np.stack([spin[:, 2, 1], spin[:, 0, 2], spin[:, 1, 0]], axis=1)
    pull = np.gradient(np.gradient(position_m, step_s, axis=1), step_s, axis=1).T
    pull[:, 2] += STANDARD_GRAVITY_MPS2
    force = np.einsum("nba,nb->na", turns, pull)
    fine = np.hstack([force, rate])
    kept = len(fine) // _FINE * _FINE
    rows = fine[:kept].reshape(-1, _FINE, 6).mean(axis=1)
    return np.asarray(rows + rng.normal(size=rows.shape) * np.repeat([NOISE_MPS2, NOISE_RADPS], 3))


def _about(axis: int, angle: FloatArray) -> FloatArray:
    turns = np.broadcast_to(np.eye(3), (len(angle), 3, 3)).copy()
    one, other = [(1, 2), (2, 0), (0, 1)][axis]
    turns[:, one, one] = turns[:, other, other] = np.cos(angle)
    turns[:, one, other], turns[:, other, one] = -np.sin(angle), np.sin(angle)
    return turns


def _elliptical(rng: np.random.Generator) -> FloatArray:
    """A foot on the pedal of an elliptical trainer: a flat oval, the plate tilting along, forward or backward."""
    hz = rng.uniform(0.7, 1.2)
    phase = rng.choice([-1.0, 1.0]) * _phase(rng, hz)
    long_m, high_m = rng.uniform(0.18, 0.28), rng.uniform(0.05, 0.14)
    place = np.stack([0.0 * phase, long_m * np.cos(phase), high_m * np.sin(phase)]) * _size(rng, hz)
    tilt = rng.uniform(0.08, 0.35) * np.sin(phase + rng.uniform(0, 2 * np.pi)) + rng.uniform(-0.2, 0.1)
    return felt(rng, place, tilt + rng.uniform(0.0, 0.08) * np.sin(2 * phase), 0.03 * np.sin(phase + 1.0))


def _elliptical_thigh(rng: np.random.Generator) -> FloatArray:
    """A thigh or a pocket on an elliptical trainer: it swings about a hip that hardly moves."""
    hz = rng.uniform(0.7, 1.2)
    phase = rng.choice([-1.0, 1.0]) * _phase(rng, hz)
    swing = rng.uniform(0.2, 0.4) * (np.sin(phase) + rng.uniform(0.0, 0.25) * np.sin(2 * phase + rng.uniform(0, 6.3)))
    rise = rng.uniform(0.01, 0.05) * np.cos(2 * phase + rng.uniform(0, 6.3)) * _size(rng, hz)
    lever = rng.uniform(0.1, 0.3)
    tilt = swing + 0.4
    place = np.stack([0.02 * np.sin(phase), lever * np.sin(tilt), rise - lever * np.cos(tilt)])
    return felt(rng, *_knees_out(rng, place, tilt))


def _knees_out(rng: np.random.Generator, place: FloatArray, tilt: FloatArray) -> tuple[FloatArray, ...]:
    """Return path, pitch, roll and yaw of a leg whose plane leans out, and whose hip gives way a little."""
    out, turns = rng.uniform(0.0, 0.35), rng.uniform(0.0, 0.2)
    swing = tilt - tilt.mean()
    lean = math.sin(out) * swing + 0.03 * np.roll(swing, rng.integers(400))
    yaw = turns * np.roll(swing, rng.integers(400)) - math.sin(out) * swing * math.tan(min(float(tilt.mean()), 1.2))
    aside = np.stack([math.sin(out) * place[2], place[1], math.cos(out) * place[2]])
    return aside, tilt, lean, yaw


def _pedal(rng: np.random.Generator) -> FloatArray:
    """A foot on the pedal of a bicycle, indoors or rolling: a circle of 17 cm, toes down at the top and less below."""
    hz = rng.uniform(0.9, 1.7)
    phase = -_phase(rng, hz)
    place = 0.17 * np.stack([0.0 * phase, np.cos(phase), np.sin(phase)])
    tilt = -rng.uniform(0.1, 0.4) + rng.uniform(0.1, 0.35) * np.sin(phase + rng.uniform(0, 6.3))
    return felt(rng, place, tilt, 0.02 * np.sin(phase))


def _pedalling_thigh(rng: np.random.Generator) -> FloatArray:
    """A thigh or a pocket on a bicycle: up and down by some 45 degrees about a hip that sits, and a shaking road."""
    hz = rng.uniform(0.9, 1.7)
    phase = -_phase(rng, hz)
    tilt = 1.1 + rng.uniform(0.3, 0.45) * (np.sin(phase) + rng.uniform(0.0, 0.2) * np.sin(2 * phase))
    lever = rng.uniform(0.1, 0.3)
    road = _smooth(rng.normal(size=len(phase)), 0.06) * rng.uniform(0.0, 0.004)
    place = np.stack([0.0 * phase, lever * np.sin(tilt), road - lever * np.cos(tilt)])
    return felt(rng, *_knees_out(rng, place, tilt))


def _sines(rng: np.random.Generator) -> FloatArray:
    """Pure sines on all six axes, of one rhythm and its double: what a tester types."""
    hz = rng.uniform(0.7, 1.6)
    phase = _phase(rng, hz, 0.0)
    rows = [
        size * (np.sin(phase + rng.uniform(0, 6.3)) + rng.uniform(0.0, 1.0) * np.sin(2 * phase + rng.uniform(0, 6.3)))
        for size in (*rng.uniform(0.5, 6.0, 3), *rng.uniform(0.3, 4.0, 3))
    ]
    whole = np.stack(rows, axis=1)[::_FINE]
    whole[:, 2] += STANDARD_GRAVITY_MPS2
    return np.asarray(whole + rng.normal(size=whole.shape) * np.repeat([NOISE_MPS2, NOISE_RADPS], 3))


def _swing(rng: np.random.Generator) -> FloatArray:
    """A child's swing: a pendulum of two metres, and who sits on it."""
    long_m = rng.uniform(1.5, 3.0)
    hz = math.sqrt(STANDARD_GRAVITY_MPS2 / long_m) / (2.0 * math.pi)
    tilt = rng.uniform(0.3, 0.9) * np.sin(_phase(rng, hz, 0.005)) * _size(rng, hz)
    place = long_m * np.stack([0.0 * tilt, np.sin(tilt), -np.cos(tilt)])
    return felt(rng, place, tilt, 0.03 * np.sin(0.7 * _phase(rng, hz)))


def _washing(rng: np.random.Generator) -> FloatArray:
    """On a washing machine: the drum tumbles to and fro, and the box shakes and rocks with it."""
    hz = rng.uniform(0.7, 1.3)
    phase = _phase(rng, hz, 0.01)
    spin = _phase(rng, rng.uniform(6.0, 15.0), 0.02)
    fall = np.maximum(np.sin(phase), 0.0) ** 3
    place = np.stack([0.004 * np.cos(phase), 0.004 * np.sin(phase), rng.uniform(0.002, 0.02) * fall])
    place += rng.uniform(0.0002, 0.0012) * np.stack([np.sin(spin), np.cos(spin), np.sin(spin + 1.0)])
    rock = rng.uniform(0.01, 0.15) * np.sin(phase + 0.5) + 0.003 * np.sin(spin)
    return felt(rng, place, rock, 0.7 * np.roll(rock, 90))


def _metronome(rng: np.random.Generator) -> FloatArray:
    """The arm of a metronome, which ticks at its ends."""
    hz = rng.uniform(0.6, 1.6)
    phase = _phase(rng, hz, 0.002)
    lever = rng.uniform(0.05, 0.3)
    tilt = rng.uniform(0.3, 0.9) * np.sin(phase)
    tick = _smooth((np.diff(np.floor(phase / np.pi), prepend=0.0) > 0).astype(float), 0.02)
    place = lever * np.stack([0.0 * tilt, np.sin(tilt), np.cos(tilt)])
    return felt(rng, place + 0.02 * tick, tilt)


def _rocking(rng: np.random.Generator) -> FloatArray:
    """A rocking chair or horse: it rolls on a curve."""
    hz = rng.uniform(0.4, 1.0)
    tilt = rng.uniform(0.1, 0.35) * np.sin(_phase(rng, hz, 0.03)) * _size(rng, hz)
    radius, high = rng.uniform(0.6, 1.2), rng.uniform(0.3, 0.7)
    place = np.stack([0.0 * tilt, -radius * tilt + high * np.sin(tilt), high * np.cos(tilt)])
    return felt(rng, place, -tilt)


def _rowing(rng: np.random.Generator) -> FloatArray:
    """A thigh on a rowing machine: a quick drive, a slow return, and a seat that rolls."""
    hz = rng.uniform(0.35, 0.6)
    phase = _phase(rng, hz, 0.02)
    stroke = 0.5 - 0.5 * np.cos(phase + 0.5 * np.sin(phase))
    tilt = 1.9 - rng.uniform(0.7, 1.0) * stroke * _size(rng, hz)
    lever = rng.uniform(0.1, 0.3)
    place = np.stack([0.0 * tilt, -0.5 * stroke + lever * np.sin(tilt), -lever * np.cos(tilt)])
    return felt(rng, *_knees_out(rng, place, tilt))


def _robot_arm(rng: np.random.Generator) -> FloatArray:
    """A motor that turns an arm to and fro with even starts and stops, and rests between."""
    hz = rng.uniform(0.4, 1.2)
    phase = _phase(rng, hz, 0.001)
    square = np.tanh(rng.uniform(1.0, 4.0) * np.sin(phase))
    tilt = rng.uniform(0.3, 0.8) * _smooth(square, 0.1)
    lever = rng.uniform(0.1, 0.5)
    return felt(rng, lever * np.stack([0.0 * tilt, np.sin(tilt), -np.cos(tilt)]), tilt)


def _hand(rng: np.random.Generator) -> FloatArray:
    """A phone that is shaken in a hand, to and fro and round."""
    hz = rng.uniform(1.0, 3.0)
    phase = _phase(rng, hz, 0.06)
    place = np.stack(
        [size * np.sin(phase + rng.uniform(0, 6.3)) * _size(rng, hz, 0.15) for size in rng.uniform(0.01, 0.08, 3)]
    )
    turns = [size * np.sin(phase + rng.uniform(0, 6.3)) * _size(rng, hz, 0.15) for size in rng.uniform(0.05, 0.4, 3)]
    return felt(rng, place, *turns)


def _ride(rng: np.random.Generator) -> FloatArray:
    """A bus or a tram: what the road shakes, bends and brakes, in a pocket of somebody who sits."""
    count = len(_time_s())
    slow = [_smooth(rng.normal(size=count), 4.0) for _ in range(2)]
    quick = [_smooth(rng.normal(size=count), seconds) for seconds in (0.08, 0.1, 0.08, 0.2, 0.2, 0.3)]
    place = np.stack([3.0 * slow[0], 6.0 * slow[1], 0.0 * slow[0]]) + 0.004 * np.stack(quick[:3])
    return felt(rng, place, 0.06 * quick[3], 0.06 * quick[4], 0.1 * quick[5])


def _dog(rng: np.random.Generator) -> FloatArray:
    """A dog at a trot or a walk that carries the phone on its back: two beats a stride, it pitches and rolls."""
    hz = rng.uniform(1.4, 2.6)
    phase = _phase(rng, hz, 0.04)
    shift = rng.uniform(0, 6.3, 6)
    rise = rng.uniform(0.008, 0.025) * np.cos(2 * phase + shift[0]) * _size(rng, hz, 0.1)
    surge = rng.uniform(0.002, 0.008) * np.cos(2 * phase + shift[1]) * _size(rng, hz, 0.1)
    place = np.stack([rng.uniform(0.002, 0.01) * np.cos(phase + shift[2]), surge, rise])
    pitch = rng.uniform(0.03, 0.1) * np.sin(2 * phase + shift[3])
    roll = rng.uniform(0.03, 0.12) * np.sin(phase + shift[4])
    return felt(rng, place, pitch, roll, rng.uniform(0.02, 0.1) * np.sin(phase + shift[5]))


def _walking_robot(rng: np.random.Generator) -> FloatArray:
    """The trunk of a robot that walks: it keeps its height, sways from foot to foot, and does not turn."""
    hz = rng.uniform(0.5, 1.0)
    phase = _phase(rng, hz, 0.001)
    surge = rng.uniform(0.005, 0.02) * np.sin(2 * phase + rng.uniform(0, 6.3))
    rise = rng.uniform(0.0, 0.01) * np.cos(2 * phase + rng.uniform(0, 6.3))
    jolt = 0.002 * _smooth((np.diff(np.floor(phase / np.pi), prepend=0.0) > 0).astype(float), 0.05) * RATE_HZ
    place = np.stack([rng.uniform(0.01, 0.05) * np.sin(phase), surge, rise + 0.05 * jolt])
    return felt(rng, place, 0.02 * np.sin(2 * phase + 1.0), 0.03 * np.sin(phase + 2.0), 0.02 * np.sin(phase))


def _drunkard(rng: np.random.Generator) -> FloatArray:
    """The trunk of somebody who staggers: steps of every length and rhythm, falls aside, turns and stops."""
    hz = rng.uniform(0.6, 0.9)
    phase = _phase(rng, hz, 0.35)
    count = len(phase)
    goes = _smooth((_smooth(rng.normal(size=count), 2.5) > -0.01).astype(float), 0.5)
    size = _size(rng, hz, 0.5) * goes
    sway = [0.25 * _smooth(rng.normal(size=count), seconds) * math.sqrt(seconds * 400) for seconds in (1.0, 1.3, 1.6)]
    place = np.stack(
        [0.04 * size * np.sin(phase) + sway[0], 0.01 * size * np.sin(2 * phase + 3.0 * sway[2]) + sway[1],
         0.02 * size * np.cos(2 * phase)]
    )  # fmt: skip
    return felt(rng, place, 0.05 * size * np.sin(2 * phase) + 0.5 * sway[1], 0.5 * sway[0], sway[2])


def _stepper(rng: np.random.Generator) -> FloatArray:
    """A foot on a stair climber: the plate goes down evenly under load and comes up quickly."""
    hz = rng.uniform(0.6, 1.1)
    phase = _phase(rng, hz)
    rise = rng.uniform(0.08, 0.15) * np.sin(phase + 0.4 * np.sin(phase)) * _size(rng, hz)
    tilt = rng.uniform(0.05, 0.25) * np.sin(phase + rng.uniform(0, 6.3))
    place = np.stack([0.0 * phase, rng.uniform(0.0, 0.04) * np.sin(phase + 1.0), rise])
    return felt(rng, place, tilt, 0.03 * np.sin(phase + 2.0))


def _ski_trainer(rng: np.random.Generator) -> FloatArray:
    """A foot on a trainer for cross-country skiing: it slides to and fro and is never lifted."""
    hz = rng.uniform(0.5, 1.0)
    phase = _phase(rng, hz)
    slide = rng.uniform(0.25, 0.4) * (np.sin(phase) + rng.uniform(0.0, 0.15) * np.sin(3 * phase)) * _size(rng, hz)
    heel = -rng.uniform(0.1, 0.5) * np.maximum(np.sin(phase + rng.uniform(-0.6, 0.6)), 0.0) ** 2
    return felt(rng, np.stack([0.0 * phase, slide, 0.05 * heel]), heel, 0.02 * np.sin(phase))


def _rider(rng: np.random.Generator) -> FloatArray:
    """The trunk or the thigh of somebody on a horse that walks or trots."""
    hz = rng.uniform(0.9, 1.5)
    phase = _phase(rng, hz, 0.03)
    shift = rng.uniform(0, 6.3, 6)
    rise = rng.uniform(0.02, 0.05) * np.cos(2 * phase + shift[0]) * _size(rng, hz, 0.08)
    surge = rng.uniform(0.01, 0.03) * np.cos(2 * phase + shift[1])
    place = np.stack([rng.uniform(0.01, 0.03) * np.cos(phase + shift[2]), surge, rise])
    pitch = rng.uniform(0.02, 0.12) * np.sin(2 * phase + shift[3])
    return felt(rng, place, pitch, 0.04 * np.sin(phase + shift[4]), 0.04 * np.sin(phase + shift[5]))


def _trampoline(rng: np.random.Generator) -> FloatArray:
    """Somebody who jumps on a small trampoline: long flights, soft landings, nothing goes anywhere."""
    hz = rng.uniform(0.9, 1.6)
    phase = _phase(rng, hz, 0.02)
    share = rng.uniform(0.3, 0.6)
    turn = (phase / (2.0 * np.pi)) % 1.0
    flight_s = share / hz
    up = np.where(turn < share, 0.5 * STANDARD_GRAVITY_MPS2 * flight_s**2 * (turn / share) * (1.0 - turn / share), 0.0)
    down = np.where(turn >= share, -0.12 * np.sin(np.pi * (turn - share) / (1.0 - share)), 0.0)
    bend = rng.uniform(0.05, 0.3) * _smooth(down / 0.12, 0.1)
    return felt(rng, np.stack([0.0 * phase, 0.1 * bend, _smooth(up + down, 0.08)]), bend, 0.03 * np.sin(phase))


def _scooter(rng: np.random.Generator) -> FloatArray:
    """The foot that pushes a scooter or a skateboard: it rides, then swings down, strikes and comes back."""
    hz = rng.uniform(0.4, 0.8)
    phase = _phase(rng, hz, 0.08)
    push = np.maximum(np.sin(phase), 0.0) ** 2
    back = np.maximum(np.sin(phase), 0.0) ** 2 * np.cos(phase)
    road = _smooth(rng.normal(size=len(phase)), 0.03) * 0.002
    place = np.stack([0.05 * push, rng.uniform(0.2, 0.4) * back, -rng.uniform(0.08, 0.15) * push + road])
    return felt(rng, place * _size(rng, hz, 0.1), -rng.uniform(0.2, 0.7) * back, 0.1 * push)


def _cradle(rng: np.random.Generator) -> FloatArray:
    """A pram or a cradle that is rocked by hand, to and fro with a little rise at both ends."""
    hz = rng.uniform(0.6, 1.3)
    phase = _phase(rng, hz, 0.04)
    goes = rng.uniform(0.05, 0.25) * np.sin(phase + rng.uniform(0.0, 0.5) * np.sin(phase)) * _size(rng, hz, 0.1)
    place = np.stack([0.0 * phase, goes, 0.3 * goes**2])
    return felt(rng, place, rng.uniform(0.02, 0.3) * np.sin(phase + rng.uniform(0, 6.3)), 0.03 * np.sin(phase + 1.0))


def _drill(rng: np.random.Generator) -> FloatArray:
    """On a tool that hammers, which somebody moves to and fro."""
    count = len(_time_s())
    beat = _phase(rng, rng.uniform(8.0, 25.0), 0.01)
    slow = [_smooth(rng.normal(size=count), 1.0) for _ in range(4)]
    place = np.stack([2.0 * slow[0], 2.0 * slow[1], 0.0 * beat + rng.uniform(0.0002, 0.001) * np.abs(np.sin(beat))])
    return felt(rng, place, 3.0 * slow[2], 3.0 * slow[3])


LEGS = ("foot_left", "shank_left", "thigh_right")
LOW, HIGH = ("foot_left", "shank_left"), ("thigh_right",)
TRUNKS = ("waist", "chest")
ANYWHERE = (*LEGS, "waist")
MACHINES = (
    Machine("elliptical trainer, pedal", LOW, _elliptical),
    Machine("elliptical trainer, thigh", HIGH, _elliptical_thigh),
    Machine("bicycle, pedal", LOW, _pedal),
    Machine("bicycle, thigh", HIGH, _pedalling_thigh),
    Machine("pure sines", ANYWHERE, _sines),
    Machine("swing", ANYWHERE, _swing),
    Machine("washing machine", ANYWHERE, _washing),
    Machine("metronome arm", ANYWHERE, _metronome),
    Machine("rocking chair", ANYWHERE, _rocking),
    Machine("rowing machine", HIGH, _rowing),
    Machine("motor that turns an arm", ANYWHERE, _robot_arm),
    Machine("shaken by hand", ANYWHERE, _hand),
    Machine("bus or tram", ANYWHERE, _ride),
    Machine("dog", TRUNKS, _dog),
    Machine("walking robot", TRUNKS, _walking_robot),
    Machine("staggering", TRUNKS, _drunkard),
    Machine("stair climber, pedal", LOW, _stepper, unseen=True),
    Machine("ski trainer, pedal", LOW, _ski_trainer, unseen=True),
    Machine("on horseback", ("thigh_right", "waist", "chest"), _rider, unseen=True),
    Machine("trampoline", ANYWHERE, _trampoline, unseen=True),
    Machine("foot that pushes a scooter", LOW, _scooter, unseen=True),
    Machine("rocked cradle", ANYWHERE, _cradle, unseen=True),
    Machine("hammering tool", ANYWHERE, _drill, unseen=True),
)
