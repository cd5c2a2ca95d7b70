"""Walking against running by speed, forward and backward: the thresholds that several rooms share.

Forward, people change from walking to running at about 2 m/s, backward at 1.63 m/s; between them a speed says nothing
of the gait unless the direction is known.
"""

from __future__ import annotations

import numpy as np

from backward_running.core.arrays import FloatArray
from backward_running.core.standing import Standing, Tag
from backward_running.evidence import Evidence, Number, proposed_number
from backward_running.evidence.studies.hreljac2005 import STUDY as HRELJAC_2005
from backward_running.evidence.studies.this_project import STUDY as THIS_PROJECT

BACKWARD_TRANSITION = Number(
    "backward_walk_run_transition_mps",
    1.63,
    "m s⁻¹",
    Evidence(
        "hreljac2005.transition",
        "Twelve people going backward changed from walking to running at 1.63 ± 0.11 m/s; "
        "running became cheaper than walking at 1.85 ± 0.09 m/s.",
        HRELJAC_2005,
        Standing.SINGLE_STUDY,
        Tag.READ,
    ),
    low=1.52,
    high=1.74,
)
BACKWARD_WALK_BELOW = proposed_number(
    "backward_walk_below_mps",
    1.5,
    "m s⁻¹",
    "Going backward slower than 1.5 m/s is taken for walking, a little below the measured change.",
)
BACKWARD_RUN_ABOVE = proposed_number(
    "backward_run_above_mps",
    1.85,
    "m s⁻¹",
    "Going backward faster than 1.85 m/s is taken for running; in between it may be either and no gait is stated.",
)
FORWARD_TRANSITION = Number(
    "forward_walk_run_transition_mps",
    2.0,
    "m s⁻¹",
    Evidence(
        "gait.forward_transition",
        "Adults going forward change from walking to running at about 2 m/s.",
        THIS_PROJECT,
        Standing.OPINION,
        Tag.MEMORY,
    ),
)
RUNNING_CADENCE = proposed_number(
    "running_cadence_spm",
    140.0,
    "min⁻¹",
    "Forward, more than 140 steps a minute speaks for running, fewer for walking.",
)
STILL_BELOW = proposed_number(
    "still_below_mps", 0.4, "m s⁻¹", "Slower than 0.4 m/s for some five seconds is standing still."
)
STEPPING_ABOVE = proposed_number(
    "stepping_above_spm", 60.0, "min⁻¹", "At 60 steps a minute and more a treadmill that says zero is not believed."
)
STRONGEST_GAIT = 3.0  #: natural logarithm of 20 to 1: the most one second may say about walk against run


def forward_run_nat(speed_mps: FloatArray) -> FloatArray:
    """Return the log-odds of running against walking if they go forward; NaN stays NaN.

    >>> forward_run_nat(np.array([1.0, 2.0, 2.2, 5.0])).round(6).tolist()
    [-3.0, 0.0, 1.0, 3.0]
    """
    return kept_to_gait((speed_mps - FORWARD_TRANSITION.value) / 0.2)


def backward_run_nat(speed_mps: FloatArray) -> FloatArray:
    """Return the log-odds of running against walking if they go backward: nothing between the two thresholds.

    >>> backward_run_nat(np.array([1.0, 1.6, 5.0])).tolist()
    [-3.0, 0.0, 3.0]
    """
    below = np.minimum((speed_mps - BACKWARD_WALK_BELOW.value) / 0.1, 0.0)
    above = np.maximum((speed_mps - BACKWARD_RUN_ABOVE.value) / 0.1, 0.0)
    return kept_to_gait(below + above)


def kept_to_gait(odds_nat: FloatArray) -> FloatArray:
    """Return log-odds of a gait, no farther from even than :data:`STRONGEST_GAIT`."""
    return np.minimum(np.maximum(odds_nat, -STRONGEST_GAIT), STRONGEST_GAIT)
