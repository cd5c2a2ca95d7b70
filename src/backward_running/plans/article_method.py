"""The method of the article: a familiar spot, uphill first, 50 to 70 % off the pace, minutes in turn.

The article gives no weeks and no doses: those are this project's.
"""

from __future__ import annotations

from dataclasses import replace

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.plans._block import Block
from backward_running.plans._first_running import FIRST_RUNNING, SHORT, short_bouts_first
from backward_running.plans._fitting import misfit_of, runs_already
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row, cap_numbers, dose_numbers
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

TABLE_EVIDENCE = own_proposal(
    "article_method.table",
    "The article gives no weeks and no minutes: eight weeks, from five to twelve minutes backward and from 70 % "
    "off the pace to half, then a little faster, are a proposal of this project.",
)

FORWARD_AFTER_S = Number("article_method_forward_after_s", 600.0, "s", TABLE_EVIDENCE)

_SPOT = Reason(
    "The article’s own words for the beginning: a spot you know, a smooth grassy slope, uphill first.", ADVICE.key
)
_SWAP = Reason("The session takes the place of one of your runs.", ADVICE.key)
_ALTERNATE = Reason("Minutes backward and forward in turn, as the article has it.", ADVICE.key)
WALKED = Setting(outdoors=(_SPOT,), reasons=(_SWAP,), forward_after_s=FORWARD_AFTER_S.value)
RUN = Setting(outdoors=(_ALTERNATE,), reasons=(_SWAP,), forward_after_s=FORWARD_AFTER_S.value)


def _minutes(times: int, rest_gait: Gait) -> tuple[Block, ...]:
    return (Block(times, 60, 60, Gait.RUN, rest_gait=rest_gait),)


TABLE: tuple[Row, ...] = (
    Row(1, 2, _minutes(5, Gait.WALK), cap_share=0.30, uphill=True, setting=WALKED),
    Row(1, 2, _minutes(5, Gait.WALK), cap_share=0.40, uphill=True, setting=WALKED),
    Row(1, 2, _minutes(6, Gait.RUN), cap_share=0.50, uphill=True, setting=RUN),
    Row(1, 2, _minutes(7, Gait.RUN), cap_share=0.50, uphill=True, setting=RUN),
    Row(1, 2, _minutes(8, Gait.RUN), cap_share=0.50, uphill=True, setting=RUN),
    Row(1, 2, _minutes(9, Gait.RUN), cap_share=0.50, uphill=True, setting=RUN),
    Row(1, 2, _minutes(10, Gait.RUN), cap_share=0.60, uphill=True, setting=RUN),
    Row(1, 2, _minutes(12, Gait.RUN), cap_share=0.65, uphill=True, setting=RUN),
)
DOSES = dose_numbers("article_method", TABLE, TABLE_EVIDENCE)
CAPS = cap_numbers("article_method", TABLE, TABLE_EVIDENCE)
PROGRAMME = Programme(key="article_method", rows=TABLE, evidence=TABLE_EVIDENCE, varies=True)

GOALS = ("try", "variety")
MISFIT = misfit_of(GOALS, runs_already)
HONEST = Reason(
    "The article’s cut of 50 to 70 % leaves a walking speed for most runners: where it does, a step says “walk”.",
    ADVICE.key,
)


#: What running goes through from the week on in which it begins: 30 s at a time at first, walked forward in between.
RUNNING = (SHORT, *(row.blocks for row in TABLE[2:]))


def programme(answers: Answers) -> Programme:
    """Return the eight weeks; where running begins its bouts are short."""
    return replace(PROGRAMME, rows=short_bouts_first(TABLE, answers, begins_at=0, running=RUNNING))


PROTOCOL = Protocol(
    key="article_method",
    title="The article’s method",
    length="eight weeks",
    for_whom="runners who want one or two of their runs a week mixed up, as the article has it",
    version="3",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, HONEST),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(TABLE_EVIDENCE, FIRST_RUNNING, *SHARED_EVIDENCE),
)
