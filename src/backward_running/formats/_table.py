"""Tables of numbers as text (comma, semicolon or tab; decimal point or comma) to columns, in one go."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from backward_running.core.arrays import IndexArray
from backward_running.core.errors import UnreadableFile
from backward_running.core.recording import FloatArray

_SEPARATORS = ("\t", ";", ",")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$")
#: What a cell may say for "nothing".
_NOTHING = frozenset({"", "nan", "null", "none", "na", "n/a", "-", "inf", "-inf", "infinity"})
_HEADER_SEARCH_LINES = 64
#: The lines above the numbers lie within so many bytes, up to the end of a line.
_HEADER_BYTES = 1 << 16
_MOST_HEADER_ROWS = 3
FARTHEST_NS = 5e15
_PIECE = 1 << 19
_BEYOND = 1e30


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Named columns of numbers; a cell that holds none is NaN."""

    names: tuple[str, ...]
    cells: FloatArray  #: shape (n, columns)
    losses: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.cells)

    def column(self, name: str) -> FloatArray:
        """Return a column by its exact name."""
        return np.ascontiguousarray(self.cells[:, self.names.index(name)])

    def find(self, pattern: str) -> str | None:
        """Return the first name that a pattern matches as a whole, letters of either case; None where none does."""
        return next((name for name in self.names if re.fullmatch(pattern, name, re.I)), None)

    def xyz(self, pattern: str) -> FloatArray | None:
        """Return three columns side by side, shape (n, 3), mapped BY NAME: `pattern` holds ``{axis}``."""
        found = [self.find(pattern.format(axis=axis)) for axis in "xyz"]
        if any(name is None for name in found):
            return None
        return np.column_stack([self.column(name) for name in found if name is not None])


def text_of(data: bytes) -> str | None:
    """Return bytes as text, or None where they are none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:4096]:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old exports write "°" in the code page of the country; a flipped bit must not lose the whole file.
        return data.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def head_of(data: bytes, size: int = 4096) -> str:
    """Return the beginning as text, "" where it is none."""
    return text_of(data[: size - size % 2]) or ""


def separator_of(line: str) -> str:
    r"""Return what parts the cells of a header line.

    >>> separator_of("a;b,c"), separator_of('"Time (s)","x"'), separator_of("a\tb")
    (';', ',', '\t')
    """
    return next((separator for separator in _SEPARATORS if separator in line), ",")


def cells_of(line: str, separator: str) -> list[str]:
    """Split one line; quotes are taken off."""
    if '"' not in line:
        return [cell.strip() for cell in line.split(separator)]
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []


def is_number(cell: str) -> bool:
    """Say whether a cell is a number, with decimal point or comma.

    >>> is_number("9.36E-3"), is_number("1,5"), is_number("x")
    (True, True, False)
    """
    return bool(_NUMBER.match(cell))


def text_rows(data: bytes) -> list[dict[str, str]]:
    """Return a small table of words, such as marks or settings: one mapping per row."""
    text = text_of(data)
    if not text:
        return []
    separator = separator_of(text.split("\n", 1)[0])
    try:
        return [
            {key.strip(): (value or "").strip() for key, value in row.items() if isinstance(key, str)}
            for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restval="")
        ]
    except csv.Error:
        return []


def read_table(data: bytes, *, what: str) -> Table:
    """Read a table of numbers with one to three rows of names above it.

    Parameters
    ----------
    data : bytes
        The text; lines before the header (comments, a date, ``sep=,``) are passed over.
    what : str
        What it is, as the beginning of a refusal: "This phyphox table".

    Returns
    -------
    Table
        Rows that are torn are left out and told. Of several rows of names each column gets "upper/lower".

    Raises
    ------
    UnreadableFile
        There are no names above the numbers, or the bytes are no text.
    """
    data, encoding = _encoded(data, what)
    ending = b"\n" if b"\n" in data else b"\r"
    head_end = data.find(ending, _HEADER_BYTES) + 1 or len(data)
    head = _decoded(data[:head_end], encoding)
    names, separator, start = _header(head, what)
    rest = (_decoded(data[at:end], encoding) for at, end in _pieces(data, ending, head_end))
    pieces = itertools.chain([head[start:]], rest)
    return _read_pieces(pieces, names, separator, most_rows=_most_rows(data, len(names)))


def _encoded(data: bytes, what: str) -> tuple[bytes, str]:
    """Return bytes that can be cut at ends of lines, and how they are read. Raises UnreadableFile."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace").encode("utf-8"), "utf-8"
    if b"\0" in data[:4096]:
        raise UnreadableFile(f"{what} is not text. Export it again.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _PIECE):
            decoder.decode(data[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return data, "latin-1"
    return data, "utf-8"


def _decoded(piece: bytes, encoding: str) -> str:
    text = piece.removeprefix(b"\xef\xbb\xbf").decode(encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _header(text: str, what: str) -> tuple[tuple[str, ...], str, int]:
    """Return the names, the separator and where the numbers begin."""
    position, separator = 0, ","
    rows: list[list[str]] = []
    for _ in range(_HEADER_SEARCH_LINES):
        end = text.find("\n", position)
        line = text[position : end if end >= 0 else len(text)]
        here = separator_of(line) if not rows else separator
        cells = cells_of(line, here)
        if rows and _is_data(cells):
            break
        if len(cells) > 1 and not _is_data(cells) and not line.lower().startswith("sep="):
            if rows and (len(cells) != len(rows[-1]) or here != separator):
                rows = []
            rows, separator = [*rows, cells][-_MOST_HEADER_ROWS:], here
        elif line.strip():
            rows = []
        if end < 0:
            position = len(text)
            break
        position = end + 1
    if not rows:
        raise UnreadableFile(f"{what} has no line that names its columns. Export it again with a header.")
    names = [("/".join(filter(None, parts))) for parts in zip(*rows, strict=True)]
    return tuple(names), separator, position


def _is_data(cells: Sequence[str]) -> bool:
    """A row of data has more numbers than words."""
    numbers = sum(is_number(cell) for cell in cells)
    return 2 * numbers > sum(cell.lower() not in _NOTHING or is_number(cell) for cell in cells)


def read_body(text: str, names: tuple[str, ...], separator: str) -> Table:
    """Read the rows below a header."""
    return _read_pieces([text], names, separator, most_rows=_most_rows(text.encode(), len(names)))


def _read_pieces(texts: Iterable[str], names: tuple[str, ...], separator: str, *, most_rows: int) -> Table:
    """Read rows, some at a time: beside the bytes and the numbers only one piece is held as text."""
    losses: list[str] = []
    cells = np.empty((most_rows, len(names)))  # taken from the machine as it is filled, and never twice
    count = torn = 0
    comma: bool | None = None  # whether a comma is that of a number; the first rows tell
    for piece in texts:
        text = _whole_lines(piece, losses)
        if comma is None and text.strip():
            comma = separator != "," and _has_decimal_comma(text)
        some, torn_here = _cells(text.replace(",", ".") if comma else text, len(names), separator)
        some[~(np.abs(some) < _BEYOND)] = np.nan  # infinity, and what no sensor can mean
        cells[count : count + len(some)] = some
        count, torn = count + len(some), torn + torn_here
    if torn:
        losses.append(f"Left out because their cells do not fit the header: {_rows(torn)}.")
    return Table(names, cells[:count], tuple(losses))


def _most_rows(data: bytes, width: int) -> int:
    """Return how many rows there can be: one for each end of a line, and each has at least its separators."""
    ends = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    return min(ends, len(data) // width) + 1


def _whole_lines(text: str, losses: list[str]) -> str:
    """Leave out a line without an end: only the last piece has one."""
    if not text or text.endswith("\n"):
        return text
    kept, _, last = text.rpartition("\n")
    if last.strip():
        losses.append("The last line has no end and may be cut short; it was left out.")
    return kept + "\n" if kept else ""


def _cells(text: str, width: int, separator: str) -> tuple[FloatArray, int]:
    """Read a piece; return its numbers and how many of its rows were torn."""
    cells = _fast(text, width, separator)
    return (cells, 0) if cells is not None else _slow(text, width, separator)


def _pieces(data: bytes, ending: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Cut at ends of lines: where one cell is no number, only its piece is read the slow way."""
    while start < len(data):
        end = data.find(ending, start + _PIECE) + 1 or len(data)
        yield start, end
        start = end


def _has_decimal_comma(text: str) -> bool:
    """Judge by the first lines; where both signs appear a comma is none of a number."""
    head = text[:4000]
    return "," in head and "." not in head


def _fast(text: str, width: int, separator: str) -> FloatArray | None:
    """Parse rows of numbers and holes only; None where a row is anything else."""
    if not text.strip():
        return np.empty((0, width))
    bare = text.replace('"', "") if '"' in text else text
    if separator * 2 in bare or f"{separator}\n" in bare or f"\n{separator}" in bare or bare.startswith(separator):
        for _ in range(2):  # a run of three separators needs a second look
            bare = bare.replace(separator * 2, f"{separator}nan{separator}")
        bare = bare.replace(f"{separator}\n", f"{separator}nan\n").replace(f"\n{separator}", f"\nnan{separator}")
        bare = f"nan{bare}" if bare.startswith(separator) else bare
    try:
        cells = np.loadtxt(io.StringIO(bare), delimiter=separator, comments=None, ndmin=2)
    except ValueError:
        return None
    return np.asarray(cells, dtype=np.float64) if cells.shape[1] == width else None


def _slow(text: str, width: int, separator: str) -> tuple[FloatArray, int]:
    """Parse row by row: holes and words become NaN; torn rows are left out and counted."""
    rows = [cells_of(line, separator) for line in text.split("\n") if line.strip()]
    # An extra separator at the end of every line is a habit of some exporters.
    sound = [row[:width] for row in rows if len(row) == width or (len(row) == width + 1 and not row[-1])]
    cells = np.full((len(sound), width), np.nan)
    for index, column in enumerate(zip(*sound, strict=True)):
        cells[:, index] = column_of(column)
    return cells, len(rows) - len(sound)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def column_of(texts: Sequence[str]) -> FloatArray:
    """Turn texts into numbers; what is no number becomes NaN.

    >>> column_of(["1.5", "", "walk"]).tolist()
    [1.5, nan, nan]
    """
    try:
        return np.array([text or "nan" for text in texts], dtype=np.float64)
    except ValueError:
        return np.array([_number(text) for text in texts], dtype=np.float64)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def rising(time_s: FloatArray) -> tuple[IndexArray, list[str]]:
    """Return which samples have a time of their own that rises, and what was left out, in words."""
    from backward_running.formats._moments import longest_rise

    losses: list[str] = []
    timed = np.flatnonzero(np.isfinite(time_s))
    if len(timed) < len(time_s):
        losses.append(f"Left out for want of a readable time: {_samples(len(time_s) - len(timed))}.")
    # Two stamps of one moment are how devices of coarse clocks write; the first is kept.
    seen = time_s[timed]
    kept = timed[np.concatenate([[True], seen[1:] != seen[:-1]])] if len(timed) else timed
    nanoseconds = np.rint((time_s[kept] - (np.median(time_s[kept]) if len(kept) else 0.0)) * 1e9)
    sane = np.abs(nanoseconds) < FARTHEST_NS  # a stamp months away is no time of this recording
    kept = kept[sane][longest_rise(nanoseconds[sane].astype(np.int64))]
    if len(kept) < len(timed):
        losses.append(f"Left out because they repeat or go back in time: {_samples(len(timed) - len(kept))}.")
    return kept, losses


def _samples(count: int) -> str:
    return "1 sample" if count == 1 else f"{count:,} samples"
