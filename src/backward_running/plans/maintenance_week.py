"""A maintenance week: as many sessions as there were of late, at most three, that hold what is there."""

from __future__ import annotations

from datetime import date, timedelta

from backward_running.core.counting import counted
from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.plans import dose
from backward_running.plans._block import SHORTEST_BOUT_S, bouts_of, span_words
from backward_running.plans._fitting import misfit_of, practised, runs_already
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

HELD = own_proposal(
    "maintenance_week.held",
    "How little holds what was learned is not known: as many sessions a week as in the last 28 days, one to three, the "
    "first as long as the longest of the last 30 days, at most 20 minutes, for eight weeks at a time is a proposal of "
    "this project.",
)
WEEKS_COUNT = Number("maintenance_week_weeks_count", 8, "weeks", HELD)
SESSIONS_COUNT = Number("maintenance_week_least_sessions_per_week_count", 1, "1", HELD)
MOST_SESSIONS_COUNT = Number("maintenance_week_most_sessions_per_week_count", 3, "1", HELD)
LOOK_BACK_WEEKS_COUNT = Number("maintenance_week_look_back_count", 4, "weeks", HELD)
MOST_S = Number("maintenance_week_most_backward_s", 1200.0, "s", HELD)
BOUT_S = Number("maintenance_week_bout_s", 120.0, "s", HELD)
REST_S = Number("maintenance_week_rest_s", 60.0, "s", HELD)
CAP_SHARE = Number("maintenance_week_cap_share", 0.75, "1", HELD)
FORWARD_AFTER_S = Number("maintenance_week_forward_after_s", 600.0, "s", HELD)


def sessions_a_week(answers: Answers) -> int:
    """Return how many backward sessions a week there were in the four weeks before it: one to three.

    A plan that is changed never gets more a week than it had: weeks that a miss adds at its end are no larger.
    """
    first_day = _first_day(answers)
    weeks = LOOK_BACK_WEEKS_COUNT.value
    since = first_day - timedelta(weeks=weeks)
    days = {day for day, seconds in answers.facts.backward_history if since <= day < first_day and seconds > 0}
    had = max((int(ending.rpartition("-")[2]) for ending, _ in answers.facts.limits.of_session), default=0)
    most = had or MOST_SESSIONS_COUNT.value
    return int(min(max(round(len(days) / weeks), SESSIONS_COUNT.value), MOST_SESSIONS_COUNT.value, most))


def _first_day(answers: Answers) -> date:
    return answers.starts_on - timedelta(weeks=answers.restart.first_week - 1)


def known_s(answers: Answers) -> float | None:
    """Return the backward seconds of the longest session of the last 30 days; None where none was recorded."""
    first_day = _first_day(answers)
    before = tuple((day, seconds) for day, seconds in answers.facts.backward_history if day < first_day)
    return dose.longest_in_window_s(first_day, before)


def programme(answers: Answers) -> Programme:
    """Return eight weeks that are all the same, their sessions of different kinds."""
    known = known_s(answers)
    seconds = min(known or dose.FIRST_SESSION_S.value, MOST_S.value)
    seconds = max(SHORTEST_BOUT_S.value, seconds // 5 * 5)
    blocks = bouts_of(seconds, min(BOUT_S.value, seconds), REST_S.value, Gait.RUN)
    each = sessions_a_week(answers)
    said = f"{counted(each, 'session')} a week, as in the four weeks before, to hold what is there. "
    if known is None:
        said += "Nothing backward is known of the 30 days before it began, so it takes the starting dose."
    else:
        said += f"Your longest of the 30 days before it began was {span_words(known)}"
        said += f"; it never has more than {span_words(MOST_S.value)}." if known > MOST_S.value else "."
    setting = Setting(forward_after_s=FORWARD_AFTER_S.value, reasons=(Reason(said, HELD.key),))
    row = Row(each, each, blocks, cap_share=CAP_SHARE.value, setting=setting)
    return Programme(key="maintenance_week", rows=(row,) * int(WEEKS_COUNT.value), evidence=HELD, varies=True)


GOALS = ("variety",)
MISFIT = misfit_of(GOALS, runs_already, practised)
UNTESTED = Reason("How little is enough to hold what you learned has not been studied.", HELD.key)

PROTOCOL = Protocol(
    key="maintenance_week",
    title="Holding what is there",
    for_whom="runners who have practised and want to keep it up",
    version="3",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, UNTESTED),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(HELD, *SHARED_EVIDENCE),
)
