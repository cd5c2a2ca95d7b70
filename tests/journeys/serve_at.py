"""The whole command, with a clock that begins where a test says: no journey depends on the day it is run on.

python serve_at.py 2026-05-06T10:00:00 --home DIR serve …
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta

from backward_running.apps import cli
from backward_running.apps.cli import _shared

if __name__ == "__main__":
    began_at, began = datetime.fromisoformat(sys.argv[1]).astimezone(), time.monotonic()
    _shared.machine_clock = lambda: began_at + timedelta(seconds=time.monotonic() - began)
    cli.main(sys.argv[2:])
