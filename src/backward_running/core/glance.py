"""What is asked twice while one page is made is answered once.

A page is put together by flows that know nothing of each other: four of them ask who runs, six for the plan. Each
question is a journey to the database and back. While somebody only looks, what one of them was told holds for the
others too: it is the same moment. Who changes something is told anew from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

_SEEN: ContextVar[dict[Any, Any] | None] = ContextVar("seen_at_a_glance", default=None)


@contextmanager
def at_a_glance() -> Iterator[None]:
    """Within it, methods marked with :func:`once` are asked once for the same arguments."""
    token = _SEEN.set({})
    try:
        yield
    finally:
        _SEEN.reset(token)


def look_again() -> None:
    """Forget what was seen: something was changed."""
    seen = _SEEN.get()
    if seen:
        seen.clear()


def once(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Mark a method whose answer holds for as long as somebody only looks.

    Its arguments can be hashed and its answer is not changed by who gets it; a list is copied. The owner says by
    ``seen_as`` whose answers are alike: two views of one person on one database are one owner.
    """

    @wraps(method)
    def ask(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        seen = _SEEN.get()
        if seen is None:
            return method(self, *args, **kwargs)
        key = (getattr(self, "seen_as", self), method.__qualname__, args, tuple(sorted(kwargs.items())))
        if key not in seen:
            seen[key] = method(self, *args, **kwargs)
        answer: T = seen[key]
        return cast("T", [*answer]) if isinstance(answer, list) else answer

    return ask
