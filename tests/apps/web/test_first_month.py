"""Whole first months on the screen, with a clock that moves: nobody repeats what was done, or needs a terminal."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pytest
from tests.apps.browsing import answers, browse

from backward_running.core.direction import Direction
from backward_running.core.recording import Stream
from backward_running.flows import anew, coach
from backward_running.formats.fit_activity import FitActivity, write_activity
from backward_running.store import open_store

SUNDAY = datetime(2026, 11, 22, 18, tzinfo=UTC)
WEEKS = 4
pytestmark = pytest.mark.slow


class Month:
    """One runner, from the Sunday before the plan to the end of its fourth week."""

    def __init__(self, store) -> None:
        self.store, self.now = store, SUNDAY
        self.browser = browse(store, now=lambda: self.now, follow=True)
        self.browser.submit("/plan/start", answers())
        self.planned = self._planned()

    def _planned(self):
        plan = coach.current_plan(self.store, today=self.now.date())
        return {one.workout_id: one for week in plan.weeks[:WEEKS] for one in week.workouts}

    def at(self, on, hour):
        self.now = datetime.combine(on, time(hour), UTC)

    def live(self, do):
        """Do each session as `do` says, answer the question of the morning after, and look at Today every day."""
        for number in range(1, 7 * WEEKS + 1):
            day = SUNDAY.date() + timedelta(days=number)
            self.at(day, 7)
            self._answer_the_morning()
            self.at(day, 19)
            for one in [one for one in self.planned.values() if one.on == day]:
                do(self, one)
                list(anew.derive_anew(self.store))  # what the worker of the app does meanwhile
        self.at(SUNDAY.date() + timedelta(days=7 * WEEKS), 20)

    def _answer_the_morning(self):
        page = self._looked("/")
        if 'name="calf_soreness_nrs"' in page:
            moment = re.search(r'name="moment" value="([^"]+)"', page)[1]
            about = re.search(r'name="activity_id" value="([^"]*)"', page)[1]
            self.browser.submit("/check-in", {"moment": moment, "activity_id": about, "calf_soreness_nrs": "0"})

    def _looked(self, address):
        page = self.browser.get(address).text
        plain = page.replace("\u00a0", " ")
        assert "0.0 kcal" not in plain, "what is not known is not nothing"
        assert "got lighter" not in page, f"told to do less on {self.now:%d %B}"
        return page

    def tap(self, one):
        """Say on Today that the session was done as planned."""
        page = self._looked("/")
        assert f'action="/plan/workout/{one.workout_id}/said"' in page, f"not asked on {self.now:%d %B}"
        self.browser.submit(f"/plan/workout/{one.workout_id}/said", {"minutes": ""})

    def bring(self, one, *, heading=False):
        """Import what a watch, or a sensor, wrote of a session."""
        backward_s = one.duration_s(Direction.BACKWARD)
        time_s = np.arange(0.0, 1200.0 + backward_s)
        columns = {"speed_mps": np.full_like(time_s, 1.4), "distance_m": time_s * 1.4}
        columns["latitude_deg"] = 42.5 + time_s * 1.4 / 111_320
        columns["longitude_deg"] = np.full_like(time_s, 1.5)
        if heading:
            inside = (time_s >= 300.0) & (time_s < 300.0 + backward_s)
            columns["heading_deg"] = np.where(inside, 180.0, 0.0)
        stream = Stream("waist" if heading else "wrist", "earth", time_s, columns, mount_known=heading)
        began = self.now.replace(hour=16)
        data = write_activity(FitActivity(began, stream, utc_offset_s=0, title=f"Run of {one.on}"))
        self.browser.submit("/import", files={"files": (f"{one.on}.fit", data)})

    def told_all_along(self):
        """Nothing that was done is to be done again, and all of it is in the sums."""
        assert {key: one.on for key, one in self._planned().items()} == {
            key: one.on for key, one in self.planned.items()
        }
        after = {key: one.duration_s(Direction.BACKWARD) for key, one in self._planned().items()}
        assert after == {key: one.duration_s(Direction.BACKWARD) for key, one in self.planned.items()}
        assert "/plan/changes" not in self._looked("/")
        week = self._looked("/plan")
        assert "not recorded" not in week


@pytest.fixture
def month(new_home):
    store = open_store(new_home)
    yield Month(store)
    store.close()


def planned_s(month):
    return sum(one.duration_s(Direction.BACKWARD) for one in month.planned.values())


def runs_page(month):
    return month.browser.get("/runs?period=3m").text


def test_no_watch_at_all(month):
    month.live(Month.tap)
    month.told_all_along()
    assert sum(one.backward_s for one in month.store.said_done()) == planned_s(month)
    assert f"{len(month.planned)} written down by hand" in runs_page(month)


def test_a_plain_watch_and_no_painting(month):
    def tap_and_bring(self, one):
        self.tap(one)  # on the way home; the watch is read in later
        self.bring(one)

    month.live(tap_and_bring)
    month.told_all_along()
    assert "as you said" in runs_page(month)


def test_a_plain_watch_and_one_answer_for_all(month):
    month.browser.submit("/said/before", {"before": "no", "plain": "forward"})

    def tap_and_bring(self, one):
        self.tap(one)
        self.bring(one)  # a day with a backward step planned is not taken for a plain run

    month.live(tap_and_bring)
    month.told_all_along()
    assert len([one for one in month.store.statements() if one.holds]) == 2, "one answer says both"
    assert month.store.said_done() and all(one.was_done for one in month.store.said_done())


def test_a_sensor_that_sees_it(month):
    month.live(lambda self, one: self.bring(one, heading=True))
    month.told_all_along()
    assert month.store.said_done() == ()
