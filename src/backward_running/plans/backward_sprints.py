"""Backward sprints: sets of 7 × 20 m for grown-ups with eight weeks behind them and a timed 20 m, in eight weeks."""

from __future__ import annotations

from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.studies import negra2022, sammoud2023, uthoff2020
from backward_running.plans import _sprints
from backward_running.plans._fitting import by_word, experienced, misfit_of, runs_already, runs_backward_at_all
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

WEEKS_COUNT = Number("backward_sprints_weeks_count", 8, "weeks", _sprints.SPRINTS)
SESSIONS_COUNT = Number("backward_sprints_sessions_per_week_count", 2, "1", _sprints.SPRINTS)
SHORTEST_S = Number("backward_sprints_shortest_backward_s", 20.0, "s", _sprints.SPRINTS)
TWICE = Reason(
    "The sessions of a week are alike on purpose: the second holds what the first asked, before anything grows.",
    _sprints.SPRINTS.key,
)


def programme(answers: Answers) -> Programme:
    """Return the eight weeks; sets and caps rise as the steps of sprinting allow."""
    each = int(SESSIONS_COUNT.value)
    rows = tuple(
        Row(
            each,
            each,
            _sprints.session_blocks(answers, week),
            setting=Setting(reasons=_sprints.why(week)),
            sprint_share=_sprints.share_of(week),
        )
        for week in range(1, int(WEEKS_COUNT.value) + 1)
    )
    return Programme(
        key="backward_sprints",
        rows=rows,
        evidence=_sprints.SPRINTS,
        shortest_session_s=SHORTEST_S,
        alike=TWICE,
    )


GOALS = ("race",)
MISFIT = misfit_of(
    GOALS,
    runs_already,
    experienced,
    _sprints.too_early,
    runs_backward_at_all,
    _sprints.has_room,
    _sprints.timed,
    _sprints.runs_them,
)
UNTESTED = Reason(
    "Nobody has studied backward sprints in grown-ups: the steps are careful guesses.", _sprints.SPRINTS.key
)

PROTOCOL = Protocol(
    key="backward_sprints",
    title="Backward sprints of 20 m",
    length="eight weeks",
    for_whom="runners with about eight weeks of running backward behind them, a timed 20 m and a spotter",
    version="1",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, UNTESTED, telling=by_word),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    # Of the young, and all that was found: they better what forward training does in one study and equal it in another.
    evidence=(_sprints.SPRINTS, uthoff2020.BANDS, negra2022.SPRINTS, sammoud2023.ALIKE, *SHARED_EVIDENCE),
)
