"""Energy models against published measurements."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import OutsideValidRange
from backward_running.core.habits import Heartbeats
from backward_running.core.session import Estimate, NotKnown
from backward_running.effort import all_models, published
from backward_running.effort.at_speed import uptake_at, walk_until_and_run_from_mps
from backward_running.effort.base import Model
from backward_running.effort.energy_oxygen_equivalent import JOULES_PER_ML
from backward_running.effort.interval_of_people import SAID
from backward_running.effort.load_daily import decay_ratio, smoothing_ratio
from backward_running.effort.oxygen_uptake_backward_run_scaled_leger_mercier import (
    backward_factor,
    with_factor_ml_per_kg_min,
)
from backward_running.effort.personal_factor import beats_per_demand
from backward_running.effort.spike_frandsen_2025 import is_spike
from backward_running.evidence import all_claims, points
from backward_running.evidence.base import Number, Verdict
from validation import _effort_tables, effort_fit

MODELS = all_models()
FORWARD_RUN = MODELS["oxygen_uptake_leger_mercier_1984"]
FORWARD_RUN_ACSM = MODELS["oxygen_uptake_acsm_run"]
FORWARD_WALK = MODELS["oxygen_uptake_looney_2019_walk"]
FORWARD_WALK_ACSM = MODELS["oxygen_uptake_acsm_walk"]
BACKWARD_RUN = MODELS["oxygen_uptake_backward_run_this_project"]
BACKWARD_WALK = MODELS["oxygen_uptake_backward_walk_scaled_looney"]
BACKWARD_WALK_EARLIER = MODELS["oxygen_uptake_backward_walk_williford_1998"]
BETWEEN = MODELS["oxygen_uptake_backward_transition_this_project"]
SLOPE = MODELS["cost_minetti_2002"]
WALK_SLOPE = MODELS["cost_minetti_2002_walk"]

OXYGEN = "ml/kg/min"
RATIO = "backward : forward"
COST = "J/kg/m"
SUPPORT_MPS, RASICA_MPS = points.SUPPORT_SUPPOSED_MPS.value, points.RASICA_SUPPOSED_MPS.value  #: not read, and said
#: The studies with a row in the fit: nothing of them is called independent of it.
FITTED = frozenset(
    point.evidence.study.key for point in points.PUBLISHED_POINTS if point.use is points.Use.FIT and point.value
)

INTRODUCTION = f"""# Energy: predicted against published

What the energy models say where somebody has measured. Made by `make validate`; nothing here passes or fails.

- **Published** is the mean of the people measured; ± is one standard deviation between them, where it is stated.
- **Model** is the best value with its interval.
{textwrap.fill(SAID, 118, initial_indent="  ", subsequent_indent="  ")}
  Backward the people are those of a laboratory nobody has seen (`python -m validation.effort_fit`), and their practice
  is taken as unknown.
- **Independent** says whether the model was made without this study: where any row of it is in the fit it says *no*,
  and agreement proves little.
- Ratios are gross: rest is included in both directions.
"""

CLOSING = """
## How to read this

- Forward walking and running lie within the athletes' own spread. The ACSM lines are here for comparison and price
  nothing: walking is far too cheap when fast, running over what was measured when slow.
- Walking backward is fitted to four studies, running to four, and both to where they cross. At most 13 people stand
  behind most points. Two of the walking points are from memory or take a body mass for granted.
- The slope of walking backward was not fitted: +5 % of the Compendium and Hooper's +5 to +10 % were kept for a test.
- Between 1.5 and 1.85 m/s some walk and some run: the price passes along a straight line, and nothing jumps. Forward
  the same between 1.96 m/s, where the walking equation ends, and 2.2 m/s, where the running equation begins.
- Backward running below 1.75 m/s was measured, and its values are not at hand: the interval is half as wide again.
- Nothing is known backward downhill, above 3.5 m/s running or above 1.91 m/s walking, so nothing is compared there.
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
    study: str  #: key of the study: whether it is independent follows from it
    deviation: float | None = None  #: one standard deviation between people, where it is printed

    @property
    def independent(self) -> str:
        """Say whether the model was made without the study."""
        return "no: its study is in the fit" if self.study in FITTED else "yes"


def page() -> str:
    """Return the page as Markdown."""
    head = "| source | condition | quantity | published | model (low … high) | error | inside | independent |"
    lines = [INTRODUCTION, head, "|---|---|---|---|---|---|---|---|", *map(_line, _rows())]
    return (
        "\n".join(lines)
        + "\n"
        + _other_quantities()
        + _values_to_hold()
        + _effort_tables.held_out()
        + _effort_tables.kinds()
        + _effort_tables.people(_people())
        + _effort_tables.wanted()
        + _effort_tables.swept()
        + _effort_tables.coverage()
        + CLOSING
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
    yield from _of_athletes()
    yield from _of_runners()
    yield from _of_a_laboratory()
    yield from _of_walkers_uphill()


def _people() -> Iterator[_effort_tables.MeasuredPeople]:
    """Return the people whose spread is printed, where a model of the program prices them."""
    for row in (*_of_athletes(), *_of_a_laboratory()):
        if row.deviation is not None and not row.condition.startswith("the same"):  # those price nothing
            yield _effort_tables.MeasuredPeople(
                row.source, row.condition, row.published, row.deviation, row.quantity, row.low, row.high
            )


def _of_athletes() -> Iterator[Row]:
    walk, run = published.WALK_KMH.value / 3.6, published.RUN_KMH.value / 3.6
    source, said = "Williford 1998, n = 13", published
    forward_walk, backward_walk = said.FORWARD_WALK_SD, said.BACKWARD_WALK_SD
    yield _uptake(source, "forward walk 4.83 km/h", FORWARD_WALK, walk, said.FORWARD_WALK, forward_walk)
    yield _uptake(source, "backward walk 4.83 km/h", BACKWARD_WALK, walk, said.BACKWARD_WALK, backward_walk)
    earlier = "the same, by ACSM × 1.28 (the earlier line)"
    yield _uptake(source, earlier, BACKWARD_WALK_EARLIER, walk, said.BACKWARD_WALK, backward_walk)
    yield _uptake(source, "forward run 8.04 km/h", FORWARD_RUN, run, said.FORWARD_RUN, said.FORWARD_RUN_SD)
    yield _uptake(source, "the same, ACSM running", FORWARD_RUN_ACSM, run, said.FORWARD_RUN, said.FORWARD_RUN_SD)
    yield _uptake(source, "backward run 8.04 km/h", BACKWARD_RUN, run, said.BACKWARD_RUN, said.BACKWARD_RUN_SD)
    study = said.BACKWARD_RUN.evidence.study.key
    yield _ratio(source, "walk 4.83 km/h", BACKWARD_WALK, [(walk, 0.0)], 1.28, study)
    yield _ratio(source, "run 8.04 km/h", BACKWARD_RUN, [(run, 0.0)], 1.15, study)


def _of_runners() -> Iterator[Row]:
    three, wright, rasica = published.WRIGHT_MPS.value, published.WRIGHT_RATIO, published.RASICA_RATIO
    study = wright.evidence.study.key
    yield _ratio(
        "Wright & Weyand 2001, n = 4", "run 3.0 m/s", BACKWARD_RUN, [(three, 0.0)], wright.value, study, "±0.06"
    )
    for grade in np.linspace(0, 0.25, 6):
        yield _ratio(
            "Rasica 2020, n = 8",
            f"run at {grade * 100:+.0f} % (mean of 0 … +25 %; speed not read: {RASICA_MPS:.1f} m/s)",
            BACKWARD_RUN,
            [(RASICA_MPS, float(grade))],
            rasica.value,
            rasica.evidence.study.key,
        )


def _of_a_laboratory() -> Iterator[Row]:
    laboratory = "Body-weight-support laboratory, n = 13"
    speed = f"no support (speed not read: {SUPPORT_MPS:.1f} m/s)"
    study = published.SUPPORT_BACKWARD.evidence.study.key
    yield _ratio(laboratory, speed, BACKWARD_RUN, [(SUPPORT_MPS, 0.0)], 1.29, study)
    yield _cost(laboratory, f"forward, {speed}", FORWARD_RUN, published.SUPPORT_FORWARD)
    yield _cost(laboratory, f"backward, {speed}", BACKWARD_RUN, published.SUPPORT_BACKWARD)


def _of_walkers_uphill() -> Iterator[Row]:
    hooper = published.HOOPER_RATIO
    slopes = [(published.HOOPER_M_PER_MIN.value / 60, grade) for grade in (0.05, 0.10)]
    yield from _of_the_table()
    words = "walk 67 m/min, +5 … +10 % (17–20 %)"
    yield _ratio("Hooper 2004, n = 27", words, BACKWARD_WALK, slopes, hooper.value, hooper.evidence.study.key)


def _of_the_table() -> Iterator[Row]:
    """Return every row of the table of points that holds an oxygen uptake; Williford's stand above, both ways."""
    for point in points.PUBLISHED_POINTS:
        if point.quantity is not points.Quantity.OXYGEN or point.value is None or point.study == "W":
            continue
        assert point.speed_mps is not None
        model = BACKWARD_RUN if point.gait is Gait.RUN else BACKWARD_WALK
        if not model.refused(speed_mps=point.speed_mps, grade_ratio=point.grade_ratio):
            gait, kept_out = "run" if point.gait is Gait.RUN else "walk", " (kept out of the fit)"
            words = f"backward {gait} {point.speed_mps:.2f} m/s, {point.grade_ratio * 100:+.0f} %"
            words += kept_out if point.use is points.Use.TEST else ""
            source = f"{point.name}, n = {point.people}"
            yield _at(source, words, model, point.speed_mps, point.grade_ratio, point.value)


def _at(source: str, words: str, model: Model, speed_mps: float, grade: float, mean: Number) -> Row:
    low, best, high = (
        float(take(speed_mps=speed_mps, grade_ratio=grade)) for take in (model.low, model.best, model.high)
    )
    return Row(source, words, OXYGEN, mean.value, "", low, best, high, mean.evidence.study.key)


def _cost(source: str, condition: str, model: Model, measured: Number) -> Row:
    per_metre = JOULES_PER_ML.value / 60.0 / SUPPORT_MPS
    low, best, high = (float(take(speed_mps=SUPPORT_MPS)) * per_metre for take in (model.low, model.best, model.high))
    spread = f"±{(measured.high or 0.0) - measured.value:.1f}"
    study = measured.evidence.study.key
    return Row(source, condition, COST, measured.value, spread, low, best, high, study, float(spread[1:]))


def _uptake(source: str, condition: str, model: Model, speed_mps: float, mean: Number, spread: Number) -> Row:
    low, best, high = (float(take(speed_mps=speed_mps)) for take in (model.low, model.best, model.high))
    said = f"±{spread.value:.2f}"
    return Row(source, condition, OXYGEN, mean.value, said, low, best, high, mean.evidence.study.key, spread.value)


def _ratio(
    source: str,
    condition: str,
    backward: Model,
    where: list[tuple[float, float]],
    measured: float,
    study: str,
    spread: str = "",
) -> Row:
    """Return backward over forward, each in the same gait, with the interval of the factor alone."""
    forward = FORWARD_RUN if backward.gait is Gait.RUN else FORWARD_WALK
    ends = backward.of_factor or backward

    def mean(take: Callable[..., float]) -> float:
        at = [{"speed_mps": speed, "grade_ratio": grade} for speed, grade in where]
        return float(np.mean([take(**where) / forward.best(**where) for where in at]))

    low, best, high = mean(ends.low), mean(backward.best), mean(ends.high)
    return Row(source, condition, RATIO, measured, spread, low, best, high, study)


def _other_quantities() -> str:
    """Return what cannot be laid beside an interval: practice, shares, and the factor by heart rate."""
    after_min = 4 * 3 * 15
    change = (1 - float(backward_factor(float(after_min))) / float(backward_factor(0.0))) * 100
    less = (1 - published.HEATH_AFTER.value / published.HEATH_BEFORE.value) * 100
    flynn = float(BACKWARD_RUN.best(speed_mps=published.FLYNN_KMH.value / 3.6))
    lines = [
        f"| Heath 2001, n = 8 | practice, {after_min} min of backward walking | {less:.0f} % less (walking, gross) "
        f"| {change:.0f} % less (running, above rest) |",
        f"| Flynn 1994, n = 10 | run 9.65 km/h | 84 % of VO2peak | {flynn:.1f} {OXYGEN}: 84 % of a VO2peak of "
        f"{flynn / published.FLYNN_SHARE.value:.0f}, which was not read |",
    ]
    pairs = (
        ("walk 4.83 km/h", published.WALK_HEART_RATES, published.FORWARD_WALK, published.BACKWARD_WALK),
        ("run 8.04 km/h", published.RUN_HEART_RATES, published.FORWARD_RUN, published.BACKWARD_RUN),
    )
    for words, beats, forward, backward in pairs:
        net = (backward.value - 3.5) / (forward.value - 3.5)
        found = _factor_by_heart(beats[0].value, beats[1].value)
        lines.append(
            f"| Williford 1998, n = 13 | {words}: net ratio of oxygen, and of heart rates above 60 | {net:.2f} "
            f"| {found:.2f} ({(found / net - 1) * 100:+.0f} %) |".replace("-", "−")
        )
    return "\n| source | what | published | model |\n|---|---|---|---|\n" + "\n".join(lines) + "\n"


def _factor_by_heart(forward_bpm: float, backward_bpm: float) -> float:
    """Return the factor that the program would read off these heart rates at equal speed."""
    demand, rest = 24.1, 60.0
    forward, backward = (
        beats_per_demand(Heartbeats(60.0, 60.0 * measured_bpm, 60.0 * demand), rest)
        for measured_bpm in (forward_bpm, backward_bpm)
    )
    assert forward is not None
    assert backward is not None
    return backward / forward


def _values_to_hold() -> str:
    """Return the values that must come out as printed in their source, and the questions that must be refused."""
    lines = ["| what | expected | model | agrees |", "|---|---|---|---|"]
    lines += [
        f"| {what} | {expected} | {got} | {'yes' if got == expected else 'NO'} |" for what, expected, got in _held()
    ]
    return "\n" + "\n".join(lines) + "\n"


def _held() -> Iterator[tuple[str, str, str]]:
    men, women = MODELS["load_trimp_banister_men"], MODELS["load_trimp_banister_women"]
    hard = {"heart_rate_reserve_ratio": 0.75, "duration_s": 60.0}
    run = published.RUN_KMH.value / 3.6
    at = {"low": BACKWARD_RUN.low(speed_mps=run), "high": BACKWARD_RUN.high(speed_mps=run)}
    yield "Minetti, running at 0, +10, +25 %, J/kg/m", "3.60, 5.97, 10.73", _listed(SLOPE, (0.0, 0.1, 0.25))
    yield (
        "Minetti, walking at 0, +10, −10 %, J/kg/m (worked out by hand)",
        "2.50, 4.90, 1.13",
        _listed(WALK_SLOPE, (0.0, 0.1, -0.1)),
    )
    yield "Léger & Mercier at 8.04 km/h", "27.6", f"{float(FORWARD_RUN.best(speed_mps=run)):.1f}"
    yield "ACSM running at 8.04 km/h", "30.3", f"{float(FORWARD_RUN_ACSM.best(speed_mps=run)):.1f}"
    factors = (with_factor_ml_per_kg_min(run, 0.0, factor) for factor in (1.10, 1.27, 1.45))
    yield (
        "backward at 8.04 km/h, factor 1.10, 1.27, 1.45",
        "30.1, 34.2, 38.5",
        ", ".join(f"{float(factor):.1f}" for factor in factors),
    )
    yield "… and Williford's 31.33 lies within", "yes", "yes" if at["low"] <= 31.33 <= at["high"] else "no"
    yield "TRIMP a minute at three quarters of the reserve, men", "2.03", f"{float(men.best(**hard)):.2f}"
    yield "… women", "2.26", f"{float(women.best(**hard)):.2f}"
    yield "λ of fitness and fatigue", "0.02353, 0.1331", f"{decay_ratio(42):.5f}, {decay_ratio(7):.4f}"
    yield "λ of the acute:chronic averages", "0.25, 0.069", f"{smoothing_ratio(7):.2f}, {smoothing_ratio(28):.3f}"
    yield "walking and running backward cross at 1.67 … 2.03 m/s", "yes", _crosses()
    yield "backward walking at 1.8 m/s, at 2.2 m/s", "a number, not known", f"{_walks(1.8)}, {_walks(2.2)}"
    yield (
        "a 10 km/h runner at −50 % backward",
        "walk",
        "walk" if walk_until_and_run_from_mps(0.0)[0] > 5.0 / 3.6 else "run",
    )
    yield "a session of 12 min after a longest of 10", "over 110 %", "over 110 %" if is_spike(12.0, 10.0) else "within"
    yield 'the claim "2.5 % of body weight"', "false", _claim("2.5 %")
    yield "Minetti at +50 %", "refused", _refused(SLOPE, 0.5)
    yield "backward at −2 %", "not known", "not known" if isinstance(_backward(-0.02), NotKnown) else "a number"


def _crosses() -> str:
    at = effort_fit.crossing_mps(effort_fit.numbers_of(effort_fit.fit()))
    return "yes" if 1.67 <= at <= 2.03 else f"{at:.2f}"


def _walks(speed_mps: float) -> str:
    return "not known" if BACKWARD_WALK.refused(speed_mps=speed_mps) else "a number"


def _listed(model: Model, grades: tuple[float, ...]) -> str:
    return ", ".join(f"{float(model.best(grade_ratio=grade)):.2f}" for grade in grades)


def _claim(words: str) -> str:
    verdicts = [claim.verdict for claim in all_claims() if words in claim.article_says]
    return verdicts[0].value if verdicts and verdicts[0] is Verdict.FALSE else "not flagged"


def _refused(model: Model, grade: float) -> str:
    try:
        return f"{float(model.best(grade_ratio=grade)):.2f}"
    except OutsideValidRange:
        return "refused"


def _backward(grade: float) -> Estimate | NotKnown:
    return uptake_at(2.2, grade, Direction.BACKWARD, Athlete())
