"""A page that is given again as it was drawn is the page that would be drawn now, whatever happened meanwhile."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import anyio
import pytest
from tests.apps.browsing import NOW, Browser, track_file

from backward_running.apps.web import drawn
from backward_running.apps.web.server import create_app
from backward_running.core.athlete import Athlete, CheckIn
from backward_running.flows import coach, intake, runs, said_done, trash
from backward_running.store import copies, open_store

PAGES = (
    *sorted(drawn.STANDS),
    "/runs?direction=backward",
    "/runs?q=hill",
    "/plan?view=month",
    "/load?span=all",
    "/?kept",
)


class Life:
    """A browser at a store, another process at the same store, and a clock; everything happens by one of them."""

    def __init__(self, full, copy: Path, seed: int = 0) -> None:
        self.home, self.ids, self.chance = full.home, full.ids, random.Random(seed)
        self.now = NOW
        self.app = create_app(full.store, now=lambda: self.now)
        self.browsers = [Browser(self.app, follow_redirects=False) for _ in range(2)]
        self.other = open_store(self.home)
        self.kept = copies.backup(self.home, copy, now=NOW)
        self.files = iter(range(1, 17))

    def anew(self, page: str, browser: Browser, headers: dict[str, str]) -> str:
        """Draw a page in an app that has seen nothing yet, for the same visit."""
        store = open_store(self.home)
        try:
            fresh = Browser(create_app(store, keys=self.app.state.keys, now=lambda: self.now), follow_redirects=False)
            fresh.cookies = browser.cookies
            return fresh.get(page, headers=headers).text
        finally:
            store.close()

    def holds(self, pages=PAGES, headers: dict[str, str] | None = None) -> None:
        """Check that pages are what they would be, asked for the first time and the second."""
        for page in pages:
            for browser in self.browsers:
                wanted = self.anew(page, browser, headers or {})
                for _ in range(2):
                    assert browser.get(page, headers=headers or {}).text == wanted, page

    def look_around(self) -> None:
        for page in self.chance.sample(PAGES, 5):
            self.chance.choice(self.browsers).get(page)

    def check_in(self) -> None:
        sore = str(self.chance.randrange(11))
        self.browsers[0].submit("/check-in", {"moment": "other", "calf_soreness_nrs": sore, "from": "today"})

    def check_in_elsewhere(self) -> None:
        coach.add_check_in(self.other, CheckIn(self.now, calf_soreness_nrs=float(self.chance.randrange(11))))

    def look(self) -> None:
        chosen = {"units": self.chance.choice(["metric", "imperial"]), "theme": self.chance.choice(["light", "dark"])}
        self.browsers[1].submit("/settings/look", chosen)

    def look_elsewhere(self) -> None:
        self.other.put_setting("week_starts", self.chance.choice(["monday", "sunday"]))

    def zone(self) -> None:
        self.other.put_setting(
            "zone", self.chance.choice(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
        )

    def body(self) -> None:
        self.other.put_athlete(Athlete(mass_kg=50.0 + self.chance.randrange(40), resting_heart_rate_bpm=55.0))

    def import_(self) -> None:
        number = next(self.files)
        data = track_file(title=f"Run {number}", length_s=300 + number, backward=(50, 60 + number), day=number)
        intake.import_file(self.other, f"{number}.fit", data, now=self.now)

    def rename(self) -> None:
        self.browsers[0].submit(f"/runs/{self.ids[0]}/title", {"title": f"Hill {self.chance.random()}"})

    def delete_or_restore(self) -> None:
        if thrown := trash.listed(self.other, now=self.now):
            trash.restore(self.other, thrown[0].activity_id)
        else:
            trash.delete(self.other, self.ids[1], now=self.now)

    def say_done(self) -> None:
        if workout := next(iter(coach.current_plan(self.other).workouts()), None):
            said_done.say_not_done(self.other, workout, now=max(self.now, NOW + timedelta(days=9)))

    def wait(self) -> None:
        self.now += self.chance.choice(
            [timedelta(minutes=1), timedelta(hours=3), timedelta(days=1), -timedelta(hours=1)]
        )

    def put_back(self) -> None:
        copies.restore(self.home, self.kept, now=NOW)

    def nothing(self) -> None:
        """So that what is kept is kept for longer, too."""


CHANGES: tuple[Callable[[Life], None], ...] = (
    Life.check_in, Life.check_in_elsewhere, Life.look, Life.look_elsewhere, Life.zone, Life.body, Life.import_, Life.rename,
    Life.delete_or_restore, Life.say_done, Life.wait, Life.put_back, Life.nothing,
)  # fmt: skip


@pytest.fixture
def life(full, tmp_path_factory, request):
    made = Life(full, tmp_path_factory.mktemp("copy") / "kept.db", getattr(request, "param", 0))
    yield made
    made.other.close()


@pytest.mark.slow
@pytest.mark.parametrize("life", range(4), indirect=True)
def test_whatever_happens_a_page_is_what_would_be_drawn_now(life):
    for _ in range(12):
        life.look_around()
        life.chance.choice(CHANGES)(life)
        life.holds(life.chance.sample(PAGES, 6))


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_each_kind_of_change_every_page_is_what_would_be_drawn_now(life, change):
    for page in PAGES:
        life.browsers[0].get(page)
    change(life)
    life.holds()


def test_a_word_of_elsewhere_and_the_turning_of_the_day_are_seen_at_once(life):
    life.browsers[0].get("/")
    life.other.put_setting("theme", "dark")
    assert 'data-theme="dark"' in life.browsers[0].get("/").text
    life.now = NOW.replace(hour=23, minute=59, second=59)
    life.other.put_setting("zone", "UTC")
    assert "Sunday 22 November" in life.browsers[0].get("/").text
    life.now += timedelta(seconds=1)
    assert "Monday 23 November" in life.browsers[0].get("/").text


def test_each_visit_gets_its_own_token_and_a_part_is_no_page(life):
    first, second = life.browsers
    pages = [browser.get("/load").text for browser in (first, second, first)]
    for browser, page in zip((first, second, first), pages, strict=True):
        assert page.count(browser.token()) == page.count('name="csrf_token"') + 1
    assert pages[0] == pages[2] != pages[1]
    part = first.get("/runs", headers={"HX-Request": "true"}).text
    assert "<html" not in part and "<html" in first.get("/runs").text
    assert first.get("/runs", headers={"HX-Request": "true"}).text == part


def test_nothing_is_left_in_the_browser_and_a_refusal_or_a_long_address_is_not_kept(life, monkeypatch):
    kept = []
    monkeypatch.setattr(drawn.Answers, "keep", lambda self, key, answer: kept.append((key, answer)))
    browser = life.browsers[0]
    assert browser.get("/plan?view=month&month=never").status_code == 422
    assert browser.get(f"/runs?q={'x' * 400}").status_code == 200
    assert browser.get("/runs").headers["cache-control"] == "no-store"
    pages = [answer for _, answer in kept if isinstance(answer, bytes)]
    assert len(pages) == 1 and browser.token().encode() not in pages[0]


def test_many_who_ask_at_once_get_what_one_of_them_drew(full, monkeypatch):
    begun, asked, waiting = threading.Event(), [], threading.Semaphore(0)

    class Told(anyio.Event):
        """Says so when somebody begins to wait."""

        def __new__(cls):
            return object.__new__(cls)

        def __init__(self):
            self._event = anyio.Event()

        async def wait(self):
            waiting.release()
            await self._event.wait()

        def set(self):
            self._event.set()

    def slowly(store, query):
        asked.append(query)
        begun.set()
        assert all(waiting.acquire(timeout=60) for _ in range(3)), "nobody waits"
        return found(store, query)

    found = runs.list_runs
    monkeypatch.setattr(runs, "list_runs", slowly)
    monkeypatch.setattr(drawn, "Event", Told)
    browsers = [Browser(full.app, follow_redirects=False) for _ in range(4)]
    with ThreadPoolExecutor(len(browsers)) as pool:
        first = pool.submit(browsers[0].get, "/runs")
        assert begun.wait(60)
        others = [pool.submit(browser.get, "/runs") for browser in browsers[1:]]
        assert {reply.result().status_code for reply in (first, *others)} == {200}
    assert len(asked) == 1


@pytest.mark.parametrize("page", sorted(drawn.STANDS))
def test_a_page_that_is_kept_shows_only_what_the_memory_of_its_runner_says(full, page, monkeypatch):
    """Maps, imports under way, devices, secrets, the program's own settings: nothing tells when one of them changed."""

    def refuse(*_given):
        raise AssertionError("a page that is kept looks elsewhere")

    for name in set(full.app.state._state) - {"store", "household", "now", "templates", "keys", "faults", "demo"}:
        delattr(full.app.state, name)
    for name in ("secret", "program_setting", "original"):
        monkeypatch.setattr(type(full.store), name, refuse)
    assert full.get(page).status_code == 200
