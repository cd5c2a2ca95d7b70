"""A clinician's words are kept and shown as they were written, with who said them and when."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.contracts.test_who import HAVE, NOW, answers

from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import CheckIn, Moment
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan
from backward_running.flows import clearing, coach, conditions, in_force, said_done

WORD = "Walk backward on the mat, 2 × 4 min, Anna’s hands ready.\nNo treadmill < 6 weeks!"


def test_a_clinicians_word_is_shown_letter_for_letter_with_who_and_when(store):
    """It is kept and not understood: no door puts it in words of its own."""
    spoken_on, later = NOW.date(), NOW + timedelta(days=3)
    given = answers("vertigo", 1988, HAVE, None)
    coach.start_plan(store, given, now=NOW)
    clearing.clear(store, ["vertigo"], by="Dr. Moss, ENT", on=spoken_on, allows=WORD, running=False, now=later)
    made = coach.start_plan(store, given, now=later)
    assert isinstance(made, Plan)
    quoted = f"Dr. Moss, ENT on 4 May 2026: “{WORD}”"
    gates = {gate.key: gate.reason.text for gate in coach.today(store, now=later).gates if not gate.open}
    assert quoted in gates["not_for_backward"]
    assert (
        f"“{WORD}”" in gates["clinician_ceilings"]
        and "set on 4 May 2026 by Dr. Moss, ENT" in gates["clinician_ceilings"]
    )


def test_each_limit_stays_with_who_set_it(store):
    conditions.set_ceilings(store, Ceilings("physiotherapist", NOW.date(), backward_session_s=240.0))
    later = NOW + timedelta(days=3)
    coach.answered(store, answers("vertigo", 1988, HAVE, None), now=later)
    clearing.clear(store, ["vertigo"], by="Dr. Moss", on=later.date(), allows=WORD, running=False, now=later)
    limits = conditions.ceilings(store)
    assert limits.set_by == "set on 4 May 2026 by physiotherapist; walking only by Dr. Moss on 7 May 2026"


@pytest.mark.parametrize(("name", "most"), [("by", 200), ("allows", 2000)])
def test_a_word_that_is_too_long_is_refused_and_not_cut(store, name, most):
    coach.answered(store, answers("vertigo", 1988, HAVE, None), now=NOW)
    said = {"by": "Dr. Moss", "allows": WORD} | {name: "x" * (most + 1)}
    with pytest.raises(BadValue, match=name):
        clearing.clear(store, ["vertigo"], on=NOW.date(), running=False, now=NOW, **said)
    assert store.clearances() == ()


def test_two_a_week_counts_the_session_of_the_day_before_it_was_said(store):
    """Set on Tuesday, after Monday's session: one more until Sunday, and not two."""
    given = answers("none", 1988, HAVE, None) | {"days": ["0", "2", "5"], "longest_run_s": 3000.0}
    made = coach.start_plan(store, given | {"weekly_running_s": 9000.0}, now=NOW)
    assert isinstance(made, Plan)
    first, second = made.weeks[1].workouts[0], made.weeks[1]
    assert len(second.workouts) == 3
    for one in (*made.weeks[0].workouts, first):
        evening = datetime.combine(one.on, time(18), UTC)
        said_done.say_done(store, one, now=evening)
        store.add_check_in(CheckIn(evening + timedelta(hours=13), Moment.DAY_1, calf_soreness_nrs=0.0))
    tuesday = first.on + timedelta(days=1)
    conditions.set_ceilings(store, Ceilings("physiotherapist", tuesday, sessions_per_week_count=2))
    plan = in_force.situation(store, datetime.combine(tuesday, time(12), UTC)).plan
    days = sorted(one.on for one in plan.workouts())
    assert len(plan.weeks[1].workouts) == 2
    assert all(sum(0 <= (last - day).days < 7 for day in days) <= 2 for last in days if last >= tuesday)
