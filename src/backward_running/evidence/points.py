"""What was measured of moving backward: one row for each point, kept apart by study.

The model of moving backward is fitted to the rows that hold a value and are marked ``FIT``, and tested on those marked
``TEST``. A row without a value was measured and printed, and its value is not at hand: whoever has the paper fills it
in, and ``python -m validation.effort_fit --write`` fits everything anew.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from backward_running.core.direction import Gait
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, own_proposal
from backward_running.evidence.studies import (
    body_weight_support,
    chaloupka1997,
    clarkson1997,
    compendium,
    flynn1994,
    heath2001,
    hooper2004,
    hreljac2005,
    myatt1995,
    rasica2020,
    williford1998,
    wright2001,
)


class Quantity(enum.Enum):
    """What a row states."""

    OXYGEN = "gross oxygen uptake backward, ml/kg/min"
    RATIO = "backward over forward in one gait"
    WALK_OVER_RUN = "walking backward over running backward, rest included"
    CROSSING = "speed at which walking and running backward cost the same, m/s"


class Rest(enum.Enum):
    """Whether the oxygen of rest is in what a row states: a ratio without it is the larger one."""

    INCLUDED = "rest included (gross)"
    LEFT_OUT = "rest left out (net)"
    NOT_SAID = "not said"


class Use(enum.Enum):
    """What a row is for."""

    FIT = "fit"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class PublishedPoint:
    """One published mean, or the place where one is missing."""

    study: str  #: hold-out key: all rows of a study are left out together
    name: str
    evidence: Evidence
    people: int
    gait: Gait | None
    speed_mps: float | None  #: None where it was not read
    grade_ratio: float
    quantity: Quantity
    use: Use
    value: Number | None  #: None: measured and printed, and not at hand
    rest: Rest = Rest.INCLUDED
    spread: float | None = None  #: one standard deviation between people
    run_mps: float | None = None  #: of WALK_OVER_RUN: the speed of the run
    assumed_nat: float = 0.0  #: what an assumption adds to the error of its logarithm
    supposed_mps: float | None = None  #: where no speed was read: the one that rest is weighed at

    @property
    def wanted(self) -> bool:
        """Whether its value is asked for."""
        return self.value is None


_UPTAKE = "ml kg⁻¹ min⁻¹"
_WALK, _RUN = Gait.WALK, Gait.RUN


def _derived(like: Evidence, key: str, says: str) -> Evidence:
    return Evidence(key, says, like.study, Standing.SINGLE_STUDY, Tag.DERIVED)


WILLIFORD_RUN_RATIO: Final = Number(
    "williford_run_net_ratio",
    1.177,
    "1",
    _derived(williford1998.RUN, "williford1998.run_net", "(31.33 − 3.5)/(27.15 − 3.5) = 1.177, rest left out."),
)
WILLIFORD_RUN_SPREAD: Final = Number(
    "williford_run_net_ratio_spread",
    0.21,
    "1",
    _derived(
        williford1998.RUN,
        "williford1998.run_net_spread",
        "People differed by 5.77/27.83 = 20.7 % backward and 2.51/23.65 = 10.6 % forward, rest left out. If how "
        "thrifty one is forward says nothing of the factor, √(20.7² − 10.6²) = 17.8 % is the factor's: 1.177 · 0.178 = "
        "0.21.",
    ),
)
WILLIFORD_WALK: Final = Number("williford_walk_uptake_ml_per_kg_min", 15.95, _UPTAKE, williford1998.WALK)
COMPENDIUM_WALK: Final = Number(
    "compendium_walk_uptake_ml_per_kg_min",
    21.0,
    _UPTAKE,
    _derived(compendium.WALK, "compendium.walk_uptake", "6.0 MET · 3.5 ml/kg/min = 21.0, walking backward at 3.5 mph."),
)
COMPENDIUM_UPHILL: Final = Number(
    "compendium_uphill_uptake_ml_per_kg_min",
    28.0,
    _UPTAKE,
    _derived(compendium.WALK, "compendium.uphill_uptake", "8.0 MET · 3.5 ml/kg/min = 28.0, the same on +5 %."),
)
FLYNN_WALK_OVER_RUN: Final = Number(
    "flynn_walk_over_run_ratio",
    0.714,
    "1",
    _derived(flynn1994.OXYGEN, "flynn1994.walk_over_run", "60 % over 84 % of the same capacity: 0.714, walk over run."),
)
HEATH_AFTER: Final = Number(
    "heath_after_uptake_ml_per_kg_min",
    21.4,
    _UPTAKE,
    _derived(
        heath2001.PRACTICE,
        "heath2001.after",
        "1.66 l/min in men of an assumed 77.5 kg are 21.4 ml/kg/min, after practice, at 1.43 to 1.65 m/s.",
    ),
)
HOOPER_RATIO: Final = Number("hooper_uphill_ratio", 1.185, "1", hooper2004.UPHILL, low=1.17, high=1.20)
HRELJAC_CROSSING: Final = Number("hreljac_crossing_mps", 1.85, "m s⁻¹", hreljac2005.TRANSITION)
WRIGHT_RATIO: Final = Number("wright_run_ratio", 1.35, "1", wright2001.COST, low=1.29, high=1.41)
SUPPORT_RATIO: Final = Number(
    "support_run_ratio",
    1.29,
    "1",
    _derived(body_weight_support.COST, "body_weight_support.ratio", "5.8/4.5 = 1.29, gross or net is not said."),
)
RASICA_RATIO: Final = Number("rasica_run_ratio", 1.35, "1", rasica2020.GRADE)
_SUPPOSED = own_proposal(
    "this_project.supposed_speeds",
    "Where a study's abstract does not say its speed, 2.5 m/s on the level and 2.0 m/s uphill are supposed: they only "
    "weigh how much of a ratio rest could be.",
)
SUPPORT_SUPPOSED_MPS: Final = Number("support_supposed_mps", 2.5, "m s⁻¹", _SUPPOSED)
RASICA_SUPPOSED_MPS: Final = Number("rasica_supposed_mps", 2.0, "m s⁻¹", _SUPPOSED)

#: Speed in m/s → gross oxygen uptake backward in ml/kg/min. Who has the paper writes it in the place of None.
_Series = Mapping[float, float | None]
_MYATT: Final[_Series] = {0.89: None, 1.12: None, 1.34: None, 1.56: None, 1.79: None}
_CLARKSON: Final[_Series] = {0.96: None, 1.20: None, 1.43: None, 1.67: None, 1.91: None}
_CHALOUPKA: Final[_Series] = {1.563: None}
_CHALOUPKA_UPHILL: Final[_Series] = {1.563: None}
_HRELJAC_WALK: Final[_Series] = {1.14: None, 1.30: None, 1.47: None, 1.63: None, 1.79: None}
_HRELJAC_RUN: Final[_Series] = {0.98: None, 1.22: None, 1.47: None, 1.63: None, 1.96: None}


def _series(
    study: str, name: str, evidence: Evidence, people: int, gait: Gait, measured: _Series, grade: float = 0.0
) -> tuple[PublishedPoint, ...]:
    """Return a row for each speed. The slope of walking is a proposal: rows uphill test it, and are not fitted."""
    use = Use.TEST if grade else Use.FIT
    return tuple(
        PublishedPoint(study, name, evidence, people, gait, speed, grade, Quantity.OXYGEN, use, _value(evidence, value))
        for speed, value in measured.items()
    )


def _value(evidence: Evidence, value: float | None) -> Number | None:
    key = evidence.key.replace(".", "_")
    return None if value is None else Number(f"{key}_uptake_ml_per_kg_min", value, _UPTAKE, evidence)


#: Speeds and numbers of people are those that each row's evidence states in words.
PUBLISHED_POINTS: Final = (
    PublishedPoint(
        "W",
        "Williford 1998",
        williford1998.WALK,
        13,
        _WALK,
        1.341,
        0.0,
        Quantity.OXYGEN,
        Use.FIT,
        WILLIFORD_WALK,
        spread=2.45,
    ),
    PublishedPoint(
        "W",
        "Williford 1998",
        williford1998.RUN,
        13,
        _RUN,
        2.233,
        0.0,
        Quantity.RATIO,
        Use.FIT,
        WILLIFORD_RUN_RATIO,
        Rest.LEFT_OUT,
        spread=WILLIFORD_RUN_SPREAD.value,
    ),
    *_series("M", "Myatt 1995", myatt1995.SPEEDS, 25, _WALK, _MYATT),
    *_series("L", "Clarkson 1997", clarkson1997.SPEEDS, 25, _WALK, _CLARKSON),
    *_series("C", "Chaloupka 1997", chaloupka1997.WALK, 17, _WALK, _CHALOUPKA),
    *_series("C", "Chaloupka 1997", chaloupka1997.WALK, 17, _WALK, _CHALOUPKA_UPHILL, 0.05),
    PublishedPoint(
        "K", "Compendium", compendium.WALK, 17, _WALK, 1.565, 0.0, Quantity.OXYGEN, Use.FIT, COMPENDIUM_WALK
    ),
    PublishedPoint(
        "K", "Compendium", compendium.WALK, 17, _WALK, 1.565, 0.05, Quantity.OXYGEN, Use.TEST, COMPENDIUM_UPHILL
    ),
    PublishedPoint(
        "F",
        "Flynn 1994",
        flynn1994.OXYGEN,
        10,
        _WALK,
        1.787,
        0.0,
        Quantity.WALK_OVER_RUN,
        Use.FIT,
        FLYNN_WALK_OVER_RUN,
        run_mps=2.680,
    ),
    PublishedPoint(
        "H",
        "Heath 2001",
        heath2001.PRACTICE,
        8,
        _WALK,
        1.54,
        0.0,
        Quantity.OXYGEN,
        Use.FIT,
        HEATH_AFTER,
        spread=3.6,
        assumed_nat=0.05,
    ),
    *(
        PublishedPoint(
            "O",
            "Hooper 2004",
            hooper2004.UPHILL,
            27,
            _WALK,
            1.117,
            grade,
            Quantity.RATIO,
            Use.TEST,
            HOOPER_RATIO,
        )
        for grade in (0.05, 0.075, 0.10)
    ),
    PublishedPoint(
        "R",
        "Hreljac 2005",
        hreljac2005.TRANSITION,
        12,
        None,
        None,
        0.0,
        Quantity.CROSSING,
        Use.FIT,
        HRELJAC_CROSSING,
        spread=0.09,
    ),
    *_series("R", "Hreljac 2005", hreljac2005.SPEEDS, 12, _WALK, _HRELJAC_WALK),
    *_series("R", "Hreljac 2005", hreljac2005.SPEEDS, 12, _RUN, _HRELJAC_RUN),
    PublishedPoint(
        "X",
        "Wright & Weyand 2001",
        wright2001.COST,
        4,
        _RUN,
        3.0,
        0.0,
        Quantity.RATIO,
        Use.FIT,
        WRIGHT_RATIO,
        Rest.NOT_SAID,
        spread=0.12,
    ),
    PublishedPoint(
        "B",
        "Body-weight-support laboratory",
        body_weight_support.COST,
        13,
        _RUN,
        None,
        0.0,
        Quantity.RATIO,
        Use.FIT,
        SUPPORT_RATIO,
        Rest.NOT_SAID,
        supposed_mps=SUPPORT_SUPPOSED_MPS.value,
    ),
    PublishedPoint(
        "G",
        "Rasica 2020",
        rasica2020.GRADE,
        8,
        _RUN,
        None,
        0.125,  # the middle of 0 to +25 %: its ratio is the mean of all
        Quantity.RATIO,
        Use.FIT,
        RASICA_RATIO,
        Rest.NOT_SAID,
        supposed_mps=RASICA_SUPPOSED_MPS.value,
    ),
)
