"""Simulation: a seeded runner made from published kinematics and costs, and always called simulated."""

from backward_running.simulation.runner import (
    EASY_SPEED_MPS,
    SORE_CALF_SAYS,
    SORE_WEEK,
    SimulatedRunner,
    athlete,
    demo_answers,
    simulate_runner,
)

__all__ = [
    "EASY_SPEED_MPS",
    "SORE_CALF_SAYS",
    "SORE_WEEK",
    "SimulatedRunner",
    "athlete",
    "demo_answers",
    "simulate_runner",
]
