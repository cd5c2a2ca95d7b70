"""Rows that follow from sessions hold what the sessions say, whatever was done, in whatever order."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from backward_running.core.direction import Direction, Gait
from backward_running.core.errors import BadValue
from backward_running.core.load import LoadRow, Loads, PartLoad
from backward_running.core.load_month import month_of, months_of
from backward_running.core.session import BEST_LENGTHS_M, BEST_WAYS, BestEffort
from backward_running.store.schema import load_month

WHENS = (
    datetime(2026, 1, 31, 23, 30, tzinfo=UTC),
    datetime(2026, 2, 1, 0, 30, tzinfo=UTC),
    datetime(2024, 2, 29, 12, tzinfo=UTC),
)


def plainly(months):
    return [
        (month.first, month.simulated, month.sessions, month.uncounted, month.first_on, month.cells.tolist())
        for month in months
    ]


def from_rows(store):
    """Sum the months of all rows, as if none were kept."""
    each = (
        month
        for simulated in (False, True)
        for month in months_of([row for row in store.load_rows() if row.simulated is simulated], simulated=simulated)
    )
    return plainly(sorted(each, key=lambda month: (month.first, month.simulated)))


def on_foot(months):
    return [month for month in months if month.sessions]


def _loads(minutes: float) -> Loads:
    return Loads(PartLoad(60 * minutes, minutes * 4, None, 60 * minutes), PartLoad(30.0, None, 2.0, 0.0), None, None)


def _put(store, samples, number: int, began: datetime, offset_s: int, minutes: float | None, *, ride: bool):
    """Keep a run of so many minutes; None: its load was never counted."""
    file = samples.file(b"%d" % number, n=5, title=str(number))
    ((recording, session, row),) = file.activities
    loads = None if minutes is None else _loads(minutes)
    bests = () if minutes is None else _bests(minutes)
    row = replace(row, started_at=began, utc_offset_s=offset_s, on_foot=not ride)
    file = replace(file, activities=[(recording, replace(session, loads=loads, bests=bests), row)])
    file.into(store)
    return row.activity_id


def _bests(minutes: float) -> tuple[BestEffort, ...]:
    return (
        BestEffort(Direction.BACKWARD, None, Gait.RUN, 60.0 * minutes, None, None, None),
        BestEffort(Direction.BACKWARD, 400.0, Gait.RUN, 200.0, 400.0, minutes / 10, 1.0),
        BestEffort(Direction.FORWARD, 1000.0, None, 200.0, 1000.0, 3.0, None),
    )


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("put", "move", "ride", "delete", "trash", "restore", "again")),
        st.integers(0, 5),
        st.sampled_from(WHENS),
        st.sampled_from((0, 3600, -36000)),
        st.one_of(st.none(), st.floats(1.0, 60.0, width=16)),
    ),
    max_size=12,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(acts=ACTS)
def test_months_and_bests_are_those_of_the_rows_whatever_was_done(store, samples, acts):
    for row in store.activities():  # of the example before
        store.delete_activity(row.activity_id)
    store.empty_trash()
    for act, number, began, offset_s, minutes in acts:
        _do(store, samples, act, number, began, offset_s, minutes)
        assert store._kept_months() is not None, "an activity is in no month"
        assert plainly(on_foot(store.load_months())) == from_rows(store)
        assert found_bests(store) == best_of_all(store)


def _do(store, samples, act, number, began, offset_s, minutes):
    ids = [row.activity_id for row in store.activities()]
    if act == "put":
        _put(store, samples, number, began, offset_s, minutes, ride=number == 5)
    elif act == "restore":
        for gone in store.trash()[:1]:
            with suppress(BadValue):  # it came in again meanwhile
                store.restore_activity(gone.activity_id)
    elif ids:
        name = ids[number % len(ids)]
        row, session = store.row(name), store.session(name)
        if act == "delete":
            store.delete_activity(name)
        elif act == "trash":
            store.trash_activity(name, began)
        elif act == "ride":
            store.put_session(replace(session, bests=()), replace(row, on_foot=False))
        elif act == "again":
            told = None if minutes is None else _loads(minutes)
            bests = () if minutes is None or not row.on_foot else _bests(minutes)
            store.put_session(replace(session, loads=told, bests=bests), row)
        else:
            store.put_session(session, replace(row, started_at=began, utc_offset_s=offset_s))


def found_bests(store):
    return {
        (run.effort.direction, run.effort.length_m): (run.effort, run.activity_id)
        for run in store.bests(simulated=False)
    }


def best_of_all(store):
    """Look through every session for the best of each kind; of two alike the earlier one stands."""
    rows = sorted(store.activities(), key=lambda row: (row.started_at, row.activity_id))
    each = [(effort, row.activity_id) for row in rows for effort in store.session(row.activity_id).bests or ()]
    kinds = [(direction, length_m) for direction in BEST_WAYS for length_m in (None, *BEST_LENGTHS_M)]
    found = {}
    for kind in kinds:
        own = [found_in for found_in in each if (found_in[0].direction, found_in[0].length_m) == kind]
        if own:
            found[kind] = max(own, key=lambda found_in: found_in[0].worth)
    return found


@pytest.mark.parametrize("lost", ["one month", "the recipe", "all"])
def test_months_that_do_not_hold_every_activity_are_not_believed_and_are_summed_anew(store, samples, lost):
    for number, began in enumerate(WHENS):
        _put(store, samples, number, began, 0, 10.0 + number, ride=False)
    whole = plainly(store.load_months())
    mine = store._mine(load_month)
    with store._changing() as connection:
        if lost == "the recipe":
            connection.execute(update(load_month).where(mine).values(recipe="0"))
        else:
            first = (load_month.c.month == WHENS[1].date().replace(day=1),) if lost == "one month" else ()
            connection.execute(delete(load_month).where(mine, *first))
    assert store._kept_months() is None
    assert plainly(store.load_months()) == whole
    assert (store.sum_load_months(), store.sum_load_months()) == (True, False)
    assert plainly(store._kept_months()) == whole


def test_a_month_sums_each_day_in_the_order_of_its_sessions():
    first = WHENS[2].date().replace(day=1)
    rows = [
        LoadRow(
            str(hour),
            WHENS[2] + timedelta(hours=hour),
            0,
            "Run",
            False,
            1.0,
            2.0,
            3.0,
            None,
            None,
            None,
            _loads(0.1 * hour),
        )
        for hour in (1, 2, 3)
    ]
    month = month_of(first, rows, simulated=False, activities=3)
    assert month.cells.shape == (4, 29, 11)
    felt = 0.0
    for hour in (1, 2, 3):
        felt += 0.1 * hour * 4
    assert month.cells[0, 28, 2] == felt and np.count_nonzero(month.cells[:, :28]) == 0
    assert month.cells[1, 28].tolist() == [90.0, 3.0, 0.0, 0.0, 1.5, 6.0, 1.5, 0.0, 1.5, 1.5, 0.0]
