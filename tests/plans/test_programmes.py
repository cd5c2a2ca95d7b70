"""The programmes against the table of doses that they were written from, and against the rules, for random runners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plans.altering import altered
from tests.whom import WHOM

from backward_running.core.direction import Direction, Gait
from backward_running.core.goals import GOALS
from backward_running.core.plan import Place, Repeat, Week, Workout
from backward_running.core.standing import Tag
from backward_running.plans import (
    Answers,
    all_protocols,
    article_method,
    bouguezzi_2024,
    broken_rules,
    competition_preparation,
    heath_2001,
    knee_osteoarthritis_walking,
    maintenance_week,
    ordway_2016,
    return_to_run,
    terblanche_2005,
    uthoff_2020,
)
from backward_running.plans.base import PlanFacts
from backward_running.plans.checking_sessions import broken_race_line, broken_session_rules
from backward_running.plans.questions import RACES

START = date(2026, 5, 4)
PROTOCOLS = all_protocols()
RUNNER = Answers(
    forward_runs_per_week=6,
    easy_speed_mps=3.6,
    longest_run_s=7200,
    backward_experience_min=400,
    days=(0, 2, 4),
    has_treadmill=True,
    has_spotter=True,
    has_known_spot=True,
    has_supervisor=True,
    birth_year=1985,
    starts_on=START,
    facts=PlanFacts(backward_history=((START - timedelta(days=9), 3000.0),)),
)


def all_of(weeks: tuple[Week, ...]) -> list[Workout]:
    return [workout for week in weeks for workout in week.workouts]


def made(key: str, **changed: object) -> tuple[Week, ...]:
    runner = altered(RUNNER, **{"goal": PROTOCOLS[key].goals[0], **WHOM.get(key, {})})
    return PROTOCOLS[key].weeks(altered(runner, **changed))


def back_min(week: Week) -> list[float]:
    return [one.duration_s(Direction.BACKWARD) / 60 for one in week.workouts]


def steps_back(workout: Workout) -> list:
    return [step for step in workout.steps() if step.direction is Direction.BACKWARD]


def test_terblanche_trains_three_times_a_week_from_15_to_45_minutes() -> None:
    weeks = made("terblanche_2005")
    assert [len(week.workouts) for week in weeks] == [3] * 6
    assert [row.backward_s / 60 for row in terblanche_2005.TABLE] == [15, 21, 27, 33, 39, 45]
    assert back_min(weeks[0]) == [15, 15, 15], "what the history allows is done"
    assert {one.gait for one in steps_back(weeks[0].workouts[0])} == {Gait.WALK}
    assert {one.gait for one in steps_back(weeks[1].workouts[0])} == {Gait.WALK, Gait.RUN}
    assert {one.gait for one in steps_back(weeks[5].workouts[0])} == {Gait.RUN}
    assert terblanche_2005.FIRST_S.evidence.tag is Tag.MEMORY
    assert any("from memory" in reason.text for reason in weeks[0].workouts[0].reasons)


def test_ordway_runs_five_weeks_at_8_and_five_at_9_7_kilometres_per_hour_on_a_belt() -> None:
    weeks = made("ordway_2016")
    assert [len(week.workouts) for week in weeks] == [2] * 10
    for number, week in enumerate(weeks):
        for workout in week.workouts:
            assert workout.place is Place.TREADMILL
            for step in steps_back(workout):
                assert step.speed_low_mps == step.speed_high_mps
                assert 3.6 * step.speed_high_mps == pytest.approx(8.0 if number < 5 else 9.7, abs=0.04)
    assert any("harness" in reason.text for reason in weeks[0].workouts[0].reasons)


@pytest.mark.parametrize(
    ("easy_kmh", "weeks", "fastest"), [(9.9, 0, 0), (10.1, 10, 8.0), (12.0, 10, 8.0), (12.2, 10, 9.7)]
)
def test_ordways_belt_runs_only_where_the_cap_allows(easy_kmh: float, weeks: int, fastest: float) -> None:
    plan = made("ordway_2016", easy_speed_mps=easy_kmh / 3.6)
    assert len(plan) == weeks
    if plan:
        assert 3.6 * steps_back(all_of(plan)[-1])[0].speed_high_mps == pytest.approx(fastest, abs=0.04)
    else:
        slow = replace(RUNNER, goal="economy", easy_speed_mps=easy_kmh / 3.6, has_harness=True)
        (why,) = PROTOCOLS["ordway_2016"].notes(slow)
        assert "8.0 km/h" in why.text and "10.0 km/h" in why.text


def test_uthoff_keeps_the_bands_of_effort_with_somebody_beside() -> None:
    assert (uthoff_2020.EASY_EFFORT_SHARE.low, uthoff_2020.EASY_EFFORT_SHARE.high) == (0.40, 0.55)
    assert (uthoff_2020.MIDDLE_EFFORT_SHARE.low, uthoff_2020.MIDDLE_EFFORT_SHARE.high) == (0.60, 0.75)
    assert uthoff_2020.HARD_EFFORT_SHARE.low == 0.90
    weeks = made("uthoff_2020", birth_year=2011)
    assert [len(week.workouts) for week in weeks] == [2] * 8
    for week, share in zip(weeks, [0.44] * 3 + [0.60] * 3 + [0.80] * 2, strict=True):
        for workout in week.workouts:
            assert "trained person" in workout.with_whom
            assert all(step.speed_high_mps == pytest.approx(share * 3.6, abs=0.011) for step in steps_back(workout))
    assert made("uthoff_2020", has_supervisor=False) == ()
    assert made("uthoff_2020", birth_year=2009) == (), "nobody older than those who were studied"


def test_bouguezzi_sprints_one_to_two_sets_of_7_times_20_m_twice_a_week() -> None:
    weeks = made("bouguezzi_2024")
    assert [len(week.workouts) for week in weeks] == [2] * 6
    steps = [sum(step.is_sprint for step in week.workouts[0].steps()) for week in weeks]
    assert steps == [7, 7, 7, 14, 14, 14]
    assert {s.distance_m for workout in all_of(weeks) for s in steps_back(workout) if s.is_sprint} == {20.0}
    assert made("bouguezzi_2024", backward_experience_min=100, backward_history=()) == ()
    assert made("bouguezzi_2024", backward_20_m_s=None) == ()
    assert made("bouguezzi_2024", birth_year=1990) == ()


def test_sprints_are_capped_at_a_share_of_the_timed_20_m_and_grow_by_a_set_at_most() -> None:
    weeks = made("backward_sprints", easy_speed_mps=2.5)
    caps = [max(s.speed_high_mps for s in week.workouts[0].steps() if s.is_sprint) for week in weeks]
    assert caps[0] == 2.5, "0.75 of 3.33 m/s, not 0.8 of the easy pace"
    assert caps == pytest.approx([0.75 * 20 / 6] * 2 + [0.9 * 20 / 6] * 2 + [20 / 6] * 4, abs=0.011)
    counts = [sum(step.is_sprint for step in one.steps()) for one in all_of(weeks)]
    assert all(late <= early + 7 for early, late in pairwise(counts)) and max(counts) == 28
    assert all(one.place is Place.TRACK_OR_GRASS for one in all_of(weeks))
    easy = [s for one in all_of(weeks) for s in steps_back(one) if not s.is_sprint]
    assert easy and all(s.speed_high_mps <= 0.8 * 2.5 for s in easy)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"backward_20_m_s": None}, "Time 20 m first"),
        ({"backward_20_m_s": 11.0}, "people walk backward"),
        ({"backward_experience_min": 60, "backward_history": ()}, "200 minutes"),
        ({"has_spotter": False, "has_supervisor": False}, "watches the way"),
        ({"stage_zero": True}, "short"),
    ],
)
def test_who_does_not_sprint_is_told_why(changed: dict[str, object], says: str) -> None:
    runner = altered(RUNNER, **{"goal": "race", "backward_20_m_s": 6.0, **changed})
    (why,) = PROTOCOLS["backward_sprints"].notes(runner)
    assert says in why.text and PROTOCOLS["backward_sprints"].weeks(runner) == ()


@pytest.mark.parametrize(
    "key", ["holding_on", "heath_2001", "knee_osteoarthritis_walking", "beginner", "return_to_run"]
)
def test_first_bouts_of_stage_zero_are_short_and_grow_slowly_in_every_programme(key: str) -> None:
    frail = {"stage_zero": True, "backward_history": (), "backward_experience_min": 0, "longest_run_s": 3600}
    workouts = [one for one in all_of(made(key, **frail)) if steps_back(one)]
    bouts = [max(step.duration_s for step in steps_back(one)) for one in workouts]
    assert 20 <= bouts[0] <= 30
    longest = 0.0
    for bout, workout in zip(bouts, workouts, strict=True):
        assert bout <= max(30, (1.2 if longest < 60 else 1.1) * longest) + 1e-6
        if longest < 60:
            assert all(step.gait is Gait.WALK for step in steps_back(workout)) and workout.place is Place.RAIL
        longest = max(longest, bout)
    if key == "holding_on":
        assert [len(week.workouts) for week in made(key, **frail)] == [2] * 8
        assert len(steps_back(workouts[0])) == 10 and bouts == sorted(bouts) and bouts[-1] == 60


@pytest.mark.parametrize("key", sorted(PROTOCOLS))
def test_nobody_turns_looks_round_or_walks_forward_on_a_belt(key: str) -> None:
    indoors = {
        "has_spotter": False,
        "has_known_spot": False,
        "has_supervisor": key in ("uthoff_2020", "bouguezzi_2024"),
    }
    if key == "knee_osteoarthritis_walking":
        indoors["has_supervisor"] = True
    for one in all_of(made(key, **indoors)):
        if one.place is not Place.TREADMILL:
            continue
        assert {step.direction for step in one.steps()} == {Direction.BACKWARD, Direction.STILL}
        told = " ".join([one.title, one.summary, *one.advice, *(s.cue or "" for s in one.steps()),
                         *(r.text for r in one.reasons)]).lower()  # fmt: skip
        assert not any(word in told.replace("nobody turns", "") for word in (" turn", "shoulder", "forward walk"))
        assert one.pieces[0].name == "OFFBELT WARM UP" and one.pieces[-1].name == "OFFBELT COOL"
    assert broken_session_rules(all_of(made(key, **indoors)), altered(RUNNER, **{**WHOM.get(key, {}), **indoors})) == ()


def test_a_runners_knee_swaps_minutes_and_adds_none() -> None:
    weeks = made("knee_minutes_swapped", longest_run_s=3600, forward_runs_per_week=3)
    usual_s = (3600 + 2 * 1800) / 3
    for one in all_of(weeks):
        running_s = sum(s.planned_s for s in one.steps() if s.gait is Gait.RUN)
        assert running_s <= usual_s, "running time is not added"
        back_s = one.duration_s(Direction.BACKWARD)
        forward_s = sum(s.planned_s for s in one.steps() if s.gait is Gait.RUN and s.direction is Direction.FORWARD)
        assert forward_s + back_s <= usual_s
        assert any("Running time is not added" in reason.text for reason in one.reasons)
    assert any("take the place" in note.text for note in PROTOCOLS["knee_minutes_swapped"].notes(
        replace(RUNNER, goal="rehab:runners_knee")))  # fmt: skip


def test_on_a_lane_that_is_too_short_a_bout_says_what_happens_at_its_end() -> None:
    alone = {"has_spotter": False, "has_supervisor": False, "has_treadmill": False, "backward_history": ()}
    first = all_of(made("beginner", **alone))[0]
    assert first.place is Place.FLAT_CLOSED and f"{60 * 1.2:.0f} m" == "72 m"
    assert all("stop, turn standing" in step.cue for step in steps_back(first))
    assert any("From stage 3 on a track" in line for line in first.advice)
    beside = all_of(made("beginner", has_treadmill=False, backward_history=()))[0]
    assert beside.place is Place.TRACK_OR_GRASS


def test_the_sessions_of_a_week_differ_and_their_titles_come_from_what_they_hold() -> None:
    weeks = made("beginner", has_treadmill=False, backward_history=(), backward_experience_min=0, longest_run_s=3000,
                 forward_runs_per_week=3)  # fmt: skip
    for week in weeks:
        if len(week.workouts) == 3:
            assert len({one.summary for one in week.workouts}) >= 2, week.number
            assert len({one.title for one in week.workouts}) >= 2
        longest = max(week.workouts, key=lambda one: one.duration_s(Direction.BACKWARD))
        assert longest.title.lower().endswith(week.focus.lower().removeprefix("the same again: "))
    assert weeks[0].focus == "Five bouts of 1 min"
    assert len({week.focus for week in weeks}) == len(weeks), "no two weeks are called the same"


def test_a_plan_that_holds_says_what_would_raise_it() -> None:
    little = {"forward_runs_per_week": 2, "longest_run_s": 1800.0, "backward_history": (), "has_treadmill": False}
    notes = PROTOCOLS["beginner"].notes(altered(RUNNER, goal="try", **little))
    assert any("your cap is 14 min a week; more forward running would raise it" in note.text for note in notes)
    assert any("guessed from your longest run" in note.text for note in notes)
    told = PROTOCOLS["beginner"].notes(altered(RUNNER, goal="try", **little, weekly_running_s=3600.0))
    assert any("18 a week" in note.text and "that you told" in note.text for note in told)


@pytest.mark.parametrize(
    ("race_m", "history_s", "prepared"), [(5000.0, 300.0, False), (5000.0, 1500.0, True), (1500.0, 600.0, True)]
)
def test_a_plan_says_first_whether_it_prepares_the_race(race_m: float, history_s: float, prepared: bool) -> None:
    day = START - timedelta(days=3)
    plan = {"race_on": START + timedelta(weeks=9), "race_distance_m": race_m, "backward_history": ((day, history_s),),
            "bout_history": ((day, history_s),)}  # fmt: skip
    runner = altered(RUNNER, goal="race", **plan)
    weeks, notes = (
        PROTOCOLS["competition_preparation"].weeks(runner),
        PROTOCOLS["competition_preparation"].notes(runner),
    )
    assert ("does not prepare" in notes[0].text) is not prepared
    assert broken_race_line(all_of(weeks), notes, runner) == ()
    assert bool(broken_race_line(all_of(weeks), notes[1:], runner)) is not prepared
    if not prepared:
        assert "3 km are needed" in notes[0].text


def test_a_novice_with_a_race_is_told_first_that_the_first_steps_do_not_prepare_it() -> None:
    novice = altered(RUNNER, goal="race", race_distance_m=5000.0, backward_experience_min=0, backward_history=())
    notes = PROTOCOLS["beginner"].notes(novice)
    assert "does not prepare you for 5 km" in notes[0].text


@pytest.mark.parametrize(("key", "weeks", "minutes"), [("heath_2001", 4, 15), ("knee_osteoarthritis_walking", 6, 10)])
def test_walking_programmes_have_the_dose_of_their_study_and_never_run(key: str, weeks: int, minutes: float) -> None:
    plan = made(key)
    assert [back_min(week) for week in plan] == [[minutes] * 3] * weeks
    assert all(step.gait is Gait.WALK for workout in all_of(plan) for step in workout.steps())


@pytest.mark.parametrize("key", ["heath_2001", "knee_osteoarthritis_walking"])
def test_who_does_not_run_can_walk_backward(key: str) -> None:
    plan = made(key, forward_runs_per_week=0, longest_run_s=0.0, backward_history=(), backward_experience_min=0)
    workouts = all_of(plan)
    assert workouts[0].duration_s(Direction.BACKWARD) == 300
    assert workouts[-1].duration_s(Direction.BACKWARD) > 500


def test_knee_osteoarthritis_is_walked_with_somebody_beside() -> None:
    assert all("trained person" in workout.with_whom for workout in all_of(made("knee_osteoarthritis_walking")))
    assert made("knee_osteoarthritis_walking", has_supervisor=False) == ()
    assert made("knee_osteoarthritis_walking", goal="try") == ()


def test_no_programme_is_made_after_a_stroke_whoever_stays() -> None:
    runner = replace(RUNNER, goal="rehab:stroke", has_supervisor=True)
    for protocol in PROTOCOLS.values():
        assert "rehab:stroke" not in protocol.goals and protocol.weeks(runner) == ()
    why = PROTOCOLS["heath_2001"].misfit(runner)
    assert why is not None and why.evidence_key == "wen2022.walk" and "physiotherapist" in why.text


def test_return_to_run_has_the_six_phases_and_goes_backward_only_after_them() -> None:
    table = [
        (phase.walk_s.value / 60, phase.run_s.value / 60 if phase.run_s else None, phase.distance_m.value / 1609.344,
         phase.exertion_cr10.value)
        for phase in return_to_run.TABLE
    ]  # fmt: skip
    assert table == [(2, 3, 1.0, 3), (2, 3, 1.5, 3), (2, 4, 1.5, 4), (2, 4, 2.0, 4), (1, 4, 2.0, 5), (0, None, 2.0, 5)]
    weeks = made("return_to_run")
    assert len(weeks) == 8 and all(len(week.workouts) >= 2 for week in weeks)
    assert all(not steps_back(workout) for workout in all_of(weeks[:6]))
    assert all(0 < one.duration_s(Direction.BACKWARD) <= 180 for one in all_of(weeks[6:]))
    for early, late in zip(all_of(weeks), all_of(weeks)[1:], strict=False):
        assert (late.on - early.on).days >= 2, "a day of rest between"


@pytest.mark.parametrize("days", [(3,), (5, 6), (0, 2, 4), (0, 1, 2, 3, 4, 5, 6)])
def test_each_phase_of_return_to_run_comes_twice(days: tuple[int, ...]) -> None:
    weeks = made("return_to_run", days=days)
    focus = [week.focus for week in weeks for _ in week.workouts]
    assert all(sum(one.startswith(f"Phase {nth}: ") for one in focus) >= 2 for nth in range(1, 7))


def test_return_to_run_stays_within_the_longest_run() -> None:
    weeks = made("return_to_run", longest_run_s=400.0, forward_runs_per_week=1, backward_history=())
    runs = [
        sum(s.duration_s or 0 for s in one.steps() if s.direction is Direction.FORWARD and s.gait is Gait.RUN)
        for one in all_of(weeks)
    ]
    assert max(runs) <= 440
    assert any("110 %" in reason.text for reason in all_of(weeks)[-8].reasons)
    assert made("return_to_run", longest_run_s=0.0) == ()


def test_the_article_alternates_minutes_and_ramps_from_70_per_cent_off() -> None:
    weeks = made("article_method")
    caps = [steps_back(week.workouts[0])[0].speed_high_mps / 3.6 for week in weeks]
    assert caps == pytest.approx([0.3, 0.4, 0.5, 0.5, 0.5, 0.5, 0.6, 0.65], abs=0.14)
    assert caps[0] == pytest.approx(0.3, abs=0.01)
    repeat = next(piece for piece in weeks[5].workouts[1].pieces if isinstance(piece, Repeat))
    assert [(step.direction, step.duration_s) for step in repeat.steps] == [
        (Direction.BACKWARD, 60), (Direction.FORWARD, 60),
    ]  # fmt: skip
    assert repeat.steps[1].gait is Gait.RUN
    assert any(step.name == "FWD RUN" for step in weeks[0].workouts[0].steps()), "the rest of the run it replaces"
    assert all(workout.grade_high_ratio == 0.04 for workout in all_of(weeks)), "uphill first"


def test_a_ten_km_per_hour_runner_walks_the_articles_first_weeks_and_is_told() -> None:
    first = made("article_method", easy_speed_mps=10 / 3.6)[0].workouts[0]
    assert {step.gait for step in steps_back(first)} == {Gait.WALK}
    assert any("You walk here" in reason.text for reason in first.reasons)


@pytest.mark.parametrize(
    ("every_days", "weekly"), [(2, [20.0, 14.0, 20.0]), (4, [20.0, 20.0]), (7, [20.0]), (20, [20.0])]
)
def test_maintenance_holds_as_many_sessions_as_there_were(every_days: int, weekly: list[float]) -> None:
    history = tuple((START - timedelta(days=ago), 1200.0) for ago in range(every_days, 29, every_days))
    weeks = made("maintenance_week", backward_history=history, weekly_running_s=14_400.0, days=(0, 2, 4, 6))
    assert [back_min(week) for week in weeks] == [weekly] * 8
    assert len({workout.title for workout in weeks[0].workouts}) >= min(len(weekly), 2), "they differ on purpose"


def test_maintenance_holds_the_longest_session_once_a_week() -> None:
    weeks = made("maintenance_week", backward_history=((START - timedelta(days=3), 720.0),))
    assert [back_min(week) for week in weeks] == [[12.0]] * 8
    later = made("maintenance_week", backward_history=((START - timedelta(days=60), 720.0),))
    assert back_min(later[0])[0] <= 5


@pytest.mark.parametrize("metres", [number.value for number, _ in RACES if number.value < 42_000])
def test_every_race_but_the_marathon_has_a_plan_and_is_no_session(metres: float) -> None:
    assert metres in competition_preparation.WORK
    race_on = START + timedelta(weeks=7, days=3)
    plan = made("competition_preparation", race_on=race_on, race_distance_m=metres, backward_20_m_s=6.0)
    assert len(plan) == 7
    assert all(workout.on < race_on for workout in all_of(plan))
    last, fullest = sum(back_min(plan[-1])), max(sum(back_min(week)) for week in plan)
    assert 0 < last <= (0.75 if metres <= 400 else 0.6) * fullest, "a taper"
    for step in (s for workout in all_of(plan) for s in steps_back(workout)):
        assert step.speed_high_mps <= (20 / 6.0 if step.is_sprint else 0.8 * 3.6)
        assert not step.is_sprint or metres <= 400
    assert made("competition_preparation", race_on=race_on, race_distance_m=42_195.0) == ()


def test_a_race_in_days_gets_no_plan_and_the_plan_moves_with_its_begin() -> None:
    assert made("competition_preparation", race_on=START + timedelta(days=5)) == ()
    race_on = START + timedelta(weeks=8)
    whole = made("competition_preparation", race_on=race_on)
    later = made(
        "competition_preparation",
        race_on=race_on,
        first_week=4,
        first_stage=4,
        starts_on=START + timedelta(weeks=3),
        backward_history=(*RUNNER.facts.backward_history, (START + timedelta(weeks=3, days=-2), 3000.0)),
    )
    assert [{one.stage for one in week.workouts} for week in later] == [
        {one.stage for one in week.workouts} for week in whole[3:]
    ]


@pytest.mark.parametrize("key", sorted(PROTOCOLS))
def test_a_plan_that_has_begun_is_walked_where_running_is_closed(key: str) -> None:
    middle = {"first_week": 3, "first_stage": 3, "starts_on": START + timedelta(weeks=2), "walking_only": True}
    workouts = all_of(made(key, **middle))
    assert workouts
    for workout in workouts:
        for step in steps_back(workout):
            assert step.gait is Gait.WALK and step.speed_high_mps <= 1.5
            assert step.speed_low_mps is None or step.speed_low_mps <= step.speed_high_mps


def test_doses_that_no_source_gives_are_called_proposals() -> None:
    for module in (article_method, maintenance_week, competition_preparation):
        assert module.PROTOCOL.evidence[0].tag is Tag.PROPOSED
    for module in (terblanche_2005, ordway_2016, uthoff_2020, bouguezzi_2024, heath_2001):
        assert module.FILLED.tag is Tag.PROPOSED and module.FILLED in module.PROTOCOL.evidence
    for module in (knee_osteoarthritis_walking, return_to_run):
        assert module.FILLED.tag is Tag.PROPOSED and module.FILLED in module.PROTOCOL.evidence


@st.composite
def some_answers(draw: st.DrawFn) -> Answers:
    starts_on = START + timedelta(days=draw(st.integers(0, 366)))
    history = draw(st.lists(st.tuples(st.integers(1, 60), st.floats(5, 3600)), max_size=3))
    race_in = draw(st.one_of(st.none(), st.integers(1, 400)))
    return Answers(
        forward_runs_per_week=draw(st.integers(0, 14)),
        easy_speed_mps=draw(st.floats(1000 / 900, 1000 / 180)),
        longest_run_s=draw(st.one_of(st.floats(0, 7200), st.floats(0, 86400))),
        backward_experience_min=draw(st.one_of(st.just(0.0), st.floats(0, 1e3))),
        days=tuple(sorted(draw(st.sets(st.integers(0, 6), min_size=1)))),
        has_treadmill=draw(st.booleans()),
        has_spotter=draw(st.booleans()),
        has_known_spot=draw(st.booleans()),
        has_supervisor=draw(st.booleans()),
        birth_year=draw(st.one_of(st.integers(1930, 2010), st.integers(2008, 2016))),
        starts_on=starts_on,
        goal=draw(st.sampled_from([goal for goal, _ in GOALS])),
        hard_days=tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=3)))),
        race_on=starts_on + timedelta(days=race_in) if race_in is not None else None,
        race_distance_m=draw(st.one_of(st.none(), st.sampled_from([number.value for number, _ in RACES]))),
        stage_zero=draw(st.booleans()),
        weekly_running_s=draw(st.one_of(st.none(), st.floats(0, 30_000))),
        backward_20_m_s=draw(st.one_of(st.none(), st.floats(4, 15))),
        has_harness=draw(st.booleans()),
        facts=PlanFacts(
            walking_only=draw(st.booleans()),
            backward_history=tuple((starts_on - timedelta(days=ago), seconds) for ago, seconds in history),
        ),
    )


def broken(key: str, answers: Answers) -> tuple[str, ...]:
    """Return what the weeks break, for a goal that the protocol serves, so that it is asked for weeks often."""
    protocol = PROTOCOLS[key]
    runner = answers if answers.goal in protocol.goals else replace(answers, goal=protocol.goals[0])
    weeks = protocol.weeks(runner)
    assert protocol.weeks(runner) == weeks
    assert protocol.notes(runner)
    for workout in all_of(weeks):
        for step in workout.steps():
            assert step.planned_s is None or step.planned_s > 0, "no step of no length"
    return (*broken_rules(weeks, runner), *broken_session_rules(all_of(weeks), runner))


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(PROTOCOLS)), some_answers())
def test_no_programme_breaks_a_rule(key: str, answers: Answers) -> None:
    assert broken(key, answers) == ()


@pytest.mark.slow
@settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(PROTOCOLS)), some_answers())
def test_no_programme_breaks_a_rule_in_many_more(key: str, answers: Answers) -> None:
    assert broken(key, answers) == ()
