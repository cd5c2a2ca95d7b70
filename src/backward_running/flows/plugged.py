"""What third parties plug in: which packages are asked, and what of theirs is left out."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

from backward_running.core import plugs


def packages() -> tuple[str, ...]:
    """Name the packages whose plugs are asked beside those of the house, with their versions."""
    return tuple(dict.fromkeys(one.package for one in plugs.outside_modules()))


def left_out() -> tuple[str, ...]:
    """Say what third parties bring and is not asked, a line for each: a module that raises, a key that is taken.

    The rooms are looked into only where a third party brings anything, so that every other start stays quick.
    """
    if not plugs.any_outside():
        return ()
    return tuple(dict.fromkeys(str(one) for room, kind in _rooms() for one in plugs.left_out(room, kind)))


def _rooms() -> Iterator[tuple[ModuleType, type]]:
    """Yield every room that takes plugs, with their kind."""
    from backward_running import effort, evidence, formats, gait, plans, rehab
    from backward_running.evidence import studies
    from backward_running.rehab import conditions

    yield formats, formats.Format
    yield gait, gait.Detector
    yield effort, effort.Model
    yield rehab, rehab.Rule
    yield conditions, rehab.Condition
    yield plans, plans.Protocol
    yield studies, evidence.Study
