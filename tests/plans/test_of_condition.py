"""Every condition against every programme: offered only where its own evidence, or a rule of science, speaks for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.contracts.test_protocols import PROTOCOLS
from tests.contracts.test_who import DOSE, HAVE, answers, word
from tests.plans.altering import altered
from tests.whom import best_runner

from backward_running.core.athlete import Athlete
from backward_running.core.direction import Direction, Gait
from backward_running.core.goals import REHAB_CONDITIONS, TICKED_AS
from backward_running.core.plan import Place, Plan
from backward_running.core.screening import CONDITIONS
from backward_running.flows import coach, conditions, in_force
from backward_running.plans import choose, under_gates
from backward_running.plans._of_condition import WITHOUT_DOSE
from backward_running.rehab import Facts, ask_rules
from backward_running.rehab.not_for_backward import NEVER_RUNNING
from backward_running.store import open_store
from backward_running.testing.protocols import PRACTISED

TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
#: Science 7: the programmes that a condition of rehabilitation may be offered, and no other.
OF_REHABILITATION = {
    "knee_osteoarthritis": {"knee_osteoarthritis_walking"},
    "runners_knee": {"knee_minutes_swapped", "return_to_run"},
    "hamstring": {"return_to_run"},
    "low_back": {"holding_on", "heath_2001"},  # three times 15 min a week were studied
    "balance": {"holding_on", "heath_2001"},
}
#: Science 6.2, rule 2: walking with a rail or a person, and the one programme that is done holding on.
HELD = {"neuropathy": {"holding_on"}, "osteoporosis": {"holding_on"}}


@pytest.mark.parametrize("condition", [key for key, _ in REHAB_CONDITIONS])
def test_a_condition_of_rehabilitation_is_offered_what_science_names(condition: str) -> None:
    for runner in map(best_runner, PROTOCOLS.values()):
        goal = replace(runner, goal=f"rehab:{condition}", conditions=(f"rehab:{condition}",))
        fits = {one.key for one in PROTOCOLS.values() if one.misfit(goal) is None}
        assert fits <= OF_REHABILITATION.get(condition, set())


@pytest.mark.parametrize("goal", ["try", "variety", "economy", "race"])
def test_a_condition_told_before_is_not_forgotten_for_another_goal(goal: str) -> None:
    for key, _ in REHAB_CONDITIONS:
        runner = replace(PRACTISED, goal=goal, conditions=(f"rehab:{key}",))
        fits = {one.key for one in PROTOCOLS.values() if goal in one.goals and one.misfit(runner) is None}
        assert key == "balance" or fits <= OF_REHABILITATION.get(key, set()), key


@pytest.mark.parametrize("key", [key for key, _ in CONDITIONS])
@pytest.mark.parametrize("agreed", [False, True])
def test_a_condition_of_health_is_offered_what_its_evidence_carries(key: str, agreed: bool) -> None:
    given = answers(key, 1988, HAVE, 3.0)
    facts = Facts(TODAY, Athlete(ceilings=DOSE), given, clearances=(word(f"condition:{key}"),) if agreed else ())
    gates = ask_rules(facts)
    for protocol in PROTOCOLS.values():
        runner = replace(under_gates(best_runner(protocol), gates), conditions=(key,))
        if key in WITHOUT_DOSE and agreed and protocol.key == "holding_on":
            weeks = protocol.weeks(runner)
            steps = [step for week in weeks for one in week.workouts for step in one.each_step()]
            assert protocol.misfit(runner) is None and steps
            assert {step.gait.value for step in steps} == {"walk"}, "a clinician's word opens walking, never running"
        elif key in WITHOUT_DOSE:
            said = protocol.misfit(runner)
            assert said is not None and "as your doctor or physiotherapist says" in said.text
        elif key in HELD and not agreed:
            offered = {one.protocol for one in choose(runner, gates) if one.fits}
            assert offered <= HELD[key] | {"knee_osteoarthritis_walking"}


def test_the_two_rooms_name_the_same_conditions() -> None:
    assert frozenset(NEVER_RUNNING) == WITHOUT_DOSE


@pytest.mark.parametrize("key", sorted(WITHOUT_DOSE))
def test_who_is_cleared_walks_holding_on_with_somebody_beside_and_never_runs(tmp_path, key: str) -> None:
    store = open_store(tmp_path)
    store.add_clearance(word(f"condition:{key}"))
    if key in TICKED_AS.values():
        nothing = coach.start_plan(store, answers(key, 1988, HAVE, None), now=NOW)
        assert isinstance(nothing, coach.NotNow), "no dose was studied, and nobody wrote one down"
    conditions.set_ceilings(store, DOSE)
    alone = coach.start_plan(store, answers(key, 1988, ("spotter", "known_spot"), None), now=NOW)
    assert isinstance(alone, coach.NotNow), "walking with nobody named beside is none"
    made = coach.start_plan(store, answers(key, 1988, HAVE, None), now=NOW)
    assert isinstance(made, Plan) and made.protocol == "holding_on" and made.weeks
    assert {step.gait.value for one in made.workouts() for step in one.each_step()} == {"walk"}
    assert all("Ada beside you" in one.with_whom and "holding on" in one.title for one in made.workouts())
    assert coach.today(store, now=NOW).next_workout is not None, "and no gate of its condition stops it again"
    store.close()


def test_who_is_not_cleared_is_told_whom_to_ask_and_gets_nothing(tmp_path) -> None:
    store = open_store(tmp_path)
    made = coach.start_plan(store, answers("parkinson_or_stroke", 1988, HAVE, None), now=NOW)
    store.close()
    assert isinstance(made, coach.NotNow) and not made.stopped
    assert any("Ask your doctor or physiotherapist" in (gate.what_to_do or "") for gate in made.why)
    assert "Running forward waits" in made.instead[0]


@pytest.mark.parametrize(
    ("have", "place", "says"),
    [
        (("spotter", "known_spot"), Place.RAIL, "your friend beside you for the whole session: a hand on the rail"),
        (("supervisor", "known_spot"), Place.RAIL, "Ada beside you for the whole session: a hand on the rail"),
        (("treadmill",), Place.TREADMILL, "both hands on the rail"),
        (("treadmill", "supervisor"), Place.RAIL, "Ada beside you"),
    ],
)
@pytest.mark.parametrize("key", ["neuropathy", "osteoporosis"])
def test_who_holds_on_is_told_so_in_every_session_and_never_to_let_go(tmp_path, key, have, place, says) -> None:
    from backward_running.flows import feed

    store = open_store(tmp_path)
    made = coach.start_plan(store, answers(key, 1988, have, None), now=NOW)
    assert isinstance(made, Plan) and made.weeks
    for one in made.workouts():
        assert one.place is place and says in one.with_whom and "holding on" in one.title
        told = " ".join([*one.advice, *(step.cue or "" for step in one.steps())]).lower()
        assert "let go" not in told and ("hold the rail" in told or "both hands stay on the rail" in told)
        assert "run" not in {step.gait.value for step in one.steps()}
        assert "forward you walk too" in told
    told = feed.calendar(store, now=NOW).decode().replace("\r\n ", "")
    store.close()
    assert "holding on" in told and says.replace(",", "\\,") in told


@pytest.mark.parametrize("goal", ["rehab:achilles", "rehab:stroke", "rehab:groin", "rehab:knee_surgery"])
def test_running_forward_is_not_waved_through_where_a_condition_closes_it(tmp_path, goal: str) -> None:
    store = open_store(tmp_path)
    made = coach.start_plan(store, answers("none", 1988, HAVE, None) | {"goal": goal}, now=NOW)
    store.close()
    assert isinstance(made, coach.NotNow) and "Running forward waits" in made.instead[0]


def test_running_forward_is_not_waved_through_after_a_slow_test(tmp_path) -> None:
    store = open_store(tmp_path)
    for test_s in (6.0, 9.0):
        given = answers("fell_12_months", 1988, ("known_spot",), test_s)
        made = coach.start_plan(store, given, now=NOW)
        assert isinstance(made, coach.NotNow) and "Running forward waits" in made.instead[0]
    store.close()


def test_a_plan_of_holding_on_that_has_begun_goes_on_when_its_reason_is_gone() -> None:
    """A clinician's word takes nothing away: the weeks that were left stay."""
    protocol = PROTOCOLS["holding_on"]
    begun = altered(best_runner(protocol), stage_zero=False, holds=False, first_week=2, first_stage=2)
    assert protocol.misfit(begun) is None and protocol.weeks(begun)


@pytest.mark.parametrize("agreed", [False, True])
@pytest.mark.parametrize(("goal", "ticks"), sorted(TICKED_AS.items()))
def test_one_fact_gets_one_answer_whichever_way_it_was_told(tmp_path, goal: str, ticks: str, agreed: bool) -> None:
    """A stroke that was chosen as a goal is the stroke that was ticked for another goal."""
    told = [("none", f"rehab:{goal}"), *((ticks, other) for other in (f"rehab:{goal}", "rehab:balance", "try"))]
    given = set()
    for nth, (health, wanted) in enumerate(told):
        store = open_store(tmp_path / str(nth))
        if agreed:
            store.add_clearance(word(f"condition:{ticks}"))
            conditions.set_ceilings(store, DOSE)
        made = coach.start_plan(store, answers(health, 1988, HAVE, None) | {"goal": wanted}, now=NOW)
        sessions = made.workouts() if isinstance(made, Plan) else ()
        given.add((type(made), tuple((one.on, one.summary, one.with_whom) for one in sessions)))
        store.close()
    (kind, sessions), *others = given
    assert not others and (kind is Plan and bool(sessions)) is agreed


def test_the_walk_test_caps_every_walk_and_a_faster_one_raises_nothing(tmp_path) -> None:
    """Who took 5 s for 3 m walks at 0.6 m/s: no session may ask for more, whatever its table says."""
    store = open_store(tmp_path)
    given = answers("fell_12_months", 1988, HAVE, 5.0)
    made = coach.start_plan(store, given, now=NOW)
    assert isinstance(made, Plan) and caps(made) == {0.6}
    assert all(any("your own speed over the 3 metres" in why.text for why in one.reasons) for one in made.workouts())
    coach.answered(store, given | {"backward_walk_test_s": 5.4}, now=NOW)
    slower = in_force.situation(store, NOW).plan
    assert caps(slower) == {0.55}, "a slower test holds at once"
    coach.answered(store, given | {"backward_walk_test_s": 3.0}, now=NOW)
    assert caps(in_force.situation(store, NOW).plan) == {0.55}, "a faster one opens nothing"
    store.close()


def caps(plan: Plan) -> set[float | None]:
    return {
        step.speed_high_mps
        for one in plan.workouts()
        for step in one.each_step()
        if step.direction is Direction.BACKWARD and step.gait is Gait.WALK
    }
