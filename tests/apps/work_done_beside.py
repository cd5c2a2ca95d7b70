"""What the tests of worker processes have worked out in one."""

from __future__ import annotations

import os
import time
from pathlib import Path

from backward_running.flows.reading import read_and_pack


def doubled(numbers):
    return 2 * numbers


def raising(error):
    raise error


def divided(over, by):
    return over / by


def spin(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def wait_once(path):
    """Wait for ever the first time; the second time it is done at once."""
    if Path(path).exists():
        return "read"
    Path(path).touch()
    time.sleep(3600)
    return "never"


def read_or_die(data, told, packing):
    if data == b"die":
        os._exit(7)
    if data == b"spin":
        spin(60)
    return read_and_pack(data, told, packing)
