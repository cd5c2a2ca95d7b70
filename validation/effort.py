"""Energy models against published measurements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from backward_running.effort import all_models
from backward_running.effort.base import Model
from backward_running.effort.choices import BACKWARD_RUN_FROM
from backward_running.effort.oxygen_uptake_backward_run_this_project import backward_factor

MODELS = all_models()
FORWARD_RUN = MODELS["oxygen_uptake_leger_mercier_1984"]
FORWARD_WALK = MODELS["oxygen_uptake_acsm_walk"]
BACKWARD_RUN = MODELS["oxygen_uptake_backward_run_this_project"]
BACKWARD_WALK = MODELS["oxygen_uptake_backward_walk_williford_1998"]
SLOPE = MODELS["cost_minetti_2002"]

BORDER = BACKWARD_RUN_FROM.value
OXYGEN = "ml/kg/min"
RATIO = "backward : forward"

INTRODUCTION = """# Energy: predicted against published

What the energy models say where somebody has measured. Made by `make validate`; nothing here passes or fails.

- **Published** is the mean of the people measured; ± is one standard deviation between them, where it is stated.
- **Model** is the best value with its interval. The backward interval is that of the population (1.10 to 1.45 times the
  forward cost above rest); backward practice is taken as unknown.
- **Independent** says whether the model was made without this measurement. Where it says *no*, agreement proves little.
- Ratios are gross: rest is included in both directions.
"""

CLOSING = """
## How to read this

- Forward running lies well within the athletes' own spread; the forward walking equation is a little low for these
  athletes, and the backward walking model inherits that.
- Backward running comes out high against Williford: the factor of 1.30 lies above that study's 1.15 and below the 1.35
  of the faster and the uphill study. All their means lie within the interval. At most 13 people stand behind each.
- Uphill backward walking was found cheaper relative to forward (1.17 to 1.20) than on the level (1.28): the model
  keeps 1.28 there and says *extrapolated*.
- Practice lowered the cost of backward *walking* by 19 %; the assumed curve for *running* gives less. Nobody has
  followed the cost of backward running through practice.
- Walking and running backward do not meet: at 1.7 m/s the walking model says {walk:.1f} and the running model {run:.1f}
  ml/kg/min. They rest on different studies, and nobody has measured the step between them.
- Nothing is known backward downhill or above 3.5 m/s, so nothing is compared there.
"""


@dataclass(frozen=True)
class Row:
    """One published measurement and what the model says in the same place."""

    source: str
    condition: str
    quantity: str
    published: float
    spread: str
    low: float
    best: float
    high: float
    independent: str


def page() -> str:
    """Return the page as Markdown."""
    head = "| source | condition | quantity | published | model (low … high) | error | inside | independent |"
    lines = [INTRODUCTION, head, "|---|---|---|---|---|---|---|---|", *map(_line, _rows())]
    return (
        "\n".join(lines)
        + "\n"
        + _own_values()
        + CLOSING.format(
            walk=float(BACKWARD_WALK.best(speed_mps=BORDER)), run=float(BACKWARD_RUN.best(speed_mps=BORDER))
        )
    )


def _line(row: Row) -> str:
    error = f"{(row.best / row.published - 1) * 100:+.1f}".replace("-", "−")
    inside = "yes" if row.low <= row.published <= row.high else "no"
    model = f"{row.best:.2f} ({row.low:.2f} … {row.high:.2f})"
    return (
        f"| {row.source} | {row.condition} | {row.quantity} | {row.published:.2f}{row.spread} | {model} "
        f"| {error} % | {inside} | {row.independent} |"
    )


def _rows() -> Iterator[Row]:
    walk, run = 4.83 / 3.6, 8.04 / 3.6
    athletes = "Williford 1998, n = 13"
    yield _uptake(athletes, "forward walk 4.83 km/h", FORWARD_WALK, walk, 12.42, "±2.29", "yes")
    yield _uptake(athletes, "backward walk 4.83 km/h", BACKWARD_WALK, walk, 15.95, "±2.45", "no: the factor is its own")
    yield _uptake(athletes, "forward run 8.04 km/h", FORWARD_RUN, run, 27.15, "±2.51", "yes")
    yield _uptake(athletes, "backward run 8.04 km/h", BACKWARD_RUN, run, 31.33, "±5.77", "no: the factor leans on it")
    yield _ratio(athletes, "walk 4.83 km/h", (BACKWARD_WALK, FORWARD_WALK), [(walk, 0.0)], 1.28, "no")
    yield _ratio(athletes, "run 8.04 km/h", (BACKWARD_RUN, FORWARD_RUN), [(run, 0.0)], 1.15, "no")
    yield _ratio("Wright & Weyand 2001, n = 4", "run 3.0 m/s", (BACKWARD_RUN, FORWARD_RUN), [(3.0, 0.0)], 1.35, "no")
    uphill = [(2.0, float(grade)) for grade in np.linspace(0, 0.25, 6)]
    yield _ratio(
        "Rasica 2020, n = 8",
        "run uphill 0 … 25 % (speed not read: 2.0 m/s)",
        (BACKWARD_RUN, FORWARD_RUN),
        uphill,
        1.35,
        "no",
    )
    yield _ratio(
        "Body-weight-support laboratory, n = 13",
        "no support (speed not read: 2.5 m/s)",
        (BACKWARD_RUN, FORWARD_RUN),
        [(2.5, 0.0)],
        1.29,
        "no",
    )
    slopes = [(67 / 60, 0.05), (67 / 60, 0.10)]
    yield _ratio(
        "Hooper 2004, n = 27",
        "walk 67 m/min, +5 … +10 % (17–20 %)",
        (BACKWARD_WALK, FORWARD_WALK),
        slopes,
        1.185,
        "yes",
    )


def _uptake(
    source: str, condition: str, model: Model, speed_mps: float, published: float, spread: str, independent: str
) -> Row:
    low, best, high = (float(take(speed_mps=speed_mps)) for take in (model.low, model.best, model.high))
    return Row(source, condition, OXYGEN, published, spread, low, best, high, independent)


def _ratio(
    source: str,
    condition: str,
    models: tuple[Model, Model],
    points: list[tuple[float, float]],
    published: float,
    independent: str,
) -> Row:
    backward, forward = models

    def mean(take: Callable[..., float]) -> float:
        ratios = [
            take(speed_mps=speed, grade_ratio=grade) / forward.best(speed_mps=speed, grade_ratio=grade)
            for speed, grade in points
        ]
        return float(np.mean(ratios))

    low, best, high = mean(backward.low), mean(backward.best), mean(backward.high)
    return Row(source, condition, RATIO, published, "", low, best, high, independent)


def _own_values() -> str:
    """Return the values that must come out as printed in their source, and the practice effect."""
    costs = ", ".join(f"{float(SLOPE.best(grade_ratio=one)):.2f}" for one in (0.0, 0.1, 0.25))
    level = f"{float(FORWARD_RUN.best(speed_mps=8.04 / 3.6)):.1f}"
    after_min = 4 * 3 * 15
    change = (1 - float(backward_factor(float(after_min))) / float(backward_factor(0.0))) * 100
    practice = f"practice, {after_min} min of backward walking"
    return f"""
| source | what | published | model |
|---|---|---|---|
| Minetti 2002 | cost of running at 0, +10, +25 % in J/kg/m | 3.60, 5.97, 10.73 | {costs} |
| Léger & Mercier 1984 | level running at 8.04 km/h in {OXYGEN} | 27.6 | {level} |
| Heath 2001, n = 8 | {practice} | 19 % less (walking, gross) | {change:.0f} % less (running, above rest) |
"""
