"""Write a track as GPX 1.1, with heart rate, cadence and temperature as watches write them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from backward_running.core.errors import BadValue, NotEnoughData
from backward_running.core.recording import Span, Stream

if TYPE_CHECKING:
    from lxml.etree import _Element

_GPX: Final = "http://www.topografix.com/GPX/1/1"
_MORE: Final = "http://www.garmin.com/xmlschemas/TrackPointExtension/v2"
_CREATOR: Final = "backward-running"
#: Column → element of the point extension, and what a unit of it counts: cadence is told per leg.
_EXTENSIONS: Final = (("temperature_degc", "atemp", 1.0), ("heart_rate_bpm", "hr", 1.0), ("cadence_spm", "cad", 0.5))


def write_gpx(
    stream: Stream, *, started_at: datetime, title: str, sport: str | None = None, breaks: Sequence[Span] = ()
) -> bytes:
    """Write a track.

    Parameters
    ----------
    stream : Stream
        With ``latitude_deg`` and ``longitude_deg``; samples without a position are left out.
    started_at : datetime
        With a time zone.
    title, sport : str
        Name and type of the track.
    breaks : sequence of Span
        Pauses and cuts: a new segment begins after each, so that nobody draws a line across it.

    Returns
    -------
    bytes
        XML, UTF-8.

    Raises
    ------
    NotEnoughData
        No sample has a position.
    BadValue
        The start has no time zone.

    References
    ----------
    GPX 1.1 Schema, topografix.com/GPX/1/1.
    """
    from lxml import etree

    if started_at.tzinfo is None:
        raise BadValue("started_at", "carry a time zone", started_at.isoformat())
    if not stream.has("latitude_deg", "longitude_deg"):
        raise NotEnoughData("This activity has no positions: there is no track to write.")
    spaces: dict[str | None, str] = {None: _GPX, "gpxtpx": _MORE}
    # The stubs of lxml do not know the default namespace.
    root = etree.Element(f"{{{_GPX}}}gpx", version="1.1", creator=_CREATOR, nsmap=spaces)  # type: ignore[arg-type]
    _add(root, "time", started_at.astimezone(UTC).isoformat(), parent_tag="metadata")
    track = etree.SubElement(root, f"{{{_GPX}}}trk")
    _add(track, "name", "".join(letter if letter.isprintable() else " " for letter in title))
    if sport is not None:
        _add(track, "type", sport)
    for rows in _segments(stream, breaks):
        segment = etree.SubElement(track, f"{{{_GPX}}}trkseg")
        for row in rows:
            _point(segment, stream, row, started_at)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written


def _segments(stream: Stream, breaks: Sequence[Span]) -> Iterator[list[int]]:
    """Yield the rows with a position, parted where a break begins."""
    sound = np.isfinite(stream.columns["latitude_deg"]) & np.isfinite(stream.columns["longitude_deg"])
    rows = np.flatnonzero(sound)
    starts = np.sort([span.start_s for span in breaks])
    piece = np.searchsorted(starts, stream.time_s[rows], side="right")
    for part in np.split(rows, np.flatnonzero(np.diff(piece)) + 1):
        if len(part):
            yield part.tolist()


def _point(segment: _Element, stream: Stream, row: int, started_at: datetime) -> None:
    from lxml import etree

    columns = stream.columns
    point = etree.SubElement(
        segment,
        f"{{{_GPX}}}trkpt",
        lat=f"{columns['latitude_deg'][row]:.7f}",
        lon=f"{columns['longitude_deg'][row]:.7f}",
    )
    if "altitude_m" in columns and np.isfinite(columns["altitude_m"][row]):
        _add(point, "ele", f"{columns['altitude_m'][row]:.1f}")
    moment = started_at.astimezone(UTC) + timedelta(seconds=float(stream.time_s[row]))
    _add(point, "time", moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"))
    told = [
        (element, columns[name][row] * factor)
        for name, element, factor in _EXTENSIONS
        if name in columns and np.isfinite(columns[name][row])
    ]
    if told:
        more = etree.SubElement(etree.SubElement(point, f"{{{_GPX}}}extensions"), f"{{{_MORE}}}TrackPointExtension")
        for element, value in told:
            etree.SubElement(more, f"{{{_MORE}}}{element}").text = f"{value:.0f}"


def _add(parent: _Element, tag: str, text: str, *, parent_tag: str | None = None) -> None:
    from lxml import etree

    if parent_tag is not None:
        parent = etree.SubElement(parent, f"{{{_GPX}}}{parent_tag}")
    etree.SubElement(parent, f"{{{_GPX}}}{tag}").text = text
