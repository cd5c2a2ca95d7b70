"""Work that may be done beside the program: a function of its arguments alone, begun now and asked for later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Generic, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Begun(Protocol[T_co]):
    """Something that was begun. Called, it waits for it."""

    @property
    def is_done(self) -> bool:
        """Whether it can be had without waiting."""
        ...

    def __call__(self) -> T_co:
        """Return what the function returns; raise what it raises, or BrokeOff."""
        ...


class Workers(Protocol):
    """Where functions are worked out: in processes of their own, or here when they are asked for."""

    @property
    def at_once(self) -> int:
        """So many are worked out beside the one that is asked for; 0: none."""
        ...

    def begin(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Begun[T]:
        """Begin to work out a function of a module.

        Asked for, it raises BrokeOff where it died, took too long or took too much memory.
        """
        ...


@dataclass(frozen=True, slots=True)
class InTurn(Generic[T]):
    """What is worked out here, each time that it is asked for."""

    work: Callable[[], T]
    is_done: bool = False

    def __call__(self) -> T:
        """Work it out."""
        return self.work()


class _Here:
    """Nothing goes on beside: a function is worked out when it is asked for."""

    at_once = 0

    def begin(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Begun[T]:
        return InTurn(lambda: function(*args, **kwargs))


IN_TURN: Final[Workers] = _Here()
