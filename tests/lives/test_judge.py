"""The judge is held to section 8 of the rules: on histories of a few lines, written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.lives import doors, person
from tests.lives.events import life
from tests.lives.facts import Allowed, Away, Book, Content, Recorded, Said
from tests.lives.judge import Judge, Shown
from tests.lives.living import Living
from tests.lives.memory_store import MemoryStore
from tests.lives.setbacks import ceiling_of_7_days, setbacks

MONDAY = date(2026, 3, 2)  #: the first day of the plan; both clock changes of the year are far away
ANSWERS = {
    "forward_runs_per_week": 4, "easy_speed_mps": 2.8, "longest_run_s": 3600.0, "birth_year": 1990, "goal": "try",
    "have": ["spotter"], "parq": "all_no", "health": ["none"],
}  # fmt: skip


def at(day: int, hour: int = 18, minute: int = 0, zone: str = "UTC") -> datetime:
    on = MONDAY + timedelta(days=day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo(zone))


def session(day: int, stage: int = 6, backward_s: float = 300.0, *, name: str | None = None, **more: object) -> Content:
    on = MONDAY + timedelta(days=day)
    bout = float(str(more.pop("bout_s", min(backward_s, 60.0))))
    one = Content(
        name or f"w{day}", on, stage, day // 7 + 1, backward_s, 0.0, bout, 5, 1.2, False, (0.0, 0.0), False, False,
        ("kept", backward_s),
    )  # fmt: skip
    return replace(one, **more)


def done(day: int, backward_s: float, of: Content | None = None, *, hour: int = 18, name: str = "") -> Recorded:
    followed = of or session(day, backward_s=backward_s)
    return Recorded(name or f"r{day}-{hour}", at(day, hour), backward_s, min(backward_s, 60.0), False, followed)


def book(*recorded: Recorded, said: tuple[Said, ...] = (), **answers: object) -> Book:
    made = Book({**ANSWERS, **answers}, plan_starts=[MONDAY])
    for one in recorded:
        made.record(one)
    for one in said:
        made.say(one)
    return made


def judged(kept: Book, *offers: Content, now: datetime, today: bool = False, of: str = "maintenance_week") -> set[str]:
    """The names of the rules that are broken: by a plan, or by what Today offers now."""
    judge = Judge(kept)
    shown = Shown(of, offers, frozenset())
    if today:
        judge.offered_now(offers[0], shown, now, door="Today")
    else:
        judge.offers(shown, now, door="plan")
    return {one.rule for one in judge.found}


@pytest.mark.parametrize(
    ("before_s", "offer_s", "flagged"),
    [(600, 720, True), (600, 660, False), (120, 280, False), (120, 301, True), (120, 300, False)],
)
def test_110_percent(before_s, offer_s, flagged):
    kept = book(done(3, before_s))
    found = judged(kept, session(6, backward_s=offer_s), now=at(5))
    assert ("14 110 % of the longest" in found) is flagged


def test_a_cut_session_counts_as_recorded():
    cut = Recorded("cut", at(0), 108, 60, False, session(0, backward_s=360), planned_share=0.3)
    assert "14 110 % of the longest" in judged(book(cut), session(3, backward_s=360), now=at(3), today=True)
    assert "14 110 % of the longest" not in judged(book(cut), session(3, backward_s=300), now=at(3), today=True)


def test_a_spike_does_not_raise_the_ceiling_and_asks_for_48_hours():
    kept = book(done(0, 200), done(30, 900, session(30, 9)))
    assert "14 110 % of the longest" in judged(kept, session(33, 9, 301), now=at(33), today=True)
    assert "16 after a spike" in judged(kept, session(31, 9, 200), now=at(31, 20), today=True)
    assert judged(kept, session(32, 9, 220), now=at(32, 18), today=True) <= {"17 gap"}


def test_the_first_recording_of_all_is_not_over():
    assert "14 110 % of the longest" not in judged(
        book(done(0, 900)), session(3, backward_s=990), now=at(3), today=True
    )


PAIN_OF_4 = {"front of knee": 4.0}
WEEK_2 = (done(7, 450, session(7, 5, 450)), done(10, 450, session(10, 5, 450)))
HURT = done(16, 430, session(16, 6, 430), name="hurt")


def after_pain(told: datetime, nrs: float = 4.0, held: tuple[Content, ...] = ()) -> Book:
    said = Said(told, "during", "hurt", {"front of knee": nrs}, held=held)
    return book(*WEEK_2, HURT, said=(said,))


def test_pain_of_10_blocks_until_a_clinician_cleared():
    kept = after_pain(at(16, 20), 10.0)
    assert "22 until a clinician has cleared it" in judged(kept, session(25, 5, 200), now=at(24))
    kept.cleared.append((at(24, 9), "pain"))
    assert "22 until a clinician has cleared it" not in judged(kept, session(25, 5, 200), now=at(24))


@pytest.mark.parametrize("told", [at(20, 21), at(21, 8)], ids=["on Sunday", "on Monday"])
def test_after_pain_less_and_a_stage_down_whenever_it_is_told(told):
    kept = after_pain(told)
    assert {"20 one stage down", "6.1 less than the session that hurt"} <= judged(
        kept, session(21, 6, 430), now=at(21, 9)
    )
    assert judged(kept, session(21, 5, 300, cap_mps=1.2), session(23, 5, 330), now=at(21, 9)) == set()
    assert judged(kept, session(21, 5, 429, cap_mps=1.2), now=at(21, 9)) == {"36 the way back up"}


def test_after_pain_no_more_than_the_last_completed_week():
    kept = after_pain(at(16, 20))
    three = (session(19, 5, 300), session(21, 5, 300), session(24, 5, 300))
    assert judged(kept, *three, now=at(17)) == set()
    assert "21 last completed week" in judged(kept, *three[:2], session(24, 5, 320), now=at(17))


def test_after_pain_no_more_than_the_plan_held():
    held = (session(18, 6, 300), session(21, 6, 300))
    kept = after_pain(at(16, 20), held=held)
    assert "21 what the plan held" in judged(kept, session(19, 5, 300), session(21, 5, 320), now=at(17))
    # The session of the 18th, moved into those days, is one more in them: it does not come on top.
    assert "21 what the plan held" in judged(kept, session(19, 5, 300), session(21, 5, 300), now=at(17))
    assert judged(kept, session(19, 5, 150), session(21, 5, 150), now=at(17)) == set()


def test_half_of_the_session_that_hurt_where_the_last_week_held_none():
    kept = book(HURT, said=(Said(at(16, 20), "during", "hurt", PAIN_OF_4),))
    (one,) = setbacks(kept)
    assert ceiling_of_7_days(kept, one, MONDAY + timedelta(days=18)) == (215, "half of the session that hurt")


def test_48_hours_from_the_start_of_the_session_that_hurt():
    kept = after_pain(at(17, 9))
    late = session(18, 5, 200)
    assert "20 pause in true hours" in judged(kept, late, now=at(18, 17), today=True)
    assert judged(kept, late, now=at(18, 18), today=True) == set()
    assert "20 pause of 48 h" in judged(kept, session(17, 5, 200), now=at(17, 10))


def test_a_stage_rises_only_after_two_clean_sessions():
    kept = after_pain(at(16, 20))
    kept.record(done(19, 200, session(19, 5, 200)))
    assert "20 one stage down" in judged(kept, session(24, 6, 200), now=at(22))
    kept.record(done(22, 200, session(22, 5, 200)))
    assert "20 one stage down" not in judged(kept, session(25, 6, 200), now=at(23))


def test_at_stage_1_half_its_bouts():
    hurt = done(16, 300, session(16, 1, 300), name="hurt")
    kept = book(*WEEK_2, hurt, said=(Said(at(16, 20), "during", "hurt", PAIN_OF_4),))
    assert "6.1 half at stage 1" in judged(kept, session(19, 1, 180), now=at(17))
    assert judged(kept, session(19, 1, 150), now=at(17)) == set()


def test_pain_within_its_limit_is_no_setback():
    assert setbacks(after_pain(at(16, 20), 3.0)) == []
    assert [one.kind for one in setbacks(after_pain(at(16, 20), 3.5))] == ["pain"]


@pytest.mark.parametrize("days", [13, 14, 21, 28])
def test_gap(days):
    stage = {13: 6, 14: 5, 21: 4, 28: 3}[days]
    kept = book(done(0, 300, session(0, 6, 300)))
    now = at(days)
    assert not any(one.startswith("17") for one in judged(kept, session(days, stage, 200), now=now, today=True))
    if days > 13:
        assert any(one.startswith("17") for one in judged(kept, session(days, stage + 1, 200), now=now, today=True))
        assert "17 gap" in judged(kept, session(days, stage + 2, 200), now=now, today=True)


def test_an_ignored_proposal_leaves_stage_3_open_not_week_10():
    kept = book(done(41, 300, session(41, 6, 300)))
    assert {"17 gap", "5 stage left out"} <= judged(kept, session(69, 10, 300), now=at(69), today=True, of="beginner")
    assert judged(kept, session(69, 3, 300), now=at(69), today=True, of="beginner") == set()


def test_47_hours_are_refused_and_48_are_not():
    kept = book(done(7, 300, session(7, 2, 300)))
    assert "13 true hours" in judged(kept, session(9, 2, 300), now=at(9, 17), today=True)
    assert judged(kept, session(9, 2, 300), now=at(9, 18), today=True) == set()
    assert judged(kept, session(9, 2, 300), now=at(8)) == set()
    assert "13 hours apart" in judged(kept, session(8, 2, 300), now=at(8))


def test_48_hours_are_true_hours_over_a_clock_change():
    """In Berlin the clock goes forward on 29 March 2026: from Saturday 18:00 to Monday 18:00 are 47 hours."""
    start = at(26, 18, zone="Europe/Berlin")
    kept = book(Recorded("r", start, 300, 60, False, session(26, 2, 300)))
    assert "13 true hours" in judged(kept, session(28, 2, 300), now=at(28, 18, zone="Europe/Berlin"), today=True)
    assert judged(kept, session(28, 2, 300), now=at(28, 19, zone="Europe/Berlin"), today=True) == set()


def test_three_in_any_seven_days():
    kept = book(done(30, 300), done(32, 300), done(34, 300))
    assert "13 sessions in 7 days" in judged(kept, session(36, 6, 300), now=at(35))
    assert "13 sessions in 7 days" not in judged(kept, session(37, 6, 300), now=at(35))


def test_red_flag():
    kept = book(said=(Said(at(3), flags=("chest_pain",)),))
    assert "26 red flag" in judged(kept, session(5, 1, 300), now=at(4))


@pytest.mark.parametrize(
    ("answers", "walks"),
    [
        ({"birth_year": 1944, "backward_experience_min": 200.0, "backward_walk_test_s": 3.0}, True),
        ({"birth_year": 1956, "backward_experience_min": 300.0, "backward_walk_test_s": 3.0}, True),
        ({"health": ["stiff_neck"]}, True),
        ({"health": ["fell_12_months"], "backward_walk_test_s": 6.0}, True),
        ({"health": ["fell_12_months"]}, True),
        ({"health": ["fell_12_months"], "backward_walk_test_s": 4.0}, False),
        ({}, False),
    ],
)
def test_walking_only(answers, walks):
    found = judged(book(**answers), session(0, 4, 300, run_s=300.0, bout_s=25.0), now=at(0))
    assert ("2-5 walking only" in found) is walks


def test_one_of_two_neighbours_skipped():
    judge = Judge(book())
    before = Shown("beginner", (session(1, 2, 300), session(3, 2, 300)), frozenset())
    longer = Shown("beginner", (session(3, 2, 360),), frozenset())
    judge.wished(before, Shown("beginner", (session(3, 2, 310),), frozenset()), at(0), "skip", "w1")
    assert judge.found == []
    judge.wished(before, longer, at(0), "skip", "w1")
    assert [one.rule for one in judge.found] == ["15 skip makes another longer"]


def test_a_miss_makes_nothing_longer():
    judge = Judge(book())
    judge.watch_calm(Shown("beginner", (session(1, 2, 300), session(3, 2, 300)), frozenset()), at(0), settled=True)
    judge.watch_calm(Shown("beginner", (session(3, 2, 330),), frozenset()), at(2), settled=False)
    assert [one.rule for one in judge.found] == ["15 missed makes another longer"]


def test_a_moved_session_keeps_its_content():
    judge = Judge(book())
    before = Shown("beginner", (session(1, 2, 300, name="a"),), frozenset())
    judge.wished(before, Shown("beginner", (session(2, 2, 300, name="a"),), frozenset()), at(0), "move", "a")
    assert judge.found == []
    judge.wished(before, Shown("beginner", (session(2, 2, 360, name="a"),), frozenset()), at(0), "move", "a")
    assert [one.rule for one in judge.found] == ["15 moved and longer"]


def test_what_is_done_is_not_offered_again():
    of = session(0, 6, 300)
    kept = book(done(0, 300, of, hour=9))
    assert "15 done and offered again" in judged(kept, of, now=at(0, 18), today=True)


def test_sore_calves_walk_until_2():
    kept = book(done(14, 300, session(14, 6, 300)), said=(Said(at(15), "24 h after", soreness=5),))
    runs = session(20, 5, 200, run_s=200.0)
    assert "23 sore calves" in judged(kept, runs, now=at(20), today=True)
    kept.say(Said(at(16), "48 h after", soreness=3))
    assert "23 sore calves" in judged(kept, runs, now=at(20), today=True)
    kept.say(Said(at(17), "other", soreness=2))
    assert "23 sore calves" not in judged(kept, runs, now=at(20), today=True)


def test_a_rising_trend_holds_the_stage():
    hurts = [Said(at(day, 20), "after", f"r{day}-18", {"left achilles": nrs}) for day, nrs in ((2, 1.0), (9, 3.0))]
    kept = book(done(2, 300, session(2, 5, 300)), done(9, 300, session(9, 5, 300)), said=tuple(hurts))
    (one,) = setbacks(kept)
    assert (one.kind, one.moment) == ("trend", at(14, 0))
    assert "20 stage held by a trend" in judged(kept, session(15, 6, 300), now=at(14, 8))
    assert "20 stage held by a trend" not in judged(kept, session(15, 5, 300), now=at(14, 8))


def test_ceilings_days_away_share_and_caps():
    kept = book(forward_runs_per_week=1, longest_run_s=1000.0)
    kept.allowed = Allowed(MONDAY, None, 240, 1, 1.0, walking_only=True)
    kept.away.append(Away("holiday", MONDAY + timedelta(days=4), MONDAY + timedelta(days=6)))
    first, second = session(0, 4, 300, run_s=301.0, cap_mps=2.5), session(5, 4, 300)
    found = judged(kept, first, second, now=at(0, 8))
    assert found >= {
        "ceiling: walking only", "ceiling: session", "ceiling: speed", "ceiling: sessions a week", "away or ill",
        "12 speed cap",
    }  # fmt: skip
    assert "13 share of running" not in found
    assert "13 share of running" in judged(kept, replace(first, run_s=311.0), now=at(0, 8))


def test_the_table_of_the_beginner():
    case = lambda one: {rule for rule, _ in person._as_the_table(one, 3.0)}  # noqa: E731
    assert case(session(7, 2, 480, cap_mps=1.5)) == set()
    assert case(session(7, 2, 480, run_s=20.0, cap_mps=1.5)) == {"5 running before stage 3"}
    assert case(session(7, 4, 320, bout_s=40.0, cap_mps=1.8)) == {"5 more than its stage", "5 faster than its stage"}


def test_a_treadmill_session_has_no_forward_walk():
    assert "10 forward on a treadmill" in judged(
        book(), session(0, 1, 300, treadmill=True, forward_between=True), now=at(0)
    )


def test_the_week_of_a_moment():
    kept = book()
    assert kept.week_of(at(13, 23)) == MONDAY + timedelta(days=7)
    assert kept.week_of(datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("since", "offer_s", "flagged"),
    [((), 180, False), ((), 200, True), ((120, 120), 180, False), ((120, 120), 200, True), ((170, 180), 198, False)],
)
def test_the_way_back_up_leads_to_what_hurt_before_it_leads_past_it(since, offer_s, flagged):
    """Six minutes before, three that hurt: after two of two it is three again, whatever was longest of 30 days."""
    hurt = done(14, 180, session(14, backward_s=180))
    after = [done(19 + 2 * nth, seconds) for nth, seconds in enumerate(since)]
    told = Said(at(14, 19), "after", hurt.activity_id, pain={"left knee": 5})
    kept = book(*(done(day, 360) for day in (0, 3, 7, 10)), hurt, *after, said=(told,))
    found = judged(kept, session(25, stage=1, backward_s=offer_s), now=at(24))
    assert ("36 the way back up" in found) is flagged


def test_the_way_back_up_ends_with_the_window_of_the_110_percent_rule():
    hurt = done(0, 180, session(0, backward_s=180))
    told = Said(at(0, 19), "after", hurt.activity_id, pain={"left knee": 5})
    for day, flagged in ((30, True), (31, False)):
        kept = book(hurt, *(done(one, 150) for one in (10, 20, 27)), said=(told,))
        assert ("36 the way back up" in judged(kept, session(day, stage=1, backward_s=300), now=at(28))) is flagged


def test_what_was_broken_off_before_a_bout_is_no_session():
    kept = book(done(0, 13), done(2, 300), done(4, 300))
    assert "13 sessions in 7 days" not in judged(kept, session(6), now=at(6, 8))
    kept = book(done(0, 20), done(2, 300), done(4, 300))
    assert "13 sessions in 7 days" in judged(kept, session(6), now=at(6, 8))


def test_a_session_that_leaves_is_counted_as_it_is_on_the_page():
    """The doors are read by themselves: from the file, the table and the terminal the same comes out as from the plan."""
    one = Living(life(48), MemoryStore())
    one.life = replace(one.life, events=one.life.events[:12])
    one.run()
    now = one.life.moment(one.life.events[-1])
    page = {each.workout_id: replace(each, signature=()) for each in one._see(now).sessions}
    assert len(page) > 10
    doors_read = {door: ask() for door, ask in doors.whole(one.store, now, tuple(page.values()))}
    assert set(doors_read) == {"feed, by itself", "export csv, by itself", "export json, by itself", "terminal plan"}
    for door, told in doors_read.items():
        read = {each.workout_id: replace(each, signature=()) for each in told}
        assert read and read.items() <= page.items(), door
