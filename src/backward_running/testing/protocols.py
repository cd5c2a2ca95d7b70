"""What every protocol must do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar

import pytest

from backward_running import plans, rehab
from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.goals import GOALS, condition_of
from backward_running.core.plan import Workout
from backward_running.evidence import all_studies
from backward_running.plans import Answers, Protocol, broken_rules
from backward_running.testing.base import FORBIDDEN, Contract
from backward_running.testing.scale import Grade, asks

#: Sources of what the engine says besides the protocol: setbacks, days that were moved; a clinician is no study.
SETS_LIMITS = {"dose.setback", "placing.moved", None}
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
LONGEST_STEP_NAME = 15  #: characters that a watch shows
RUNNER = Answers(
    forward_runs_per_week=5,
    easy_speed_mps=3.2,
    longest_run_s=5400,
    backward_experience_min=0,
    days=(0, 2, 4, 5),
    has_treadmill=True,
    has_spotter=True,
    has_known_spot=True,
    birth_year=1985,
    starts_on=date(2026, 5, 4),
)
PRACTISED = replace(
    RUNNER,
    backward_experience_min=300,
    has_supervisor=True,
    easy_speed_mps=3.5,
    facts=replace(RUNNER.facts, backward_history=((date(2026, 4, 30), 900.0),)),
)
SOME = (
    RUNNER,
    PRACTISED,
    replace(PRACTISED, easy_speed_mps=1.8),
    replace(PRACTISED, easy_speed_mps=2.9, days=(6,)),
    replace(PRACTISED, days=(5, 6), hard_days=(1, 3), facts=replace(PRACTISED.facts, backward_history=())),
    replace(PRACTISED, facts=replace(PRACTISED.facts, walking_only=True)),
    replace(PRACTISED, birth_year=2011),
    replace(PRACTISED, birth_year=2015),
    replace(PRACTISED, has_treadmill=False, has_supervisor=False),
    replace(PRACTISED, forward_runs_per_week=1, longest_run_s=1300.0),
    replace(PRACTISED, forward_runs_per_week=0, longest_run_s=0.0),
    replace(PRACTISED, race_on=date(2026, 7, 11), race_distance_m=100.0),
    replace(PRACTISED, race_on=date(2026, 7, 11), race_distance_m=100.0, backward_20_m_s=6.0),
    replace(PRACTISED, stage_zero=True, backward_experience_min=0, facts=replace(PRACTISED.facts, backward_history=())),
    replace(PRACTISED, has_harness=True, weekly_running_s=9000.0),
    replace(
        PRACTISED,
        facts=replace(
            PRACTISED.facts, ceilings=Ceilings("physiotherapist", date(2026, 5, 1), backward_session_s=240.0)
        ),
    ),
)
each_of_some = pytest.mark.parametrize("answers", SOME)


def sessions(protocol: Protocol, answers: Answers) -> list[Workout]:
    """Return all sessions that a protocol makes."""
    return [workout for week in protocol.weeks(answers) for workout in week.workouts]


class ProtocolContract(Contract):
    """Answers in, weeks out; no week above a dose rule, and a red flag always wins."""

    kind = "protocol"
    #: Key of a protocol → the answers of a practised runner that have to change until it fits.
    whom: ClassVar[Mapping[str, Mapping[str, Any]]] = {}

    def best_runner(self, protocol: Protocol) -> Answers:
        """Return somebody whom the protocol fits: practised, and with a goal that it serves."""
        changed: dict[str, Any] = {"goal": protocol.goals[0], **self.whom.get(protocol.key, {})}
        return replace(PRACTISED, **changed)

    @asks(Grade.BRONZE)
    def test_every_gate_is_a_rule_and_a_red_flag_is_among_them(self, plug: Protocol) -> None:
        """It waits for rules that exist, and for all red flags."""
        rules = rehab.all_rules()
        assert set(plug.gates) <= set(rules)
        assert {rule.key for rule in rules.values() if rule.is_red_flag} <= set(plug.gates)

    @asks(Grade.BRONZE)
    @each_of_some
    def test_no_week_is_above_a_dose_rule_or_its_own_step(self, plug: Protocol, answers: Answers) -> None:
        """Neither the rules of dose nor what it promises itself are broken, whoever asks."""
        weeks = plug.weeks(replace(answers, goal=plug.goals[0]))
        assert broken_rules(weeks, replace(answers, goal=plug.goals[0])) == ()
        assert broken_rules(plug.weeks(answers), answers) == ()
        for week in weeks:
            assert len(week.workouts) <= plug.steps["sessions_per_week"]
            for workout in week.workouts:
                assert plug.steps["grade_low_ratio"] <= workout.grade_low_ratio
                assert workout.grade_high_ratio <= plug.steps["grade_high_ratio"]
                _hold_speeds(plug, workout, answers)

    @asks(Grade.BRONZE)
    @each_of_some
    def test_every_dose_names_its_evidence(self, plug: Protocol, answers: Answers) -> None:
        """Each session and note has a reason with a source of the protocol's own."""
        known = {source.key for source in plug.evidence}
        for goal in ("try", *plug.goals):
            for workout in sessions(plug, replace(answers, goal=goal)):
                assert workout.reasons and workout.advice and workout.summary
                assert {reason.evidence_key for reason in workout.reasons} <= known | SETS_LIMITS
            notes = plug.notes(replace(answers, goal=goal))
            assert notes and {note.evidence_key for note in notes} <= known | SETS_LIMITS
        assert {source.study.key for source in plug.evidence} <= set(all_studies())

    @asks(Grade.SILVER)
    @each_of_some
    def test_whom_it_does_not_fit_gets_no_week_and_is_told_why(self, plug: Protocol, answers: Answers) -> None:
        """Either there is something to do, or one sentence why not."""
        for goal, _ in GOALS:
            runner = replace(answers, goal=goal)
            why_not = plug.misfit(runner)
            made = sessions(plug, runner)
            if why_not is not None:
                assert made == [] and plug.notes(runner) == (why_not,)
                assert why_not.text.endswith(".") and why_not.evidence_key
            elif runner.forward_runs_per_week > 0:
                assert made, "it fits, so there is something to do"

    @asks(Grade.BRONZE)
    def test_it_fits_somebody_and_serves_a_goal(self, plug: Protocol) -> None:
        """Its goals can be chosen, and for each there is somebody."""
        assert set(plug.goals) <= {goal for goal, _ in GOALS} and plug.goals
        for goal in plug.goals:
            assert plug.misfit(replace(self.best_runner(plug), goal=goal)) is None
        assert sessions(plug, self.best_runner(plug))

    @asks(Grade.SILVER)
    def test_a_rehabilitation_goal_that_it_does_not_serve_is_refused(self, plug: Protocol) -> None:
        """What was made for a knee is not given for an Achilles tendon."""
        for goal, _ in GOALS:
            if condition_of(goal) is not None and goal not in plug.goals:
                assert plug.misfit(replace(PRACTISED, goal=goal)) is not None

    @asks(Grade.BRONZE)
    def test_nothing_it_says_is_called_safe(self, plug: Protocol) -> None:
        """Nor does it diagnose."""
        runner = self.best_runner(plug)
        said = [note.text for note in plug.notes(runner)]
        for workout in sessions(plug, runner):
            said += [*workout.advice, *(reason.text for reason in workout.reasons), workout.title, workout.with_whom]
        assert [line for line in said if FORBIDDEN.search(line)] == []

    @asks(Grade.SILVER)
    def test_a_red_flag_always_wins(self, plug: Protocol) -> None:
        """With a warning sign there is no week."""
        if plans.all_protocols().get(plug.key) is not plug:
            pytest.skip("asked of a protocol that is installed")
        typed = {"health": ["chest_pain"], "birth_year": 1985, "parq": "all_no", "have": ["spotter"]}
        gates = rehab.ask_rules(rehab.Facts(date(2026, 5, 4), Athlete(), typed))
        plan = plans.make_plan(RUNNER, typed, gates, protocol=plug.key, made_at=NOW)
        assert plan.stopped and plan.weeks == ()

    @asks(Grade.BRONZE)
    def test_same_answers_same_weeks(self, plug: Protocol) -> None:
        """It keeps nothing in mind."""
        runner = self.best_runner(plug)
        assert plug.weeks(runner) == plug.weeks(replace(runner))
        assert plug.notes(runner) == plug.notes(replace(runner))

    @asks(Grade.SILVER)
    def test_a_watch_can_show_every_step(self, plug: Protocol) -> None:
        """Names are short, ASCII, and say which way."""
        for workout in sessions(plug, self.best_runner(plug)):
            for step in workout.steps():
                assert step.name.isascii() and 0 < len(step.name) <= LONGEST_STEP_NAME
                assert (step.direction is Direction.BACKWARD) == step.name.startswith("BACK")

    @asks(Grade.SILVER)
    def test_it_cannot_be_made_without_a_gate_or_evidence(self, plug: Protocol) -> None:
        """The constructor refuses both."""
        with pytest.raises(BadValue, match="gates"):
            replace(plug, gates=())
        with pytest.raises(BadValue, match="evidence"):
            replace(plug, evidence=())


def _hold_speeds(protocol: Protocol, workout: Workout, answers: Answers) -> None:
    for step in workout.steps():
        if step.direction is Direction.BACKWARD:
            cap_mps = protocol.steps["backward_of_forward_speed_share"] * answers.easy_speed_mps
            if step.is_sprint:
                assert answers.backward_20_m_s is not None
                cap_mps = 20 / answers.backward_20_m_s
            assert step.speed_high_mps is not None
            assert step.speed_high_mps <= cap_mps
