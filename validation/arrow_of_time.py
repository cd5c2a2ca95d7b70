"""The arrow of time: a network that learns only to tell forward gait from its reversed copy, and backward gait."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.gait.steps import stride_windows as cut
from backward_running.signals.six_axis import coarser, six_axis
from validation._tables import table
from validation.fit_odd_marks import Part, chosen

NEEDS = ("imu", "mocap")  #: folders of the shared data
FILTERS, LENGTH, STEPS, BATCH, RATE, DECAY = 12, 12, 200, 64, 0.3, 1e-3
ODD = np.array([1.0, 1.0, 1.0, -1.0, -1.0, -1.0])  #: which channels change their sign in reverse
GROUPS = (
    ("feet and shanks, walking and running", ("foot", "shank"), None),
    ("thighs and pockets, walking", ("thigh",), False),
    ("thighs and pockets, running", ("thigh",), True),
    ("waists, walking", ("waist",), False),
    ("waists, running", ("waist",), True),
    ("chests, walking", ("chest",), False),
)
INTRODUCTION = """# The arrow of time: learnt by a network from forward gait alone

Made by `make validate`. A window of two seconds and the same played in reverse differ in nothing but the arrow of time.
A small network (12 filters of half a second over six channels that need no mounting, their mean, one sum; odd by
construction: what it says of a window is minus what it says of the reverse) learns which is which, **from forward
recordings only, without the person it is tested on**. Does it call backward what is backward?

A share of one half is chance; *right* is the share of single windows. People with forward recordings only show how
seldom forward is taken for its reverse."""
ANSWER = """## The answer

Feet and shanks: **yes**. All 495 backward windows of two people who were left out are called backward, by a network
that has never seen anybody go backward. Walking thighs: **yes for one, not for the other** (the actor's styles, two in
three), where one odd mark alone is right on both. Running thighs: **no**. People with a phone agree with each other,
and the one man who also runs backward is turned over: this is why a running thigh is unknown. Waists: **no**, one
window in three to ten is wrong on whom it was not trained on. What a network finds in legs, three odd marks
find too; they say why and can be guarded. So no network enters the product."""


def page() -> str:
    """Return the page as Markdown."""
    head = ("part and gait", "person left out", "windows forward", "right", "windows backward", "right")
    return "\n\n".join([INTRODUCTION, table(head, _rows()), ANSWER]) + "\n"


def _rows() -> Iterator[tuple[str, ...]]:
    for name, places, runs in GROUPS:
        some = chosen(places, runs=runs)
        for person in dict.fromkeys(part.person for part in some):
            train = [part for part in some if part.person != person and part.forward]
            if len({part.person for part in train}) < 2:
                continue
            net = _learnt(train)
            cells: list[str] = []
            for forward in (True, False):
                windows = _together([part for part in some if part.person == person and part.forward is forward])
                right = (_says(net, windows) > 0.0) == forward
                cells += [str(len(windows)), f"{right.mean():.3f}" if len(windows) else "–"]
            yield name, person, *cells


def _together(some: list[Part]) -> FloatArray:
    return np.concatenate([np.zeros((0, 50, 6)), *(_windows(part) for part in some)])


@cache
def _windows(part: Part) -> FloatArray:
    """Return windows, shape (n, 50, 6): even channels, then odd ones, each in units of its own size."""
    axes = six_axis(part.stream)
    if axes is None:
        return np.zeros((0, 50, 6))
    axes = coarser(axes, cut.RATE_HZ)
    first = np.arange(0, len(axes.known) - 50 + 1, 25)
    if not len(first):
        return np.zeros((0, 50, 6))
    index = np.arange(50)[:, None] + first
    force, rate = cut._levelled(axes.force_mps2[:, index], axes.rate_radps[:, index], axes.step_s)
    pull = np.sqrt((force**2).sum(axis=0))
    ahead, aside, up = force - force.mean(axis=1, keepdims=True)
    x, y, _ = rate - rate.mean(axis=1, keepdims=True)
    tilt = [cut.detrended_integral(part, axes.step_s) for part in (x, y)]
    odd = (tilt[0] * x + tilt[1] * y, x * aside - y * ahead, cut.detrended_integral(up, axes.step_s))
    rows = np.stack([up, pull - pull.mean(axis=0), x**2 + y**2, *odd])
    size = np.sqrt((rows**2).mean(axis=1, keepdims=True)) + 1e-6
    return np.ascontiguousarray((rows / size).transpose(2, 1, 0)[axes.known[index].all(axis=0)])


Net = tuple[FloatArray, FloatArray, FloatArray]


def _patches(windows: FloatArray) -> FloatArray:
    index = np.arange(LENGTH) + np.arange(50 - LENGTH + 1)[:, None]
    return windows[:, index].reshape(len(windows), len(index), LENGTH * windows.shape[2])


def _reversed(windows: FloatArray) -> FloatArray:
    return windows[:, ::-1] * ODD


def _says(net: Net, windows: FloatArray) -> FloatArray:
    weights, bias, out = net
    one, other = (np.tanh(_patches(some) @ weights + bias).mean(axis=1) for some in (windows, _reversed(windows)))
    return np.asarray((one - other) @ out)


def _learnt(some: list[Part]) -> Net:
    """Learn by plain gradient descent with momentum; each person is drawn as often as any other."""
    rng = np.random.default_rng(1)
    each = [_together([part for part in some if part.person == name]) for name in {part.person: None for part in some}]
    each = [windows for windows in each if len(windows)]
    net = [rng.normal(0.0, 0.15, (6 * LENGTH, FILTERS)), np.zeros(FILTERS), rng.normal(0.0, 0.5, FILTERS)]
    pace = [np.zeros_like(part) for part in net]
    for _ in range(STEPS):
        weights, bias, out = net
        batch = np.stack(
            [windows[rng.integers(len(windows))] for windows in (each[k] for k in rng.integers(len(each), size=BATCH))]
        )
        slopes = [np.zeros_like(part) for part in net]
        hidden, patches = [], []
        for windows in (batch, _reversed(batch)):
            patches.append(_patches(windows))
            hidden.append(np.tanh(patches[-1] @ weights + bias))
        lead = (hidden[0].mean(axis=1) - hidden[1].mean(axis=1)) @ out
        wrong = -1.0 / (1.0 + np.exp(np.clip(lead, -30.0, 30.0))) / BATCH
        for sign, seen, active in zip((1.0, -1.0), patches, hidden, strict=True):
            back = sign * wrong[:, None, None] * out * (1.0 - active**2) / active.shape[1]
            slopes[0] += np.tensordot(seen, back, axes=((0, 1), (0, 1)))
            slopes[1] += back.sum(axis=(0, 1))
            slopes[2] += sign * wrong @ active.mean(axis=1)
        pace = [
            0.9 * moved - RATE * (slope + DECAY * part) for part, slope, moved in zip(net, slopes, pace, strict=True)
        ]
        net = [part + moved for part, moved in zip(net, pace, strict=True)]
    return net[0], net[1], net[2]
