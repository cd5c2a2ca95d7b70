"""A run on a card, as shapes, and two ways to write these: SVG for screens, PNG for what takes pictures only.

A picture leaves this machine: it holds what stands on it and nothing else, no file name, no hour, no place.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np

from backward_running.apps.web.drawing.track import positions
from backward_running.apps.words.phrases import long_day
from backward_running.apps.words.units import Units, clock
from backward_running.core.direction import Direction
from backward_running.core.recording import FloatArray
from backward_running.flows.card import RunCard
from backward_running.flows.days import local_day

if TYPE_CHECKING:
    from PIL import ImageDraw

WIDTH, HEIGHT, MARGIN = 1080, 1080, 72
#: Where the track lies: left, top, width, height.
MAP = (MARGIN, 330, WIDTH - 2 * MARGIN, 470)
_PAPER, _INK, _SOFT = "#fbfaf7", "#1c1f23", "#5c636b"
_COLOURS = {Direction.FORWARD: "#0f6cb0", Direction.BACKWARD: "#c8500a"}
_OTHER = "#7b818a"
_SIMULATED = "Simulated: made by a program, run by nobody."
_LONGEST_TITLE = 34
#: A picture is drawn so much larger and made smaller: its lines are smooth then.
_FINER = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points, in the card's own units."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; y is its base line."""

    x: float
    y: float
    size: int
    text: str
    colour: str


Shape = Line | Box | Words


def shapes(card: RunCard, units: Units) -> tuple[Shape, ...]:
    """Return everything that stands on a card."""
    return (Box(0, 0, WIDTH, HEIGHT, _PAPER), *_words(card, units), *_track(card), *_ribbon(card))


def svg(card: RunCard, units: Units) -> bytes:
    """Write a card as SVG."""
    body = "".join(map(_as_svg, shapes(card, units)))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{head}{body}</svg>\n'.encode()


def png(card: RunCard, units: Units) -> bytes:
    """Write a card as PNG."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), _PAPER)
    pen = ImageDraw.Draw(picture)
    for shape in shapes(card, units):
        _draw(pen, shape)
    written = io.BytesIO()
    # Each point is the mean of those it was drawn with. The last bytes of its size would cost half its time.
    picture.reduce(_FINER).save(written, "PNG")
    return written.getvalue()


def _words(card: RunCard, units: Units) -> Iterator[Words]:
    row = card.row
    title = row.title if len(row.title) <= _LONGEST_TITLE else f"{row.title[: _LONGEST_TITLE - 1]}…"
    yield Words(MARGIN, 130, 56, title, _INK)
    yield Words(MARGIN, 182, 32, long_day(local_day(row)), _SOFT)
    distance = "" if row.distance_m is None else f"{units.distance(row.distance_m)} in "
    yield Words(MARGIN, 262, 44, f"{distance}{clock(row.duration_s)}", _INK)
    yield Words(MARGIN, 880, 44, _directions(card, units), _INK)
    if row.simulated:
        yield Words(MARGIN, 306, 28, _SIMULATED, _SOFT)
    yield Words(MARGIN, 1030, 26, "Backward · forward blue, backward orange and wider, the rest grey", _SOFT)


def _directions(card: RunCard, units: Units) -> str:
    row = card.row
    if not row.on_foot:
        return ""
    if row.backward_s < 1:
        return "no backward running" if row.unknown_s < 1 else "backward: not known"
    far = "" if row.backward_m is None else f", {units.distance(row.backward_m)}"
    return f"backward {clock(row.backward_s)}{far}"


def _track(card: RunCard) -> Iterator[Line]:
    """Yield the track: forward below, backward on top and wider, so that it is seen without colours, too."""
    placed = None if card.track is None else positions(card.track, *MAP)
    if placed is None or card.track is None:
        return
    time_s = np.asarray(card.track.time_s)
    for direction in (None, Direction.BACKWARD):
        for bout in card.bouts:
            if (bout.bout.direction is Direction.BACKWARD) is not (direction is Direction.BACKWARD):
                continue
            first, last = np.searchsorted(time_s, [bout.bout.start_s, bout.bout.end_s])
            width = 11.0 if direction is Direction.BACKWARD else 6.0
            for points in _pieces(placed[first : last + 1]):
                yield Line(points, _COLOURS.get(bout.bout.direction, _OTHER), width)


def _pieces(points: FloatArray) -> Iterator[tuple[tuple[float, float], ...]]:
    known = np.isfinite(points[:, 0])
    for piece in np.split(np.arange(len(points)), np.flatnonzero(np.diff(known)) + 1):
        if len(piece) > 1 and known[piece].all():
            yield tuple((round(float(x), 1), round(float(y), 1)) for x, y in points[piece])


def _ribbon(card: RunCard) -> Iterator[Box]:
    whole_s = card.row.duration_s or 1.0
    for bout in card.bouts:
        left = MARGIN + (WIDTH - 2 * MARGIN) * bout.bout.start_s / whole_s
        wide = (WIDTH - 2 * MARGIN) * bout.bout.duration_s / whole_s
        backward = bout.bout.direction is Direction.BACKWARD
        top, high = (912, 56) if backward else (924, 32)
        yield Box(round(left, 1), top, round(wide, 1), high, _COLOURS.get(bout.bout.direction, _OTHER))


def _as_svg(shape: Shape) -> str:
    if isinstance(shape, Box):
        return (
            f'<rect x="{shape.x}" y="{shape.y}" width="{shape.width}" height="{shape.height}" fill="{shape.colour}"/>'
        )
    if isinstance(shape, Words):
        family = "system-ui, sans-serif"
        return (
            f'<text x="{shape.x}" y="{shape.y}" font-family="{family}" font-size="{shape.size}" '
            f'fill="{shape.colour}">{escape(shape.text)}</text>'
        )
    path = "M" + "L".join(f"{x},{y}" for x, y in shape.points)
    return (
        f'<path d="{path}" fill="none" stroke="{shape.colour}" stroke-width="{shape.width}" stroke-linejoin="round" '
        'stroke-linecap="round"/>'
    )


def _draw(pen: ImageDraw.ImageDraw, shape: Shape) -> None:
    from PIL import ImageFont

    if isinstance(shape, Box):
        right, bottom = shape.x + shape.width, shape.y + shape.height
        pen.rectangle([_FINER * side for side in (shape.x, shape.y, right, bottom)], fill=shape.colour)
    elif isinstance(shape, Words):
        font = ImageFont.load_default(_FINER * shape.size)
        pen.text((_FINER * shape.x, _FINER * shape.y), shape.text, fill=shape.colour, font=font, anchor="ls")
    else:
        points = [(_FINER * x, _FINER * y) for x, y in shape.points]
        pen.line(points, fill=shape.colour, width=round(_FINER * shape.width), joint="curve")
