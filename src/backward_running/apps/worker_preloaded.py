"""What a worker process has loaded before the first file comes to it: whoever imports this, loads it."""

from __future__ import annotations

from backward_running.flows.understanding import load_all

load_all()
