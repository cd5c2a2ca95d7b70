"""Formats: bytes ↔ recordings, workouts, calendars, tables. One file is one file format."""
