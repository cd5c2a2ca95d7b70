"""One way to plug anything in: put one file in the room; declare one constant in it.

Third parties name a module of theirs under an entry-point group. What they bring can be wrong in ways that nobody here
can mend: it is then named in one line (:func:`left_out`) and left out, and everything else goes on.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
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


@dataclass(frozen=True, slots=True)
class Outside:
    """A module of a third party that could be imported."""

    package: str  #: the distribution that brings it, with its version
    module: ModuleType


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a third party brings and is not asked, and why."""

    package: str
    what: str  #: the module or the plug
    why: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"Left out: {self.what} of {self.package}: {self.why}"


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

    Nothing registers itself; importing a file has no effect beyond defining names. A third party's plug whose key is
    taken is left out: the one of the house stays, and of two third parties the one whose package comes first by name.

    Raises
    ------
    DuplicateKey
        Two different plugs of the house claim the same key.
    """
    return dict(_found(room, kind)[0])


def left_out(room: ModuleType, kind: type[P]) -> tuple[LeftOut, ...]:
    """Return what third parties bring of one kind and is not asked: modules that raise, and keys that are taken."""
    return (*_outside()[1], *_found(room, kind)[1])


def any_outside() -> bool:
    """Whether third parties name anything at all; nothing is imported to know that."""
    return bool(entry_points(group=ENTRY_POINT_GROUP))


def outside_modules() -> tuple[Outside, ...]:
    """Return the modules of third parties, by name of their package. Nothing is imported where there are none."""
    return _outside()[0]


def forget_found() -> None:
    """Look anew when next asked: for who installs a plug while the program runs, as tests do."""
    _found.cache_clear()
    _outside.cache_clear()


@cache
def _found(room: ModuleType, kind: type[P]) -> tuple[tuple[tuple[str, P], ...], tuple[LeftOut, ...]]:
    """Look once: files do not come and go while a program runs, and a page asks for its plugs many times."""
    found: dict[str, P] = {}
    declared: dict[str, str] = {}
    refused: list[LeftOut] = []
    for package, module in [*((None, module) for module in modules_of(room)), *_named_outside()]:
        for thing in vars(module).values():
            if not isinstance(thing, kind):
                continue
            if found.setdefault(thing.key, thing) is thing:
                declared.setdefault(thing.key, module.__name__)
                continue
            said = f"two {kind.__name__}s claim the key {thing.key!r}: {declared[thing.key]} and {module.__name__}; "
            if package is None:
                raise DuplicateKey(f"{said}rename one of them.")
            refused.append(LeftOut(package, f"the {kind.__name__} {thing.key!r}", f"{said}the first is asked."))
    return tuple(sorted(found.items())), tuple(refused)


def _named_outside() -> Iterator[tuple[str, ModuleType]]:
    return ((module.package, module.module) for module in outside_modules())


@cache
def _outside() -> tuple[tuple[Outside, ...], tuple[LeftOut, ...]]:
    """Import what third parties name, once: a module that raises would raise again, and be told twice."""
    sound: list[Outside] = []
    broken: list[LeftOut] = []
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: (_package_of(point), point.name)):
        package, what = _package_of(point), f"the module {point.value}"
        try:
            module = point.load()
        except (Exception, SystemExit) as problem:  # noqa: BLE001 -- a stranger's import may raise anything
            broken.append(LeftOut(package, what, f"{_in_one_line(problem)}; mend or uninstall it."))
            continue
        if isinstance(module, ModuleType):
            sound.append(Outside(package, module))
        else:
            broken.append(LeftOut(package, what, "its entry point names no module; name the one with the constants."))
    return tuple(sound), tuple(broken)


def _package_of(point: EntryPoint) -> str:
    return "a package without a name" if point.dist is None else f"{point.dist.name} {point.dist.version}"


def _in_one_line(problem: BaseException) -> str:
    words = " ".join(str(problem).split()).rstrip(".")
    return f"importing it raised {type(problem).__name__}" + (f" ({words})" if words else "")
