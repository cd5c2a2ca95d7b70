"""Work that may be done beside the program: a function of its arguments alone, begun now and asked for later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Workers(Protocol):
    """Where functions are worked out: in processes of their own, or here when they are asked for."""

    @property
    def at_once(self) -> int:
        """So many are worked out beside the one that is asked for; 0: none."""
        ...

    def begin(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        """Begin to work out a function of a module, and return what waits for it.

        What waits returns what the function does and raises what it raises, or BrokeOff where it died, took too long
        or took too much memory.
        """
        ...


class _InTurn:
    """Nothing goes on beside: a function is worked out when it is asked for."""

    at_once = 0

    def begin(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Callable[[], T]:
        return lambda: function(*args, **kwargs)


IN_TURN: Final[Workers] = _InTurn()
