"""Who may be offered what: the table of science 6.2 and 7, written down here without a look at the rules.

Each row says what is left at most. Where several hold, the least is left. It is held against every condition, age and
thing a runner may have; then some of them are led through the front door, to the plan itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import cache
from itertools import chain, combinations

import pytest

from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.clearance import Clearance, ClearanceKind
from backward_running.core.direction import Direction, Gait
from backward_running.core.goals import TICKED_AS
from backward_running.core.plan import Plan
from backward_running.core.screening import CONDITIONS, RED_FLAGS
from backward_running.flows import coach
from backward_running.plans import Answers, all_protocols, check_answers, choose
from backward_running.rehab import Facts, ask_rules
from backward_running.rehab._clearances import CLEARABLE_CONDITIONS
from backward_running.store import open_store

TODAY = date(2026, 5, 4)
NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


class Left(IntEnum):
    """What is left of going backward, the least first."""

    NOTHING = 0
    SUPERVISED_WALK = 1
    WALK = 2
    ALL = 3


HOLDS = {"treadmill", "spotter", "supervisor"}
HAVE = ("spotter", "treadmill", "known_spot", "supervisor")
COMBINATIONS = tuple(chain.from_iterable(combinations(HAVE, n) for n in range(len(HAVE) + 1)))

#: 7, "Not for backward running"; a clinician's word may leave a supervised walk, never a run.
NEVER_RUN = {
    "vertigo", "sight", "vestibular_or_visual", "parkinson_or_stroke", "fragility_fracture", "pregnancy",
    "acute_calf_or_foot", "stiff_neck", "anticoagulation",
}  # fmt: skip
#: 6.2, rule 2: nothing, or a walk with something to hold, until a clinician has agreed.
NOTHING_UNTIL = {"seizures_or_fainting", "concussion_3_months", "pregnancy_first_trimester"}
WALK_UNTIL = {"neuropathy", "osteoporosis"}
NO_MATTER = {"beta_blocker", "frail", "none"}

#: Born in → may be that old, the last birthday known only to a year.
AGES = {2020: 5, 2014: 11, 2013: 12, 2012: 13, 2010: 15, 2009: 16, 1988: 37, 1962: 63, 1961: 64, 1950: 75, 1947: 78,
        1946: 79, 1936: 89}  # fmt: skip
TESTS = (None, 3.0, 5.5, 5.6, 8.14, 8.15, 30.0)


def of_condition(key: str, have: set[str], *, named: bool, agreed: bool = False) -> Left:
    beside = Left.SUPERVISED_WALK if named and "supervisor" in have else Left.NOTHING
    if key in NEVER_RUN:
        return beside if agreed else Left.NOTHING
    if agreed or key in NO_MATTER or key == "fell_12_months":
        return Left.ALL
    if key in WALK_UNTIL:
        return Left.WALK if have & HOLDS else Left.NOTHING
    assert key in NOTHING_UNTIL
    return Left.NOTHING


def of_age(youngest: int, have: set[str], *, named: bool) -> Left:
    beside = named and "supervisor" in have
    if youngest < 13:
        return Left.NOTHING
    if youngest < 16:
        return Left.ALL if beside else Left.NOTHING
    if youngest + 1 >= 65:
        return Left.SUPERVISED_WALK if beside else Left.NOTHING
    return Left.ALL


def of_test(youngest: int, key: str, test_s: float | None, have: set[str], *, named: bool) -> Left:
    if youngest + 1 < 65 and key != "fell_12_months":
        return Left.ALL
    if test_s is None or test_s >= 8.15:
        return Left.NOTHING
    if test_s > 5.5:
        return Left.SUPERVISED_WALK if named and "supervisor" in have else Left.NOTHING
    return Left.ALL


#: What a clinician wrote down beside their word: minutes a session, and sessions a week.
DOSE = Ceilings(set_on=TODAY, by="physiotherapist", backward_session_s=300.0, sessions_per_week_count=2)


def word(*of: str, on: date = TODAY, kind: ClearanceKind = ClearanceKind.CLINICIAN) -> Clearance:
    """Return a clinician's word, or a mistake."""
    told = datetime.combine(max(on, TODAY), NOW.timetz())
    return Clearance(kind, told, of, "physiotherapist", on, reason="a slip")


def answers(
    key: str, born: int, have: tuple[str, ...], test_s: float | None, *, named: bool = True
) -> dict[str, object]:
    return {
        "health": [key], "parq": "all_no", "birth_year": born, "goal": "try", "have": list(have),
        "supervisor_name": "Ada" if named else None, "forward_runs_per_week": 3, "easy_speed_mps": 2.8,
        "longest_run_s": 2700.0, "backward_experience_min": 200, "days": ["0", "2", "5"],
        "backward_walk_test_s": test_s,
    }  # fmt: skip


def left(facts: Facts) -> Left:
    closed = [gate for gate in ask_rules(facts) if not gate.open]
    if any(gate.is_red_flag or not gate.walking_only for gate in closed):
        return Left.NOTHING
    return Left.WALK if closed else Left.ALL


@cache
def left_of_all(key: str, born: int, have: tuple[str, ...], test_s: float | None) -> Left:
    """Return what is left where everything is answered: it is held against one answer less, six times over."""
    return left(Facts(TODAY, Athlete(), answers(key, born, have, test_s)))


#: Enough of them where a rule is asked many times over.
SOME = ((), ("known_spot",), ("treadmill",), ("supervisor", "known_spot"), HAVE)


def every(
    haves: tuple[tuple[str, ...], ...] = COMBINATIONS,
) -> Iterator[tuple[str, int, tuple[str, ...], float | None]]:
    for key in ("none", "fell_12_months", *(key for key, _ in CONDITIONS)):
        for born, youngest in AGES.items():
            tested = youngest + 1 >= 65 or key == "fell_12_months"
            for have in haves:
                for test_s in TESTS if tested else TESTS[:2]:
                    yield key, born, have, test_s


def test_every_condition_is_in_the_table() -> None:
    assert {"none", *(key for key, _ in CONDITIONS)} == NEVER_RUN | NOTHING_UNTIL | WALK_UNTIL | NO_MATTER


def test_what_is_left_is_what_the_table_says() -> None:
    wrong = []
    for key, born, have, test_s in every():
        for named in (True, False):
            has = set(have)
            expected = min(
                of_condition(key, has, named=named),
                of_age(AGES[born], has, named=named),
                of_test(AGES[born], key, test_s, has, named=named),
                Left.ALL if has else Left.NOTHING,
            )
            found = left(Facts(TODAY, Athlete(), answers(key, born, have, test_s, named=named)))
            if found is not max(expected, Left.WALK if expected else Left.NOTHING):
                wrong.append((key, born, have, test_s, named, expected.name, found.name))
    assert wrong == []


def test_where_a_walk_is_supervised_no_name_leaves_nothing() -> None:
    for key, born, have, test_s in every():
        expected = min(
            of_condition(key, set(have), named=True),
            of_age(AGES[born], set(have), named=True),
            of_test(AGES[born], key, test_s, set(have), named=True),
        )
        if expected is Left.SUPERVISED_WALK:
            nameless = Facts(TODAY, Athlete(), answers(key, born, have, test_s, named=False))
            assert left(nameless) is Left.NOTHING, (key, born, have, test_s)


@pytest.mark.parametrize("key", [key for key, _ in CONDITIONS])
@pytest.mark.parametrize("have", COMBINATIONS)
def test_a_clinicians_word_opens_what_it_may_and_no_more(key: str, have: tuple[str, ...]) -> None:
    given = answers(key, 1988, have, None)
    before = Facts(TODAY, Athlete(ceilings=DOSE), given)
    expected = min(of_condition(key, set(have), named=True, agreed=True), Left.ALL if have else Left.NOTHING)
    found = left(replace(before, clearances=(word(f"condition:{key}"),)))
    assert found is max(expected, Left.WALK if expected else Left.NOTHING)
    for other in (
        word(f"condition:{key}", on=TODAY + timedelta(days=1)),
        word("condition:green_toes"),
        word(key),
        word(f"condition:{key}", kind=ClearanceKind.MISTAKE),
    ):
        assert left(replace(before, clearances=(other,))) is left(before)


@pytest.mark.parametrize("key", sorted(NEVER_RUN))
def test_without_a_dose_a_clinicians_word_opens_nothing_where_none_was_studied(key: str) -> None:
    agreed = Facts(TODAY, Athlete(), answers(key, 1988, HAVE, None), clearances=(word(f"condition:{key}"),))
    assert left(agreed) is (Left.NOTHING if key in TICKED_AS.values() else Left.WALK)


def test_every_condition_that_waits_for_a_clinician_can_be_cleared() -> None:
    assert CLEARABLE_CONDITIONS == NEVER_RUN | NOTHING_UNTIL | WALK_UNTIL


@pytest.mark.parametrize("flag", [flag.key for flag in RED_FLAGS])
def test_a_red_flag_wins_over_everything(flag: str) -> None:
    words = tuple(word(f"condition:{key}", key) for key, _ in CONDITIONS)
    for key, born, have, test_s in every((HAVE,)):
        if key != "none":
            given = answers(key, born, have, test_s) | {"health": [key, flag]}
            first = ask_rules(Facts(TODAY, Athlete(), given, clearances=words))[0]
            assert first.is_red_flag and not first.open


@pytest.mark.parametrize("unknown", ["health", "parq", "birth_year", "backward_walk_test_s", "supervisor_name", "have"])
def test_an_answer_that_is_not_given_never_opens_more(unknown: str) -> None:
    for key, born, have, test_s in every(SOME):
        given = answers(key, born, have, test_s)
        without = {name: value for name, value in given.items() if name != unknown}
        assert left(Facts(TODAY, Athlete(), without)) <= left_of_all(key, born, have, test_s), given


@pytest.mark.parametrize("parq", ["yes_any", "not_done", "", None, "whatever"])
def test_a_parq_that_is_not_cleared_leaves_nothing(parq: str | None) -> None:
    assert left(Facts(TODAY, Athlete(), answers("none", 1988, HAVE, 3.0) | {"parq": parq})) is Left.NOTHING


# Through the front door -----------------------------------------------------------------------------------------------


def led(home, given: dict[str, object], *said: CheckIn):
    """Give the answers as a runner does and return what comes of them."""
    store = open_store(home)
    try:
        for one in said:
            store.add_check_in(one)
        made = coach.start_plan(store, given, now=NOW)
        assert (store.plan() is not None) == isinstance(made, Plan), "nothing empty is kept"
        return made
    finally:
        store.close()


def runs_backward(plan: Plan) -> bool:
    return any(
        step.direction is Direction.BACKWARD and step.gait is Gait.RUN
        for one in plan.workouts()
        for step in one.steps()
    )


@pytest.mark.parametrize(
    ("key", "born", "have", "test_s", "expected"),
    [
        ("none", 1944, HAVE, 3.0, Left.SUPERVISED_WALK),  # 82, 200 typed minutes, test 3.0 s
        ("none", 1956, HAVE, 3.0, Left.SUPERVISED_WALK),  # 70, no supervised base
        ("none", 1956, ("spotter", "known_spot"), 3.0, Left.NOTHING),
        ("none", 1936, ("known_spot",), 3.0, Left.NOTHING),  # 90, alone on a lane, 200 typed minutes
        ("none", 1936, ("known_spot",), None, Left.NOTHING),
        ("none", 1936, ("known_spot", "supervisor"), 3.0, Left.SUPERVISED_WALK),
        ("fell_12_months", 1988, HAVE, 6.0, Left.SUPERVISED_WALK),
        ("fell_12_months", 1988, HAVE, 5.5, Left.ALL),
        ("fell_12_months", 1988, HAVE, 8.15, Left.NOTHING),
        ("neuropathy", 1988, ("treadmill",), None, Left.WALK),
        ("osteoporosis", 1988, ("spotter",), None, Left.WALK),
        ("osteoporosis", 1988, ("known_spot",), None, Left.NOTHING),
        ("pregnancy_first_trimester", 1990, HAVE, None, Left.NOTHING),
        ("pregnancy", 1990, HAVE, None, Left.NOTHING),
        ("beta_blocker", 1988, HAVE, None, Left.ALL),
        ("none", 2011, ("spotter",), None, Left.NOTHING),
        ("none", 2011, ("supervisor",), None, Left.ALL),
        ("none", 2014, HAVE, None, Left.NOTHING),
        ("none", 1988, (), None, Left.NOTHING),
    ],
)
def test_through_the_door_comes_what_the_table_says(tmp_path, key, born, have, test_s, expected) -> None:
    made = led(tmp_path, answers(key, born, have, test_s))
    if expected is Left.NOTHING:
        assert isinstance(made, coach.NotNow) and made.why and made.instead
        assert all(gate.what_to_do and gate.come_back for gate in made.why)
        said = repr(made)
        assert not any(one.full_title in said for one in all_protocols().values())
        return
    assert isinstance(made, Plan) and made.weeks and all(week.workouts for week in made.weeks)
    # Who fell begins with the programme of holding on, which walks, whatever is left to them.
    assert runs_backward(made) == (expected is Left.ALL and key != "fell_12_months")
    if expected is not Left.ALL:
        assert "runs_20_minutes" not in all_protocols()[made.protocol].gates, "it is a programme of walking"
    if expected is Left.SUPERVISED_WALK:
        assert all("beside you for the whole session" in one.with_whom for one in made.workouts())


def test_a_name_is_asked_before_a_supervised_session(tmp_path) -> None:
    made = led(tmp_path, answers("none", 2011, ("supervisor",), None, named=False))
    assert isinstance(made, coach.NotNow) and "name" in (made.why[0].what_to_do or "")


def test_a_fall_in_a_check_in_stands_in_the_answers_of_a_new_plan(tmp_path) -> None:
    fell = CheckIn(NOW - timedelta(days=40), fell=True, concussion_signs=False)
    assert isinstance(led(tmp_path / "a", answers("none", 1988, HAVE, None), fell), coach.NotNow)
    made = led(tmp_path / "b", answers("none", 1988, HAVE, 4.0), fell)
    assert isinstance(made, Plan)
    checked, _ = check_answers(made.answers, today=TODAY)
    assert checked is not None and checked.stage_zero


def may_run(store, given: dict[str, object], today: date) -> bool:
    """Whether a programme of running backward is offered."""
    offered = coach.choices(store, given, today=today)
    return any(one.fits and "runs_20_minutes" in all_protocols()[one.protocol].gates for one in offered)


def test_a_supervised_base_that_was_recorded_opens_running_at_70(tmp_path) -> None:
    """The rule itself is tested beside it; here only that recordings of before a plan reach it."""
    from tests.apps.browsing import track_file

    from backward_running.flows import intake

    store = open_store(tmp_path)
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    given = answers("none", 1956, HAVE, 3.0)
    days = (1, 5, 9, 13, 18, 23)
    for day in days:
        (entry,) = intake.import_file(store, f"{day}.fit", track_file(day=day), now=now)
        told = CheckIn(datetime(2026, 11, day, 9, tzinfo=UTC), activity_id=entry.activity_ids[0], supervised_by="Ada")
        if day == days[-1]:
            assert not may_run(store, given, now.date()), "five are no base"
        store.add_check_in(told)
    assert may_run(store, given, now.date())
    store.close()


# Choosing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("goal", ["try", "variety", "economy", "race", "rehab:balance", "rehab:knee_osteoarthritis"])
def test_a_programme_that_cannot_begin_never_fits(goal: str) -> None:
    for key, born, have, test_s in every(((), ("known_spot",), HAVE)):
        if born not in (1988, 1950, 2012):
            continue
        given = answers(key, born, have, test_s) | {"goal": goal}
        checked, _ = check_answers(given, today=TODAY)
        assert isinstance(checked, Answers)
        facts = Facts(TODAY, Athlete(), given)
        offered = choose(checked, ask_rules(facts))
        if left(facts) is Left.NOTHING:
            assert not any(one.fits for one in offered)
        elif left(facts) is Left.WALK:
            running = {one.key for one in all_protocols().values() if "runs_20_minutes" in one.gates}
            assert not any(one.fits for one in offered if one.protocol in running)
