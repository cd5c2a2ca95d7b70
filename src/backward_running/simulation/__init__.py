"""Simulation: a seeded runner made from published kinematics and costs, and always called simulated."""

from backward_running.simulation.runner import EASY_SPEED_MPS, SimulatedRunner, athlete, demo_answers, simulate_runner

__all__ = ["EASY_SPEED_MPS", "SimulatedRunner", "athlete", "demo_answers", "simulate_runner"]
