"""What is asked twice while somebody only looks is answered once; a change is seen at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime, timedelta, timezone
from threading import Barrier

import pytest

from backward_running.core.glance import Answers, at_a_glance, look_again, once, once_a_minute


class Asked:
    """Counts how often it is asked."""

    def __init__(self, seen_as=None):
        self.times = 0
        if seen_as is not None:
            self.seen_as = seen_as

    @once
    def answer(self, of="all", *, most=None):
        self.times += 1
        return [of, most]


def test_outside_a_glance_every_question_is_asked():
    asked = Asked()
    assert asked.answer() == asked.answer() == ["all", None] and asked.times == 2


def test_within_one_a_question_is_asked_once_and_another_one_too():
    asked = Asked()
    with at_a_glance():
        assert [asked.answer(), asked.answer(), asked.answer("plan"), asked.answer("plan", most=3)] == [
            ["all", None], ["all", None], ["plan", None], ["plan", 3],
        ]  # fmt: skip
    assert asked.times == 3
    asked.answer()
    assert asked.times == 4


def test_who_changes_a_list_changes_it_for_nobody_else():
    asked = Asked()
    with at_a_glance():
        asked.answer().clear()
        assert asked.answer() == ["all", None]


def test_after_a_change_it_is_asked_again():
    asked = Asked()
    with at_a_glance():
        asked.answer()
        look_again()
        asked.answer()
    assert asked.times == 2


def test_two_owners_are_never_mixed_up_and_two_views_of_one_are_one():
    mine, yours, mine_too = Asked("mine"), Asked("yours"), Asked("mine")
    with at_a_glance():
        for asked in (mine, yours, mine_too):
            asked.answer()
    assert [asked.times for asked in (mine, yours, mine_too)] == [1, 1, 0]


def test_a_fault_is_not_remembered():
    class Breaks:
        times = 0

        @once
        def answer(self):
            self.times += 1
            raise ValueError

    breaks = Breaks()
    with at_a_glance():
        for _ in range(2):
            with pytest.raises(ValueError):
                breaks.answer()
    assert breaks.times == 2


def test_a_glance_follows_its_request_into_a_thread_and_into_no_other():
    asked = Asked()
    with ThreadPoolExecutor(1) as threads, at_a_glance():
        asked.answer()
        threads.submit(copy_context().run, asked.answer).result()
        assert asked.times == 1
        threads.submit(asked.answer).result()
        assert asked.times == 2


class Lasting(Asked):
    """Keeps its answers until something changes."""

    def __init__(self):
        super().__init__("mine")
        self.answers, self.looked = Answers(), 0

    def answers_now(self):
        self.looked += 1
        return self.answers


def test_what_was_answered_holds_for_the_next_look_until_something_changes():
    asked = Lasting()
    for _ in range(3):
        with at_a_glance():
            assert asked.answer() == asked.answer() == ["all", None]
    assert (asked.times, asked.looked) == (1, 3), "each look asks once whether something changed"
    asked.answers = Answers()
    with at_a_glance():
        asked.answer()
    assert asked.times == 2


def test_within_a_transaction_nothing_is_kept():
    asked = Lasting()
    asked.answers = None
    for _ in range(2):
        with at_a_glance():
            asked.answer()
    assert asked.times == 2


def test_who_asks_what_another_is_just_working_out_waits_for_their_answer():
    asked, together = Lasting(), Barrier(4)

    def look():
        with at_a_glance():
            together.wait()
            return asked.answer()

    with ThreadPoolExecutor(4) as threads:
        found = [one.result() for one in [threads.submit(look) for _ in range(4)]]
    assert found == [["all", None]] * 4 and asked.times == 1


def test_answers_have_room_for_so_many_and_the_longest_unasked_go():
    answers = Answers(most_answers=3, most_things=10)
    for name in "abc":
        answers.keep(name, name)
    assert answers.get("a") == "a"
    answers.keep("d", "d")
    assert [answers.get(name) for name in "acd"] == ["a", "c", "d"] and answers.get("b") not in ("b",)
    answers.keep("long", list(range(10)))  # more than all of it may be
    assert answers.get("a") == "a"
    answers.keep("list", list(range(8)))
    assert len(answers.get("list")) == 8 and answers.get("c") not in ("c",)


def test_pages_have_bounds_of_their_own_and_the_oldest_go():
    answers = Answers()
    for number in range(100):
        answers.pages.keep(number, b"x" * 1_000_000)
    assert [number for number in range(100) if answers.pages.get(number)] == list(range(93, 100))
    for number in range(100):
        answers.pages.keep(("small", number), b"x")
    assert sum(answers.pages.get(("small", number)) is not None for number in range(100)) == 64
    answers.keep("all", [1, 2])
    assert answers.get("all") == [1, 2] and answers.pages.get("all") is None


@pytest.mark.parametrize(
    "later, times",
    [
        (timedelta(seconds=29.9), 1),  # the same minute
        (timedelta(seconds=30), 2),
        (timedelta(minutes=-1), 2),
        (timedelta(days=1), 2),
    ],
)
def test_what_is_asked_of_a_moment_holds_for_its_minute(later, times):
    asked_at = []

    class Clocked:
        @once_a_minute
        def answer(self, *, now):
            asked_at.append(now)

    clocked, now = Clocked(), datetime(2026, 5, 4, 12, 0, 30, tzinfo=UTC)
    with at_a_glance():
        clocked.answer(now=now)
        clocked.answer(now=now + later)
    assert len(asked_at) == times and asked_at[0] == now, "what is worked out knows the very moment"


def test_one_moment_on_two_clocks_is_two_questions():
    """It is another day there, perhaps."""
    asked = []

    class Clocked:
        @once_a_minute
        def answer(self, now):
            asked.append(now.date())

    now, clocked = datetime(2026, 5, 4, 23, tzinfo=UTC), Clocked()
    with at_a_glance():
        clocked.answer(now)
        clocked.answer(now.astimezone(timezone(timedelta(hours=2))))
    assert len(set(asked)) == 2
