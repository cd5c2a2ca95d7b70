"""What is asked twice while nothing changes is answered once.

A page is put together by flows that know nothing of each other: four of them ask who runs, six for the plan. Each
question is a journey to the database and back. While somebody only looks, what one of them was told holds for the
others too: it is the same moment. Who changes something is told anew from then on.

What was told holds for the next page as well, as long as the count of the owner's changes is the same: that is asked
for once a page. An answer stands under the count that held before it was asked for, so one of before a change is never
given after it, whoever made the change.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cached_property, wraps
from threading import Lock, RLock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")

#: Answers that are kept from one page to the next, and of how many things they may consist together. Our own limits:
#: every row of ten years with three runs a day fits, and all of it is some tens of megabytes.
MOST_ANSWERS, MOST_THINGS = 1000, 60_000
#: Pages that are kept as they were drawn, and bytes in all of them. Our own limits: some minutes of looking around.
MOST_PAGES, MOST_PAGE_BYTES = 64, 8_000_000

_SEEN: ContextVar[dict[Any, Any] | None] = ContextVar("seen_at_a_glance", default=None)
_NOTHING = object()


class Answers:
    """What one owner answered at one count of their changes; the answers that were longest not asked for go."""

    def __init__(self, most_answers: int = MOST_ANSWERS, most_things: int = MOST_THINGS) -> None:
        self.asking = RLock()  #: who asks what somebody else is just working out waits for their answer
        self._most_answers, self._most_things = most_answers, most_things
        self._kept: OrderedDict[Any, tuple[Any, int]] = OrderedDict()
        self._things = 0
        self._keeping = Lock()

    @cached_property
    def pages(self) -> Answers:
        """Pages as they were drawn from these answers; they go when the answers go, and have bounds of their own."""
        return Answers(MOST_PAGES, MOST_PAGE_BYTES)

    def get(self, key: Any, default: Any = None) -> Any:
        """Return an answer; the default where none is kept."""
        with self._keeping:
            if key not in self._kept:
                return default
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def keep(self, key: Any, answer: Any) -> None:
        """Keep an answer, if there can be room for it."""
        things = 1 + (len(answer) if isinstance(answer, list | tuple | dict | bytes) else 0)
        if things > self._most_things:
            return
        with self._keeping:
            if key in self._kept:
                return
            self._kept[key] = answer, things
            self._things += things
            while len(self._kept) > self._most_answers or self._things > self._most_things:
                _, (_, gone) = self._kept.popitem(last=False)
                self._things -= gone


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
    """Mark a method, or what is asked of an owner, whose answer holds for as long as somebody only looks.

    Its arguments can be hashed and its answer is not changed by who gets it; a list is copied. The owner says by
    ``seen_as`` whose answers are alike: two views of one person on one database are one owner. One that has
    ``answers_now()`` says where its answers may be kept until something changes; None: nowhere.
    """
    return _asked_once(method, lambda argument: argument)


def once_a_minute(method: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Mark what is asked of an owner and a moment: who asks again within that minute gets what was answered in it.

    Pages are kept to the minute already; so is what they are put together from. See :func:`once` for what must hold.
    """
    return _asked_once(method, _minute)


def _minute(argument: object) -> object:
    """Return the minute of a moment, on the clock it is told by; anything else as it is."""
    if not isinstance(argument, datetime):
        return argument
    return argument.replace(second=0, microsecond=0), argument.tzinfo


def _asked_once(
    method: Callable[Concatenate[S, P], T], keyed: Callable[[object], object]
) -> Callable[Concatenate[S, P], T]:
    @wraps(method)
    def ask(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        seen = _SEEN.get()
        if seen is None:
            return method(self, *args, **kwargs)
        owner = getattr(self, "seen_as", self)
        named = tuple((name, keyed(kwargs[name])) for name in sorted(kwargs))
        key = (owner, method.__module__, method.__qualname__, tuple(map(keyed, args)), named)
        if key not in seen:
            seen[key] = _lasting(self, key, lambda: method(self, *args, **kwargs))
        answer: T = seen[key]
        return cast("T", [*answer]) if isinstance(answer, list) else answer

    return ask


def answers_of(who: object) -> Answers | None:
    """Return where what follows from the answers of an owner may be kept, while somebody only looks; None: nowhere.

    Parameters
    ----------
    who : object
        The owner, as of methods marked with :func:`once`.

    Returns
    -------
    Answers or None
        Those that hold now: of another change they are others. For the rest of the glance the owner is not asked again.
    """
    seen, answers_now = _SEEN.get(), getattr(who, "answers_now", None)
    if seen is None or answers_now is None:
        return None
    owner = getattr(who, "seen_as", who)
    if owner not in seen:
        seen[owner] = answers_now()
    answers: Answers | None = seen[owner]
    return answers


def _lasting(who: object, key: Any, ask: Callable[[], T]) -> T:
    """Return what was answered since the last change, or ask and keep it."""
    answers = answers_of(who)
    if answers is None:
        return ask()
    kept = answers.get(key, _NOTHING)
    if kept is _NOTHING:
        with answers.asking:
            kept = answers.get(key, _NOTHING)
            if kept is _NOTHING:
                kept = ask()
                answers.keep(key, kept)
    return cast("T", kept)
