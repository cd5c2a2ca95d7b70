"""Uthoff 2020: eight weeks of backward running in bands of effort, as boys of 13 to 15 did it in team sport."""

from __future__ import annotations

from backward_running.core.direction import Gait
from backward_running.core.plan import Reason
from backward_running.evidence import Number
from backward_running.evidence.proposals import own_proposal
from backward_running.evidence.studies.uthoff2020 import BANDS
from backward_running.plans import dose
from backward_running.plans._block import Block
from backward_running.plans._fitting import (
    misfit_of,
    practised,
    runs_already,
    runs_backward_at_all,
    supervised,
    young_enough,
)
from backward_running.plans._programme import GATES, SHARED_EVIDENCE, STEPS, Programme, Row, cap_numbers, dose_numbers
from backward_running.plans._protocol import notes_for, weeks_for
from backward_running.plans._wanted import Setting
from backward_running.plans.base import Answers, Protocol

FILLED = own_proposal(
    "uthoff_2020.filled",
    "What was read names neither distances nor repeats, nor which weeks had which band: 20 s bouts, eight to "
    "fifteen of them, and the order of the bands are a proposal of this project. Full effort is taken as 0.8 of "
    "the easy forward speed, the cap outside competition.",
)
WEEKS_COUNT = Number("uthoff_2020_weeks_count", 8, "weeks", BANDS)
SESSIONS_COUNT = Number("uthoff_2020_sessions_per_week_count", 2, "1", BANDS)
EASY_EFFORT_SHARE = Number("uthoff_2020_easy_effort_share", 0.55, "1", BANDS, low=0.40, high=0.55)
MIDDLE_EFFORT_SHARE = Number("uthoff_2020_middle_effort_share", 0.75, "1", BANDS, low=0.60, high=0.75)
HARD_EFFORT_SHARE = Number("uthoff_2020_hard_effort_share", 1.0, "1", BANDS, low=0.90, high=1.0)
BOUT_S = Number("uthoff_2020_bout_s", 20.0, "s", FILLED)
REST_S = Number("uthoff_2020_rest_s", 60.0, "s", FILLED)

#: Band and bouts of each week.
WEEKS: tuple[tuple[Number, int], ...] = (
    (EASY_EFFORT_SHARE, 8),
    (EASY_EFFORT_SHARE, 10),
    (EASY_EFFORT_SHARE, 12),
    (MIDDLE_EFFORT_SHARE, 10),
    (MIDDLE_EFFORT_SHARE, 12),
    (MIDDLE_EFFORT_SHARE, 14),
    (HARD_EFFORT_SHARE, 12),
    (HARD_EFFORT_SHARE, 15),
)


def _row(band: Number, bouts: int) -> Row:
    low, high = band.low or 0.0, band.high or 1.0
    effort = f"{low * 100:.0f} to {high * 100:.0f} %" if high < 1 else f"over {low * 100:.0f} %"
    block = Block(bouts, BOUT_S.value, REST_S.value, Gait.RUN, cue=f"Effort: {effort} of your own fastest backward.")
    setting = Setting(
        supervised=True,
        reasons=(
            Reason(f"The band of the study: {effort} of your own backward effort, capped here.", BANDS.key),
            Reason("Bouts, rests and which weeks have which band are this project’s.", FILLED.key),
        ),
    )
    each = int(SESSIONS_COUNT.value)
    share = dose.SPEED_CAP_SHARE.value * high
    return Row(each, each, (block,), cap_share=share, setting=setting)


TABLE: tuple[Row, ...] = tuple(_row(band, bouts) for band, bouts in WEEKS)
ALIKE = Reason("The sessions of a week are alike on purpose: the trial had it so.", BANDS.key)
DOSES = dose_numbers("uthoff_2020", TABLE, FILLED)
CAPS = cap_numbers("uthoff_2020", TABLE, FILLED)
PROGRAMME = Programme(key="uthoff_2020", rows=TABLE, evidence=FILLED, alike=ALIKE)

GOALS = ("economy",)
MISFIT = misfit_of(GOALS, young_enough, runs_already, supervised, practised, runs_backward_at_all)
WHO = Reason("Boys of 13 to 15 in team sport were studied, with a coach beside; nobody older.", BANDS.key)


def programme(answers: Answers) -> Programme:  # noqa: ARG001 -- the same for everybody
    """Return the eight weeks."""
    return PROGRAMME


PROTOCOL = Protocol(
    key="uthoff_2020",
    title="Uthoff 2020 for team sport",
    length="eight weeks",
    for_whom="young people of 13 to 16 in team sport who have practised, with a coach or another adult who stays",
    version="2",
    goals=GOALS,
    weeks=weeks_for(programme, MISFIT),
    notes=notes_for(programme, MISFIT, WHO),
    misfit=MISFIT,
    gates=GATES,
    steps=STEPS,
    evidence=(BANDS, FILLED, *SHARED_EVIDENCE),
)
