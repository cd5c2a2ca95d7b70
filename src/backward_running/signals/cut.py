"""A stream without some stretches of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from backward_running.core.arrays import BoolArray, FloatArray
from backward_running.core.recording import Span, Stream


def cut(stream: Stream, spans: Sequence[Span]) -> Stream:
    """Take stretches out of a stream, and their metres out of its distance.

    Parameters
    ----------
    stream : Stream
        Any stream.
    spans : sequence of Span
        What goes; in any order, they may touch and overlap.

    Returns
    -------
    Stream
        The samples outside all spans at their own times. ``distance_m`` goes on after a cut where it was before it;
        where a stretch of it is not known, what was gained over that stretch is not taken out.
    """
    time_s = stream.time_s
    gone = np.zeros(len(time_s), dtype=bool)
    for span in spans:
        gone |= (time_s >= span.start_s) & (time_s < span.end_s)
    columns = {name: values[~gone] for name, values in stream.columns.items()}
    if "distance_m" in columns:
        columns["distance_m"] = (stream.columns["distance_m"] - _metres_gone(stream, gone))[~gone]
    return replace(stream, time_s=time_s[~gone], columns=columns)


def _metres_gone(stream: Stream, gone: BoolArray) -> FloatArray:
    """Return, for each sample, the metres that were taken out before it."""
    distance = stream.columns["distance_m"]
    known = np.isfinite(distance)
    if not known.any():
        return np.zeros(len(distance))
    filled = np.interp(stream.time_s, stream.time_s[known], distance[known])
    # The metres up to a sample belong to what the body did before it: they go with the sample at their end, and
    # with those that lead to the first sample after a cut.
    gained = np.diff(filled, prepend=filled[0])
    goes = gone | np.concatenate([[False], gone[:-1]])
    return np.cumsum(np.where(goes, gained, 0.0))
