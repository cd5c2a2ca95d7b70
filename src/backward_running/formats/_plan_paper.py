"""The parts of a plan on paper: styles, the bar of steps, the box to tick. Imported only where a PDF is written."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Step

#: Colours of the two directions, as on the screen; backward is hatched too, for printers without colour.
FORWARD: Final = Color(0x0F / 255, 0x6C / 255, 0xB0 / 255)
BACKWARD: Final = Color(0xC8 / 255, 0x50 / 255, 0x0A / 255)
_INK: Final = Color(0.13, 0.13, 0.13)
_SOFT: Final = Color(0.36, 0.36, 0.36)
LINE: Final = Color(0.82, 0.82, 0.80)

_MARGIN: Final = 48.0
_HEADER_HEIGHT: Final = 18.0
_BAR_HEIGHT: Final = 16.0
_BOX: Final = 10.0
_HATCH_EVERY: Final = 4.0
_WALK_SHARE: Final = 0.55  #: a walked step is drawn lower than a run one
#: On every page; the limit stands on the first.
_STOP: Final = "Stop when it hurts more than your limit, when you feel dizzy, or when you stumble twice."
#: Each line is so much higher than its letters.
_LEADING: Final = 1.35


def _style(
    name: str,
    size: float = 9.0,
    *,
    font: str = "Text",
    soft: bool = False,
    space: tuple[float, float] = (0.0, 0.0),
    indent: tuple[float, float] = (0.0, 0.0),
    with_next: bool = False,
) -> ParagraphStyle:
    """Return a style; `space` is above and below in points, `indent` left and right."""
    return ParagraphStyle(
        name,
        fontName=font,
        fontSize=size,
        leading=size * _LEADING,
        textColor=_SOFT if soft else _INK,
        spaceBefore=space[0],
        spaceAfter=space[1],
        leftIndent=indent[0],
        rightIndent=indent[1],
        keepWithNext=int(with_next),
    )


TITLE: Final = _style("title", 18.0, font="Strong", space=(0, 6))
WEEK: Final = _style("week", 12.0, font="Strong", space=(8, 0), with_next=True)
HEADING: Final = _style("heading", 11.0, font="Strong", space=(0, 2), with_next=True)
SESSION: Final = _style("session", 10.0, font="Strong", space=(0, 1), indent=(0, _BOX + 6))
STRONG: Final = _style("strong", font="Strong", space=(0, 3))
BODY: Final = _style("body", space=(0, 1))
NOTE: Final = _style("note", indent=(6, 0), space=(0, 2))
SOFT: Final = _style("soft", soft=True, space=(0, 4))
DATE: Final = _style("date", soft=True, space=(0, 4), with_next=True)
REASON: Final = _style("reason", 8.0, soft=True, space=(0, 1))
ASKED: Final = _style("asked", 8.0, space=(0, 8))


def use_fonts() -> None:
    """Use the fonts that come with the library: they hold every sign the plan uses, so that nothing is a black box."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Text", "Vera.ttf"), ("Strong", "VeraBd.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / file)))


def words(text: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Return text as a paragraph; no sign in it is taken for mark-up."""
    return Paragraph(escape("".join(letter if letter.isprintable() else " " for letter in text)), style)


def document(file: io.BytesIO, title: str, *, header: str | None, footer: str = _STOP) -> BaseDocTemplate:
    """Return an empty A4 document whose every page has a footer, its number and, where there is one, a header."""
    width, height = A4
    top = _MARGIN + (_HEADER_HEIGHT if header else 0.0)
    frame = Frame(
        _MARGIN, _MARGIN, width - 2 * _MARGIN, height - _MARGIN - top,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
    )  # fmt: skip
    made = BaseDocTemplate(file, pagesize=A4, title=title, author="backward-running", invariant=1)
    made.addPageTemplates([PageTemplate(frames=[frame], onPage=_around(header, footer))])
    return made


def _around(header: str | None, footer: str) -> Callable[[Canvas, BaseDocTemplate], None]:
    """Return what draws the header and the footer of a page."""

    def draw(canvas: Canvas, made: BaseDocTemplate) -> None:  # noqa: ARG001 -- of the library
        width, height = A4
        canvas.saveState()
        if header:
            canvas.setFont("Strong", 9.0)
            canvas.setFillColor(_INK)
            canvas.drawString(_MARGIN, height - _MARGIN - 9.0, header)
        canvas.setFont("Text", 7.5)
        canvas.setFillColor(_SOFT)
        canvas.drawString(_MARGIN, 28, footer)
        canvas.drawRightString(width - _MARGIN, 28, f"{canvas.getPageNumber()}")
        canvas.restoreState()

    return draw


class TickBox(Flowable):
    """A box at the right edge, beside the line that follows. It takes no height."""

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002 -- of the library
        self.width, self.height = avail_width, 0.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw it below the line on which it stands."""
        self.canv.setStrokeColor(_INK)
        self.canv.setLineWidth(0.6)
        self.canv.rect(self.width - _BOX - 1, -_BOX - 4, _BOX, _BOX)


class StepBar(Flowable):
    """The steps of a session: length is time, walked steps are low, backward ones hatched."""

    def __init__(self, steps: tuple[Step, ...]) -> None:
        super().__init__()
        self.steps = [(step, step.planned_s or 0.0) for step in steps]
        self.spaceAfter = 4

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002 -- of the library
        self.width, self.height = avail_width, _BAR_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Draw one block a step; nothing where no step has a length."""
        total_s = sum(seconds for _, seconds in self.steps)
        if total_s <= 0:
            return
        x = 0.0
        for step, seconds in self.steps:
            width = self.width * seconds / total_s
            self._block(step, x, width - 0.6)
            x += width

    def _block(self, step: Step, x: float, width: float) -> None:
        height = _BAR_HEIGHT * (_WALK_SHARE if step.gait is Gait.WALK else 1.0)
        colours = {Direction.BACKWARD: BACKWARD, Direction.STILL: LINE}
        self.canv.setFillColor(colours.get(step.direction, FORWARD))
        self.canv.rect(x, 0, max(width, 0.2), height, stroke=0, fill=1)
        if step.direction is Direction.BACKWARD:
            self._hatch(x, width, height)

    def _hatch(self, x: float, width: float, height: float) -> None:
        canvas = self.canv
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(x, 0, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.setLineWidth(0.8)
        offset = 0.0
        while offset < width + height:
            canvas.line(x + offset, 0, x + offset - height, height)
            offset += _HATCH_EVERY
        canvas.restoreState()
