"""The body with what a run loaded: where each tissue lies on the outlines, and its sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from backward_running.core.tissue import Change, TissueLoad

#: Sign and pattern of a change: never colour alone, and never the two colours of direction.
SIGN = {
    Change.MORE: "+",
    Change.PROBABLY_MORE: "+?",
    Change.SAME: "=",
    Change.PROBABLY_LESS: "−?",
    Change.LESS: "−",
    Change.NOT_KNOWN: "?",
}
KEY = {change: change.name.lower().replace("_", "-") for change in Change}
#: On the left leg of the drawing, in its units; the right one is its mirror image. The ground is drawn once.
THIGH = "M66 184C74 180 90 186 97 197L93.500 250C86 256 74 256 67.500 250Z"
CALF = "M67.500 306C72 294 90 294 94 306C95 325 91 345 88 362L86 402H77L75 362C72 345 67 325 67.500 306Z"
KNEE = "M67 268a13 13 0 1 1 26 0a13 13 0 1 1-26 0Z"
FOREFOOT = "M64 414C66 409 88 409 91 414V426C91 431 88 434 84 434H70C64 434 60 431 61 425Z"
#: Path, where the line to its sign begins, and the height of the sign.
SHAPES = {
    "Front": {"quadriceps": (THIGH, 67.0, 218.0), "knee": (KNEE, 67.0, 268.0), "forefoot": (FOREFOOT, 62.0, 421.0)},
    "Back": {"hamstring": (THIGH, 67.0, 218.0), "calf_and_achilles": (CALF, 69.0, 322.0)},
}
SIGN_X = 30.0
GROUND = ("peak_force", "M60 446h80v14h-80Z", 60.0, 453.0)


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the drawing that stands for a tissue."""

    path: str
    from_x: float  #: from here a thin line leads to the sign beside the body
    x: float
    y: float
    mirrored: bool
    title: str
    changes: Mapping[str, Change]  #: by the name of the basis


def regions(view: str, loads: tuple[TissueLoad, ...]) -> list[Region]:
    """Return the parts of one outline, from the front or from the back, that stand for a tissue."""
    by_key = {load.key: load for load in loads}
    found = []
    for key, (path, from_x, y) in SHAPES[view].items():
        if key in by_key:
            found += [_region(by_key[key], path, from_x, y, mirrored) for mirrored in (False, True)]
    key, path, from_x, y = GROUND
    if view == "Front" and key in by_key:
        found.append(_region(by_key[key], path, from_x, y, mirrored=False))
    return found


def _region(load: TissueLoad, path: str, from_x: float, y: float, mirrored: bool) -> Region:
    changes = {basis.name.lower(): change for basis, change in load.changes.items()}
    return Region(path, from_x, 200 - SIGN_X if mirrored else SIGN_X, y, mirrored, load.title, changes)
