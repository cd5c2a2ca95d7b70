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
            "pitch rate cubed": 1.92,
            "pitch rate of forward force": -0.88,
            "pitch rate of horizontal force": -0.99,
            "pitch rate of pitch and axial force": 1.48,
            "pitch rate of pitch and forward force": -0.29,
            "pitch rate of squared angular acceleration": 0.32,
            "pitch rate of squared total force": 0.66,
            "pitch rate of total force": 0.03,
            "forward force of change of axial force": -0.04,
            "horizontal force of change of vertical force": -0.28,
        },
    ),
    fitted(
        "foot",
        "running",
        {
            "pitch rate cubed": 3.25,
            "pitch rate of forward force": -1.02,
            "pitch rate of horizontal force": -1.35,
            "pitch rate of pitch and axial force": 1.94,
            "pitch rate of pitch and forward force": -0.10,
            "pitch rate of squared angular acceleration": 1.08,
            "pitch rate of squared total force": 0.27,
            "pitch rate of total force": 0.47,
            "forward force of change of axial force": -0.02,
            "horizontal force of change of vertical force": -0.25,
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
            "pitch rate cubed": 1.91,
            "pitch rate of forward force": -0.98,
            "pitch rate of horizontal force": -0.83,
            "pitch rate of pitch and axial force": 1.06,
            "pitch rate of pitch and forward force": -0.18,
            "pitch rate of squared angular acceleration": 0.70,
            "pitch rate of squared total force": 0.34,
            "pitch rate of total force": -0.28,
            "forward force of change of axial force": -0.65,
            "horizontal force of change of vertical force": -0.54,
        },
    ),
    fitted(
        "shank",
        "running",
        {
            "pitch rate cubed": 2.83,
            "pitch rate of forward force": -1.28,
            "pitch rate of horizontal force": -1.22,
            "pitch rate of pitch and axial force": 1.35,
            "pitch rate of pitch and forward force": 0.07,
            "pitch rate of squared angular acceleration": 0.94,
            "pitch rate of squared total force": 0.52,
            "pitch rate of total force": -0.06,
            "forward force of change of axial force": -0.71,
            "horizontal force of change of vertical force": -0.57,
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
            "pitch rate cubed": 2.16,
            "pitch rate of forward force": -0.87,
            "pitch rate of horizontal force": -1.45,
            "pitch rate of pitch and axial force": -0.02,
            "pitch rate of pitch and forward force": -0.33,
            "pitch rate of squared angular acceleration": 1.46,
            "pitch rate of squared total force": 0.95,
            "pitch rate of total force": -0.39,
            "forward force of change of axial force": 0.43,
            "horizontal force of change of vertical force": 0.10,
        },
    ),
    fitted(
        "thigh",
        "running",
        {
            "pitch rate cubed": 1.55,
            "pitch rate of forward force": 1.92,
            "pitch rate of horizontal force": 0.69,
            "pitch rate of pitch and axial force": 2.17,
            "pitch rate of pitch and forward force": -1.56,
            "pitch rate of squared angular acceleration": 0.96,
            "pitch rate of squared total force": 1.88,
            "pitch rate of total force": 1.70,
            "forward force of change of axial force": 0.35,
            "horizontal force of change of vertical force": 0.23,
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
