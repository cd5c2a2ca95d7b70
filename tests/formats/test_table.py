"""A table of numbers is held once while it is read, whatever ends its lines."""

from __future__ import annotations

import tracemalloc

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from backward_running.formats import _table

CELLS = st.sampled_from(["1", "-2.5", "", "1e3"])
ENDINGS = st.sampled_from(["\n", "\r\n", "\r"])
ROWS = st.lists(st.tuples(st.tuples(CELLS, CELLS, CELLS), ENDINGS), min_size=1, max_size=40)


@given(rows=ROWS, piece=st.sampled_from([1, 7, 50]))
@example(rows=[(("", "", ""), "\r")] * 30 + [(("1", "1", "1"), "\n")], piece=7)
def test_every_row_is_read_whatever_ends_it_and_wherever_it_is_cut(rows, piece):
    text = "a,b,c\n1,2,3\n" + "".join(",".join(cells) + ending for cells, ending in rows)
    before = _table._PIECE
    _table._PIECE = piece
    try:
        table = _table.read_table(text.encode(), what="This table")
    finally:
        _table._PIECE = before
    wanted = [[float(cell) if cell else np.nan for cell in cells] for cells, _ in [(("1", "2", "3"), "\n"), *rows]]
    np.testing.assert_array_equal(table.cells, wanted)


def test_the_numbers_are_held_once():
    data = b"a,b,c,d\n" + b"1.5,2.5,3.5,4.5\n" * 400_000
    tracemalloc.start()
    try:
        table = _table.read_table(data, what="This table")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(table) == 400_000
    assert peak_bytes < 1.6 * table.cells.nbytes  # and a piece as text


def test_a_wide_header_over_nothing_takes_no_more_than_its_bytes_allow():
    data = ",".join(f"c{number}" for number in range(500)).encode() + b"\n" + b"\n" * 1_000_000
    tracemalloc.start()
    try:
        table = _table.read_table(data, what="This table")
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(table) == 0 and peak_bytes < 60_000_000
