"""One way to plug anything in: put one file in the room; declare one constant in it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points
from types import ModuleType
from typing import Protocol, TypeVar

from backward_running.core.errors import DuplicateKey

#: Third parties name a module that holds plugs under this entry-point group.
ENTRY_POINT_GROUP = "backward_running.plugs"


class HasKey(Protocol):
    """Anything that can be plugged in has a key."""

    @property
    def key(self) -> str:
        """The name it is asked for by."""
        ...


P = TypeVar("P", bound=HasKey)


def modules_of(room: ModuleType) -> Iterator[ModuleType]:
    """Import every file of a room, its folders included, in order of name.

    Files called ``base`` or starting with ``_`` are skipped: they hold contracts and inner workings.
    """
    for info in sorted(pkgutil.iter_modules(room.__path__), key=lambda info: info.name):
        if info.name == "base" or info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{room.__name__}.{info.name}")
        yield module
        if info.ispkg:
            yield from modules_of(module)


def discover(room: ModuleType, kind: type[P]) -> dict[str, P]:
    """Collect every constant of type `kind` declared in the files of `room` or by third parties, sorted by key.

    Nothing registers itself; importing a file has no effect beyond defining names.

    Raises
    ------
    DuplicateKey
        Two different plugs claim the same key.
    """
    return dict(_found(room, kind))


@cache
def _found(room: ModuleType, kind: type[P]) -> tuple[tuple[str, P], ...]:
    """Look once: files do not come and go while a program runs, and a page asks for its plugs many times."""
    found: dict[str, P] = {}
    declared: dict[str, str] = {}
    outside = (point.load() for point in entry_points(group=ENTRY_POINT_GROUP))
    for module in [*modules_of(room), *outside]:
        for thing in vars(module).values():
            if not isinstance(thing, kind):
                continue
            if found.setdefault(thing.key, thing) is not thing:
                raise DuplicateKey(
                    f"two {kind.__name__}s claim the key {thing.key!r}: {declared[thing.key]} and {module.__name__}; "
                    "rename one of them."
                )
            declared.setdefault(thing.key, module.__name__)
    return tuple(sorted(found.items()))
