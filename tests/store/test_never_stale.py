"""Whatever is changed, in whatever order, and whenever the program ends: what is shown follows from what is stored.

A machine makes random changes through the doors of the program, ends it between any two statements, opens the store
again, and works from two connections. What was acknowledged is written down as a list of facts. At the end the work
that is due is finished, and every number is compared with those of a new store that was told the same facts in order,
by somebody whom nothing ever interrupted.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.store.faults import Killed, killed_at
from tests.store.throw_away import database_on

from backward_running.core.athlete import Athlete, CheckIn
from backward_running.core.direction import Direction
from backward_running.core.errors import BackwardRunningError
from backward_running.core.ports import ActivityQuery, Store
from backward_running.core.recording import Stream
from backward_running.core.session import Paint
from backward_running.flows import activity, anew, coach, intake, judging, load, paint, profile, trash
from backward_running.formats.fit_activity import FitActivity, write_activity
from backward_running.store import open_store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FORWARD, BACKWARD = Direction.FORWARD, Direction.BACKWARD
#: Long enough that a run teaches what backward running costs: five minutes forward, one backward, and settling.
TURN_S, LENGTH_S = 430, 620
RUNS = 6

ATHLETES = (
    Athlete(),
    Athlete(resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=190.0, mass_kg=70.0),
    Athlete(resting_heart_rate_bpm=50.0, maximal_heart_rate_bpm=185.0, backward_experience_min=300.0),
    Athlete(resting_heart_rate_bpm=60.0, maximal_heart_rate_bpm=190.0, beta_blocker=True),
)


@cache
def fit(number: int) -> bytes:
    """A run with a stretch that may be backward, its heart dearer there, each run by another factor."""
    chance = np.random.default_rng(number)
    backward = np.arange(LENGTH_S) >= TURN_S
    speed = np.where(backward, 2.2, 2.9 + 0.05 * chance.normal(size=LENGTH_S))
    demand = (2.209 + 3.163 * 3.6 * speed - 3.5) * np.where(backward, 1.1 + 0.05 * number, 1.0)
    columns = {
        "speed_mps": speed,
        "distance_m": np.cumsum(speed),
        "cadence_spm": np.full(LENGTH_S, 166.0 + number),
        "heart_rate_bpm": np.round(60.0 + 3.0 * demand),
    }
    begun = datetime(2026, 5, 1 + number, 7, tzinfo=UTC)
    stream = Stream("wrist", "earth", np.arange(float(LENGTH_S)), columns)
    return write_activity(FitActivity(begun, stream, utc_offset_s=0, sport="running", title=f"Run {number}"))


# Facts, as they are told through the doors of the program


@dataclass(frozen=True)
class Fact:
    """One change: what it is called, and of what."""

    name: str
    number: int = 0


def tell(store: Store, fact: Fact) -> None:
    """Make a change. What it speaks of may not be there: then nothing happens, in every store alike."""
    DOORS[fact.name](store, fact.number)


def _ids(store: Store, number: int) -> tuple[str, ...]:
    return tuple(row.activity_id for row in store.activities(ActivityQuery(text=f"run {number}")))


def _of_run(act: Callable[[Store, str], Any]) -> Callable[[Store, int], None]:
    def door(store: Store, number: int) -> None:
        for activity_id in _ids(store, number):
            act(store, activity_id)

    return door


def _import(store: Store, number: int) -> None:
    intake.import_file(store, f"{number}.fit", fit(number), now=NOW)


def _label_all(store: Store, activity_id: str) -> None:
    paint.paint(store, activity_id, Paint(float(TURN_S), float(LENGTH_S), BACKWARD))


def _say_exertion(store: Store, activity_id: str) -> None:
    made_at = NOW + timedelta(minutes=len(store.check_ins_of(activity_id)))  # whatever is told of other runs meanwhile
    coach.add_check_in(
        store, CheckIn(made_at, activity_id=activity_id, perceived_exertion_cr10=made_at.minute % 9 + 1.0)
    )


DOORS: dict[str, Callable[[Store, int], None]] = {
    "import": _import,
    "label backward": _of_run(_label_all),
    "label forward": _of_run(lambda store, one: paint.paint(store, one, Paint(0.0, float(TURN_S), FORWARD))),
    "unlabel": _of_run(paint.undo),
    "exertion": _of_run(_say_exertion),
    "rename": _of_run(lambda store, one: activity.rename(store, one, f"{store.row(one).title}!")),
    "delete": _of_run(lambda store, one: trash.delete(store, one, now=NOW)),
    "profile": lambda store, number: void(profile.put_athlete(store, ATHLETES[number % len(ATHLETES)])),
    "forget habits": lambda store, _: void(judging.forget_all(store)),
}


def void(_: object) -> None:
    """Drop an answer."""


# What is compared


def finish(store: Store) -> None:
    """Do what is due."""
    for one in anew.derive_anew(store):
        assert one.problem is None, one.problem
    assert anew.due(store).activities == 0
    assert list(anew.mismatches(store)) == []


def numbers(store: Store) -> dict[str, object]:
    """Return every number that pages show, and what was learned."""
    rows = store.activities()
    return {
        "rows": rows,
        "sessions": [store.session(row.activity_id) for row in rows],
        "pages": [activity.activity_page(store, row.activity_id).energy for row in rows],
        "loads": store.load_rows(),
        "load page": load.load_page(store, now=NOW).forward,
        "hearts": store.hearts(NOW - timedelta(days=999)),
        "habits": store.habits(),
        "athlete": store.athlete(),
        "labels": [[replace(one, painted_at=None) for one in store.paints(row.activity_id)] for row in rows],
        "check-ins": store.check_ins(),
    }


def told_in_order(facts: list[Fact]) -> dict[str, object]:
    """Return the numbers of a store that was told facts in order, each of which was finished before the next."""
    folder = Path(tempfile.mkdtemp(prefix="in-order-"))
    try:
        store = open_store(folder)
        for fact in facts:
            tell(store, fact)
            finish(store)
        found = numbers(store)
        store.close()
        return found
    finally:
        shutil.rmtree(folder)


class Machine(RuleBasedStateMachine):
    """A store, a second connection to it, and the facts that were acknowledged."""

    address: Callable[[], tuple[str, Callable[[], None]]]

    @initialize()
    def open_it(self) -> None:
        """Begin with a new store."""
        self.at, self.clean = type(self).address()
        self.stores = [open_store(self.at), open_store(self.at)]
        self.facts: list[Fact] = []

    def _tell(self, fact: Fact, which: int) -> None:
        with suppress(BackwardRunningError):
            tell(self.stores[which], fact)
        self.facts.append(fact)

    @rule(number=st.integers(0, RUNS - 1), which=st.integers(0, 1))
    def take_in(self, number: int, which: int) -> None:
        """Import a run; those that are there are the same."""
        self._tell(Fact("import", number), which)

    @rule(
        name=st.sampled_from(sorted(set(DOORS) - {"import"})), number=st.integers(0, RUNS - 1), which=st.integers(0, 1)
    )
    def change(self, name: str, number: int, which: int) -> None:
        """Change something."""
        self._tell(Fact(name, number), which)

    @rule(
        name=st.sampled_from(sorted(DOORS)),
        number=st.integers(0, RUNS - 1),
        at=st.integers(0, 24),
        which=st.integers(0, 1),
    )
    def change_and_die(self, name: str, number: int, at: int, which: int) -> None:
        """Change something, end before a statement, and open again: it was kept whole, or not at all."""
        fact, store = Fact(name, number), self.stores[which]
        before = self._content()
        try:
            with killed_at(store, at):
                tell(store, fact)
        except Killed:
            store.close()
            self.stores[which] = open_store(self.at)
            if self._content() == before:
                return
        self.facts.append(fact)

    @rule(steps=st.integers(0, 3), at=st.none() | st.integers(0, 40))
    def work_a_little(self, steps: int, at: int | None) -> None:
        """Do some of what is due, and perhaps end in the middle of it."""
        work = anew.derive_anew(self.stores[0])
        try:
            with killed_at(self.stores[0], at):
                for _ in range(steps):
                    next(work, None)
        except Killed:
            self.stores[0].close()
            self.stores[0] = open_store(self.at)
        work.close()

    @precondition(lambda self: len(self.facts) % 3 == 0)
    @invariant()
    def nothing_is_stale_unnoticed(self) -> None:
        """Whatever does not match by value is due by its mark: the banner counts it."""
        store = self.stores[1]
        found = {one.activity_id for one in anew.mismatches(store)}
        assert found <= anew.due_of(store, [row.activity_id for row in store.activities()])

    def _content(self) -> object:
        """Return what was told, without what follows from it."""
        store = self.stores[0] if self.stores[0] is not None else self.stores[1]
        rows = store.activities()
        labels = [store.paints(row.activity_id) for row in rows]
        forgotten = [store.is_forgotten(row.activity_id) for row in rows]
        return [(row.activity_id, row.title) for row in rows], labels, forgotten, store.athlete(), store.check_ins()

    def teardown(self) -> None:
        """Open once more, finish, and compare."""
        if not hasattr(self, "stores"):
            return
        try:
            for store in self.stores:
                store.close()
            store = open_store(self.at)
            finish(store)
            found = numbers(store)
            store.close()
            expected = told_in_order(self.facts)
            for name, wanted in expected.items():
                assert found[name] == wanted, f"{name}, after {self.facts}"
        finally:
            self.clean()


def _file() -> tuple[str, Callable[[], None]]:
    folder = tempfile.mkdtemp(prefix="never-stale-")
    return folder, lambda: shutil.rmtree(folder)


def run(machine: type[Machine], *, examples: int, steps: int) -> None:
    run_state_machine_as_test(machine, settings=settings(max_examples=examples, stateful_step_count=steps))


class OnFile(Machine):
    address = staticmethod(_file)


def test_a_few_changes_and_deaths():
    run(OnFile, examples=4, steps=8)


@pytest.mark.slow
def test_many_changes_and_deaths():
    run(OnFile, examples=40, steps=25)


@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
def test_changes_and_deaths_on_a_server(postgres_server):
    def database() -> tuple[str, Callable[[], None]]:
        held = ExitStack()
        return held.enter_context(database_on(postgres_server)), held.close

    run(type("OnServer", (Machine,), {"address": staticmethod(database)}), examples=6, steps=12)


# Two at once


@pytest.fixture
def two(address):
    """Two connections to one store with two runs of which one is labelled."""
    stores = [open_store(address), open_store(address)]
    for fact in BEFORE:
        tell(stores[0], fact)
    yield stores
    for store in stores:
        store.close()


BEFORE = [Fact("profile", 1), Fact("import", 0), Fact("import", 1), Fact("label backward", 0)]
WORKED_OUT = (
    Fact("label forward", 0),
    Fact("label backward", 1),
    Fact("unlabel", 0),
    Fact("exertion", 1),
    Fact("import", 2),
)
MEANWHILE = (
    *(Fact("label backward", 1), Fact("unlabel", 0), Fact("exertion", 0), Fact("import", 3), Fact("rename", 0)),
    *(Fact("delete", 0), Fact("profile", 2), Fact("forget habits")),
)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(one, other, marks=[] if one.name == "label forward" else [pytest.mark.slow], id=f"{one}, {other}")
        for one in WORKED_OUT
        for other in MEANWHILE
    ],
)
def test_what_changed_while_something_was_worked_out_is_not_lost(two, monkeypatch, first, second):
    slow, quick = two
    keeping, waiting = slow.transaction, [second]

    def transaction():
        if waiting:  # worked out, and not yet kept: just now the other one changes something
            tell(quick, waiting.pop())
        return keeping()

    monkeypatch.setattr(slow, "transaction", transaction)
    with suppress(BackwardRunningError):
        tell(slow, first)
    assert waiting == []
    monkeypatch.undo()
    finish(quick)
    found, expected = numbers(quick), told_in_order([*BEFORE, second, first])
    for name, wanted in expected.items():
        assert found[name] == wanted, name


def test_many_label_at_once_and_every_label_shows(two):
    for number in range(2, RUNS):
        tell(two[0], Fact("import", number))
    ids = [one for number in range(RUNS) for one in _ids(two[0], number)]
    together = threading.Barrier(len(ids))

    def label(store: Store, activity_id: str) -> None:
        together.wait()
        paint.paint(store, activity_id, Paint(100.0, 160.0, BACKWARD))

    threads = [threading.Thread(target=label, args=(two[at % 2], one)) for at, one in enumerate(ids)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    finish(two[0])
    for activity_id in ids:
        assert any(
            (one.bout.start_s, one.bout.end_s, one.bout.direction) == (100.0, 160.0, BACKWARD)
            for one in two[0].session(activity_id).bouts
        )
    assert {one.activity_id for one in two[0].habits().traits} == set(ids)


# At every statement


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A store with two runs, of which one is labelled; copied for every death."""
    home = tmp_path_factory.mktemp("prepared")
    store = open_store(home)
    for fact in BEFORE:
        tell(store, fact)
    store.close()
    return home


def _after(home: Path) -> dict[str, object]:
    """Open again, finish, and return the numbers."""
    store = open_store(home)
    finish(store)
    found = numbers(store)
    store.close()
    return found


#: Before what a death can matter: what only reads leaves nothing behind.
CHANGES = ("INSERT", "UPDATE", "DELETE", "COMMIT")
EVERY_DOOR = (
    *(Fact("import", 2), Fact("unlabel", 0), Fact("exertion", 1), Fact("delete", 0)),
    *(Fact("profile", 2), Fact("forget habits")),
)


@pytest.mark.parametrize(
    "fact", [Fact("label backward", 1), *(pytest.param(one, marks=pytest.mark.slow, id=one.name) for one in EVERY_DOOR)]
)
def test_a_death_before_any_statement_keeps_all_of_a_change_or_nothing(prepared, tmp_path, fact):
    def copy(name: str) -> Path:
        return shutil.copytree(prepared, tmp_path / name)

    before, lived = _after(copy("before")), copy("lived")
    store = open_store(lived)
    with killed_at(store, None) as sent:
        tell(store, fact)
    store.close()
    after = _after(lived)
    assert after != before
    for at in (at for at, words in enumerate(sent) if words.startswith(CHANGES)):
        home = copy(f"died {at}")
        store = open_store(home)
        with pytest.raises(Killed), killed_at(store, at):
            tell(store, fact)
        store.close()
        assert _after(home) in (before, after), f"a death before {sent[at]}"
