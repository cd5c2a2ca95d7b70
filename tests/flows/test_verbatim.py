"""A clinician's words are kept and shown as they were written, with who said them and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.contracts.test_who import HAVE, NOW, answers

from backward_running.core.adaptation import Ceilings
from backward_running.core.errors import BadValue
from backward_running.core.plan import Plan
from backward_running.flows import clearing, coach, conditions

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
