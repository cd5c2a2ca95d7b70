"""What goes through the pipe to a worker: large buffers go by themselves, and are never in memory twice on one side.

A file of a quarter of a gigabyte that is pickled with the rest lies in memory twice, here and there. What earlier
recordings taught goes with every recording that is judged, nearly the same each time: each of it is pickled once here
and read once there, and goes as bytes from then on.
"""

from __future__ import annotations

import io
import pickle
from functools import lru_cache
from multiprocessing.connection import Connection
from typing import Any

from backward_running.core.habits import MOST_TRAITS, Pulse, Traits

#: What goes again and again, and never changes.
_COMES_AGAIN = frozenset({Traits, Pulse})
#: So many are remembered on each side: of the real runner and of the simulated one, with room for what came anew.
_REMEMBERED = 8 * MOST_TRAITS
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

    rest = io.BytesIO()
    _Pickler(rest, protocol=5, buffer_callback=goes_with_the_rest).dump(thing)
    pipe.send_bytes(len(large).to_bytes(4, "little"))
    pipe.send_bytes(rest.getbuffer())
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


class _Pickler(pickle.Pickler):
    """Writes what comes again as the bytes that it was written to before."""

    def reducer_override(self, thing: Any) -> Any:
        return (_read_once, (_written_once(thing),)) if type(thing) in _COMES_AGAIN else NotImplemented


#: By the identity of what was written, which is held here so that it stays the identity of that.
_WRITTEN: dict[int, tuple[Any, bytes]] = {}


def _written_once(thing: Any) -> bytes:
    known = _WRITTEN.get(id(thing))
    if known is not None and known[0] is thing:
        return known[1]
    written = pickle.dumps(thing, protocol=5)
    if len(_WRITTEN) >= _REMEMBERED:
        _WRITTEN.clear()
    _WRITTEN[id(thing)] = thing, written
    return written


@lru_cache(_REMEMBERED)
def _read_once(written: bytes) -> Any:
    return pickle.loads(written)  # noqa: S301 - of our own process
