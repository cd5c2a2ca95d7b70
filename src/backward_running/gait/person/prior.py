"""The prior of one runner: forward lines and backward ratios, from what is known of people and of them.

Conjugate normal updates: studies give the prior of a person nobody has seen, the sums of their own recordings move it
(:mod:`backward_running.gait.person.regression`), and another day adds its own variance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from backward_running.core.habits import Habits, Traits, Trend
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, proposed_number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.backward_records import STUDY as BACKWARD_RECORDS
from backward_running.evidence.studies.cavagna2012 import STUDY as CAVAGNA_2012
from backward_running.evidence.studies.leg_muscles_lab import STUDY as LEG_MUSCLES_LAB
from backward_running.evidence.studies.williford1998 import STUDY as WILLIFORD_1998
from backward_running.gait.person.regression import Line, Numbers

CADENCE_RATIO = Number(
    "watch_backward_cadence_ratio",
    1.095,
    "1",
    Evidence(
        "watch.cadence_ratio",
        "At equal speed the steps of backward running come 1.11 times as often as those of forward running (13 "
        "people), and 1.08 times by the stiffness of the bounce; the middle is taken.",
        LEG_MUSCLES_LAB,
        Standing.SINGLE_STUDY,
        Tag.READ,
    ),
    low=1.08,
    high=1.11,
)
HEART_RATE_RATIO = Number(
    "watch_backward_heart_rate_ratio",
    1.16,
    "1",
    Evidence(
        "watch.heart_rate_ratio",
        "At equal speed the heart beats 168/146 = 1.15 (running) to 132/113 = 1.17 (walking) times as fast backward.",
        WILLIFORD_1998,
        Standing.SINGLE_STUDY,
        Tag.DERIVED,
    ),
    low=1.15,
    high=1.17,
)
SPEED_RATIO = Number(
    "watch_backward_speed_ratio",
    0.72,
    "1",
    Evidence(
        "watch.speed_ratio",
        "People run backward at 0.8 of their own forward speed or slower; records and sprints stand at 0.60 to 0.83.",
        BACKWARD_RECORDS,
        Standing.OPINION,
        Tag.DERIVED,
    ),
    low=0.60,
    high=0.83,
)
CONTACT_TIME_RATIO = Number(
    "watch_backward_contact_time_ratio",
    0.81,
    "1",
    Evidence(
        "watch.contact_time_ratio",
        "With a flight of 0.098 s against 0.072 s and steps 1.095 times as frequent, 2.7 steps a second forward leave "
        "0.24 s on the ground backward against 0.30 s forward.",
        CAVAGNA_2012,
        Standing.SINGLE_STUDY,
        Tag.DERIVED,
    ),
    low=0.70,
    high=0.95,
)
VERTICAL_OSCILLATION_RATIO = Number(
    "watch_backward_vertical_oscillation_ratio",
    0.88,
    "1",
    Evidence(
        "watch.vertical_oscillation_ratio",
        "A bounce of 352 s⁻² with a peak of 13.2 m/s² dips 0.038 m, one of 499 s⁻² with 15.7 m/s² 0.031 m; above the "
        "equilibrium the spring and a flight of 0.072 s against 0.098 s add 0.034 to 0.039 m and 0.031 to 0.035 m: "
        "backward the body rises and falls 0.87 to 0.88 times as far.",
        CAVAGNA_2012,
        Standing.SINGLE_STUDY,
        Tag.DERIVED,
    ),
    low=0.75,
    high=1.0,
)
RATIO_SPREAD = {
    "cadence": proposed_number(
        "watch_cadence_ratio_spread_nat", 0.03, "nat", "People differ by about 3 % in how much faster they step."
    ),
    "heart_rate": proposed_number(
        "watch_heart_rate_ratio_spread_nat",
        0.05,
        "nat",
        "People differ by about 5 % in how much faster the heart goes.",
    ),
    "contact_time": proposed_number(
        "watch_contact_time_ratio_spread_nat", 0.12, "nat", "How much shorter the contact gets is known to some 12 %."
    ),
    "vertical_oscillation": proposed_number(
        "watch_vertical_oscillation_ratio_spread_nat",
        0.12,
        "nat",
        "How much less the body rises and falls is known to some 12 %: it is derived from means over many speeds.",
    ),
    "speed": proposed_number(
        "watch_speed_ratio_spread_nat", 0.15, "nat", "People differ by about 15 % in how much slower they go."
    ),
}
RATIO_NOISE = proposed_number(
    "watch_ratio_noise_nat",
    0.025,
    "nat",
    "The ratio that one labelled recording shows strays by about 2.5 % (cadence; the others in proportion).",
)
A_RUN = proposed_number(
    "watch_a_run_s",
    300.0,
    "s",
    "A recording with five minutes of forward running is a run that shows its runner's steps.",
)
FROM_SO_MANY = 3000.0  #: s of own running after which a line of habits is firm (see docs/validation)

#: What is known of people before the first recording of one: middle speed, level, slope, their variances, spread.
PEOPLE_RUN_CADENCE = Line(3.0, math.log(168.0), 0.045, 0.085**2, 0.02**2, 0.0, spread=0.022)
PEOPLE_WALK_CADENCE = Line(1.4, math.log(112.0), 0.25, 0.08**2, 0.10**2, 0.0, spread=0.06)
PEOPLE_HEART_RATE = Line(2.8, math.log(150.0), 0.13, 0.15**2, 0.05**2, 0.0, spread=0.06)
PEOPLE_CONTACT_TIME = Line(3.0, math.log(0.26), -0.11, 0.12**2, 0.04**2, 0.0, spread=0.035)
PEOPLE_VERTICAL_OSCILLATION = Line(3.0, math.log(0.09), 0.0, 0.18**2, 0.05**2, 0.0, spread=0.05)
PEOPLE = own_proposal(
    "watch.people",
    "Before a person has shown anything, their forward cadence is taken as 168 steps a minute at 3 m/s and 4.5 % more "
    "per m/s, give or take 8 to 9 % from person to person; walking 112 at 1.4 m/s; heart rate 150 at 2.8 m/s; contact "
    "0.26 s and vertical oscillation 0.09 m at 3 m/s.",
)
DAYS = {"cadence": 0.012, "heart_rate": 0.05, "contact_time": 0.03, "vertical_oscillation": 0.04}
DAYS_EVIDENCE = own_proposal(
    "watch.days",
    "From one recording to the next of the same person, the level of cadence strays by about 1.2 %, of heart rate by "
    "5 %, of contact time by 3 %, of vertical oscillation by 4 %.",
)
BASE_RATE = proposed_number(
    "watch_backward_share",
    0.05,
    "1",
    "Before anything is known of a person, one second in twenty of their moving time is taken to be backward.",
)
BASE_WEIGHT = proposed_number(
    "watch_backward_share_weight_s",
    3600.0,
    "s",
    "The share of backward running that is assumed weighs as much as one hour that the runner labelled.",
)


@dataclass(frozen=True, slots=True)
class RunnerModel:
    """What is believed of one runner: regression lines, and ratios as natural logarithms of backward over forward.

    With columns for numbers it is k sets of parameters, and what they say of n moments has the shape (k, n).
    """

    run_cadence: Line
    walk_cadence: Line
    heart_rate: Line
    contact_time: Line
    vertical_oscillation: Line
    speed_nat: Numbers | None  #: logarithm of the usual running speed; None where it was never seen
    cadence_ratio: tuple[Numbers, Numbers]  #: expected, standard deviation
    heart_rate_ratio: tuple[Numbers, Numbers]
    contact_time_ratio: tuple[Numbers, Numbers]
    vertical_oscillation_ratio: tuple[Numbers, Numbers]
    speed_ratio: tuple[Numbers, Numbers]
    backward_share: float  #: of the moving time, before a recording is looked at
    recordings: int = 0
    runs: int = 0  #: of those, how many show enough forward running to know a runner's steps by


def prior_of(habits: Habits | None) -> RunnerModel:
    """Return what is believed of a runner before a recording is looked at.

    Parameters
    ----------
    habits : Habits or None
        The traits of their other recordings; None, or none of them, is anybody.

    Returns
    -------
    RunnerModel
        Lines moved by the sums of all recordings, with the variance of another day; ratios that studies give, moved by
        those the runner's labels showed.
    """
    traits = habits.traits if habits is not None else ()
    run = PEOPLE_RUN_CADENCE.learned(_sum(each.forward_run_cadence for each in traits))
    return RunnerModel(
        run_cadence=run.on_another_day(DAYS["cadence"]),
        walk_cadence=PEOPLE_WALK_CADENCE.learned(_sum(each.forward_walk_cadence for each in traits)).on_another_day(
            DAYS["cadence"]
        ),
        heart_rate=PEOPLE_HEART_RATE.learned(_sum(each.forward_run_heart_rate for each in traits)).on_another_day(
            DAYS["heart_rate"]
        ),
        contact_time=PEOPLE_CONTACT_TIME.learned(_sum(each.forward_run_contact_time for each in traits)).on_another_day(
            DAYS["contact_time"]
        ),
        vertical_oscillation=PEOPLE_VERTICAL_OSCILLATION.learned(
            _sum(each.forward_run_vertical_oscillation for each in traits)
        ).on_another_day(DAYS["vertical_oscillation"]),
        speed_nat=_usual_speed_nat(traits),
        cadence_ratio=_ratio(CADENCE_RATIO, "cadence", [each.backward_cadence_nat for each in traits]),
        heart_rate_ratio=_ratio(HEART_RATE_RATIO, "heart_rate", [each.backward_heart_rate_nat for each in traits]),
        contact_time_ratio=_ratio(
            CONTACT_TIME_RATIO, "contact_time", [each.backward_contact_time_nat for each in traits]
        ),
        vertical_oscillation_ratio=_ratio(
            VERTICAL_OSCILLATION_RATIO,
            "vertical_oscillation",
            [each.backward_vertical_oscillation_nat for each in traits],
        ),
        speed_ratio=_ratio(SPEED_RATIO, "speed", [each.backward_speed_nat for each in traits]),
        backward_share=_share(traits),
        recordings=len(traits),
        runs=sum(each.forward_run_cadence.seconds_s >= A_RUN.value for each in traits),
    )


def _sum(trends: Iterable[Trend]) -> Trend:
    return reduce(Trend.__add__, trends, Trend())


def _usual_speed_nat(traits: Iterable[Traits]) -> float | None:
    whole = _sum(each.forward_run_cadence for each in traits)
    return math.log(whole.x / whole.seconds_s) if whole.seconds_s > 0.0 and whole.x > 0.0 else None


def _ratio(known: Number, name: str, own: Iterable[float | None]) -> tuple[float, float]:
    """Return the expected ratio and its spread: what studies say, moved by what this person showed."""
    seen = [value for value in own if value is not None]
    spread = RATIO_SPREAD[name].value
    noise = RATIO_NOISE.value * spread / RATIO_SPREAD["cadence"].value
    weight = 1.0 / spread**2 + len(seen) / noise**2
    mean = (math.log(known.value) / spread**2 + sum(seen) / noise**2) / weight
    return mean, math.sqrt(1.0 / weight + (noise / 2) ** 2)


def _share(traits: Iterable[Traits]) -> float:
    labelled = [each for each in traits if each.told_backward_s > 0.0 or each.told_forward_s > 0.0]
    backward_s = sum(each.told_backward_s for each in labelled)
    whole_s = backward_s + sum(each.told_forward_s for each in labelled)
    share = (BASE_RATE.value * BASE_WEIGHT.value + backward_s) / (BASE_WEIGHT.value + whole_s)
    return min(max(share, 0.005), 0.5)
