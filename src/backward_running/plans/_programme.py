"""A programme as a table: rows of what is wanted, before any dose rule is asked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backward_running.core.plan import Reason
from backward_running.evidence import Evidence, Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.the_article import ADVICE
from backward_running.plans import _advice, _fitting, _sprints, dose, walk_or_run
from backward_running.plans._block import BOUTS, Block
from backward_running.plans._own_walk import OWN_WALK
from backward_running.plans._roles import ROLES
from backward_running.plans._stage_zero import SHORT_BOUTS
from backward_running.plans._wanted import USUAL, Setting
from backward_running.plans.base import Answers

#: Rules that must be open before anybody runs backward.
GATES: tuple[str, ...] = (
    "red_flags",
    "parq_plus",
    "age",
    "balance_test",
    "supervised_base",
    "from_80",
    "not_for_backward",
    "clinician_first",
    "calf_soreness",
    "fall_within_48_h",
    "pain_limits",
    "runs_20_minutes",
    "spotter_or_known_lane",
)
#: Rules that must be open before somebody walks backward who may not run at all.
WALKING_GATES: tuple[str, ...] = tuple(key for key in GATES if key != "runs_20_minutes")

#: The steps that every programme promises: the dose rules themselves.
STEPS: Mapping[str, float] = {
    "sessions_per_week": dose.SESSIONS_PER_WEEK_COUNT.value,
    "days_between_sessions_in_weeks_1_to_4": dose.REST_DAYS_COUNT.value,
    "session_growth_ratio": dose.BACKWARD_GROWTH_RATIO.value,
    "first_session_s": dose.FIRST_SESSION_S.value,
    "backward_of_weekly_running_share": dose.BACKWARD_SHARE.value,
    "backward_of_forward_speed_share": dose.SPEED_CAP_SHARE.value,
    "grade_low_ratio": dose.GRADE_LOW_RATIO.value,
    "grade_high_ratio": dose.GRADE_HIGH_RATIO.value,
}

USUAL_SESSION = own_proposal(
    "session.usual",
    "Warm-up, cool-down and the shortest session worth its way, where a programme’s own source gives none: a "
    "proposal of this project.",
)
WARM_UP_S = Number("session_warm_up_s", 480.0, "s", USUAL_SESSION, low=300.0, high=600.0)
COOL_DOWN_S = Number("session_cool_down_s", 300.0, "s", USUAL_SESSION)
SHORTEST_SESSION_S = Number("session_shortest_backward_s", 60.0, "s", USUAL_SESSION)
LEAST_BOUT_LIMIT_S = Number("bout_rule_least_s", 60.0, "s", BOUTS)
MORE_FROM_RUNS = Number("session_more_from_runs_count", 3, "runs", USUAL_SESSION)

#: The sources of the rules that cut every programme, and of what is said with every session.
SHARED_EVIDENCE: tuple[Evidence, ...] = (
    *_advice.EVIDENCE,
    *_fitting.EVIDENCE,
    BOUTS,
    ROLES,
    SHORT_BOUTS,
    OWN_WALK,
    USUAL_SESSION,
    dose.SESSION_GROWTH_RATIO.evidence,
    dose.SPIKE_PER_DIRECTION,
    walk_or_run.TRANSITION_MPS.evidence,
    walk_or_run.SURELY_WALK_MPS.evidence,
    *(
        number.evidence
        for number in (
            dose.FIRST_SESSION_S,
            dose.SESSIONS_PER_WEEK_COUNT,
            dose.REST_DAYS_COUNT,
            dose.BACKWARD_SHARE,
            dose.OTHER_RUNS_SHARE,
            dose.SPEED_CAP_SHARE,
            dose.GRADE_LOW_RATIO,
            dose.GRADE_HIGH_RATIO,
            dose.ALONE_FROM_YEARS,
        )
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One stage of a programme: a week of it, where nothing holds it up."""

    sessions_low: int
    sessions_high: int
    blocks: tuple[Block, ...]
    lead: str = ""  #: said before the content of a week, where that is a phase of something
    cap_mps: float | None = None  #: an absolute cap; the article's cut of at least half holds with it
    cap_share: float | None = None  #: of the easy forward speed
    uphill: bool = False  #: a grass slope of 2–4 % may be used
    setting: Setting = USUAL
    others: tuple[Block, ...] | None = None  #: of all sessions but the longest one of a week, where they differ
    sprint_share: float | None = None  #: of the measured backward speed, in sessions with sprints
    taper: tuple[float, Reason] | None = None  #: the share of the longest session of 30 days that one has at most
    why_longest: Reason | None = None  #: what the longest session of a week is for, where the others differ
    why_others: Reason | None = None  #: what they are for

    @property
    def backward_s(self) -> float:
        """Backward seconds of one session."""
        return sum(block.backward_s for block in self.blocks)

    @property
    def longest_bout_s(self) -> float | None:
        """Seconds of the longest backward bout that is told by time."""
        return max(
            (block.bout_s for block in self.blocks if block.backward_s and block.distance_m is None), default=None
        )

    def blocks_of(self, *, longest: bool) -> tuple[Block, ...]:
        """Return what the longest session of the week wants, or any other."""
        return self.blocks if longest or self.others is None else self.others


def dose_numbers(key: str, rows: Sequence[Row], evidence: Evidence) -> tuple[Number, ...]:
    """Return the dose of each row, sessions a week and backward seconds of a session, with its source."""
    return tuple(
        number
        for stage, row in enumerate(rows, 1)
        for number in (
            Number(f"{key}_week_{stage}_sessions_count", row.sessions_high, "1", evidence, low=row.sessions_low),
            Number(f"{key}_week_{stage}_backward_s", row.backward_s, "s", evidence),
        )
    )


def cap_numbers(key: str, rows: Sequence[Row], evidence: Evidence) -> tuple[Number, ...]:
    """Return the cap of each row with its source."""
    return tuple(
        Number(f"{key}_week_{stage}_cap_mps", row.cap_mps, "m s⁻¹", evidence)
        if row.cap_mps is not None
        else Number(f"{key}_week_{stage}_cap_share", row.cap_share or 0.0, "1", evidence)
        for stage, row in enumerate(rows, 1)
    )


@dataclass(frozen=True, slots=True)
class Programme:
    """The rows of a protocol and what all of them share."""

    key: str
    rows: tuple[Row, ...]
    evidence: Evidence  #: of rows, repeats and rests
    cap_evidence: Evidence | None = None  #: of the speeds, where they come from elsewhere
    warm_up_s: Number = WARM_UP_S
    cool_down_s: Number = COOL_DOWN_S
    shortest_session_s: Number = SHORTEST_SESSION_S  #: with less backward time than that a session is left out
    three_sessions_from_runs: Number = MORE_FROM_RUNS  #: runs a week from which the higher number of sessions is wanted
    bout_rule_from_stage: Number | None = None  #: from here on a single bout, too, grows by at most 10 %
    least_bout_limit_s: Number = LEAST_BOUT_LIMIT_S  #: up to here that rule binds nobody
    varies: bool = False  #: the sessions of a week differ on purpose
    alike: Reason | None = None  #: why they are alike, where they are


def speed_cap_mps(row: Row, answers: Answers, *, sprints: bool = False) -> float:
    """Return the highest backward speed of a stage: the smallest of all caps that apply, rounded down to cm/s.

    In a session with sprints it is a share of the measured backward speed instead.
    """
    easy_mps = answers.easy_speed_mps
    measured_mps = _sprints.measured_mps(answers)
    caps_mps = [dose.SPEED_CAP_SHARE.value * easy_mps]
    if sprints and row.sprint_share is not None and measured_mps is not None:
        caps_mps = [row.sprint_share * measured_mps]
    elif row.cap_share is not None:
        caps_mps.append(row.cap_share * easy_mps)
    if row.cap_mps is not None:
        # "At the start" the article's cut holds as well: at least half off.
        caps_mps += [row.cap_mps, walk_or_run.article_range_mps(easy_mps)[1]]
    if answers.facts.walking_only:
        caps_mps.append(walk_or_run.SURELY_WALK_MPS.value)
    cap_mps = min(caps_mps)
    return min(cap_mps, math.floor(cap_mps * 100 + 1e-9) / 100)


def calmer_mps(cap_mps: float, share: float) -> float:
    """Return the cap of a calmer session; it never turns a run into a walk.

    >>> calmer_mps(1.2, 0.9), calmer_mps(1.7, 0.9)
    (1.08, 1.63)
    """
    if share >= 1:
        return cap_mps
    calm_mps = math.floor(share * cap_mps * 100 + 1e-9) / 100
    border_mps = walk_or_run.TRANSITION_MPS.value
    return max(calm_mps, border_mps) if cap_mps >= border_mps else calm_mps


def cap_words(
    programme: Programme, row: Row, answers: Answers, *, sprints: bool = False, role_share: float = 1.0
) -> Reason:
    """Say which cap binds."""
    cap_mps, easy_mps = speed_cap_mps(row, answers, sprints=sprints), answers.easy_speed_mps
    source = (programme.cap_evidence or programme.evidence).key
    if answers.facts.walking_only and cap_mps == walk_or_run.SURELY_WALK_MPS.value:
        text = "At most {cap}: a walking speed, slower is fine."
        return walk_or_run.speaking(text, walk_or_run.SURELY_WALK_MPS.evidence.key, cap=cap_mps)
    if sprints and row.sprint_share is not None:
        text = (
            f"At most {{cap}} in the sprints: {row.sprint_share * 100:.0f} % of the {{own}} of your timed 20 m, not of "
            "your easy pace."
        )
        own_mps = _sprints.measured_mps(answers) or cap_mps
        return walk_or_run.speaking(text, _sprints.SPRINTS.key, cap=cap_mps, own=own_mps)
    if role_share < 1:
        calm_mps = calmer_mps(cap_mps, role_share)
        text = "At most {cap} today, a little below the {usual} of this week; slower is fine."
        if calm_mps < cap_mps:
            return walk_or_run.speaking(text, source, cap=calm_mps, usual=cap_mps)
    if row.cap_share is not None:
        text = f"At most {{cap}}: {row.cap_share * 100:.0f} % of your easy pace of {{easy}}, slower is fine."
        return walk_or_run.speaking(text, source, cap=cap_mps, easy=easy_mps)
    if row.cap_mps is not None and cap_mps < row.cap_mps:
        text = "At most {cap}: at least half off your easy pace of {easy}, slower is fine."
        return walk_or_run.speaking(text, ADVICE.key, cap=cap_mps, easy=easy_mps)
    return walk_or_run.speaking("At most {cap} in this week, slower is fine.", source, cap=cap_mps)
