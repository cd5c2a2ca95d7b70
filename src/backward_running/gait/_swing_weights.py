"""What the marks of a swing weigh at each place of a leg: the fitted constants, and nothing else.

They come from ``validation/fit_swing.py``. Foot and shank were fitted apart and weigh nearly alike, and both tell the
directions of a leg that is nothing but geometry (``tests/gait/legs.py``): that is why they are believed beyond one man.
"""

from __future__ import annotations

from backward_running.gait._proposal import proposal
from backward_running.gait._swing import Weights, fitted

FOOT = Weights(
    fitted(
        "foot",
        "walking",
        {
            "pitch rate cubed": 1.91,
            "pitch rate of forward force": -0.86,
            "pitch rate of horizontal force": -0.98,
            "pitch rate of pitch and axial force": 1.49,
            "pitch rate of pitch and forward force": -0.30,
            "pitch rate of squared angular acceleration": 0.30,
            "pitch rate of squared total force": 0.71,
            "pitch rate of total force": 0.03,
            "forward force of change of axial force": -0.05,
            "horizontal force of change of vertical force": -0.29,
        },
    ),
    fitted(
        "foot",
        "running",
        {
            "pitch rate cubed": 3.14,
            "pitch rate of forward force": -1.03,
            "pitch rate of horizontal force": -1.37,
            "pitch rate of pitch and axial force": 2.07,
            "pitch rate of pitch and forward force": -0.14,
            "pitch rate of squared angular acceleration": 1.08,
            "pitch rate of squared total force": 0.31,
            "pitch rate of total force": 0.52,
            "forward force of change of axial force": 0.09,
            "horizontal force of change of vertical force": -0.14,
        },
    ),
    proposal(
        "swing_foot_walks_below_mps2",
        9.0,
        "m s⁻²",
        "The force on a walking foot stays within 9 m/s² of gravity, root mean square.",
    ),
    proposal(
        "swing_foot_runs_above_mps2",
        18.0,
        "m s⁻²",
        "The force on a running foot is more than 18 m/s² off gravity, root mean square.",
    ),
    proposal(
        "swing_foot_least_walking_nat",
        2.0,
        "nat",
        "Walking, a sum of less than 2 nat, 7 to 1, comes up when people shuffle and turn, and says nothing.",
    ),
    proposal(
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
            "pitch rate cubed": 1.87,
            "pitch rate of forward force": -0.99,
            "pitch rate of horizontal force": -0.85,
            "pitch rate of pitch and axial force": 1.12,
            "pitch rate of pitch and forward force": -0.16,
            "pitch rate of squared angular acceleration": 0.70,
            "pitch rate of squared total force": 0.34,
            "pitch rate of total force": -0.28,
            "forward force of change of axial force": -0.66,
            "horizontal force of change of vertical force": -0.57,
        },
    ),
    fitted(
        "shank",
        "running",
        {
            "pitch rate cubed": 2.85,
            "pitch rate of forward force": -1.26,
            "pitch rate of horizontal force": -1.22,
            "pitch rate of pitch and axial force": 1.39,
            "pitch rate of pitch and forward force": 0.07,
            "pitch rate of squared angular acceleration": 0.96,
            "pitch rate of squared total force": 0.53,
            "pitch rate of total force": -0.06,
            "forward force of change of axial force": -0.64,
            "horizontal force of change of vertical force": -0.52,
        },
    ),
    proposal(
        "swing_shank_walks_below_mps2",
        9.0,
        "m s⁻²",
        "The force on a walking shank stays within 9 m/s² of gravity, root mean square.",
    ),
    proposal(
        "swing_shank_runs_above_mps2",
        18.0,
        "m s⁻²",
        "The force on a running shank is more than 18 m/s² off gravity, root mean square.",
    ),
    proposal(
        "swing_shank_least_walking_nat",
        2.0,
        "nat",
        "Walking, a sum of less than 2 nat, 7 to 1, comes up when people shuffle and turn, and says nothing.",
    ),
    proposal(
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
            "pitch rate cubed": 2.22,
            "pitch rate of forward force": -0.84,
            "pitch rate of horizontal force": -1.42,
            "pitch rate of pitch and axial force": -0.00,
            "pitch rate of pitch and forward force": -0.39,
            "pitch rate of squared angular acceleration": 1.48,
            "pitch rate of squared total force": 0.79,
            "pitch rate of total force": -0.41,
            "forward force of change of axial force": 0.42,
            "horizontal force of change of vertical force": 0.08,
        },
    ),
    fitted(
        "thigh",
        "running",
        {
            "pitch rate cubed": 1.47,
            "pitch rate of forward force": 2.06,
            "pitch rate of horizontal force": 0.79,
            "pitch rate of pitch and axial force": 2.16,
            "pitch rate of pitch and forward force": -1.49,
            "pitch rate of squared angular acceleration": 1.20,
            "pitch rate of squared total force": 1.21,
            "pitch rate of total force": 1.90,
            "forward force of change of axial force": 0.33,
            "horizontal force of change of vertical force": 0.18,
        },
    ),
    proposal(
        "swing_thigh_walks_below_mps2",
        4.0,
        "m s⁻²",
        "The force on a walking thigh stays within 4 m/s² of gravity, root mean square.",
    ),
    proposal(
        "swing_thigh_runs_above_mps2",
        9.0,
        "m s⁻²",
        "The force on a running thigh is more than 9 m/s² off gravity, root mean square.",
    ),
    proposal(
        "swing_thigh_least_walking_nat",
        1.0,
        "nat",
        "A thigh says less than a foot: walking, a sum below 1 nat, 2.7 to 1, says nothing.",
    ),
    proposal(
        "swing_thigh_least_running_nat", 1.0, "nat", "Running, a sum of a thigh below 1 nat, 2.7 to 1, says nothing."
    ),
)
