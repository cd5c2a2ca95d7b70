"""Which model is asked: chosen from all that were found, those of third parties included, and never by its file."""

from __future__ import annotations

import enum
from collections.abc import Collection
from typing import Final

from backward_running.core.athlete import Athlete, Sex
from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.effort.base import Model

UPTAKE: Final = "oxygen_uptake_ml_per_kg_min"
#: What is known of a sample of any recording with a speed, and of the runner; either may be missing.
OF_A_SAMPLE: Final = frozenset({"speed_mps", "grade_ratio", "backward_experience_min"})


class Regime(enum.IntEnum):
    """How a sample moves, as far as prices differ by it. An index into what :func:`models_of_regimes` returns."""

    STANDING = 0
    FORWARD_WALK = 1
    FORWARD_TRANSITION = 2  #: speeds at which some people walk forward and some run
    FORWARD_RUN = 3
    BACKWARD_WALK = 4
    BACKWARD_TRANSITION = enum.auto()  #: speeds at which some people walk backward and some run
    BACKWARD_RUN = enum.auto()


#: Direction and gait of each regime; no gait where either may be meant.
MOVES: Final = {
    Regime.STANDING: (Direction.STILL, None),
    Regime.FORWARD_WALK: (Direction.FORWARD, Gait.WALK),
    Regime.FORWARD_TRANSITION: (Direction.FORWARD, None),
    Regime.FORWARD_RUN: (Direction.FORWARD, Gait.RUN),
    Regime.BACKWARD_WALK: (Direction.BACKWARD, Gait.WALK),
    Regime.BACKWARD_TRANSITION: (Direction.BACKWARD, None),
    Regime.BACKWARD_RUN: (Direction.BACKWARD, Gait.RUN),
}


def asked_model(
    gives: str,
    *,
    known: Collection[str],
    direction: Direction | None = None,
    gait: Gait | None = None,
    sex: Sex | None = None,
) -> Model | None:
    """Choose the model that answers.

    Parameters
    ----------
    gives : str
        The quantity that is wanted, a name of core.names.
    known : collection of str
        The inputs that are at hand. A model that needs another one is not asked.
    direction : Direction or None
        How the body moves; None for what does not depend on it.
    gait : Gait or None
        None where either may be meant: then only a model that serves both is asked.
    sex : Sex or None
        Of the runner; None where it is not known: then only a model that serves everybody is asked.

    Returns
    -------
    Model or None
        Of those that serve, the one of the highest priority; among equals the one that was made for just this direction
        and gait, then one of the house, then the first by key.

    Examples
    --------
    >>> asked_model(UPTAKE, known=OF_A_SAMPLE, direction=Direction.FORWARD, gait=Gait.RUN).key
    'oxygen_uptake_leger_mercier_1984'
    """
    from backward_running.effort import all_models

    serving = [
        model
        for model in all_models().values()
        if model.gives == gives
        and model.needs <= set(known)
        and model.direction in (None, direction)
        and model.gait in (None, gait)
        and model.sex in (None, sex)
    ]
    return min(serving, key=lambda model: _rank(model, direction, gait), default=None)


def _rank(model: Model, direction: Direction | None, gait: Gait | None) -> tuple[int, int, bool, str]:
    made_for_it = (model.direction is direction) + (model.gait is gait)
    return -model.priority, -made_for_it, not model.of_the_house, model.key


def models_of_regimes() -> tuple[Model, ...]:
    """Return the model that prices each regime, in their order."""
    return tuple(
        _required(UPTAKE, asked_model(UPTAKE, known=OF_A_SAMPLE, direction=direction, gait=gait))
        for direction, gait in MOVES.values()
    )


def uptake_model_of(direction: Direction, gait: Gait | None) -> Model | None:
    """Return the model that prices a movement; None where nobody does."""
    return asked_model(UPTAKE, known=OF_A_SAMPLE, direction=direction, gait=gait)


def grade_adjusted_model(direction: Direction) -> Model:
    """Return the model of how fast level running of the same effort would be."""
    name = "grade_adjusted_speed_mps"
    return _required(name, asked_model(name, known={"speed_mps", "grade_ratio"}, direction=direction, gait=Gait.RUN))


def heart_rate_uptake_model() -> Model:
    """Return the model that reads the oxygen uptake off the heart rate."""
    known = {"heart_rate_reserve_ratio", "maximal_oxygen_uptake_ml_per_kg_min"}
    return _required(UPTAKE, asked_model(UPTAKE, known=known))


def session_load_model() -> Model:
    """Return the model of a load from how hard a session felt."""
    name = "session_load_au"
    return _required(name, asked_model(name, known={"perceived_exertion_cr10", "duration_s"}))


def trimp_model_of(athlete: Athlete) -> Model | None:
    """Return the training impulse for this runner; None where it differs by sex and that is not said."""
    return asked_model("trimp_au", known={"heart_rate_reserve_ratio", "duration_s"}, sex=athlete.sex)


def _required(gives: str, model: Model | None) -> Model:
    if model is None:
        raise BadValue("model", f"be among those of the house for {gives}", None, "Install the program anew.")
    return model
