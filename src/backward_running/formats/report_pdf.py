"""A report on paper (PDF): lines, tables and two small charts, for somebody who has two minutes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from backward_running.core.paper import Bars, Section

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

#: At the foot of every page.
_FOOT = "Recorded, told and measured by the runner. It diagnoses nothing, and what nobody told is not known."


def write_report(title: str, lead: Sequence[str], sections: Sequence[Section], *, header: str | None) -> bytes:
    """Write a report for paper.

    Parameters
    ----------
    title : str
        Of the document.
    lead : sequence of str
        Lines below it: who, and of which weeks.
    sections : sequence of Section
        In order; they fill two pages where their tables are as short as those of a report.
    header : str or None
        On every page.

    Returns
    -------
    bytes
        PDF, A4. The same words give the same bytes.
    """
    # The library takes a while to import: only who writes a PDF waits for it.
    from backward_running.formats import _plan_paper as paper

    paper.use_fonts()
    held = io.BytesIO()
    document = paper.document(held, title, header=header, footer=_FOOT)
    story: list[Flowable] = [paper.words(title, paper.TITLE), *(paper.words(line, paper.SOFT) for line in lead)]
    for section in sections:
        story += _section(section)
    document.build(story)
    return held.getvalue()


def _section(section: Section) -> Iterator[Flowable]:
    from backward_running.formats import _plan_paper as paper
    from backward_running.formats import _report_paper as drawn

    yield paper.words(section.heading, paper.WEEK)
    for line in section.lines:
        yield paper.words(line, paper.BODY)
    if isinstance(section.chart, Bars):
        yield drawn.WeekBars(section.chart)
    elif section.chart is not None:
        yield drawn.PainDots(section.chart)
    if section.table is not None:
        yield drawn.table(section.table)
