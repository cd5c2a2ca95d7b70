"""The checker of sessions bites: each rule is broken once on purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.plans.altering import altered
from tests.plans.test_programmes import RUNNER

from backward_running.core.direction import Direction, Gait
from backward_running.core.plan import Part, Place, Reason, Repeat, Step, Workout
from backward_running.plans import all_protocols
from backward_running.plans.checking_sessions import broken_session_rules

PROTOCOLS = all_protocols()
SPRINTER = replace(RUNNER, goal="race", backward_20_m_s=6.0)
INDOORS = replace(RUNNER, has_spotter=False, has_known_spot=False, has_supervisor=False)
FRAIL = altered(RUNNER, stage_zero=True, backward_history=(), backward_experience_min=0)


def first(key: str, answers: object) -> Workout:
    return PROTOCOLS[key].weeks(answers)[0].workouts[0]


BELT, SPRINTS, HELD = first("beginner", INDOORS), first("backward_sprints", SPRINTER), first("holding_on", FRAIL)
LANE = first("beginner", replace(RUNNER, has_spotter=False, has_supervisor=False, has_treadmill=False))
WALK = Step("FWD WALK", Part.RECOVERY, Direction.FORWARD, Gait.WALK, duration_s=60)


#: Who is walked holding on once a clinician has agreed, by what they told.
AGREED = replace(FRAIL, facts=replace(FRAIL.facts, walking_only=True, holds=True, no_running=True))


def stepped(one: Workout, **changed: object) -> Workout:
    """Change every backward step."""
    pieces = tuple(
        Repeat(p.times, tuple(replace(s, **changed) if s.direction is Direction.BACKWARD else s for s in p.steps))
        if isinstance(p, Repeat)
        else p
        for p in one.pieces
    )
    return replace(one, pieces=pieces)


def faster(one: Workout, speed_mps: float) -> Workout:
    pieces = tuple(
        Repeat(p.times, tuple(replace(s, speed_high_mps=speed_mps) if s.is_sprint else s for s in p.steps))
        if isinstance(p, Repeat)
        else p
        for p in one.pieces
    )
    return replace(one, pieces=pieces)


@pytest.mark.parametrize(
    ("one", "answers", "says"),
    [
        (replace(BELT, pieces=(*BELT.pieces, WALK)), INDOORS, "forward on the belt"),
        (replace(BELT, advice=(*BELT.advice, "Turn while it stands.")), INDOORS, "a session on the belt says"),
        (stepped(BELT, cue="Look over a shoulder."), INDOORS, "a session on the belt says"),
        (replace(BELT, grade_high_ratio=0.02), INDOORS, "has a grade"),
        (stepped(LANE, cue="Look over a shoulder."), replace(RUNNER, has_spotter=False), "without a word on its end"),
        (LANE, RUNNER, "on a short lane"),
        (replace(LANE, place=Place.TRACK_OR_GRASS), replace(INDOORS, has_treadmill=False), "without a spotter"),
        (stepped(LANE, speed_high_mps=3.0), INDOORS, "no sprint"),
        (replace(LANE, title="A little longer"), INDOORS, "leaves out 1 min"),
        (stepped(HELD, duration_s=35.0), FRAIL, "30 s are allowed in stage zero"),
        (faster(SPRINTS, 3.0), SPRINTER, "2.50 are allowed"),
        (SPRINTS, replace(SPRINTER, backward_20_m_s=None), "without a timed 20 m"),
        (SPRINTS, altered(SPRINTER, backward_experience_min=0, backward_history=()), "before the ninth week"),
        (replace(SPRINTS, place=Place.TREADMILL), SPRINTER, "sprints on"),
        (LANE, replace(INDOORS, birth_year=2011), "without an adult"),
        (LANE, replace(INDOORS, goal="race", race_distance_m=42_195.0), "a marathon"),
    ],
)
def test_every_rule_bites(one: Workout, answers: object, says: str) -> None:
    found = broken_session_rules((one,), answers)
    assert any(says in sentence for sentence in found), found


def test_two_sets_more_than_last_time_are_found() -> None:
    sets = [piece for piece in SPRINTS.pieces if isinstance(piece, Repeat) and piece.steps[0].is_sprint]
    later = replace(SPRINTS, on=SPRINTS.on + timedelta(days=3), ordinal=2, pieces=(*SPRINTS.pieces, *sets, *sets))
    found = broken_session_rules((SPRINTS, later), SPRINTER)
    assert any("more than one set" in sentence for sentence in found), found


def test_what_the_programmes_make_is_clean() -> None:
    assert date(2026, 5, 4) == BELT.on
    for one, answers in ((BELT, INDOORS), (SPRINTS, SPRINTER), (HELD, FRAIL)):
        assert broken_session_rules((one,), answers) == ()


def told(one: Workout) -> str:
    return " | ".join([*(s.cue or "" for s in one.each_step()), *one.advice, *(why.text for why in one.reasons)])


@pytest.mark.parametrize("key", ["stiff_neck", "vertigo", "sight", "vestibular_or_visual"])
def test_nobody_is_told_to_look_round_who_cannot(key):
    agreed = replace(AGREED, conditions=(key,))
    one = first("holding_on", agreed)
    assert one.place is Place.RAIL
    assert "you need not look round" in told(one) and "you look round while" not in told(one)
    assert "you look round while you stand" in told(first("holding_on", AGREED))
    assert broken_session_rules((one,), agreed) == ()
    for said in ("Look over a shoulder now and then.", "You look round while you stand."):
        wrong = replace(one, advice=(*one.advice, said))
        assert f"“{said}” is ruled out" in " ".join(broken_session_rules((wrong,), agreed))
        assert "ruled out" not in " ".join(broken_session_rules((wrong,), AGREED))


def test_beside_the_belt_nobody_raises_sore_heels_or_stands_on_one_leg():
    belt = replace(AGREED, has_spotter=False, has_supervisor=False, has_known_spot=False, has_treadmill=True)
    sore = replace(belt, conditions=("acute_calf_or_foot",))
    for answers, heels in ((belt, True), (sore, False)):
        one = first("holding_on", answers)
        assert one.place is Place.TREADMILL
        assert ("heel" in told(one)) is heels
        assert "a hand on something firm" in told(one) and "swing your legs" not in told(one)
        assert "ruled out" not in " ".join(broken_session_rules((one,), answers))
    wrong = replace(first("holding_on", sore), advice=("Ten heel raises.", "Swing your legs."))
    assert " ".join(broken_session_rules((wrong,), sore)).count("ruled out") == 2
    assert "swing your legs" in told(BELT) and "heel raises" in told(BELT), "who runs freely warms up as before"


def test_who_is_frail_swings_no_leg_though_they_hold_on_to_nothing():
    assert FRAIL.stage_zero and not FRAIL.facts.holds
    wrong = replace(first("beginner", FRAIL), advice=("Swing your legs.",))
    assert "“Swing your legs.” is ruled out" in " ".join(broken_session_rules((wrong,), FRAIL))


# What each sentence says, to the word: who reads a break has to find the session by it.


@pytest.mark.parametrize(
    ("one", "answers", "says"),
    [
        (replace(BELT, advice=(*BELT.advice, "Let go once you are steady.")), AGREED, "says “let go” to somebody who"),
        (stepped(HELD, cue="LET GO. Somebody watches the way."), AGREED, "a step that says “let go” to somebody who"),
        (replace(HELD, pieces=(*HELD.pieces, replace(WALK, gait=Gait.RUN))), AGREED, "a run forward for somebody who"),
        (replace(LANE, grade_high_ratio=0.02), INDOORS, "a slope where there is none"),
        (replace(LANE, grade_low_ratio=-0.02), INDOORS, "a slope where there is none"),
        (
            replace(LANE, reasons=(Reason("Of a trial with the young.", "uthoff2020.sprint"),)),
            INDOORS,
            f"a programme of the young for a runner of {BELT.on.year - INDOORS.birth_year}",
        ),
        (
            replace(LANE, reasons=(Reason("Of a trial with the young.", "bouguezzi2024.sprint"), Reason("None."))),
            INDOORS,
            f"a programme of the young for a runner of {BELT.on.year - INDOORS.birth_year}",
        ),
    ],
)
def test_each_break_is_said_in_its_words(one: Workout, answers: object, says: str) -> None:
    found = broken_session_rules((one,), answers)
    assert [sentence for sentence in found if sentence.startswith(says) or says in sentence], found


def test_a_marathon_is_refused_in_these_words() -> None:
    assert "a marathon is prepared" in broken_session_rules(
        (LANE,), replace(INDOORS, goal="race", race_distance_m=42_195)
    )


@pytest.mark.parametrize("with_whom", ["Anna", "an adult beside you", "a trained person"])
def test_beside_somebody_young_is_who_was_named_or_an_adult_by_any_name(with_whom: str) -> None:
    young = replace(INDOORS, birth_year=2011, has_supervisor=True, supervisor_name="Anna")
    for one, missing in ((replace(LANE, with_whom=with_whom), False), (replace(LANE, with_whom="a friend"), True)):
        assert any("without an adult" in said for said in broken_session_rules((one,), young)) is missing


def test_a_bout_that_was_missed_is_none_that_was_tolerated() -> None:
    """It neither holds the next ones down nor lets them grow: what was done stands in the history of bouts."""
    missed = replace(stepped(HELD, duration_s=20.0), on=HELD.on - timedelta(days=2), ordinal=9)
    longer = replace(stepped(HELD, duration_s=90.0), on=HELD.on - timedelta(days=2), ordinal=9)
    for stood in (missed, longer):
        answers = replace(FRAIL, restart=replace(FRAIL.restart, kept=(stood,)))
        found = {
            seconds: any("30 s are allowed in stage zero" in said for said in broken_session_rules((bout,), answers))
            for seconds in (30.0, 35.0)
            if (bout := stepped(HELD, duration_s=seconds))
        }
        assert found == {30.0: False, 35.0: True}


def test_a_bout_grows_from_the_longest_of_the_thirty_days_before_it() -> None:
    """A bout of a day to come, or of before the window, is no ground."""
    grown = stepped(HELD, duration_s=48.0)

    def found(*bouts: tuple[int, float]) -> bool:
        history = tuple((HELD.on + timedelta(days=on), seconds) for on, seconds in bouts)
        answers = replace(FRAIL, facts=replace(FRAIL.facts, bout_history=history))
        return any("allowed in stage zero" in said for said in broken_session_rules((grown,), answers))

    assert not found((-30, 40.0)), "40 s and a fifth are 48 s"
    assert found((-31, 40.0)), "older than the window"
    assert found((1, 40.0)), "not yet done"
