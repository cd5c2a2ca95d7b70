"""Effort: bouts → energy and load. One file is one model."""
