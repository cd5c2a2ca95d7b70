"""What every rule before a plan must do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.errors import BadValue
from backward_running.rehab import Facts, Rule
from backward_running.testing.base import FORBIDDEN, Contract
from backward_running.testing.scale import Grade, asks

TODAY = date(2026, 5, 4)
NOTHING = Facts(TODAY, Athlete(), {})
WORST = Facts(
    TODAY,
    Athlete(birth_year=2020, ceilings=Ceilings("surgeon", TODAY, sessions_per_week_count=0)),
    {
        "goal": "rehab:groin",
        "parq": "yes_any",
        "health": ["chest_pain", "pregnancy", "pregnancy_first_trimester", "fell_12_months"],
        "longest_run_s": 0,
        "forward_runs_per_week": 0,
        "backward_walk_test_s": 60,
    },
    (
        CheckIn(datetime(2026, 5, 1, 8, tzinfo=UTC), pain_nrs={"shin": 8}),
        CheckIn(
            datetime(2026, 5, 4, 8, tzinfo=UTC), pain_nrs={"shin": 9}, calf_soreness_nrs=9, fell=True, broke_off=True
        ),
    ),
)
#: Nobody is too young and too old at once.
OLD = replace(WORST, athlete=Athlete(birth_year=1930))


class RuleContract(Contract):
    """Facts in, a gate out; unknown is not open, and nobody is diagnosed."""

    kind = "rule"
    #: Facts under which at least one of the rules at hand closes or holds.
    worst: tuple[Facts, ...] = (WORST, OLD)

    @asks(Grade.BRONZE)
    def test_a_state_carries_the_key_a_reason_and_evidence_of_its_rule(self, plug: Rule) -> None:
        """What it answers is its own, has a reason with a source, and says what to do where it is closed."""
        for facts in (NOTHING, *self.worst):
            state = plug.ask(facts)
            assert (state.key, state.title) == (plug.key, plug.title)
            assert state.reason.text.endswith(".")
            assert state.reason.evidence_key in {source.key for source in plug.evidence}
            assert state.open or (state.what_to_do or "").endswith("."), "a closed gate says what to do"
            assert not (state.open and (state.walking_only or state.is_red_flag))
            assert plug.is_red_flag or not state.is_red_flag

    @asks(Grade.BRONZE)
    def test_it_can_close_or_hold(self, plug: Rule) -> None:
        """A rule that never says no is none."""
        closes = not all(plug.ask(facts).open for facts in self.worst)
        assert closes == plug.can_close
        assert plug.can_close or any(list(plug.setbacks(facts)) for facts in self.worst)

    @asks(Grade.BRONZE)
    def test_setbacks_carry_a_reason_and_evidence_of_their_rule(self, plug: Rule) -> None:
        """Of nothing known there is no setback; each has a reason with a source."""
        assert list(plug.setbacks(NOTHING)) == []
        for facts in self.worst:
            for setback in plug.setbacks(facts):
                assert setback.reason.text.endswith(".")
                assert setback.reason.evidence_key in {source.key for source in plug.evidence}
                assert setback.stages_back in (0, 1)

    @asks(Grade.BRONZE)
    def test_asking_twice_gives_the_same_answer(self, plug: Rule) -> None:
        """It keeps nothing in mind."""
        for facts in self.worst:
            assert plug.ask(facts) == plug.ask(facts)

    @asks(Grade.BRONZE)
    def test_no_word_diagnoses_or_calls_anything_safe(self, plug: Rule) -> None:
        """It says what to do, not what somebody has."""
        for facts in (NOTHING, *self.worst):
            state = plug.ask(facts)
            said = f"{state.title} {state.reason.text} {state.what_to_do or ''} {state.come_back or ''}"
            assert not FORBIDDEN.search(said), said

    @asks(Grade.SILVER)
    def test_it_cannot_be_made_without_evidence_or_without_a_way_to_hold(self, plug: Rule) -> None:
        """The constructor refuses both."""
        with pytest.raises(BadValue, match="evidence"):
            Rule("x", "x", is_red_flag=False, ask=plug.ask, evidence=())
        with pytest.raises(BadValue, match="setbacks"):
            Rule("x", "x", is_red_flag=False, ask=plug.ask, evidence=plug.evidence, can_close=False)

    @asks(Grade.SILVER)
    def test_what_is_not_answered_never_opens_more(self, plug: Rule) -> None:
        """A rule that is closed for bad answers is not opened by leaving out who answers: the age, the limits."""
        for facts in self.worst:
            if plug.ask(facts).stops_all:
                assert plug.ask(replace(facts, athlete=Athlete())).stops_all
