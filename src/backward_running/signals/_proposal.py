"""The room's name for a number that is our own proposal."""

from backward_running.evidence import proposed_number as proposal

__all__ = ["proposal"]
