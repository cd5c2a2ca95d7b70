"""A programme as a table: rows of what is wanted, before any dose rule is asked."""

from __future__ import annotations

import math
from dataclasses import dataclass

from backward_running.core.plan import Reason
from backward_running.evidence import Evidence, Number
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.plans import dose, walk_or_run
from backward_running.plans._session import Block
from backward_running.plans.base import Answers


@dataclass(frozen=True, slots=True)
class Row:
    """One stage of a programme: a week of it, where nothing holds it up."""

    sessions_low: int
    sessions_high: int
    blocks: tuple[Block, ...]
    focus: str
    cap_mps: float | None = None  #: an absolute cap; the article's cut of at least half holds with it
    cap_share: float | None = None  #: of the easy forward speed
    uphill: bool = False  #: a grass slope of 2–4 % may be used

    @property
    def backward_s(self) -> float:
        """Backward seconds of one session."""
        return sum(block.backward_s for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Programme:
    """The rows of a protocol and what all of them share."""

    key: str
    rows: tuple[Row, ...]
    evidence: Evidence  #: of rows, repeats and rests
    warm_up_s: Number
    cool_down_s: Number
    shortest_session_s: Number  #: with less backward time than that a session is left out
    three_sessions_from_runs: Number  #: forward runs a week from which the higher number of sessions is wanted
    bout_rule_from_stage: Number | None = None  #: from here on a single bout, too, grows by at most 10 %


def speed_cap_mps(row: Row, answers: Answers) -> float:
    """Return the highest backward speed of a stage: the smallest of all caps that apply, rounded down to cm/s."""
    easy_mps = answers.easy_speed_mps
    caps_mps = [dose.SPEED_CAP_SHARE.value * easy_mps]
    if row.cap_mps is not None:
        # "At the start" the article's cut holds as well: at least half off.
        caps_mps += [row.cap_mps, walk_or_run.article_range_mps(easy_mps)[1]]
    if row.cap_share is not None:
        caps_mps.append(row.cap_share * easy_mps)
    if answers.walking_only:
        caps_mps.append(walk_or_run.SURELY_WALK_MPS.value)
    cap_mps = min(caps_mps)
    return min(cap_mps, math.floor(cap_mps * 100 + 1e-9) / 100)


def cap_words(programme: Programme, row: Row, answers: Answers) -> Reason:
    """Say which cap binds."""
    cap_mps = speed_cap_mps(row, answers)
    most = f"At most {walk_or_run.speed_words(cap_mps)}"
    easy = f"your easy pace of {walk_or_run.speed_words(answers.easy_speed_mps)}"
    if answers.walking_only and cap_mps == walk_or_run.SURELY_WALK_MPS.value:
        return Reason(f"{most}: a walking speed, slower is fine.", walk_or_run.SURELY_WALK_MPS.evidence.key)
    if row.cap_share is not None:
        return Reason(f"{most}: {row.cap_share * 100:.0f} % of {easy}, slower is fine.", programme.evidence.key)
    if row.cap_mps is not None and cap_mps < row.cap_mps:
        return Reason(f"{most}: at least half off {easy}, slower is fine.", ADVICE.key)
    return Reason(f"{most} in this week, slower is fine.", programme.evidence.key)
