"""Which way, while it happens: from what has arrived so far, with nothing of what comes later.

The same judge runs on the phone (``frontend/src/phone/live``); both pass ``tests/vectors/live_direction.json``.
"""
