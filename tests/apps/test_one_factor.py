"""One factor, one interval, one word for it: on every screen, in the terminal and in what programs read."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from tests.apps.browsing import answers, browse, parsed
from tests.flows.test_cost import RUNNER, fit, taken_in

import backward_running as br
from backward_running.apps.cli import main
from backward_running.core.direction import Direction
from backward_running.core.session import Paint
from backward_running.flows import cost, paint, profile
from backward_running.flows.intake import import_file
from backward_running.store import open_store

#: A factor as it is printed: "1.29 (1.04–1.60)"; and a ratio as a change: "29 % (4–60) more".
FACTOR = re.compile(r"\b(\d\.\d\d) ?\((\d\.\d\d)–(\d\.\d\d)\)")
NET = re.compile(r"Net, with rest taken out of both directions, backward took (\d+) % \((\d+)–(\d+)\) more")
PACE = "7:30"
ADDRESSES = (
    f"/cost?pace={PACE}&grade=0&mass=70",
    "/cost/you",
    "/evidence",
    "/evidence/article",
    "/plan",
    "/plan/changes",
    "/load",
)


NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def one_run_backward(store, now, number: int) -> str:
    """A run without a heart rate: it teaches no factor, and is priced with the one in use."""
    (entry,) = import_file(store, f"{number}.fit", fit(number, 1.2, heart=False), now=now)
    paint.paint(store, entry.activity_ids[0], Paint(0.0, 700.0, Direction.FORWARD))
    paint.paint(store, entry.activity_ids[0], Paint(700.0, 1200.0, Direction.BACKWARD))
    return entry.activity_ids[0]


def text_of(reply) -> str:
    return " ".join(" ".join(parsed(reply.text).text).replace("\u00a0", " ").split())


def said_by_terminal(home, capfd, *arguments: str) -> str:
    with pytest.raises(SystemExit):
        main(["--home", str(home), *arguments])
    return capfd.readouterr().out.replace("\u00a0", " ")


@pytest.mark.parametrize("learned", [False, True])
def test_one_person_has_one_factor_one_interval_and_one_word(new_home, capfd, learned: bool) -> None:
    store = open_store(new_home)
    profile.put_athlete(store, RUNNER)
    for number in range(4 if learned else 0):
        taken_in(store, NOW, number)
    run = one_run_backward(store, NOW, 9)
    browser = browse(store)
    assert browser.submit("/plan/start", answers()).status_code == 303
    used = cost.your_factor(store).in_use
    word = "measured on you" if learned else "replicated"
    one = tuple(f"{number:.2f}" for number in (used.value, used.low, used.high))

    pages = {address: text_of(browser.get(address)) for address in (*ADDRESSES, f"/runs/{run}")}
    terminal = {
        words: said_by_terminal(new_home, capfd, *words.split())
        for words in (f"cost --pace {PACE}", "cost --you", "plan")
    }
    printed = f"{one[0]} ({one[1]}–{one[2]})"
    assert f"{printed}, {word}" in pages[ADDRESSES[0]]
    assert f"{one[0]} {one[1]}–{one[2]} {word}" in pages["/cost/you"]
    assert f"{printed}, {word}" in terminal[f"cost --pace {PACE}"]
    assert f"{printed}, {word}" in terminal["cost --you"]
    for where, text in (pages | terminal).items():
        assert set(FACTOR.findall(text)) <= {one}, where

    percents = tuple(str(round(100 * (float(end) - 1))) for end in (used.value, used.low, used.high))
    assert NET.findall(pages[f"/runs/{run}"]) == [percents]

    for arguments, part in ((("cost", "--pace", PACE, "--json"), "factor"), (("cost", "--you", "--json"), "")):
        told = json.loads(said_by_terminal(new_home, capfd, *arguments))
        told = told[part] if part else told["posterior" if learned else "prior"]
        assert (told["value"], told["low"], told["high"]) == pytest.approx((used.value, used.low, used.high))
        assert told["standing"] == ("measured" if learned else "replicated")
    store.close()


def test_the_door_for_programs_and_the_evidence_say_the_factor_of_who_recorded_nothing(new_home) -> None:
    store = open_store(new_home)
    used = cost.your_factor(store).in_use
    store.close()
    (row,) = br.evidence("backward_net_factor_ratio")
    assert (row["value"], row["low"], row["high"]) == (used.value, used.low, used.high)
    assert row["standing"] == used.standing.value
    run = br.cost(2.5)
    net = (run["oxygen_uptake_ml_per_kg_min"][0] - 3.5) / (2.209 + 3.163 * 9.0 - 3.5)
    assert net == pytest.approx(used.value)
