"""CSV: exact bytes, no formulas, nothing invented for what is missing."""

from __future__ import annotations

import csv
import io
import math
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backward_running.core.direction import Direction
from backward_running.formats.csv_table import write_table


def one(value):
    """The cell that a value becomes, as another program reads it back."""
    rows = list(csv.reader(io.StringIO(write_table(["a", "b"], [[value, "x"]]).decode(), newline="")))
    return rows[1][0]


def test_the_bytes_follow_rfc_4180():
    data = write_table(["time_s", "title"], [[0.5, 'He said "run"'], [None, "a,b"], [1, "two\r\nlines"], [2, "Käse"]])
    assert data == (
        b'time_s,title\r\n0.5,"He said ""run"""\r\n,"a,b"\r\n1,"two\r\nlines"\r\n2,K\xc3\xa4se\r\n'
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=x", "\n=x", "  =1+1", "＝1", "-"])
def test_text_that_looks_like_a_formula_is_guarded(text):
    assert one(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (-1.5, "-1.5"), (-2, "-2"), (np.float64(-0.1), "-0.1"), (np.float32(0.5), "0.5"), (np.int64(-7), "-7"),
        (True, "true"), (np.bool_(False), "false"), (0, "0"), (0.0, "0.0"), (1e-7, "1e-07"),
        (None, ""), (math.nan, ""), (math.inf, ""), (np.float64("nan"), ""),
        (date(2026, 5, 1), "2026-05-01"), (datetime(2026, 5, 1, 6, tzinfo=UTC), "2026-05-01T06:00:00+00:00"),
        (Direction.BACKWARD, "backward"), ("plain", "plain"), ("a=b", "a=b"), ("", ""), ("nul\0byte", "nulbyte"),
    ],
)  # fmt: skip
def test_values_become_cells(value, cell):
    assert one(value) == cell


def test_a_row_of_another_length_is_refused():
    with pytest.raises(ValueError, match="1 cells where the header has 2"):
        write_table(["a", "b"], [["x"]])


@given(
    st.lists(
        st.tuples(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), st.floats()), max_size=8
    )
)
def test_everything_comes_back_and_no_cell_of_text_begins_like_a_formula(rows):
    data = write_table(["text", "number"], rows)
    back = list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]
    assert len(back) == len(rows)
    for (text, number), (cell, digits) in zip(rows, back, strict=True):
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert digits == "" if not math.isfinite(number) else float(digits) == number
