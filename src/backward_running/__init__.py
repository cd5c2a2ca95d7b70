"""Backward running: read recordings, find the backward metres, count what they cost, plan the next week."""

__version__ = "0.1.0"
