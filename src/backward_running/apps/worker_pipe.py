"""What goes through the pipe to a worker: large buffers go by themselves, and are never in memory twice on one side.

A file of a quarter of a gigabyte that is pickled with the rest lies in memory twice, here and there.
"""

from __future__ import annotations

import pickle
from multiprocessing.connection import Connection
from typing import Any

#: Smaller ones cost more by themselves than with the rest.
_LARGE_BYTES = 1 << 18


def send(pipe: Connection, thing: Any) -> None:
    """Send what can be pickled; arrays in it go by themselves where they are large."""
    large: list[memoryview] = []

    def goes_with_the_rest(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes < _LARGE_BYTES:
            return True
        large.append(raw)
        return False

    rest = pickle.dumps(thing, protocol=5, buffer_callback=goes_with_the_rest)
    pipe.send_bytes(len(large).to_bytes(4, "little"))
    pipe.send_bytes(rest)
    for raw in large:
        pipe.send_bytes(raw)


def receive(pipe: Connection) -> Any:
    """Return what was sent. Arrays that came by themselves cannot be written to."""
    count = int.from_bytes(pipe.recv_bytes(), "little")
    rest = pipe.recv_bytes()
    return pickle.loads(rest, buffers=[pipe.recv_bytes() for _ in range(count)])  # noqa: S301 - of our own process


def by_itself(thing: Any) -> Any:
    """Have bytes go by themselves where they are large; they come as bytes."""
    return pickle.PickleBuffer(thing) if isinstance(thing, bytes) and len(thing) >= _LARGE_BYTES else thing
