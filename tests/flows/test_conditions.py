from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.apps.browsing import track_file

from backward_running.core.adaptation import Ceilings
from backward_running.core.athlete import Athlete, CheckIn, Moment
from backward_running.core.errors import BadValue, NotFound
from backward_running.core.goals import REHAB_CONDITIONS
from backward_running.flows import conditions
from backward_running.flows.intake import import_file
from backward_running.flows.supervised import with_supervised
from backward_running.plans import all_protocols
from backward_running.rehab import all_conditions
from backward_running.store import open_store

TODAY = date(2026, 5, 6)


@pytest.fixture
def store(new_home):
    opened = open_store(new_home)
    yield opened
    opened.close()


def say(store, days_ago, moment=Moment.OTHER, **pain):
    at = datetime(2026, 5, 6, 12, tzinfo=UTC) - timedelta(days=days_ago)
    store.add_check_in(CheckIn(at, moment, pain_nrs=pain))


def test_every_condition_has_a_line_and_a_page(store) -> None:
    views = conditions.pages()
    assert [view.key for view in views] == [key for key, _ in REHAB_CONDITIONS]
    for view in views:
        page = conditions.page(store, view.key, today=TODAY)
        assert page.view == view and page.goal == f"rehab:{view.key}"
        assert page.stages[0].number == 1 and page.pain == () and page.since is None
        assert page.red_flags and page.sources
        assert page.suggested == 1 and not page.stopped


def test_a_page_nobody_wrote_is_said_so(store) -> None:
    with pytest.raises(NotFound, match="knee_osteoarthritis"):
        conditions.page(store, "hiccups", today=TODAY)


def test_pain_by_week_and_moment_with_a_silent_week_not_known(store) -> None:
    say(store, 14, Moment.DURING, left_knee=2)
    say(store, 14, Moment.AFTER, knee=3, calf=9)
    say(store, 13, Moment.NEXT_MORNING, knee=1)
    say(store, 0, Moment.DAY_1, knee=4)
    page = conditions.page(store, "knee_osteoarthritis", today=TODAY)
    assert [week.starts_on for week in page.pain] == [date(2026, 4, 20), date(2026, 4, 27), date(2026, 5, 4)]
    first, silent, last = page.pain
    assert (first.during, first.after, first.next_morning, first.other, first.highest) == (2, 3, 1, None, 3)
    assert silent.highest is None
    assert (last.next_morning, last.highest) == (4, 4)
    assert len(conditions.page(store, "balance", today=TODAY).pain) == 3, "no site of its own: every site"
    assert conditions.page(store, "achilles", today=TODAY).pain == ()


def test_what_is_too_long_ago_is_not_shown(store) -> None:
    say(store, 7 * 30, knee=3)
    assert conditions.page(store, "runners_knee", today=TODAY).pain == ()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"pain_nrs": {"achilles": 6}}, "achilles was at 6 of 10"),
        ({"pain_nrs": {"achilles": 9}}, "9 of 10 at your achilles"),
        ({"fell": True, "concussion_signs": False}, "You fell on"),
        ({"broke_off": True}, "You broke off the session"),
        ({"calf_soreness_nrs": 6}, "6 of 10"),
        ({"pain_nrs": {"achilles": 9}, "red_flags": ("calf_kick",)}, "You ticked"),
    ],
)
def test_the_page_is_headlined_by_the_strictest_thing_in_force(store, told, says) -> None:
    say(store, 7, Moment.AFTER, achilles=1)
    quiet = conditions.page(store, "achilles", today=TODAY)
    assert not quiet.holds and "rose" in quiet.headline
    store.add_check_in(CheckIn(datetime(2026, 5, 6, 12, tzinfo=UTC), Moment.AFTER, **told))
    page = conditions.page(store, "achilles", today=TODAY)
    assert page.holds and says in page.headline and "rose" not in page.headline


def test_a_rising_trend_is_the_headline_where_nothing_stricter_holds(store) -> None:
    say(store, 7, Moment.AFTER, achilles=1)
    say(store, 0, Moment.AFTER, achilles=3)
    page = conditions.page(store, "achilles", today=TODAY)
    assert page.holds and "1 → 3" in page.headline


def test_the_trend_of_the_page_is_that_of_the_gate(store) -> None:
    say(store, 7, knee=1)
    say(store, 0, knee=3)
    page = conditions.page(store, "knee_osteoarthritis", today=TODAY)
    assert page.trend.open and "1 → 3" in page.trend.reason.text
    assert "1 → 3" not in conditions.page(store, "achilles", today=TODAY).trend.reason.text


def test_a_stage_is_kept_and_a_setback_speaks_for_the_one_before(store) -> None:
    conditions.put_stage(store, "knee_osteoarthritis", 2, today=TODAY - timedelta(days=3))
    say(store, 1, Moment.AFTER, knee=4)
    assert conditions.page(store, "knee_osteoarthritis", today=TODAY).suggested == 2, "4 is the limit of this joint"
    say(store, 0, Moment.AFTER, knee=6)
    page = conditions.page(store, "knee_osteoarthritis", today=TODAY)
    assert (page.stage, page.suggested, page.since) == (2, 1, TODAY - timedelta(days=3))
    assert "48 hours" in " ".join(page.suggested_because)
    for stage in (0, 9):
        with pytest.raises(BadValue, match="stage"):
            conditions.put_stage(store, "knee_osteoarthritis", stage, today=TODAY)


def test_a_red_flag_stops_the_stages(store) -> None:
    store.add_check_in(CheckIn(datetime(2026, 5, 1, tzinfo=UTC), red_flags=("locked_knee",)))
    assert conditions.page(store, "runners_knee", today=TODAY).stopped


def test_while_a_red_flag_stands_no_page_leads_to_a_plan(store) -> None:
    assert conditions.page(store, "knee_osteoarthritis", today=TODAY).view.plan_title
    store.add_check_in(CheckIn(datetime(2026, 5, 1, tzinfo=UTC), red_flags=("locked_knee",)))
    assert conditions.page(store, "knee_osteoarthritis", today=TODAY).view.plan_title is None


def test_the_page_names_the_hour_where_the_recording_has_it_on_the_clock_of_the_run(store) -> None:
    """The run began at 07:12 where it was, 06:12 in UTC; an older one of the same page does not take its place."""
    for name, day in (("run.fit", 17), ("before.fit", 15)):
        import_file(store, name, track_file(day=day), now=datetime(2026, 11, 17, 9, tzinfo=UTC))
    said_at = datetime(2026, 11, 17, 9, tzinfo=UTC)
    store.add_check_in(CheckIn(said_at, Moment.AFTER, pain_nrs={"achilles": 6}))
    page = conditions.page(store, "achilles", today=said_at.date())
    assert "before Thursday 19 November, 07:12, 48 hours after that session began" in page.headline


def test_who_stayed_beside_a_run_before_the_plan_is_counted_on_the_clock_of_the_run(store) -> None:
    (entry,) = import_file(store, "run.fit", track_file(), now=datetime(2026, 11, 17, 9, tzinfo=UTC))
    store.add_check_in(
        CheckIn(datetime(2026, 11, 17, 9, tzinfo=UTC), activity_id=entry.activity_ids[0], supervised_by="Ada")
    )
    (done,) = with_supervised(store, (), until=date(2026, 11, 18))
    assert f"{done.started_at:%H:%M %z}" == "07:12 +0100" and done.longest_backward_bout_s > 0


def test_ceilings_are_kept_and_taken_back(store) -> None:
    allowed = Ceilings(
        "physiotherapist", TODAY, until=TODAY + timedelta(days=14), walking_only=True, backward_session_s=600
    )
    store.put_athlete(Athlete(mass_kg=70, simulated=True))
    conditions.set_ceilings(store, allowed)
    assert conditions.ceilings(store) == allowed
    assert not store.athlete().simulated, "clearing the demo runner away must not take a clinician's word along"
    assert store.athlete().mass_kg == 70
    conditions.set_ceilings(store, None)
    assert conditions.ceilings(store) is None


def test_doses_name_their_source(store) -> None:
    trial = conditions.page(store, "knee_osteoarthritis", today=TODAY).stages[1]
    assert (trial.session_s, trial.sessions_per_week, trial.weeks) == (600, 3, 6)
    assert not trial.proposed and "Alghadir" in trial.said_by.citation
    assert all(stage.proposed for stage in conditions.page(store, "hip", today=TODAY).stages)


@pytest.mark.parametrize("condition", all_conditions().values(), ids=lambda one: one.key)
def test_every_programme_a_condition_names_is_there_and_serves_it(condition) -> None:
    for key in condition.protocols:
        protocol = all_protocols()[key]
        assert f"rehab:{condition.key}" in protocol.goals
