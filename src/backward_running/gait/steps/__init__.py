"""Strides and steps from inertial sensors, and what is measured in each bout."""
