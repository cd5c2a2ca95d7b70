"""A table of columns, as a program or a notebook wants it: NumPy arrays, and pandas or Arrow where installed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from backward_running.core.counting import counted
from backward_running.core.errors import BadValue
from backward_running.core.names import UNIT_ENDINGS

T = TypeVar("T", bound="Table")
Column = npt.NDArray[Any]

ROWS_SHOWN = 20


class Table:
    """Columns of equal length, read-only. Numbers are float arrays in which NaN is *not known*; words are objects.

    >>> table = Table(speed_mps=[2.0, None], direction=["forward", "unknown"])
    >>> table["speed_mps"]
    array([ 2., nan])
    >>> len(table), table.columns
    (2, ('speed_mps', 'direction'))
    >>> list(table)
    [{'speed_mps': 2.0, 'direction': 'forward'}, {'speed_mps': None, 'direction': 'unknown'}]
    """

    def __init__(self, **columns: Sequence[Any] | Column) -> None:
        self._columns = {name: _array(name, values) for name, values in columns.items()}
        if len({len(values) for values in self._columns.values()}) > 1:
            raise BadValue("columns", "be of one length", {name: len(values) for name, values in self._columns.items()})

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns; the unit is the last word of a name."""
        return tuple(self._columns)

    def __getitem__(self, name: str) -> Column:
        if name not in self._columns:
            raise BadValue("column", f"be one of {', '.join(self._columns)}", name)
        return self._columns[name]

    def __len__(self) -> int:
        return len(next(iter(self._columns.values()))) if self._columns else 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield a row at a time; what is not known is None."""
        for row in zip(*self._columns.values(), strict=True):
            yield {name: _plain(value) for name, value in zip(self._columns, row, strict=True)}

    def to_dict(self) -> dict[str, Column]:
        """Return the arrays by name: what most programs for tables take."""
        return dict(self._columns)

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame.

        Raises
        ------
        ImportError
            pandas is not installed; the message says how to install it.
        """
        try:
            import pandas as pd  # type: ignore[import-untyped]
        except ImportError as problem:
            raise ImportError(_needs("pandas")) from problem
        return pd.DataFrame(self.to_dict())

    def to_arrow(self) -> Any:
        """Return a pyarrow Table; what is not known is null.

        Raises
        ------
        ImportError
            pyarrow is not installed; the message says how to install it.
        """
        try:
            import pyarrow as pa  # type: ignore[import-untyped]
        except ImportError as problem:
            raise ImportError(_needs("pyarrow")) from problem
        return pa.table({name: pa.array(values, from_pandas=True) for name, values in self._columns.items()})

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {counted(len(self), 'row')} of {', '.join(self._columns)}>"

    def _repr_html_(self) -> str:
        """Show the first rows in a notebook."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self._columns)
        rows = [row for _, row in zip(range(ROWS_SHOWN), self, strict=False)]
        body = "".join(f"<tr>{''.join(f'<td>{_shown(value)}</td>' for value in row.values())}</tr>" for row in rows)
        more = f"<p>{len(self) - ROWS_SHOWN} more rows</p>" if len(self) > ROWS_SHOWN else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _array(name: str, values: Sequence[Any] | Column) -> Column:
    """Make an array: of floats where the name carries a unit or all that is known are numbers, else of objects."""
    if isinstance(values, np.ndarray):
        array = np.array(values)
    elif name.endswith(UNIT_ENDINGS) or (any(value is not None for value in values) and all(map(_is_number, values))):
        whole = not name.endswith(UNIT_ENDINGS) and all(map(_is_whole, values))
        array = np.array([np.nan if value is None else value for value in values], dtype=np.int64 if whole else float)
    else:
        array = np.array([*values, None], dtype=object)[:-1]
    array.setflags(write=False)
    return array


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return value is None or isinstance(value, float) or _is_whole(value)


def _plain(value: Any) -> Any:
    value = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(value, float) and np.isnan(value) else value


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    return escape(value.isoformat() if isinstance(value, (date, datetime)) else str(value))


def _needs(package: str) -> str:
    return f"This needs {package}; install it with: pip install 'backward-running[tables]'"


def of_rows(kind: type[T], rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> T:
    """Make a table of rows; columns are named because there may be no row."""
    return kind(**{name: [row[name] for row in rows] for name in columns})
