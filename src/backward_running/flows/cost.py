"""What running costs: the calculator, and the runner's own factor."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from backward_running import effort
from backward_running.core.athlete import Athlete, within
from backward_running.core.counting import counted
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.habits import Habits, Pulse
from backward_running.core.ports import Activities, RunnerAndHabits
from backward_running.core.session import Estimate, NotKnown
from backward_running.core.standing import Standing
from backward_running.effort import (
    at_speed,
    equal_effort,
    oxygen_uptake_backward_run_scaled_leger_mercier,
    personal_factor,
    published,
)
from backward_running.effort.energy_oxygen_equivalent import JOULES_PER_ML
from backward_running.effort.interval_of_people import DEVIATIONS, reach
from backward_running.flows.activity import badge_of
from backward_running.flows.cost_views import (
    Asked,
    Calculation,
    Curve,
    Density,
    Dot,
    FactorSeen,
    Way,
    YourFactor,
)
from backward_running.flows.views import EvidenceBadge

#: What the calculator accepts, and draws.
SLOWEST_MPS, FASTEST_MPS = 0.5, 6.5
STEEPEST_RATIO = 0.45
DRAWN_SPEEDS_MPS = np.round(np.arange(0.5, 4.501, 0.05), 3)
DRAWN_GRADES = np.round(np.arange(-0.10, 0.2501, 0.01), 3)
DENSITY_RATIOS = np.round(np.arange(0.9, 1.8501, 0.01), 3)
WAYS = (Direction.FORWARD, Direction.BACKWARD)
NO_EQUAL_WALK = "Equal effort is known between running and running: walking backward is not measured against it."
NO_EQUAL_SLOW = "The backward speed of equal effort would be a walk: below 1.85 m/s it is not known."
NO_EQUAL_FAST = "The backward speed of equal effort would be above 3.5 m/s: nobody has measured that."
NO_GRADE_ADJUSTED_WALK = "Grade-adjusted pace is given for running."


def check(asked: Asked) -> None:
    """Raise a :class:`BadValue` where the calculator is asked something that cannot be."""
    if not SLOWEST_MPS <= asked.speed_mps <= FASTEST_MPS:
        raise BadValue("speed", f"lie between {SLOWEST_MPS:g} and {FASTEST_MPS:g} m/s", round(asked.speed_mps, 2))
    if not abs(asked.grade_ratio) <= STEEPEST_RATIO:
        raise BadValue("grade", "lie between −45 and +45 %", round(asked.grade_ratio * 100, 1))
    within("mass_kg", asked.mass_kg, "body mass")
    if asked.direction not in WAYS:
        raise BadValue("direction", "be forward or backward", asked.direction.value)


def calculate(store: RunnerAndHabits, asked: Asked) -> Calculation:
    """Say what a speed on a slope costs, both ways. Raises BadValue where that cannot be."""
    check(asked)
    athlete, (pulses, simulated) = store.athlete(), _own_pulses(store.habits())
    own = effort.own_factor(pulses, athlete)
    heart = equal_effort.own_heart(pulses, athlete)
    forward, backward = (_way(asked, direction, athlete, own, heart) for direction in WAYS)
    ratio = at_speed.ratio_at(asked.speed_mps, asked.grade_ratio, athlete, own)
    heart_ratio = equal_effort.HEART_RATE_RATIO
    said: list[Estimate | NotKnown] = [ratio]
    for side in (forward, backward):
        said += [side.oxygen_uptake, side.cost, side.power, side.heart_rate, side.grade_adjusted_speed]
    return Calculation(
        asked,
        forward,
        backward,
        ratio,
        Estimate(
            "heart_rate_ratio",
            heart_ratio.value,
            heart_ratio.low or heart_ratio.value,
            heart_ratio.high or heart_ratio.value,
            "williford1998",
            Standing.SINGLE_STUDY,
            (heart_ratio.evidence.says,),
        ),
        _equal_effort(asked, athlete, own),
        over_speed=tuple(_curve(DRAWN_SPEEDS_MPS, asked, way, athlete, own, over="speed") for way in WAYS),
        over_grade=tuple(_curve(DRAWN_GRADES, asked, way, athlete, own, over="grade") for way in WAYS),
        dots=tuple(
            Dot(
                point.words,
                point.direction,
                point.speed_mps,
                point.uptake_ml_per_kg_min,
                point.uptake_ml_per_kg_min - float(reach(point.spread_ml_per_kg_min)),
                point.uptake_ml_per_kg_min + float(reach(point.spread_ml_per_kg_min)),
            )
            for point in published.POINTS
        ),
        badges=_badges(said),
        factor=_factor(own, athlete),
        own_recordings=len(own.observations) if own.enough else 0,
        simulated=simulated,
    )


def cost_of(asked: Asked, athlete: Athlete) -> Way:
    """Say what one direction at one speed and slope costs somebody of whom nothing is recorded. Pure."""
    check(asked)
    return _way(asked, asked.direction, athlete, effort.own_factor((), athlete), equal_effort.own_heart((), athlete))


def nothing_asked(asked: Asked) -> Way:
    """Say that nothing is known where a speed or a grade is missing. Pure."""
    lacks = "speed" if math.isnan(asked.speed_mps) else "grade"
    names = ("oxygen_uptake_ml_per_kg_min", "cost_j_per_kg_m", "power_w_per_kg", "heart_rate_bpm", "speed_mps")
    return Way(asked.direction, None, *(NotKnown(name, f"No {lacks} is given.") for name in names))


def your_factor(store: RunnerAndHabits) -> YourFactor:
    """Show what is believed of the runner's own factor: before, what their recordings say, and after."""
    pulses, simulated = _own_pulses(store.habits())
    athlete = store.athlete()
    own = effort.own_factor(pulses, athlete)
    model = oxygen_uptake_backward_run_scaled_leger_mercier.MODEL
    before = effort.own_factor((), athlete)
    prior = _factor(before, athlete)
    count = len(own.observations)
    caveat = (f"From {counted(count, 'recording')} with heart rate in both directions.",)
    used = (own.low_ratio, own.best_ratio, own.high_ratio)
    posterior = _ratio_estimate(used, model, Standing.MEASURED if own.enough else prior.standing, caveat)
    capacity = effort.capacity_read_off(equal_effort.own_heart(pulses, athlete))
    return YourFactor(
        prior,
        posterior,
        tuple(_seen(store, observation) for observation in own.observations),
        _density(own),
        own.enough,
        round(personal_factor.ENOUGH.value),
        own.why_none,
        simulated,
        capacity,
        _badges([prior, posterior, capacity]),
    )


def _own_pulses(habits: Habits) -> tuple[tuple[Pulse, ...], bool]:
    """Return the pulses of the real runner, or of the demo runner where nobody real has run yet."""
    real = habits.of(simulated=False).pulses
    simulated = habits.of(simulated=True).pulses
    return (simulated, True) if simulated and not real else (real, False)


def _way(
    asked: Asked,
    direction: Direction,
    athlete: Athlete,
    own: effort.OwnFactor,
    heart: equal_effort.OwnHeart | NotKnown,
) -> Way:
    uptake = at_speed.uptake_at(asked.speed_mps, asked.grade_ratio, direction, athlete, own)
    if isinstance(heart, NotKnown):
        heart_rate: Estimate | NotKnown = heart
    elif isinstance(uptake, NotKnown):
        heart_rate = NotKnown("heart_rate_bpm", uptake.why)
    else:
        # The runner's own line was learned forward at these very speeds: how runners differ there is in it already.
        low, high = uptake.value, uptake.value
        ratio = at_speed.ratio_at(asked.speed_mps, asked.grade_ratio, athlete, own)
        if direction is Direction.BACKWARD and isinstance(ratio, Estimate):
            low, high = (uptake.value * end / ratio.value for end in (ratio.low, ratio.high))
        heart_rate = equal_effort.expected_heart_rate(heart, low, uptake.value, high)
    watts = JOULES_PER_ML.value / 60.0
    return Way(
        direction,
        _gait(asked, direction),
        uptake,
        _scaled(uptake, "cost_j_per_kg_m", watts / asked.speed_mps),
        _scaled(uptake, "power_w_per_kg", watts),
        heart_rate,
        _grade_adjusted(asked, direction),
    )


def _gait(asked: Asked, direction: Direction) -> Gait | None:
    """Return how one moves at that speed; None where either may be meant."""
    return at_speed.gait_at(asked.speed_mps, asked.grade_ratio, direction)


def _scaled(uptake: Estimate | NotKnown, name: str, factor: float) -> Estimate | NotKnown:
    if isinstance(uptake, NotKnown):
        return NotKnown(name, uptake.why)
    low, best, high = (bound * factor for bound in (uptake.low, uptake.value, uptake.high))
    return Estimate(name, best, low, high, uptake.model, uptake.standing, uptake.caveats)


def _grade_adjusted(asked: Asked, direction: Direction) -> Estimate | NotKnown:
    name = "grade_adjusted_speed_mps"
    model = effort.grade_adjusted_model(direction)
    if _gait(asked, direction) is Gait.WALK:
        return NotKnown(name, NO_GRADE_ADJUSTED_WALK)
    where = {"speed_mps": asked.speed_mps, "grade_ratio": asked.grade_ratio}
    for key, value in where.items():
        limit = model.limits.get(key)
        if limit is not None and not limit.lowest <= value <= limit.highest:
            return NotKnown(name, limit.below if value < limit.lowest else limit.above)
    speed = float(model.best(**where))
    return Estimate(name, speed, speed, speed, model.key, model.standing)


def _equal_effort(asked: Asked, athlete: Athlete, own: effort.OwnFactor) -> Estimate | NotKnown:
    """Return the speed of equal effort in the other direction, on the same slope."""
    name = "speed_mps"
    low, best, high = at_speed.factors(own, athlete.backward_experience_min)
    backward = asked.direction is Direction.BACKWARD
    at = at_speed.uptake_at(asked.speed_mps, asked.grade_ratio, asked.direction, Athlete())
    if isinstance(at, NotKnown):
        return NotKnown(name, at.why)
    if _gait(asked, asked.direction) is not Gait.RUN:
        return NotKnown(name, NO_EQUAL_WALK)
    if backward:
        speeds = [
            float(equal_effort.equal_effort_forward_speed_mps(asked.speed_mps, factor)) for factor in (low, best, high)
        ]
    else:
        speeds = [float(equal_effort.equal_effort_speed_mps(asked.speed_mps, factor)) for factor in (high, best, low)]
    model = oxygen_uptake_backward_run_scaled_leger_mercier
    if not backward and speeds[1] < at_speed.walk_until_and_run_from_mps(asked.grade_ratio)[1]:
        return NotKnown(name, NO_EQUAL_SLOW)
    if not backward and speeds[1] > model.FASTEST.value:
        return NotKnown(name, NO_EQUAL_FAST)
    if not backward and model.MODEL.refused(speed_mps=speeds[1], grade_ratio=asked.grade_ratio):
        return NotKnown(
            name, model.LIMITS["grade_ratio"].below if asked.grade_ratio < 0 else model.LIMITS["grade_ratio"].above
        )
    standing = _factor(own, athlete).standing
    return Estimate(name, speeds[1], speeds[0], speeds[2], model.MODEL.key, standing)


def _curve(
    at: np.ndarray, asked: Asked, direction: Direction, athlete: Athlete, own: effort.OwnFactor, *, over: str
) -> Curve:
    """Price many points of one direction; what has no answer is None."""
    speed, grade = (at, asked.grade_ratio) if over == "speed" else (asked.speed_mps, at)
    found = at_speed.prices_at(speed, grade, direction, athlete, own)
    known = (found.reason == 0).tolist()

    def column(values: np.ndarray) -> tuple[float | None, ...]:
        return tuple(value if here else None for value, here in zip(values.tolist(), known, strict=True))

    return Curve(direction, tuple(at.tolist()), column(found.low), column(found.best), column(found.high))


def _ratio_estimate(
    of: tuple[float, float, float], model: effort.Model, standing: Standing, caveats: tuple[str, ...] = ()
) -> Estimate:
    low, best, high = of
    return Estimate("backward_to_forward_ratio", best, low, high, model.key, standing, caveats)


def _factor(own: effort.OwnFactor, athlete: Athlete) -> Estimate:
    """Return the factor that running backward is priced with: the runner's own where there is enough of it."""
    model = oxygen_uptake_backward_run_scaled_leger_mercier
    standing = Standing.MEASURED if own.enough else model.FACTOR.evidence.standing
    return _ratio_estimate(at_speed.factors(own, athlete.backward_experience_min), model.MODEL, standing)


def _seen(store: Activities, observation: personal_factor.Observation) -> FactorSeen:
    reach = DEVIATIONS.value * observation.spread_nat
    return FactorSeen(
        observation.activity_id,
        store.row(observation.activity_id).title,
        observation.forward_s,
        observation.backward_s,
        observation.factor_ratio,
        observation.factor_ratio * math.exp(-reach),
        observation.factor_ratio * math.exp(reach),
        observation.counted_ratio,
    )


def _density(own: effort.OwnFactor) -> Density:
    """Return both beliefs as heights, the highest of the two being 1."""
    logs = np.log(DENSITY_RATIOS)
    heights = [
        np.exp(-0.5 * ((logs - belief.mean_nat) / belief.spread_nat) ** 2) / belief.spread_nat
        for belief in (own.prior, own.posterior)
    ]
    highest = max(float(height.max()) for height in heights)
    prior, posterior = (tuple((height / highest).tolist()) for height in heights)
    return Density(tuple(DENSITY_RATIOS.tolist()), prior, posterior)


def _badges(said: Iterable[Estimate | NotKnown]) -> Mapping[str, EvidenceBadge]:
    models = effort.all_models()
    keys = dict.fromkeys(key for estimate in said if isinstance(estimate, Estimate) for key in estimate.models)
    return {key: badge_of(models[key]) for key in keys if key in models}
