"""Tables and charts of a report on paper. Imported only where a PDF is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable
from reportlab.platypus import Table as PaperTable

from backward_running.formats import _plan_paper as paper

if TYPE_CHECKING:
    from backward_running.core.paper import Bars, Dots, Table

_HEIGHT: Final = 62.0  #: of a chart
_FOOT: Final = 16.0  #: below it, for its labels and what it says
_WIDTH: Final = 499.0  #: between the margins of A4
CELL: Final = ParagraphStyle("cell", parent=paper.BODY, fontSize=7.5, leading=9.6)
HEAD: Final = ParagraphStyle("head", parent=CELL, fontName="Strong")


def table(told: Table) -> PaperTable:
    """Return a table whose cells wrap and whose head stands again on the next page."""
    rows = [[paper.words(cell, HEAD if number == 0 else CELL) for cell in row] for number, row in enumerate(told.rows)]
    made = PaperTable(rows, colWidths=[share * _WIDTH for share in told.widths], repeatRows=1, hAlign="LEFT")
    made.setStyle(
        [
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, paper.LINE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 1.2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.8),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    return made


class _Chart(Flowable):
    """A chart as wide as the page, with what it says below."""

    says = ""

    def wrap(self, avail_width: float, avail_height: float) -> tuple[float, float]:  # noqa: ARG002 -- of the library
        self.width, self.height = avail_width, _HEIGHT + _FOOT
        self.spaceAfter = 6
        return self.width, self.height

    def _line(self, y: float) -> None:
        self.canv.setStrokeColor(paper.LINE)
        self.canv.setLineWidth(0.5)
        self.canv.line(0, y, self.width, y)

    def _words(self, x: float, y: float, text: str) -> None:
        self.canv.setFont("Text", 6.5)
        self.canv.setFillColor(paper.SOFT.textColor)
        self.canv.drawString(x, y, text)


class WeekBars(_Chart):
    """Minutes by week: forward on the left, backward on the right."""

    def __init__(self, bars: Bars) -> None:
        super().__init__()
        self.bars = bars

    def draw(self) -> None:
        """Draw both bars of each week on one scale."""
        most = max([*self.bars.forward, *self.bars.backward, 1.0])
        wide = self.width / max(1, len(self.bars.labels))
        self._line(_FOOT)
        for place, label in enumerate(self.bars.labels):
            x = place * wide
            for number, (value, colour) in enumerate(
                ((self.bars.forward[place], paper.FORWARD), (self.bars.backward[place], paper.BACKWARD))
            ):
                self.canv.setFillColor(colour)
                high = (_HEIGHT - 10.0) * value / most
                self.canv.rect(x + number * 0.36 * wide, _FOOT, 0.32 * wide, high, stroke=0, fill=1)
                if value > 0:
                    self._words(x + number * 0.36 * wide, _FOOT + high + 1.5, f"{value:.0f}")
            self._words(x, _FOOT - 7.0, label)
        self._words(0, 0, self.bars.says)


class PainDots(_Chart):
    """Pain by day: full over its limit, open below it."""

    def __init__(self, dots: Dots) -> None:
        super().__init__()
        self.dots = dots

    def draw(self) -> None:
        """Draw lines at 0, 5 and 10, and a dot for each pain that was told."""
        for level in (0, 5, 10):
            y = _FOOT + (_HEIGHT - 8.0) * level / 10
            self._line(y)
            self._words(0, y + 1.0, str(level))
        self.canv.setStrokeColor(paper.BACKWARD)
        self.canv.setFillColor(paper.BACKWARD)
        for share, value, over in zip(self.dots.days, self.dots.values, self.dots.over, strict=True):
            x = 14.0 + (self.width - 20.0) * share
            self.canv.circle(x, _FOOT + (_HEIGHT - 8.0) * value / 10, 2.0, stroke=1, fill=int(over))
        self._words(14.0, _FOOT - 7.0, self.dots.ends[0])
        self._words(self.width - 40.0, _FOOT - 7.0, self.dots.ends[1])
        self._words(0, 0, self.dots.says)
