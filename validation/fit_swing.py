"""Fit how the features of a swing weigh, and print them as they stand in the detectors.

Run it with ``python -m validation.fit_swing``. Only the even-numbered clips of the motion-captured man are used: the
odd-numbered ones are for testing. No constant is fitted, and every gait and direction counts equally.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.recording import FloatArray, Stream
from backward_running.gait.steps.swing import FEATURES, features
from backward_running.gait.steps.swing import RATE_HZ as SWING_HZ
from backward_running.signals.six_axis import coarser, six_axis
from validation._labelled import AXES, RATE_HZ, Motion, Way, clip_number, clips

#: Penalty on the squared weights: strong, because it is one man.
PENALTY = 0.004
#: (places, root mean square of the force beyond gravity below which they walk, above which they run)
GROUPS = {
    "foot": (("foot_left", "foot_right"), 9.0, 18.0),
    "shank": (("shank_left",), 9.0, 18.0),
    "thigh": (("thigh_right",), 4.0, 9.0),
}


def samples(clip: Motion, place: str) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return features, unrest, direction (+1, −1) and whether they run, of the moving samples of a clip."""
    columns = {name: clip.sensors[place][:, number].copy() for number, name in enumerate(AXES)}
    axes = six_axis(Stream(place, "body", clip.time_s.copy(), columns, True))
    if axes is None:
        return np.zeros((len(FEATURES), 0)), np.zeros(0), np.zeros(0), np.zeros(0)
    axes = coarser(axes, SWING_HZ)
    found, unrest, is_gait = features(axes)
    at = np.clip(np.rint(axes.time_s * RATE_HZ).astype(int), 0, len(clip) - 1)
    way = clip.way[at]
    chosen = np.isin(way, (Way.FORWARD, Way.BACKWARD)) & is_gait
    side = np.where(way == Way.FORWARD, 1.0, -1.0)
    return found[:, chosen], unrest[chosen], side[chosen], clip.runs[at][chosen].astype(float)


def gathered(places: tuple[str, ...], *, even: bool) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return the samples of all clips with an even, or odd, number."""
    parts = [samples(clip, place) for clip in clips() if (clip_number(clip.name) % 2 == 0) is even for place in places]
    found, unrest, side, runs = (np.concatenate([part[column] for part in parts], axis=-1) for column in range(4))
    return found, unrest, side, runs


def by_gait(found: FloatArray, unrest: FloatArray, walks_below: float, runs_above: float) -> FloatArray:
    """Return the features twice: as they count walking, and as they count running."""
    share = np.clip((unrest - walks_below) / (runs_above - walks_below), 0.0, 1.0)
    return np.concatenate([found * (1.0 - share), found * share])


def fit(rows: FloatArray, side: FloatArray, runs: FloatArray) -> FloatArray:
    """Return the weights of a penalised logistic fit without a constant (Newton's method)."""
    weight = np.zeros(len(side))
    for kind in (0.0, 1.0):
        for way in (1.0, -1.0):
            same = (runs == kind) & (side == way)
            weight[same] = 0.25 / max(same.sum(), 1)
    weights = np.zeros(len(rows))
    for _ in range(40):
        wrong = 1.0 / (1.0 + np.exp(np.clip(side * (weights @ rows), -30, 30)))
        slope = PENALTY * weights - (rows * (weight * side * wrong)).sum(axis=1)
        bend = (rows * (weight * wrong * (1 - wrong))) @ rows.T + PENALTY * np.eye(len(rows))
        weights = weights - np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    """Fit, print the weights, and what they answer on the clips that were not fitted on."""
    for name, (places, walks_below, runs_above) in GROUPS.items():
        found, unrest, side, runs = gathered(places, even=True)
        weights = fit(by_gait(found, unrest, walks_below, runs_above), side, runs)
        for gait, part in (("walking", weights[: len(FEATURES)]), ("running", weights[len(FEATURES) :])):
            print(name, gait)
            for feature, value in zip(FEATURES, part, strict=True):
                print(f'    "{feature}": {value:.2f},')
        for title, even in (("fitted", True), ("kept for testing", False)):
            found, unrest, side, runs = gathered(places, even=even)
            nat = weights @ by_gait(found, unrest, walks_below, runs_above)
            for least in (0.0, 1.0, 1.5):
                told = np.abs(nat) >= least
                right = np.sign(nat) == side
                shares = [
                    right[told & (side == way) & (runs == kind)].mean() for way in (1.0, -1.0) for kind in (0.0, 1.0)
                ]
                print(title, f"least {least}: told {told.mean():.3f}", np.round(shares, 3))


if __name__ == "__main__":
    main()
