"""Height tiles of the Shuttle Radar Topography Mission: ``N42E001.hgt``, plain or in a ZIP."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import numpy as np

from backward_running.core.errors import UnreadableFile
from backward_running.core.ground import Box, Heights

_NAME = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
#: Samples along a side: of three seconds of arc, and of one.
SIDES = (1201, 3601)
_NO_HEIGHT = -32768
KIND = "a height tile such as N42E001.hgt, plain or zipped"


def read_tile(path: Path, box: Box) -> Heights | None:
    """Read what of a tile lies in a rectangle, a sample more on each side.

    Parameters
    ----------
    path : Path
        The tile; its name says which degree of the earth it covers.
    box : Box
        What is wanted.

    Returns
    -------
    Heights or None
        None where the tile lies elsewhere. Voids are NaN.

    Raises
    ------
    UnreadableFile
        It is no tile.
    """
    named = _NAME.search(path.stem)
    data = _bytes_of(path)
    side = next((side for side in SIDES if len(data) == 2 * side * side), None)
    if named is None or side is None:
        raise UnreadableFile(f"{path.name} is not {KIND}: its name or its length does not fit.")
    south = float(named[2]) * (1 if named[1] in "Nn" else -1)
    west = float(named[4]) * (1 if named[3] in "Ee" else -1)
    step = 1.0 / (side - 1)
    # The rows are counted from the north.
    first_row = max(int(np.floor((south + 1.0 - box.north_deg) / step)) - 1, 0)
    last_row = min(int(np.ceil((south + 1.0 - box.south_deg) / step)) + 1, side - 1)
    first_column = max(int(np.floor((box.west_deg - west) / step)) - 1, 0)
    last_column = min(int(np.ceil((box.east_deg - west) / step)) + 1, side - 1)
    if first_row >= last_row or first_column >= last_column:
        return None
    grid = np.frombuffer(data, dtype=">i2").reshape(side, side)
    part = grid[first_row : last_row + 1, first_column : last_column + 1].astype(np.float64)
    part[part == _NO_HEIGHT] = np.nan
    return Heights(south + 1.0 - first_row * step, west + first_column * step, step, part)


def _bytes_of(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise UnreadableFile(f"{path.name} cannot be read ({problem.strerror}); choose another file.") from problem
    if not data.startswith(b"PK"):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner = next(info for info in archive.infolist() if info.filename.lower().endswith(".hgt"))
            if inner.file_size > 2 * SIDES[-1] ** 2:
                raise UnreadableFile(f"{path.name} is not {KIND}: what is in it is too large.")
            return archive.read(inner)
    except (zipfile.BadZipFile, StopIteration, OSError, EOFError) as problem:
        raise UnreadableFile(f"{path.name} is not {KIND}; download it anew.") from problem
