"""Ribbons and step bars as SVG. A page shows some hundreds of their stretches: filled in by a template, each of its
numbers is escaped by itself, which took half the time of the page of the plan.

Nothing here knows a unit: geometry comes in percent. Words are escaped, all else was made in this room.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from backward_running.apps.web.drawing.ribbon import Piece, step_bar
from backward_running.core.plan import Workout

_WHOLE = 'width="100%" height="100%"'


def ribbon_svg(pieces: Iterable[Piece], size: str = "", label: str = "") -> Markup:
    """Draw a ribbon: what was run in which direction, from left to right.

    Parameters
    ----------
    pieces : iterable of Piece
        Laid side by side.
    size : str, optional
        ``mini`` in lists.
    label : str, optional
        What it says, in words; without, the words stand beside it and a screen reader passes it by.

    Returns
    -------
    Markup
        One element.
    """
    mini = size == "mini"
    told = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    head = f'<svg class="ribbon {size}" width="100%" height="{8 if mini else 18}" {told} focusable="false">'
    return Markup(f"{head}{''.join(_stretch(piece, mini=mini) for piece in pieces)}</svg>")  # noqa: S704 -- escaped above


def _stretch(piece: Piece, *, mini: bool) -> str:
    box = f'x="{piece.x}%" width="{piece.width}%" height="100%"'
    if piece.letter == "f" and not piece.said:
        return f'<rect class="rb f" {box}/>'
    stripes = f'<rect fill="url(#p-{piece.letter}{"s" if piece.letter == "b" and mini else ""})" {_WHOLE}/>'
    if piece.said:
        stripes = f'{stripes if piece.letter == "b" else ""}<rect fill="url(#p-said)" {_WHOLE}/>'
    return f'<svg {box}><rect class="rb {piece.letter}" {_WHOLE}/>{stripes}</svg>'


def steps_svg(workout: Workout, size: str = "") -> Markup:
    """Draw the steps of a workout side by side; the width is time, what is walked lies lower.

    Parameters
    ----------
    workout : Workout
        Its summary is what a screen reader says.
    size : str, optional
        ``small`` in tables.

    Returns
    -------
    Markup
        One element.
    """
    small = size == "small"
    lines = '<rect y="-4" width="100%" height="8" fill="url(#p-st)"/>' if small else (
        '<rect y="-6" width="100%" height="12" fill="url(#p-sl)"/>'
    )  # fmt: skip
    backward = f'<svg y="50%" overflow="visible">{lines}</svg>'
    steps = "".join(_step(piece, backward) for piece in step_bar(workout))
    head = f'<svg class="steps {size}" width="100%" height="{16 if small else 26}" role="img"'
    words = escape(workout.summary)
    return Markup(f'{head} aria-label="{words}" focusable="false">{steps}</svg>')  # noqa: S704 -- escaped here


def _step(piece: Piece, backward: str) -> str:
    direction, walked = piece.letter[0], "w" in piece.letter
    y, height = ("38%", "62%") if walked else ("0", "100%")
    return (
        f'<svg x="{piece.x}%" y="{y}" width="{piece.width}%" height="{height}"><title>{escape(piece.words)}</title>'
        f'<rect class="rb {direction}" {_WHOLE}/>{backward if direction == "b" else ""}</svg>'
    )
