"""Walk–run honesty: below the speed at which people start to run backward, the plan says "walk"."""

from __future__ import annotations

import math

from backward_running.core.constants import KMH_PER_MPS
from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.hreljac2005 import TRANSITION
from backward_running.evidence.studies.the_article import ADVICE

TRANSITION_MPS = Number("backward_step_walks_below_mps", 1.63, "m s⁻¹", TRANSITION, low=1.52, high=1.74)
OPTIMAL_TRANSITION_MPS = Number("backward_optimal_transition_mps", 1.85, "m s⁻¹", TRANSITION, low=1.76, high=1.94)
SURELY_WALK_MPS = Number(
    "backward_surely_walk_below_mps",
    1.5,
    "m s⁻¹",
    own_proposal(
        "walk_or_run.prior",
        "Backward speeds below 1.5 m/s are taken as walking, from 1.5 to 1.85 as either, above as running.",
    ),
)
PACE_CUT_LEAST_SHARE = Number("article_pace_cut_least_share", 0.50, "1", ADVICE)
PACE_CUT_MOST_SHARE = Number("article_pace_cut_most_share", 0.70, "1", ADVICE)


def honest_gait(cap_mps: float, wanted: Gait) -> Gait:
    """Return how a backward step under that speed cap is done, whatever it was meant to be.

    Parameters
    ----------
    cap_mps : float
        The highest speed of the step, m/s.
    wanted : Gait
        What the programme's table says.

    Returns
    -------
    Gait
        A walk wherever a walk was wanted or the cap lies below 1.63 m/s.

    References
    ----------
    Hreljac 2005, J Sports Sci Med 4:446.

    >>> honest_gait(0.5 * 10 / 3.6, Gait.RUN)
    <Gait.WALK: 'walk'>
    >>> honest_gait(2.0, Gait.RUN)
    <Gait.RUN: 'run'>
    """
    return Gait.RUN if wanted is Gait.RUN and cap_mps >= TRANSITION_MPS.value else Gait.WALK


def article_range_mps(easy_speed_mps: float) -> tuple[float, float]:
    """Return the backward speeds that the article's cut of 50 to 70 % leaves, slowest first.

    >>> tuple(round(speed, 2) for speed in article_range_mps(10 / 3.6))
    (0.83, 1.39)
    """
    return (1 - PACE_CUT_MOST_SHARE.value) * easy_speed_mps, (1 - PACE_CUT_LEAST_SHARE.value) * easy_speed_mps


def why_walk(cap_mps: float) -> Reason:
    """Say why a step is a walk, with both numbers."""
    return speaking(
        "You walk here: the cap of {cap} is below {border}, the speed at which people change from walking to running "
        "backward.",
        TRANSITION.key,
        cap=cap_mps,
        border=TRANSITION_MPS.value,
    )


def why_either(cap_mps: float) -> Reason | None:
    """Say that both gaits fit, where the cap lies between the prior's bounds; None elsewhere."""
    if not SURELY_WALK_MPS.value <= cap_mps <= OPTIMAL_TRANSITION_MPS.value:
        return None
    return speaking(
        "At up to {cap} walking and running backward both fit; take the one that feels steadier.",
        SURELY_WALK_MPS.evidence.key,
        cap=cap_mps,
    )


def about_the_pace(easy_speed_mps: float) -> Reason:
    """Say what a cut of 50 to 70 % means for this runner, with the numbers."""
    slow_mps, fast_mps = article_range_mps(easy_speed_mps)
    border_mps = TRANSITION_MPS.value
    half = "Half of your easy pace of {easy} is {fast}"
    if fast_mps < border_mps:
        text = (
            f"{half}, and 70 % off is {{slow}}. Both are below {{border}}, where people start to run backward: at "
            "that pace you walk backward, and a step then says so."
        )
    else:
        gait = "walk" if slow_mps < border_mps else "run"
        text = f"{half}; people start to run backward at {{border}}. At 70 % off ({{slow}}) you {gait}."
    return speaking(text, TRANSITION.key, easy=easy_speed_mps, fast=fast_mps, slow=slow_mps, border=border_mps)


def speaking(text: str, evidence_key: str | None, **speeds_mps: float) -> Reason:
    """Return a reason that names speeds, so that a door can say them in the runner's units.

    >>> said = speaking("At most {cap}.", None, cap=1.2)
    >>> said.text, said.speeds
    ('At most 1.20 m/s (4.3 km/h).', (('1.20 m/s (4.3 km/h)', 1.2),))
    """
    words = {name: speed_words(speed_mps) for name, speed_mps in speeds_mps.items()}
    told = tuple({words[name]: speed_mps for name, speed_mps in speeds_mps.items()}.items())
    return Reason(text.format(**words), evidence_key, told)


def speed_words(speed_mps: float) -> str:
    """Say a speed in both units that the evidence and a treadmill use.

    >>> speed_words(1.63)
    '1.63 m/s (5.9 km/h)'
    """
    return f"{math.floor(speed_mps * 100 + 0.5) / 100:.2f} m/s ({speed_mps * KMH_PER_MPS:.1f} km/h)"
