"""Numbers as Markdown: tables, and a reliability curve as a drawing of its own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from validation._scores import Reliability, expected_calibration_error, worst_calibrated


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table.

    >>> print(table(("a", "b"), [(1, "x")]))
    | a | b |
    |---|---|
    | 1 | x |
    """
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def number(value: float, places: int = 2) -> str:
    """Return a number; – where there is none.

    >>> number(0.98765, 3), number(math.nan), number(math.inf)
    ('0.988', '–', '∞')
    """
    if math.isnan(value):
        return "–"
    return "∞" if math.isinf(value) else f"{value:.{places}f}"


def pair(accuracy: float, coverage: float) -> str:
    """Return balanced accuracy and coverage in one cell.

    >>> pair(0.987, 0.5), pair(math.nan, 0.0)
    ('0.987 · 50 %', '– · 0 %')
    """
    return f"{number(accuracy, 3)} · {number(100 * coverage, 0)} %"


def reached(ok: bool | None) -> str:
    """Return yes, NO, or – where it could not be measured."""
    return {True: "yes", False: "**NO**", None: "–"}[ok]


def worst_words(groups: Mapping[str, Sequence[Reliability]], pooled: Sequence[Reliability]) -> str:
    """Return the pooled calibration error with its worst place named, as a sentence for a page.

    >>> bad = [Reliability(0.9, 1.0, 40, 0.9, 0.5)]
    >>> good = [Reliability(0.9, 1.0, 960, 1.0, 1.0)]
    >>> worst_words({"foot, walk": good, "waist, run": bad}, [Reliability(0.9, 1.0, 1000, 0.996, 0.98)])
    'Calibration error 0.016 over all 1,000 s; the worst is **waist, run**: 0.400 over 40 s.'
    """
    whole = f"Calibration error {number(expected_calibration_error(pooled), 3)}"
    whole += f" over all {sum(step.seconds for step in pooled):,} s"
    worst = worst_calibrated(groups)
    if worst is None:
        return f"{whole}; no single place was answered for long enough to judge it by itself."
    name, error, seconds = worst
    return f"{whole}; the worst is **{name}**: {number(error, 3)} over {seconds:,} s."


def calibration_table(groups: Mapping[str, Sequence[Reliability]], most: float = 0.05) -> str:
    """Return the calibration error of each place and gait by itself, the worst first."""
    rows = sorted(
        (
            (name, expected_calibration_error(curve), sum(step.seconds for step in curve))
            for name, curve in groups.items()
        ),
        key=lambda row: (math.isnan(row[1]), -row[1]),
    )
    return table(
        ("place, gait", "seconds answered", "calibration error", "reached"),
        (
            (name, f"{seconds:,}", number(error, 3), reached(None if math.isnan(error) else error <= most))
            for name, error, seconds in rows
        ),
    )


def curve_table(curve: Sequence[Reliability]) -> str:
    """Return a reliability curve as a table."""
    return table(
        ("stated", "seconds", "mean stated", "came true"),
        (
            (f"{step.low:.1f}–{step.high:.1f}", step.seconds, number(step.stated, 3), number(step.came_true, 3))
            for step in curve
        ),
    )


def curve_svg(curves: Sequence[tuple[str, Sequence[Reliability]]], size: int = 320) -> str:
    """Return reliability curves as an SVG drawing: stated to the right, came true upward, the diagonal is honest."""
    inks = ("#1f6f5c", "#b5472f", "#3a5fa8", "#8a6d1b")

    def x(share: float) -> float:
        return 40 + share * (size - 60)

    def y(share: float) -> float:
        return size - 40 - share * (size - 60)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size + 140} {size}" font-family="sans-serif" '
        f'font-size="11" role="img" aria-label="Reliability: stated probability against what came true">',
        f'<rect width="{size + 140}" height="{size}" fill="#fff"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 3"/>',
        f'<path d="M{x(0)} {y(1)}V{y(0)}H{x(1)}" fill="none" stroke="#333"/>',
        f'<text x="{x(0.5)}" y="{size - 8}" text-anchor="middle">stated probability</text>',
        f'<text x="12" y="{y(0.5)}" transform="rotate(-90 12 {y(0.5)})" text-anchor="middle">came true</text>',
    ]
    parts += [f'<text x="{x(at)}" y="{size - 25}" text-anchor="middle">{at}</text>' for at in (0, 0.5, 1)]
    parts += [f'<text x="34" y="{y(at) + 4}" text-anchor="end">{at}</text>' for at in (0.5, 1)]
    for rank, (name, curve) in enumerate(curves):
        ink = inks[rank % len(inks)]
        points = " ".join(f"{x(step.stated):.1f},{y(step.came_true):.1f}" for step in curve)
        parts.append(f'<polyline points="{points}" fill="none" stroke="{ink}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{x(step.stated):.1f}" cy="{y(step.came_true):.1f}" '
            f'r="{2 + min(step.seconds, 2000) ** 0.5 / 9:.1f}" fill="{ink}" fill-opacity="0.6"/>'
            for step in curve
        ]
        parts.append(f'<text x="{size + 5}" y="{40 + 18 * rank}" fill="{ink}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
