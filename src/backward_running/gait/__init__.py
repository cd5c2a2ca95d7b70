"""Gait: streams → bouts with a direction, steps. One file is one detector."""
