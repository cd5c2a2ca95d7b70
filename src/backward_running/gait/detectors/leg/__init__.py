"""Detectors that rest on a sensor strapped to a leg."""
