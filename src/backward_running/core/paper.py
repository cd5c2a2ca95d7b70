"""What stands on paper, in words: sections with lines, a table and a small chart."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table of words; the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]  #: shares of the page


@dataclass(frozen=True, slots=True)
class Bars:
    """Two bars a week: what was done each way, in minutes."""

    labels: tuple[str, ...]
    forward: tuple[float, ...]
    backward: tuple[float, ...]
    says: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Pain by day, 0 to 10: over its limit full, else open."""

    days: tuple[float, ...]  #: share of the span, 0 to 1
    values: tuple[float, ...]
    over: tuple[bool, ...]
    ends: tuple[str, str]  #: the first and the last day
    says: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, lines, and at most one table and one chart."""

    heading: str
    lines: tuple[str, ...] = ()
    table: Table | None = None
    chart: Bars | Dots | None = None
