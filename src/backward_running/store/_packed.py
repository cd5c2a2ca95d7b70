"""A file and its samples as they are kept: packed once, in whichever process has time for it.

Nothing here needs a database, so a worker that packs loads none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from backward_running.core.ports import Packed
from backward_running.core.recording import Recording, Stream
from backward_running.store import _codec


def packed(data: bytes, recordings: Sequence[Recording]) -> Packed:
    """Pack a file and its recordings.

    Parameters
    ----------
    data : bytes
        The file as it came.
    recordings : sequence of Recording
        What was read from it.

    Returns
    -------
    Packed
        With the recordings as they come back: a number that is worked out before they are kept is that of afterwards.
    """
    streams = {
        recording.activity_id: tuple(_codec.encode(stream.time_s, stream.columns) for stream in recording.streams)
        for recording in recordings
    }
    return Packed(
        tuple(_as_kept(recording, streams[recording.activity_id]) for recording in recordings),
        _codec.pack(data),
        streams,
    )


def _as_kept(recording: Recording, contents: Sequence[bytes]) -> Recording:
    streams = zip(recording.streams, contents, strict=True)
    return replace(recording, streams=tuple(_decoded(stream, content) for stream, content in streams))


def _decoded(stream: Stream, content: bytes) -> Stream:
    time_s, columns = _codec.decode(content)
    return Stream(stream.place, stream.frame, time_s, columns, bool(stream.mount_known))
