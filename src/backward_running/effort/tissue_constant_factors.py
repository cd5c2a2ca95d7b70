"""Tissues whose factor is one constant at every speed: one row each, with the identity card of its model.

The knee, whose factor changes with speed, has a file of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Direction, Gait
from backward_running.core.standing import Standing, Tag
from backward_running.core.tissue import Confidence
from backward_running.effort._tissue import Tissue
from backward_running.effort.base import Model, Numbers
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies import (
    backward_excursion,
    calf_damage,
    cavagna2012,
    devita1991,
    landing_from_memory,
    leg_muscles_lab,
    roos2012,
    sterzing2016,
    threlkeld1989,
)

_SPEEDS = own_proposal(
    "this_project.tissue_speeds",
    "The factors of calf, forefoot, quadriceps and hamstring are proposed for 1.7 to 3.5 m/s, the speeds at "
    "which most "
    "studies of backward running were done; outside they are kept, and said to be outside.",
)
SLOWEST: Final = Number("tissue_slowest_mps", 1.7, "m s⁻¹", _SPEEDS)
FASTEST: Final = Number("tissue_fastest_mps", 3.5, "m s⁻¹", _SPEEDS)
PEAK_FORCE_SLOWEST: Final = Number("peak_force_slowest_mps", 3 / KMH_PER_MPS, "m s⁻¹", cavagna2012.ACCELERATION)
PEAK_FORCE_FASTEST: Final = Number("peak_force_fastest_mps", 17 / KMH_PER_MPS, "m s⁻¹", cavagna2012.ACCELERATION)

_CALF = own_proposal(
    "this_project.calf_and_achilles_factor",
    "A backward step is taken to load calf and Achilles tendon 1.15 times (0.9 to 1.5) as much as a forward one at "
    "equal speed. Nobody measured it: the sign follows from the calf being what lands, the size is a guess.",
)
_FOREFOOT = own_proposal(
    "this_project.forefoot_factor",
    "A backward step is taken to load forefoot and metatarsals 1.2 times (0.9 to 1.6) as much as a forward one at "
    "equal speed: the forefoot lands, the heel comes down late or not at all. The size is a guess.",
)
_QUADRICEPS = own_proposal(
    "this_project.quadriceps_factor",
    "The quadriceps as a whole is taken to be 1.5 times (1.2 to 2.1) as active in a backward step as in a "
    "forward one "
    "at equal speed: one of its four heads about doubled its activity, the others were not in what was read.",
)
_HAMSTRING = own_proposal(
    "this_project.hamstring_factor",
    "The hamstring is taken to travel 0.8 times (0.6 to 1.0) as far in a backward step as in a forward one at equal "
    "speed: hip and knee travel less far.",
)
_PEAK_FORCE = own_proposal(
    "this_project.peak_force_factor",
    "The peak vertical force of a backward step lies between 0.90 and 1.15 times that of a forward one at equal speed: "
    "two studies found 1.11 and 1.04 times, an older one less than 1.",
)
_ROOS = Evidence(
    "roos2012.ground_ratio",
    "When the knee is loaded most, the ground pushed back with 2.4 against 2.3 times body weight: 2.4/2.3 = 1.04.",
    roos2012.STUDY,
    Standing.SINGLE_STUDY,
    Tag.DERIVED,
)


Interval = tuple[Number, Number, Number]  #: best, low and high; an interval of 80 %


def _interval(stem: str, best: float, low: float, high: float, evidence: Evidence) -> Interval:
    return (
        Number(f"{stem}_ratio", best, "1", evidence, low=low, high=high),
        Number(f"{stem}_low_ratio", low, "1", evidence),
        Number(f"{stem}_high_ratio", high, "1", evidence),
    )


FACTORS: Final = {
    "calf_and_achilles": _interval("calf_and_achilles_load_factor", 1.15, 0.9, 1.5, _CALF),
    "forefoot": _interval("forefoot_load_factor", 1.2, 0.9, 1.6, _FOREFOOT),
    "quadriceps": _interval("quadriceps_activation_factor", 1.5, 1.2, 2.1, _QUADRICEPS),
    "hamstring": _interval("hamstring_excursion_factor", 0.8, 0.6, 1.0, _HAMSTRING),
    "peak_force": (
        Number("peak_vertical_force_factor_ratio", 1.04, "1", _ROOS, low=0.90, high=1.15),
        Number("peak_vertical_force_factor_low_ratio", 0.90, "1", _PEAK_FORCE),
        Number("peak_vertical_force_factor_high_ratio", 1.15, "1", _PEAK_FORCE),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A tissue with a constant factor, and what its identity card says."""

    key: str
    title: str
    means: str
    confidence: Confidence
    ordinal: int
    gives: str  #: name of core.names
    called: str  #: the quantity, as a title
    says: str  #: the first line of the card
    notes: str
    deviations: str
    found: tuple[Evidence, ...]  #: what studies say of it; the proposal itself is that of the factor
    slowest: Number = SLOWEST
    fastest: Number = FASTEST
    downhill: str | None = None


_CARD = """{says}

Parameters
----------
speed_mps : float or ndarray, shape (n,)
    Speed, m s⁻¹, never negative; the same in both directions.

Returns
-------
float or ndarray, shape (n,)
    {best:g} at every speed; 80 % interval {low:g} to {high:g}. Confidence: {confidence}.

Valid for
---------
Running on level ground at speed_mps from {slowest:.2g} to {fastest:.2g}. Outside the factor is kept and said to be
outside.

Notes
-----
{notes}

Deviations
----------
{deviations}

References
----------
{references}

Examples
--------
>>> from backward_running.effort import all_models
>>> float(all_models()[{key!r}].best(speed_mps=2.5))
{best:g}
"""


def _card(row: Row, key: str) -> str:
    """Write the identity card of a row: what it says of itself, and the numbers and sources it really has."""
    best, low, high = (number.value for number in FACTORS[row.key])
    studies = dict.fromkeys(source.study for source in row.found)
    references = (f"{study.citation}, doi:{study.doi}" if study.doi else study.citation for study in studies)
    return _CARD.format(
        says=row.says,
        best=best,
        low=low,
        high=high,
        confidence=row.confidence.value,
        slowest=row.slowest.value,
        fastest=row.fastest.value,
        notes=row.notes,
        deviations=row.deviations,
        references="\n".join(references),
        key=key,
    )


def _constant(factor: Number, name: str, card: str) -> Callable[..., Any]:
    def ratio(speed_mps: Numbers) -> Any:
        speed = np.asarray(speed_mps, dtype=float)
        return np.where(np.isnan(speed), np.nan, factor.value)  # a missing speed stays missing

    ratio.__name__, ratio.__doc__ = name, card
    return ratio


def _tissue(row: Row) -> Tissue:
    """Make a tissue and its model of a row."""
    best, low, high = FACTORS[row.key]
    key = f"tissue_{row.key}_this_project"
    model = Model(
        key=key,
        title=f"{row.called}, backward over forward (this project's proposal)",
        version="1",
        direction=Direction.BACKWARD,
        gait=Gait.RUN,
        gives=row.gives,
        best=_constant(best, row.gives, _card(row, key)),
        low=_constant(low, f"{row.gives}_low", f"Lower end of the 80 % interval of {row.gives}."),
        high=_constant(high, f"{row.gives}_high", f"Upper end of the 80 % interval of {row.gives}."),
        valid={"speed_mps": (row.slowest.value, row.fastest.value)},
        may_extrapolate=True,
        evidence=tuple(dict.fromkeys((best.evidence, low.evidence, *row.found))),
    )
    return Tissue(row.key, row.title, row.means, model, row.confidence, row.ordinal, row.downhill)


CALF_AND_ACHILLES = _tissue(
    Row(
        key="calf_and_achilles",
        title="Calf and Achilles",
        means="load of the calf and its tendon",
        confidence=Confidence.VERY_LOW,
        ordinal=2,
        gives="calf_and_achilles_load_ratio",
        called="Load of calf and Achilles tendon",
        says="Load of calf and Achilles tendon in a backward step over a forward one, at equal speed.",
        notes="A constant: no study gives a force, let alone one that depends on speed. The evidence is indirect.",
        deviations=(
            "No paper states this factor. Downhill it is not used: there backward walking damages calves on purpose."
        ),
        found=(landing_from_memory.CALF, devita1991.ANKLE, calf_damage.CALF),
        downhill="Downhill and backward the calf brakes your fall: how much it loads is not known.",
    )
)
FOREFOOT = _tissue(
    Row(
        key="forefoot",
        title="Forefoot",
        means="load of the forefoot and metatarsals",
        confidence=Confidence.VERY_LOW,
        ordinal=3,
        gives="forefoot_load_ratio",
        called="Load of the forefoot",
        says="Load of the forefoot in a backward step over a forward one, at equal speed.",
        notes="A constant: a study of the pressure under the foot exists, but its results were not at hand.",
        deviations=(
            "No paper states this factor. Who lands on the forefoot when running forward will see less of a difference."
        ),
        found=(landing_from_memory.FOREFOOT, sterzing2016.MEASURED),
    )
)
QUADRICEPS = _tissue(
    Row(
        key="quadriceps",
        title="Quadriceps",
        means="activity of the front of the thigh",
        confidence=Confidence.LOW,
        ordinal=4,
        gives="quadriceps_activation_ratio",
        called="Activity of the quadriceps",
        says="Activity of the quadriceps in a backward step over a forward one, at equal speed.",
        notes="The rectus femoris alone rose by 113.5 %, that is 2.135 times; it is one of four heads.",
        deviations=(
            "The factor of the whole muscle lies between no change and that of the rectus femoris: a proposal."
        ),
        found=(leg_muscles_lab.MUSCLES,),
    )
)
HAMSTRING = _tissue(
    Row(
        key="hamstring",
        title="Hamstring",
        means="how far the back of the thigh is stretched",
        confidence=Confidence.LOW,
        ordinal=5,
        gives="hamstring_excursion_ratio",
        called="Stretch of the hamstring",
        says="How far the hamstring is stretched in a backward step over a forward one, at equal speed.",
        notes="A constant: what was read gives the sign, and no number. It is travel, not force.",
        deviations="No paper states this factor. How hard the muscle works is another question, and is not known.",
        found=(backward_excursion.EXCURSION,),
    )
)
PEAK_FORCE = _tissue(
    Row(
        key="peak_force",
        title="Whole leg: peak force",
        means="how hard the ground pushes back",
        confidence=Confidence.MODERATE,
        ordinal=6,
        gives="peak_vertical_force_ratio",
        called="Peak vertical force",
        says="Peak vertical force of a backward step over a forward one, at equal speed.",
        notes=(
            "(9.81 + 15.7)/(9.81 + 13.2) = 1.11 (Cavagna, mean over the speeds, 3 to 17 km/h); 2.4/2.3 = 1.04 (Roos, "
            "when the knee is loaded most)."
        ),
        deviations="Both papers state forces, not this factor; it is a proposal laid between and below them.",
        found=(cavagna2012.ACCELERATION, roos2012.GROUND, threlkeld1989.FORCE),
        slowest=PEAK_FORCE_SLOWEST,
        fastest=PEAK_FORCE_FASTEST,
    )
)
