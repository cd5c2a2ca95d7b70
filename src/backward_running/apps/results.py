"""What the door for programs gives back: tables, and how a row of each is made."""

from __future__ import annotations

from typing import Any

from backward_running.apps.table import Table
from backward_running.core.direction import Direction
from backward_running.core.plan import GateState, Plan, Workout
from backward_running.core.session import BoutFacts, Estimate, NotKnown
from backward_running.flows.cost_views import Asked, Way


class Bouts(Table):
    """Which way the person went: a row for each bout."""

    facts: tuple[BoutFacts, ...] = ()
    unknown_because: str | None = None  #: why something is unknown; None where all is answered
    only_claimed: str | None = None  #: that directions rest on a mounting which nothing else in the run bears out
    losses: tuple[str, ...] = ()  #: what of the recording could not be read
    seconds: Table  #: the same, a row for each second


class Steps(Table):
    """Every initial contact: a row for each."""

    steps_per_contact: float = float("nan")  #: 2 where one leg is seen, 1 where both are
    found_by: str = "nothing"  #: the place of the sensor


class Costs(Table):
    """What speeds cost, each with its interval: a row for each speed."""


class Sessions(Table):
    """The sessions of a plan: a row for each."""

    plan: Plan | None = None  #: weeks, steps, gates and reasons; None where there is none for now
    why_not: tuple[GateState, ...] = ()  #: the rules that keep it from beginning
    instead: tuple[str, ...] = ()  #: what can be done meanwhile


BOUT_COLUMNS = (
    "start_s", "end_s", "direction", "gait", "probability_share", "found_by", "moving_s", "distance_m", "steps_count",
    "step_length_m", "cadence_spm", "heart_rate_bpm", "ascent_m", "contact_time_s", "flight_time_s",
)  # fmt: skip
COST_QUANTITIES = (("oxygen_uptake", "ml_per_kg_min"), ("cost", "j_per_kg_m"), ("power", "w_per_kg"))
COST_COLUMNS = (
    "speed_mps", "grade_ratio", "direction", "gait",
    *(f"{quantity}_{end}{unit}" for quantity, unit in COST_QUANTITIES for end in ("", "low_", "high_")),
    "model", "standing", "caveats", "not_known",
)  # fmt: skip
SESSION_COLUMNS = (
    "on", "week", "title", "summary", "place", "with_whom", "duration_s", "backward_s", "forward_s", "workout_id",
)  # fmt: skip
QUESTION_COLUMNS = ("key", "question", "kind", "choices", "unit", "lowest", "highest", "optional")
EVIDENCE_COLUMNS = (
    "key", "value", "low", "high", "unit", "standing", "tag", "says", "citation", "doi", "who", "n", "read", "used_in",
)  # fmt: skip
PLUG_COLUMNS = ("kind", "key", "title", "package")


def bout_row(facts: BoutFacts) -> dict[str, Any]:
    """Return a bout as a row."""
    bout = facts.bout
    own = {name: getattr(facts, name) for name in BOUT_COLUMNS if hasattr(facts, name)}
    return own | {
        "start_s": bout.start_s,
        "end_s": bout.end_s,
        "direction": bout.direction.value,
        "gait": None if bout.gait is None else bout.gait.value,
        "probability_share": bout.probability_share,
        "found_by": bout.found_by,
    }


def cost_row(asked: Asked, found: Way) -> dict[str, Any]:
    """Return what one speed costs as a row; what is not known is None, and says why."""
    uptake = found.oxygen_uptake
    row = {
        "speed_mps": asked.speed_mps,
        "grade_ratio": asked.grade_ratio,
        "direction": asked.direction.value,
        "gait": None if found.gait is None else found.gait.value,
        **_interval("oxygen_uptake", "ml_per_kg_min", uptake),
        **_interval("cost", "j_per_kg_m", found.cost),
        **_interval("power", "w_per_kg", found.power),
    }
    if isinstance(uptake, NotKnown):
        return row | {"model": None, "standing": None, "caveats": None, "not_known": uptake.why}
    caveats = " ".join(uptake.caveats)
    return row | {"model": uptake.model, "standing": uptake.standing.value, "caveats": caveats, "not_known": None}


def session_row(workout: Workout) -> dict[str, Any]:
    """Return a session of a plan as a row."""
    return {
        "on": workout.on,
        "week": workout.week,
        "title": workout.title,
        "summary": workout.summary,
        "place": workout.place.value,
        "with_whom": workout.with_whom,
        "duration_s": workout.duration_s(),
        "backward_s": workout.duration_s(Direction.BACKWARD),
        "forward_s": workout.duration_s(Direction.FORWARD),
        "workout_id": workout.workout_id,
    }


def _interval(quantity: str, unit: str, found: Estimate | NotKnown) -> dict[str, float | None]:
    low, best, high = (found.low, found.value, found.high) if isinstance(found, Estimate) else (None, None, None)
    return {f"{quantity}_{unit}": best, f"{quantity}_low_{unit}": low, f"{quantity}_high_{unit}": high}
