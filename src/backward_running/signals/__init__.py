"""Signals: stream → better stream. One file is one transformation."""
