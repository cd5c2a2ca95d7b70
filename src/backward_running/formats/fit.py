"""FIT, the file that most sports watches write: read as columns, in one pass.

The decoder is this project's own: it finds the messages (``_fit/decoder.py``), reads all records at once as columns
(``_fit/records.py``) and builds one recording per session (``_fit/build.py``). Damage does not stop it: what is sound
comes in, and ``Recording.losses`` says what did not.
"""

from __future__ import annotations

import hashlib

from backward_running.core.recording import Recording
from backward_running.formats._fit.build import recordings_of
from backward_running.formats._fit.container import looks_like_fit
from backward_running.formats._fit.content import activities_in
from backward_running.formats.base import Format

_KEY, _VERSION = "fit", "2"


def read(data: bytes) -> tuple[Recording, ...]:
    """Read the activities of a FIT file: one recording per session, chained files one after the other.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    tuple of Recording
        At least one. Times are seconds since the start; a runner's cadence is in steps of both feet per minute.

    Raises
    ------
    NotAnActivity
        The file holds a workout, settings, a course, … or an activity without any time.
    UnreadableFile
        There is no FIT header, or nothing readable behind it.

    Examples
    --------
    >>> read(b"")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
        ...
    backward_running.core.errors.UnreadableFile: A FIT file begins with a header that says “.FIT”; this one does not.
    """
    key = hashlib.sha256(data).hexdigest()
    found: list[Recording] = []
    for content in activities_in(data):
        found += recordings_of(content, key=key, reader=_KEY, version=_VERSION, first_part=len(found))
    return tuple(found)


FORMAT = Format(
    key=_KEY,
    title="FIT (Garmin, Coros, Suunto, Wahoo, …)",
    endings=(".fit",),
    version=_VERSION,
    looks_like=looks_like_fit,
    read=read,
)
