"""What every protocol must keep, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.whom import WHOM

from backward_running import plans, rehab
from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction
from backward_running.core.errors import BadValue
from backward_running.core.goals import GOALS, condition_of
from backward_running.core.plan import Workout
from backward_running.evidence import all_studies
from backward_running.plans import Answers, Protocol, all_protocols, broken_rules, dose
from backward_running.plans.questions import OF_A_GATE
from backward_running.rehab import age as age_rule

PROTOCOLS = all_protocols()
#: Sources of what the engine says besides the protocol: setbacks, days that were moved; a clinician is no study.
SETS_LIMITS = {"dose.setback", "placing.moved", None}
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
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
    backward_history=((date(2026, 4, 30), 900.0),),
)
SOME = (
    RUNNER,
    PRACTISED,
    replace(PRACTISED, easy_speed_mps=1.8),
    replace(PRACTISED, easy_speed_mps=2.9, days=(6,)),
    replace(PRACTISED, backward_history=(), days=(5, 6), hard_days=(1, 3)),
    replace(PRACTISED, walking_only=True),
    replace(PRACTISED, birth_year=2011),
    replace(PRACTISED, birth_year=2015),
    replace(PRACTISED, has_treadmill=False, has_supervisor=False),
    replace(PRACTISED, forward_runs_per_week=1, longest_run_s=1300.0),
    replace(PRACTISED, forward_runs_per_week=0, longest_run_s=0.0),
    replace(PRACTISED, race_on=date(2026, 7, 11), race_distance_m=100.0),
    replace(PRACTISED, race_on=date(2026, 7, 11), race_distance_m=100.0, backward_20_m_s=6.0),
    replace(PRACTISED, stage_zero=True, backward_experience_min=0, backward_history=()),
    replace(PRACTISED, has_harness=True, weekly_running_s=9000.0),
    replace(PRACTISED, ceilings=Ceilings("physiotherapist", date(2026, 5, 1), backward_session_s=240.0)),
)


def best_runner(protocol: Protocol) -> Answers:
    """Return somebody whom the protocol fits: practised, and with a goal that it serves."""
    return replace(PRACTISED, **{"goal": protocol.goals[0], **WHOM.get(protocol.key, {})})


@pytest.fixture(params=PROTOCOLS.values(), ids=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> Protocol:
    return request.param


def sessions(protocol: Protocol, answers: Answers) -> list[Workout]:
    return [workout for week in protocol.weeks(answers) for workout in week.workouts]


def test_every_gate_is_a_rule_and_a_red_flag_is_among_them(protocol: Protocol) -> None:
    rules = rehab.all_rules()
    assert set(protocol.gates) <= set(rules)
    assert {rule.key for rule in rules.values() if rule.is_red_flag} <= set(protocol.gates)


@pytest.mark.parametrize("answers", SOME)
def test_no_week_is_above_a_dose_rule_or_its_own_step(protocol: Protocol, answers: Answers) -> None:
    weeks = protocol.weeks(replace(answers, goal=protocol.goals[0]))
    assert broken_rules(weeks, replace(answers, goal=protocol.goals[0])) == ()
    assert broken_rules(protocol.weeks(answers), answers) == ()
    for week in weeks:
        assert len(week.workouts) <= protocol.steps["sessions_per_week"]
        for workout in week.workouts:
            assert protocol.steps["grade_low_ratio"] <= workout.grade_low_ratio
            assert workout.grade_high_ratio <= protocol.steps["grade_high_ratio"]
            for step in workout.steps():
                if step.direction is Direction.BACKWARD:
                    cap_mps = protocol.steps["backward_of_forward_speed_share"] * answers.easy_speed_mps
                    assert step.speed_high_mps is not None
                    assert step.speed_high_mps <= (20 / answers.backward_20_m_s if step.is_sprint else cap_mps)


@pytest.mark.parametrize("answers", SOME)
def test_every_dose_names_its_evidence(protocol: Protocol, answers: Answers) -> None:
    known = {one.key for one in protocol.evidence}
    for goal in ("try", *protocol.goals):
        made = sessions(protocol, replace(answers, goal=goal))
        for workout in made:
            assert workout.reasons and workout.advice and workout.summary
            assert {reason.evidence_key for reason in workout.reasons} <= known | SETS_LIMITS
        notes = protocol.notes(replace(answers, goal=goal))
        assert notes and {note.evidence_key for note in notes} <= known | SETS_LIMITS
    assert {one.study.key for one in protocol.evidence} <= set(all_studies())


@pytest.mark.parametrize("answers", SOME)
def test_whom_it_does_not_fit_gets_no_week_and_is_told_why(protocol: Protocol, answers: Answers) -> None:
    for goal, _ in GOALS:
        runner = replace(answers, goal=goal)
        why_not = protocol.misfit(runner)
        made = sessions(protocol, runner)
        if why_not is not None:
            assert made == [] and protocol.notes(runner) == (why_not,)
            assert why_not.text.endswith(".") and why_not.evidence_key
        elif runner.forward_runs_per_week > 0:
            assert made, "it fits, so there is something to do"


def test_it_fits_somebody_and_serves_a_goal(protocol: Protocol) -> None:
    assert set(protocol.goals) <= {goal for goal, _ in GOALS} and protocol.goals
    for goal in protocol.goals:
        assert protocol.misfit(replace(best_runner(protocol), goal=goal)) is None
    assert sessions(protocol, best_runner(protocol))


def test_a_rehabilitation_goal_that_it_does_not_serve_is_refused(protocol: Protocol) -> None:
    for goal, _ in GOALS:
        if condition_of(goal) is not None and goal not in protocol.goals:
            assert protocol.misfit(replace(PRACTISED, goal=goal)) is not None


def test_nothing_it_says_is_called_safe(protocol: Protocol) -> None:
    runner = best_runner(protocol)
    said = [note.text for note in protocol.notes(runner)]
    for workout in sessions(protocol, runner):
        said += [*workout.advice, *(reason.text for reason in workout.reasons), workout.title, workout.with_whom]
    words = {word for line in said for word in line.lower().replace(",", " ").replace(".", " ").split()}
    assert not words & {"safe", "safely", "retro", "diagnosis"}


def test_a_red_flag_always_wins(protocol: Protocol) -> None:
    typed = {"health": ["chest_pain"], "birth_year": 1985, "parq": "all_no", "have": ["spotter"]}
    gates = rehab.ask_rules(rehab.Facts(date(2026, 5, 4), Athlete(), typed))
    plan = plans.make_plan(RUNNER, typed, gates, protocol=protocol.key, made_at=NOW)
    assert plan.stopped and plan.weeks == ()


def test_same_answers_same_weeks(protocol: Protocol) -> None:
    runner = best_runner(protocol)
    assert protocol.weeks(runner) == protocol.weeks(replace(runner))
    assert protocol.notes(runner) == protocol.notes(replace(runner))


def test_a_watch_can_show_every_step(protocol: Protocol) -> None:
    for workout in sessions(protocol, best_runner(protocol)):
        for step in workout.steps():
            assert step.name.isascii() and 0 < len(step.name) <= 15
            assert (step.direction is Direction.BACKWARD) == step.name.startswith("BACK")


def test_a_protocol_needs_a_gate_and_evidence(protocol: Protocol) -> None:
    with pytest.raises(BadValue, match="gates"):
        replace(protocol, gates=())
    with pytest.raises(BadValue, match="evidence"):
        replace(protocol, evidence=())


def test_questions_open_every_gate_for_a_healthy_adult() -> None:
    typed: dict[str, object] = {
        "forward_runs_per_week": 3,
        "easy_speed_mps": 2.8,
        "longest_run_s": 2700,
        "backward_experience_min": 0,
        "birth_year": 1988,
        "goal": "try",
        "days": ["0", "2", "4"],
        "have": ["known_spot"],
        "starts_on": "2026-05-04",
        "parq": "all_no",
        "health": ["none"],
    }
    answers, problems = plans.check_answers(typed, today=NOW.date())
    assert answers is not None and problems == {}
    gates = rehab.ask_rules(rehab.Facts(NOW.date(), Athlete(), typed))
    plan = plans.make_plan(answers, typed, gates, made_at=NOW)
    assert all(gate.open for gate in plan.gates) and len(plan.weeks) >= 9
    again = rehab.ask_rules(rehab.Facts(NOW.date(), Athlete(), plan.answers))
    assert again == gates, "a stored plan is gated like the fresh answers"


def test_the_two_rooms_agree_on_ages() -> None:
    assert dose.ALONE_FROM_YEARS.value == age_rule.ALONE_FROM_YEARS.value
    assert dose.SUPERVISED_FROM_YEARS.value == age_rule.SUPERVISED_FROM_YEARS.value


def test_every_follow_up_belongs_to_a_rule() -> None:
    assert set(OF_A_GATE.values()) <= set(rehab.all_rules())
