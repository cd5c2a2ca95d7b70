"""Files of one run put together: a phone's two sensors, one on each foot, a watch beside a shoe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import NamedTuple

from backward_running import formats
from backward_running.core.errors import BadValue
from backward_running.core.supplied_metadata import SuppliedMetadata
from backward_running.flows.reading import with_units
from backward_running.formats.one_run import Part, write


class File(NamedTuple):
    """One file of a run, and where its sensor sat."""

    name: str
    data: bytes
    place: str | None = None  #: one of core.supplied_metadata.PLACES; None as the file says


def put_together(files: Sequence[File], told: SuppliedMetadata) -> tuple[str, bytes, SuppliedMetadata]:
    """Put the files of one run into one, which can be judged and imported as any other.

    Parameters
    ----------
    files : sequence of File
        At least two, of one time; the first names the run.
    told : SuppliedMetadata
        Of all of them; its columns go to each table that has some of them, its rate to each of those.

    Returns
    -------
    (str, bytes, SuppliedMetadata)
        A name, the files in one, each as it was, and what is left to be told of it.

    Raises
    ------
    BadValue
        There is one file alone, a file is an archive of several, or a column is in none of the tables.
    UnreadableFile
        A file is a damaged archive.
    """
    parts = [_part(file, told) for file in files]
    for ours, theirs in (told.columns or {}).items():
        if not any(theirs in part.columns.values() for part in parts):
            raise BadValue("columns", "name columns of one of the files", f"{ours}={theirs}")
    name = " + ".join(PurePosixPath(part.name).name for part in parts)
    return name[:200], write(parts), replace(told, columns=None, units=None, rate_hz=None)


def _part(file: File, told: SuppliedMetadata) -> Part:
    inside = list(formats.unwrap(file.name, file.data))
    if len(inside) != 1:
        raise BadValue("files", "be one recording each", f"{file.name} with {len(inside)} files", "Unpack it first.")
    name, data = inside[0]
    named = formats.columns_of(data) if told.columns else None
    if named is None:
        return Part(PurePosixPath(name).name, data, file.place)
    return Part(PurePosixPath(name).name, data, file.place, _of_table(told, named), told.rate_hz)


def _of_table(told: SuppliedMetadata, named: Sequence[str]) -> Mapping[str, str]:
    """Return those of the told columns that a table has; a minus turns an axis round."""
    there = {name.lower() for name in named}
    mine = {
        ours: theirs
        for ours, theirs in (told.columns or {}).items()
        if theirs.lower() in there or theirs.removeprefix("-").lower() in there
    }
    units = told.units or {}
    return with_units(mine, units)
