"""A plan on paper (PDF): a page a week, each session with its steps as a bar, where, with whom and a box to tick."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Plan, Reason, Week, Workout

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: Colours of the two directions, as on the screen; backward is hatched too, for printers without colour.
_FORWARD: Final = (0x0F / 255, 0x6C / 255, 0xB0 / 255)
_BACKWARD: Final = (0xC8 / 255, 0x50 / 255, 0x0A / 255)
_INK: Final = (0.13, 0.13, 0.13)
_SOFT: Final = (0.36, 0.36, 0.36)
_LINE: Final = (0.82, 0.82, 0.80)

_MARGIN: Final = 48.0
_WIDTH, _HEIGHT = 595.28, 841.89  #: A4, points
_TEXT_WIDTH: Final = _WIDTH - 2 * _MARGIN
_BAR_HEIGHT: Final = 16.0
_WALK_SHARE: Final = 0.55  #: a walked step is drawn lower than a run one


def write_pdf(plan: Plan, *, first_week: int = 1, speed_words: Callable[[float], str]) -> bytes:
    """Write a plan for paper.

    Parameters
    ----------
    plan : Plan
        Its closed gates stand on the first page, before any session.
    first_week : int
        Weeks before it are left out.
    speed_words : callable
        Speed in m/s → what the runner reads, so that the page speaks their units.

    Returns
    -------
    bytes
        PDF, A4. The same plan gives the same bytes.
    """
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(_WIDTH, _HEIGHT), invariant=1)
    canvas.setTitle(plan.title)
    canvas.setAuthor("backward-running")
    _register_fonts()
    page = _Page(canvas, plan)
    page.begin(first=True)
    _notes(page, plan)
    for week in plan.weeks:
        if week.number >= first_week:
            _week(page, week, speed_words)
    page.end()
    canvas.save()
    return held.getvalue()


def _register_fonts() -> None:
    """Use the fonts that come with the library: they hold every sign the plan uses, so that nothing is a black box."""
    from pathlib import Path

    import reportlab
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Text", "Vera.ttf"), ("Strong", "VeraBd.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / file)))


class _Page:
    """Where the next line goes. A page that is full is ended and a new one begun."""

    def __init__(self, canvas: Canvas, plan: Plan) -> None:
        self.canvas, self.plan = canvas, plan
        self.number, self.y = 0, 0.0

    def begin(self, *, first: bool = False) -> None:
        self.number += 1
        self.y = _HEIGHT - _MARGIN
        if first:
            self.line(self.plan.title, size=18, font="Strong", after=6)
            made = f"Made {self.plan.made_at:%d %B %Y}."
            if self.plan.changed_at is not None:
                made += f" Changed {self.plan.changed_at:%d %B %Y}."
            self.line(made, colour=_SOFT, after=2)
        if self.plan.simulated:
            self.line("Simulated: the plan of a demo runner. It is nobody's advice.", font="Strong", after=4)

    def end(self) -> None:
        self.canvas.setFont("Text", 7.5)
        self.canvas.setFillColorRGB(*_SOFT)
        self.canvas.drawString(_MARGIN, 28, "Stop when it hurts, when you feel dizzy, or when you stumble twice.")
        self.canvas.drawRightString(_WIDTH - _MARGIN, 28, f"{self.number}")
        self.canvas.showPage()

    def room(self, height: float) -> None:
        """Turn the page where `height` points are not left."""
        if self.y - height < _MARGIN:
            self.end()
            self.begin()

    def line(
        self,
        text: str,
        *,
        size: float = 9.0,
        font: str = "Text",
        colour: tuple[float, float, float] = _INK,
        indent: float = 0.0,
        after: float = 1.0,
    ) -> None:
        """Write text, broken into as many lines as it needs."""
        from reportlab.lib.utils import simpleSplit

        for part in simpleSplit(_printable(text), font, size, _TEXT_WIDTH - indent):
            self.room(size * 1.4)
            self.y -= size * 1.35
            self.canvas.setFont(font, size)
            self.canvas.setFillColorRGB(*colour)
            self.canvas.drawString(_MARGIN + indent, self.y, part)
        self.y -= after


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _notes(page: _Page, plan: Plan) -> None:
    closed = [gate for gate in plan.gates if not gate.open]
    for gate in closed:
        page.line(f"Closed: {gate.title}. {gate.reason.text} {gate.what_to_do or ''}".strip(), font="Strong", after=3)
    if plan.notes:
        page.line("Before you begin", size=11, font="Strong", after=2)
        for note in plan.notes:
            page.line(f"· {note.text}", indent=6, after=2)
    page.y -= 6


def _week(page: _Page, week: Week, speed_words: Callable[[float], str]) -> None:
    page.room(150)
    page.y -= 8
    title = f"Week {week.number}" + (f" · {week.focus}" if week.focus else "")
    page.line(title, size=12, font="Strong", after=0)
    page.line(f"from {week.starts_on:%A %d %B %Y}", colour=_SOFT, after=4)
    if not week.workouts:
        page.line("No backward session in this week.", after=4)
    for workout in week.workouts:
        _session(page, workout, speed_words)


def _session(page: _Page, workout: Workout, speed_words: Callable[[float], str]) -> None:
    page.room(96)
    page.canvas.setStrokeColorRGB(*_LINE)
    page.canvas.setLineWidth(0.6)
    page.canvas.line(_MARGIN, page.y, _WIDTH - _MARGIN, page.y)
    page.canvas.setStrokeColorRGB(*_INK)
    page.canvas.rect(_WIDTH - _MARGIN - 11, page.y - 16, 10, 10)  # to tick
    page.line(f"{workout.on:%A %d %B} · {workout.title}", size=10, font="Strong", after=1)
    page.line(workout.summary, after=3)
    page.room(_BAR_HEIGHT + 40)
    page.y -= _BAR_HEIGHT
    _bar(page.canvas, workout, page.y)
    page.y -= 4
    caps = sorted({step.speed_high_mps for step in workout.steps() if _is_backward(step) and step.speed_high_mps})
    if caps:
        page.line(f"Backward not faster than {speed_words(caps[-1])}.", after=1)
    page.line(f"Where: {workout.place.value}. With: {workout.with_whom}.", after=1)
    for words in _why(workout.reasons):
        page.line(words, colour=_SOFT, size=8, after=1)
    page.line("How hard, 0–10: ____   calves after a day: ____   after two days: ____", size=8, after=8)


def _is_backward(step: Any) -> bool:
    return step.direction is Direction.BACKWARD


def _why(reasons: tuple[Reason, ...]) -> Iterator[str]:
    """Yield the first reasons; the rest stands on the screen with its sources."""
    for reason in reasons[:3]:
        yield f"Why: {reason.text}"


def _bar(canvas: Canvas, workout: Workout, y: float) -> None:
    """Draw the steps: length is time, walked steps are low, backward ones hatched."""
    steps = [(step, step.planned_s or 0.0) for step in workout.steps()]
    total_s = sum(seconds for _, seconds in steps)
    if total_s <= 0:
        return
    x = _MARGIN
    for step, seconds in steps:
        width = _TEXT_WIDTH * seconds / total_s
        height = _BAR_HEIGHT * (_WALK_SHARE if step.gait is Gait.WALK else 1.0)
        still = step.direction is Direction.STILL
        canvas.setFillColorRGB(*(_BACKWARD if _is_backward(step) else _LINE if still else _FORWARD))
        canvas.rect(x, y, max(width - 0.6, 0.2), height, stroke=0, fill=1)
        if _is_backward(step):
            _hatch(canvas, x, y, width - 0.6, height)
        x += width


def _hatch(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(x, y, width, height)
    canvas.clipPath(path, stroke=0, fill=0)
    canvas.setStrokeColorRGB(1, 1, 1)
    canvas.setLineWidth(0.8)
    offset = 0.0
    while offset < width + height:
        canvas.line(x + offset, y, x + offset - height, y + height)
        offset += 4.0
    canvas.restoreState()
