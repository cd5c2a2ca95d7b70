"""Tables as CSV (RFC 4180, UTF-8) that a spreadsheet opens without running anything that a file said."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from numbers import Integral
from typing import Any

import numpy as np

#: Spreadsheets take a cell that begins so for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    r"""Write a table as CSV.

    Parameters
    ----------
    header : sequence of str
        Names of the columns.
    rows : iterable of sequences
        Cells: text, numbers, dates, enums; None and NaN become empty cells. A *text* that begins like a formula gets
        a leading apostrophe; numbers never do, so −1.5 stays a number.

    Returns
    -------
    bytes
        UTF-8 without byte order mark, lines ending in CR LF.

    Raises
    ------
    ValueError
        A row has another length than the header.

    References
    ----------
    RFC 4180, Common Format and MIME Type for Comma-Separated Values (CSV) Files.

    Examples
    --------
    >>> write_table(["title", "grade_ratio"], [["=1+1", -0.02], ["Kim, slow", None]])
    b'title,grade_ratio\r\n\'=1+1,-0.02\r\n"Kim, slow",\r\n'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in header])
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row has {len(row)} cells where the header has {len(header)}")
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode("utf-8", errors="replace")


def _cell(value: object) -> str:
    # First the kinds of which a list of ten years has a hundred thousand.
    write = _WRITERS.get(type(value))
    if write is not None:
        return write(value)
    if isinstance(value, Enum):
        return _cell(value.value)
    if isinstance(value, np.bool_):
        return _truth(bool(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Integral):
        return str(int(value))
    number = _as_float(value)
    return _text(str(value)) if number is None else _number(number)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _number(value: float) -> str:
    # repr of a Python float, for numpy's too: shortest digits that read back the same.
    return repr(value) if math.isfinite(value) else ""


def _text(text: str) -> str:
    if "\x00" in text:
        text = text.replace("\x00", "")
    # Spreadsheets look behind leading blanks.
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_STARTS) else text


def _as_float(value: object) -> float | None:
    """Return a float for Python's and numpy's numbers, None for everything else."""
    if isinstance(value, (str, bytes)) or not hasattr(value, "__float__"):
        return None
    return float(value)


_WRITERS: dict[type, Callable[[Any], str]] = {
    type(None): lambda _: "",
    str: _text,
    float: _number,
    bool: _truth,
    int: str,
    datetime: datetime.isoformat,
}
