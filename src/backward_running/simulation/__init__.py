"""Simulation: a seeded runner made from published kinematics and costs, and always called simulated."""
