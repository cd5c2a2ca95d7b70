"""How a sensor sits on a part of the body: where each of its axes points, right-handed or not at all."""

from __future__ import annotations

import math
from collections.abc import Mapping

from backward_running.core.errors import BadValue

#: Where the x, y and z axis of a sensor point, seen from the part of the body that wears it.
Axes = tuple[str, str, str]
#: x right, y forward, z up of that part: what the detectors work in.
OF_THE_BODY: Axes = ("right", "forward", "up")

_LINES = {"right": (1, 0, 0), "left": (-1, 0, 0), "forward": (0, 1, 0), "back": (0, -1, 0), "up": (0, 0, 1),
          "down": (0, 0, -1)}  # fmt: skip
#: The six ways an axis may point.
WAYS = tuple(_LINES)
_WAY_OF = {line: way for way, line in _LINES.items()}
_EXAMPLE = "For example x=up,y=left,z=back."


def axes_of(said: Mapping[str, str]) -> Axes:
    """Understand where the axes point; of three, two are enough.

    Parameters
    ----------
    said : mapping of str to str
        ``x``, ``y``, ``z`` → one of :data:`WAYS`.

    Raises
    ------
    BadValue
        An axis or a way is none, fewer than two are said, two lie on one line, or the three make a left hand.

    Examples
    --------
    >>> axes_of({"x": "up", "y": "left", "z": "back"})
    ('up', 'left', 'back')
    >>> axes_of({"y": "up", "z": "forward"})  # a phone upright, its screen looking forward
    ('left', 'up', 'forward')
    """
    for axis, way in said.items():
        if axis not in ("x", "y", "z"):
            raise BadValue("mount", "say where x, y and z point", axis, _EXAMPLE)
        if way not in _LINES:
            raise BadValue("mount", f"point each axis {', '.join(WAYS[:-1])} or {WAYS[-1]}", f"{axis}={way}", _EXAMPLE)
    if len(said) < 2:
        raise BadValue("mount", "say of at least two axes where they point", _written(said), _EXAMPLE)
    lines = {axis: _LINES[way] for axis, way in said.items()}
    for axis, before, after in (("x", "y", "z"), ("y", "z", "x"), ("z", "x", "y")):
        if before in lines and after in lines:
            lines.setdefault(axis, _cross(lines[before], lines[after]))
    if any(not any(line) for line in lines.values()) or _cross(lines["x"], lines["y"]) != lines["z"]:
        rule = "point its axes as thumb, index and middle finger of a right hand do"
        raise BadValue("mount", rule, _written(said), "Two lie on one line, or one of them points the other way.")
    return tuple(_WAY_OF[lines[axis]] for axis in ("x", "y", "z"))  # type: ignore[return-value]


def body_from(axes: Axes) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    """Return for right, forward and up which axis of the sensor lies there, and with which sign.

    >>> body_from(("up", "left", "back"))
    ((1, -1), (2, -1), (0, 1))
    """
    found = []
    for row in range(3):
        at = next(number for number, way in enumerate(axes) if _LINES[way][row])
        found.append((at, _LINES[axes[at]][row]))
    return found[0], found[1], found[2]


def turn_from_body(axes: Axes) -> tuple[float, float, float, float]:
    """Return the unit quaternion (w first) that turns right, forward, up of the body into the sensor's axes.

    >>> turn_from_body(("right", "forward", "up"))
    (1.0, 0.0, 0.0, 0.0)
    >>> turn_from_body(("left", "back", "up"))  # half a turn about the plumb line
    (0.0, 0.0, 0.0, 1.0)
    """
    m = [_LINES[way] for way in axes]
    squares = (
        1 + m[0][0] + m[1][1] + m[2][2], 1 + m[0][0] - m[1][1] - m[2][2],
        1 - m[0][0] + m[1][1] - m[2][2], 1 - m[0][0] - m[1][1] + m[2][2],
    )  # fmt: skip
    rows = (
        (squares[0], m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]),
        (m[2][1] - m[1][2], squares[1], m[1][0] + m[0][1], m[0][2] + m[2][0]),
        (m[0][2] - m[2][0], m[1][0] + m[0][1], squares[2], m[2][1] + m[1][2]),
        (m[1][0] - m[0][1], m[0][2] + m[2][0], m[2][1] + m[1][2], squares[3]),
    )
    best = rows[squares.index(max(squares))]
    length = math.sqrt(sum(part * part for part in best))
    return best[0] / length, best[1] / length, best[2] / length, best[3] / length


def worded(axes: Axes) -> str:
    """Say where the axes point, as it is typed.

    >>> worded(("up", "left", "back"))
    'x=up,y=left,z=back'
    """
    return ",".join(f"{axis}={way}" for axis, way in zip("xyz", axes, strict=True))


def _written(said: Mapping[str, str]) -> str:
    return ",".join(f"{axis}={way}" for axis, way in said.items())


def _cross(left: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, int, int]:
    return (
        left[1] * right[2] - left[2] * right[1],
        left[2] * right[0] - left[0] * right[2],
        left[0] * right[1] - left[1] * right[0],
    )
