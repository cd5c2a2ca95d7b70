"""What the features of a swing weigh at each place of a leg: the fitted constants, and nothing else.

They come from ``validation/fit_swing.py``. Foot and shank were fitted apart and weigh nearly alike, and both tell the
directions of a leg that is nothing but geometry (``tests/gait/legs.py``): that is why they are believed beyond one man.
"""

from __future__ import annotations

from backward_running.evidence import proposed_number
from backward_running.gait.steps.swing import Weights, fitted

FOOT = Weights(
    fitted(
        "foot",
        "walking",
        {
            "pitch rate cubed": 1.93,
            "pitch rate of forward force": -0.87,
            "pitch rate of horizontal force": -0.91,
            "pitch rate of pitch and axial force": 1.51,
            "pitch rate of pitch and forward force": -0.30,
            "pitch rate of squared angular acceleration": 0.30,
            "pitch rate of squared total force": 0.67,
            "pitch rate of total force": 0.02,
            "forward force of change of axial force": -0.03,
            "horizontal force of change of vertical force": -0.26,
        },
    ),
    fitted(
        "foot",
        "running",
        {
            "pitch rate cubed": 3.17,
            "pitch rate of forward force": -1.03,
            "pitch rate of horizontal force": -1.21,
            "pitch rate of pitch and axial force": 2.08,
            "pitch rate of pitch and forward force": -0.13,
            "pitch rate of squared angular acceleration": 1.04,
            "pitch rate of squared total force": 0.28,
            "pitch rate of total force": 0.38,
            "forward force of change of axial force": -0.17,
            "horizontal force of change of vertical force": -0.31,
        },
    ),
    proposed_number(
        "swing_foot_walks_below_mps2",
        9.0,
        "m s⁻²",
        "The force on a walking foot stays within 9 m/s² of gravity, root mean square.",
    ),
    proposed_number(
        "swing_foot_runs_above_mps2",
        18.0,
        "m s⁻²",
        "The force on a running foot is more than 18 m/s² off gravity, root mean square.",
    ),
    proposed_number(
        "swing_foot_least_walking_nat",
        2.0,
        "nat",
        "Walking, a sum of less than 2 nat, 7 to 1, comes up when people shuffle and turn, and says nothing.",
    ),
    proposed_number(
        "swing_foot_least_running_nat",
        1.0,
        "nat",
        "Running, a sum of less than 1 nat, 2.7 to 1, comes up at changes of direction and says nothing.",
    ),
)
SHANK = Weights(
    fitted(
        "shank",
        "walking",
        {
            "pitch rate cubed": 1.94,
            "pitch rate of forward force": -0.98,
            "pitch rate of horizontal force": -0.76,
            "pitch rate of pitch and axial force": 1.06,
            "pitch rate of pitch and forward force": -0.15,
            "pitch rate of squared angular acceleration": 0.71,
            "pitch rate of squared total force": 0.34,
            "pitch rate of total force": -0.29,
            "forward force of change of axial force": -0.66,
            "horizontal force of change of vertical force": -0.54,
        },
    ),
    fitted(
        "shank",
        "running",
        {
            "pitch rate cubed": 2.80,
            "pitch rate of forward force": -1.30,
            "pitch rate of horizontal force": -1.23,
            "pitch rate of pitch and axial force": 1.33,
            "pitch rate of pitch and forward force": 0.05,
            "pitch rate of squared angular acceleration": 0.94,
            "pitch rate of squared total force": 0.53,
            "pitch rate of total force": -0.09,
            "forward force of change of axial force": -0.77,
            "horizontal force of change of vertical force": -0.62,
        },
    ),
    proposed_number(
        "swing_shank_walks_below_mps2",
        9.0,
        "m s⁻²",
        "The force on a walking shank stays within 9 m/s² of gravity, root mean square.",
    ),
    proposed_number(
        "swing_shank_runs_above_mps2",
        18.0,
        "m s⁻²",
        "The force on a running shank is more than 18 m/s² off gravity, root mean square.",
    ),
    proposed_number(
        "swing_shank_least_walking_nat",
        2.0,
        "nat",
        "Walking, a sum of less than 2 nat, 7 to 1, comes up when people shuffle and turn, and says nothing.",
    ),
    proposed_number(
        "swing_shank_least_running_nat",
        1.0,
        "nat",
        "Running, a sum of less than 1 nat, 2.7 to 1, comes up at changes of direction and says nothing.",
    ),
)
THIGH = Weights(
    fitted(
        "thigh",
        "walking",
        {
            "pitch rate cubed": 2.16,
            "pitch rate of forward force": -0.85,
            "pitch rate of horizontal force": -1.03,
            "pitch rate of pitch and axial force": -0.11,
            "pitch rate of pitch and forward force": -0.12,
            "pitch rate of squared angular acceleration": 1.43,
            "pitch rate of squared total force": 1.02,
            "pitch rate of total force": -0.29,
            "forward force of change of axial force": 0.47,
            "horizontal force of change of vertical force": 0.26,
        },
    ),
    # Four of the ten that were fitted to one man had the other sign in other people: running, a thigh says nothing.
    fitted("thigh", "running", {}),
    proposed_number(
        "swing_thigh_walks_below_mps2",
        4.0,
        "m s⁻²",
        "The force on a walking thigh stays within 4 m/s² of gravity, root mean square.",
    ),
    proposed_number(
        "swing_thigh_runs_above_mps2",
        5.0,
        "m s⁻²",
        "The force on a jogging thigh is 5 m/s² and more off gravity, root mean square, in four people with a phone "
        "in the pocket: what weighs for a walk is not asked there.",
    ),
    proposed_number(
        "swing_thigh_least_walking_nat",
        1.0,
        "nat",
        "A thigh says less than a foot: walking, a sum below 1 nat, 2.7 to 1, says nothing.",
    ),
    proposed_number(
        "swing_thigh_least_running_nat", 1.0, "nat", "Running, a sum of a thigh below 1 nat, 2.7 to 1, says nothing."
    ),
)
